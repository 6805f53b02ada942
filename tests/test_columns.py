"""Arrow columns that are laid out here are those that pyarrow would make, without what it takes to make them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from etl.sample.write import SampleOptions, write_sample
from etl.warehouse.columns import column, figure_column, figures_of, plain, table, untyped

LISTS = pa.list_(pa.string())
COLUMNS: list[tuple[list[Any], pa.DataType]] = [
    (["a", "公开", "", None, "〇"], pa.string()),
    (["plain", "", None, "ascii"], pa.string()),
    ([1, None, 65535], pa.uint16()),
    ([-1, 0, 7], pa.int16()),
    ([1.5, None, 0.0], pa.float64()),
    ([True, False, None, True, True, True, True, True, False], pa.bool_()),
    ([date(2021, 1, 31), None, date(1969, 12, 31)], pa.date32()),
    ([("甲", "b"), (), None, ("c",)], LISTS),
    *(([], kind) for kind in (pa.string(), pa.uint16(), pa.bool_(), pa.date32(), LISTS)),
]
NO_PANDAS = """
import sys
from pathlib import Path
from etl.load.executors import local
from etl.load.load import Options, load
assert load([Path(sys.argv[1])], Options(Path(sys.argv[2]), local(1))).build
sys.exit("pandas" in sys.modules)
"""


@pytest.mark.parametrize(("values", "kind"), COLUMNS)
def test_a_column_is_that_of_pyarrow(values: list[Any], kind: pa.DataType) -> None:
    made = column(values, kind)
    made.validate(full=True)
    assert made.equals(pa.array(values, type=kind))


def test_figures_come_back_also_from_a_part_of_a_column() -> None:
    for values in ([1.5, float("nan"), 0.0, -2.0], [1.0, 2.0, 3.0, 4.0]):
        made = figure_column(np.array(values))
        np.testing.assert_array_equal(figures_of(made), values)
        np.testing.assert_array_equal(figures_of(made.slice(1, 2)), values[1:3])


def test_types_are_those_of_the_values() -> None:
    rows: list[tuple[Any, ...]] = [("a", 1, 1, None, ["x"]), (None, 2, 0.5, None, [])]
    made = untyped(rows)
    assert made.schema.types == [pa.string(), pa.int64(), pa.float64(), pa.string(), LISTS]
    assert [tuple(row.values()) for row in made.to_pylist()] == rows
    with pytest.raises(KeyError):
        untyped([(1,), ("a",)])


def test_a_number_that_its_type_cannot_hold_raises() -> None:
    with pytest.raises(OverflowError):
        column([65536], pa.uint16())


def test_numbers_of_tables_put_together_are_read_in_order() -> None:
    schema = pa.schema([("n", pa.uint32())])
    both = pa.concat_tables([table([(3,), (1,)], schema), table([], schema), table([(2,)], schema)])
    assert plain(both["n"]).tolist() == [3, 1, 2]
    assert plain(both["n"]).dtype == np.uint32


def test_a_load_does_without_pandas(tmp_path: Path) -> None:
    write_sample(tmp_path / "reports", SampleOptions(3, (2021, 2022)))
    command = [sys.executable, "-c", NO_PANDAS, str(tmp_path / "reports"), str(tmp_path / "w")]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
