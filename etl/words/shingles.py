"""The shingles of a report's prose, by which texts are compared, and signatures, which tell which ones may be alike.

A shingle is a run of five letters of the `narrative`, which is the text without figures, years and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

SHINGLE = 5
BINS = 128

Hashes = NDArray[np.uint64]
"""A number for each letter of a narrative at which a shingle begins; none where it is shorter than a shingle."""
Signatures = NDArray[np.uint32]

YEAR_IN_WORDS = re.compile("[一二][〇○零九Oo0][〇○零一二三四五六七八九Oo0]{2}(?=年)")
LETTERS = re.compile(r"[^\W\d_]+")
_CODES = 0x110000
_BASE = np.uint64(0x9E3779B97F4A7C15)
_GREATEST = np.uint64(2**64 - 1)
_BELOW_BIN = np.uint64(64 - BINS.bit_length() + 1)


def narrative(text: str) -> str:
    """The letters of a text: without figures, years in words, punctuation and white space."""
    return "".join(LETTERS.findall(YEAR_IN_WORDS.sub("", text)))


def letters(found: Hashes) -> int:
    """How many letters the narrative of these shingles has; 0 where it is shorter than a shingle."""
    return len(found) + SHINGLE - 1 if len(found) else 0


def shingles(texts: Sequence[str]) -> list[Hashes]:
    """The shingles of each text's narrative, made in one pass over the letters of all."""
    kept = [YEAR_IN_WORDS.sub("", text) for text in texts]
    codes = np.frombuffer("".join(kept).encode("utf-32-le"), dtype=np.uint32)
    is_letter = _are_letters(codes)
    letters_before = np.concatenate(([0], np.cumsum(is_letter)))
    ends = letters_before[np.cumsum([0, *map(len, kept)])].tolist()
    hashes = _hashes(codes[is_letter])
    return [hashes[start : max(start, end - SHINGLE + 1)] for start, end in pairwise(ends)]


def signatures(found: Sequence[Hashes]) -> Signatures:
    """One-permutation MinHash: the least hash in each of 128 ranges, an empty range takes the next one's.

    Shape (n, 128). The share of equal values estimates the Jaccard overlap of two texts' shingles. ValueError where a
    text has none.
    """
    sizes = [len(one) for one in found]
    if not all(sizes):
        raise ValueError("a text without a shingle has no signature")
    hashes = np.concatenate([*found, np.empty(0, dtype=np.uint64)])
    ranges = np.repeat(np.arange(len(sizes)) * BINS, sizes) + (hashes >> _BELOW_BIN).astype(np.int64)
    least = np.full(len(sizes) * BINS, _GREATEST)
    np.minimum.at(least, ranges, hashes)
    least = np.minimum.accumulate(least.reshape(-1, BINS)[:, ::-1], axis=1)[:, ::-1]
    least = np.where(least == _GREATEST, least[:, :1], least)
    return (least >> np.uint64(25)).astype(np.uint32)


def _are_letters(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Whether each of these characters is a letter; each that occurs is looked at once."""
    table = np.zeros(_CODES, dtype=np.bool_)
    table[codes] = True
    known = np.flatnonzero(table)
    table[known] = [LETTERS.match(chr(code)) is not None for code in known]
    return table[codes]


def _hashes(codes: NDArray[np.uint32]) -> Hashes:
    """The run of letters that begins at each one, as one number, spread over all 64 bits."""
    count = max(len(codes) - SHINGLE + 1, 0)
    wide = codes.astype(np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    for at in range(SHINGLE):
        mixed = mixed * _BASE + wide[at : at + count]
    return _scatter(mixed)


def _scatter(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread over all 64 bits (the finaliser of SplitMix64), so that ranges of hashes are filled evenly."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))
