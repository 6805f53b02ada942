"""From one file's bytes to one Report, stage after stage."""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from pathlib import Path

from etl.checks.corrections import check_known
from etl.document import Rejected
from etl.form import form_in
from etl.gazetteer.gazetteer import default
from etl.identity.identity import read_identity
from etl.identity.slips import check_slips
from etl.prose.marks import is_transcribed, of_transcription
from etl.prose.sections import PROBLEMS, find_sections
from etl.prose.statements import split_statements, statement_findings
from etl.prose.text_figures import check_words
from etl.readers import read
from etl.report import Identity, Report, ReportCell, Section, State
from etl.tables.tables import read_tables
from etl.words.keywords import stop_words, terms, words
from etl.words.phrases import phrases
from etl.words.themes import evidence, promised

_LEAST_SECTIONS = 2


def read_report(path: Path, data: bytes) -> Report:
    """What the file says. Rejected: a reader cannot read the file, or it is not a report (`not_a_report`)."""
    steps = stages(path, data, hashlib.sha256(data).hexdigest())
    while True:
        try:
            next(steps)
        except StopIteration as end:
            report: Report = end.value
            return report


def stages(path: Path, data: bytes, sha256: str) -> Generator[None, None, Report]:
    """`read_report` stage by stage, for files that take turns: a stage is quicker right after another file's."""
    document = read(path, data)
    del data
    yield
    identity, region, about = read_identity(document, default())
    yield
    sections, shape = find_sections(document)
    yield
    tables = read_tables(document)
    _check_is_report(identity, sections, tables.cells)
    yield
    statements = split_statements("\n".join(one.text for one in sections if one.section_no == PROBLEMS))
    yield
    named = [evidence(problem) for problem in statements.problems]
    said = tuple(phrases(words(problem), stop_words()) for problem in statements.problems)
    remedy_themes = tuple(promised(remedy) for remedy in statements.remedies)
    yield
    doubts = (*check_words(sections, tables.cells, identity.year), *statement_findings(sections, statements))
    slips = (*check_slips(document, identity.agency), *check_known(identity, region, tables.cells))
    findings = (*about, *shape, *tables.findings, *doubts, *slips)
    transcribed = is_transcribed(document)
    return Report(
        source_path=str(path),
        source_sha256=sha256,
        identity=identity,
        region=region,
        form=form_in(tables.form, identity.year),
        layout=document.layout,
        cells=tables.cells,
        sections=sections,
        statements=statements,
        terms=terms(statements.problems),
        findings=tuple(of_transcription(findings)) if transcribed else findings,
        problem_themes=tuple(tuple(key for key, _ in one) for one in named),
        theme_words=tuple(tuple(said for _, said in one) for one in named),
        phrases=said,
        remedy_themes=remedy_themes,
        transcribed=transcribed,
    )


def _check_is_report(identity: Identity, sections: tuple[Section, ...], cells: tuple[ReportCell, ...]) -> None:
    """A report prints a figure of the form, or has two of its sections, or tells whose or of which year it is."""
    prints = any(cell.state is not State.MISSING for cell in cells)
    named = identity.agency is not None or identity.year is not None
    if not prints and not named and len(sections) < _LEAST_SECTIONS:
        raise Rejected("not_a_report")
