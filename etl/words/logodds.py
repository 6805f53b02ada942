"""What is special here: words that a group uses more than the rest, by log-odds with an informative Dirichlet prior.

Monroe, Colaresi and Quinn, "Fightin' Words" (2008). The prior is the use of every word in group and rest together,
worth `weight` uses in all; it keeps rare words from the top. With y the uses of a word in the group, n those of all its
words, r and m the same of the rest, a = weight * (y + r) / (n + m):

    z = (ln((y + a) / (n + weight - y - a)) - ln((r + a) / (m + weight - r - a))) / sqrt(1 / (y + a) + 1 / (r + a))

As SQL over (word, y, r):

    with t as (
        select *, $weight * (y + r) / sum(y + r) over () as a, sum(y) over () as n, sum(r) over () as m from counts
    )
    select word, (ln((y + a) / (n + $weight - y - a)) - ln((r + a) / (m + $weight - r - a)))
               / sqrt(1 / (y + a) + 1 / (r + a)) as z
    from t
"""

from __future__ import annotations

import math
from collections.abc import Mapping

WEIGHT = 100.0


def log_odds(group: Mapping[str, int], rest: Mapping[str, int], weight: float = WEIGHT) -> dict[str, float]:
    """z of every word of either side, the most special of the group first; above 1.96 is beyond chance (95 %).

    Counts are uses or reports. ValueError with no counts, with counts below 0 or with fewer than two words.
    """
    words = group.keys() | rest.keys()
    ours, theirs = sum(group.values()), sum(rest.values())
    if len(words) < 2 or ours + theirs <= 0 or min([*group.values(), *rest.values()]) < 0:
        raise ValueError("log-odds need counts of two words or more")
    scores = {}
    for word in words:
        here, there = group.get(word, 0), rest.get(word, 0)
        prior = weight * (here + there) / (ours + theirs)
        if prior > 0:
            delta = _log_odds(here + prior, ours + weight) - _log_odds(there + prior, theirs + weight)
            scores[word] = delta / math.sqrt(1 / (here + prior) + 1 / (there + prior))
    return dict(sorted(scores.items(), key=lambda item: (-item[1], item[0])))


def _log_odds(part: float, whole: float) -> float:
    return math.log(part / (whole - part))
