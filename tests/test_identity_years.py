"""The year and the date of publication as reports state them, and the doubts about them (rule D3)."""

from __future__ import annotations

from datetime import date

import pytest

from etl.identity.dates import first_date, periods_in, plain
from tests.identified import identity, rules


@pytest.mark.parametrize(
    ("head", "year"),
    [
        ("数据期限自2021年1月1日起至2021年12月31日止。", 2021),
        ("期限自20211月1日起至12月31日止。", 2021),
        ("2021年度，保德县财政局落实条例。", 2021),
        ("截至2021年底，共公开政府信息12条。", 2021),
    ],
)
def test_years_of_reports_that_lost_their_title(head: str, year: int) -> None:
    found, _, _ = identity(head, end="保德县财政局")
    assert (found.year, found.title) == (year, "")


def test_the_title_wins_over_a_slip_elsewhere() -> None:
    head = (
        "保德县财政局2023年政府信息公开工作年度报告\n统计期限自2022年1月1日起至2022年12月31日止。\n2023年工作有序开展。"
    )
    found, _, findings = identity(head, end="保德县财政局\n2024年1月15日")
    assert found.year == 2023
    assert [(one.rule, one.place) for one in findings] == [("D3", "line 2")]


def test_a_slip_in_the_title_gives_way_when_all_else_agrees() -> None:
    head = (
        "保德县财政局2022年政府信息公开工作年度报告\n统计期限自2023年1月1日起至2023年12月31日止。\n2023年工作有序开展。"
    )
    found, _, findings = identity(head, end="保德县财政局\n2024年1月15日")
    assert found.year == 2023
    assert [(one.rule, one.place) for one in findings] == [("D3", "line 1")]


LINKS = "\n".join(f"示例市财政局{year}年政府信息公开工作年度报告" for year in range(2018, 2026))
OTHERS = "\n".join(f"示例市{name}2022年政府信息公开工作年度报告" for name in ("教育局", "水利局", "民政局", "司法局"))
PERIOD = "统计期限自2022年1月1日起至2022年12月31日止。"


@pytest.mark.parametrize(
    ("head", "end"),
    [
        (f"{LINKS}\n示例市财政局2022年政府信息公开工作年度报告\n{PERIOD}", ""),
        (f"{LINKS}\n示例市财政局2022年政府信息公开工作年度报告", "示例市财政局\n2023年1月15日"),
        (f"{LINKS}\n示例市财政局2022年政府信息公开工作年度报告", ""),
        (f"示例市财政局2022年政府信息公开工作年度报告\n{LINKS}\n{PERIOD}", ""),
        (f"{OTHERS}\n示例市财政局2022年政府信息公开工作年度报告\n{PERIOD}", ""),
    ],
)
def test_links_to_other_reports_above_the_first_heading_are_not_the_title(head: str, end: str) -> None:
    found, _, _ = identity(head, end=end)
    assert (found.agency, found.year) == ("示例市财政局", 2022)


def test_a_signature_of_another_year_is_doubted() -> None:
    _, _, findings = identity("保德县财政局2021年政府信息公开工作年度报告", end="保德县财政局\n2024年1月15日")
    assert rules(findings) == ["D3"]


def test_a_publication_before_the_years_end_is_doubted() -> None:
    head = "保德县财政局2023年政府信息公开工作年度报告\n发布时间：2023-03-02"
    found, _, findings = identity(head)
    assert found.published_on == date(2023, 3, 2)
    assert rules(findings) == ["D3"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年1月5日", date(2024, 1, 5)),
        ("二○一○年四月十日", date(2010, 4, 10)),
        ("二〇二三年十二月三十一日", date(2023, 12, 31)),
        ("２０２４年１月５日", date(2024, 1, 5)),
        ("2024-01-19 11:04", date(2024, 1, 19)),
        ("2024-1-9 9:05", date(2024, 1, 9)),
        ("2024/1/5", date(2024, 1, 5)),
        ("2024.01.05", date(2024, 1, 5)),
        ("20240105", date(2024, 1, 5)),
        ("January 15, 2024", date(2024, 1, 15)),
        ("15 Jan 2024", date(2024, 1, 15)),
        ("2024年13月45日", None),
        ("2024年1月", None),
    ],
)
def test_dates(text: str, day: date | None) -> None:
    assert first_date(plain(text)) == day


def test_a_period_of_two_years_is_none() -> None:
    assert [year for year, _ in periods_in(plain("2021年1月1日至2022年12月31日"))] == []
    assert [year for year, _ in periods_in(plain("2021年1月1日—12月31日"))] == [2021]


@pytest.mark.parametrize("year", [2026, 2027, 2031, 2038])
def test_a_report_of_a_coming_year_is_not_taken_for_a_year_that_it_mentions(year: int) -> None:
    before = year - 3
    head = f"保德县财政局{year}年政府信息公开工作年度报告\n与{before}年相比，{before}年收到申请3件。{before}年办结3件。"
    found, _, findings = identity(head, end=f"保德县财政局\n{year + 1}年1月15日")
    assert (found.year, found.published_on, findings) == (year, date(year + 1, 1, 15), ())


def test_a_plan_for_a_far_year_is_not_the_year_of_the_report() -> None:
    head = "2023年度，保德县财政局落实条例。\n公开《国民经济和社会发展第十四个五年规划和2035年远景目标纲要》。"
    found, _, _ = identity(head, end="保德县财政局\n2024年1月15日")
    assert found.year == 2023
