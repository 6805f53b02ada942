"""The data files of the made-up country, loaded once."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from etl.paths import DATA

FOLDER = DATA / "sample"


@cache
def _load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
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
