"""Similarity of prose and the search for reused text: exact where it counts, never all pairs."""

from __future__ import annotations

import re
import time
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.words import reuse
from etl.words.reuse import Prose, Year, against_last_year, candidates, within_year
from etl.words.shingles import BINS, SHINGLE, Hashes, narrative, shingles, signatures
from etl.words.similarity import Shelf, only_the_year_changed, shared_parts, similarity

_LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 2000)]


def _prose(rng: Random, length: int = 300) -> str:
    return "".join(rng.choice(_LETTERS) for _ in range(length))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年，收到申请12件。", "年收到申请件"),
        ("２０２３年 收到１,２３４件", "年收到件"),
        ("二〇二三年度\n报告", "年度报告"),
        ("一二三四五", "一二三四五"),
        ("", ""),
    ],
)
def test_narrative_keeps_letters_only(text: str, expected: str) -> None:
    assert narrative(text) == expected


def test_same_prose_with_other_figures_is_the_same() -> None:
    body = _prose(Random(1))
    assert similarity(f"2022年{body}，共12件。", f"2023年 {body}共1,345件") == 1.0


def test_strangers_share_nothing() -> None:
    rng = Random(2)
    assert similarity(_prose(rng), _prose(rng)) == 0.0


def test_half_shared_is_about_a_half() -> None:
    rng = Random(3)
    common = _prose(rng)
    share = similarity(common + _prose(rng), common + _prose(rng))
    assert share is not None and 0.49 < share < 0.51


def test_one_changed_letter_costs_one_letter() -> None:
    body = _prose(Random(4), 100)
    changed = f"{body[:50]}甪{body[51:]}"
    assert similarity(body, changed) == pytest.approx(0.99)


def test_too_short_says_nothing() -> None:
    assert similarity("本年度没有其他需要报告的事项。", "本年度没有其他需要报告的事项。") is None
    with pytest.raises(ValueError, match="no similarity"):
        Shelf().overlap(*shingles(["短", "短"]))
    with pytest.raises(ValueError, match="no signature"):
        signatures(shingles(["短"]))


@pytest.mark.parametrize(
    ("text", "other", "same"),
    [
        ("2022年共收到3件", "2023年共收到3件", True),
        ("二〇二二年共收到3件", "二○二三年 共收到3件", True),
        ("２０２２年共收到3件", "2023年\n共收到3件", True),
        ("2022年共收到3件", "2023年共收到4件", False),
        ("2022年公开渠道少", "2023年公开渠道多", False),
        ("办理12022件", "办理12023件", False),
    ],
)
def test_only_the_year_changed(text: str, other: str, same: bool) -> None:
    assert only_the_year_changed(text, other) is same


def test_shared_parts_are_the_shared_letters() -> None:
    rng = Random(5)
    first, second, common = _prose(rng, 40), _prose(rng, 30), _prose(rng, 60)
    text, other = f"{first}{common[:30]}，{common[30:]}。", f"{common[:30]}12{common[30:]}{second}"
    left, right = shared_parts(text, other)
    assert [text[start:end] for start, end in left] == [f"{common[:30]}，{common[30:]}"]
    assert [other[start:end] for start, end in right] == [common[:30], common[30:]]


_TEXTS = st.text(alphabet="公开渠道单一，。 12年二〇", max_size=80)


@given(_TEXTS, _TEXTS)
def test_marked_letters_are_what_the_similarity_counts(text: str, other: str) -> None:
    letters = narrative(text), narrative(other)
    spans = shared_parts(text, other)
    if min(map(len, letters)) < SHINGLE:
        assert spans == ((), ())
        return
    marked = [text[start:end] for start, end in spans[0]] + [other[start:end] for start, end in spans[1]]
    count = sum(len(re.findall(r"[^\W\d_]", part)) for part in marked)
    assert count == pytest.approx(Shelf().overlap(*shingles([text, other])) * sum(map(len, letters)))


def test_marking_ten_thousand_letters_is_quick() -> None:
    rng = Random(6)
    text = _prose(rng, 10_000)
    other = text[:4000] + _prose(rng, 1000) + text[5000:]
    best = min(_seconds(text, other) for _ in range(3))
    assert best < 0.05


def _seconds(text: str, other: str) -> float:
    start = time.process_time()
    shared_parts(text, other)
    return time.process_time() - start


def test_signature_estimates_the_overlap() -> None:
    rng = Random(7)
    common = _prose(rng, 1000)
    one, other = shingles([common + _prose(rng, 500), common + _prose(rng, 500)])
    exact = len(np.intersect1d(one, other)) / len(np.union1d(one, other))
    first, second = signatures([one, other])
    assert first.shape == (BINS,)
    assert (first == second).mean() == pytest.approx(exact, abs=0.15)


@given(st.lists(_TEXTS, max_size=5))
def test_shingles_of_many_are_those_of_each(texts: list[str]) -> None:
    found = shingles(texts)
    assert [len(one) for one in found] == [max(0, len(narrative(text)) - SHINGLE + 1) for text in texts]
    for text, one in zip(texts, found, strict=True):
        assert one.tolist() == shingles([text])[0].tolist()


def test_a_signature_has_the_least_of_each_range_or_of_the_next_that_is_not_empty() -> None:
    hashes = np.array([5 << 57, (5 << 57) + 2**30, 90 << 57], dtype=np.uint64)
    least = [5 << 57] * 6 + [90 << 57] * 85 + [5 << 57] * 37
    assert signatures([hashes])[0].tolist() == [(value >> 25) % 2**32 for value in least]


def _one_by_one(one: Hashes, other: Hashes) -> float:
    """The overlap as it is defined: letter by letter."""
    count = 0
    for here, there in ((one, other), (other, one)):
        hits = [at for at, value in enumerate(here.tolist()) if value in set(there.tolist())]
        count += len({at + letter for at in hits for letter in range(SHINGLE)})
    return count / (len(one) + len(other) + 2 * (SHINGLE - 1))


_HASHES = st.lists(st.sampled_from([1, 2, 3, 2**44, 2**63, 2**63 + 1, 2**64 - 1]), min_size=1, max_size=12)


@given(st.lists(st.tuples(_HASHES, _HASHES), min_size=1, max_size=4))
def test_overlap_of_shingles_that_begin_with_the_same_bits(pairs: list[tuple[list[int], list[int]]]) -> None:
    shelf = Shelf()
    for pair in pairs:
        one, other = (np.array(hashes, dtype=np.uint64) for hashes in pair)
        assert shelf.overlap(one, other) == _one_by_one(one, other)


def _year(year: int, texts: list[str]) -> Year:
    return Year(Prose(f"{year}-{number}", f"示例机关{number}", year, text) for number, text in enumerate(texts))


def test_last_year_is_the_same_agency() -> None:
    rng = Random(8)
    own, other = _prose(rng), _prose(rng)
    before = _year(2022, [f"2022年{own}", other])
    now = _year(2023, [f"2023年{own}", other[:200] + _prose(rng, 100), _prose(rng)])
    rows = {row.report: row for row in against_last_year(now, before)}
    assert set(rows) == {"2023-0", "2023-1"}
    assert (rows["2023-0"].other, rows["2023-0"].similarity, rows["2023-0"].only_year) == ("2022-0", 1.0, True)
    assert rows["2023-1"].similarity == pytest.approx(2 / 3, abs=0.02) and not rows["2023-1"].only_year


def test_same_words_with_other_figures_are_not_only_the_year() -> None:
    body = _prose(Random(9))
    before, now = _year(2022, [f"2022年{body}共3件"]), _year(2023, [f"2023年{body}共4件"])
    assert [(row.similarity, row.only_year) for row in against_last_year(now, before)] == [(1.0, False)]


def test_nearest_of_the_year() -> None:
    rng = Random(8)
    copied = _prose(rng)
    proses = _year(2023, [_prose(rng), copied + _prose(rng, 100), copied + _prose(rng, 100)])
    rows = {row.report: row for row in within_year(proses)}
    assert (rows["2023-1"].other, rows["2023-2"].other) == ("2023-2", "2023-1")
    assert rows["2023-1"].similarity == pytest.approx(0.75, abs=0.02)


def test_an_agency_is_not_its_own_boilerplate() -> None:
    body = _prose(Random(10))
    assert list(within_year(Year(Prose(str(number), "示例机关", 2023, body) for number in (1, 2)))) == []


def test_short_and_empty_texts_have_no_rows() -> None:
    proses = _year(2023, ["", "很短", _prose(Random(11))])
    assert [
        *within_year(proses),
        *within_year(Year([])),
        *against_last_year(proses, Year([])),
        *against_last_year(Year([]), proses),
    ] == []


def test_nearest_is_found_among_many_without_all_pairs() -> None:
    rng = Random(12)
    templates = [[_prose(rng, 25) for _ in range(20)] for _ in range(30)]
    texts = [
        "".join(part if rng.random() < 0.6 else _prose(rng, 25) for part in rng.choice(templates)) for _ in range(600)
    ]
    found = {row.report: row.similarity for row in within_year(_year(2023, texts))}
    known, shelf = shingles(texts), Shelf()
    for number in range(0, 600, 30):
        best = max(shelf.overlap(known[number], other) for index, other in enumerate(known) if index != number)
        assert found[f"2023-{number}"] >= best - 0.06
    assert len(candidates(signatures(known))) < 600 * 599 / 2 / 5


def _kept_or_new(rng: Random, part: str) -> str:
    return part if rng.random() < 0.6 else _prose(rng, len(part))


def test_reports_whose_shingles_are_not_held_are_compared_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = Random(14)
    common = _prose(rng, 100)
    texts = [common[:size] + _prose(rng, 50) for size in range(0, 100, 5)]
    expected = list(within_year(_year(2023, texts)))
    monkeypatch.setattr(reuse, "_HELD", 10)
    assert list(within_year(_year(2023, texts))) == expected != []


def test_one_template_for_all_stays_bounded() -> None:
    same = np.repeat(signatures(shingles([_prose(Random(13))])), 3000, axis=0)
    assert len(candidates(same)) < 3000 * 10
