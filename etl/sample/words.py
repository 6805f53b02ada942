"""The data files of the made-up country, loaded once."""

from __future__ import annotations

from functools import cache
from typing import Any

from etl.paths import DATA
from etl.yml import read_yml

FOLDER = DATA / "sample"


@cache
def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = read_yml(FOLDER / name)
    return loaded


def words() -> dict[str, Any]:
    """Names, headings, label variants and what else stands in a report beside sentences (`words.yml`)."""
    return _load("words.yml")


def sentences() -> dict[str, Any]:
    """Sentences with places to fill, by where they stand (`sentences.yml`)."""
    return _load("sentences.yml")


def levels() -> dict[str, Any]:
    """Ranges and weights of the figures (`figures.yml`)."""
    return _load("figures.yml")
