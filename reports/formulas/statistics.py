"""Formulas over plain numbers: paired change, intervals, effect sizes, tests. Knows no people, no tables, no words.

What cannot be computed (too few values, no spread) is None, never NaN. scipy is imported where a quantile is needed.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from reports.formulas.distributions import hedges_j, t_quantile, t_two_sided
from reports.formulas.estimates import NotEstimable, welch
from reports.formulas.pooling import Pooled, TooFewToPool, correlation, pool, standardised_change
from reports.formulas.tallies import Tally, deviation, mean, tally, tally_pairs

__all__ = [
    "MeanDifference",
    "PairedChange",
    "Pooled",
    "Summary",
    "TooFewToPool",
    "correlation",
    "hedges_j",
    "holm",
    "mean_difference",
    "paired_change",
    "pool",
    "rank_biserial",
    "standardised_change",
    "summary",
    "t_quantile",
    "wilcoxon",
    "wilson",
]
EXACT_UP_TO = 25  # signed-rank test: differences that are not zero
STEP = 1.0  # the least change of a single item that counts as one


@dataclass(frozen=True, slots=True)
class PairedChange:
    """How the same people answered twice; units are those of the item, shares lie between 0 and 1."""

    n: int  # pairs
    mean_before: float | None
    mean_after: float | None
    change: float | None  # after − before
    ci_low: float | None
    ci_high: float | None
    t: float | None
    p: float | None  # of the paired t-test, two-sided
    d_z: float | None
    g_av: float | None
    wilcoxon_p: float | None
    rank_biserial: float | None  # above zero when after is higher
    improved: int
    same: int
    worse: int
    improved_low: float | None  # Wilson interval of improved / n
    improved_high: float | None
    sd_before: float | None = None
    sd_after: float | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """A group of people by how many they are, their mean and their standard deviation (n − 1)."""

    n: int
    mean: float | None
    sd: float | None


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """How far one mean lies from another, with its interval."""

    difference: float | None
    ci_low: float | None
    ci_high: float | None


def paired_change(
    before: Sequence[float | None], after: Sequence[float | None], confidence: float = 0.95
) -> PairedChange:
    """The change of the people who answered both times; a pair with a missing side (None, NaN) is left out.

    Interval and test: paired t. d_z = d̄/s_d; g_av = d̄ / ((SD_before + SD_after)/2) · J with df = 2(n − 1)
    (Lakens 2013). Improved, worse: by at least one point, with a Wilson interval. n = 0: only counts; n = 1:
    no interval, test or effect size; no spread of the differences: the interval is the change, no t, p, d_z.
    Raises ValueError when the two sequences are not of the same length.
    """
    pairs, n = tally_pairs(before, after)
    first = tally((x, count) for (x, _), count in pairs.items())
    second = tally((y, count) for (_, y), count in pairs.items())
    differences = tally((y - x, count) for (x, y), count in pairs.items())
    change, spread = mean(differences), deviation(differences)
    low, high, t, p = _t_interval(change, spread, n, confidence)
    improved = sum(count for d, count in differences.items() if d >= STEP)
    worse = sum(count for d, count in differences.items() if d <= -STEP)
    share = wilson(improved, n, confidence) if n else (None, None)
    return PairedChange(
        n=n,
        mean_before=mean(first),
        mean_after=mean(second),
        change=change,
        ci_low=low,
        ci_high=high,
        t=t,
        p=p,
        d_z=change / spread if change is not None and spread else None,
        g_av=_g_av(change, deviation(first), deviation(second), n),
        wilcoxon_p=_signed_rank_p(differences) if n else None,
        rank_biserial=_balance(differences) if n else None,
        improved=improved,
        same=n - improved - worse,
        worse=worse,
        improved_low=share[0],
        improved_high=share[1],
        sd_before=deviation(first),
        sd_after=deviation(second),
    )


def summary(values: Sequence[float]) -> Summary:
    """The size, mean and spread of a group; nobody has no mean, one person no spread."""
    counted = Counter(values)
    return Summary(len(values), mean(counted), deviation(counted))


def mean_difference(first: Summary, second: Summary, confidence: float = 0.95) -> MeanDifference:
    """Second − first for two groups of different people, with Welch's interval (two people in each, some spread)."""
    if first.mean is None or second.mean is None:
        return MeanDifference(None, None, None)
    difference = second.mean - first.mean
    found = welch(difference, (first.sd or 0.0, first.n), (second.sd or 0.0, second.n), confidence)
    if isinstance(found, NotEstimable):
        return MeanDifference(difference, None, None)
    return MeanDifference(difference, found.ci_low, found.ci_high)


def wilson(successes: int, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a share; (0, 1) when nobody was asked. Raises ValueError for impossible counts."""
    if not 0 <= successes <= n:
        raise ValueError("successes lie between 0 and n")
    if n == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, weight = successes / n, 1 + z * z / n
    middle = (share + z * z / (2 * n)) / weight
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / weight
    low = 0.0 if successes == 0 else middle - half
    high = 1.0 if successes == n else middle + half
    return low, high


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Holm's step-down adjustment, in the order given; never above 1."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted: dict[int, float] = {}
    highest = 0.0
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = highest
    return tuple(adjusted[index] for index in range(len(p_values)))


def wilcoxon(differences: Sequence[float]) -> float:
    """Two-sided p of the signed-rank test, zeros dropped, ties by mid-ranks.

    Exact (all signs equally likely) for up to 25 differences, then normal with tie correction and without
    continuity correction; 1 when no difference is left.
    """
    return _signed_rank_p(Counter(differences))


def rank_biserial(differences: Sequence[float]) -> float:
    """(W₊ − W₋)/(W₊ + W₋) over the differences that are not zero; 0 when there is none."""
    return _balance(Counter(differences))


def _t_interval(
    change: float | None, spread: float | None, n: int, confidence: float
) -> tuple[float | None, float | None, float | None, float | None]:
    if change is None or spread is None:
        return None, None, None, None
    if spread == 0:
        return change, change, None, None
    error = spread / math.sqrt(n)
    half = t_quantile(n - 1, (1 + confidence) / 2) * error
    t = change / error
    return change - half, change + half, t, t_two_sided(n - 1, t)


def _g_av(change: float | None, sd_before: float | None, sd_after: float | None, n: int) -> float | None:
    spreads = [sd for sd in (sd_before, sd_after) if sd]
    if change is None or not spreads:
        return None
    return change / (sum(spreads) / 2) * hedges_j(2 * (n - 1))


def _signed_rank_p(differences: Tally) -> float:
    ties = _signed_ranks(differences)
    n = sum(tie.size for tie in ties)
    positive, total = sum(tie.doubled * tie.up for tie in ties), sum(tie.doubled * tie.size for tie in ties)
    if n <= EXACT_UP_TO:
        return _exact_p([tie.doubled for tie in ties for _ in range(tie.size)], positive)
    deviation_of_positive = math.sqrt(sum(tie.doubled**2 * tie.size for tie in ties)) / 2
    return math.erfc(abs(positive - total / 2) / deviation_of_positive / math.sqrt(2))


def _balance(differences: Tally) -> float:
    ties = _signed_ranks(differences)
    total = sum(tie.doubled * tie.size for tie in ties)
    return sum(tie.doubled * (tie.up - tie.down) for tie in ties) / total if total else 0.0


@dataclass(frozen=True, slots=True)
class _Tie:
    """Differences of one size: twice their mid-rank, which is a whole number, and how many go up and down."""

    doubled: int
    up: int
    down: int

    @property
    def size(self) -> int:
        return self.up + self.down


def _signed_ranks(differences: Tally) -> list[_Tie]:
    """The ranks of the sizes of all differences that are not zero."""
    ties, below = [], 0
    for size in sorted({abs(d) for d in differences if d}):
        up, down = differences.get(size, 0), differences.get(-size, 0)
        ties.append(_Tie(2 * below + up + down + 1, up, down))
        below += up + down
    return ties


def _exact_p(doubled: Sequence[int], positive: int) -> float:
    """The share of all sign patterns whose rank sum lies at least as far out, on both sides."""
    smaller = min(positive, sum(doubled) - positive)
    ways = [1] + [0] * smaller  # to reach each sum up to this one
    for rank in doubled:
        for total in range(smaller, rank - 1, -1):
            ways[total] += ways[total - rank]
    return min(1.0, 2 * sum(ways) / 2.0 ** len(doubled))
