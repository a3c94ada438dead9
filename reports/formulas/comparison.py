"""People with a programme beside people without it; people in groups; people who did not answer. Pure.

Each of these gives an `Estimate`, or says by `NotEstimable` why there is none; never NaN.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from reports.formulas.estimates import Estimate, NotEstimable, by_t, welch
from reports.formulas.regression import cluster_robust, hc3, least_squares
from reports.formulas.tallies import deviation, mean, tally

_COEFFICIENTS = 3  # of an analysis of covariance: level, score before, group
_FEWEST = 2  # people in each group


@dataclass(frozen=True, slots=True)
class TippingPoint:
    """How those who did not answer would have to have fared for a change to vanish; in points of the scale."""

    delta: float  # by how much less than the others' their mean change would have to be
    change: float  # their own mean change, then: the others' change minus delta
    limit_delta: float | None  # the same for the nearer end of the interval to reach zero; None where it does already
    limit_change: float | None


def ancova(
    before: Sequence[float | None],
    after: Sequence[float | None],
    group: Sequence[bool],
    confidence: float = 0.95,
) -> Estimate | NotEstimable:
    """By how much those of the group (True) score higher after than the others who had scored the same before.

    Analysis of covariance: least squares of after on before and group (Vickers and Altman 2001, BMJ 323), covariance
    HC3, Student's t with n − 3 degrees of freedom. Three sequences of n; who has not both scores (None, NaN) is left
    out. too_few: fewer than two people in a group, or four in all.
    Raises ValueError when the sequences are not of the same length.
    """
    people = _complete(before, after, group)
    if _lacking(people) or len(people) <= _COEFFICIENTS:
        return NotEstimable("too_few")
    fit = least_squares([(1.0, x, float(with_it)) for x, _, with_it in people], [y for _, y, _ in people])
    covariance = fit if isinstance(fit, NotEstimable) else hc3(fit)
    if isinstance(fit, NotEstimable) or isinstance(covariance, NotEstimable):
        return covariance if isinstance(covariance, NotEstimable) else NotEstimable("collinear")
    se = math.sqrt(max(0.0, float(covariance[2, 2])))
    return by_t(float(fit.coefficients[2]), se, len(people) - _COEFFICIENTS, confidence)


def difference_in_differences(
    before: Sequence[float | None],
    after: Sequence[float | None],
    group: Sequence[bool],
    confidence: float = 0.95,
) -> Estimate | NotEstimable:
    """The mean change of the group (True) minus that of the others, with Welch's interval and degrees of freedom.

    Of the same people twice, hence a comparison of change scores (Card and Krueger 1994, American Economic Review 84,
    table 3, row of the balanced sample). Three sequences of n; who has not both scores (None, NaN) is left out.
    Raises ValueError when the sequences are not of the same length.
    """
    people = _complete(before, after, group)
    if _lacking(people):
        return NotEstimable("too_few")
    sides = [tally((y - x, 1) for x, y, there in people if there is with_it) for with_it in (True, False)]
    with_it, without = ((mean(one) or 0.0, deviation(one) or 0.0, sum(one.values())) for one in sides)
    return welch(with_it[0] - without[0], with_it[1:], without[1:], confidence)


def cr2(clusters: Sequence[ArrayLike], confidence: float = 0.95) -> Estimate | NotEstimable:
    """The mean over all people, whose interval allows for people of one cluster resembling each other.

    One sequence of values a cluster. CR2 with Satterthwaite's degrees of freedom (see `regression.cluster_robust`) for
    the mean: with clusters of one size this is Student's t over their means, with clusters − 1 degrees of freedom.
    too_few: nobody; one_cluster: fewer than two clusters with anybody.
    """
    sizes = [np.size(cluster) for cluster in clusters]
    if not sum(sizes):
        return NotEstimable("too_few")
    values, labels = np.concatenate(clusters), np.repeat(np.arange(len(sizes)), sizes)
    return cluster_robust(np.ones((len(values), 1)), values, labels.tolist(), 0, confidence)


def tipping_point(
    change: float, ci_low: float | None, ci_high: float | None, answered: int, silent: int
) -> TippingPoint | NotEstimable:
    """How much worse than `answered` people with this mean change would `silent` ones have to have fared.

    Delta adjustment: over all, the mean change is change − delta · silent / (answered + silent), and its error that of
    the answers (Permutt 2016, Statistics in Medicine 35; Cro and others 2020, Statistics in Medicine 39). The
    limit is for the end of the interval that is nearer to zero. no_change: the change is zero already.
    Raises ValueError for negative numbers of people.
    """
    if answered < 0 or silent < 0:
        raise ValueError("numbers of people are not negative")
    if not answered or not silent:
        return NotEstimable("too_few")
    if not change:
        return NotEstimable("no_change")
    factor = (answered + silent) / silent
    nearer = ci_low if change > 0 else ci_high
    clear = nearer is not None and nearer * change > 0
    limit = nearer * factor if clear and nearer is not None else None
    return TippingPoint(change * factor, change - change * factor, limit, None if limit is None else change - limit)


_Person = tuple[float, float, bool]


def _complete(before: Sequence[float | None], after: Sequence[float | None], group: Sequence[bool]) -> list[_Person]:
    """Those with both scores."""
    return [
        (float(x), float(y), bool(there))
        for x, y, there in zip(before, after, group, strict=True)
        if x is not None and y is not None and not math.isnan(x) and not math.isnan(y)
    ]


def _lacking(people: Sequence[_Person]) -> bool:
    """Whether one of the groups has fewer than two people."""
    with_it = sum(there for _, _, there in people)
    return min(with_it, len(people) - with_it) < _FEWEST
