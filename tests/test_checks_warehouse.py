"""Rules over years, peers and values in a warehouse: one report that breaks each, and one that does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from etl.form import forms
from etl.paths import DATA, SQL
from etl.report import Report, Section, State
from etl.warehouse.store import read_current
from tests import made_up

AGENCY = made_up.AGENCIES[0]
PROSE = "示例县把公开贯穿在演示工作的每个环节，让来办事的人先看到规则再动手，每季度排一次进度，每半年复核一遍栏目。"
Figures = Mapping[str, float]


def report(year: int, figures: Figures, agency: Any = AGENCY) -> Report:
    """A report whose every cell is 0 but for the figures given."""
    made = made_up.report(agency, year, zero=True)
    changed = tuple(
        replace(one, value=figures[one.at.key], printed=f"{figures[one.at.key]:g}") if one.at.key in figures else one
        for one in made.cells
    )
    assert set(figures) <= {one.at.key for one in made.cells}
    return replace(made, cells=changed)


def found(folder: Path, reports: list[Report], rule: str) -> list[dict[str, Any]]:
    """The findings of that rule, with the year of their report."""
    made_up.warehouse(folder, reports)
    with read_current(folder) as connection:
        cursor = connection.execute(
            "select year, severity, message, cells, place, agency from findings join reports using (report_id) "
            "where rule = ? order by all",
            [rule],
        )
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@dataclass(frozen=True)
class Pair:
    """Figures of two consecutive years that break a rule, and changes to the second year's that mend it."""

    rule: str
    last: Figures
    this: Figures
    mended: Figures
    severity: str
    cells: tuple[str, ...]
    message: str


def stock(row: str, issued: float, repealed: float, in_force: float) -> dict[str, float]:
    return {f"2/{row}/issued": issued, f"2/{row}/repealed": repealed, f"2/{row}/in_force": in_force}


DOCUMENTS = tuple(f"2/normative_documents/{column}" for column in ("in_force", "issued", "repealed"))
FIVE = dict.fromkeys(("2/licensing/decisions", "2/penalties/decisions", "2/coercion/decisions"), 12.0) | {
    "3/received/natural_person": 3.0,
    "3/received/total": 3.0,
}
PAIRS = (
    Pair(
        "C1", {"3/carried_out/total": 5}, {"3/carried_in/total": 9}, {"3/carried_in/total": 5}, "error",
        ("3/carried_in/total",), "9 ≠ 5 carried out of 2022, difference 4",
    ),
    Pair(
        "C1", {"3/carried_out/business": 2, "3/carried_out/other": 1},
        {"3/carried_in/business": 1, "3/carried_in/other": 2}, {"3/carried_in/business": 2, "3/carried_in/other": 1},
        "warning", ("3/carried_in/business", "3/carried_in/other"),
        "business: 1 ≠ 2 carried out of 2022, difference -1; other: 2 ≠ 1 carried out of 2022, difference 1",
    ),
    Pair(
        "C2", stock("normative_documents", 0, 0, 440), stock("normative_documents", 58, 45, 546),
        {"2/normative_documents/in_force": 453}, "warning", DOCUMENTS,
        "440 (in force of 2022) + 58 - 45 = 453 ≠ 546, difference 93",
    ),
    Pair(
        "C3", {"2/penalties/decisions": 6}, {"2/penalties/decisions": 31}, {"2/penalties/decisions": 30}, "warning",
        ("2/penalties/decisions",), "6 in 2022, now 31",
    ),
    Pair(
        "C3", {"2/penalties/decisions": 60}, {"2/penalties/decisions": 0}, {"2/penalties/decisions": 12}, "warning",
        ("2/penalties/decisions",), "60 in 2022, now 0",
    ),
    Pair(
        "C4", {"2/licensing/decisions": 100}, {"2/licensing/decisions": 0}, {"2/licensing/decisions": 20}, "warning",
        ("2/licensing/decisions",), "100 in 2022, now 0",
    ),
    Pair(
        "C4", {}, {"3/received/total": 100}, {"3/received/total": 99}, "warning", ("3/received/total",),
        "0 in 2022, now 100",
    ),
    Pair(
        "C5", FIVE, FIVE, {"2/coercion/decisions": 13}, "warning", tuple(FIVE),
        "5 figures other than 0, all as in 2022",
    ),
    Pair(
        "V5", {"2/fees/amount": 12.5}, {"2/fees/amount": 131_000}, {"2/fees/amount": 13.1}, "warning",
        ("2/fees/amount",), "12.5 in 2022, now 131000: 10480 times",
    ),
    Pair(
        "V5", {"2/fees/amount": 125_000}, {"2/fees/amount": 12.5}, {"2/fees/amount": 12_500}, "warning",
        ("2/fees/amount",), "125000 in 2022, now 12.5: 1/10000 times",
    ),
    Pair(
        "V6", {}, stock("normative_documents", 9, 2, 4), {"2/normative_documents/repealed": 5}, "warning", DOCUMENTS,
        "4 in force < 9 issued - 2 repealed, difference 3",
    ),
)  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.rule} {pair.message}")
def test_two_years_that_break_a_rule_and_two_that_do_not(pair: Pair, tmp_path: Path) -> None:
    last = report(2022, pair.last)
    [one] = found(tmp_path / "broken", [last, report(2023, pair.this)], pair.rule)
    assert (one["year"], one["severity"], one["message"]) == (2023, pair.severity, pair.message)
    assert sorted(one["cells"]) == sorted(pair.cells)
    assert one["place"].startswith("line ")
    assert found(tmp_path / "clean", [last, report(2023, dict(pair.this) | dict(pair.mended))], pair.rule) == []


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if pair.rule != "V6"], ids=lambda pair: pair.rule)
def test_rules_over_years_want_the_year_before_and_the_same_agency(pair: Pair, tmp_path: Path) -> None:
    assert found(tmp_path / "gap", [report(2021, pair.last), report(2023, pair.this)], pair.rule) == []
    other = [report(2022, pair.last, made_up.AGENCIES[3]), report(2023, pair.this)]
    assert found(tmp_path / "other", other, pair.rule) == []


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.rule} {pair.message}")
def test_a_number_that_is_not_known_breaks_no_rule(pair: Pair, tmp_path: Path) -> None:
    unread = made_up.blanked(report(2023, pair.this), dict.fromkeys(pair.cells, State.UNREADABLE))
    assert found(tmp_path, [report(2022, pair.last), unread], pair.rule) == []


def test_a_missing_year_is_told_with_the_next_report(tmp_path: Path) -> None:
    years = [report(year, {}) for year in (2019, 2020, 2023)]
    [one] = found(tmp_path / "gap", years, "C8")
    assert (one["year"], one["severity"], one["message"]) == (2023, "info", "no report for 2021, 2022")
    assert found(tmp_path / "whole", [report(year, {}) for year in (2021, 2022, 2023)], "C8") == []


def worded(year: int, text: str) -> Report:
    return replace(report(year, {}), sections=(Section(1, "一、总体情况", text, "line 3"),))


def test_words_of_last_year(tmp_path: Path) -> None:
    copied = PROSE.replace("两个", "三个") + "今年另设了一个示例窗口。"
    reports = [worded(2021, "2021年，" + PROSE), worded(2022, "2022年，" + PROSE), worded(2023, "2023年，" + copied)]
    copies = found(tmp_path, reports, "C6")
    assert [(one["year"], one["severity"]) for one in copies] == [(2022, "warning"), (2023, "info")]
    retitled = found(tmp_path / "again", reports, "C7")
    assert [(one["year"], one["severity"]) for one in retitled] == [(2022, "error")]
    own = worded(
        2022,
        "这一年换了做法：先问后改，样板栏目重排，旧的示例稿件全部下架，另请了几位示例监督员逐条挑错，再由专人改正。",
    )
    assert found(tmp_path / "own", [reports[0], own], "C6") == []


def test_summarised_words_are_not_held_to_be_copied(tmp_path: Path) -> None:
    reports = [replace(worded(year, f"{year}年，{PROSE}"), transcribed=True) for year in (2021, 2022)]
    assert found(tmp_path, reports, "C6") == []
    assert found(tmp_path / "again", reports, "C7") == []


def town(number: int, figures: Figures) -> Report:
    return report(2023, figures, (f"东示例县示例{number}镇人民政府", "township", made_up.EAST))


def test_zero_among_peers(tmp_path: Path) -> None:
    key = "2/licensing/decisions"
    peers = [town(number, {key: 100 + number}) for number in range(5)]
    [one] = found(tmp_path / "zero", [*peers, town(9, {})], "P1")
    assert (one["severity"], one["cells"]) == ("warning", [key])
    assert one["message"] == "0, median of 6 of this kind and year 101.5"
    assert found(tmp_path / "few", [*peers[:4], town(9, {})], "P1") == []
    assert found(tmp_path / "some", [*peers, town(9, {key: 1})], "P1") == []


def test_an_outlier_among_peers(tmp_path: Path) -> None:
    key = "3/received/total"
    peers = [town(number, {key: 10 + number}) for number in range(11)]
    [one] = found(tmp_path / "far", [*peers, town(99, {key: 400})], "P2")
    assert (one["agency"], one["cells"]) == ("东示例县示例99镇人民政府", [key])
    assert re.fullmatch(r"400, median of 12 of this kind and year 15\.5, z = \d+\.\d", one["message"])
    assert found(tmp_path / "near", [*peers, town(99, {key: 40})], "P2") == []


def test_every_load_checks_anew_and_counts(tmp_path: Path) -> None:
    broken = report(2023, {"3/granted/total": 7, "3/carried_in/total": 4, "3/received/other": 1})
    made_up.warehouse(tmp_path, [report(2022, {}), broken])
    query = (
        "select r.year, arithmetic_errors, sums_assessed, sums_in_form, errors, warnings, "
        "(select count(*) from findings f where f.report_id = r.report_id and severity = 'error') "
        "from reports r order by year"
    )
    with read_current(tmp_path) as connection:
        first = connection.execute(query).fetchall()
    assert first[0] == (2022, 0, 42, 42, 0, 0, 0)
    assert first[1][1:4] == (6, 42, 42)
    assert first[1][4] == first[1][6] > 0
    made_up.warehouse(tmp_path, [report(2021, {"3/carried_out/total": 3})])
    with read_current(tmp_path) as connection:
        assert connection.execute(query).fetchall()[2] == first[1]
        rows = connection.execute("select year, message from findings join reports using (report_id) where rule = 'C1'")
        assert rows.fetchall() == [
            (2022, "0 ≠ 3 carried out of 2021, difference -3"),
            (2023, "4 ≠ 0 carried out of 2022, difference 4"),
        ]


def test_sums_with_unknown_numbers_are_not_assessed(tmp_path: Path) -> None:
    made_up.warehouse(tmp_path, [made_up.blanked(report(2023, {}), {"3/granted/total": State.BLANK})])
    with read_current(tmp_path) as connection:
        [row] = connection.execute("select arithmetic_errors, sums_assessed, sums_in_form from reports").fetchall()
    assert row == (0, 40, 42)


def test_a_blank_that_hides_a_number_is_blamed(tmp_path: Path) -> None:
    key = "3/granted/natural_person"
    whole = report(2023, {"3/granted/total": 4, "3/granted/business": 1, "3/concluded/total": 4, "3/received/total": 4})
    made_up.warehouse(tmp_path, [made_up.blanked(whole, {key: State.BLANK})])
    query = "select message, cells[1] from findings where rule = 'A3' and cause = 'X4'"
    with read_current(tmp_path) as connection:
        assert connection.execute(query).fetchall() == [("granted: ? + 1 ≠ 4, difference 3", key)]


def test_each_check_says_its_severity_and_is_in_the_dictionary() -> None:
    data = yaml.safe_load((DATA / "rules.yml").read_text(encoding="utf-8"))
    rules = {rule["key"] for rule in data["rules"]}
    files = sorted((SQL / "checks").glob("*.sql"))
    assert files
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert re.match(r"-- one row per .*\(severity: (error|warning|info)", text), path.name
        told = set(re.findall(r"'([A-Z]\d)' as rule", text))
        assert told == {path.name[:2].upper()}
        assert told <= rules
    for entry in (*data["rules"], *data["causes"]):
        assert all(entry[name] for name in ("label_zh", "label_en", "meaning_zh", "meaning_en"))
    assert {sum_.rule for form in forms().values() for table in form.tables for sum_ in table.sums} <= rules
