"""Web pages to Documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.document import Document, Paragraph, Rejected
from etl.readers import html
from etl.readers.flow import MAX_CELLS
from etl.readers.grid import MAX_COLUMNS
from tests.fuzzing import survives
from tests.reader_files import paragraphs, tables

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>示例县公开报告_示例网</title>
<meta name="ArticleTitle" content="示例县2023年报告"><meta name="PubDate" content="2024-01-20">
<meta name="keywords" content="不要"></head><body><div class="nav"><a href="/">首页</a></div><div id="main">
<p>一、总体情况</p><p>全年公开<b>12</b>条，
答复3件。</p><table><tr><th>内容</th><th colspan="2">件数</th></tr><tr><td>规章</td><td>0</td><td>&nbsp;</td></tr>
</table></div><div class="footer">主办单位</div><script>var a = '<p>9</p>';</script></body></html>"""


def read(markup: str) -> Document:
    return html.read("示例.html", f"<body><p>开头</p>{markup}".encode())


def only_table(rows: str) -> list[list[str]]:
    (found,) = tables(read(f"<table>{rows}</table>"))
    return found


def test_page_keeps_title_text_and_tables_in_order() -> None:
    document = html.read("示例.html", PAGE.encode())
    assert [block.text for block in document.blocks[:5] if isinstance(block, Paragraph)] == [
        "示例县公开报告_示例网",
        "示例县2023年报告",
        "2024-01-20",
        "一、总体情况",
        "全年公开12条，答复3件。",
    ]
    assert tables(document) == [[["内容", "件数", ""], ["规章", "0", ""]]]
    assert len(document.blocks) == 6


def test_places_tell_where() -> None:
    document = html.read("示例.html", PAGE.encode())
    assert [block.place for block in document.blocks[:4] if isinstance(block, Paragraph)] == [
        "title",
        "meta ArticleTitle",
        "meta PubDate",
        "paragraph 4",
    ]
    table = document.blocks[5]
    assert not isinstance(table, Paragraph)
    assert table.rows[1].places[1] == "table 1 row 2 column 2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312", "iso-8859-1", ""])
def test_encoding_is_told_by_the_bytes(encoding: str, declared: str) -> None:
    page = PAGE.replace('<meta charset="utf-8">', f'<meta charset="{declared}">' if declared else "")
    assert "一、总体情况" in paragraphs(html.read("示例.html", page.encode(encoding)))


def test_declared_big5_is_believed_when_the_bytes_allow() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>政府資訊公開年度報告</p>'
    assert paragraphs(html.read("示例.html", page.encode("big5"))) == ["政府资讯公开年度报告"]


def test_a_damaged_byte_loses_one_character() -> None:
    data = PAGE.replace("答复3件", "答复#件" + "示例文字" * 30).encode().replace(b"#", b"\xe4")
    assert "答复\ufffd件" in paragraphs(html.read("示例.html", data))[4]


def test_spans_are_laid_out_once() -> None:
    rows = """<tr><td rowspan="2">甲</td><td colspan="2">乙</td></tr><tr><td>1</td><td rowspan="0">2</td></tr>
    <tr><td>丙</td><td>3</td></tr>"""
    assert only_table(rows) == [["甲", "乙", ""], ["", "1", "2"], ["丙", "3", ""]]


def test_rows_whose_table_is_lost_are_paragraphs() -> None:
    rows = "<tr><td>甲</td><td/><td>1</td></tr>\n<tr><th>乙</th></tr><tr></tr><tr><td><p>丙</p><p>2</p></td></tr>丁"
    assert paragraphs(html.read("示例.html", rows.encode())) == ["甲", "1", "乙", "丙", "2", "丁"]


def test_cells_that_are_not_there_are_no_blanks() -> None:
    assert only_table("<tr><td>甲<td>1<tr><td>乙<td>2<td>") == [["甲", "1"], ["乙", "2", ""]]
    assert only_table("<tr><td>甲<td rowspan=2>1<tr><td>乙") == [["甲", "1"], ["乙", ""]]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<span>2</span><span>0</span>", "20"),
        ("<p><span lang=EN-US>1<o:p></o:p></span></p>", "1"),
        ("12<br>34", "12\n34"),
        ("<p>12</p><p>34</p>", "12\n34"),
        ("<span>2</span> <span>0</span>", "2 0"),
        ("12<sup>1</sup>", "12^1"),
        ("<s>12</s>15", "15"),
        ("<span style='text-decoration: line-through'>12</span>15", "15"),
        ("<span style='display: none'>9</span>1", "1"),
        ("<span hidden>9</span>1", "1"),
        ("<p>自</p><p>然</p><p>人</p>", "自然人"),
        ("<p>商业</p><p>企业</p>", "商业\n企业"),
        ("&nbsp;", ""),
        ("&#12032;&#8203;", "一"),
        ("<table><tr><td>7</td></tr></table>", "7"),
        ("<!--[if gte mso 9]><xml>5</xml><![endif]-->3", "3"),
        ("<![if !supportLists]>一、<![endif]>受理", "一、受理"),
    ],
)
def test_cell_text(inside: str, text: str) -> None:
    assert only_table(f"<tr><td>甲</td><td>{inside}</td></tr><tr><td>乙</td><td>1</td></tr>")[0][1] == text


def test_hidden_cells_leave_no_place() -> None:
    rows = '<tr><td>甲</td><td style="display:none">8</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>'
    assert only_table(rows) == [["甲", "1"], ["乙", "2"]]


def test_style_sheet_hides_by_class_and_id() -> None:
    sheet = "<style>.off, #gone {display:none} p.x > b {display:none}</style>"
    markup = f"{sheet}<p class='a off'>不见</p><p id=gone>也不见</p><p class=x><b>可见</b></p>"
    assert paragraphs(html.read("示例.html", f"<html><head>{sheet}</head><body>{markup}".encode())) == ["可见"]


def test_layout_table_is_unwrapped() -> None:
    markup = f"""<table><tr><td><p>{"正文" * 200}</p><table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>
    </table><p>结尾</p></td></tr></table>"""
    document = read(markup)
    assert paragraphs(document) == ["开头", "正文" * 200, "结尾"]
    assert tables(document) == [[["甲", "1"], ["乙", "2"]]]


def test_data_rows_around_a_nested_table_stay_rows() -> None:
    inner = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    markup = f"<table><tr><td>丙</td><td>3</td></tr><tr><td>丁</td><td>4</td></tr><tr><td>{inner}</td></tr></table>"
    assert tables(read(markup)) == [[["丙", "3"], ["丁", "4"]], [["甲", "1"], ["乙", "2"]]]


def test_caption_and_loose_text_are_kept() -> None:
    document = read("<table><caption>表一</caption><tr><td>甲</td><td>1</td></tr></table>")
    assert paragraphs(document) == ["开头", "表一"]


def test_navigation_goes_unless_it_holds_the_report() -> None:
    assert "首页" not in " ".join(paragraphs(html.read("示例.html", PAGE.encode())))
    report = f'<body><div class="nav"><p>{"示例正文" * 20}</p></div>'
    assert paragraphs(html.read("示例.html", report.encode())) == ["示例正文" * 20]


def test_preformatted_lines_stay_lines() -> None:
    assert paragraphs(read("<pre>第一行\n第二行\t5\n</pre>")) == ["开头", "第一行", "第二行\t5"]


def test_text_with_tables_in_markup_keeps_its_lines() -> None:
    data = "# 示例报告\n\n一、情况\n<table>\n<tr><td>甲</td><td>1</td></tr>\n</table>\n二、其他\n".encode()
    document = html.read("示例.md", data)
    assert paragraphs(document) == ["# 示例报告", "一、情况", "二、其他"]
    assert tables(document) == [[["甲", "1"]]]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"<p> &nbsp; </p>", "empty"),
        (b"\xff\x80\x01" * 50, "not_text"),
        (b"<div>" * 5000 + b"x", "too_deep"),
        (b"<table><tr>" + b"<td>1" * (MAX_CELLS + 1), "too_large"),
    ],
)
def test_rejections(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected) as rejected:
        html.read("示例.html", data)
    assert rejected.value.reason == reason


def test_declared_entities_stay_unexpanded() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><p>好&b;</p>'
    assert "aaaa" not in " ".join(paragraphs(html.read("示例.html", bomb.encode())))


def test_huge_spans_are_cut() -> None:
    rows = only_table('<tr><td rowspan="99999" colspan="99999">甲</td><td>1</td></tr><tr><td>2</td></tr>')
    assert len(rows) == 2
    assert len(rows[0]) <= MAX_COLUMNS


@given(st.data())
def test_damaged_pages_never_crash(data: st.DataObject) -> None:
    survives(html.read, PAGE.encode(), data)


@given(
    st.lists(
        st.sampled_from(
            ["甲", "12", " ", "\n", "&lt;p&gt;", "&amp;amp;", "&nbsp;", "<br>", "<p>乙</p>", "<div>丙</div>", "&#12;"]
        )
    ),
    st.sampled_from(["", ' colspan="2"', ' rowspan=" 2"', ' title="a>b&lt;"', " <p", " <td", ' colspan="x"']),
)
def test_a_row_reads_the_same_as_one_piece_and_tag_by_tag(pieces: list[str], attributes: str) -> None:
    content = "".join(pieces)
    rows = "<tr><td{0}>{1}{2}</td><td>3</td></tr><tr><td>丁</td><td>4</td></tr>"
    in_one = tables(read(f"<table>{rows.format(attributes, content, '')}</table>"))
    assert in_one == tables(read(f"<table>{rows.format(attributes, content, '<img src=x>')}</table>"))


@pytest.mark.parametrize(
    "markup", ["<p style<p title=a>甲</p>", "<p>甲<p<br>乙", "<p>甲&#1;乙&#12;</p>", "<p>&lt;p&gt;甲</p>"]
)
def test_odd_markup_loses_no_text(markup: str) -> None:
    assert "甲" in "".join(paragraphs(read(markup)))
    assert "title" not in "".join(paragraphs(read(markup)))
