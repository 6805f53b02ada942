"""The agency as subject of the text's sentences, for reports whose title is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.gazetteer.gazetteer import Gazetteer
from etl.identity.agency import is_agency
from etl.identity.claims import Saying
from etl.identity.plain_lines import PlainText

_QUOTED = re.compile("《(.+?)》")
_LINES = 60
_LONGEST_PLACE = 40


def subjects(text: PlainText, gazetteer: Gazetteer) -> Iterator[Saying]:
    """Agencies that sentences of the first lines are about, after the year: a place with a department, or a town."""
    for year in gazetteer.words.pattern("subject").finditer(text.body):
        line = text.line_at(year.start())
        if line.number >= _LINES:
            return
        after = text.body[year.end() :].partition("\n")[0]
        parts = gazetteer.words.pattern("sentence_end").split(after, maxsplit=2)
        name = _agency_at_start(next(filter(None, parts[:2]), "")[:_LONGEST_PLACE], gazetteer)
        if name:
            yield Saying(name, line.place)


def quoted(text: PlainText, gazetteer: Gazetteer) -> Iterator[Saying]:
    """Agencies that titles of quoted papers begin with, when a sentence also begins with their name without place
    (市教育局): a rule of one's own is quoted with one's name."""
    parts = [part for line in text.texts for part in gazetteer.words.pattern("sentence_end").split(line)]
    for line in text.touched(_QUOTED):
        for found in _QUOTED.finditer(line.text):
            name = _agency_at_start(found[1][:_LONGEST_PLACE], gazetteer)
            reading = next(iter(gazetteer.readings(name, None)), None) if name else None
            if reading is not None and any(part.startswith(name[reading.end - 1 :]) for part in parts):
                yield Saying(name, line.place)


def _agency_at_start(text: str, gazetteer: Gazetteer) -> str:
    words = gazetteer.words
    reading = next(iter(gazetteer.readings(text, None)), None)
    if reading is None:
        found = words.pattern("subject_by_form").match(text)
        name = found[0] if found else ""
    else:
        department = words.pattern("departments").match(text[reading.end :])
        name = text[: reading.end] + (department[0] if department else "")
        if department is None:
            return name if reading.township is not None else ""
    is_site = words.pattern("site_follows").match(text[len(name) :])
    return name if is_agency(name, words) and not is_site else ""
