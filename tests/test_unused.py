"""Nothing lies about unused: every label and every statement is named in the program, whole or by its pattern."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from etl.warehouse.metrics import metrics
from tests.test_style import PACKAGES, PROJECT, modules, name, parsed

LABELS = PROJECT / "dashboard" / "labels"


@cache
def texts() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every string of the program, and every string with fields as a pattern that has letters of its own."""
    whole: set[str] = set()
    patterns: set[str] = set()
    for path in modules(*PACKAGES):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(part.value) if isinstance(part, ast.Constant) else None for part in node.values]  # type: ignore[type-var]
                if any(part and re.search("[a-z]{2}", part) for part in parts):
                    patterns.add("".join(part or "[^.]+" for part in parts))
    return frozenset(whole), tuple(map(re.compile, sorted(patterns)))


def is_named(text: str) -> bool:
    whole, patterns = texts()
    return text in whole or any(pattern.fullmatch(text) for pattern in patterns)


def keys(tree: object, prefix: str = "") -> Iterator[str]:
    if isinstance(tree, dict):
        for key, below in tree.items():
            yield from keys(below, f"{prefix}.{key}" if prefix else str(key))
    else:
        yield prefix


def test_every_label_is_asked_for() -> None:
    labels = list(keys(yaml.safe_load((LABELS / "zh.yml").read_text(encoding="utf-8"))))
    assert [key for key in labels if not is_named(key)] == []
    assert not is_named("a.label.that.nobody.asks.for")


@pytest.mark.parametrize("folder", ["etl/sql", "dashboard/sql", "bench/sql"])
def test_every_statement_is_asked_for(folder: str) -> None:
    sources = {metric.source for metric in metrics()}
    unnamed = []
    for path in sorted((PROJECT / folder).rglob("*.sql")):
        inside = path.relative_to(PROJECT / folder).with_suffix("").as_posix()
        stem = path.stem.removeprefix("cohort_").removeprefix("wide_")
        named = is_named(inside) or is_named(stem) or path.name in texts()[0] or stem in sources
        if not named and Path(inside).parts[0] not in {"checks", "views"}:
            unnamed.append(name(path))
    assert unnamed == []
