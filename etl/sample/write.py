"""Writes made-up reports and their truth into a folder: what `nianbao sample` calls."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from etl.sample.agencies import Agency, agency_batches
from etl.sample.docx import WORD_LAYOUTS, render_word
from etl.sample.draft import Draft, draft_report
from etl.sample.figures import series_of
from etl.sample.html import PAGES, PAPERS, render_page
from etl.sample.layouts import LAYOUTS, MARKDOWN, Layout, render
from etl.sample.pdf import Printer, browser, printer

BATCH = 200
"""Agencies a task, and reports a subfolder at most times the years."""


@dataclass(frozen=True, slots=True)
class SampleOptions:
    """What to write: `agencies` agencies for every year from the first to the last of `years`.

    `formats` are taken in turn, and within each its `layouts` (all when empty). The same options write the same files.
    """

    agencies: int
    years: tuple[int, int]
    formats: tuple[str, ...] = ("txt",)
    layouts: tuple[str, ...] = ()
    seed: int = 0
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """A format and layout: how a draft becomes the bytes of a file, and what the layout lets a person see."""

    format: str
    layout: str
    make: Callable[[Draft], bytes]
    keeps_blanks: bool
    joined: bool = False


def _text(layout: Layout, draft: Draft) -> bytes:
    return render(draft, layout).encode()


def _shapes_of(layouts: tuple[Layout, ...], extension: str) -> list[Shape]:
    return [Shape(extension, one.name, partial(_text, one), one.keeps_blanks, one.joined) for one in layouts]


def shapes(options: SampleOptions) -> tuple[Shape, ...]:
    """Every shape that the options ask for; ValueError for an unknown format or layout, or for PDF without Chromium."""
    known = {shape.format for shape in all_shapes()}
    unknown = set(options.formats) - known
    if unknown:
        raise ValueError(f"unknown format {', '.join(sorted(unknown))}; known: {', '.join(sorted(known))}")
    if "pdf" in options.formats and browser() is None:
        raise ValueError("pdf: no Chromium to print with")
    chosen = tuple(
        shape
        for shape in all_shapes()
        if shape.format in options.formats and (not options.layouts or shape.layout in options.layouts)
    )
    if not chosen:
        raise ValueError(f"no layout {', '.join(options.layouts)} in {', '.join(options.formats)}")
    return chosen


def formats_and_layouts(names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names of formats and of layouts, told apart. Layouts alone choose the formats that have them; ValueError for a
    name that is neither."""
    known = {shape.format for shape in all_shapes()}
    formats = tuple(name for name in names if name in known)
    layouts = tuple(name for name in names if name not in known)
    unknown = set(layouts) - {shape.layout for shape in all_shapes()}
    if unknown:
        told = ", ".join(sorted(known | {shape.layout for shape in all_shapes()}))
        raise ValueError(f"unknown format or layout {', '.join(sorted(unknown))}; known: {told}")
    having = dict.fromkeys(shape.format for shape in all_shapes() if shape.layout in layouts)
    return formats or tuple(having), layouts


def all_shapes() -> list[Shape]:
    """Every format and layout that can be written."""
    pages = [Shape("html", page.name, partial(render_page, page=page), True) for page in PAGES]
    files = [Shape("docx", layout.name, partial(render_word, layout=layout), True) for layout in WORD_LAYOUTS]
    papers = [Shape("pdf", page.name, partial(render_page, page=page), page.border > 0) for page in PAPERS]
    return _shapes_of(LAYOUTS, "txt") + _shapes_of(MARKDOWN, "md") + pages + files + papers


def write_sample(folder: Path, options: SampleOptions) -> int:
    """Writes the reports, each with `NAME.truth.json` beside it, and returns how many reports there are."""
    shapes(options)
    folder.mkdir(parents=True, exist_ok=True)
    batches = agency_batches(options.agencies, BATCH)
    write = partial(_write_batch, folder, options)
    if options.jobs == 1:
        return sum(map(write, batches))
    with ProcessPoolExecutor(options.jobs) as pool:
        return sum(pool.map(write, batches))


def _write_batch(folder: Path, options: SampleOptions, batch: tuple[Agency, ...]) -> int:
    place = folder / f"{batch[0].number // BATCH:03d}"
    place.mkdir(exist_ok=True)
    with printer() if "pdf" in options.formats else nullcontext() as press:
        return sum(_write(place, shape, draft, press) for shape, draft in _drafts(options, batch))


def _write(place: Path, shape: Shape, draft: Draft, press: Printer | None) -> int:
    name = f"{draft.agency.number:06d}-{draft.year}"
    made = shape.make(draft)
    content = press.print_page(made, numbered=draft.year % 2 == 0) if press and shape.format == "pdf" else made
    (place / f"{name}.{shape.format}").write_bytes(content)
    write_truth(place / f"{name}.truth.json", draft.truth(f"{shape.format} {shape.layout}"))
    return 1


def write_truth(path: Path, truth: dict[str, Any]) -> None:
    """One truth file."""
    path.write_text(json.dumps(truth, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _drafts(options: SampleOptions, batch: tuple[Agency, ...]) -> Iterator[tuple[Shape, Draft]]:
    """The drafts of the agencies, each year in the next shape in turn."""
    chosen = shapes(options)
    years = range(options.years[0], options.years[1] + 1)
    for agency, series in zip(batch, series_of(batch, years, options.seed), strict=True):
        for turn, (year, figures) in enumerate(series, agency.number * len(years)):
            shape = chosen[turn % len(chosen)]
            yield shape, draft_report(agency, year, figures, options.seed, (shape.keeps_blanks, shape.joined))
