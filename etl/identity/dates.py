"""Years and dates as reports write them, in digits of any width or in Chinese numerals, or in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from etl.text import fold

FIRST_REPORT_YEAR, LAST_REPORT_YEAR = 2008, 2039
_NUMERALS = {numeral: str(value) for value, numeral in enumerate("零一二三四五六七八九")} | dict.fromkeys(
    "〇○ＯOo", "0"
)
_NUMERAL_CLASS = "".join(_NUMERALS)
_YEAR_IN_NUMERALS = re.compile(rf"(?<![0-9{_NUMERAL_CLASS}])[二2][{_NUMERAL_CLASS}0-9]{{3}}(?=年)")
_SMALL_NUMBER = re.compile(r"(?<=[年月])([一二三四五六七八九十廿]{1,3})(?=[月日])")
_MAY_BE_YEAR = re.compile(rf"年(?<=[二2][{_NUMERAL_CLASS}0-9]{{3}}年)(?<!\d{{4}}年)")
_MAY_BE_DAY = tuple(re.compile(rf"{sign}(?<=[一二三四五六七八九十廿].)") for sign in "月日")
"""Quicker than the two above, which match only where these do."""
_YEAR = r"(?P<year>20(?<!\d20)[0-3]\d)"
_CHINESE_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}年(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日?",
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>[12]\d|3[01]|0?[1-9])(?=\D|\d{{1,2}}:|$)",
        rf"{_YEAR}(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)",
    )
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = f"(?P<month>{'|'.join(_MONTHS)})[a-z]*\\.?"
_ENGLISH_DATES = (
    re.compile(rf"{_MONTH}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?(?P<year>20[0-3]\d)(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_MONTH},?(?P<year>20[0-3]\d)(?!\d)", re.IGNORECASE),
)
CENTURY = "20"
_LETTER = re.compile("[A-Za-z]")
_PERIOD_END = "12月31"
_PERIOD = re.compile(
    rf"{_YEAR}年?\d{{0,1}}(?:1|01)月(?:1|01)日?(?:起|始|开始)?[,]?[至到—–\-~]+(?P<year_of_end>20[0-3]\d)?年?{_PERIOD_END}日?"
)


def plain(text: str) -> str:
    """Folded text with years and dates in Chinese numerals turned to digits (二〇二三年 → 2023年)."""
    return in_digits(fold(text))


def in_digits(folded: str) -> str:
    """Folded text, of any number of lines, with its years and dates in digits."""
    if _MAY_BE_YEAR.search(folded):
        folded = _YEAR_IN_NUMERALS.sub(lambda found: "".join(_NUMERALS.get(one, one) for one in found[0]), folded)
    if any(sign.search(folded) for sign in _MAY_BE_DAY):
        folded = _SMALL_NUMBER.sub(lambda found: str(small_number(found[1])), folded)
    return folded


def small_number(numeral: str) -> int:
    """The value of a Chinese numeral below one hundred (十二 → 12, 廿三 → 23)."""
    tens, _, ones = numeral.replace("廿", "二十").rpartition("十")
    value = int(_NUMERALS.get(ones, "0"))
    if "十" not in numeral.replace("廿", "二十"):
        return value
    return 10 * int(_NUMERALS.get(tens, "1")) + value


def dates_in(text: str) -> Iterator[tuple[date, int, int]]:
    """Every real date of a folded text with the start and end of its print, in the order of the kinds of print."""
    for pattern in _kinds_in(text):
        for found in pattern.finditer(text):
            month = found["month"]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
            try:
                yield date(int(found["year"]), number, int(found["day"])), found.start(), found.end()
            except ValueError:
                continue  # 2017-13-45 is print, not a date


def _kinds_in(text: str) -> Iterable[re.Pattern[str]]:
    """The kinds of print that a text may hold."""
    if CENTURY not in text:
        return ()
    return (*_CHINESE_DATES, *_ENGLISH_DATES) if _LETTER.search(text) else _CHINESE_DATES


def first_date(text: str) -> date | None:
    """The date that stands first in a folded text."""
    return min(((start, one) for one, start, _ in dates_in(text)), default=(0, None))[1]


def periods_in(text: str) -> Iterator[tuple[int, int]]:
    """Years of the periods from New Year to its last day, with their position; a period over two years counts not."""
    for found in _PERIOD.finditer(text):
        if found["year_of_end"] in (None, found["year"]):
            yield int(found["year"]), found.start()


def is_report_year(year: int) -> bool:
    """Whether reports of that year can exist."""
    return FIRST_REPORT_YEAR <= year <= LAST_REPORT_YEAR
