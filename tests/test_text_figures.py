"""Rules T1 to T6: what the words say, held against the tables; numbers of other things are left alone."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from etl.document import Document, Paragraph
from etl.identity.slips import check_slips
from etl.prose.numerals import number
from etl.prose.text_figures import check_words, fold_marks, wording
from etl.report import Finding, FormCell, ReportCell, Section, State

TABLE = {
    "3/received/total": 12.0,
    "3/carried_in/total": 3.0,
    "3/concluded/total": 14.0,
    "3/other_no_correction/total": 1.0,
    "3/other_no_payment/total": 0.0,
    "3/other_other/total": 1.0,
    "4/reconsideration/total": 2.0,
    "4/litigation_direct/total": 1.0,
    "4/litigation_after_reconsideration/total": 3.0,
    "2/licensing/decisions": 860.0,
    "2/penalties/decisions": 45.0,
    "2/fees/amount": 7.5,
}


def cells(values: Mapping[str, float | None]) -> list[ReportCell]:
    found = []
    for key, value in values.items():
        table, row, column = key.split("/")
        state = State.UNREADABLE if value is None else State.NUMBER
        found.append(ReportCell(FormCell(int(table), row, column), value, state, str(value), "line 9"))
    return found


def check(text: str, section: int = 1, changes: Mapping[str, float | None] | None = None) -> list[Finding]:
    sections = [Section(section, "示例标题", text, "line 5")]
    return list(check_words(sections, cells({**TABLE, **(changes or {})}), 2023))


def rules(found: list[Finding]) -> list[str]:
    return [f"{one.rule} {one.severity.value}" for one in found]


AGREE = (
    "2023年共收到政府信息公开申请12件，办结14件。",
    "全年受理政府信息公开申请15件（含上年结转）。",
    "本年度收到依申请公开十二件，均已办结。",
    "本机关收到网上申请8件、信函申请4件。",
    "全年共收到12件政府信息公开申请，答复12件，其余申请人撤回。",
    "因政府信息公开引发行政复议2件、行政诉讼4件。",
    "政府信息公开行政诉讼1件，为未经复议直接起诉。",
    "全年作出行政许可决定860件，作出行政处罚决定45件。",
    "收到政府信息公开申请 1 2件".replace("1 2", "12"),
    "收到政府信息公开申请１２件",
    "收到政府信息公开申请10余件。",
)
OTHER = (
    "12345热线受理群众申请类事项98件，全部办结。",
    "13710平台收到依申请公开类咨询66件。",
    "网民留言答复1424条，办理热线事项6155件，办结6155件。",
    "2022年收到政府信息公开申请30件。",
    "按照示例办发〔2019〕4号要求受理政府信息公开申请。",
    "自条例实施以来累计收到政府信息公开申请300件。",
    "上半年收到政府信息公开申请5件。",
    "全年受理行政许可申请900件。",
    "收到低保申请35件。",
    "其中收到自然人政府信息公开申请9件。",
    "公示行政许可信息782条、行政处罚信息182条。",
    "全市法院审理行政诉讼310件。",
    "办结上年结转的政府信息公开申请3件。",
    "上年收到政府信息公开申请30件。",
    "依申请公开工作力求“办结一件申请、满意一批群众”。",
)
DISAGREE = (
    ("2023年共收到政府信息公开申请21件。", "T1 warning", ("3/received/total", "3/carried_in/total")),
    ("收到政府信息公开申请二十一件。", "T1 warning", ("3/received/total", "3/carried_in/total")),
    ("（二）依申请公开情况。受理21件，同比增长5%。", "T1 warning", ("3/received/total", "3/carried_in/total")),
    ("全年收到21件政府信息公开申请。", "T1 warning", ("3/received/total", "3/carried_in/total")),
    ("收到政府信息公开申请100余件。", "T1 info", ("3/received/total", "3/carried_in/total")),
    ("收到政府信息公开申请近三十件。", "T1 info", ("3/received/total", "3/carried_in/total")),
    ("政府信息公开申请共办结9件。", "T2 warning", ("3/concluded/total",)),
    ("政府信息公开引起行政复议5件。", "T4 warning", ("4/reconsideration/total",)),
    (
        "政府信息公开类行政诉讼案件9件。",
        "T4 warning",
        ("4/litigation_direct/total", "4/litigation_after_reconsideration/total"),
    ),
    ("全年共作出行政许可决定861件。", "T5 warning", ("2/licensing/decisions",)),
    ("全年实施行政处罚54件。", "T5 warning", ("2/penalties/decisions",)),
)
DENIED = (
    "本年度未收到政府信息公开申请。",
    "2023年我镇没有收到公民、法人或者其他组织的政府信息公开申请。",
    "全年未接到依申请公开事项。",
    "受理依申请公开0件。",
)


@pytest.mark.parametrize("text", AGREE)
def test_words_that_agree(text: str) -> None:
    assert check(text) == []


@pytest.mark.parametrize("text", OTHER)
def test_numbers_of_other_things(text: str) -> None:
    assert check(text) == []


@pytest.mark.parametrize(("text", "rule", "named"), DISAGREE)
def test_words_that_disagree(text: str, rule: str, named: tuple[str, ...]) -> None:
    [found] = check(text)
    assert f"{found.rule} {found.severity.value}" == rule
    assert found.cells == named
    assert found.place == "line 5"
    assert check(text, changes=dict.fromkeys(TABLE)) == []


def test_a_finding_tells_both_numbers_and_the_words() -> None:
    [found] = check("2023年共收到政府信息公开申请21件。")
    assert found.message == "text 21 ≠ table 12, difference 9: 收到政府信息公开申请21件"


def test_one_figure_that_agrees_is_enough() -> None:
    assert (
        check("2023年收到政府信息公开申请12件，其中办公室收到政府信息公开申请5件。收到政府信息公开申请7件转交示例局。")
        == []
    )


@pytest.mark.parametrize("text", DENIED)
def test_applications_denied_though_the_table_has_some(text: str) -> None:
    assert "T3 error" in rules(check(text))
    assert check(text, changes={"3/received/total": 0.0, "3/carried_in/total": 0.0}) == []
    assert check(text, changes={"3/received/total": None}) == []


@pytest.mark.parametrize(
    "text",
    [
        "2022年未收到政府信息公开申请。",
        "未收到政府信息公开行政复议申请。",
        "未收到通过信函方式提出的政府信息公开申请。",
        "除一件外，未收到其他政府信息公开申请。",
        "没有收到要求不予公开的申请公开事项。",
    ],
)
def test_denials_of_other_things(text: str) -> None:
    assert "T3 error" not in rules(check(text))


def test_disputes_denied() -> None:
    found = check("本年度未发生因政府信息公开引发的行政复议、行政诉讼。", section=4)
    assert rules(found) == ["T4 warning", "T4 warning"]
    none = dict.fromkeys((key for key in TABLE if key.startswith("4/")), 0.0)
    assert check("本年度未发生因政府信息公开引发的行政复议、行政诉讼。", section=4, changes=none) == []


def test_fees_denied() -> None:
    assert rules(check("本年度未收取行政事业性收费。", section=6)) == ["T6 info"]
    assert check("本年度未收取信息处理费。", section=6) == []
    assert check("本年度未收取行政事业性收费。", section=6, changes={"2/fees/amount": 0.0}) == []


def test_wrapped_lines_are_one_sentence() -> None:
    assert rules(check("全年共收到政府信\n息公开申请2\n1 件。")) == ["T1 warning"]


def test_without_tables_nothing_is_doubted() -> None:
    assert check_words([Section(1, "一", "收到政府信息公开申请21件。", "line 5")], [], 2023) == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,204", 1204), ("2.5万", 25_000), ("三百零五", 305), ("二〇二三", 2023), ("十", 10), ("二十一", 21)]
    + [("两千", 2000), ("一万二千", 12_000), ("十万", 100_000), ("0", 0), ("", None), ("多", None)],
)
def test_numbers_in_prose(text: str, value: float | None) -> None:
    assert number(text) == value


def slips(text: str, agency: str | None = "示例县财政局") -> list[tuple[str, str]]:
    document = Document("x.txt", (Paragraph("示例标题", "line 1"), Paragraph(text, "line 2")), "lines")
    found = check_slips(document, agency)
    assert {one.place for one in found} <= {"line 2"}
    return [(one.rule, one.message) for one in found]


def test_another_agencys_guide_called_ones_own() -> None:
    text = "我局编制了《示例县经贸局政府信息公开指南》和《示例县经贸局政府信息公开目录》。"
    assert slips(text) == [("D6", "names 示例县经贸局, the report is taken for 示例县财政局")]
    assert slips("编制了《示例县财政局政府信息公开指南》。") == []
    assert slips("修订了《教体局政府信息公开目录》。", "示例县教育和体育局") == []
    assert slips("按照《示例省示例厅政府信息公开指南》办理。") == []
    assert slips(text, None) == []


def test_a_date_without_its_year_sign() -> None:
    assert slips("统计期限自2017月1日起至2017年12月31日。") == [("D3", "misprinted date 2017月1日")]
    assert slips("统计期限自2017年1月1日起至2017年12月31日。") == []


def test_the_wording_has_every_rule() -> None:
    told = {claim.rule for claim in wording().claims} | {denial.rule for denial in wording().denials}
    assert told == {"T1", "T2", "T3", "T4", "T5", "T6"}


def test_the_word_looked_for_first_is_one_that_the_patterns_hold() -> None:
    for claim in wording().claims:
        assert all(claim.holds in one.pattern for one in (*claim.patterns, claim.none) if one is not None)


def test_gaps_between_words_and_figures_stay_however_wide() -> None:
    assert fold_marks("共  收到 12　 34 件，ＡＢ  cd") == "共收到12 34件,AB cd"
