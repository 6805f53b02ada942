"""The words for what becomes of a file, from `data/reasons.yml`."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache

from etl.paths import DATA
from etl.yml import read_yml


@dataclass(frozen=True, slots=True)
class Words:
    """Labels in both languages by key, and the patterns of file names that are no reports."""

    outcomes: dict[str, tuple[str, str]]
    reasons: dict[str, tuple[str, str]]
    ignored_names: tuple[str, ...]


@cache
def words() -> Words:
    """The data of `data/reasons.yml`."""
    data = read_yml(DATA / "reasons.yml")
    outcomes, reasons = (
        {entry["key"]: (entry["label_zh"], entry["label_en"]) for entry in data[name]}
        for name in ("outcomes", "reasons")
    )
    return Words(outcomes, reasons, tuple(data["ignored_names"]))


def is_ignored(name: str) -> bool:
    """Whether a file of that name is passed over."""
    return any(fnmatch(name, pattern) for pattern in words().ignored_names)


def explain(reason: str) -> str:
    """Both labels of a reason; KeyError for one that the data file does not know."""
    return " · ".join(words().reasons[reason])
