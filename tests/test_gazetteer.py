"""The gazetteer on agencies that exist: the county of then and now, candidates instead of guesses, hints in order."""

from __future__ import annotations

import time

import pytest

from etl.gazetteer.divisions import TOWNSHIP
from etl.gazetteer.gazetteer import Gazetteer, default, load_gazetteer
from etl.identity.hints import Hints
from etl.paths import GAZETTEER


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return default()


@pytest.mark.parametrize(
    ("agency", "year", "expected"),
    [
        ("巴村镇人民政府", 2023, ("town-unique", "411623", "商水县", "商水县")),
        ("娄烦镇人民政府", 2024, ("town-unique", "140123", "娄烦县", "娄烦县")),
        ("孟津区会盟镇人民政府", 2023, ("named", "410308", "孟津区", "孟津区")),
        ("会盟镇人民政府", 2019, ("town-unique", "410308", "孟津区", "孟津县")),
        ("会盟镇人民政府", 2012, ("town-unique-early", "410308", "孟津区", "孟津县")),
        ("孟津县人民政府", 2019, ("named", "410308", "孟津区", "孟津县")),
        ("原孟津县教育局", 2022, ("named-historic", "410308", "孟津区", "孟津区")),
        ("杭州市余杭区乔司街道办事处", 2016, ("named", "330113", "临平区", "余杭区")),
        ("重庆市渝北区统景镇人民政府", 2022, ("named", "500109", "北碚区", "渝北区")),
        ("保德县教育局", 2022, ("named", "140931", "保德县", "保德县")),
        ("原平市崞阳镇人民政府", 2023, ("named", "140981", "原平市", "原平市")),
        ("利辛县望疃镇人民政府", 2023, ("named", "341623", "利辛县", "利辛县")),
        ("将乐县财政局", 2021, ("named", "350428", "将乐县", "将乐县")),
        ("济南市市中区人民政府", 2023, ("named", "370103", "市中区", "市中区")),
        ("公主岭市档案局", 2015, ("named", "220184", "公主岭市", "公主岭市")),
        ("仙桃市人民政府", 2023, ("named", "429004", "仙桃市", "仙桃市")),
        ("上海市浦东新区财政局", 2023, ("named", "310115", "浦东新区", "浦东新区")),
        ("国家税务总局保德县税务局", 2023, ("named", "140931", "保德县", "保德县")),
    ],
)
def test_counties_that_are_told(
    gazetteer: Gazetteer, agency: str, year: int, expected: tuple[str, str, str, str]
) -> None:
    """Level, code and name of the county of now, name of the county of then."""
    region = gazetteer.resolve(agency, year)
    assert (region.level, region.county_code, region.county, region.county_then) == expected
    assert region.candidates == ()


@pytest.mark.parametrize(
    ("agency", "code"),
    [
        ("木垒县人民政府", "652328"),
        ("喀左县人民政府", "211324"),
        ("江苏省苏州市工业园区管理委员会", "320576"),
        ("金平县马鞍底乡人民政府", "532530"),
        ("云南省红河哈尼族彝族自治州金平苗族瑶族傣族自治县人民政府", "532530"),
        ("平潭综合实验区财政金融局", "350128"),
        ("益阳市大通湖区审计局", "430971"),
        ("长春市高新区管委会", "220173"),
        ("苏州工业园区管理委员会", "320576"),
        ("第八师石河子市财政局", "659001"),
        ("新疆生产建设兵团第一师阿拉尔市财政局", "659002"),
    ],
)
def test_short_names_zones_and_the_corps(gazetteer: Gazetteer, agency: str, code: str) -> None:
    assert gazetteer.resolve(agency, 2022).county_code == code


@pytest.mark.parametrize(
    ("agency", "province", "city", "township"),
    [
        ("山西省财政厅", "山西省", None, None),
        ("苏州市水利局", "江苏省", "苏州市", None),
        ("东莞市虎门镇人民政府", "广东省", "东莞市", "虎门镇"),
        ("中山市小榄镇人民政府", "广东省", "中山市", "小榄镇"),
        ("儋州市那大镇人民政府", "海南省", "儋州市", "那大镇"),
        ("嘉峪关市教育局", "甘肃省", "嘉峪关市", None),
        ("天津经济技术开发区管理委员会", "天津市", None, None),
        ("长春新区管理委员会", "吉林省", "长春市", None),
        ("国家税务总局太原市税务局", "山西省", "太原市", None),
    ],
)
def test_agencies_without_a_county(
    gazetteer: Gazetteer, agency: str, province: str, city: str | None, township: str | None
) -> None:
    region = gazetteer.resolve(agency, 2022)
    assert (region.level, region.county_code) == ("city-or-province", None)
    assert (region.province, region.city, region.township) == (province, city, township)


def test_a_name_of_many_places_gets_candidates_and_no_county(gazetteer: Gazetteer) -> None:
    region = gazetteer.resolve("太平镇人民政府", 2022)
    assert (region.level, region.county, region.county_code) == ("ambiguous", None, None)
    assert len(region.candidates) == 50
    assert region.township == "太平镇"


def test_candidates_say_code_and_full_name(gazetteer: Gazetteer) -> None:
    region = gazetteer.resolve("朝阳区卫生健康委员会", 2022)
    assert region.candidates == ("110105 北京市朝阳区", "220104 吉林省长春市朝阳区")
    assert (region.province, region.city, region.county) == (None, None, None)


def test_a_name_no_longer_valid_gives_way_to_one_that_is(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("巢湖市人民政府", 2009).level == "city-or-province"
    assert gazetteer.resolve("巢湖市人民政府", 2015).county_code == "340181"
    assert gazetteer.resolve("东乡县人民政府", 2012).county_code == "361003"
    assert gazetteer.resolve("东乡县人民政府", 2022).level == "ambiguous"


@pytest.mark.parametrize(
    "agency",
    [
        "示例县财政局",
        "示例镇人民政府",
        "县财政局",
        "高新区社会发展局",
        "番禺经济技术开发区管理委员会",
        "",
        None,
        "山西北大街街道办事处",
    ],
)
def test_what_is_not_listed_stays_unknown(gazetteer: Gazetteer, agency: str | None) -> None:
    region = gazetteer.resolve(agency, 2022)
    assert (region.level, region.county_code, region.city_code, region.province_code) == ("none", None, None, None)


def test_a_name_that_only_the_newest_list_has_keeps_its_place_among_the_candidates(gazetteer: Gazetteer) -> None:
    """四季青镇 of Beijing is 四季青地区 in the lists before 2025; without it 林甸县 would look unique."""
    region = gazetteer.resolve("四季青镇人民政府", 2022)
    assert [name.split()[0] for name in region.candidates] == ["110108", "230623"]


@pytest.mark.parametrize("year", [2024, 2025])
def test_a_township_of_any_county_is_found_there_or_left_open(gazetteer: Gazetteer, year: int) -> None:
    """Every seventh township of the newest list, with and without its county."""
    divisions = gazetteer.divisions
    rows = [row for rows in divisions.names.values() for row in rows if row.level == TOWNSHIP and row.current]
    rows = [row for row in rows if row.official and divisions.at(row.parent_code, year) and len(row.name) > 2]
    for row in rows[::7]:
        if row.parent_code.endswith("00"):
            continue
        county = divisions.at(row.parent_code, year)
        assert county is not None
        for name in (county.name + row.name, row.name):
            region = gazetteer.resolve(name, year)
            told = [region.county_code, *(candidate.split()[0] for candidate in region.candidates)]
            assert row.parent_code in told, (name, region)


def test_an_unlisted_township_of_a_city_is_not_the_citys(gazetteer: Gazetteer) -> None:
    region = gazetteer.resolve("苏州市示例镇人民政府", 2022)
    assert (region.level, region.city, region.county) == ("none", "苏州市", None)


def test_the_ending_is_given_up_inside_a_named_place_only(gazetteer: Gazetteer) -> None:
    inside = gazetteer.resolve("周口市巴村乡人民政府", 2023)
    assert (inside.level, inside.county_code, inside.township) == ("suffix-relaxed", "411623", "巴村镇")
    assert gazetteer.resolve("巴村乡人民政府", 2023).level == "none"


@pytest.mark.parametrize(
    "hints",
    [
        Hints(body="电子版见孟津县政府门户网站"),
        Hints(folders=("洛阳市", "孟津区")),
        Hints(body="https://example.gov.cn/410308/2023.html"),
        Hints(body="电话:0379-6791234"),
        Hints(body="索引号:11410322005491234X/2024-00012"),
    ],
)
def test_each_kind_of_hint_chooses(gazetteer: Gazetteer, hints: Hints) -> None:
    region = gazetteer.resolve("城关镇人民政府", 2019, hints)
    if region.level == "hinted":
        assert region.city == "洛阳市"
    else:
        assert all("洛阳市" in name for name in region.candidates), "a hint narrows when it cannot decide"


def test_hints_count_in_their_order(gazetteer: Gazetteer) -> None:
    body, folder = "长春市朝阳区人民政府门户网站", ("北京市",)
    assert gazetteer.resolve("朝阳区教育局", 2022, Hints(body=body, folders=folder)).county_code == "220104"
    assert gazetteer.resolve("朝阳区教育局", 2022, Hints(folders=folder)).county_code == "110105"
    assert gazetteer.resolve("朝阳区教育局", 2022, Hints(body="电话:(0431)85091234")).county_code == "220104"


def test_a_place_named_in_passing_is_no_hint(gazetteer: Gazetteer) -> None:
    in_passing = Hints(body="认真学习浙江省和西峡县的经验")
    assert len(gazetteer.resolve("太平镇人民政府", 2022, in_passing).candidates) == 50
    address = Hints(body="地址:河南省西峡县太平镇街1号")
    assert gazetteer.resolve("太平镇人民政府", 2022, address).county == "西峡县"


def test_a_hint_does_not_override_a_named_county(gazetteer: Gazetteer) -> None:
    hints = Hints(body="见商水县人民政府门户网站", folders=("河南省", "商水县"))
    region = gazetteer.resolve("保德县教育局", 2022, hints)
    assert (region.level, region.county) == ("named", "保德县")
    assert gazetteer.hint_reader.contradicting("140931", hints) == ["商水县"]
    assert gazetteer.hint_reader.contradicting("411623", hints) == []


def test_an_office_without_place_takes_the_folders(gazetteer: Gazetteer) -> None:
    region = gazetteer.resolve("县财政局", 2022, Hints(folders=("年报", "保德县", "忻州市", "山西省")))
    assert (region.level, region.county_code) == ("hinted", "140931")


@pytest.mark.parametrize(
    ("body", "agency", "county"),
    [
        ("公布区级部门文件5条,运营“安居发布”微信", None, "安居区"),
        ("落实区委要求,“安居综合行政执法”公众号发文", "区综合行政执法局", "安居区"),
        ("全县公布文件5条,运营安居发布微信", None, None),  # an ending that the text does not say
        ("公布区级部门文件5条,运营安居发布微信", "县综合行政执法局", None),
        ("公布区级部门文件5条,运营朝阳发布微信", None, None),  # two districts and a prefecture share the name
        ("落实区委要求,推进安居工程,运营微信", None, None),
    ],
)
def test_an_account_named_after_the_county_tells_it(
    gazetteer: Gazetteer, body: str, agency: str | None, county: str | None
) -> None:
    assert gazetteer.resolve(agency, 2022, Hints(body=body)).county == county


def test_words_that_only_look_like_places_are_no_hints(gazetteer: Gazetteer) -> None:
    body = "为提高县级部门水平,城区政府和市区政府各有分工,全县政府网站共2个"
    assert gazetteer.resolve("县财政局", 2022, Hints(body=body)).level == "none"


def test_counties_are_the_same_under_any_of_their_names(gazetteer: Gazetteer) -> None:
    region = gazetteer.resolve("木垒哈萨克自治县人民政府", 2022)
    assert gazetteer.same_county("木垒县", region)
    assert gazetteer.same_county("孟津县", gazetteer.resolve("孟津区会盟镇人民政府", 2023))
    assert not gazetteer.same_county("保德县", region)


def test_every_successor_is_in_the_newest_list(gazetteer: Gazetteer) -> None:
    divisions = gazetteer.divisions
    official = {code for code, rows in divisions.by_code.items() if any(row.official for row in rows)}
    lost = {code for code in divisions.successor if code in official and not divisions.at(divisions.living(code), 2025)}
    assert lost == set()
    ends = {divisions.living(code) for code in divisions.successor if code in official}
    assert {code for code in ends if not any(row.current for row in divisions.by_code[code])} == set()


def test_area_codes_lead_to_listed_divisions(gazetteer: Gazetteer) -> None:
    codes = {code for codes in gazetteer.hint_reader.area_codes.values() for code in codes}
    assert len(gazetteer.hint_reader.area_codes) > 300
    assert codes <= set(gazetteer.divisions.by_code)


def test_it_loads_in_a_fraction_of_a_second() -> None:
    """0.2 s of processor time measured; the bound leaves room for a slow machine."""
    assert min(_load_seconds() for _ in range(3)) < 0.8


def _load_seconds() -> float:
    start = time.process_time()
    load_gazetteer(GAZETTEER)
    return time.process_time() - start


def test_it_resolves_in_a_fraction_of_a_millisecond() -> None:
    """About 0.1 ms measured; the bound leaves room for a busy machine."""
    gazetteer = load_gazetteer(GAZETTEER)
    agencies = ["利辛县望疃镇人民政府", "山西省财政厅", "巴村镇人民政府", "苏州市水利局"]
    gazetteer.resolve(agencies[0], 2022)
    best = min(_seconds(gazetteer, agencies) for _ in range(5))
    assert best / len(agencies) < 0.001


def _seconds(gazetteer: Gazetteer, agencies: list[str]) -> float:
    start = time.process_time()
    for agency in agencies:
        gazetteer.resolve(agency, 2022)
    return time.process_time() - start
