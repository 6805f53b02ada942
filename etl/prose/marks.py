"""What the head of a file says about the file itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from msgspec.structs import replace

from etl.document import Document
from etl.paths import LEXICON
from etl.report import Finding, Severity
from etl.yml import read_yml

_HEAD_LINES = 3
_LEFT_OUT = ("S1", "S5")


def is_transcribed(document: Document) -> bool:
    """Whether one of the first lines calls the file a transcription."""
    head = "\n".join(document.texts[:_HEAD_LINES])
    return any(mark in head for mark in _transcribed())


def of_transcription(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings on a transcription: what it leaves out (S1, S5) is told, but is no fault of the agency's report."""
    for one in findings:
        yield replace(one, severity=Severity.INFO) if one.rule in _LEFT_OUT else one


@cache
def _transcribed() -> tuple[str, ...]:
    data = read_yml(LEXICON / "marks.yml")
    return tuple(data["transcribed"])
