"""Takes results of the bench over into docs/scale.md: `python -m bench.publish`, between the markers there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.__main__ import RESULTS
from bench.accuracy import rewrite
from bench.table import Row, parsed
from etl.paths import PROJECT

DOCUMENT = PROJECT / "docs" / "scale.md"
MARK = "results"
_HEAD = "| what | measured | remark |\n|---|---|---|"
_SHOWN = (
    ("Growth", "text reports"),
    ("Growth", "repeat over"),
    ("Size of the warehouse", "1,200,000"),
    ("Questions of the pages at 1,200,000 reports", ""),
    ("Beside at 1,200,000 reports", ": all "),
    ("Beside at 1,200,000 reports", "Datasette"),
    ("Export", "at 1,200,000 reports"),
    ("Sessions at 1,200,000 reports", ""),
)
"""Parts of the results, and what the names of the rows hold that are taken."""


def table(rows: Sequence[Row]) -> str:
    """The rows that the document shows, each with the name of its part."""
    return "\n".join([_HEAD, *(f"| {row.part}: {row.what} | {row.measured} | {row.remark} |" for row in _chosen(rows))])


def _chosen(rows: Sequence[Row]) -> Iterator[Row]:
    for part, name in _SHOWN:
        yield from (row for row in rows if row.part == part and name in row.what)


def main() -> None:
    """Read, rewrite."""
    rows = parsed(RESULTS.read_text(encoding="utf-8"))
    DOCUMENT.write_text(rewrite(DOCUMENT.read_text(encoding="utf-8"), MARK, table(rows)), encoding="utf-8")


if __name__ == "__main__":
    main()
