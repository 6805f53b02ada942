"""What the text stage costs of reading text files: sections, statements, words, phrases, themes and reuse, in CPU time.

Made-up reports repeat some twenty problems; here each is replaced by another statement of the labelled set.
"""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from random import Random

from bench.loads import TEXT, sample
from bench.table import Row
from etl.document import Document
from etl.paths import DATA, PROJECT
from etl.pipeline import read_report
from etl.prose.sections import PROBLEMS, find_sections
from etl.prose.statements import split_statements, statement_findings
from etl.readers import read
from etl.sample.words import sentences
from etl.words.keywords import FASTER, Cut, cut_by_jieba, cut_by_rjieba, stop_words, terms, words
from etl.words.phrases import phrases
from etl.words.reuse import Prose, Year, against_last_year, within_year
from etl.words.similarity import NARRATIVE_SECTIONS
from etl.words.theme_report import labelled
from etl.words.themes import evidence, promised

JIEBA = "jieba"
REAL = PROJECT.parent / "shared" / "reports" / "full"
_ENDINGS = (".txt", ".md")
_PASSES = 3
_Files = Sequence[tuple[Path, bytes]]


def shares(reports: int) -> Iterator[Row]:
    """One row for each collection of text files and each cutter of words."""
    with tempfile.TemporaryDirectory() as scratch:
        yield from _rows("made-up with 361 problems", reworded(_files(sample(Path(scratch), reports, TEXT))))
    yield from _rows("shipped reports", _files(DATA / "reports"))
    if REAL.exists():
        yield from _rows("real reports beside the project", _files(REAL))


def _files(folder: Path) -> _Files:
    paths = [path for path in sorted(folder.rglob("*")) if path.suffix in _ENDINGS and path.name != "README.md"]
    return [(path, path.read_bytes()) for path in paths]


def reworded(files: _Files) -> _Files:
    """Made-up reports with other problems, so that none comes again and again."""
    known = [row.statement for row in (*labelled("train"), *labelled("held"))]
    others = cycle(Random(5).sample(known, len(known)))
    texts = [(path, data.decode("utf-8")) for path, data in files]
    for sentence in sentences()["problems"]:
        texts = [(path, text.replace(sentence, next(others)) if sentence in text else text) for path, text in texts]
    return [(path, text.encode("utf-8")) for path, text in texts]


def _rows(what: str, files: _Files) -> Iterator[Row]:
    """The least busy of some passes counts, as other programs slow a pass down and nothing speeds one up."""
    documents = [read(path, data) for path, data in files]
    cutters = _cutters()
    whole = min(_whole(files) for _ in range(_PASSES))
    passes = [_steps(documents, cutters) for _ in range(_PASSES)]
    steps = {step: min(one[step] for one in passes) for step in passes[0]}
    beside = {step: spent for step, spent in steps.items() if step not in cutters}
    others = whole - steps[list(cutters)[-1]] - sum(beside.values()) + beside["reuse"]
    for cutter in cutters:
        text = sum(beside.values()) + steps[cutter]
        each = {f"words by {cutter}": steps[cutter], **beside}
        told = ", ".join(f"{step} {_ms(spent, files)}" for step, spent in each.items())
        share = f"{100 * text / (text + others):.0f} % of reading"
        measured = f"{share}: {_ms(text, files)} of {_ms(text + others, files)} ms CPU a report"
        yield Row("Text stage", f"{what}, {cutter}", measured, f"{len(files)} text files, without writing; ms: {told}")


def _ms(seconds: float, files: _Files) -> str:
    return f"{1000 * seconds / len(files):.2f}"


def _cutters() -> dict[str, Cut]:
    """Those that are installed; the last is the one that reading uses."""
    fast = {FASTER: cut_by_rjieba()} if find_spec(FASTER) else {}
    return {JIEBA: cut_by_jieba(), **fast}


def _whole(files: _Files) -> float:
    words.cache_clear()
    spent: dict[str, float] = defaultdict(float)
    with _timed(spent, "whole"):
        for path, data in files:
            read_report(path, data)
    return spent["whole"]


def _steps(documents: Sequence[Document], cutters: dict[str, Cut]) -> dict[str, float]:
    """CPU seconds by step; the words are cut by each cutter in turn, the reports are taken for those of two years."""
    words.cache_clear()
    spent: dict[str, float] = defaultdict(float)
    proses = [_prose(spent, document, cutters) for document in documents]
    middle = len(proses) // 2
    with _timed(spent, "reuse"):
        last, now = (
            Year(Prose(f"{year} {agency}", str(agency), year, text) for agency, text in enumerate(some))
            for year, some in enumerate((proses[:middle], proses[middle:]))
        )
        list(against_last_year(now, last))
        list(within_year(last))
        list(within_year(now))
    return spent


def _prose(spent: dict[str, float], document: Document, cutters: dict[str, Cut]) -> str:
    """Take one document through every step but reuse; its prose comes back for that one."""
    with _timed(spent, "sections"):
        sections, _ = find_sections(document)
    with _timed(spent, "statements"):
        told = split_statements("\n".join(one.text for one in sections if one.section_no == PROBLEMS))
        statement_findings(sections, told)
    for cutter, cut in cutters.items():
        with _timed(spent, cutter):
            _ = [cut(problem) for problem in told.problems]
    cut_up = [words(problem) for problem in told.problems]
    with _timed(spent, "terms and phrases"):
        terms(told.problems)
        _ = [phrases(one, stop_words()) for one in cut_up]
    with _timed(spent, "themes"):
        _ = [evidence(one) for one in told.problems], [promised(one) for one in told.remedies]
    return "\n".join(one.text for one in sections if one.section_no in NARRATIVE_SECTIONS)


@contextmanager
def _timed(spent: dict[str, float], step: str) -> Iterator[None]:
    start = time.process_time()
    yield
    spent[step] += time.process_time() - start
