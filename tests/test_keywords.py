"""Keywords: words of the field stay whole, words that say nothing go, each word stands once with its count."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

import pytest
import yaml

from etl.paths import DATA, LEXICON, PROJECT
from etl.readers import read
from etl.words.keywords import FASTER, cut_by_jieba, cut_by_rjieba, stop_words, terms


def test_words_of_the_field_stay_whole() -> None:
    found = dict(terms(["依申请公开的答复质量不高，政策解读形式单一，信访举报投诉类较多。"]))
    assert {"依申请公开", "答复质量", "政策解读", "信访举报投诉"} <= set(found)


def test_a_word_stands_once_with_its_count_over_all_statements() -> None:
    found = terms(["栏目更新慢，栏目内容少。", "栏目没有人管。"])
    assert dict(found)["栏目"] == 3
    assert len(found) == len({word for word, _ in found})


def test_what_says_nothing_is_left_out() -> None:
    found = {word for word, _ in terms(["我镇政府信息公开工作还存在一些不足，2023年第3季度，a，的。"])}
    assert not found & {"不足", "政府信息公开", "工作", "存在", "2023", "3", "的"}


def test_no_statement_gives_no_word() -> None:
    assert terms([]) == ()


@pytest.mark.parametrize("name", ["dictionary.txt", "stopwords.txt"])
def test_no_word_is_listed_twice(name: str) -> None:
    lines = [line for line in (LEXICON / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    words = [line.split()[0] for line in lines if line] if name == "dictionary.txt" else " ".join(lines).split()
    assert sorted(set(words)) == sorted(words)


def test_a_stop_word_can_be_reached_by_the_tokenizer() -> None:
    assert "政务公开" in stop_words() and terms(["政务公开"]) == ()


@pytest.mark.skipif(importlib.util.find_spec(FASTER) is None, reason="needs the extra: pip install nianbao[fast]")
def test_rjieba_gives_the_words_that_jieba_gives() -> None:
    texts = [*_sentences(), "2023年共受理12件，占3.5%；ABC（第二季度）", "", "镇", "𠀀𠮷野家", "㐀村", "鿖镇"]
    one, other = cut_by_jieba(), cut_by_rjieba()
    assert [other(text) for text in texts] == [one(text) for text in texts]


def _sentences() -> list[str]:
    """Every line of the shipped sample, and the definitions of the themes."""
    themes = yaml.safe_load((DATA / "themes.yml").read_text(encoding="utf-8"))["themes"]
    files = sorted((DATA / "reports").rglob("*.txt"))
    lines = [text for path in files for text in read(path, path.read_bytes()).texts]
    assert len(lines) > 100
    return ["".join(line.split()) for line in (*lines, *(theme["definition_zh"] for theme in themes))]


_TEXT = "依申请公开的答复质量不高。"
_CUTS = f"from etl.words.keywords import cut_by_jieba; print(*cut_by_jieba()({_TEXT!r}))"


def test_a_user_without_a_home_of_its_own_gets_the_same_words() -> None:
    """A service's user: nothing may be kept between runs, and nothing is refused for that."""
    outside = {key: value for key, value in os.environ.items() if key != "XDG_CACHE_HOME"}
    ended = subprocess.run(
        [sys.executable, "-c", _CUTS],
        env=outside | {"HOME": os.devnull, "PYTHONIOENCODING": "utf-8"},
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.stdout.split() == cut_by_jieba()(_TEXT)
    assert ended.stderr == ""
