"""The words of a made-up report: titles, six sections, statements; consistent with its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from etl.sample.agencies import Agency
from etl.sample.figures import Figures
from etl.sample.words import sentences, words

TABLE_OF_SECTION = {2: 2, 3: 3, 4: 4}


class Kind(StrEnum):
    """What a piece of a report is; layouts treat them differently."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    TABLE = "table"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece in reading order; a TABLE holds its number in `text`."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Prose:
    """The pieces of one report and the problem statements among them."""

    title: str
    pieces: tuple[Piece, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Slots:
    """What the sentences of one report are filled with."""

    rng: Random
    values: dict[str, object]

    def pick(self, name: str) -> str:
        """One sentence of that name, filled."""
        text: str = self.rng.choice(sentences()[name])
        return text.format(**self.values)


def write_prose(agency: Agency, year: int, figures: Figures, rng: Random, numbers: int | None = None) -> Prose:
    """The words of one report. The same `rng` gives the same sentences, the same `numbers` the same counts in them
    (they differ by year when it is None)."""
    counts = Random(f"{rng.random()}/{year if numbers is None else numbers}")
    slots = _Slots(rng, _values(agency, year, figures, counts))
    title = [line.format(**slots.values) for line in rng.choice(sentences()["titles"])]
    pieces = [Piece(Kind.TITLE, line) for line in title]
    pieces.append(Piece(Kind.TEXT, slots.pick("introductions")))
    problems = tuple(rng.sample(sentences()["problems"], rng.choice((1, 2, 2, 3, 3, 4))))
    old = "1/received/year" in figures
    headings = _headings(rng, "headings_before_2019" if old else "headings")
    for number, heading in enumerate(headings, 1):
        pieces.append(Piece(Kind.HEADING, heading))
        pieces += _old_section(slots, number, problems) if old else _section(slots, number, problems, figures)
    if old:
        pieces += _annex(slots)
    pieces += [Piece(Kind.SIGNATURE, agency.name), Piece(Kind.SIGNATURE, _signed(year, counts))]
    return Prose("".join(title), tuple(pieces), problems)


def _values(agency: Agency, year: int, figures: Figures, rng: Random) -> dict[str, object]:
    published = rng.randint(30, 900)
    return {
        "agency": agency.name,
        "place": agency.place,
        "year": year,
        "next": year + 1,
        "n": published,
        "m": rng.randint(2, published),
        "k": rng.randint(2, 9),
        "received": _whole(figures, "3/received/total", "1/received/year"),
        "carried_in": _whole(figures, "3/carried_in/total"),
        "carried_out": _whole(figures, "3/carried_out/total"),
        "concluded": _whole(figures, "3/concluded/total", "1/concluded/year"),
        "reconsiderations": _whole(figures, "4/reconsideration/total", "1/reconsiderations/year"),
        "litigations": _whole(figures, "4/litigation_direct/total", "1/litigations/year")
        + _whole(figures, "4/litigation_after_reconsideration/total"),
    }


def _whole(figures: Figures, *keys: str) -> int:
    """The first of the cells that the report's form has, 0 when it has none of them."""
    return next((int(figures[key]) for key in keys if key in figures), 0)


def _headings(rng: Random, name: str) -> list[str]:
    """Six headings with ordinals; a few agencies start them again or number them from the second on."""
    data = words()
    names = [rng.choice(variants) for variants in data[name]]
    numbers = list(range(len(names)))
    chance = rng.random()
    if chance < 0.05:
        numbers = [0, 0, 1, 2, 3, 4]
    elif chance < 0.1:
        numbers = [n + 1 for n in numbers]
    mark = rng.choice(("、", "、", "、", "、 ", "．"))
    return [data["ordinals"][n] + mark + name for n, name in zip(numbers, names, strict=True)]


def _section_one(slots: _Slots) -> list[Piece]:
    applied = slots.values["received"] != 0
    names = ["opening", "proactive", "applications_some" if applied else "applications_none"]
    return [Piece(Kind.TEXT, slots.pick(name)) for name in [*names, "management", "platform", "supervision"]]


def _section_six(slots: _Slots) -> list[Piece]:
    return [Piece(Kind.TEXT, slots.pick(slots.rng.choice(("other_none", "other_fee"))))]


def _section(slots: _Slots, number: int, problems: tuple[str, ...], figures: Figures) -> list[Piece]:
    """What stands below the heading of section 1–6."""
    if number == 1:
        return _section_one(slots)
    if number == 5:
        return _section_five(slots, problems)
    return _section_six(slots) if number == 6 else list(_table_section(slots, number, figures))


def _old_section(slots: _Slots, number: int, problems: tuple[str, ...]) -> list[Piece]:
    """What stands below the heading of section 1–6 of a report of before 2019."""
    applied = slots.values["received"] != 0
    names = {
        1: ("opening", "supervision"),
        2: ("proactive", "channels"),
        3: ("applications_some" if applied else "applications_none",),
        4: ("no_fees",),
        5: ("disputes_before_2019",),
    }
    if number in names:
        return [Piece(Kind.TEXT, slots.pick(name)) for name in names[number]]
    return _section_five(slots, problems)


def _annex(slots: _Slots) -> Iterator[Piece]:
    data = words()["annex_words"]
    yield Piece(Kind.HEADING, data["heading"].format(ordinal=words()["ordinals"][6]))
    yield Piece(Kind.TEXT, slots.rng.choice(data["titles"]))
    yield Piece(Kind.TABLE, "1")


def _table_section(slots: _Slots, number: int, figures: Figures) -> Iterator[Piece]:
    note = slots.pick("table_note")
    if number == 4 and figures["4/reconsideration/total"] and slots.rng.random() < 0.3:
        note = slots.pick("review")
    if note:
        yield Piece(Kind.TEXT, note)
    yield Piece(Kind.TABLE, str(TABLE_OF_SECTION[number]))


def _section_five(slots: _Slots, problems: tuple[str, ...]) -> list[Piece]:
    remedies = tuple(slots.rng.sample(sentences()["remedies"], len(problems)))
    style = slots.rng.choice((_by_ordinals, _by_numbers, _by_brackets))
    lead, plan = slots.pick("problem_leads"), slots.pick("remedy_leads")
    return [Piece(Kind.TEXT, lead + style(problems)), Piece(Kind.TEXT, plan + style(remedies))]


def _by_ordinals(statements: tuple[str, ...]) -> str:
    if len(statements) == 1:
        return statements[0] + "。"
    ordinals = words()["ordinals"]
    first = words()["enumeration"]
    return "；".join(f"{ordinals[n]}{first}{text}" for n, text in enumerate(statements)) + "。"


def _by_numbers(statements: tuple[str, ...]) -> str:
    return "；".join(f"{n}.{text}" for n, text in enumerate(statements, 1)) + "。"


def _by_brackets(statements: tuple[str, ...]) -> str:
    return "".join(f"（{n}）{text}。" for n, text in enumerate(statements, 1))


def _signed(year: int, rng: Random) -> str:
    pattern: str = words()["date"]
    return pattern.format(year=year + 1, month=1, day=rng.randint(5, 30))
