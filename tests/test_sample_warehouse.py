"""A warehouse of made-up reports is a warehouse like any other: the same views, the sums hold in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from etl.sample.agencies import agencies
from etl.sample.figures import series_of
from etl.sample.warehouse import write_warehouse
from etl.warehouse.store import read_current

YEARS = (2020, 2022)
AGENCIES = 40


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder: Path = tmp_path_factory.mktemp("made")
    assert write_warehouse(folder, AGENCIES, YEARS, seed=4) == AGENCIES * 3
    with read_current(folder) as connection:
        yield connection


def test_every_report_counts(made: duckdb.DuckDBPyConnection) -> None:
    assert made.execute("select year, count(*) from reports group by year order by year").fetchall() == [
        (2020, AGENCIES),
        (2021, AGENCIES),
        (2022, AGENCIES),
    ]
    assert made.execute("select count(distinct report_id) from reports").fetchone() == (AGENCIES * 3,)


def test_cells_are_those_that_the_reports_of_the_same_seed_print(made: duckdb.DuckDBPyConnection) -> None:
    batch = list(agencies(AGENCIES))
    figures = dict(series_of(batch, range(2020, 2023), 4)[3])[2022]
    read = made.execute(
        "select table_no || '/' || row_key || '/' || column_key, value from cells where agency = ? and year = 2022",
        [batch[3].name],
    ).fetchall()
    assert dict(read) == figures


def test_the_wide_table_agrees_with_the_cells(made: duckdb.DuckDBPyConnection) -> None:
    wide = made.execute("select sum(c3_received_total), sum(c2_fees_amount) from facts where year = 2022").fetchone()
    long = made.execute(
        "select sum(value) filter (table_no = 3 and row_key = 'received' and column_key = 'total'),"
        " sum(value) filter (row_key = 'fees' and column_key = 'amount') from cells where year = 2022"
    ).fetchone()
    assert wide is not None
    assert wide[0] > 0
    assert wide == pytest.approx(long)


def _one(made: duckdb.DuckDBPyConnection, query: str) -> object:
    rows = made.execute(query).fetchall()
    assert len(rows) == 1
    return rows[0][0]


def test_words_stand_once_a_report(made: duckdb.DuckDBPyConnection) -> None:
    repeated = "select report_id, term from terms group by report_id, term having count(*) > 1"
    assert _one(made, f"select count(*) from ({repeated})") == 0
    assert _one(made, "select max(n) from terms") == 2


def test_statements_are_numbered_and_carry_themes(made: duckdb.DuckDBPyConnection) -> None:
    numbered = "select count(*) = max(ordinal) and min(ordinal) = 1 from problems group by report_id"
    assert set(made.execute(numbered).fetchall()) == {(True,)}
    few = f"select count(distinct report_id) > {0.9 * 3 * AGENCIES} from problems"
    assert _one(made, few) is True
    assert _one(made, "select count(*) from problem_themes anti join problems using (report_id, ordinal)") == 0
    assert _one(made, "select count(distinct theme) > 5 from problem_themes") is True
