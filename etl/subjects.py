"""The agency as subject of the text's sentences, for reports whose title is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from etl.agency import is_agency
from etl.claims import Line, Saying
from etl.gazetteer import Gazetteer

_SENTENCES = re.compile("[。;,]|(?<=情况)|(?<=方面)")
_LINES = 60
_LONGEST_PLACE = 40


def subjects(lines: Sequence[Line], gazetteer: Gazetteer) -> Iterator[Saying]:
    """Agencies that sentences of the first lines are about: a place with a department, or a township."""
    after_year = gazetteer.words.pattern("subject")
    for line in lines[:_LINES]:
        parts = _SENTENCES.split(line.text)
        for number, part in enumerate(parts):
            start = after_year.match(part)
            if start is None:
                continue
            rest = part[start.end() :] or (parts[number + 1] if number + 1 < len(parts) else "")
            name = _agency_at_start(rest[:_LONGEST_PLACE], gazetteer)
            if name:
                yield Saying(name, line.place)


def _agency_at_start(text: str, gazetteer: Gazetteer) -> str:
    words = gazetteer.words
    reading = next(iter(gazetteer.readings(text, None)), None)
    if reading is None:
        found = words.pattern("subject_by_form").match(text)
        return found[0] if found and is_agency(found[0], words) else ""
    department = words.pattern("departments").match(text[reading.end :])
    if department is not None:
        name = text[: reading.end] + department[0]
        return name if is_agency(name, words) else ""
    return text[: reading.end] if reading.township is not None else ""
