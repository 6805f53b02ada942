"""The quick way to read a table says what the general one says, or leaves it the table."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.document import Block, Document, Paragraph, Table
from etl.document import Row as Line
from etl.form import FormTable, forms
from etl.tables.regions import Place
from etl.tables.stream import Stream
from etl.tables.table_rows import read_rows
from etl.tables.whole_grid import read_whole_grids

Grid = list[list[str]]

TWO, THREE = (2, 3)
GROUPS = 2
"""So many cells left of a row's label hold its groups in table 3."""


def table_of(number: int, version: str = "2021") -> FormTable:
    return forms()[version].table(number)


def grid_of_two(table: FormTable) -> Grid:
    """A head above each row, its columns from the second cell on; a number for each, all different."""
    width = 1 + max(len(row.columns) for row in table.rows)
    lines: Grid = []
    for number, row in enumerate(table.rows, start=1):
        head = ["信息内容", *(column.label for column in row.columns)]
        values = [row.name, *(str(10 * number + at) for at in range(len(row.columns)))]
        lines += [line + [""] * (width - len(line)) for line in ([row.label.split("/")[0]], head, values)]
    return lines


def grid_of_three(table: FormTable) -> Grid:
    """One head of three lines; rows with the labels of their groups where these begin."""
    columns = table.rows[0].columns
    left, inner = [""] * (GROUPS + 1), [column.label for column in columns[1:-1]]
    lines = [["（本列数据的勾稽关系）", *left[1:], "申请人情况"] + [""] * (len(columns) - 1)]
    lines += [[*left, columns[0].label, "法人或其他组织", *[""] * (len(inner) - 1), columns[-1].label]]
    lines += [[*left, "", *inner, ""]]
    above: list[str] = []
    for number, row in enumerate(table.rows, start=1):
        groups = row.label.split("/")[:-1]
        shown = [name if name not in above else "" for name in groups]
        above = groups
        labels = [*shown, row.name]
        values = [str(100 * number + at) for at in range(len(columns))]
        lines.append(labels + [""] * (GROUPS + 1 - len(labels)) + values)
    return lines


MADE = {TWO: grid_of_two, THREE: grid_of_three}


def read_both(table: FormTable, *blocks: Grid | str) -> tuple[object, object]:
    """What the quick way and the general one say of paragraphs and grids that are all of the table's region."""
    made: list[Block] = []
    for number, block in enumerate(blocks):
        if isinstance(block, str):
            made.append(Paragraph(block, f"paragraph {number}"))
            continue
        places = [tuple(f"table {number} row {r} column {c}" for c in range(len(row))) for r, row in enumerate(block)]
        rows = tuple(Line(tuple(row), at) for row, at in zip(block, places, strict=True))
        made.append(Table(rows, exact=True))
    stream = Stream(Document("示例.html", tuple(made), "html"))
    place, columns = Place(0, len(stream.compact)), len(table.rows[0].columns)
    general = partial(read_rows, stream, place, table, columns if table.table_no == THREE else 0)
    return read_whole_grids(stream, place, table), general()


@pytest.mark.parametrize("version", ["2021", "2019"])
@pytest.mark.parametrize("number", [TWO, THREE])
def test_a_whole_grid_is_read_as_the_general_way_reads_it(version: str, number: int) -> None:
    table = table_of(number, version)
    quick, general = read_both(table, "收到和处理政府信息公开申请情况", MADE[number](table), "— 3 —")
    assert quick is not None
    assert quick == general


@pytest.mark.parametrize("number", [TWO, THREE])
def test_a_page_break_may_cut_the_grid_anywhere_and_repeat_its_head(number: int) -> None:
    table = table_of(number)
    grid = MADE[number](table)
    for cut in range(3, len(grid)):
        quick, general = read_both(table, grid[:cut], "— 3 —", grid[cut:])
        assert quick == general
    for cut in range(4, len(grid)) if number == THREE else ():
        quick, general = read_both(table, grid[:cut], "— 3 —", grid[1:3] + grid[cut:])
        assert quick is not None
        assert quick == general


def _put(text: str, row: int, column: int) -> Callable[[Grid], None]:
    def put(grid: Grid) -> None:
        grid[row][column] = text

    return put


@pytest.mark.parametrize(
    ("number", "spoil"),
    [
        pytest.param(THREE, _put("", 5, -1), id="blank"),
        pytest.param(THREE, _put("/", 5, -1), id="dash"),
        pytest.param(THREE, _put("3 4", 5, -1), id="two numbers"),
        pytest.param(THREE, _put("-3", 5, -1), id="sign"),
        pytest.param(THREE, _put("3件", 5, -1), id="unit"),
        pytest.param(THREE, _put("某种情况", 5, GROUPS), id="other label"),
        pytest.param(THREE, _put("7", 5, GROUPS), id="number for a label"),
        pytest.param(THREE, _put("自然人（万元）", 1, GROUPS + 1), id="other unit in the head"),
        pytest.param(THREE, _put("（万元）", 0, 0), id="unit of no column"),
        pytest.param(THREE, _put("8", 0, 0), id="number in the head"),
        pytest.param(TWO, _put("8", 3, 2), id="rest of a number below it"),
        pytest.param(TWO, _put("规章", 0, 3), id="row named beside its head"),
        pytest.param(THREE, _put("总计", 1, GROUPS + 1), id="another column's name"),
        pytest.param(THREE, lambda grid: grid.pop(6), id="row lost"),
        pytest.param(THREE, lambda grid: grid.insert(6, grid[5]), id="row twice"),
        pytest.param(THREE, lambda grid: grid.append(grid[-1]), id="last row twice"),
        pytest.param(THREE, lambda grid: grid.insert(4, grid.pop(6)), id="rows in another order"),
        pytest.param(THREE, lambda grid: grid[6].append("5"), id="one value more"),
        pytest.param(THREE, lambda grid: grid[6].pop(), id="one value less"),
        pytest.param(THREE, lambda grid: grid.pop(2), id="no columns in the head"),
        pytest.param(THREE, lambda grid: grid.insert(-2, ["总计", "", "", "约12", *grid[0][4:]]), id="odd values"),
        pytest.param(THREE, lambda grid: grid.insert(7, grid[2][:4] + ["（总计"] + grid[2][5:]), id="odd head"),
        pytest.param(TWO, lambda grid: grid.insert(-1, ["（单位：元）", "", "", ""]), id="unit between head and row"),
        pytest.param(TWO, _put("", 2, 1), id="blank in table 2"),
        pytest.param(TWO, _put("4", -1, 2), id="last year's figure beside"),
        pytest.param(TWO, _put("本年收费金额（单位：件）", -2, 1), id="fees in pieces"),
        pytest.param(TWO, _put("本年收费金额", 1, 1), id="another row's column"),
        pytest.param(TWO, lambda grid: grid.pop(-1), id="row of table 2 lost"),
    ],
)
def test_whatever_else_is_printed_is_left_to_the_general_way(number: int, spoil: Callable[[Grid], object]) -> None:
    grid = MADE[number](table_of(number))
    spoil(grid)
    assert read_both(table_of(number), grid)[0] is None


@pytest.mark.parametrize("unit", ["本年收费金额（单位：元）", "（元）", "单位（万元）"])
def test_a_unit_beside_the_grids_leaves_them_to_the_general_way(unit: str) -> None:
    """A fee of 35000 yuan above which a paragraph says so is not one of 35000 ten thousands."""
    grid = grid_of_two(table_of(TWO))
    for blocks in ((unit, grid), (grid[:-2], unit, grid[-2:]), (grid[:-1], unit, grid[-1:])):
        assert read_both(table_of(TWO), *blocks)[0] is None


def test_a_unit_over_two_cells_of_the_head_leaves_the_grid_to_the_general_way() -> None:
    grid = grid_of_two(table_of(TWO))
    grid[-2][1:3] = ["本年收费金额（单位：", "元）"]
    assert read_both(table_of(TWO), grid)[0] is None


@pytest.mark.parametrize("number", [TWO, THREE])
def test_a_row_named_beside_the_grid_leaves_it_to_the_general_way(number: int) -> None:
    table = table_of(number)
    row = f"{table.rows[1].name}：35件"
    for blocks in ((row, MADE[number](table)), (MADE[number](table), row)):
        assert read_both(table, *blocks)[0] is None


def _damage(grid: Grid, table: FormTable, damage: tuple[int, int, int, str]) -> None:
    """One of the slips that agencies and their tools make: which, in what row and column, with what text."""
    kind, row, column, text = damage
    row %= len(grid)
    column %= len(grid[row])
    changes: tuple[Callable[[], object], ...] = (
        lambda: grid[row].__setitem__(column, text),
        lambda: grid.insert(row, list(grid[column % len(grid)])),
        lambda: grid.pop(row),
        lambda: grid[row].pop(column),
        lambda: grid[row].insert(column, text),
        lambda: grid[row].__setitem__(column, grid[row][column] + text),
        lambda: [line.insert(min(column, len(line)), text) for line in grid],
        lambda: grid[row].__setitem__(column, table.rows[row % len(table.rows)].name),
    )
    changes[kind]()


_VALUES = ("", " ", "0", "7", "12", "1.5", "03", "1,204", "/", "-", "无", "件", "约12", "暂缺")
_WORDS = ("总计", "其他", "合计", "自然人", "1.", "（一）", "法律服务机构（件）", "（行政许可", "2022年")
_UNITS = ("（万元）", "（元）", "（件）", "（单位：元）", "本年收费金额（元）")
_PIECES = st.sampled_from((*_VALUES, *_WORDS, *_UNITS))
_DAMAGES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 40), st.integers(0, 12), _PIECES), max_size=3)


@given(st.sampled_from([TWO, THREE]), st.sampled_from(["2021", "2019"]), _DAMAGES, st.integers(1, 60), _PIECES)
def test_of_damaged_grids_the_quick_way_never_says_anything_else(
    number: int, version: str, damages: list[tuple[int, int, int, str]], cut: int, beside: str
) -> None:
    table = table_of(number, version)
    grid = MADE[number](table)
    for damage in damages:
        _damage(grid, table, damage)
    parts = (grid[:cut], beside, grid[cut:]) if beside.strip() else (grid[:cut], grid[cut:])
    quick, general = read_both(table, *[part for part in parts if part])
    assert quick is None or quick == general
