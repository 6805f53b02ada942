"""What the head of a file says about the file itself."""

from __future__ import annotations

from functools import cache
from itertools import islice

import yaml

from etl.document import Document
from etl.paths import LEXICON

_HEAD_LINES = 3


def is_transcribed(document: Document) -> bool:
    """Whether one of the first lines calls the file a transcription."""
    head = "\n".join(line.text for line in islice(document.lines(), _HEAD_LINES))
    return any(mark in head for mark in _transcribed())


@cache
def _transcribed() -> tuple[str, ...]:
    data = yaml.safe_load((LEXICON / "marks.yml").read_text(encoding="utf-8"))
    return tuple(data["transcribed"])
