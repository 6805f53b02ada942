"""The numbers that Word prints before paragraphs without storing them: 一、 （一） 1. and the like."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VAL = f"{W}val"
_DIGITS = "〇一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))
_LEGAL_PLACES = ((1000, "仟"), (100, "佰"), (10, "拾"))
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_PLACEHOLDER = re.compile(r"%([1-9])")
_LEVELS = 9
_LARGEST = 9999


def chinese(number: int, digits: str = _DIGITS, places: tuple[tuple[int, str], ...] = _PLACES) -> str:
    """A number from 0 to 9999 in words, such as 十二 or 一百〇三."""
    if number < 10:
        return digits[number]
    words, gap = "", False
    for place, word in places:
        count, number = divmod(number, place)
        if count:
            words += (digits[0] if gap else "") + digits[count] + word
        gap = bool(words) and not count
    words += (digits[0] if gap and number else "") + (digits[number] if number else "")
    return words[1:] if words.startswith(digits[1] + places[-1][1]) else words


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "bullet": lambda _number: "",
    "none": lambda _number: "",
    "decimalZero": lambda number: f"{number:02d}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "chineseLegalSimplified": lambda number: chinese(number, _LEGAL_DIGITS, _LEGAL_PLACES),
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"), chinese
    ),
}


@dataclass(slots=True)
class _Level:
    style: str
    text: str
    start: int

    def written(self, number: int) -> str:
        """The number alone; a format not known here is printed in digits."""
        return _FORMATS.get(self.style, str)(min(max(number, 0), _LARGEST))


@dataclass(slots=True)
class _List:
    """One list of the file: its levels and how far each has counted."""

    levels: dict[int, _Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


class Numbering:
    """The lists of `numbering.xml`; `label` counts on at each call, so paragraphs are asked for in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._of_number: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for abstract in root.iterfind(f"{W}abstractNum"):
            levels = {_int(level.get(f"{W}ilvl"), 0): _level(level) for level in abstract.iterfind(f"{W}lvl")}
            self._lists[abstract.get(f"{W}abstractNumId", "")] = _List(levels)
        for number in root.iterfind(f"{W}num"):
            key = number.get(f"{W}numId", "")
            self._of_number[key] = value_of(number, f"{W}abstractNumId")
            self._restarts[key] = {
                _int(override.get(f"{W}ilvl"), 0): _int(value_of(override, f"{W}startOverride"), 1)
                for override in number.iterfind(f"{W}lvlOverride")
                if override.find(f"{W}startOverride") is not None
            }

    def label(self, number: str, depth: int) -> str:
        """What is printed before the next paragraph of list `number` at level `depth` (0–8); "" for none."""
        listed = self._lists.get(self._of_number.get(number, ""))
        if listed is None or depth not in listed.levels or not 0 <= depth < _LEVELS:
            return ""
        for level, start in self._restarts.pop(number, {}).items():
            if 0 <= level < _LEVELS:
                listed.counts[level] = start - 1
        counts = listed.counts
        for level in range(depth):
            if counts[level] is None:
                counts[level] = listed.levels[level].start if level in listed.levels else 1
        so_far = counts[depth]
        counts[depth] = listed.levels[depth].start if so_far is None else so_far + 1
        counts[depth + 1 :] = [None] * (_LEVELS - depth - 1)
        return _PLACEHOLDER.sub(lambda found: _written(listed, int(found[1]) - 1), listed.levels[depth].text)


def _written(listed: _List, level: int) -> str:
    count = listed.counts[level]
    return listed.levels[level].written(count) if count is not None and level in listed.levels else ""


def _level(element: etree._Element) -> _Level:
    style = value_of(element, f"{W}numFmt") or "decimal"
    text = "" if style == "bullet" else value_of(element, f"{W}lvlText")
    return _Level(style, text, _int(value_of(element, f"{W}start"), 1))


def child(element: etree._Element, tag: str) -> etree._Element | None:
    """The first child of that tag; a third of the time that `find` takes."""
    return next(element.iterchildren(tag), None)


def value_of(element: etree._Element, *tags: str) -> str:
    """The `w:val` of a child, or of its child and so on; "" when it or the value is not there."""
    found: etree._Element | None = element
    for tag in tags:
        found = None if found is None else child(found, tag)
    return "" if found is None else found.get(VAL, "")


def _int(text: str | None, otherwise: int) -> int:
    """A count of the markup; nonsense counts as not stated."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else otherwise
