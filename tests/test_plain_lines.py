"""The plain text of a document: made plain as a whole, it is what each line and cell made plain is."""

from __future__ import annotations

import re
import sys

from hypothesis import given
from hypothesis import strategies as st

from etl.document import Document, Paragraph, Row, Table
from etl.identity.dates import plain
from etl.identity.lexicon import lexicon
from etl.identity.plain_lines import plain_text
from tests.identified import document

_TEXT = st.text(
    st.one_of(
        st.sampled_from("二〇O年月日十廿2012\t\n　，Ａ\u0301\u2028\x85e"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=12,
)


@given(st.lists(st.one_of(_TEXT, st.lists(_TEXT, min_size=1, max_size=3)), max_size=6))
def test_the_whole_is_made_plain_as_its_parts_are(blocks: list[str | list[str]]) -> None:
    made = tuple(
        Paragraph(one, str(number))
        if isinstance(one, str)
        else Table((Row(tuple(one), (str(number),) * len(one)),), exact=False)
        for number, one in enumerate(blocks)
    )
    printed = ["\t".join([one] if isinstance(one, str) else one).split("\t") for one in blocks]
    expected = [("\t".join(map(plain, cells)).strip("\t"), str(number)) for number, cells in enumerate(printed)]
    text = plain_text(Document("x.txt", made, "made by hand"))
    assert list(zip(text.texts, text.places, strict=True)) == [one for one in expected if one[0]]
    assert text.body == "\n".join(text.texts)


def test_no_white_space_is_left() -> None:
    blanks = "".join(filter(str.isspace, map(chr, range(sys.maxunicode))))
    text = plain_text(Document("x.txt", (Paragraph(f"甲{blanks}乙", "line 1"),), "made by hand"))
    assert text.body == "甲\t乙"


def test_the_lines_that_a_match_touches_are_told_once() -> None:
    text = plain_text(document("甲乙\n乙\n丙\n丁甲乙乙"))
    assert [line.text for line in text.touched(re.compile("乙|丙\n丁"))] == ["甲乙", "乙", "丙", "丁甲乙乙"]
    assert [line.place for line in text.holding(["丙", "甲"])] == ["line 1", "line 3", "line 4"]
    assert text.line_at(text.body.index("丙")).place == "line 3"


@given(
    st.lists(
        st.sampled_from(["政府", "政务", "信息", "公开", "工作", "2023年度", "的", "情况", "年度", "报告", "人民"])
    )
)
def test_a_title_is_found_by_its_quicker_patterns(words: list[str]) -> None:
    text = "".join(words)
    quicker = [pattern.search(text) for pattern in lexicon().lists["title_words"]]
    assert bool(lexicon().pattern("title").search(text)) == any(quicker)


def test_the_look_for_lines_of_labels_passes_over_none_of_the_labels() -> None:
    labels = [lexicon().words[key] for key in ("label_agency", "label_published", "breadcrumb")]
    assert not [label for label in "|".join(labels).split("|") if not lexicon().pattern("metadata").search(label)]
