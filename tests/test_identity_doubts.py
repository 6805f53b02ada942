"""Doubts about who reports (rules D4 to D7): signers, writers, places, former names."""

from __future__ import annotations

import pytest

from tests.identified import identity, rules


def test_another_signer_is_doubted() -> None:
    head = "保德县财政局2023年政府信息公开工作年度报告"
    assert rules(identity(head, end="保德县教育局\n2024年1月15日")[2]) == ["D4"]
    assert rules(identity(head, end="保德县财政局办公室\n2024年1月15日")[2]) == []


@pytest.mark.parametrize("signer", ["县财政局", "县财政局办公室", "保德县财政局", "山西省忻州市保德县财政局"])
def test_other_spellings_of_the_signer_are_no_doubt(signer: str) -> None:
    head = "保德县财政局2023年政府信息公开工作年度报告\n本报告由县财政局办公室编制。"
    assert rules(identity(head, end=f"{signer}\n2024年1月15日")[2]) == []


def test_links_to_other_reports_below_the_text_are_no_claims() -> None:
    links = [
        "保德县财政局2022年政府信息公开工作年度报告",
        "2023-01-12",
        "保德县教育局2021年政府信息公开工作年度报告",
        "2022-01-20",
    ]
    end = "\n".join(["相关链接", *links])
    found, _, findings = identity("保德县财政局2023年政府信息公开工作年度报告", end=end)
    assert (found.agency, found.year, found.published_on) == ("保德县财政局", 2023, None)
    assert rules(findings) == []


def test_another_agency_as_writer_is_doubted() -> None:
    head = "保德县财政局2023年政府信息公开工作年度报告\n本报告由保德县教育局编制。"
    found, _, findings = identity(head)
    assert found.agency == "保德县财政局"
    assert [(one.rule, one.place) for one in findings] == [("D6", "line 2")]


def test_words_of_self_of_another_kind_of_body_are_doubted() -> None:
    head = "巴村镇人民政府2023年政府信息公开工作年度报告\n我局加强学习，我镇公开12条。"
    assert rules(identity(head)[2]) == ["D6"]


def test_places_that_cannot_be_told_are_doubted() -> None:
    _, region, findings = identity("太平镇人民政府2022年政府信息公开工作年度报告")
    assert [(one.rule, one.severity) for one in findings] == [("D5", "warning")]
    assert findings[0].cause == "; ".join(region.candidates)
    assert rules(identity("示例镇人民政府2022年政府信息公开工作年度报告")[2]) == ["D5"]


def test_a_folder_that_contradicts_the_title_is_doubted() -> None:
    head = "保德县财政局2022年政府信息公开工作年度报告"
    _, region, findings = identity(head, source="河南省/商水县/a.txt")
    assert region.county == "保德县"
    assert rules(findings) == ["D5"]


def test_a_former_name_is_told() -> None:
    _, region, findings = identity("孟津县财政局2019年政府信息公开工作年度报告")
    assert (region.county_then, region.county) == ("孟津县", "孟津区")
    assert [(one.rule, one.severity) for one in findings] == [("D7", "info")]
    assert rules(identity("木垒县财政局2022年政府信息公开工作年度报告")[2]) == []
