"""Words of the problem statements: jieba with the words of this field, without those that say nothing.

rjieba (extra `fast`) takes jieba's place where it is installed: it gives the same words in a thirtieth of the time.
"""

from __future__ import annotations

import logging
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from etl.paths import LEXICON

FASTER = "rjieba"
_RARE = re.compile("[a-zA-Z+#&._%-]|[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00010000-\U0010ffff]")
"""Latin words with their marks and rare ideographs: the two do not part them alike."""

Cut = Callable[[str], list[str]]


def terms(problems: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Each word of a report's problem statements once, with how often it stands there; most frequent first."""
    stop = stop_words()
    counts = Counter(
        [
            word
            for problem in problems
            for word in words(problem)
            if len(word) > 1 and word not in stop and word.isalpha()
        ]
    )
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


@lru_cache(maxsize=64)
def words(text: str) -> tuple[str, ...]:
    """Every word and mark of a text in order, lines joined. Kept for a while: words and phrases need the same."""
    return tuple(_cut()("".join(text.split())))


@cache
def stop_words() -> frozenset[str]:
    """The words of `data/lexicon/stopwords.txt`."""
    return frozenset(word for line in _lines("stopwords.txt") for word in line.split())


@cache
def _cut() -> Cut:
    return cut_by_rjieba() if find_spec(FASTER) else cut_by_jieba()


@cache
def cut_by_jieba() -> Cut:
    """Cuts a text into words and marks by jieba, which this imports and whose dictionary it loads: both take time."""
    jieba = import_module("jieba")
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.cache_file = "jieba.cache"
    with _cache_folder() as folder:
        tokenizer.tmp_dir = str(folder)
        tokenizer.initialize()
    for word, frequency in _dictionary():
        tokenizer.add_word(word, frequency)
    cut: Cut = tokenizer.lcut
    return cut


def cut_by_rjieba() -> Cut:
    """The same by rjieba, rare signs still by jieba. ModuleNotFoundError where it is not installed."""
    rjieba = import_module(FASTER)  # its own tokenizer: another one would take as long again to make
    for word, frequency in _dictionary():
        rjieba.add_word(word, frequency, "n")

    def cut(text: str) -> list[str]:
        found: list[str] = cut_by_jieba()(text) if _RARE.search(text) else rjieba.cut(text)
        return found

    return cut


def _dictionary() -> Iterator[tuple[str, int]]:
    for line in _lines("dictionary.txt"):
        word, frequency = line.split()
        yield word, int(frequency)


@contextmanager
def _cache_folder() -> Iterator[Path]:
    """A folder of the user's own: jieba's default is a predictable name in the folder that all users share.

    A service's user may have no home, or one it may not write to: then one that is removed again.
    """
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nianbao"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (OSError, RuntimeError):
        with TemporaryDirectory(prefix="nianbao-") as passing:
            yield Path(passing)
    else:
        yield folder


def _lines(name: str) -> list[str]:
    lines = (LEXICON / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
