"""The warehouse: its views hold the contract, loads carry over what they did not touch, one report counts a year."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from etl.report import State
from etl.warehouse import store
from etl.warehouse.chunk import SourceRow
from etl.warehouse.warehouse import OtherStructureError, build, sql
from tests import made_up

CONTRACT = {
    "reports": "report_id agency kind province city county county_code county_then township region_level year form "
    "title published_on source_path source_sha256 cells_known cells_in_form errors warnings",
    "cells": "report_id agency county year table_no row_key column_key value state printed place",
    "metrics_long": "report_id agency county kind year metric value numerator denominator",
    "sections": "report_id section_no heading text",
    "problems": "report_id ordinal text",
    "remedies": "report_id ordinal text",
    "problem_themes": "report_id ordinal theme",
    "terms": "report_id term n",
    "findings": "report_id rule severity status message cause cells",
    "sources": "path sha256 bytes outcome reason report_id loaded_at",
    "metric": "key label_zh label_en",
    "theme": "key label_zh label_en",
    "form_cell": "key label_zh label_en",
    "rule": "key label_zh label_en",
}


def ask(folder: Path, query: str) -> list[tuple[object, ...]]:
    with store.read_current(folder) as connection:
        rows: list[tuple[object, ...]] = connection.execute(query).fetchall()
    return rows


@pytest.mark.parametrize("view", CONTRACT)
def test_every_view_starts_with_the_columns_of_the_contract(empty_warehouse: Path, view: str) -> None:
    columns = [str(row[0]) for row in ask(empty_warehouse, f"describe {view}")]
    assert columns[: len(CONTRACT[view].split())] == CONTRACT[view].split()


def test_cells_come_back_as_they_went_in(tmp_path: Path) -> None:
    states = {"2/fees/amount": State.BLANK, "3/received/total": State.UNREADABLE, "2/regulations/issued": State.MISSING}
    one = made_up.blanked(made_up.report(made_up.AGENCIES[0], 2023), states)
    folder = made_up.warehouse(tmp_path, [one])
    rows = ask(folder, "select table_no, row_key, column_key, value, state::varchar, printed, place from cells")
    wanted = {
        (c.at.table_no, c.at.row_key, c.at.column_key, c.value, c.state.value, c.printed, c.place) for c in one.cells
    }
    assert set(rows) == wanted and len(rows) == len(one.cells)


def test_a_wide_fact_is_null_where_no_number_was_read(tmp_path: Path) -> None:
    one = made_up.blanked(made_up.report(made_up.AGENCIES[0], 2023), {"3/received/total": State.DASH})
    folder = made_up.warehouse(tmp_path, [one])
    value = next(cell.value for cell in one.cells if cell.at.key == "3/concluded/total")
    assert ask(folder, "select c3_received_total, c3_concluded_total from facts") == [(None, value)]


def test_a_second_report_of_the_year_is_a_conflict_and_not_counted(tmp_path: Path) -> None:
    first, second = (made_up.report(made_up.AGENCIES[0], 2023, seed=seed) for seed in (1, 2))
    folder = made_up.warehouse(tmp_path, [first, second])
    assert ask(folder, "select source_sha256 from reports") == [(first.source_sha256,)]
    assert ask(folder, "select count(distinct value) from metrics_long where metric = 'applications_received'") == [
        (1,)
    ]
    assert ask(folder, "select outcome from sources order by path") == [("loaded",), ("conflict",)]
    assert ask(folder, "select rule, message from findings where rule[1] = 'D'") == [("D1", second.source_path)]


def test_the_same_file_again_is_a_duplicate(tmp_path: Path) -> None:
    first = made_up.report(made_up.AGENCIES[0], 2023)
    again = replace(first, source_path="reports/zz copy.txt")
    folder = made_up.warehouse(tmp_path, [first, again])
    assert ask(folder, "select outcome from sources order by path") == [("loaded",), ("duplicate",)]
    assert ask(folder, "select rule, severity from findings where rule[1] = 'D'") == [("D2", "info")]


def test_one_text_under_two_names_is_two_reports(tmp_path: Path) -> None:
    first, second = (made_up.report(made_up.AGENCIES[at], 2023) for at in (0, 1))
    third = made_up.report(made_up.AGENCIES[0], 2022)
    alike = [replace(one, source_sha256=first.source_sha256) for one in (first, second, third)]
    folder = made_up.warehouse(tmp_path, alike)
    assert ask(folder, "select outcome, count(*) from sources group by all") == [("loaded", 3)]
    assert ask(folder, "select count(distinct report_id), count(*) from reports") == [(3, 3)]
    assert ask(folder, "select count(*) from findings where rule[1] = 'D'") == [(0,)]


def test_what_counted_goes_on_counting_and_the_next_follows_when_it_goes(tmp_path: Path) -> None:
    late, early = (made_up.report(made_up.AGENCIES[0], 2023, seed=seed) for seed in (9, 1))
    (tmp_path / "late.txt").touch()
    late = replace(late, source_path=str(tmp_path / "late.txt").removeprefix("/"))
    folder = made_up.warehouse(tmp_path, [late])
    build(folder, [made_up.chunk([early])], "test")
    assert ask(folder, "select source_sha256 from reports") == [(late.source_sha256,)]
    gone = SourceRow(f"/{late.source_path}", late.source_path, None, 0, 2, "rejected", "empty")
    build(folder, [made_up.chunk([], (gone,))], "test")
    assert ask(folder, "select source_sha256 from reports") == [(early.source_sha256,)]
    outcomes = ask(folder, "select outcome, reason from sources order by outcome")
    assert outcomes == [("loaded", None), ("rejected", "empty")]
    assert ask(folder, "select count(*) from findings where rule[1] = 'D'") == [(0,)]


def test_a_file_that_cannot_be_opened_keeps_its_report_and_is_read_again_by_another_version(tmp_path: Path) -> None:
    one = made_up.report(made_up.AGENCIES[0], 2023)
    folder = made_up.warehouse(tmp_path, [one])
    [(held,)] = ask(folder, "select report_id from reports")
    closed = SourceRow(f"/{one.source_path}", one.source_path, None, 0, 2, "rejected", "not_readable")
    build(folder, [made_up.chunk([], (closed,))], "test")
    assert ask(folder, "select report_id from reports") == [(held,)]
    assert ask(folder, "select outcome, report_id from sources") == [("rejected", held)]
    assert ask(folder, sql("read_paths")) == [(f"/{one.source_path}",)]


def test_a_load_carries_over_what_it_did_not_read(tmp_path: Path) -> None:
    reports = made_up.many()
    whole = made_up.warehouse(tmp_path / "whole", reports)
    parted = made_up.warehouse(tmp_path / "parted", reports[:10])
    build(parted, [made_up.chunk(reports[10:])], "test")
    assert store.content_hash(store.current_file(parted)) == store.content_hash(store.current_file(whole))
    build(parted, [made_up.chunk([made_up.report(made_up.AGENCIES[0], 2030)])], "test")
    assert store.content_hash(store.current_file(parted)) != store.content_hash(store.current_file(whole))


def test_a_replaced_file_leaves_nothing_of_its_former_self(tmp_path: Path) -> None:
    old = made_up.report(made_up.AGENCIES[0], 2023, seed=5)
    new = replace(made_up.report(made_up.AGENCIES[1], 2022, seed=6), source_path=old.source_path)
    folder = made_up.warehouse(tmp_path, [old])
    build(folder, [made_up.chunk([new])], "test")
    assert ask(folder, "select agency, year from reports") == [(new.identity.agency, 2022)]
    assert ask(folder, "select count(*) from cells") == [(len(new.cells),)]
    assert ask(folder, "select outcome from sources") == [("replaced",)]


def test_the_last_two_versions_stay(tmp_path: Path) -> None:
    for year in (2021, 2022, 2023):
        made_up.warehouse(tmp_path, [made_up.report(made_up.AGENCIES[0], year)])
    assert len(list(tmp_path.glob("wh-*.duckdb"))) == 2
    assert ask(tmp_path, "select count(*) from reports") == [(3,)]
    assert not list(tmp_path.glob("*.part*"))


def test_a_failed_build_leaves_the_old_data(tmp_path: Path) -> None:
    folder = made_up.warehouse(tmp_path, [made_up.report(made_up.AGENCIES[0], 2023)])
    before = store.current_file(folder)

    def breaks() -> object:
        yield made_up.chunk([made_up.report(made_up.AGENCIES[0], 2022)])
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        build(folder, breaks(), "test")  # type: ignore[arg-type]
    assert store.current_file(folder) == before
    assert ask(folder, "select year from reports") == [(2023,)]


def test_another_structure_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = made_up.warehouse(tmp_path, [made_up.report(made_up.AGENCIES[0], 2023)])
    with store.connect(store.current_file(folder), read_only=False) as connection:
        connection.execute("update base.build set structure = 'older'")
    with pytest.raises(OtherStructureError):
        build(folder, [made_up.chunk([])], "test")
    assert ask(folder, "select year from reports") == [(2023,)]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    folder = made_up.warehouse(tmp_path, [made_up.report(made_up.AGENCIES[0], 2023)])
    store.current_file(folder).write_bytes(b"rubbish" * 1000)
    with pytest.raises(store.DamagedWarehouseError):
        store.read_current(folder)
    with pytest.raises(store.NoWarehouseError):
        store.current_file(tmp_path / "elsewhere")


def test_two_loads_at_once_are_refused(tmp_path: Path) -> None:
    with store.load_lock(tmp_path), pytest.raises(store.LoadRunningError), store.load_lock(tmp_path):
        pass
    with store.load_lock(tmp_path):
        pass
