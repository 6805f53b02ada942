"""One made-up report before it takes the shape of a file: agency, year, figures as printed, words, truth."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from etl.form import Form
from etl.sample.agencies import Agency
from etl.sample.figures import Figures, form_of
from etl.sample.grid import VARIANTS, keys_of
from etl.sample.joined import undeterminable
from etl.sample.printing import Printed, draw_manner, print_figures
from etl.sample.prose import Prose, write_prose


@dataclass(frozen=True, slots=True)
class Draft:
    """A report whose layout is still open; `variant` is the number of its spelling of the form."""

    agency: Agency
    year: int
    form: Form
    printed: Printed
    prose: Prose
    joined: bool
    variant: int = 0

    def truth(self, layout: str) -> dict[str, Any]:
        """What a careful person reads in the file, in the shape of the truth files beside real reports.

        A cell in `undeterminable` may be left open by a reader; its value in `cells` is what the agency meant.
        """
        agency = self.agency
        return {
            "agency": agency.name,
            "year": self.year,
            "province": _said(agency.province, agency.name),
            "city": _said(agency.city, agency.name),
            "county": agency.county,
            "kind": agency.kind,
            "form": self.form.version,
            "layout": layout,
            "cells": self.printed.cells,
            "problems": list(self.prose.problems),
            "printed_not_a_number": self.printed.not_a_number,
            "undeterminable": undeterminable(self.form, self.printed.texts) if self.joined else [],
        }


def _said(name: str, agency: str) -> str | None:
    return name if name in agency else None


def draft_report(agency: Agency, year: int, figures: Figures, seed: int, shows: tuple[bool, bool]) -> Draft:
    """The report of one agency and year. `shows` says whether the layout keeps blanks and whether it joins cells."""
    rng = Random(f"{seed}/{agency.number}/{year}/draft")
    form = form_of(year)
    manner = draw_manner(rng, blanks=shows[0], joined=shows[1])
    prose = write_prose(agency, year, figures, rng)
    variant = rng.randrange(VARIANTS)
    printed = {key: figures[key] for key in keys_of(form.version, variant)}
    return Draft(agency, year, form, print_figures(form, printed, manner), prose, shows[1], variant)
