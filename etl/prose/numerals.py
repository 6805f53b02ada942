"""Numbers as prose writes them: digits with separators, Chinese numerals, both with 万."""

from __future__ import annotations

_DIGITS = {
    sign: value
    for value, signs in enumerate(("〇零", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for sign in signs
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIAD = "万"


def number(text: str) -> float | None:
    """The value of a number, None when it is none: `1,204`, `2.5万`, `三百零五`, `二〇一九`."""
    plain = text.replace(",", "")
    if plain.removesuffix(_MYRIAD).replace(".", "", 1).isdecimal():
        factor = 10_000 if plain.endswith(_MYRIAD) else 1
        return float(plain.removesuffix(_MYRIAD)) * factor
    if not plain or any(sign not in _DIGITS and sign not in _UNITS and sign != _MYRIAD for sign in plain):
        return None
    high, myriad, low = plain.rpartition(_MYRIAD)
    if not myriad:
        return _below_myriad(plain)
    return _below_myriad(high) * 10_000 + _below_myriad(low)


def _below_myriad(text: str) -> float:
    if text and all(sign in _DIGITS for sign in text):
        return float("".join(str(_DIGITS[sign]) for sign in text))
    total, digit = 0, 0
    for sign in text:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return float(total + digit)
