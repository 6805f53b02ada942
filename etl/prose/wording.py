"""What the words of one unit say: whether it tells a problem or a remedy, and which run of it is the statement.

All functions take a piece of `Prose.text` and give offsets in it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from etl.prose.clauses import patterns, vocabulary

_LEAST_PART = 4
_LEAST_SUBJECT = 2
_LEAD_REACH = 200
_NAMED = ("thing", "with_thing", "amount", "subject")
_QUOTED = re.compile('“[^”]*”|《[^》]*》|\\([^)]*\\)|「[^」]*」|"[^"]*"')
_PAUSES = ",、"
_COMMA = ","
AROUND = "。;,、:!?.\n"


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of `data/lexicon/statements.yml` for the inside of a unit, compiled."""

    heads: dict[str, re.Pattern[str]]
    remedy_front: re.Pattern[str]
    announces: re.Pattern[str]
    cues: re.Pattern[str]
    ends_badly: re.Pattern[str]
    solved: re.Pattern[str]
    solved_or_already: re.Pattern[str]
    already: str
    praise: re.Pattern[str]
    nothing: re.Pattern[str]
    topic: re.Pattern[str]
    actions: re.Pattern[str]
    effects: re.Pattern[str]
    adds: re.Pattern[str]
    continues: re.Pattern[str]
    stands_alone: re.Pattern[str]
    causes: re.Pattern[str]
    named_in_lead: re.Pattern[str]
    named_as: re.Pattern[str]
    says_there_is: re.Pattern[str]
    general: re.Pattern[str]
    announces_problems: re.Pattern[str]
    leads: tuple[re.Pattern[str], ...]
    any_lead: re.Pattern[str]
    tails: tuple[re.Pattern[str], ...]
    empty: re.Pattern[str]


_SINGLE = (
    *("remedy_front", "announces", "cues", "ends_badly", "solved", "praise", "nothing", "topic", "actions"),
    *("effects", "adds", "empty", "continues", "stands_alone", "causes", "named_in_lead", "named_as", "says_there_is"),
)


@cache
def words() -> Words:
    """The vocabulary, compiled once a process."""
    data = vocabulary()
    known = {name: data[name] for name in _NAMED}
    leads = [_filled(lead, known) for lead in data["problem_leads"]]
    single = {key: re.compile(data[key]) for key in _SINGLE}
    return Words(
        heads={kind: re.compile(pattern) for kind, pattern in data["heads"].items()},
        general=re.compile(_filled(data["general"], known)),
        announces_problems=re.compile(_filled(data["announces_problems"], known)),
        leads=tuple(map(re.compile, leads)),
        any_lead=re.compile("|".join(f"({lead})" for lead in leads)),
        tails=tuple(re.compile(tail) for tail in data["problem_tails"]),
        solved_or_already=re.compile(f"{data['solved']}|{data['solved_already']}"),
        already=data["already"],
        **single,
    )


def _filled(pattern: str, known: dict[str, str]) -> str:
    """A pattern with the named patterns of the vocabulary put in."""
    for name, part in known.items():
        pattern = pattern.replace("{" + name + "}", part)
    return pattern


def tells_problem(piece: str) -> bool:
    """Whether something is amiss that has not been put right."""
    return bool(words().cues.search(_without_solved(piece)))


def _without_solved(piece: str) -> str:
    solved = words().solved_or_already if words().already in piece else words().solved
    return solved.sub("", piece)


@lru_cache(maxsize=512)
def _tells_particular(piece: str) -> bool:
    """Whether something is amiss besides general words for problems. Kept, as headings and lead-ins come again."""
    return tells_problem(words().general.sub("", piece))


def announces_problems(piece: str) -> bool:
    """Whether the piece says only that problems follow."""
    return bool(words().announces_problems.search(piece)) and not _tells_particular(piece)


def ends_badly(piece: str) -> bool:
    """Whether a clause of the piece says at its end that something is amiss."""
    return any(words().ends_badly.search(clause) for clause in re.split("[,;。]", _without_solved(piece)))


def acts(piece: str) -> bool:
    """Whether the piece opens as a remedy does and says nothing to be amiss."""
    return bool(words().actions.match(piece)) and not ends_badly(piece)


def head_of(piece: str) -> tuple[str, int] | None:
    """`both`, `problems` or `remedies` and where the heading ends, when the piece is or begins with one."""
    for kind, pattern in words().heads.items() if patterns().head.match(piece) else ():
        match = pattern.match(piece)
        if match and not _tells_particular(match[0]):
            return kind, match.end()
    return None


def after_leads(piece: str) -> tuple[int, bool]:
    """Where the statement begins behind its lead-ins, and whether one of them speaks of problems in general."""
    at, general = 0, False
    while at < len(piece) and (lead := _lead_at(piece, at)):
        general = general or bool(words().general.search(lead[0]))
        at = lead.end()
    return at, general


def _lead_at(piece: str, at: int) -> re.Match[str] | None:
    first = words().any_lead.match(piece, at, at + _LEAD_REACH)
    if first is None:
        return None
    others = words().leads[first.lastindex :]
    for match in chain((first,), (lead.match(piece, at, at + _LEAD_REACH) for lead in others)):
        if match and match.end() > at and not _tells_particular(match[0]):
            return match
    return None


def before_tails(piece: str) -> int:
    """Where the statement ends before its tails and before the effects of what is amiss."""
    piece = piece.rstrip(AROUND)
    for tail in words().tails:
        if match := tail.search(piece):
            piece = piece[: match.start()].rstrip(AROUND)
    named = words().named_as.search(piece)
    if named and not words().says_there_is.search(piece):
        piece = piece[: named.start()].rstrip(AROUND)
    effect = words().effects.search(piece)
    if effect and tells_problem(piece[: effect.start()]):
        piece = piece[: effect.start()].rstrip(AROUND)
    return len(piece)


def parts(piece: str) -> Iterator[tuple[int, int]]:
    """A sentence without numbering in the clauses that each tell a problem of their own."""
    start = 0
    pauses = _pauses(piece)
    commas = [at for at in pauses if piece[at] == _COMMA]
    for at in pauses:
        ends = commas if piece[at] == _COMMA else pauses
        following = bisect_right(ends, at)
        clause = piece[at + 1 : ends[following] if following < len(ends) else len(piece)]
        if at > start and _parts_at(piece[start:at], piece[at], clause):
            yield start, at
            start = at + 1
    yield start, len(piece)


def _parts_at(told: str, pause: str, clause: str) -> bool:
    """Whether a pause parts two problems: each tells one, and the second names what is amiss."""
    if _only_cause(told) or not _has_subject(clause) or not tells_problem(clause) or not tells_problem(told):
        return False
    return pause == _COMMA or _both_long(told, clause)


def _only_cause(piece: str) -> bool:
    return _COMMA not in piece and bool(words().causes.match(piece))


def _has_subject(clause: str) -> bool:
    """Whether a clause names what is amiss before it says so."""
    if words().stands_alone.match(clause):
        return len(clause) >= _LEAST_PART
    cue = words().cues.search(clause)
    return bool(cue and cue.start() >= _LEAST_SUBJECT and not words().continues.match(clause))


def _both_long(first: str, second: str) -> bool:
    last = max(first.rfind(sign) for sign in _PAUSES) + 1
    return min(len(first) - last, len(second)) >= _LEAST_PART and tells_problem(first[last:])


def _pauses(piece: str) -> list[int]:
    """Offsets of pauses outside quotation marks and brackets."""
    bare = _QUOTED.sub(lambda match: "\0" * len(match[0]), piece)
    return [at for at, sign in enumerate(bare) if sign in _PAUSES]
