"""What a page needs to know on every run: the language, the filters, and what the warehouse knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from dashboard.catalogue import DEFAULT_LANGUAGE, LANGUAGES, Catalogue, catalogue
from dashboard.components import url
from dashboard.queries import questions
from dashboard.queries.choices import Known, Place, known
from dashboard.queries.door import NoWarehouseError
from dashboard.queries.selection import PARAMETERS, UNASSIGNED, Selection, parse

ABOVE = "above"
NO_PLACES = (ABOVE, UNASSIGNED)
"""Groups of reports beside the counties; they have no rank among them."""

NOTHING_KNOWN = Known((), (), (), (), (), False)


@dataclass(frozen=True)
class View:
    """The filters and the words of one run. `refused` are URL values that the warehouse does not know."""

    words: Catalogue
    known: Known
    selection: Selection
    refused: tuple[tuple[str, str], ...]
    fault: NoWarehouseError | None = None
    """Why nothing is known."""

    @property
    def has_reports(self) -> bool:
        """False for a warehouse that is not there or has no counted report."""
        return bool(self.known.years)

    @cached_property
    def summary(self) -> questions.Summary:
        """Counts of what the filters leave."""
        return questions.summary(self.selection)

    @cached_property
    def metrics(self) -> dict[str, Mapping[str, Any]]:
        """The metric dictionary by key."""
        return questions.metrics()

    @cached_property
    def county_names(self) -> dict[str, str]:
        """County labels by code; a name that several places share carries its city."""
        special = {UNASSIGNED: self.words("filters.unassigned"), ABOVE: self.words("filters.above")}
        return distinct(self.known.counties) | special

    def metric(self, key: str) -> str:
        """A metric's label."""
        return self.words.entry(self.metrics[key])

    @cached_property
    def per_report(self) -> dict[str, str]:
        """Labels of the metrics that every report has by itself, by key."""
        return {key: self.metric(key) for key, row in self.metrics.items() if row["level"] == "report"}

    def has(self, *keys: str) -> list[str]:
        """Those of the metrics that the warehouse's dictionary knows, in the given order."""
        return [key for key in keys if key in self.metrics]


def distinct(places: tuple[Place, ...]) -> dict[str, str]:
    """Labels by code, no two alike: a name that occurs twice is followed by the place above, by all above, by code."""
    labels = {place.code: place.name for place in places}
    for more in (_nearest, _all_above, _code):
        seen = Counter(labels.values())
        labels |= {each.code: f"{each.name}（{more(each)}）" for each in places if seen[labels[each.code]] > 1}
    return labels


def _nearest(place: Place) -> str:
    return next(iter(place.above_names), place.code)


def _all_above(place: Place) -> str:
    return "".join(reversed(place.above_names)) or place.code


def _code(place: Place) -> str:
    return place.code


def language() -> str:
    """The language that the URL asks for, Chinese otherwise."""
    asked = st.query_params.get("lang", DEFAULT_LANGUAGE)
    return asked if asked in LANGUAGES else DEFAULT_LANGUAGE


def current_view() -> View:
    """The view that the URL describes."""
    words = catalogue(language())
    fault = None
    try:
        everything = known()
    except NoWarehouseError as error:
        everything, fault = NOTHING_KNOWN, error
    asked = url.query()
    parsed = parse({name: asked[name] for name in PARAMETERS if name in asked}, everything.choices())
    wrong = tuple(("lang", value) for value in asked.get("lang", ()) if value not in LANGUAGES)
    return View(words, everything, parsed.selection, parsed.refused + wrong, fault)
