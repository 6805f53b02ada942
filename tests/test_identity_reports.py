"""What is a report and what is none; the real reports with agency, year and county."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.gazetteer.gazetteer import Gazetteer, default
from etl.identity.agency import full_name
from etl.identity.identity import looks_like_report, read_identity
from etl.readers import READERS, read
from etl.report import Identity, Region
from tests.identified import BODY, document

SHARED = Path(__file__).resolve().parents[2] / "shared" / "reports"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return default()


@pytest.mark.parametrize(
    "text",
    [
        "家常豆腐的做法\n准备豆腐500克\n2023年1月",
        "示例县召开2023年政府信息公开工作年度报告编制培训会\n会议就主动公开、依申请公开、存在的问题作了讲解。",
        "关于做好2023年政府信息公开工作年度报告编制工作的通知\n统计期限为2023年1月1日至2023年12月31日。\n" + BODY,
        "示例县财政局政府信息公开指南\n一、主动公开\n二、依申请公开\n三、行政复议\n2023年5月1日",
        "示例县财政局2023年工作总结\n2023年，财政收入增长。\n一、总体情况\n预算已公开。\n二、存在问题",
        "示例县财政局2023年度部门决算公开说明\n一、部门概况\n二、收入支出决算总体情况说明\n三、其他需要说明的事项",
        "示例县2023年政务公开工作要点\n一、主动公开\n二、依申请公开\n三、监督保障",
        "",
    ],
)
def test_what_is_no_report(text: str, gazetteer: Gazetteer) -> None:
    found, region, findings = read_identity(document(text), gazetteer)
    assert found == Identity(None, None, None, "", "other")
    assert (region, findings) == (Region(), ())
    assert not looks_like_report(document(text))


def test_what_is_a_report() -> None:
    assert looks_like_report(document("保德县财政局2023年政府信息公开工作年度报告\n" + BODY))
    assert looks_like_report(document("统计期限自2021年1月1日起至2021年12月31日止。\n" + BODY))


@given(st.text(alphabet="保德县财政局人民政府信息公开工作年度报告总体情况23年1月日，。：《》\n ", max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_year_of_reports_or_none(text: str) -> None:
    found, region, _ = read_identity(document(text), default())
    assert found.year is None or 2008 <= found.year <= 2026
    assert region.county_code is None or found.year is not None


def _real_reports() -> list[tuple[Path, Path]]:
    truths = sorted(SHARED.glob("*/*.truth.json"))
    pairs = []
    for truth in truths:
        stem = truth.name.removesuffix(".truth.json")
        pairs += [(one, truth) for one in truth.parent.glob(f"{stem}.*") if one.stem == stem and one.suffix in READERS]
    return pairs


_BARE = "003"
"""Its truth notes the town's name as printed, where all others complete it to the government's."""


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real reports are not beside the project")
def test_real_reports_have_their_agency_year_and_county(gazetteer: Gazetteer) -> None:
    wrong: list[tuple[object, ...]] = []
    for path, truth_path in _real_reports():
        truth = json.loads(truth_path.read_text(encoding="utf-8"))
        found, region, _ = read_identity(read(path, path.read_bytes()), gazetteer)
        agency = full_name(truth["agency"], gazetteer) if path.stem == _BARE else truth["agency"]
        if (found.agency, found.year) != (agency, truth["year"]):
            wrong.append((path.name, found.agency, found.year))
        if truth.get("published_on") and str(found.published_on) != truth["published_on"]:
            wrong.append((path.name, found.published_on, truth["published_on"]))
        if truth["county"] and not gazetteer.same_county(truth["county"], region):
            left_open = region.level == "none" or any(truth["county"] in one for one in region.candidates)
            if region.county_code is not None or not left_open:
                wrong.append((path.name, region.county, region.level))
    assert wrong == []
