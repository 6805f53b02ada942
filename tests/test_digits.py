"""Joined digits: parted only where one way is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.form import Sum
from etl.tables.digits import NO_SUMS, closes, part, part_all, part_surely
from etl.tables.joined import part_together

SEVEN = 7


def test_a_group_ends_with_its_sum() -> None:
    assert closes([1, 2, 3, 0, 0, 0], 3)
    assert not closes([1, 2, 4], 3)
    assert not closes([1, 2, 3, 4], 3)
    assert not closes([1, 2, 3], NO_SUMS)


def test_zeros_have_one_reading() -> None:
    assert part_surely(["0000000"], 7, SEVEN) == (0,) * 7


def test_the_sum_decides() -> None:
    assert part_surely(["123000015"], 7, SEVEN) == (12, 3, 0, 0, 0, 0, 15)


def test_digits_that_fewer_numbers_would_print_too_stay_open() -> None:
    """64, 0, 0, 2, 0, 4, 70, or 6, 40, 0, 20, 4, 70 beside a blank that left no trace."""
    assert part_surely(["640020470"], 7, SEVEN, blanks=True) is None
    assert part_surely(["640020470"], 7, SEVEN) == (64, 0, 0, 2, 0, 4, 70)


def test_digits_that_two_equal_numbers_would_print_too_stay_open() -> None:
    """2, 7, 2, 1, 2, 7, 21, or 2721 and its total beside five blanks that left no trace."""
    assert part_surely(["27212721"], 7, SEVEN, blanks=True) is None
    assert part_surely(["27212721"], 7, SEVEN) == (2, 7, 2, 1, 2, 7, 21)


@pytest.mark.parametrize(("joined", "cells"), [("693665", 3), ("1077", 3), ("3500", 3)])
def test_without_sums_an_open_reading_stays_open(joined: str, cells: int) -> None:
    assert part_surely([joined], cells, NO_SUMS) is None


def test_digits_that_may_be_fewer_numbers_beside_blanks_stay_open_unless_no_cell_is_blank() -> None:
    assert part_surely(["297"], 3, NO_SUMS) is None
    assert part_surely(["297"], 3, NO_SUMS, filled=True) == (2, 9, 7)
    assert part_surely(["0012"], 3, NO_SUMS) == (0, 0, 12)


def test_two_readings_with_the_same_sum_stay_open() -> None:
    ways = part_all(["270020130"], 7, SEVEN)
    assert (27, 0, 0, 2, 0, 1, 30) in ways
    assert (2, 7, 0, 0, 20, 1, 30) in ways
    assert part_surely(["270020130"], 7, SEVEN) is None


def test_single_digits_whose_sum_fails_may_hide_a_blank() -> None:
    assert part_surely(["4000129"], 7, SEVEN) is None


def test_what_is_no_digit_is_not_parted() -> None:
    assert part_surely(["12.5", "3"], 3, SEVEN) is None
    assert part_all(["减3"], 2, SEVEN) == ()


def _every_way(digits: str, cells: int) -> list[tuple[int, ...]]:
    """All cuts of the digits into so many numbers without leading zeros, the shortest first."""
    if cells == 0:
        return [()] if not digits else []
    longest = 1 if digits[:1] == "0" else len(digits)
    return [
        (int(digits[:end]), *more)
        for end in range(1, longest + 1)
        if digits
        for more in _every_way(digits[end:], cells - 1)
    ]


@pytest.mark.parametrize("group", [3, 6])
@given(digits=st.text("0123", min_size=6, max_size=10))
def test_exactly_the_readings_whose_groups_close_are_found(group: int, digits: str) -> None:
    cells = 6
    assert list(part([digits], cells, group)) == [way for way in _every_way(digits, cells) if closes(way, group)]


@given(st.lists(st.integers(min_value=0, max_value=999), min_size=2, max_size=6))
def test_the_true_reading_is_among_all(parts: list[int]) -> None:
    numbers = (*parts, sum(parts))
    joined = "".join(map(str, numbers))
    assert numbers in set(part([joined], len(numbers), len(numbers)))


@given(st.lists(st.integers(min_value=0, max_value=99), min_size=6, max_size=6))
def test_a_sure_reading_is_the_true_one(parts: list[int]) -> None:
    numbers = (*parts, sum(parts))
    sure = part_surely(["".join(map(str, numbers))], 7, SEVEN)
    assert sure in (None, numbers)


def test_rows_are_told_together_by_the_sums_over_rows() -> None:
    sums = (Sum("A2", "rows", ("granted", "refused"), ("concluded",)),)
    open_rows = {"granted": [(27, 0, 30), (2, 7, 9)], "refused": [(1, 0, 1)]}
    assert part_together({"concluded": (28, 0, 31)}, open_rows, sums)["granted"] == (27, 0, 30)
    assert part_together({"concluded": (99, 0, 31)}, open_rows, sums) == {}
    assert part_together({}, open_rows, sums) == {}


def test_two_ways_for_all_rows_together_stay_open() -> None:
    sums = (Sum("A2", "rows", ("granted", "refused"), ("concluded",)),)
    open_rows = {"granted": [(1, 2), (2, 1)], "refused": [(2, 1), (1, 2)]}
    assert part_together({"concluded": (3, 3)}, open_rows, sums) == {}
