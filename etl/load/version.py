"""The parser's version: changes whenever anything changes that a file's reading depends on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from etl.paths import DATA, FORMS, GAZETTEER, LEXICON, PROJECT

PARSING = ("readers", "tables", "identity", "gazetteer", "prose", "words", "checks")
"""The packages that read; `cli` aside, so do the modules beside them."""


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
    yield from (path for path in etl.glob("*.py") if path.stem != "cli")
    for package in PARSING:
        yield from (etl / package).glob("*.py")
    for folder in (FORMS, LEXICON, GAZETTEER):
        yield from (path for path in folder.iterdir() if path.is_file())
    yield from (path for path in (DATA / "themes.yml", DATA / "corrections.yml") if path.exists())
