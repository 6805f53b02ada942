"""Measures the project on this machine and writes bench/results.md.

    python -m bench [--quick] [--most REPORTS] [--only PART,PART] [--scratch DIR]

The full run, up to 100,000 files and 1,200,000 reports, takes half an hour on two cores; `--quick` three minutes.
Parts: pages, formats, shares, growth, sizes, queries, rivals, export, sessions. Each runs in a process of its own, and
what it finds replaces what results.md has of it; the other parts stay. `--scratch` keeps the warehouses for the next
run. NIANBAO_DATASETTE may name a Python that has Datasette. `python -m bench.publish` takes results over into
docs/scale.md.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bench.plan import FULL, NATION, QUICK, Plan, parts, up_to
from bench.table import Row, conditions, markdown, merged, parsed
from etl.paths import PROJECT

RESULTS = PROJECT / "bench" / "results.md"
TITLE = "Measurements"


def measured(name: str, options: Sequence[str]) -> Iterator[Row]:
    """The rows of a part as its process finds them; a row that says so when it fails."""
    command = [sys.executable, "-m", "bench", "--part", name, *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            yield Row(**json.loads(line))
    if process.returncode:
        yield Row("Not measured", name, f"ended with {process.returncode}", "its message is on the console")


def _write(path: Path, rows: Sequence[Row]) -> None:
    before = parsed(path.read_text(encoding="utf-8")) if path.exists() else []
    path.write_text(markdown(merged(before, rows), TITLE), encoding="utf-8")


def _run_part(plan: Plan, name: str, scratch: Path) -> None:
    for row in parts(plan)[name](scratch):
        print(json.dumps(asdict(row), ensure_ascii=False), flush=True)


def _run(options: argparse.Namespace, names: Sequence[str], scratch: Path) -> None:
    for name in names:
        found = []
        size = ["--most", str(options.most), *(["--quick"] if options.quick else [])]
        for row in measured(name, ["--scratch", str(scratch), *size]):
            print(f"{row.part}: {row.what}: {row.measured} {row.remark}", flush=True)
            found.append(row)
            _write(options.out, [row if row.at else Row(**asdict(row) | {"at": conditions()}) for row in found])


def main() -> None:
    """Measure, print each row as it comes, write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--most", type=int, default=NATION, help="leave out folders and warehouses of more reports")
    parser.add_argument("--only", default="", help="names of parts with commas between")
    parser.add_argument("--scratch", type=Path, help="folder for warehouses, kept; default: one that is removed")
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--part", help=argparse.SUPPRESS)
    options = parser.parse_args()
    plan = up_to(QUICK if options.quick else FULL, options.most)
    names = [name for name in options.only.split(",") if name] or list(parts(plan))
    if unknown := set(names) - set(parts(plan)):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if options.part:
        _run_part(plan, options.part, options.scratch)
        return
    with tempfile.TemporaryDirectory() as removed:
        _run(options, names, options.scratch or Path(removed))


if __name__ == "__main__":
    main()
