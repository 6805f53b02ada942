"""Rules N2 and N3: statements without their counterpart, and placeholders that nobody filled in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.report import Finding, Section, Severity, Statements
from etl.text_figures import fold_marks, wording

_PROBLEMS = 5
_AROUND = 15


def check_narrative(sections: Sequence[Section], statements: Statements) -> tuple[Finding, ...]:
    """The findings of N2 and N3 on a report."""
    return (*_unpaired(sections, statements), *_placeholders(sections))


def _unpaired(sections: Sequence[Section], statements: Statements) -> Iterator[Finding]:
    """N2: problems without remedies or the reverse."""
    place = next((section.place for section in sections if section.section_no == _PROBLEMS), "")
    problems, remedies = len(statements.problems), len(statements.remedies)
    if bool(problems) != bool(remedies):
        yield Finding("N2", Severity.INFO, f"{problems} problems, {remedies} remedies", place)


def _placeholders(sections: Sequence[Section]) -> Iterator[Finding]:
    """N3, once a section."""
    for section in sections:
        text = fold_marks(section.text)
        found = next((one for pattern in wording().placeholders if (one := pattern.search(text))), None)
        if found:
            around = text[max(0, found.start() - _AROUND) : found.end() + _AROUND].replace("\n", " ")
            yield Finding("N3", Severity.WARNING, f"placeholder {found[0]}: {around}", section.place)
