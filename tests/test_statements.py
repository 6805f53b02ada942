"""Section five split into statements: own examples of every style, and the real reports where they are at hand."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from etl.document import Document, Paragraph
from etl.prose.clauses import patterns
from etl.prose.sections import find_sections
from etl.prose.statements import split_statements, statement_findings
from etl.readers import READERS, read
from etl.report import Section, Statements
from etl.text import fold

GOLDEN = Path(__file__).parent / "golden" / "statements"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "reports"
CASES = sorted(GOLDEN.glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_splits_like_the_example(case: Path) -> None:
    expected = yaml.safe_load(case.with_suffix(".yml").read_text(encoding="utf-8"))
    told = split_statements(case.read_text(encoding="utf-8"))
    assert list(told.problems) == expected["problems"]
    assert list(told.remedies) == expected["remedies"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_every_statement_is_a_run_of_the_text(case: Path) -> None:
    text = case.read_text(encoding="utf-8")
    told = split_statements(text)
    assert all(statement in text for statement in (*told.problems, *told.remedies))


PIECES = [
    *(
        "示例县",
        "我局",
        "政务公开",
        "工作",
        "在",
        "的",
        "与",
        "距",
        "存在",
        "有",
        "问题",
        "不足",
        "差距",
        "一些",
        "部分",
    ),
    *("虽", "但", "仍", "2024年", "一是", "二是", "1、", "（一）", "不够", "有待", "下一步", "将", "进一步", "加强"),
    *("针对", "以上", "主要", "是", "改进措施", "等", "相比", "“", "”", "。", "；", "，", "、", "："),
]


@given(st.lists(st.sampled_from([*PIECES, "\n", "\t", "  "]), max_size=120))
def test_any_text_gives_runs_of_itself(pieces: list[str]) -> None:
    text = "".join(pieces)
    told = split_statements(text)
    assert all(statement in text for statement in (*told.problems, *told.remedies))


@pytest.mark.parametrize(
    "piece", ["工作中存在，", "与同和离，", "在的，", "公开不够、", "存在的", "我局将", "“", "1、", "问题\t措施\n"]
)
def test_no_text_takes_for_ever(piece: str) -> None:
    start = time.process_time()
    split_statements(piece * 1000)
    assert time.process_time() - start < 3


def test_there_are_examples_of_every_style() -> None:
    assert len(CASES) >= 25


@pytest.mark.parametrize("text", ["", "\n \n", "。", "一是", "（一）\n（二）", "存在的主要问题及改进情况"])
def test_text_that_tells_nothing_gives_nothing(text: str) -> None:
    assert split_statements(text) == Statements()


def _section(number: int, text: str) -> Section:
    return Section(number, "五、示例", text, "line 7")


@pytest.mark.parametrize(
    ("style", "markers"),
    [
        ("say", [f"{sign}是" for sign in "一二三四五六七八九十"]),
        ("bracket", ["(一)", "(12)", *map(chr, range(0x3220, 0x322A))]),
        ("circle", [*map(chr, range(0x2460, 0x2474))]),
        ("figure", ["1、"]),
    ],
)
def test_every_marker_within_a_sentence_begins_a_token(style: str, markers: list[str]) -> None:
    found = [patterns().token.search(f"更新迟缓{marker}人手不足") for marker in markers]
    assert [match and (match.lastgroup, match[0]) for match in found] == [(style, marker) for marker in markers]


def test_problems_without_remedies_are_a_finding() -> None:
    text = "主要问题是示例镇公开栏破损。"
    findings = statement_findings([_section(5, text)], split_statements(text))
    assert [(finding.rule, finding.place) for finding in findings] == [("N2", "line 7")]


def test_problems_with_remedies_are_no_finding() -> None:
    text = "主要问题是示例镇公开栏破损。今后将更换公开栏。"
    assert statement_findings([_section(5, text)], split_statements(text)) == ()


def test_nothing_at_all_is_not_lopsided() -> None:
    assert statement_findings([_section(5, "无。")], split_statements("无。")) == ()


@pytest.mark.parametrize("left", ["XX镇", "××局", "待补充", "某某县"])
def test_placeholders_are_found_in_any_section(left: str) -> None:
    findings = statement_findings([_section(1, f"2024年，{left}推进公开。")], Statements())
    assert [finding.rule for finding in findings] == ["N3"]


@pytest.mark.parametrize("text", ["www.shili.gov.cn/xxgk", "IXX型", "12月31日"])
def test_addresses_are_no_placeholders(text: str) -> None:
    assert statement_findings([_section(1, text)], Statements()) == ()


def _truths() -> list[Path]:
    return [path for path in sorted(SHARED.rglob("*.truth.json")) if _source(path) and _problems(path)]


def _problems(truth: Path) -> list[str]:
    return [fold(problem) for problem in json.loads(truth.read_text(encoding="utf-8")).get("problems") or ()]


def _source(truth: Path) -> Path | None:
    stem = truth.name.removesuffix(".truth.json")
    return next((path for ending in READERS if (path := truth.parent / f"{stem}{ending}").exists()), None)


def _told(source: Path) -> list[str]:
    sections, _ = find_sections(read(source, source.read_bytes()))
    text = "\n".join(section.text for section in sections if section.section_no == 5)
    return [fold(problem) for problem in split_statements(text).problems]


def _share(statements: list[tuple[str, list[str]]]) -> float:
    found = sum(any(one in other or other in one for other in others) for one, others in statements)
    return found / len(statements)


@pytest.mark.skipif(not SHARED.exists(), reason="the real reports are not beside the project")
def test_real_reports_are_split_as_read() -> None:
    truths = {path: (_problems(path), _told(source)) for path in _truths() if (source := _source(path))}
    assert len(truths) >= 20
    recall = _share([(problem, told) for problems, told in truths.values() for problem in problems])
    precision = _share([(problem, problems) for problems, told in truths.values() for problem in told])
    assert recall >= 0.95
    assert precision >= 0.95


def test_from_document_to_statements() -> None:
    lines = ["五、存在的主要问题及改进情况", "主要问题是示例镇公开栏破损。今后将更换公开栏。"]
    document = Document("示例.txt", tuple(Paragraph(line, f"line {n}") for n, line in enumerate(lines, 1)), "text")
    sections, _ = find_sections(document)
    assert split_statements(sections[0].text) == Statements(("示例镇公开栏破损",), ("更换公开栏",))
