"""The checks on the real reports beside the project: every error is a real one, and the known ones are all found."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from etl.load.load import Options, load
from etl.warehouse.store import read_current

PROJECT = Path(__file__).resolve().parents[1]
REPORTS = PROJECT.parent / "shared" / "reports"
DOCUMENT = PROJECT / "docs" / "findings-on-real-reports.md"
QUERY = """
select source_path, f.rule, f.severity, f.message, f.cells, r.agency, r.year
from findings f join reports r using (report_id) where f.status = 'fail'
"""
KNOWN = (
    ("gwh-2020", "A2", "3/concluded/natural_person"),
    ("gwh-2020", "A2", "3/concluded/total"),
    ("jinhu-2023", "A4", "4/litigation_direct/total"),
    ("nyncj-2023", "A3", "3/received/total"),
    ("nyncj-2023", "A3", "3/carried_in/total"),
    ("pingtan-2021", "V2", "2/normative_documents/in_force"),
    ("pingtan-2023", "V2", "2/normative_documents/in_force"),
    ("pingtan-2025", "V2", "2/normative_documents/in_force"),
    ("pingtan-cz-2017", "D3", None),
    ("pingtan-cz-2019", "V2", "2/normative_documents/disclosed_total"),
    ("pingtan-cz-2021", "D4", None),
    ("pingtanxian-cz-2009", "D6", None),
    ("suqian-2024", "T4", "4/reconsideration/total"),
    ("suqian-2024", "T4", "4/litigation_direct/total"),
    ("xzspj-2025", "S5", "2/regulations/in_force"),
)
"""What the truth files' notes say of their sources, by the rule that must tell it."""

NO_CONTRADICTION = ("S1", "S5", "V3", "D1", "D5", "C8", "K1", "P1", "P2")
"""Rules on what is missing, on files, or on how a report stands among others."""

pytestmark = pytest.mark.skipif(not REPORTS.is_dir(), reason="the real reports are not beside the project")
Row = dict[str, Any]


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    folder = tmp_path_factory.mktemp("real")
    load([REPORTS], Options(folder))
    with read_current(folder) as connection:
        cursor = connection.execute(QUERY)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@pytest.mark.parametrize(("report", "rule", "cell"), KNOWN)
def test_a_known_inconsistency_is_found(report: str, rule: str, cell: str | None, findings: list[Row]) -> None:
    told = [one for one in findings if Path(one["source_path"]).stem.startswith(report) and one["rule"] == rule]
    assert told
    assert cell is None or [one for one in told if cell in one["cells"]]


def test_every_broken_sum_is_in_the_document_with_its_numbers(findings: list[Row]) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    broken = [one for one in findings if one["severity"] == "error" and one["rule"] not in ("S1", "S5")]
    assert broken
    for one in broken:
        assert f"| {one['agency']} | {one['year']} | {one['rule']} | {one['message']} |" in text
    assert len(re.findall(r"^\| \S+ \| \d{4} \| A\d \|", text, re.MULTILINE)) == len(broken)


def test_every_contradiction_is_in_the_document(findings: list[Row]) -> None:
    """And the document names no other: missing parts, blanks, counties and peers aside."""
    rows = re.findall(r"^\| (\S+) \| (\d{4}) \| (\w\d) \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    told = {(one["agency"], str(one["year"]), one["rule"]) for one in findings if one["rule"] not in NO_CONTRADICTION}
    weighty = {(one["agency"], str(one["year"]), one["rule"]) for one in findings if one["severity"] != "info"}
    assert (told & weighty) - set(rows) == set()
    assert set(rows) - told == set()


def test_what_is_missing_is_missing_in_shortened_files(findings: list[Row]) -> None:
    """Sections and cells are only missing where the file itself was shortened or lacks the row."""
    missing = {
        Path(one["source_path"]) for one in findings if one["severity"] == "error" and one["rule"] in ("S1", "S5")
    }
    whole = {path.stem for path in missing if path.parent.name != "excerpts"}
    assert whole == {"suqian-2025-fragment", "xzspj-2025"}
