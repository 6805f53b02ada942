"""What the reader has chosen: the filters as plain values, their way out of a URL and into a query."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

UNASSIGNED = "none"
"""County value for reports whose county is unknown or ambiguous (未归属)."""

SAME = "1"


@dataclass(frozen=True, slots=True)
class Selection:
    """The filters of the sidebar and of the `/data/` addresses; an empty tuple means no restriction.

    Codes are six digits; `counties` may hold UNASSIGNED. `agency` is a part of the name. `same` keeps only the
    agencies with a report in every selected year, `sound` the reports without arithmetic errors.
    """

    years: tuple[int, ...] = ()
    provinces: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    agency: str = ""
    same: bool = False
    sound: bool = False

    def parameters(self) -> dict[str, object]:
        """The values that `etl/sql/filtered.sql` reads."""
        return {
            "years": list(self.years),
            "provinces": list(self.provinces),
            "cities": list(self.cities),
            "counties": [code for code in self.counties if code != UNASSIGNED],
            "unassigned": UNASSIGNED in self.counties,
            "kinds": list(self.kinds),
            "agencies": [self.agency] if self.agency else [],
            "same": self.same,
            "sound": self.sound,
        }

    def query(self) -> dict[str, list[str]]:
        """The same as URL parameters, in the order of the sidebar, without those that restrict nothing."""
        everything = {
            "year": [str(year) for year in self.years],
            "province": list(self.provinces),
            "city": list(self.cities),
            "county": list(self.counties),
            "kind": list(self.kinds),
            "agency": [self.agency] if self.agency else [],
            "same": [SAME] if self.same else [],
            "sound": [SAME] if self.sound else [],
        }
        return {name: values for name, values in everything.items() if values}

    @property
    def is_open(self) -> bool:
        """True when nothing is restricted."""
        return not self.query()

    @property
    def takes_whole_cohorts(self) -> bool:
        """True when it tells no agency from the others of its place and kind: then sums made beforehand answer."""
        return not (self.agency or self.same)

    @property
    def takes_whole_provinces(self) -> bool:
        """True when it tells no city from the others of its province either: words are added up by province."""
        return self.takes_whole_cohorts and not (self.cities or self.counties)


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that the warehouse knows, by parameter."""

    year: Collection[str] = ()
    province: Collection[str] = ()
    city: Collection[str] = ()
    county: Collection[str] = ()
    kind: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A selection and the values that were refused, as (parameter, value)."""

    selection: Selection
    refused: tuple[tuple[str, str], ...] = field(default=())


PARAMETERS = ("year", "province", "city", "county", "kind", "agency", "same", "sound")


def parse(query: Mapping[str, Sequence[str]], choices: Choices) -> Parsed:
    """Read URL parameters against what the warehouse knows; values that it does not know are refused, not guessed."""
    refused: list[tuple[str, str]] = []

    def known(name: str, allowed: Collection[str]) -> tuple[str, ...]:
        given = tuple(dict.fromkeys(query.get(name, ())))
        refused.extend((name, value) for value in given if value not in allowed)
        return tuple(value for value in given if value in allowed)

    def single(name: str, given: tuple[str, ...]) -> str:
        refused.extend((name, value) for value in given[1:])
        return given[0].strip() if given else ""

    selection = Selection(
        years=tuple(sorted(int(year) for year in known("year", choices.year))),
        provinces=known("province", choices.province),
        cities=known("city", choices.city),
        counties=known("county", choices.county),
        kinds=known("kind", choices.kind),
        agency=single("agency", tuple(query.get("agency", ()))),
        same=single("same", known("same", (SAME, "0"))) == SAME,
        sound=single("sound", known("sound", (SAME, "0"))) == SAME,
    )
    return Parsed(selection, tuple(refused))
