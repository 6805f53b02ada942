"""Two slips that only prose shows: another agency's guide called one's own (D6), a date without its year sign (D3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from etl.document import Document
from etl.prose.text_figures import fold_marks, wording
from etl.report import Finding, Severity

_TAIL = 4
_TITLE_MARK = "《"


def check_slips(document: Document, agency: str | None) -> tuple[Finding, ...]:
    """The findings of D6 on guides and of D3 on misprinted dates, each told once."""
    found: dict[tuple[str, str], Finding] = {}
    misprints = [pattern for pattern in wording().misprinted_dates if pattern.search(document.text)]
    if misprints or _TITLE_MARK in document.text:
        printed = zip(document.texts, document.places, strict=True)
        for text, place in [one for one in printed if misprints or _TITLE_MARK in one[0]]:
            for one in (*_foreign_guides(text, agency), *_misprinted_dates(text, misprints)):
                found.setdefault((one.rule, one.message), replace(one, place=place))
    return tuple(found.values())


def _foreign_guides(text: str, agency: str | None) -> Iterator[Finding]:
    if not agency or _TITLE_MARK not in text:
        return
    for pattern in wording().guides:
        for guide in pattern.finditer(fold_marks(text)):
            if not _may_mean(guide["agency"], agency):
                yield Finding("D6", Severity.WARNING, f"names {guide['agency']}, the report is taken for {agency}")


def _may_mean(name: str, agency: str) -> bool:
    """Whether the end of a name can be short for the agency: its characters stand in it in this order."""
    rest = iter(agency)
    return all(character in rest for character in name[-_TAIL:])


def _misprinted_dates(text: str, patterns: Iterable[re.Pattern[str]]) -> Iterator[Finding]:
    for pattern in patterns:
        yield from (Finding("D3", Severity.INFO, f"misprinted date {found[0]}") for found in pattern.finditer(text))
