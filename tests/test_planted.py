"""Each planted error is found by its rule, on its cells, with its cause; reports without one raise no error."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.checks import FORMATS, Findings, errors, findings, is_found, marks, seconds
from etl.sample.plant import PLANTS
from etl.sample.planted import write_planted
from etl.sample.write import SampleOptions, all_shapes, write_sample

EACH = 3
SEED = 7
SHAPES = [shape for shape in all_shapes() if shape.format in FORMATS]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Findings]:
    folder = tmp_path_factory.mktemp("planted")
    write_planted(folder, EACH * len(PLANTS), SEED)
    return folder, findings(folder, tmp_path_factory.mktemp("warehouse"))


@pytest.mark.parametrize("kind", [plant.__name__ for plant in PLANTS])
def test_a_planted_error_is_found(kind: str, planted: tuple[Path, Findings]) -> None:
    folder, found = planted
    wanted = {name: mark for name, mark in marks(folder).items() if mark["kind"] == kind}
    assert len(wanted) == EACH
    for name, mark in wanted.items():
        assert is_found(mark, found[name]), (name, mark, found[name])
        assert not is_found(mark, [])


def test_the_report_before_a_planted_error_has_none(planted: tuple[Path, Findings]) -> None:
    _, found = planted
    assert errors({name: each for name, each in found.items() if name.endswith("-2022")}) == []


def test_clean_reports_of_every_layout_raise_no_error_and_no_doubt_about_peers(tmp_path: Path) -> None:
    """`python -m bench.checks` does it over 500 reports and any seed."""
    options = SampleOptions(len(SHAPES), (2020, 2023), FORMATS, seed=SEED)
    written = write_sample(tmp_path / "reports", options)
    found = findings(tmp_path / "reports", tmp_path / "warehouse")
    assert written == 4 * len(SHAPES)
    assert errors(found) == []
    assert [one for each in found.values() for one in each if one["rule"] == "P1"] == []


def test_the_checks_of_a_large_warehouse_can_be_timed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert seconds(tmp_path, 160) > 0
    told = capsys.readouterr().out
    assert "checks of 160 reports: " in told
    assert "6 of them with a broken sum" in told, "one in twenty, of the years whose form states sums"
