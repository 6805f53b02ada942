"""The agency and its kind, wherever a report states them, and the key it keeps through the years."""

from __future__ import annotations

from datetime import date

import pytest

from etl.document import Document, Row, Table
from etl.gazetteer.gazetteer import default
from etl.identity.identity import read_identity
from etl.report import Severity, Status
from tests.identified import BODY, document, identity, rules


@pytest.mark.parametrize(
    ("head", "agency", "year"),
    [
        ("保德县人民政府办公室2023年政府信息公开工作年度报告", "保德县人民政府办公室", 2023),
        ("保德县政府办公室2023年政府信息公开工作年度报告", "保德县人民政府办公室", 2023),
        ("关于保德县教育局的2022年度政府信息公开年报", "保德县教育局", 2022),
        ("2021年度忻州市水利局政府信息公开工作年度报告", "忻州市水利局", 2021),
        ("巴村镇2023年政府信息公开工作报告", "巴村镇人民政府", 2023),
        ("迎宾路街道2023年政府信息公开工作报告", "迎宾路街道办事处", 2023),
        ("保德县2023年政府信息公开工作年度报告", "保德县人民政府", 2023),
        ("保德县人民政府信息公开工作2023年年度报告", "保德县人民政府", 2023),
        ("2023年保德县政府信息公开年度报告", "保德县人民政府", 2023),
        ("保德县财政局政府信息公开2023年度报告", "保德县财政局", 2023),
        ("保德县财政局政府信息公开工作年度报告（2023年度）", "保德县财政局", 2023),
        ("保德县财政局\n政府信息公开工作年度报告\n（2023年）", "保德县财政局", 2023),
        ("保德县财政局政府信息公开工作年度报告2023", "保德县财政局", 2023),
        ("保德县财政局2022年政府信息公开工作年度报告2023-01-12", "保德县财政局", 2022),
        ("保德县财政局2022年政府信息公开工作年度报告2023年1月12日", "保德县财政局", 2022),
        ("《保德县财政局2023年政府信息公开工作年度报告》", "保德县财政局", 2023),
        ("# 保德县财政局 2023 年度政府信息公开 工作年度报告", "保德县财政局", 2023),
        ("保德县财政局\n2023年\n政府信息公开工作年度报告", "保德县财政局", 2023),
        ("保德县财政局2023年政府\n信息公开工作\n年度报告", "保德县财政局", 2023),
        ("2023年保德县财政局\n政府信息公开工作年度报告", "保德县财政局", 2023),
        ("保 德 县 财 政 局\n2 0 2 3 年 政 府 信 息 公 开\n工 作 年 度 报 告", "保德县财政局", 2023),
        ("二〇二三年保德县财政局政府信息公开工作年度报告", "保德县财政局", 2023),
        ("２０２３年度保德县财政局政府信息公开工作年度报告", "保德县财政局", 2023),
        ("保政发〔2024〕3号\n保德县人民政府\n关于2023年政府信息公开工作的年度报告", "保德县人民政府", 2023),
        ("首页 > 保德县财政局2023年政府信息公开年报\n保德县财政局2023年政府信息公开工作年度报告", "保德县财政局", 2023),
        ("首页 > 政府信息公开年报 > 2023\n下各镇2022年政府信息公开工作年度报告", "下各镇人民政府", 2022),
        ("保德县财政局2023年政府信息公开工作年度报告_政府信息公开_保德县人民政府", "保德县财政局", 2023),
        ("【年报】保德县财政局2023年政府信息公开工作年度报告 发布时间：2024-01-12", "保德县财政局", 2023),
        ("附件1：保德县财政局2023年政府信息公开工作年度报告", "保德县财政局", 2023),
        ("保德县教育科技局（体育局）2023年政府信息公开工作年度报告", "保德县教育科技局(体育局)", 2023),
        ("保德县委机构编制委员会办公室2023年政府信息公开工作年度报告", "保德县委机构编制委员会办公室", 2023),
        ("将乐县财政局2023年政府信息公开工作年度报告", "将乐县财政局", 2023),
        ("公安县公安局2023年政府信息公开工作年度报告", "公安县公安局", 2023),
        ("原平市财政局2023年政府信息公开工作年度报告", "原平市财政局", 2023),
        ("浦东新区2023年政府信息公开工作年度报告", "浦东新区人民政府", 2023),
        ("长春新区管委会2025年政府信息公开工作年度报告", "长春新区管理委员会", 2025),
        ("中国人民银行忻州市分行2023年政府信息公开工作年度报告", "中国人民银行忻州市分行", 2023),
        ("示例省示例市示例县财政局2023年政府信息公开工作年度报告", "示例省示例市示例县财政局", 2023),
        ("保德县人民政府门户网站 保德县财政局2023年政府信息公开工作年度报告", "保德县财政局", 2023),
        ("2023年政府信息公开工作年度报告（保德县财政局）", "保德县财政局", 2023),
        ("2023年政府信息公开工作年度报告\n保德县财政局\n（2024年1月15日）", "保德县财政局", 2023),
        ("保德县\n财政局\n2023年政府信息公开工作年度报告", "保德县财政局", 2023),
        ("政府信息公开工作年度报告\n2023年度\n保德县财政局", "保德县财政局", 2023),
        ("芒市2023年政府信息公开工作年度报告", "芒市人民政府", 2023),
        ("2023年度\n政府信息公开工作\n年度报告\n保德县财政局", "保德县财政局", 2023),
        ("保德县财政局关于公布2023年政府信息公开工作年度报告", "保德县财政局", 2023),
        ("保德县财政局2023年政务公开工作年度报告", "保德县财政局", 2023),
        ("保德县财政局2023年政府信息公开工作执行情况报告", "保德县财政局", 2023),
        ("[ 发布机构 ] 保德县财政局 [ 发布日期 ] 2024-01-20\n2023年政府信息公开工作年度报告", "保德县财政局", 2023),
        ("位置：首页>保德县财政局>政府信息公开年报\n2023年政府信息公开年报", "保德县财政局", 2023),
        ("青海省贵德县财政局2023年政府信息公开工作年度报告", "青海省贵德县财政局", 2023),
        ("本溪市财政局2023年政府信息公开工作年度报告", "本溪市财政局", 2023),
        ("全州县机关事业单位社会保险中心2023年政府信息公开工作年度报告", "全州县机关事业单位社会保险中心", 2023),
        ("易县2023年政府信息公开工作年度报告", "易县人民政府", 2023),
        ("重庆两江新区2022年政府信息公开工作年度报告", "重庆两江新区管理委员会", 2022),
        ("保德县2008年政府信息公开年度报告", "保德县人民政府", 2008),
        ("保德县财政局2026年政府信息公开工作年度报告", "保德县财政局", 2026),
    ],
)  # fmt: skip
def test_titles(head: str, agency: str, year: int) -> None:
    found, _, findings = identity(head)
    assert (found.agency, found.year) == (agency, year)
    assert found.title
    failed = {finding.rule for finding in findings if finding.status is Status.FAIL}
    assert not failed & {"D3", "D4", "D6"}


@pytest.mark.parametrize(
    ("head", "end"),
    [
        ("现将保德县财政局2023年政府信息公开工作年度报告公布如下。", ""),
        ("根据有关规定，现公布《保德县财政局2023年政府信息公开工作年度报告》。", ""),
        ("2023年政府信息公开工作年度报告", "保德县财政局\n2024年1月15日"),
        ("2023年政府信息公开工作年度报告", "保德县财政局2024年1月15日"),
        ("2023年政府信息公开工作年度报告", "二〇二四年一月十五日\n保德县财政局"),
        ("2023年政府信息公开工作年度报告\n本报告由保德县财政局编制。", ""),
        ("发布机构：保德县财政局\n2023年政府信息公开工作年度报告", ""),
        ("2023年政府信息公开工作年度报告\n如有疑问，请联系保德县财政局办公室（电话：0350-1234567）。", ""),
        ("统计期限自2023年1月1日起至12月31日止。\n2023年，保德县财政局推进公开。", ""),
    ],
)
def test_agencies_outside_of_titles(head: str, end: str) -> None:
    found, region, _ = identity(head, end=end)
    assert (found.agency, found.year) == ("保德县财政局", 2023)
    assert region.county_code == "140931"


def test_a_title_without_agency_leaves_the_signers_rule_open() -> None:
    _, _, findings = identity("2023年政府信息公开工作年度报告\n本报告由保德县财政局编制。")
    assert [(one.rule, one.severity, one.status, one.place) for one in findings] == [
        ("D4", Severity.INFO, Status.NOT_ASSESSABLE, "line 2")
    ]


def test_an_office_that_writes_for_its_government_is_not_the_agency() -> None:
    head = "2023年政府信息公开工作年度报告\n本报告由保德县人民政府办公室编制。"
    assert identity(head + "\n我县公开12条。")[0].agency == "保德县人民政府"
    assert identity(head)[0].agency == "保德县人民政府办公室"


def test_a_website_named_at_the_head_of_a_sentence_is_not_the_agency() -> None:
    head = "统计期限自2023年1月1日起至12月31日止。\n2023年，保德县人民政府网站公开58条。"
    assert identity(head)[0].agency is None


def test_a_report_of_others_in_the_text_is_not_the_title() -> None:
    head = "2023年政府信息公开工作年度报告\n参照《山西省财政厅2022年政府信息公开工作年度报告》的做法。"
    found, _, findings = identity(head, end="保德县财政局\n2024年1月15日")
    assert (found.agency, found.year) == ("保德县财政局", 2023)
    assert [one.status for one in findings] == [Status.NOT_ASSESSABLE]


def test_an_order_from_above_that_is_quoted_is_not_the_title() -> None:
    head = "根据《山西省人民政府办公厅关于2023年政府信息公开工作年度报告有关事项的通知》，现公布年报。"
    found, _, findings = identity("保德县财政局2023年政府信息公开工作年度报告\n" + head)
    assert found.agency == "保德县财政局"
    assert rules(findings) == []


def test_metadata_in_a_table() -> None:
    rows = (
        ("索 引 号", "A0001/2024-00012", "发文日期", "2024-01-19"),
        ("名 称", "保德县财政局2023年政府信息公开工作年度报告", "", ""),
    )
    table = Table(tuple(Row(row, ("table 1",) * len(row)) for row in rows), exact=True)
    body = document(BODY).blocks
    found, _, _ = read_identity(Document("a.html", (table, *body), "web page"), default())
    assert found.agency == "保德县财政局"
    assert (found.year, found.published_on) == (2023, date(2024, 1, 19))


def test_places_are_added_where_the_text_prints_the_whole_name() -> None:
    found, _, _ = identity("金鸡乡2022年政府信息公开工作年度报告\n联系隆阳区金鸡乡人民政府（电话：0875-1234567）。")
    assert found.agency == "隆阳区金鸡乡人民政府"


def test_places_of_quoted_papers_and_addresses_are_not_added() -> None:
    head = "开阳县统计局2023年政府信息公开工作年度报告\n公布了《贵州省贵阳市开阳县统计局部门决算》，地址：贵阳市开阳县"
    assert identity(head)[0].agency == "开阳县统计局"


def test_an_office_without_place_gets_it_from_hints() -> None:
    head = "县财政局2023年政府信息公开工作年度报告"
    found, region, findings = identity(head, source="reports/山西省/忻州市/保德县/财政局2023.txt")
    assert (found.agency, found.kind) == ("保德县财政局", "county_dept")
    assert (region.level, region.county_code) == ("hinted", "140931")
    assert rules(findings) == ["D5"]


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("按照《西峡县人民政府办公室关于印发工作要点的通知》要求工作", "西峡县太平镇人民政府"),
        ("地址：河南省西峡县太平镇街1号", "太平镇人民政府"),
        ("按照《忻州市人民政府办公室关于印发工作要点的通知》要求工作", "太平镇人民政府"),
    ],
)
def test_a_township_of_a_name_that_many_have_takes_the_county_whose_government_it_quotes(
    line: str, agency: str
) -> None:
    found, _, _ = identity(f"太平镇2023年政府信息公开工作年度报告\n{line}")
    assert found.agency == agency
    assert identity(f"巴村镇2023年政府信息公开工作年度报告\n{line}")[0].agency == "巴村镇人民政府"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("湖州市吴兴区审计局2022年", "吴兴区审计局2023年"),
        ("孟津县财政局2019年", "洛阳市孟津区财政局2023年"),
        ("商水县巴村镇人民政府2022年", "巴村镇2023年"),
        ("金湖县2022年", "江苏省金湖县人民政府2023年"),
    ],
)
def test_an_agency_keeps_its_key_through_the_years(one: str, other: str) -> None:
    keys = {identity(f"{head}政府信息公开工作年度报告")[0].key for head in (one, other)}
    assert len(keys) == 1


def test_different_agencies_have_different_keys() -> None:
    heads = [
        "保德县财政局",
        "保德县教育局",
        "商水县财政局",
        "保德县",
        "忻州市财政局",
        "山西省财政厅",
        "太平镇",
        "保德县义门镇",
    ]
    keys = {identity(f"{head}2022年政府信息公开工作年度报告")[0].key for head in heads}
    assert len(keys) == len(heads)


def test_the_name_of_the_file_is_the_last_resort() -> None:
    found, _, findings = identity("2023年政府信息公开工作年度报告", source="in/保德县财政局2023年政府信息公开年报.pdf")
    assert (found.agency, found.year) == ("保德县财政局", 2023)
    assert [(finding.rule, finding.place) for finding in findings] == [
        ("D4", "in/保德县财政局2023年政府信息公开年报.pdf")
    ]


@pytest.mark.parametrize(
    ("agency", "kind"),
    [
        ("国务院办公厅", "national"),
        ("国家税务总局", "national"),
        ("国家税务总局保德县税务局", "county_dept"),
        ("山西省人民政府", "province"),
        ("山西省财政厅", "province_dept"),
        ("天津市发展和改革委员会", "province_dept"),
        ("天津市东丽区教育局", "county_dept"),
        ("忻州市人民政府", "city"),
        ("苏州市水利局", "city_dept"),
        ("东莞市教育局", "city_dept"),
        ("保德县人民政府", "county"),
        ("平潭综合实验区管理委员会", "county"),
        ("保德县乡村振兴局", "county_dept"),
        ("淄博高新技术产业开发区发展改革局", "county_dept"),
        ("高新区社会发展局", "county_dept"),
        ("长春新区管理委员会", "other"),
        ("天津经济技术开发区管理委员会", "other"),
        ("忻州市城市管理局", "city_dept"),
        ("示例市市场监督管理局", "city_dept"),
        ("示例县城乡建设局", "county_dept"),
        ("东莞市虎门镇人民政府", "township"),
        ("示例乡人民政府", "township"),
        ("哈尔滨市道里区通江街道办事处", "subdistrict"),
    ],
)
def test_kinds(agency: str, kind: str) -> None:
    found, _, _ = identity(f"{agency}2022年政府信息公开工作年度报告")
    assert (found.agency, found.kind) == (agency, kind)


def test_a_prefecture_of_then_is_one() -> None:
    assert identity("巢湖市2009年政府信息公开年度报告")[0].kind == "city"
    assert identity("巢湖市2015年政府信息公开年度报告")[0].kind == "county"
