"""Prints a score: a row per format and layout, then every value that is not right, with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table

from etl.commands.score import Judged, Scored, Verdict, count

_LISTED = 200
_OF_CELLS = (Verdict.RIGHT, Verdict.WRONG, Verdict.INVENTED, Verdict.MISSED, Verdict.OPEN)


def print_score(scored: Sequence[Scored], console: Console) -> bool:
    """Print it; True when no cell is wrong or invented and no agency, year or county is wrong."""
    console.print(_table(scored))
    everything = [one for each in scored for one in each.judged]
    console.print(f"cells: {_line(everything, 'cell')}")
    for what in ("agency", "year", "county"):
        console.print(f"{what}: {_line(everything, what)}")
    console.print(f"problems: {_recall(everything)}")
    _print_rest(scored, console)
    return not any(count(everything, "cell", bad) for bad in (Verdict.WRONG, Verdict.INVENTED)) and not any(
        count(everything, what, Verdict.WRONG) for what in ("agency", "year", "county")
    )


def _table(scored: Sequence[Scored]) -> Table:
    table = Table("format", "layout", "files", *(verdict.value for verdict in _OF_CELLS), "agency", "year", "county")
    groups: dict[tuple[str, str], list[Scored]] = defaultdict(list)
    for one in scored:
        groups[one.format, one.layout].append(one)
    for (form, layout), files in sorted(groups.items()):
        judged = [one for each in files for one in each.judged]
        cells = [str(count(judged, "cell", verdict)) for verdict in _OF_CELLS]
        whose = [f"{count(judged, what, Verdict.RIGHT)}/{len(files)}" for what in ("agency", "year", "county")]
        table.add_row(form, layout, str(len(files)), *cells, *whose)
    return table


def _line(judged: Iterable[Judged], what: str) -> str:
    of_kind = [one for one in judged if one.what == what]
    verdicts = {verdict: count(of_kind, what, verdict) for verdict in Verdict}
    told = ", ".join(f"{number} {verdict.value}" for verdict, number in verdicts.items() if number)
    return f"{verdicts[Verdict.RIGHT]} of {len(of_kind)} right ({told})"


def _recall(judged: Sequence[Judged]) -> str:
    right = count(judged, "problem", Verdict.RIGHT)
    missed, invented = (count(judged, "problem", verdict) for verdict in (Verdict.MISSED, Verdict.INVENTED))
    return f"{right} of {right + missed} statements found, {invented} read that are not in the truth"


def _print_rest(scored: Sequence[Scored], console: Console) -> None:
    rest = [(each, one) for each in scored for one in each.judged if one.verdict is not Verdict.RIGHT]
    rest.sort(key=lambda pair: (pair[1].verdict is Verdict.MISSED, pair[1].what))
    for each, one in rest[:_LISTED]:
        line = f"{one.verdict.value:8} {each.path} {one.what} {one.key}: true {one.truth}, read {one.read} {one.why}"
        console.print(line, markup=False, highlight=False)
    if len(rest) > _LISTED:
        console.print(f"… {len(rest) - _LISTED} more")
