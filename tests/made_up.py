"""Reports made by hand for tests: made-up agencies of 示例省, figures that obey the sums of the form."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path
from random import Random

from msgspec.structs import replace

from etl.form import forms
from etl.report import (
    Finding,
    FormCell,
    Identity,
    Region,
    Report,
    ReportCell,
    Section,
    Severity,
    State,
    Statements,
)
from etl.warehouse.chunk import Chunk, SourceRow
from etl.warehouse.rows import Offered, batch
from etl.warehouse.warehouse import build

EAST = Region("示例省", "990000", "示例市", "990100", "东示例县", "990121", "东示例县", None, "named")
WEST = Region("示例省", "990000", "示例市", "990100", "西示例县", "990122", "西示例县", None, "named")
CITY = Region("示例省", "990000", "示例市", "990100", level="city-or-province")
UNSURE = Region(level="ambiguous", candidates=("990121 东示例县", "990122 西示例县"))

AGENCIES = (
    ("东示例县人民政府", "county", EAST),
    ("东示例县示例局", "county_dept", EAST),
    ("东示例县甲示例镇人民政府", "township", EAST),
    ("西示例县人民政府", "county", WEST),
    ("西示例县乙示例街道办事处", "subdistrict", WEST),
    ("示例市示例局", "city_dept", CITY),
    ("丙示例镇人民政府", "township", UNSURE),
)
PROBLEMS = (
    ("信息更新不够及时。", ("timeliness",), (("信息", 1), ("更新", 1), ("及时", 1))),
    ("栏目内容不全。", ("coverage",), (("栏目", 1), ("内容", 1))),
)


def figures(seed: int, version: str) -> dict[FormCell, float]:
    """Random figures for every cell of a form; the sums of tables 3 and 4 hold."""
    random = Random(seed)
    values = {cell: float(random.randrange(9)) for cell in forms()[version].cells()}
    for table in forms()[version].tables:
        for rule in [rule for rule in table.sums if rule.rule == "A2"]:
            for column in table.rows[0].columns:
                at = {row.key: FormCell(table.table_no, row.key, column.key) for row in table.rows}
                values[at["concluded"]] = sum(values[at[key]] for key in rule.left)
                values[at["carried_in"]] = 2.0
                values[at["received"]] = values[at["concluded"]] + values[at["carried_out"]] - 2.0
        for rule in [rule for rule in table.sums if rule.over == "columns"]:
            for row in table.rows:
                parts = [values[FormCell(table.table_no, row.key, key)] for key in rule.left]
                values[FormCell(table.table_no, row.key, rule.right[0])] = sum(parts)
    return values


def cells(values: dict[FormCell, float]) -> tuple[ReportCell, ...]:
    """The figures as printed cells."""
    return tuple(
        ReportCell(at, value, State.NUMBER, f"{value:g}", f"line {line}")
        for line, (at, value) in enumerate(values.items(), start=10)
    )


def blanked(report: Report, states: dict[str, State]) -> Report:
    """The report with cells of the given keys turned into one of the kinds of nothing."""
    changed = tuple(
        replace(cell, value=None, state=states[cell.at.key], printed="") if cell.at.key in states else cell
        for cell in report.cells
    )
    return replace(report, cells=changed)


def report(agency: tuple[str, str, Region], year: int, *, seed: int | None = None, zero: bool = False) -> Report:
    """A whole report of a made-up agency."""
    name, kind, region = agency
    version = "2021" if year >= 2021 else "2019"
    chosen = hash_of(f"{name}{year}") if seed is None else seed
    values = {at: 0.0 if zero else value for at, value in figures(chosen, version).items()}
    sentence, themes, terms = PROBLEMS[chosen % len(PROBLEMS)]
    path = f"reports/{name}-{year}-{chosen}.txt"
    title = f"{name}{year}年政府信息公开工作年度报告"
    findings = (Finding("D5", Severity.WARNING, "、".join(region.candidates)),) if region is UNSURE else ()
    return Report(
        source_path=path,
        source_sha256=hashlib.sha256(f"{path}{zero}".encode()).hexdigest(),
        identity=Identity(name, year, date(year + 1, 1, 20), title, kind),
        region=region,
        form=version,
        layout="made up",
        cells=cells(values),
        sections=(Section(1, "一、总体情况", "示例正文。", "line 3"), Section(5, "五、存在问题", sentence, "line 300")),
        statements=Statements((sentence,), ("今后按时更新。",)),
        terms=terms,
        findings=findings,
        problem_themes=(themes,),
        remedy_themes=(("timeliness",),),
    )


def hash_of(text: str) -> int:
    """A small number that is the same in every run."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:6], 16)


def many() -> list[Report]:
    """Every agency from 2019 to 2023, with zeros, blanks, a missing year and other kinds of nothing among them."""
    found = [report(agency, year) for agency in AGENCIES for year in range(2019, 2024)]
    found = [one for one in found if (one.identity.agency, one.identity.year) != (AGENCIES[3][0], 2021)]
    found[2] = report(AGENCIES[0], 2021, zero=True)
    found[7] = blanked(found[7], {"3/received/total": State.UNREADABLE, "2/fees/amount": State.BLANK})
    found[8] = blanked(found[8], {"2/regulations/in_force": State.DASH, "3/concluded/total": State.MISSING})
    return found


def chunk(reports: list[Report], rejected: tuple[SourceRow, ...] = ()) -> Chunk:
    """What a worker would hand over for these reports."""
    sources = [SourceRow(f"/{r.source_path}", r.source_path, r.source_sha256, 1, 1, "read") for r in reports]
    offered = [Offered(f"/{r.source_path}", r) for r in reports]
    return Chunk((*sources, *rejected), batch(offered), len(sources) + len(rejected))


def warehouse(folder: Path, reports: list[Report]) -> Path:
    """A warehouse of these reports; returns its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    build(folder, [chunk(reports)], "test")
    return folder


def bare(agency: tuple[str, str, Region], year: int) -> Report:
    """A report of which no more than agency and year could be read."""
    whole = report(agency, year)
    return replace(
        whole,
        form="unknown",
        cells=(),
        sections=(),
        statements=Statements(),
        findings=(),
        terms=(),
        problem_themes=(),
        remedy_themes=(),
        theme_words=(),
        phrases=(),
    )
