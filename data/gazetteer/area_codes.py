"""Rebuilds area_code.csv from the geographic data of the package phonenumbers (9.0.43), which must be installed.

Run by hand: `python data/gazetteer/area_codes.py`. `FIXES` are codes that the package gives to one prefecture only,
though others share them since mergers of 2004 to 2013, or prints as wildcards.
"""

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from phonenumbers.geodata import GEOCODE_DATA  # noqa: E402

from etl.gazetteer.aliases import city_stem  # noqa: E402
from etl.gazetteer.divisions import CITY, COUNTY, PROVINCE, Division  # noqa: E402
from etl.gazetteer.gazetteer import Gazetteer, default  # noqa: E402

CHINA = "86"
TWO_DIGITS = {"10", "20", "21", "22", "23", "24", "25", "27", "28", "29"}
RENAMED = {"033": "0335", "034": "0349", "058": "0580", "070": "0701"}
FIXES = {
    "0371": ["410200"],
    "0558": ["341600"],
    "0731": ["430200"],
    "0772": ["451300"],
    "0774": ["451100"],
    "0775": ["450800"],
    "0935": ["620300"],
    "0937": ["620200"],
}
WHOLE_PROVINCE = {"0898": "460000"}


def places() -> Iterator[tuple[str, str]]:
    """Area code and Chinese name of each entry that is no mobile number and no single exchange."""
    for number, names in GEOCODE_DATA.items():
        digits = number.removeprefix(CHINA)
        mobile = digits.startswith("1") and not digits.startswith("10")
        if number.startswith(CHINA) and not mobile and len(digits) <= 5:
            area = digits[:2] if digits[:2] in TWO_DIGITS else digits[:3]
            yield RENAMED.get("0" + area, "0" + area), names.get("zh", "")


def codes(name: str, gazetteer: Gazetteer) -> set[str]:
    """Codes of the divisions of a name like 四川省成都市、资阳市; empty for names that are no longer in use."""
    rows = [row for rows in gazetteer.divisions.by_code.values() for row in rows if row.current and row.official]
    province = next((row for row in rows if row.level == PROVINCE and name.startswith(short(row, gazetteer))), None)
    if province is None:
        return set()
    rest = name.removeprefix(province.name)
    rest = rest if rest != name else name.removeprefix(short(province, gazetteer))
    inside = [row for row in rows if row.code[:2] == province.code[:2]]
    found = {code for part in re.split("[、,/]", rest) if part for code in codes_of_part(part, inside, gazetteer)}
    return found or ({province.code} if not rest else set())


def codes_of_part(part: str, inside: list[Division], gazetteer: Gazetteer) -> set[str]:
    """Prefectures that a part begins with, by name, short form or stem; else the county of that name."""
    cities = {row.code for row in inside if row.level == CITY and part.startswith(tuple(stems(row, gazetteer)))}
    return cities or {row.code for row in inside if row.level == COUNTY and row.name == part}


def stems(city: Division, gazetteer: Gazetteer) -> list[str]:
    """A prefecture's name, and its stem; of an autonomous prefecture the stem of its short form."""
    short_forms = [name for name, rows in gazetteer.divisions.aliases.items() if city in rows and len(name) > 2]
    return [city.name, city_stem(city.name, gazetteer.words), *(name.removesuffix("州") for name in short_forms)]


def short(province: Division, gazetteer: Gazetteer) -> str:
    """A province's name without its ending."""
    return str(gazetteer.words.words["aliases"][province.code][0]) if province.code[0] < "7" else province.name


def main() -> None:
    """Writes area_code.csv beside this file."""
    gazetteer = default()
    found: dict[str, set[str]] = defaultdict(set)
    for area, name in places():
        found[area] |= codes(name, gazetteer)
    for area, more in FIXES.items():
        found[area] |= set(more)
    found |= {area: {code} for area, code in WHOLE_PROVINCE.items()}
    with (Path(__file__).parent / "area_code.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["area_code", "division_codes"])
        for area in sorted(found):
            whole = {code for code in found[area] if code.endswith("00") or f"{code[:4]}00" not in found[area]}
            if whole:
                writer.writerow([area, " ".join(sorted(whole))])


if __name__ == "__main__":
    main()
