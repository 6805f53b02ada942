"""Reports of a few lines, to see who they say reports on which year."""

from __future__ import annotations

from etl.document import Document, Paragraph
from etl.gazetteer.gazetteer import default
from etl.identity.identity import read_identity
from etl.report import Finding, Identity, Region

BODY = """一、总体情况
按照工作安排落实各项任务。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
六、其他需要报告的事项
没有。"""


def document(text: str, source: str = "report.txt") -> Document:
    """The text as a document, a paragraph a line."""
    paragraphs = (Paragraph(line, f"line {number}") for number, line in enumerate(text.split("\n"), start=1))
    return Document(source, tuple(paragraphs), "made by hand")


def identity(head: str, *, end: str = "", source: str = "report.txt") -> tuple[Identity, Region, tuple[Finding, ...]]:
    """What is read from a report that begins with `head` and ends with `end`."""
    return read_identity(document("\n".join(part for part in (head, BODY, end) if part), source), default())


def rules(findings: tuple[Finding, ...]) -> list[str]:
    """The rules of some findings."""
    return [finding.rule for finding in findings]
