"""PDF files to Documents. Pages here are drawn by hand in ASCII; Chinese ones are golden cases and made-up reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.document import Document, Rejected
from etl.readers import pdf
from etl.readers.pdf_grid import Part, Placed
from etl.readers.pdf_table import Parts
from tests.fuzzing import survives
from tests.reader_files import assembled, at, line, paragraphs, printed_pdf, ruled, tables

XS: list[float] = [50, 150, 200, 250]
YS: list[float] = [700, 720, 740]
TEXTS = at(55, 725, "row a") + at(160, 725, "1") + at(210, 725, "2") + at(55, 705, "row b") + at(160, 705, "34")
GRID = ruled(XS, YS) + TEXTS


def read(content: str, turned: int = 0) -> Document:
    return pdf.read("示例.pdf", printed_pdf(content, turned=turned))


def test_ruled_table_between_lines() -> None:
    document = read(at(50, 780, "heading") + GRID + at(50, 600, "after"))
    assert paragraphs(document) == ["heading", "after"]
    assert tables(document) == [[["row a", "1", "2"], ["row b", "34", ""]]]
    table = document.blocks[1]
    assert not hasattr(table, "text")
    assert table.rows[1].places[1] == "page 1 row 2 column 2"
    assert document.blocks[2].place == "page 1 line 2"  # type: ignore[union-attr]


def test_merged_cells_stand_in_their_first_place() -> None:
    rules = (
        ruled([50, 250], [700, 740]) + line(150, 700, 150, 740) + line(150, 720, 250, 720) + line(200, 700, 200, 720)
    )
    content = rules + at(55, 718, "label") + at(160, 725, "head") + at(160, 705, "1") + at(210, 705, "2")
    assert tables(read(content)) == [[["label", "head", ""], ["", "1", "2"]]]


@pytest.mark.parametrize("missing", ["top", "bottom", "left", "right"])
def test_table_without_a_rule_at_one_side_is_whole(missing: str) -> None:
    keep_x = [x for x in XS if not (missing == "left" and x == XS[0]) and not (missing == "right" and x == XS[-1])]
    keep_y = [y for y in YS if not (missing == "bottom" and y == YS[0]) and not (missing == "top" and y == YS[-1])]
    rules = "".join(line(x, YS[0], x, YS[-1]) for x in keep_x) + "".join(line(XS[0], y, XS[-1], y) for y in keep_y)
    assert tables(read(rules + TEXTS)) == [[["row a", "1", "2"], ["row b", "34", ""]]]


def test_rules_drawn_as_bars_and_dots() -> None:
    bars = "".join(f"{x} {YS[0]} 0.5 {YS[-1] - YS[0]} re f\n" for x in XS)
    dots = "".join(f"{50 + 2 * step} {y} 1 1 re f\n" for y in YS for step in range(100))
    assert tables(read(bars + dots + TEXTS)) == [[["row a", "1", "2"], ["row b", "34", ""]]]


def test_a_frame_around_the_page_is_no_table() -> None:
    frame = ruled([20, 575], [20, 820])
    document = read(frame + at(50, 780, "heading") + GRID)
    assert paragraphs(document) == ["heading"]
    assert tables(document) == [[["row a", "1", "2"], ["row b", "34", ""]]]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_turned_page(turned: int) -> None:
    """The page is turned for the eye and its text is written so as to be upright then."""
    matrix = {90: "0 1 -1 0 842 0 cm", 180: "-1 0 0 -1 595 842 cm", 270: "0 -1 1 0 0 595 cm"}[turned]
    assert tables(read(f"{matrix}\n{GRID}", turned))[0] == [["row a", "1", "2"], ["row b", "34", ""]]


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        (at(160, 725, "1") + at(166, 725, "2"), "12"),
        (at(160, 725, "1") + at(170, 725, "2"), "1 2"),
        (at(160, 728, "1") + at(160, 721.5, "2", 5), "1\n2"),
        (at(160, 725, "12") + at(172, 729, "1", 6), "12 1"),
        (at(160, 725, "5") + at(160.3, 725, "5"), "5"),
        (at(160, 725, "5") + "BT /F1 10 Tf 0.7 0.7 -0.7 0.7 165 725 Tm (8) Tj ET\n", "5"),
        (at(160, 725, "5") + "BT 3 Tr /F1 10 Tf 166 725 Td (9) Tj ET\n", "5"),
    ],
    ids=["neighbours", "apart", "stacked", "raised", "printed twice", "watermark", "invisible"],
)
def test_cell_text(drawn: str, text: str) -> None:
    found = tables(read(ruled(XS, YS) + at(55, 725, "row a") + drawn + at(55, 705, "row b") + at(160, 705, "3")))
    assert found[0][0][1] == text


def test_number_too_long_for_its_cell_is_joined_again() -> None:
    narrow = ruled([50, 150, 180], YS) + at(55, 725, "row a") + at(153, 731, "1234") + at(153, 722, "56")
    assert tables(read(narrow + at(55, 705, "row b") + at(153, 705, "3")))[0][0][1] == "123456"


def test_number_that_reaches_over_its_rule_is_not_cut() -> None:
    narrow = ruled([50, 150, 180, 210], YS) + at(55, 725, "row a") + at(153, 725, "123456") + at(195, 725, "0")
    found = tables(read(narrow + at(55, 705, "row b") + at(160, 705, "3") + at(190, 705, "4")))
    assert found == [[["row a", "123456", "0"], ["row b", "3", "4"]]]


def test_frame_with_lines_only_between_rows_is_read_by_columns() -> None:
    content = ruled([40, 520], [650, 675, 695, 715])
    content += figures(700, "1234567", "row a") + figures(680, "1.3...7", "row b") + figures(660, "7654321", "row c")
    assert tables(read(content))[0][1] == ["row b", "1", "", "3", "", "", "", "7"]


def figures(y: float, numbers: str, label: str = "") -> str:
    """A row without rules: seven columns 40 points apart, a point for a blank."""
    text = at(50, y, label) if label else ""
    return text + "".join(at(220 + 40 * n, y, digit) for n, digit in enumerate(numbers) if digit != ".")


def test_rows_without_rules_keep_blanks_in_their_columns() -> None:
    content = figures(700, "1234567", "row a") + figures(680, "1.3...7", "row b") + figures(660, "7654321", "row c")
    document = read(content)
    assert tables(document) == [
        [
            ["row a", "1", "2", "3", "4", "5", "6", "7"],
            ["row b", "1", "", "3", "", "", "", "7"],
            ["row c", "7", "6", "5", "4", "3", "2", "1"],
        ]
    ]
    assert not document.blocks[0].exact  # type: ignore[union-attr]


def test_broken_number_without_rules_is_never_half_a_number() -> None:
    rows = figures(700, "1234567", "row a") + figures(660, "123456.", "row b") + figures(620, "1234567", "row c")
    content = rows + at(460, 665, "2") + at(460, 655, "8")
    assert tables(read(content))[0][1] == ["row b", "1", "2", "3", "4", "5", "6", "2\n8"]


def test_halves_of_a_number_join_the_row_between_them_not_the_full_one_above() -> None:
    rows = figures(675, "1234567", "row a") + figures(660, "123456.", "row b") + figures(620, "1234567", "row c")
    content = rows + at(460, 665, "2") + at(460, 655, "8")
    assert [row[-1] for row in tables(read(content))[0]] == ["7", "2\n8", "7"]


def test_halves_of_a_number_leave_the_label_that_shares_their_line() -> None:
    rows = figures(700, "1234567", "row a") + figures(660, "123456.", "row b") + figures(620, "1234567", "row c")
    document = read(rows + at(20, 666, "group") + at(460, 666, "2") + at(20, 654, "name") + at(460, 654, "8"))
    assert [row for table in tables(document) for row in table][1] == ["row b", "1", "2", "3", "4", "5", "6", "2\n8"]
    assert [text for text in paragraphs(document) if text in ("group", "name")] == ["group", "name"]


def test_lines_become_paragraphs_by_margin_and_indent() -> None:
    full = "word " * 16
    content = at(70, 780, full[:-6]) + at(50, 765, full) + at(50, 750, "the end.") + at(70, 735, "Another one.")
    assert paragraphs(read(content)) == [f"{full[:-6]} {full.strip()} the end.", "Another one."]


def test_page_numbers_and_running_heads_go() -> None:
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R/Resources<</Font<</F1 6 0 R>>>>>>"
    contents = [
        at(50, 810, "Head") + at(50, 600, f"text {word}") + at(290, 30, f"- {n} -") for n, word in enumerate("ab")
    ]
    streams = [f"<</Length {len(content)}>>\nstream\n{content}\nendstream" for content in contents]
    font = "<</Type/Font/Subtype/Type1/BaseFont/Courier>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        page.format(5),
        page.format(7),
    ]
    document = pdf.read("示例.pdf", assembled([*objects, streams[0], font, streams[1]]))
    assert paragraphs(document) == ["Head", "text a", "text b"]


def part(*rows: list[Placed], open_top: bool = False, open_bottom: bool = False) -> Part:
    return Part(list(rows), 50, 250, 100, 200, open_top, open_bottom)


def joined(first: Part, second: Part) -> list[list[str]]:
    parts = Parts()
    parts.add(1, 1, first)
    assert parts.goes_on(2, second)
    parts.add(2, 1, second)
    return parts.placed().rows


def test_rows_after_a_page_break_are_rows() -> None:
    first = part([Placed(50, 150, "甲"), Placed(150, 250, "1")])
    second = part([Placed(50, 150, "乙"), Placed(150, 250, "2")], open_top=True)
    assert joined(first, second) == [["甲", "1"], ["乙", "2"]]


def test_row_cut_by_a_page_break_is_made_whole() -> None:
    first = part([Placed(50, 150, "1.很长的", full=True), Placed(150, 250, "5")])
    assert joined(first, part([Placed(50, 150, "标签"), Placed(150, 250, "")])) == [["1.很长的\n标签", "5"]]
    first = part([Placed(50, 150, "很长的"), Placed(150, 250, "")], open_bottom=True)
    assert joined(first, part([Placed(50, 150, "标签"), Placed(150, 250, "5")], open_top=True)) == [
        ["很长的\n标签", "5"]
    ]


def test_numbers_cut_by_a_page_break_are_not_halves_under_one_label() -> None:
    first = part([Placed(50, 150, "甲"), Placed(150, 250, "10")], open_bottom=True)
    assert joined(first, part([Placed(50, 150, ""), Placed(150, 250, "25")], open_top=True)) == [["甲", "10\n25"]]
    labelled = part([Placed(50, 150, "乙"), Placed(150, 250, "25")], open_top=True)
    assert joined(first, labelled) == [["甲", "10"], ["乙", "25"]]


def test_blank_row_after_a_page_break_stays_a_row() -> None:
    first = part([Placed(50, 150, "行政甲"), Placed(150, 250, "5")])
    assert joined(first, part([Placed(50, 150, "行政乙"), Placed(150, 250, "")])) == [["行政甲", "5"], ["行政乙", ""]]
    first = part([Placed(50, 150, "1.很长的", full=True), Placed(150, 250, "5")])
    assert joined(first, part([Placed(50, 150, "2.标签"), Placed(150, 250, "")])) == [["1.很长的", "5"], ["2.标签", ""]]


def picture(text: str) -> bytes:
    content = f"q 595 0 0 842 0 0 cm /Im Do Q {text}"
    kind = "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    image = f"<<{kind}/Length 1>>\nstream\n0\nendstream"
    page = (
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</XObject<</Im 5 0 R>>/Font<</F1 6 0 R>>>>>>"
    )
    stream = f"<</Length {len(content)}>>\nstream\n{content}\nendstream"
    font = "<</Type/Font/Subtype/Type1/BaseFont/Courier>>"
    return assembled(
        ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream, image, font]
    )


def many_pages() -> bytes:
    kids = " ".join(["3 0 R"] * (pdf.MAX_PAGES + 1))
    return assembled(
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            f"<</Type/Pages/Kids[{kids}]/Count {pdf.MAX_PAGES + 1}>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]>>",
        ]
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "damaged_pdf"),
        (b"%PDF-1.7 rubbish", "damaged_pdf"),
        (printed_pdf(" "), "empty"),
        (picture(""), "scanned_pdf"),
        (picture("BT 3 Tr /F1 10 Tf 50 700 Td (guessed from the picture behind) Tj ET"), "scanned_pdf"),
        (many_pages(), "too_many_pages"),
    ],
    ids=["nothing", "rubbish", "blank", "scan", "scan with guessed text", "many pages"],
)
def test_rejections(data: bytes, reason: str) -> None:
    with pytest.raises(Rejected) as rejected:
        pdf.read("示例.pdf", data)
    assert rejected.value.reason == reason


@given(st.data())
def test_damaged_files_never_crash(data: st.DataObject) -> None:
    survives(pdf.read, printed_pdf(at(50, 780, "heading") + GRID), data)
