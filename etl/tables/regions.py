"""Where each statutory table lies in a document and which version of the form it follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.form import Form, FormTable, forms
from etl.tables.landmarks import common


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of `Stream.compact`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Regions:
    """The stretches of tables 2 and 3, and of the head of table 4 (its values follow it); None where not found."""

    two: Place | None
    three: Place | None
    result_head: Place | None
    end: int


@cache
def _begins(table_no: int) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(expression) for expression in common()["begins"][table_no])


@cache
def _stops() -> re.Pattern[str]:
    return re.compile("|".join(common()["stops"]))


@cache
def _result_head() -> re.Pattern[str]:
    head = common()["result_header"]
    own = f"[{head['characters']}]"
    misprint = f"(?!{own})[\u4e00-\u9fff](?={own}{{2}})"  # without the first part the search is exponential
    return re.compile(f"{own}(?:{own}|{misprint}){{{head['least']},}}|{head['short']}(?=[0-9])")


def locate(compact: str) -> Regions:
    """The regions of a document's compact text, in the order in which the form prints them."""
    two = _first(_begins(2), compact, 0)
    three = _first(_begins(3), compact, two or 0)
    known = [start for start in (two, three) if start is not None]
    head = _result_head().search(compact, known[-1] if known else 0)
    head_at = head.start() if head else None
    end_of_three = _end(compact, three, head_at)
    return Regions(
        Place(two, three if three is not None else _end(compact, two, head_at)) if two is not None else None,
        Place(three, end_of_three) if three is not None else None,
        Place(head.start(), head.end()) if head else None,
        _end(compact, head.end(), None) if head else end_of_three,
    )


def _first(patterns: tuple[re.Pattern[str], ...], compact: str, start: int) -> int | None:
    for pattern in patterns:
        found = pattern.search(compact, start)
        if found:
            return found.start()
    return None


def _end(compact: str, start: int | None, limit: int | None) -> int:
    """The next heading after `start`, or the limit when that comes first."""
    found = _stops().search(compact, start + 1) if start is not None else None
    ends = [len(compact), *([found.start()] if found else []), *([limit] if limit is not None else [])]
    return min(ends)


def version_of_two(compact: str, place: Place) -> Form | None:
    """The version whose own words stand in table 2; None when no word or words of several versions do."""
    region = compact[place.start : place.end]
    told = {form.version: _told(region, form.table(2)) for form in forms().values() if _has(form, 2)}
    found = [version for version, words in told.items() if words]
    if len(found) == 1:
        return forms()[found[0]]
    return None


def version_of_three(compact: str, place: Place, two: Form | None) -> Form:
    """The version whose own words stand in table 3, which may be another than table 2's; else table 2's."""
    region = compact[place.start : place.end]
    for form in forms().values():
        if _has(form, 3) and _told(region, form.table(3)):
            return form
    return two or next(form for form in forms().values() if _has(form, 3))


def _has(form: Form, table_no: int) -> bool:
    return any(table.table_no == table_no for table in form.tables)


def _told(region: str, table: FormTable) -> int:
    return sum(1 for word in table.told_by if word in region)
