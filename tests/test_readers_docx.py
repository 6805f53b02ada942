"""Word files to Documents."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.document import Document, Rejected
from etl.readers import docx
from etl.readers.flow import MAX_CELLS
from etl.readers.numbering import chinese
from tests.fuzzing import survives
from tests.reader_files import NAMESPACES, cell, paragraph, paragraphs, row, run, table, tables, word, zipped

GO_ON = "<w:vMerge/>"
BEGIN = '<w:vMerge w:val="restart"/>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def read(body: str, parts: dict[str, bytes | str] | None = None) -> Document:
    return docx.read("示例.docx", word(body, parts))


def wide(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


REPORT = (
    paragraph("示例县2023年政府信息公开工作年度报告")
    + paragraph("一、总体情况")
    + table(
        row(cell("内容", properties=BEGIN), cell("件数", properties=wide(2))),
        row(cell(properties=GO_ON), cell("制发"), cell("废止")),
        row(cell("规章"), cell("1"), cell()),
    )
    + paragraph("二、其他")
)


def test_text_and_merged_cells_in_order() -> None:
    document = read(REPORT)
    assert paragraphs(document) == ["示例县2023年政府信息公开工作年度报告", "一、总体情况", "二、其他"]
    assert tables(document) == [[["内容", "件数", ""], ["", "制发", "废止"], ["规章", "1", ""]]]
    assert document.layout == "docx"


def test_merged_cell_without_a_beginning_keeps_its_text() -> None:
    body = table(row(cell("甲", properties=GO_ON), cell("1")), row(cell("乙"), cell("2")))
    assert tables(read(body)) == [[["甲", "1"], ["乙", "2"]]]


def test_row_that_begins_further_right() -> None:
    body = table(row(cell("甲"), cell("1")), row(cell("2"), properties='<w:gridBefore w:val="1"/>'))
    assert tables(read(body)) == [[["甲", "1"], ["", "2"]]]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (paragraph("2", "0"), "20"),
        (paragraph("12") + paragraph("34"), "12\n34"),
        (paragraph(run("12"), "<w:r><w:br/></w:r>", run("34")), "12\n34"),
        (paragraph("自") + paragraph("然") + paragraph("人"), "自然人"),
        (paragraph(run("12"), run("1", '<w:vertAlign w:val="superscript"/>')), "12^1"),
        (paragraph(run("12", "<w:strike/>"), run("15")), "15"),
        (paragraph(run("12", '<w:strike w:val="0"/>')), "12"),
        (paragraph(run("9", "<w:vanish/>"), run("1")), "1"),
        (paragraph(run("1"), "<w:r><w:tab/></w:r>", run("2")), "1\t2"),
        ("<w:p><w:del><w:r><w:delText>9</w:delText></w:r></w:del><w:ins><w:r><w:t>1</w:t></w:r></w:ins></w:p>", "1"),
        ("<w:p><w:moveFrom><w:r><w:t>9</w:t></w:r></w:moveFrom><w:r><w:t>1</w:t></w:r></w:p>", "1"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>', "\uf0fe"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>3</w:t></w:r></w:p>", "3"),
    ],
)
def test_cell_text(inside: str, text: str) -> None:
    assert tables(read(table(row(cell("甲"), cell(inside)), row(cell("乙"), cell("1")))))[0][0][1] == text


def test_table_in_a_text_box_is_read_once() -> None:
    inner = table(row(cell("甲"), cell("1")), row(cell("乙"), cell("2")))
    box = f"<w:txbxContent>{inner}<w:p/></w:txbxContent>"
    drawing = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    document = read(paragraph(run("前"), f"<w:r>{drawing}</w:r>", run("后")))
    assert paragraphs(document) == ["前后"]
    assert tables(document) == [[["甲", "1"], ["乙", "2"]]]


def test_second_rendering_is_read_when_only_it_has_text() -> None:
    drawing = (
        '<mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:textbox>'
        f"<w:txbxContent>{paragraph('盒中')}</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert paragraphs(read(paragraph(f"<w:r>{drawing}</w:r>"))) == ["盒中"]


def test_layout_table_is_unwrapped() -> None:
    inner = table(row(cell("甲"), cell("1")), row(cell("乙"), cell("2")))
    document = read(table(row(cell(paragraph("正文") + inner + paragraph("尾")))))
    assert paragraphs(document) == ["正文", "尾"]
    assert tables(document) == [[["甲", "1"], ["乙", "2"]]]


def test_contents_list_is_left_out() -> None:
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    contents = f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{paragraph('一、总体情况 1')}</w:sdtContent></w:sdt>"
    held = f"<w:sdt><w:sdtContent>{paragraph('受控')}</w:sdtContent></w:sdt>"
    assert paragraphs(read(contents + held + paragraph("一、总体情况"))) == ["受控", "一、总体情况"]


def level(depth: int, style: str, text: str, start: int = 1) -> str:
    counts = f'<w:start w:val="{start}"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{counts}</w:lvl>'


NUMBERING = f"""<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0">{level(0, "chineseCounting", "%1、")}
{level(1, "chineseCountingThousand", "（%2）")}{level(2, "decimal", "%3.")}</w:abstractNum>
<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "●")}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>
</w:lvlOverride></w:num></w:numbering>"""


def listed(text: str, depth: int = 0, number: int = 1) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(text, properties=properties)


def test_printed_numbers_are_restored() -> None:
    body = (
        listed("总体")
        + listed("主动", 1)
        + listed("依申请", 1)
        + listed("细项", 2)
        + listed("")
        + listed("其他", 0)
        + listed("新表", 1)
        + listed("圆点", 0, 2)
        + listed("重起", 0, 3)
    )
    assert paragraphs(read(body, {"word/numbering.xml": NUMBERING})) == [
        "一、总体",
        "（一）主动",
        "（二）依申请",
        "1. 细项",
        "三、其他",
        "（一）新表",
        "圆点",
        "五、重起",
    ]


def test_numbers_come_from_styles_too() -> None:
    styles = f"""<w:styles {NAMESPACES}><w:style w:styleId="a"><w:name w:val="标题甲"/><w:pPr><w:numPr>
    <w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>
    <w:style w:styleId="t"><w:name w:val="toc 1"/></w:style></w:styles>"""
    body = "".join(paragraph("总体", properties=f'<w:pStyle w:val="{style}"/>') for style in ("a", "b", "t"))
    parts: dict[str, bytes | str] = {"word/numbering.xml": NUMBERING, "word/styles.xml": styles}
    assert paragraphs(read(body, parts)) == ["一、总体", "二、总体"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (103, "一百〇三"), (110, "一百一十"), (2000, "二千")],
)
def test_chinese_numbers(number: int, words: str) -> None:
    assert chinese(number) == words


def test_strict_and_renamed_main_part() -> None:
    strict = word(REPORT)
    with zipfile.ZipFile(io.BytesIO(strict)) as container:
        document = container.read("word/document.xml")
    document = document.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" '
        'Target="/doc/main.xml"/></Relationships>'
    )
    data = zipped({"_rels/.rels": relations, "doc/main.xml": document})
    assert paragraphs(docx.read("示例.docx", data)) == paragraphs(read(REPORT))


BOMB = '<!DOCTYPE w:document [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged_docx"),
        (b"PK\x03\x04 rubbish", "damaged_docx"),
        (word(REPORT)[:-40], "damaged_docx"),
        (OLE, "encrypted"),
        (zipped({"xl/workbook.xml": "<a/>"}), "damaged_docx"),
        (zipped({"word/document.xml": "<w:broken"}), "damaged_docx"),
        (zipped({"word/document.xml": BOMB + "<a>&b;</a>"}), "damaged_docx"),
        (zipped({"word/document.xml": OUTSIDE + "<a>&a;</a>"}), "damaged_docx"),
        (zipped({"word/document.xml": " " * 30_000_000}), "zip_limits"),
        (zipped({f"word/{number}.xml": "" for number in range(5001)}), "zip_limits"),
        (word(paragraph()), "empty"),
        (word(table(row(*(cell(str(n)) for n in range(MAX_CELLS + 1))))), "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_rejections(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected) as rejected:
        docx.read("示例.docx", data)
    assert rejected.value.reason == reason


def test_encrypted_member_is_refused() -> None:
    data = bytearray(word(REPORT))
    for start in (b"PK\x03\x04", b"PK\x01\x02"):
        at = 0
        while (at := data.find(start, at)) >= 0:
            data[at + (6 if start == b"PK\x03\x04" else 8)] |= 1
            at += 4
    with pytest.raises(Rejected) as rejected:
        docx.read("示例.docx", bytes(data))
    assert rejected.value.reason == "encrypted"


@given(st.data())
def test_damaged_files_never_crash(data: st.DataObject) -> None:
    survives(docx.read, word(REPORT, {"word/numbering.xml": NUMBERING}), data)


@given(st.data())
def test_damaged_markup_never_crashes(data: st.DataObject) -> None:
    def read_markup(source: str, markup: bytes) -> Document:
        return docx.read(source, zipped({"word/document.xml": markup}))

    with zipfile.ZipFile(io.BytesIO(word(REPORT))) as container:
        survives(read_markup, container.read("word/document.xml"), data)
