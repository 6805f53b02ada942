"""Generated reports of every layout and format are read: nothing wrong, nothing invented, nearly nothing missed."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from etl.commands.score import Judged, Scored, Verdict, score_folder
from etl.sample.pdf import browser
from etl.sample.planted import write_planted
from etl.sample.write import SampleOptions, all_shapes, write_sample

READ_AT_LEAST = 0.999
SEED = 11
PARTED = [shape for shape in all_shapes() if shape.format != "pdf" and not shape.joined]
TEXT = [shape.layout for shape in all_shapes() if shape.format in {"txt", "md"}]


def _cells(scored: list[Scored]) -> list[tuple[Scored, Judged]]:
    """The judged cells without those whose digits the layout runs together beyond anybody's reading."""
    return [
        (one, cell) for one in scored for cell in one.judged if cell.what == "cell" and cell.verdict is not Verdict.OPEN
    ]


def _told(found: list[tuple[Scored, Judged]]) -> list[str]:
    return [f"{one.path.name} {one.layout} {cell.key} {cell.truth} read {cell.read}" for one, cell in found[:20]]


def _check(folder: Path, options: SampleOptions, of_each: int = 150) -> None:
    written = write_sample(folder, options)
    scored = score_folder(folder)
    assert len(scored) == written
    cells = _cells(scored)
    false = [item for item in cells if item[1].verdict in {Verdict.WRONG, Verdict.INVENTED}]
    assert not false, _told(false)
    missed = [item for item in cells if item[1].verdict is Verdict.MISSED]
    assert len(cells) > of_each * written
    assert len(missed) <= (1 - READ_AT_LEAST) * len(cells), _told(missed)


@pytest.mark.parametrize("layout", TEXT)
def test_text(layout: str, tmp_path: Path) -> None:
    _check(tmp_path, SampleOptions(4, (2019, 2023), ("txt", "md"), (layout,), SEED))


@pytest.mark.parametrize("format_", ["html", "docx"])
def test_pages_and_word_files(format_: str, tmp_path: Path) -> None:
    _check(tmp_path, SampleOptions(10, (2019, 2024), (format_,), seed=SEED))


def test_annexes_of_before_2019(tmp_path: Path) -> None:
    _check(tmp_path, SampleOptions(11, (2014, 2018), ("txt", "md", "html", "docx"), seed=SEED), of_each=10)


@pytest.mark.skipif(browser() is None, reason="no Chromium to print PDF files with")
def test_pdf(tmp_path: Path) -> None:
    _check(tmp_path, SampleOptions(2, (2020, 2022), ("pdf",), seed=SEED))


def test_who_reports_on_which_year(tmp_path: Path) -> None:
    """Agency and year are right in every layout; statements nearly always."""
    write_sample(tmp_path, SampleOptions(20, (2019, 2025), ("txt", "md", "html", "docx"), seed=SEED))
    verdicts = Counter((cell.what, cell.verdict) for one in score_folder(tmp_path) for cell in one.judged)
    for what in ("agency", "year"):
        assert {verdict for kind, verdict in verdicts if kind == what} == {Verdict.RIGHT}
    assert verdicts["problem", Verdict.RIGHT] >= 0.98 * sum(n for (what, _), n in verdicts.items() if what == "problem")


def test_an_error_is_read_as_printed(tmp_path: Path) -> None:
    """A planted error is the source's: the reader shows it and repairs nothing, in any layout that parts its cells."""
    write_planted(tmp_path, 80, SEED, among=[(shape.format, shape.layout) for shape in PARTED])
    cells = _cells(score_folder(tmp_path))
    false = [item for item in cells if item[1].verdict in {Verdict.WRONG, Verdict.INVENTED}]
    assert not false, _told(false)
    missed = [item for item in cells if item[1].verdict is Verdict.MISSED]
    assert len(missed) <= (1 - READ_AT_LEAST) * len(cells), _told(missed)


def test_a_blank_in_a_ruled_row_leaves_its_neighbours_readable(tmp_path: Path) -> None:
    """Where the grid says which column is empty, the sum need not confirm it."""
    write_planted(
        tmp_path, 80, SEED, among=[("html", "clean"), ("docx", "merged"), ("txt", "tabs"), ("md", "markdown")]
    )
    missed = [item for item in _cells(score_folder(tmp_path)) if item[1].verdict is Verdict.MISSED]
    assert not missed, _told(missed)
