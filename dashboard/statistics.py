"""Intervals and limits for shares, so that a share of a small number is not read as a finding."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pandas as pd

Z95 = 1.959964
Z99 = 3.09
ENOUGH = 30
"""A share whose denominator is under this is neither ranked nor coloured."""


def wilson(numerator: float, denominator: float, z: float = Z95) -> tuple[float, float] | None:
    """The Wilson interval of a share; None when the denominator is not positive or the share is not within 0 and 1."""
    if not denominator > 0 or not 0 <= numerator <= denominator:
        return None
    share = numerator / denominator
    middle = share + z * z / (2 * denominator)
    half = z * sqrt(share * (1 - share) / denominator + z * z / (4 * denominator * denominator))
    scale = 1 + z * z / denominator
    return (middle - half) / scale, (middle + half) / scale


def funnel_limits(centre: float, largest: float) -> pd.DataFrame:
    """Limits p ± z √(p(1−p)/n) for n from 1 to `largest`, within 0 and 1: size, centre and low, high of 95, 99."""
    sizes = np.linspace(1, max(largest, 2), 60)
    spread = np.sqrt(centre * (1 - centre) / sizes)
    columns = {"size": sizes, "centre": np.full(len(sizes), centre)}
    for name, z in (("95", Z95), ("99", Z99)):
        columns[f"low{name}"] = np.clip(centre - z * spread, 0, 1)
        columns[f"high{name}"] = np.clip(centre + z * spread, 0, 1)
    return pd.DataFrame(columns)


def outside(shares: pd.Series, sizes: pd.Series, centre: float) -> int:
    """How many shares lie outside the 99.8 % limits around `centre`."""
    return int(((shares - centre).abs() > Z99 * np.sqrt(centre * (1 - centre) / sizes)).sum())
