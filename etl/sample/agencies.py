"""Made-up agencies: provinces, cities, counties and towns with names that say they are examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import ceil

from etl.sample.words import words

SMALL = 400
FEW_A_COUNTY = 8


@dataclass(frozen=True, slots=True)
class Agency:
    """One made-up agency. `name` is what its title says, `place` how it calls itself; no `county` above that level."""

    number: int
    name: str
    place: str
    kind: str
    province: str
    city: str
    county: str | None
    county_no: int


@dataclass(frozen=True, slots=True)
class _County:
    number: int
    province: str
    city: str
    name: str


def _county(number: int) -> _County:
    data = words()
    city_no, in_city = divmod(number, data["counties_per_city"])
    province_no, city_in_province = divmod(city_no, data["cities_per_province"])
    stem_no, branch_no = city_in_province % len(data["stems"]), city_in_province % len(data["branches"])
    turn = city_in_province // len(data["stems"])
    mark = data["marks"][(in_city + turn) % len(data["marks"])]
    suffix = data["county_suffixes"][(in_city // 2 + number) % len(data["county_suffixes"])]
    return _County(
        number,
        data["provinces"][province_no % len(data["provinces"])],
        data["stems"][stem_no] + data["branches"][(branch_no + turn) % len(data["branches"])] + data["city_suffix"],
        data["stems"][in_city % len(data["stems"])] + mark + suffix,
    )


def _townships(county: _County) -> Iterator[tuple[str, str, str]]:
    data = words()
    for index in range(data["townships_per_county"]):
        head = data["township_heads"][(index + county.number) % len(data["township_heads"])]
        mark = data["marks"][(index + county.number // 3) % len(data["marks"])]
        suffix = data["township_suffixes"][index % len(data["township_suffixes"])]
        kind = "subdistrict" if suffix == data["subdistrict_suffix"] else "township"
        yield head + mark + suffix, data["offices"][kind], kind


def _prefix(county: _County) -> str:
    """What stands before an agency's own name: as little as keeps names apart, sometimes more."""
    data = words()
    if county.number >= data["counties_per_city"] * data["cities_per_province"]:
        return county.province + county.city + county.name
    first_city = county.number < data["counties_per_city"]
    return county.name if first_city and county.number % 3 else county.city + county.name


def _roles(county: _County) -> Iterator[tuple[str, str, str, bool]]:
    """(name, place, kind, below a county) of every agency of the county, and of its city when it is the first in it."""
    data = words()
    prefix = _prefix(county)
    yield prefix + data["offices"]["county"], county.name, "county", True
    if county.number % data["counties_per_city"] == 0:
        city = prefix.removesuffix(county.name) or county.city
        yield city + data["offices"]["city"], county.city, "city", False
        for department in data["city_departments"]:
            yield city + department, department, "city_dept", False
    departments = iter(data["county_departments"])
    for name, office, kind in _townships(county):
        yield prefix + name + office, name, kind, True
        for department in islice(departments, 2):
            yield prefix + department, department, "county_dept", True


def agencies(count: int) -> Iterator[Agency]:
    """The first `count` agencies, spread evenly over as many counties as that number calls for."""
    data = words()
    per_county = 1 + data["townships_per_county"] + len(data["county_departments"])
    counties = [_county(n) for n in range(ceil(count / (FEW_A_COUNTY if count < SMALL else per_county)))]
    number, waiting = 0, [(county, _roles(county)) for county in counties]
    while number < count:
        for county, roles in waiting:
            role = next(roles, None)
            if role is None or number >= count:
                continue
            name, place, kind, below = role
            yield Agency(
                number, name, place, kind, county.province, county.city, county.name if below else None, county.number
            )
            number += 1


def agency_batches(count: int, size: int) -> Iterator[tuple[Agency, ...]]:
    """The same agencies, so many at a time."""
    found = agencies(count)
    while batch := tuple(islice(found, size)):
        yield batch
