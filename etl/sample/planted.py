"""Writes reports with planted errors: a clean one of last year, and one with the error and what must be found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from etl.sample.draft import Draft
from etl.sample.figures import form_of
from etl.sample.plant import PLANTS, YEARS, Case, Planted, broken_sums, plant_errors
from etl.sample.printing import Manner, Printed, print_figures
from etl.sample.prose import Piece, Prose, write_prose
from etl.sample.words import words
from etl.sample.write import all_shapes, write_truth

SHAPES = (("txt", "tabs"), ("md", "markdown"), ("html", "clean"), ("docx", "merged"))


def write_planted(folder: Path, count: int, seed: int = 0, among: Sequence[tuple[str, str]] = SHAPES) -> int:
    """Writes `count` pairs of reports, formats and layouts in turn, and returns how many have an error.

    The truth of the second of a pair holds `planted`: `rule`, `cause` and `cells` of what must be found, `kind` of
    error, and `breaks`, all sums of the form that no longer hold.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shapes = [shape for shape in all_shapes() if (shape.format, shape.layout) in among]
    for number, (case, planted) in enumerate(plant_errors(count, seed)):
        shape = shapes[(number + number // len(PLANTS)) % len(shapes)]
        for draft, mark in _pair(case, planted, seed):
            name = folder / f"{number:04d}-{draft.year}"
            name.with_suffix(f".{shape.format}").write_bytes(shape.make(draft))
            write_truth(name.with_suffix(".truth.json"), draft.truth(f"{shape.format} {shape.layout}") | mark)
    return count


def _pair(case: Case, planted: Planted, seed: int) -> Iterator[tuple[Draft, dict[str, object]]]:
    last_year, year = YEARS
    key = f"{seed}/{case.agency.number}/planted"
    last = print_figures(form_of(last_year), case.last, Manner())
    words = write_prose(case.agency, last_year, case.last, Random(key))
    yield Draft(case.agency, last_year, form_of(last_year), last, words, joined=False), {}
    printed = _blanked(print_figures(case.form, planted.figures, Manner()), planted.blanks)
    draft = Draft(case.agency, year, case.form, printed, _words(case, planted, key), joined=False)
    breaks = broken_sums(case.form, printed.cells)
    found = {"rule": planted.rule, "cause": planted.cause, "cells": planted.cells, "kind": planted.kind}
    yield draft, {"planted": {**found, "breaks": breaks}}


def _blanked(printed: Printed, keys: tuple[str, ...]) -> Printed:
    empty = dict.fromkeys(keys, "")
    return Printed(printed.texts | empty, printed.cells | dict.fromkeys(keys), printed.not_a_number)


def _words(case: Case, planted: Planted, key: str) -> Prose:
    """The words of this year's report as the error wants them."""
    last_year, year = YEARS
    if planted.sentences in {"copied", "retitled"}:
        numbers = last_year if planted.sentences == "retitled" else None
        return write_prose(case.agency, year, case.last, Random(key), numbers)
    figures = planted.figures | ({"3/received/total": 0} if planted.sentences == "denying" else {})
    prose = write_prose(case.agency, year, figures, Random(key + "/this year"))
    return _misdated(prose, year) if planted.sentences == "wrong-year" else prose


def _misdated(prose: Prose, year: int) -> Prose:
    """With the period of another year in its introduction."""
    pieces = tuple(Piece(piece.kind, _slip(piece.text, year)) for piece in prose.pieces)
    return Prose(prose.title, pieces, prose.problems)


def _slip(text: str, year: int) -> str:
    for month, day in ((1, 1), (12, 31)):
        right, wrong = (words()["date"].format(year=one, month=month, day=day) for one in (year, year - 2))
        text = text.replace(right, wrong)
    return text
