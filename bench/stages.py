"""Where the time of reading goes: the format's library, jieba, and our own parsing, by format."""

from __future__ import annotations

import cProfile
import pstats
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import text_stage
from bench.loads import PDF, sample
from bench.table import Row
from etl.paths import PROJECT
from etl.pipeline import read_report
from etl.readers import docx, hidden, html
from etl.sample.pdf import browser

OURS, WORDS, LIBRARY = "our parsing", "jieba", "format library"
COMPILED = ("lxml", "pdfium", "expat")
"""Libraries whose functions the profiler names but places in no file."""
DOORS = {(one.__code__.co_filename, one.__name__) for one in (html.parse, hidden._styles, docx._xml)}
"""Functions that do nothing but call lxml, whose functions the profiler does not see."""
REMARK = (
    "cProfile, which makes our many small calls look dearer than one long call of a library; built-in functions count "
    "for who calls them; made-up statements repeat: see Text stage for words"
)


def shares(reports: int) -> Iterator[Row]:
    """One row a format, in percent of a profiled run; a profiler makes many small calls look dearer than they are.

    Then those of the text stage, which are measured without a profiler.
    """
    for extension in ("txt", "html", "docx", PDF):
        if extension == PDF and browser() is None:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            spent = _profiled(
                sample(Path(scratch), reports if extension != PDF else reports // 4, extension), extension
            )
        whole = spent.total()
        told = ", ".join(f"{name} {100 * spent[name] / whole:.0f} %" for name in (OURS, LIBRARY, WORDS))
        yield Row("Shares of time", extension, told, REMARK)
    yield from text_stage.shares(reports)


def _profiled(folder: Path, extension: str) -> Counter[str]:
    files = [(path, path.read_bytes()) for path in sorted(folder.rglob(f"*.{extension}"))]
    read_report(*files[0])
    profile = cProfile.Profile()
    profile.enable()
    for path, data in files:
        read_report(path, data)
    profile.disable()
    return _by_owner(pstats.Stats(profile).stats)  # type: ignore[attr-defined]


def _by_owner(stats: dict[Any, Any]) -> Counter[str]:
    """Seconds by owner. Time of built-in and standard functions goes to the owner of each caller."""
    spent: Counter[str] = Counter()
    for (file, _line, name), (_calls, _all, own, _with, callers) in stats.items():
        is_library = (file, name) in DOORS or any(library in name for library in COMPILED)
        owner = LIBRARY if is_library else _owner(file)
        if owner is not None:
            spent[owner] += own
            continue
        for (caller, _, _), (_, _, part, _) in callers.items():
            spent[_owner(caller) or LIBRARY] += part
    return spent


def _owner(file: str) -> str | None:
    if file.startswith(str(PROJECT / "etl")):
        return OURS
    if "site-packages" not in file:
        return None
    return WORDS if "jieba" in file else LIBRARY
