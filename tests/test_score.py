"""The score: what counts as right, wrong, invented, missed and doubted; a file without reading misses everything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from rich.console import Console

from etl.commands.score import Judged, Scored, Verdict, count, county_verdict, judge, score_file, score_folder
from etl.commands.score_table import print_score
from etl.pipeline import read_report
from etl.report import Region, State
from etl.sample.write import SampleOptions, write_sample


@pytest.fixture(scope="module")
def report_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("score")
    write_sample(folder, SampleOptions(1, (2022, 2022)))
    return next(folder.rglob("*.txt"))


def truth_of(report: Path) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(report.with_suffix(".truth.json").read_text(encoding="utf-8"))
    return truth


def verdicts(report: Path, truth: dict[str, Any]) -> dict[tuple[str, str], Verdict]:
    read = read_report(report, report.read_bytes())
    return {(one.what, one.key): one.verdict for one in judge(read, truth) if one.what != "problem"}


def test_a_made_up_report_is_read_right(report_path: Path) -> None:
    judged = score_file(report_path, report_path.with_suffix(".truth.json")).judged
    assert {one.verdict for one in judged if one.what in {"cell", "agency", "year"}} == {Verdict.RIGHT}
    assert count(judged, "cell", Verdict.RIGHT) == len(truth_of(report_path)["cells"])


def test_numbers_blanks_and_cells_that_were_not_judged(report_path: Path) -> None:
    truth = truth_of(report_path)
    filled = [key for key, value in truth["cells"].items() if value is not None]
    truth["cells"] = {filled[0]: truth["cells"][filled[0]] + 1, filled[1]: None, filled[2]: truth["cells"][filled[2]]}
    truth["cells"]["2/made_up/column"] = 3
    truth["cells"]["2/made_up/blank"] = None
    found = verdicts(report_path, truth)
    cells = {key: verdict for (what, key), verdict in found.items() if what == "cell"}
    assert cells == {
        filled[0]: Verdict.WRONG,
        filled[1]: Verdict.INVENTED,
        filled[2]: Verdict.RIGHT,
        "2/made_up/column": Verdict.MISSED,
        "2/made_up/blank": Verdict.RIGHT,
    }


def test_a_year_that_the_text_does_not_say_is_invented_and_another_is_wrong(report_path: Path) -> None:
    truth = truth_of(report_path)
    assert verdicts(report_path, truth | {"year": None})["year", "year"] is Verdict.INVENTED
    assert verdicts(report_path, truth | {"year": 2001})["year", "year"] is Verdict.WRONG


@pytest.mark.parametrize(
    ("region", "truth", "verdict"),
    [
        (Region(county="东示例县", level="named"), "东示例县", Verdict.RIGHT),
        (Region(county="东示例区", county_then="东示例县", level="named"), "东示例县", Verdict.RIGHT),
        (Region(county="西示例县", level="named"), "东示例县", Verdict.WRONG),
        (Region(level="none"), "东示例县", Verdict.MISSED),
        (Region(level="ambiguous", candidates=("1 东示例县", "2 西示例县")), "东示例县", Verdict.DOUBTED),
        (Region(county="西示例县", level="town-unique"), None, Verdict.RIGHT),
        (Region(level="none"), None, Verdict.RIGHT),
        (Region(level="ambiguous"), None, Verdict.DOUBTED),
    ],
)
def test_a_county_may_be_known_better_by_the_gazetteer(region: Region, truth: str | None, verdict: Verdict) -> None:
    assert county_verdict(region, truth) is verdict


def test_statements_match_when_one_contains_the_other(report_path: Path) -> None:
    report = read_report(report_path, report_path.read_bytes())
    statements = replace(report.statements, problems=("信息更新不够及时，内容不全。", "人手不足。"))
    truth = truth_of(report_path) | {"problems": ["信息更新不够 及时", "培训少"]}
    judged = [one for one in judge(replace(report, statements=statements), truth) if one.what == "problem"]
    assert [one.verdict for one in judged] == [Verdict.RIGHT, Verdict.MISSED, Verdict.INVENTED]


def test_a_rejected_file_misses_what_its_truth_knows(report_path: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "a.truth.json").write_text(json.dumps(truth_of(report_path)), encoding="utf-8")
    [scored] = score_folder(tmp_path)
    known = [value for value in truth_of(report_path)["cells"].values() if value is not None]
    assert count(scored.judged, "cell", Verdict.MISSED) == len(known)
    assert {one.why for one in scored.judged} == {"empty"} and scored.read_as == "rejected"


def test_the_table_lists_what_is_not_right_and_says_whether_all_is_well(tmp_path: Path) -> None:
    def shown(*judged: Judged) -> tuple[bool, str]:
        console = Console(record=True, width=200, file=(tmp_path / "out.txt").open("w", encoding="utf-8"))
        well = print_score([Scored(Path("a.txt"), "txt", "made up", "lines", judged)], console)
        return well, console.export_text()

    missed = Judged("cell", "3/received/total", Verdict.MISSED, "5", "unreadable '5 6'", "V2 two numbers")
    well, text = shown(missed, Judged("cell", "3/carried_in/total", Verdict.RIGHT, "5", "number '5'"))
    assert well and "1 of 2 right" in text and "V2 two numbers" in text
    well, text = shown(Judged("county", "county", Verdict.WRONG, "东示例县", "西示例县"))
    assert not well and "西示例县" in text


def test_a_bare_place_in_the_truth_is_its_government(report_path: Path) -> None:
    report = read_report(report_path, report_path.read_bytes())
    town = replace(report, identity=replace(report.identity, agency="东示例镇人民政府"))
    for noted, verdict in (("东示例镇", Verdict.RIGHT), ("西示例镇", Verdict.WRONG), (None, Verdict.INVENTED)):
        judged = judge(town, truth_of(report_path) | {"agency": noted})
        assert next(one.verdict for one in judged if one.what == "agency") is verdict


@pytest.mark.parametrize(
    ("printed", "numbers", "verdict"),
    [
        ("77132470", (77, 132, 470), Verdict.OPEN),
        ("297", (297, None, None), Verdict.OPEN),
        ("000", (0, 0, 0), Verdict.MISSED),  # zeros part in one way only
        ("6930", (69, 3, 1), Verdict.MISSED),  # not the digits of the numbers
        ("77 132 470", (77, 132, 470), Verdict.MISSED),
    ],
)
def test_digits_that_run_together_are_open(
    report_path: Path, printed: str, numbers: tuple[int | None, ...], verdict: Verdict
) -> None:
    report = read_report(report_path, report_path.read_bytes())
    keys = [f"2/normative_documents/{column}" for column in ("issued", "repealed", "in_force")]
    cells = tuple(
        replace(cell, value=None, printed=printed, state=State.UNREADABLE) if cell.at.key in keys else cell
        for cell in report.cells
    )
    truth = truth_of(report_path) | {"cells": dict(zip(keys, numbers, strict=True))}
    judged = judge(replace(report, cells=cells), truth)
    blank = numbers.count(None)
    verdicts_of_numbers = [one.verdict for one in judged if one.what == "cell" and one.truth != "blank"]
    assert verdicts_of_numbers == [verdict] * (len(keys) - blank)


def test_what_the_truth_calls_undeterminable_is_open_when_missed_only(report_path: Path) -> None:
    report = read_report(report_path, report_path.read_bytes())
    key = next(cell.at.key for cell in report.cells if cell.value is not None)
    truth = truth_of(report_path) | {"undeterminable": [key]}
    [kept] = [one.verdict for one in judge(report, truth) if one.key == key]
    left = tuple(cell for cell in report.cells if cell.at.key != key)
    [lost] = [one.verdict for one in judge(replace(report, cells=left), truth) if one.key == key]
    assert (kept, lost) == (Verdict.RIGHT, Verdict.OPEN)
