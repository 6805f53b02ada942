"""Measures how well reports are read and rewrites the tables of docs/accuracy.md.

    python -m bench.accuracy [--reports N] [--others DIR]

Generates N reports (2 000 by default; PDF files only where Chromium is installed) over every layout and format, reads
them through the whole pipeline, and compares with their truth. DIR holds reports with `NAME.truth.json` beside them.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from etl.commands.score import TRUTH, Scored, Verdict, score_file
from etl.paths import PROJECT
from etl.sample.pdf import browser
from etl.sample.write import SampleOptions, write_sample

DOCUMENT = PROJECT / "docs" / "accuracy.md"
YEARS = (2014, 2025)
JOBS = 2
PDF_SHARE = 20
"""One report in so many is a PDF file: they take a hundred times as long."""


@dataclass(slots=True)
class Tally:
    """Counts of one layout. `open` are cells whose digits the layout runs together beyond anybody's reading."""

    reports: int = 0
    right: int = 0
    wrong: int = 0
    invented: int = 0
    missed: int = 0
    open: int = 0
    agency: int = 0
    year: int = 0
    problems: int = 0
    problems_found: int = 0

    def add(self, scored: Scored) -> None:
        """Counts one report."""
        self.reports += 1
        for one in scored.judged:
            right = one.verdict is Verdict.RIGHT
            if one.what == "cell":
                setattr(self, one.verdict.value, getattr(self, one.verdict.value) + 1)
            elif one.what in {"agency", "year"}:
                setattr(self, one.what, getattr(self, one.what) + right)
            elif one.what == "problem" and one.verdict is not Verdict.INVENTED:
                self.problems += 1
                self.problems_found += right

    def row(self, name: str) -> str:
        """The line of the table."""
        judged = self.right + self.wrong + self.invented + self.missed
        share = f"{100 * self.right / judged:.2f}" if judged else "–"
        cells = f"{self.right} | {self.wrong} | {self.invented} | {self.missed} | {self.open} | {share}"
        who = f"{self.agency}/{self.reports} | {self.year}/{self.reports} | {self.problems_found}/{self.problems}"
        return f"| {name} | {self.reports} | {cells} | {who} |"


HEAD = (
    "| format and layout | reports | right | wrong | invented | missed | open | right, % | agency | year | problems |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|"
)


def measure(folder: Path) -> str:
    """The table of all reports in the folder that have a truth file."""
    pairs = [
        (report, truth)
        for truth in sorted(folder.rglob(f"*{TRUTH}"))
        for report in sorted(truth.parent.glob(f"{truth.name.removesuffix(TRUTH)}.*"))
        if report.stem == truth.name.removesuffix(TRUTH)
    ]
    tallies: dict[str, Tally] = defaultdict(Tally)
    with ProcessPoolExecutor(JOBS) as pool:
        for scored in pool.map(score_file, *zip(*pairs, strict=True), chunksize=20):
            for name in (_layout(scored), "**all**"):
                tallies[name].add(scored)
    return "\n".join([HEAD, *(tally.row(name) for name, tally in sorted(tallies.items(), key=_last_all))])


def _last_all(item: tuple[str, Tally]) -> tuple[bool, str]:
    return item[0].startswith("**"), item[0]


def _layout(scored: Scored) -> str:
    """Format and layout, named once."""
    return scored.layout if scored.format in scored.layout.split() else f"{scored.format} {scored.layout}"


def generate(folder: Path, reports: int, seed: int = 1) -> None:
    """Writes about so many made-up reports, all layouts of a format equally often."""
    formats = ["txt", "md", "html", "docx"]
    years = YEARS[1] - YEARS[0] + 1
    write_sample(folder / "most", SampleOptions(ceil(reports / years), YEARS, tuple(formats), seed=seed, jobs=JOBS))
    if browser() is not None:
        pdf = SampleOptions(ceil(reports / PDF_SHARE / years), YEARS, ("pdf",), seed=seed)
        write_sample(folder / "pdf", pdf)


def rewrite(text: str, name: str, table: str) -> str:
    """The text with the table between the markers of that name; ValueError when they are not there."""
    begin, end = f"<!-- {name}: start -->", f"<!-- {name}: end -->"
    before, _, rest = text.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise ValueError(f"no {begin} … {end}")
    return f"{before}{begin}\n{table}\n{end}{after}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and rewrites."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--others", type=Path)
    chosen = parser.parse_args(arguments)
    text = DOCUMENT.read_text("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        generate(Path(folder), chosen.reports)
        text = rewrite(text, "generated", measure(Path(folder)))
    if chosen.others is not None:
        text = rewrite(text, "real", measure(chosen.others))
    DOCUMENT.write_text(text, "utf-8")
    print(text[text.index("<!--") :])


if __name__ == "__main__":
    main()
