"""How well the theme patterns do on labelled statements: `python -m etl.words.theme_report` rewrites docs/themes.md."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from etl.paths import DATA, PROJECT
from etl.words.themes import label, themes

LABELLED = DATA / "labelled" / "statements.csv"
FRESH = DATA / "labelled" / "fresh.csv"
PAGE = PROJECT / "docs" / "themes.md"
START, END = "<!-- measured: start -->", "<!-- measured: end -->"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A statement of our own wording with the themes that a reader gave it; `split` is train, held or fresh."""

    statement: str
    themes: frozenset[str]
    split: str


@dataclass(frozen=True, slots=True)
class Score:
    """Right, wrong and missed labels of a theme, or of all themes together."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Right among given labels; None where none was given."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Right among true labels; None where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


def labelled(split: str) -> tuple[Labelled, ...]:
    """The labelled statements of one split."""
    with LABELLED.open(encoding="utf-8", newline="") as lines:
        rows = [Labelled(row["statement"], _keys(row["themes"]), row["split"]) for row in csv.DictReader(lines)]
    return tuple(row for row in rows if row.split == split)


def fresh() -> tuple[Labelled, ...]:
    """Statements written after the first patterns and in other words than theirs."""
    with FRESH.open(encoding="utf-8", newline="") as lines:
        return tuple(Labelled(row["statement"], _keys(row["themes"]), "fresh") for row in csv.DictReader(lines))


def scores(rows: Iterable[Labelled]) -> dict[str, Score]:
    """The score of every theme in file order, then `all` for their sum."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        given = frozenset(label(row.statement))
        right.update(given & row.themes)
        wrong.update(given - row.themes)
        missed.update(row.themes - given)
    found = {theme.key: Score(right[theme.key], wrong[theme.key], missed[theme.key]) for theme in themes()}
    return found | {"all": Score(right.total(), wrong.total(), missed.total())}


def measured() -> str:
    """The tables of docs/themes.md in Markdown."""
    held, train = scores(labelled("held")), scores(labelled("train"))
    lines = ["| theme | label | held: n | precision | recall | train: n | precision | recall |", "|" + "---|" * 8]
    names = {theme.key: theme.label_zh for theme in themes()} | {"all": "合计（micro）"}
    lines += [f"| {key} | {name} | {_cells(held[key])} | {_cells(train[key])} |" for key, name in names.items()]
    lines += ["", "| set | statements | labels | precision | recall |", "|" + "---|" * 5]
    for name, rows in (("held", labelled("held")), ("train", labelled("train")), ("fresh", fresh())):
        lines.append(f"| {name} | {len(rows)} | {_cells(scores(rows)['all'])} |")
    lines += ["", "| theme | meaning |", "|---|---|"]
    lines += [f"| {theme.key} | {theme.label_en}: {theme.definition_en} |" for theme in themes()]
    return "\n".join(lines)


def with_measured(page: str) -> str:
    """The page with what stands between the markers made new; ValueError where a marker is missing."""
    start, end = page.index(START) + len(START), page.index(END)
    return f"{page[:start]}\n{measured()}\n{page[end:]}"


def main(page: Path = PAGE) -> None:
    """Rewrite the measured part of the page."""
    page.write_text(with_measured(page.read_text(encoding="utf-8")), encoding="utf-8")


def _cells(score: Score) -> str:
    return f"{score.right + score.missed} | {_percent(score.precision)} | {_percent(score.recall)}"


def _percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.1%}"


def _keys(text: str) -> frozenset[str]:
    return frozenset(text.split("|")) if text else frozenset()


if __name__ == "__main__":
    main()
