"""Ruled tables of a PDF page: straight rules to cells, characters into the cells they stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.readers.pdf_page import Char, Page, Rule
from etl.readers.pdf_text import cell_text

_TOUCH = 3.0
_SAME_ROW = 2.5
SAME_COLUMN = 5.0
_MIDDLE = 0.3  # of a character's size above its base line
_ADJOINING = 0.3  # of a digit's width
_MAX_RULES = 1500
_MAX_BOXES = 40_000


class Placed(NamedTuple):
    """A cell's text, where it begins and ends, and whether its last line is full, so that the text may go on."""

    x0: float
    x1: float
    text: str
    full: bool = False


@dataclass(slots=True)
class Part:
    """A ruled table, or the part of one that stands on this page; `open_*` where no rule closes it."""

    rows: list[list[Placed]]
    left: float
    right: float
    top: float
    bottom: float
    open_top: bool
    open_bottom: bool


def parts(page: Page) -> tuple[list[Part], list[Char]]:
    """The tables of a page from top to bottom, and the characters outside of them."""
    frames = [_Frame.of(*rules) for rules in _components(page)]
    grids = sorted((frame for frame in frames if frame is not None), key=lambda frame: frame.area)
    outside: list[Char] = []
    for run in _runs(page.chars):
        if not any(grid.take(run) for grid in grids):
            outside += run
    found = [grid.part() for grid in grids if grid.chars]
    return sorted(found, key=lambda part: part.top), outside


def _runs(chars: Sequence[Char]) -> list[list[Char]]:
    """Each character alone, but the digits of one number together: it may reach over the rule of a narrow cell."""
    runs: list[list[Char]] = []
    for char in chars:
        last = runs[-1][-1] if runs else None
        if last is not None and char.text.isdigit() and last.text.isdigit() and _adjoin(last, char):
            runs[-1].append(char)
        else:
            runs.append([char])
    return runs


def _adjoin(last: Char, char: Char) -> bool:
    return last.base == char.base and abs(char.x0 - last.x1) < _ADJOINING * (char.x1 - char.x0)


def _components(page: Page) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that touch one another, as (horizontal, vertical)."""
    flat, upright = _joined(page.horizontal, _SAME_ROW), _joined(page.vertical, _SAME_ROW)
    if len(flat) > _MAX_RULES or len(upright) > _MAX_RULES:
        return []
    sets = _Sets(len(flat) + len(upright))
    touched = set()
    for number, line in enumerate(flat):
        for other, post in enumerate(upright, start=len(flat)):
            across = line.start - _TOUCH <= post.at <= line.end + _TOUCH
            if across and post.start - _TOUCH <= line.at <= post.end + _TOUCH:
                sets.unite(number, other)
                touched.add(other)
    _unite_bare(upright, sets, touched, len(flat))
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for number, line in enumerate(flat):
        groups[sets.root(number)][0].append(line)
    for number, post in enumerate(upright, start=len(flat)):
        groups[sets.root(number)][1].append(post)
    return list(groups.values())


def _unite_bare(upright: list[Rule], sets: _Sets, touched: set[int], offset: int) -> None:
    """A cell that goes on over a whole page leaves its outer rule without any other: it is as long as its fellows."""
    for bare, post in enumerate(upright, start=offset):
        if bare in touched:
            continue
        for other, fellow in enumerate(upright, start=offset):
            if other in touched and abs(post.start - fellow.start) + abs(post.end - fellow.end) <= _TOUCH:
                sets.unite(bare, other)
                break


def _joined(rules: Iterable[Rule], slack: float) -> list[Rule]:
    """Rules on one line joined where they touch; double rules made one."""
    joined: list[Rule] = []
    for group in _clusters(sorted(rules), slack):
        at = sum(rule.at for rule in group) / len(group)
        start, end = None, 0.0
        for rule in sorted(group, key=lambda rule: rule.start):
            if start is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + _TOUCH:
                end = max(end, rule.end)
            else:
                joined.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        if start is not None:
            joined.append(Rule(at, start, end))
    return [rule for rule in joined if rule.end - rule.start > _TOUCH]


def _clusters(rules: Sequence[Rule], slack: float) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][0].at <= slack:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


class _Sets:
    """Disjoint sets of the numbers below `size`."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, number: int) -> int:
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def unite(self, one: int, other: int) -> None:
        one, other = self.root(one), self.root(other)
        self._parent[max(one, other)] = min(one, other)


@dataclass(slots=True)
class _Frame:
    """A grid of boxes between rules; boxes without a rule between them are one cell."""

    xs: list[float]
    ys: list[float]
    sets: _Sets
    open_top: bool
    open_bottom: bool
    outside: set[int] = field(default_factory=set)
    chars: dict[int, list[Char]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, flat: list[Rule], upright: list[Rule]) -> _Frame | None:
        """The frame of touching rules; None where they make no two columns."""
        if not flat or not upright:
            return None
        upright = _close_sides(flat, upright)
        flat, open_top, open_bottom = _close_ends(flat, upright)
        xs = [group[0].at for group in _clusters(sorted(upright), SAME_COLUMN)]
        ys = [group[0].at for group in _clusters(sorted(flat), _SAME_ROW)]
        if min(len(xs), len(ys)) < 2 or not 2 <= (len(xs) - 1) * (len(ys) - 1) <= _MAX_BOXES:
            return None
        frame = cls(xs, ys, _Sets((len(xs) - 1) * (len(ys) - 1)), open_top, open_bottom)
        frame._unite(_walls(upright, xs, SAME_COLUMN), _walls(flat, ys, _SAME_ROW))
        return frame if len({cell % frame._width for cell in frame._cells()}) > 1 else None

    @property
    def area(self) -> float:
        """In square points, to tell an inner table from the one around it."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    @property
    def _width(self) -> int:
        return len(self.xs) - 1

    def _unite(self, posts: list[list[Rule]], floors: list[list[Rule]]) -> None:
        """Make cells of boxes; what is open to the side as well as up or down is a corner outside of the table."""
        rows = [(top + bottom) / 2 for top, bottom in zip(self.ys, self.ys[1:], strict=False)]
        columns = [(left + right) / 2 for left, right in zip(self.xs, self.xs[1:], strict=False)]
        open_sideways = self._unite_over(posts, rows, lambda wall, row: (row * self._width + wall, 1))
        open_endways = self._unite_over(
            floors, columns, lambda wall, column: (wall * self._width + column, self._width)
        )
        ends = {self.sets.root(box) for box in open_endways}
        self.outside = {root for root in map(self.sets.root, open_sideways) if root in ends}

    def _unite_over(
        self, walls: list[list[Rule]], middles: list[float], box_after: Callable[[int, int], tuple[int, int]]
    ) -> list[int]:
        """Unite the boxes on both sides of every missing wall; the boxes whose outer wall is missing."""
        opened = []
        for number, wall in enumerate(walls):
            for line, middle in enumerate(middles):
                if _covers(wall, middle):
                    continue
                after, step = box_after(number, line)
                if number == 0:
                    opened.append(after)
                elif number == len(walls) - 1:
                    opened.append(after - step)
                else:
                    self.sets.unite(after - step, after)
        return opened

    def take(self, run: list[Char]) -> bool:
        """Put characters into the cell in which their middle stands; False when that is none."""
        x, y = (run[0].x0 + run[-1].x1) / 2, run[0].base - _MIDDLE * run[0].size
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        if not (0 <= row < len(self.ys) - 1 and 0 <= column < self._width):
            return False
        cell = self.sets.root(row * self._width + column)
        if cell in self.outside:
            return False
        self.chars[cell] += run
        return True

    def _cells(self) -> dict[int, int]:
        """Every cell, by the number of its first box, and the column where it ends."""
        ends: dict[int, int] = {}
        for box in range(self._width * (len(self.ys) - 1)):
            cell = self.sets.root(box)
            if cell not in self.outside:
                ends[cell] = max(ends.get(cell, 0), box % self._width + 1)
        return ends

    def part(self) -> Part:
        """The table with its texts; every cell stands in the row and column where it begins."""
        rows: list[list[Placed]] = [[] for _ in self.ys[1:]]
        for cell, end in sorted(self._cells().items()):
            row, column = divmod(cell, self._width)
            x0, x1 = self.xs[column], self.xs[max(end, column + 1)]
            text, full = cell_text(self.chars.get(cell, ()), x1 - x0)
            rows[row].append(Placed(x0, x1, text, full))
        left, right, top, bottom = self.xs[0], self.xs[-1], self.ys[0], self.ys[-1]
        return Part(rows, left, right, top, bottom, self.open_top, self.open_bottom)


def _walls(rules: list[Rule], ats: list[float], slack: float) -> list[list[Rule]]:
    """The rules that stand at each of `ats`."""
    return [[rule for rule in rules if at <= rule.at <= at + slack] for at in ats]


def _covers(wall: list[Rule], point: float) -> bool:
    return any(rule.start <= point <= rule.end for rule in wall)


def _close_sides(flat: list[Rule], upright: list[Rule]) -> list[Rule]:
    """Tables are often printed without rules at their sides: where two rows begin or end, a side is meant."""
    top, bottom = min(rule.at for rule in flat), max(rule.at for rule in flat)
    left, right = min(rule.start for rule in flat), max(rule.end for rule in flat)
    added = [
        Rule(side, top, bottom)
        for side, ends in ((left, [rule.start for rule in flat]), (right, [rule.end for rule in flat]))
        if all(abs(rule.at - side) > SAME_COLUMN for rule in upright)
        and sum(1 for end in ends if abs(end - side) <= _TOUCH) > 1
    ]
    return upright + added


def _close_ends(flat: list[Rule], upright: list[Rule]) -> tuple[list[Rule], bool, bool]:
    """A table cut by the page's end lacks the rule there: its columns say that a row goes on so far."""
    left, right = min(rule.at for rule in upright), max(rule.at for rule in upright)
    top, bottom = min(rule.start for rule in upright), max(rule.end for rule in upright)
    open_top = all(rule.at - top > _TOUCH for rule in flat)
    open_bottom = all(bottom - rule.at > _TOUCH for rule in flat)
    added = [Rule(at, left, right) for at, is_open in ((top, open_top), (bottom, open_bottom)) if is_open]
    return flat + added, open_top, open_bottom
