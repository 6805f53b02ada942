"""Damages made-up reports in every format and has the whole way from bytes to cells take them.

    python -m bench.fuzz [--files N] [--seed S] [--jobs J]

Each file must end as a report or as refused with a reason, within SECONDS of a processor's time. What raises, kills its
process or takes longer is counted and kept in a folder that the last line names. Exit code 1 when there is any.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import time
import traceback
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any

from etl.document import Rejected
from etl.load.executors import apart
from etl.load.limits import limited
from etl.pipeline import read_report
from etl.report import State
from etl.sample.pdf import browser
from etl.sample.write import SampleOptions, all_shapes, write_sample

SECONDS = 5.0
PORTION = 50
_MOSTLY = 0.7
YEARS = (2017, 2024)
PIECES = (
    "<table><tr><td rowspan=99999 colspan=99999>",
    "</td></tr></table>",
    "</div></body></html>",
    "<!--",
    "<![CDATA[",
    "<script>document.write(1)</script>",
    '<iframe src="file:///etc/passwd"></iframe>',
    '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]>&c;',
    "&#x10ffff;&#0;&nbsp;",
    "<w:tbl>",
    "</w:tc>",
    "<w:vMerge/>",
    '<w:gridSpan w:val="99999"/>',
    "| --- |\n| --- | --- |\n",
    "\t\t\t\t",
    "\n\n\n",
    "\0",
    "\u202e",
    "\u200b\ufeff",
    "\ud7ff\ufffd",
    "=cmd|' /C calc'!A0",
    "99999999999999999999999999",
    "1e308",
    "-0",
    "٣٤٥",
    "/Kids [1 0 R]",
    "/Count 99999999",
    "/Length 999999999",
    "(" * 3000,
    "<div>" * 3000,
    "9 " * 3000,
    "第" * 3000,
)
ENDINGS = (".txt", ".md", ".html", ".docx", ".pdf", ".zip", ".bin", "")


@dataclass(frozen=True, slots=True)
class Trial:
    """A damaged file: its number, its name and its bytes."""

    number: int
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Ended:
    """How a trial ended: `read`, a reason for which it was refused, or `fault` with what was raised."""

    number: int
    how: str
    seconds: float
    cells: int = 0
    fault: str = ""


def damaged_text(text: str, rng: Random) -> str:
    """The text with one to six changes, by character, so that it stays text."""
    return "".join(_changed(list(text), rng, tuple(PIECES), lambda: chr(rng.randrange(0xD800))))


def damaged_in_its_encoding(data: bytes, rng: Random) -> bytes:
    """A text file damaged by character; what its encoding lacks becomes a question mark."""
    try:
        text, encoding = data.decode(), "utf-8"
    except UnicodeDecodeError:
        text, encoding = data.decode("gb18030", errors="replace"), "gb18030"
    return damaged_text(text, rng).encode(encoding, errors="replace")


def damaged(data: bytes, rng: Random) -> bytes:
    """The bytes with one to six changes."""
    pieces = tuple(piece.encode("utf-8", "surrogatepass") for piece in PIECES)
    return bytes(_changed(bytearray(data), rng, pieces, lambda: rng.randrange(256)))


def _changed(sequence: Any, rng: Random, pieces: tuple[Any, ...], other: Callable[[], Any]) -> Any:
    """A unit set, a stretch lost, doubled or moved, a piece put in, an end cut, noise."""
    for _ in range(rng.randint(1, 6)):
        place = rng.randrange(len(sequence) + 1)
        length = rng.choice((1, 4, 60, 700, 5000))
        stretch = sequence[place : place + length]
        match rng.choice(("unit", "lose", "double", "move", "piece", "cut", "noise")):
            case "unit":
                sequence[place : place + 1] = [other()]
            case "lose":
                del sequence[place : place + length]
            case "double":
                sequence[place:place] = stretch * rng.choice((1, 1, 30))
            case "move":
                del sequence[place : place + length]
                sequence += stretch
            case "piece":
                sequence[place:place] = rng.choice(pieces)
            case "cut":
                del sequence[len(sequence) - length :]
            case "noise":
                sequence[place : place + length] = [other() for _ in range(rng.choice((1, 4, 60)))]
    return sequence


def damaged_inside(data: bytes, rng: Random) -> bytes:
    """A zip container packed anew after one of its members was damaged."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        names = whole.namelist()
        chosen = rng.choice([name for name in names if name.endswith(".xml")] or names)
        for name in names:
            content = whole.read(name)
            if name == chosen:
                as_text = name.endswith(".xml") and rng.random() < _MOSTLY
                content = damaged_text(content.decode(), rng).encode() if as_text else damaged(content, rng)
            made.writestr(name, content)
    return packed.getvalue()


def damaged_streams(data: bytes, rng: Random) -> bytes:
    """A PDF one of whose compressed streams was unpacked, damaged and packed again."""
    starts = [at for at in range(len(data)) if data.startswith(b"stream\n", at) and not data.startswith(b"end", at - 3)]
    start = rng.choice(starts) + len(b"stream\n")
    end = data.index(b"endstream", start)
    try:
        content = zlib.compress(damaged(zlib.decompressobj().decompress(data[start:end]), rng))
    except zlib.error:
        content = damaged(data[start:end], rng)
    return data[:start] + content + b"\n" + data[end:]


_INSIDE: dict[str, Callable[[bytes, Random], bytes]] = {".docx": damaged_inside, ".pdf": damaged_streams}


def originals(folder: Path) -> list[Path]:
    """Good reports in every format and layout that can be made here."""
    formats = ["txt", "md", "html", "docx"]
    count = len([shape for shape in all_shapes() if shape.format in formats])
    write_sample(folder / "all", SampleOptions(count * 2 // (YEARS[1] - YEARS[0]) + 1, YEARS, tuple(formats)))
    if browser() is not None:
        write_sample(folder / "pdf", SampleOptions(2, YEARS, ("pdf",)))
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".truth.json"))


def trial(number: int, seed: int, good: Sequence[Path]) -> Trial:
    """The trial of that number; the same seed and originals give the same one."""
    rng = Random(f"{seed}/{number}")
    path = rng.choice(good)
    data = path.read_bytes()
    inside = _INSIDE.get(path.suffix)
    if inside and rng.random() < _MOSTLY:
        data = inside(data, rng)
    elif not inside and rng.random() < _MOSTLY:
        data = damaged_in_its_encoding(data, rng)
    else:
        data = damaged(data, rng)
    if rng.random() < 0.05:
        data = rng.randbytes(rng.randrange(5000))
    ending = rng.choice(ENDINGS) if rng.random() < 0.05 else path.suffix
    return Trial(number, f"{number:06d}{ending}", data)


def attempt(trials: Sequence[Trial]) -> list[Ended]:
    """Reads each, as a load's worker does."""
    return [_attempt(one) for one in trials]


def _attempt(one: Trial) -> Ended:
    started = time.process_time()
    how, cells, watch = "read", 0, _Watch()
    with watch:
        try:
            with limited():
                report = read_report(Path(one.name), one.data)
            cells = sum(cell.state is State.NUMBER for cell in report.cells)
        except Rejected as rejected:
            how = rejected.reason
        except MemoryError:
            how = "too_much_memory"
    how = "fault" if watch.fault else how
    return Ended(one.number, how, time.process_time() - started, cells, watch.fault)


class _Watch:
    """Notes what is raised inside it and lets the next trial go on: to find that is what this program is for."""

    fault = ""

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.fault = "".join(traceback.format_exception(kind, raised, trace)) if raised else ""
        return raised is None or isinstance(raised, Exception)


def run(numbers: Sequence[int], seed: int, good: Sequence[Path], jobs: int) -> Iterator[Ended]:
    """How every trial ended; what killed its process ends as `crash`."""
    place = apart(jobs)
    portions = [numbers[start : start + PORTION] for start in range(0, len(numbers), PORTION)]
    while portions:
        with place.open() as pool:
            try:
                while portions:
                    yield from _portion(pool, [trial(number, seed, good) for number in portions[0]], jobs)
                    portions.pop(0)
            except BrokenExecutor:
                broken = portions.pop(0)
                if len(broken) == 1:
                    yield Ended(broken[0], "crash", 0.0)
                else:
                    portions[:0] = [[number] for number in broken]


def _portion(pool: Executor, trials: list[Trial], jobs: int) -> list[Ended]:
    futures = [pool.submit(attempt, trials[job::jobs]) for job in range(jobs)]
    return [ended for future in futures for ended in future.result()]


def is_bad(ended: Ended) -> bool:
    """Whether a trial ended as none may."""
    return ended.how in {"fault", "crash", "too_slow"} or ended.seconds > SECONDS


def main() -> int:
    """Prints how many ended how, the slowest, and every fault with its count."""
    parser = argparse.ArgumentParser(description="Damages reports and reads them.")
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first file, to repeat a single one")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    slowest, cells, bad = Ended(-1, "", 0.0), 0, 0
    keep = Path(tempfile.mkdtemp(prefix="nianbao-fuzz-"))
    with tempfile.TemporaryDirectory() as made:
        good = originals(Path(made))
        numbers = range(options.first, options.first + options.files)
        for done, ended in enumerate(run(numbers, options.seed, good, options.jobs), start=1):
            counts[ended.how] += 1
            cells += ended.cells
            slowest = max(slowest, ended, key=lambda one: one.seconds)
            if is_bad(ended):
                bad += 1
                faults[ended.fault.strip() or ended.how] += 1
                one = trial(ended.number, options.seed, good)
                (keep / one.name).write_bytes(one.data)
            if done % 1000 == 0:
                print(done, dict(counts.most_common()), f"slowest {slowest.seconds:.2f} s, {bad} bad", flush=True)
    for text, number in faults.most_common():
        print(f"--- {number} times\n{text}")
    print(f"{counts.total()} files from {len(good)} originals: {dict(counts.most_common())}; {cells} cells read")
    print(f"slowest: {slowest.seconds:.2f} s, number {slowest.number}; bad: {bad}" + (f", in {keep}" if bad else ""))
    if not bad:
        keep.rmdir()
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
