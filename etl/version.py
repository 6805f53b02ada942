"""The parser's version: changes whenever anything changes that a file's reading depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from etl.paths import DATA, FORMS, GAZETTEER, LEXICON, PROJECT

NOT_PARSING = frozenset(
    (
        "check",
        "cli",
        "cli_inspect",
        "console",
        "dictionary",
        "diff",
        "executors",
        "explain",
        "export",
        "known",
        "load",
        "metrics",
        "outcomes",
        "paths",
    )
    + ("reuse", "reuse_store", "scan", "score", "score_table", "serve", "similarity", "store", "theme_report")
    + ("version", "warehouse")
)
"""Modules that only handle what has been read; any other counts, so that a new one is not forgotten."""


@cache
def parser_version() -> str:
    """A hash of the modules that read files and of their data."""
    digest = hashlib.sha256()
    for path in sorted(_files()):
        digest.update(path.relative_to(PROJECT).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _files() -> Iterator[Path]:
    etl = PROJECT / "etl"
    yield from (path for path in etl.glob("*.py") if path.stem not in NOT_PARSING)
    yield from (etl / "readers").glob("*.py")
    for folder in (FORMS, LEXICON, GAZETTEER):
        yield from (path for path in folder.iterdir() if path.is_file())
    yield from (path for path in (DATA / "themes.yml", DATA / "corrections.yml") if path.exists())
