"""An estimate with its interval, or why there is none. Knows neither designs nor data."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from reports.formulas.distributions import t_quantile, t_two_sided

Reason = Literal["too_few", "no_spread", "collinear", "leverage", "one_cluster", "no_change"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number in the units of the scores, its standard error and interval, and the test that it is zero."""

    estimate: float
    se: float
    ci_low: float
    ci_high: float
    df: float  # of Student's t; a fraction where it is approximated
    p: float  # two-sided


@dataclass(frozen=True, slots=True)
class NotEstimable:
    """Nothing can be computed, and why.

    too_few: fewer people than the formula needs; no_spread: everybody answered alike, so that there is no error to
    estimate; collinear: the columns of the design say the same; leverage: one person alone decides a coefficient;
    one_cluster: nothing to compare it with; no_change: there is nothing that could vanish.
    """

    reason: Reason


def by_t(estimate: float, se: float, df: float, confidence: float = 0.95) -> Estimate | NotEstimable:
    """The interval and test by Student's t with `df` degrees of freedom, which may be a fraction."""
    if not se > 0:
        return NotEstimable("no_spread")
    half = t_quantile(df, (1 + confidence) / 2) * se
    return Estimate(estimate, se, estimate - half, estimate + half, df, t_two_sided(df, estimate / se))


def welch(
    difference: float, first: tuple[float, int], second: tuple[float, int], confidence: float = 0.95
) -> Estimate | NotEstimable:
    """The difference of two means of different people; each side is its standard deviation (n − 1) and its n.

    Degrees of freedom by Welch and Satterthwaite (Welch 1947, Biometrika 34). Two people on each side, and some spread
    on one of them.
    """
    if min(first[1], second[1]) < 2:  # noqa: PLR2004 - one person has no spread
        return NotEstimable("too_few")
    variances = [(deviation**2 / n, n) for deviation, n in (first, second)]
    total = sum(variance for variance, _ in variances)
    if not total > 0:
        return NotEstimable("no_spread")
    df = total**2 / sum(variance**2 / (n - 1) for variance, n in variances)
    return by_t(difference, math.sqrt(total), df, confidence)
