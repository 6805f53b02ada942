"""One function a question. Frames are shared between sessions: copy before changing one."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import pandas as pd

from dashboard.queries import door
from dashboard.queries.door import ask, ask_afresh, ask_sums, ask_words, stream
from dashboard.queries.selection import Selection
from dashboard.statistics import ENOUGH

LISTED = 1000
"""Agencies or reports in a list on a page; over the country there are more than a page can hold."""
DRAWN = 2000
"""Reports drawn in a chart with a mark each."""
WHOLE = 200_000
"""Reports of a table that is made in memory, as for a file of the data page."""
_AGENCY = "agency"
_MEDIAN = "duration"
"""Kind of the metrics of which a group has the median: no sum of its parts tells it."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the filters leave; `transcribed` of the reports are transcripts of the shipped sample."""

    reports: int
    agencies: int
    years: int
    counties: int
    transcribed: int


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a point of a chart: a metric of one group, in one year unless `year` is None."""

    metric: str
    by: str
    group: str
    year: int | None


def summary(selection: Selection) -> Summary:
    """Counts of what the filters leave."""
    row = ask_sums("summary", selection).iloc[0]
    return Summary(*(int(row[name]) for name in ("reports", "agencies", "years", "counties", "transcribed")))


def build() -> Mapping[str, Any]:
    """The build that is shown: build_id, created_at, parser_version, reports, transcribed_reports."""
    return dict(ask("build").iloc[0])


def metrics() -> dict[str, Mapping[str, Any]]:
    """The metric dictionary by key, in its order."""
    return _by_key("metrics", door.build())


def form_cells() -> dict[str, Mapping[str, Any]]:
    """The dictionary of cells by `table/row/column`, labelled as in the newest form that has the cell."""
    return _by_key("form_cells", door.build())


@lru_cache(maxsize=4)
def _by_key(name: str, _: str) -> dict[str, Mapping[str, Any]]:
    """A dictionary of the build as it is asked for many times in each run of a page."""
    return {str(row["key"]): row for row in ask(name).to_dict("records")}  # type: ignore[misc]


def metric_by(selection: Selection, keys: Iterable[str], by: str = "all", *, yearly: bool = True) -> pd.DataFrame:
    """Metric × group (`all`, `county`, `agency`, `kind`) × year: value, numerator, denominator, n, reports."""
    return _groups(selection, tuple(keys), by=by, yearly=yearly)


def groups(selection: Selection, by: str, asked: Iterable[str] = ()) -> pd.DataFrame:
    """Counties that the filters leave, or the first LISTED agencies and those asked for: group_key, agency, county."""
    if by == _AGENCY:
        return ask_sums("agencies_listed", selection, asked=tuple(asked), most=LISTED)
    return ask_sums("groups", selection)


def metric_in(selection: Selection, key: str, by: str, year: int) -> pd.DataFrame:
    """The groups of one metric in one year, `listed_of` so many; of agencies the LISTED with the highest values."""
    if by == _AGENCY:
        values = _named(key) | {"year": year, "enough": ENOUGH, "most": LISTED}
        return ask("agency_ranking", _only(selection, year), **values)
    found = _groups(selection, (key,), by=by, year=year)
    return found.assign(listed_of=len(found))


def _named(key: str) -> dict[str, Hashable]:
    """A metric with the two that it is the difference of; these are empty for any other."""
    row = metrics()[key]
    return {"metric": key, "minuend": str(row["minuend"]), "subtrahend": str(row["subtrahend"])}


def metric_of(selection: Selection, key: str, by: str, groups: Iterable[str]) -> pd.DataFrame:
    """Some groups of one metric, year by year."""
    return _groups(selection, (key,), by=by, groups=tuple(groups))


def _groups(selection: Selection, keys: tuple[str, ...], **values: Hashable) -> pd.DataFrame:
    """The groups of some metrics; a difference needs its two operands too."""
    known = metrics()
    parts = [known[key][part] for key in keys for part in ("minuend", "subtrahend") if key in known]
    read = tuple(dict.fromkeys((*keys, *(part for part in parts if pd.notna(part)))))
    everything: dict[str, Hashable] = {"yearly": True, "year": None, "groups": ()}
    added_up = values["by"] != _AGENCY and not any(known[key]["kind"] == _MEDIAN for key in keys if key in known)
    answer = ask_sums if added_up else ask
    return answer("metric_groups", selection, metrics=keys, read=read, **(everything | values))


def same_agencies(selection: Selection, keys: Iterable[str], year: int) -> pd.DataFrame:
    """Metric: `now` and `before` over the agencies whose figure is known in the year and in the one before."""
    return ask_sums("same_agencies", selection, metrics=tuple(keys), year=year)


def shares(selection: Selection, key: str) -> pd.DataFrame:
    """Every agency's ratio over all picked years, the largest denominators first; the DRAWN first bear their names.

    metric, metric_kind, year, value, numerator, denominator, n; of those named also group_key, agency, county.
    """
    every = ask("agency_shares", selection, metric=key)
    first = tuple(int(number) for number in every["agency_no"].head(DRAWN))
    named = ask("agencies_by_number", numbers=first)
    kind = metrics()[key]["kind"]
    return every.merge(named, on="agency_no", how="left").assign(metric=key, metric_kind=kind, year=None)


def behind_cells(selection: Selection, keys: Iterable[str], year: int | None) -> pd.DataFrame:
    """The reports behind a sum of cells, with the printed cells and their places."""
    return ask("behind_cells", selection, keys=tuple(keys), year=year)


def behind(selection: Selection, point: Behind) -> pd.DataFrame:
    """The reports behind a point of a metric, with the printed cells and their places."""
    return ask("behind", selection, metric=point.metric, by=point.by, group_key=point.group, year=point.year)


def forms_by_year(selection: Selection) -> pd.DataFrame:
    """Year × form: reports."""
    return ask_sums("forms_by_year", selection)


def coverage(selection: Selection) -> pd.DataFrame:
    """County × year: reports and agencies known."""
    return ask_sums("coverage", selection)


def cells_by_year(selection: Selection, keys: Iterable[str]) -> pd.DataFrame:
    """Cell key × year: value, n, reports."""
    return ask_sums("cells_by_year", selection, keys=tuple(keys))


def outcomes(selection: Selection) -> pd.DataFrame:
    """Outcome × year of the applications: value, n, reports."""
    return ask_sums("outcomes", selection)


def reasons(selection: Selection, outcome: str) -> pd.DataFrame:
    """Reasons of an outcome (refused, unavailable, not_processed, other): value, n, reports."""
    return ask_sums("reasons", selection, outcome=outcome)


def spread(selection: Selection, metric: str, kind: str, year: int, asked: Iterable[str] = ()) -> pd.DataFrame:
    """Reports of one kind and year with a metric, each with its percentile, and the quantiles of all `n`.

    Of more than DRAWN every so-manieth, and those of the agencies asked for. Shares of fewer than ENOUGH are left out.
    """
    values = _named(metric) | {"kind": kind, "year": year, "enough": ENOUGH, "most": DRAWN}
    return ask("spread", _only(selection, year), asked=tuple(asked), **values)


def _only(selection: Selection, year: int) -> Selection:
    """The same for a question about one year, so that no other is read; the same agencies are those of all years."""
    return selection if selection.same or selection.years else replace(selection, years=(year,))


def terms(selection: Selection) -> pd.DataFrame:
    """Words of the problem statements by document frequency: reports, uses, of_reports, share."""
    return ask_words("terms", selection)


def term_by_year(selection: Selection, term: str) -> pd.DataFrame:
    """Year: share of the reports with problem statements that use the word."""
    return ask_words("term_by_year", selection, term=term)


def reports(selection: Selection) -> pd.DataFrame:
    """The reports that the filters leave, in the columns of the contract."""
    return ask("reports", selection)


def reports_listed(selection: Selection) -> pd.DataFrame:
    """The first LISTED of them, the newest first: report_id, agency, year, label."""
    return ask("reports_listed", _newest(selection, LISTED), most=LISTED)


def _newest(selection: Selection, most: int) -> Selection:
    """The same with the last years only that hold so many reports, so that no others are read."""
    if selection.same:
        return selection
    counted = forms_by_year(selection).groupby("year")["reports"].sum().sort_index(ascending=False)
    wanted = tuple(sorted(int(year) for year in counted.index[counted.cumsum() - counted < most]))
    return replace(selection, years=wanted) if wanted else selection


def search(selection: Selection, words: str) -> pd.DataFrame:
    """The first LISTED sections that hold the words as they are, of `listed_of`."""
    return ask("search", selection, words=words, most=LISTED)


def rows(name: str, selection: Selection) -> pd.DataFrame:
    """The rows of one of the `/data/` addresses: reports, cells, problems, findings or metrics."""
    return ask_afresh(name if name == "reports" else f"data_{name}", selection)


def pieces(name: str, selection: Selection) -> Iterator[pd.DataFrame]:
    """The same piece by piece, the first one even when there are no rows."""
    return stream(name if name == "reports" else f"data_{name}", selection)


def table(selection: Selection, keys: Iterable[str], most: int = WHOLE) -> pd.DataFrame:
    """The first reports with one column per chosen metric; a metric that is not known is null."""
    wanted = list(keys)
    newest = _newest(selection, most)
    frame = ask_afresh("reports_first", newest, most=most)
    values = ask_afresh("data_values", newest, metrics=wanted, most=most)
    wide = values.pivot(index="report_id", columns="metric", values="value")
    return frame.join(wide.reindex(columns=wanted), on="report_id")
