"""Ruled tables of a PDF page: straight rules to cells, characters into the cells they stand in."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.readers.pdf_page import Char, Page, Rule
from etl.readers.pdf_text import cell_text

_TOUCH = 3.0
_SAME_ROW = 2.5
SAME_COLUMN = 5.0
_MIDDLE = 0.3  # of a character's size above its base line
_MAX_RULES = 1500
_MAX_BOXES = 40_000


class Placed(NamedTuple):
    """A cell's text and where it begins."""

    x0: float
    text: str


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
    for char in page.chars:
        if not any(grid.take(char) for grid in grids):
            outside.append(char)
    found = [grid.part() for grid in grids if grid.chars]
    return sorted(found, key=lambda part: part.top), outside


def _components(page: Page) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that touch one another, as (horizontal, vertical)."""
    flat, upright = _joined(page.horizontal, _SAME_ROW), _joined(page.vertical, _SAME_ROW)
    if len(flat) > _MAX_RULES or len(upright) > _MAX_RULES:
        return []
    sets = _Sets(len(flat) + len(upright))
    for number, line in enumerate(flat):
        for other, post in enumerate(upright, start=len(flat)):
            across = line.start - _TOUCH <= post.at <= line.end + _TOUCH
            if across and post.start - _TOUCH <= line.at <= post.end + _TOUCH:
                sets.unite(number, other)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for number, line in enumerate(flat):
        groups[sets.root(number)][0].append(line)
    for number, post in enumerate(upright, start=len(flat)):
        groups[sets.root(number)][1].append(post)
    return list(groups.values())


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
    """A grid of boxes between rules; boxes without a rule between them are one cell, box 0 is what is outside."""

    xs: list[float]
    ys: list[float]
    sets: _Sets
    open_top: bool
    open_bottom: bool
    chars: dict[int, list[Char]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, flat: list[Rule], upright: list[Rule]) -> _Frame | None:
        """The frame of touching rules; None where they make fewer than two cells."""
        if not flat or not upright:
            return None
        flat, upright = _close_sides(flat, upright)
        flat, open_top, open_bottom = _close_ends(flat, upright)
        xs = [group[0].at for group in _clusters(sorted(upright), SAME_COLUMN)]
        ys = [group[0].at for group in _clusters(sorted(flat), _SAME_ROW)]
        if not 2 <= len(xs) * len(ys) <= _MAX_BOXES or len(xs) + len(ys) < 5 or min(len(xs), len(ys)) < 2:
            return None
        frame = cls(xs, ys, _Sets(1 + (len(xs) - 1) * (len(ys) - 1)), open_top, open_bottom)
        frame._unite_across(_walls(upright, xs, SAME_COLUMN))
        frame._unite_down(_walls(flat, ys, _SAME_ROW))
        return frame if len(frame._cells()) > 1 else None

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def _box(self, row: int, column: int) -> int:
        inside = 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1
        return 1 + row * (len(self.xs) - 1) + column if inside else 0

    def _unite_across(self, walls: list[list[Rule]]) -> None:
        for row, (top, bottom) in enumerate(zip(self.ys, self.ys[1:], strict=False)):
            for column, wall in enumerate(walls):
                if not _covers(wall, (top + bottom) / 2):
                    self.sets.unite(self._box(row, column - 1), self._box(row, column))

    def _unite_down(self, walls: list[list[Rule]]) -> None:
        for column, (left, right) in enumerate(zip(self.xs, self.xs[1:], strict=False)):
            for row, wall in enumerate(walls):
                if not _covers(wall, (left + right) / 2):
                    self.sets.unite(self._box(row - 1, column), self._box(row, column))

    def take(self, char: Char) -> bool:
        """Put a character into its cell; False when it stands in none."""
        x, y = (char.x0 + char.x1) / 2, char.base - _MIDDLE * char.size
        box = self._box(bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1)
        cell = self.sets.root(box)
        if not cell:
            return False
        self.chars[cell].append(char)
        return True

    def _cells(self) -> dict[int, int]:
        """Every cell, by the number of its first box, and the column where it ends."""
        width = len(self.xs) - 1
        ends: dict[int, int] = {}
        for box in range(1, 1 + width * (len(self.ys) - 1)):
            cell = self.sets.root(box)
            if cell:
                ends[cell] = max(ends.get(cell, 0), (box - 1) % width + 1)
        return ends

    def part(self) -> Part:
        """The table with its texts; every cell stands in the row and column where it begins."""
        rows: list[list[Placed]] = [[] for _ in self.ys[1:]]
        for cell, end in sorted(self._cells().items()):
            row, column = divmod(cell - 1, len(self.xs) - 1)
            x0, x1 = self.xs[column], self.xs[end]
            rows[row].append(Placed(x0, cell_text(self.chars.get(cell, ()), x1 - x0)))
        left, right, top, bottom = self.xs[0], self.xs[-1], self.ys[0], self.ys[-1]
        return Part(rows, left, right, top, bottom, self.open_top, self.open_bottom)


def _walls(rules: list[Rule], ats: list[float], slack: float) -> list[list[Rule]]:
    """The rules that stand at each of `ats`."""
    return [[rule for rule in rules if at <= rule.at <= at + slack] for at in ats]


def _covers(wall: list[Rule], point: float) -> bool:
    return any(rule.start <= point <= rule.end for rule in wall)


def _close_sides(flat: list[Rule], upright: list[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Tables are often printed without rules at their sides: where two rows begin or end, a side is meant."""
    top, bottom = min(rule.at for rule in flat), max(rule.at for rule in flat)
    left, right = min(rule.start for rule in flat), max(rule.end for rule in flat)
    added = [
        Rule(side, top, bottom)
        for side, ends in ((left, [rule.start for rule in flat]), (right, [rule.end for rule in flat]))
        if all(abs(rule.at - side) > SAME_COLUMN for rule in upright)
        and sum(1 for end in ends if abs(end - side) <= _TOUCH) > 1
    ]
    return flat, upright + added


def _close_ends(flat: list[Rule], upright: list[Rule]) -> tuple[list[Rule], bool, bool]:
    """A table cut by the page's end lacks the rule there: its columns say that a row goes on so far."""
    left, right = min(rule.at for rule in upright), max(rule.at for rule in upright)
    top, bottom = min(rule.start for rule in upright), max(rule.end for rule in upright)
    open_top = all(rule.at - top > _TOUCH for rule in flat)
    open_bottom = all(bottom - rule.at > _TOUCH for rule in flat)
    added = [Rule(at, left, right) for at, is_open in ((top, open_top), (bottom, open_bottom)) if is_open]
    return flat + added, open_top, open_bottom
