"""What a reader of a change knows about the people behind it, as weighted counts over the cells of a table.

Pure: it knows the table of both answers and what is said of it, not who answered, nor what follows from it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reports.disclosure.rounding import POINTS, end, meant
from reports.disclosure.suppression import Feature, Groups, KnownToReader, Table, join_neighbours
from reports.formulas.statistics import hedges_j, t_quantile
from surveys.locale_sl import rounded

Weights = NDArray[np.float64]  # one a cell of the table
SHORT = 10  # of a longer scale only scores near to given ones are thought possible
NEAR = 1e-9
_HALF = 0.05  # what is rounded to one decimal lies so near


@dataclass(frozen=True, slots=True)
class KnownCount:
    """A weighted count of people that a reader knows to lie in this range."""

    weights: Weights
    low: float
    high: float


@dataclass(frozen=True)
class AttackerTables:
    """People in the cells of tables: those who stayed, came or went between two editions, side by side.

    `member` says with 1 and 0 which cells this edition counts.
    """

    before: Weights
    after: Weights
    counts: Weights
    member: Weights
    k: int
    means: bool  # both means are shown, else the change alone
    ordered: bool  # there is a distribution of answers

    @cached_property
    def n(self) -> float:
        """How many people the edition counts."""
        return self.total(self.member)

    @cached_property
    def size(self) -> int:
        """How many cells one table has."""
        return len({*zip(self.before.tolist(), self.after.tolist(), strict=True)})

    @cached_property
    def change(self) -> Weights:
        """After − before, by cell."""
        return (self.after - self.before) * self.member

    @cached_property
    def directions(self) -> list[Weights]:
        """Lower, the same and higher, as zeros and ones by cell."""
        return [(np.sign(self.after - self.before) == sign) * self.member for sign in (-1, 0, 1)]

    @cached_property
    def answers(self) -> list[list[Weights]]:
        """Each score before, and each after, as zeros and ones by cell."""
        scores = np.unique(np.concatenate([self.before, self.after]))
        return [[(side == score) * self.member for score in scores] for side in (self.before, self.after)]

    def total(self, weights: Weights) -> float:
        """The sum of the weights over all people."""
        return float(weights @ self.counts)

    def exactly(self, weights: Weights) -> KnownCount:
        """That the reader knows this sum."""
        return KnownCount(weights, self.total(weights), self.total(weights))

    def between(self, weights: Weights, low: float, high: float) -> KnownCount:
        """That the reader knows this sum to lie between, as it does."""
        return KnownCount(weights, min(low, self.total(weights)), max(high, self.total(weights)))

    def joined(self, rows: Sequence[Sequence[Weights]]) -> Groups:
        """Categories joined so that each has k people in every row."""
        return join_neighbours([[int(self.total(one)) for one in row] for row in rows], self.k)


def situations(
    table: Table, scale: tuple[int, int] | None, k: int, earlier: KnownToReader | None, *, means: bool, ordered: bool
) -> tuple[AttackerTables, AttackerTables, list[Weights]]:
    """This edition, the earlier one, and who stayed, came and went, each as zeros and ones by cell."""
    now, then = Counter(dict(table)), Counter(dict(earlier.table if earlier else table))
    tables = [now & then, now - then, then - now]
    cells = _possible(now | then, scale)
    scores = np.array(cells * len(tables), dtype=float)
    counts = np.array([float(people[cell]) for people in tables for cell in cells])
    segments = [np.repeat(np.eye(len(tables))[at], len(cells)) for at in range(len(tables))]
    stayed, came, went = segments
    this, last = (
        AttackerTables(scores[:, 0], scores[:, 1], counts, member, k, means=means, ordered=ordered)
        for member in (stayed + came, stayed + went)
    )
    return this, last, segments


def background(
    segments: Sequence[Weights], there: AttackerTables, last: AttackerTables, earlier: KnownToReader | None
) -> tuple[list[KnownCount], list[Weights]]:
    """What the reader knows besides this edition, and what of it must stay hidden.

    Also what all who came, or all who went, answered alike: of one person that is each answer.
    """
    facts = [there.exactly(segment) for segment in segments]
    if earlier is None:
        return facts, []
    facts += always(last)
    for feature in earlier.shown:
        facts += FACTS[feature](last)
    scores = [score for release in (there, last) for side in release.answers for score in side]
    alike = [
        one * segment
        for segment in segments
        for one in [*there.directions, *last.directions, *scores]
        if 0 < there.total(one * segment) == there.total(segment)
    ]
    return facts, [*hidden_counts(last, earlier.shown), *alike]


def _possible(given: Iterable[tuple[int, int]], scale: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The cells that are thought possible: all of a short scale, else those that somebody is in, and around them."""
    low, high = scale or (-math.inf, math.inf)
    if high - low <= SHORT:
        points = range(int(low), int(high) + 1)
        return [(x, y) for x in points for y in points]
    near = {(x + right, y + up) for x, y in given for right in (-1, 0, 1) for up in (-1, 0, 1)}
    return sorted((x, y) for x, y in near if low <= x <= high and low <= y <= high)


# What a reader knows.


def always(there: AttackerTables) -> list[KnownCount]:
    """What is told wherever anything is told: how many people, the mean change, and both means where they are shown.

    The reader is thought to know the change itself, though only that of the shown means is told.
    """
    means = [_mean(there, side * there.member) for side in (there.before, there.after)] if there.means else []
    return [there.exactly(there.member), there.exactly(there.change), *means]


def _mean(there: AttackerTables, side: Weights) -> KnownCount:
    """The sum of scores whose mean is rounded to what is shown."""
    shown = rounded(there.total(side) / there.n, POINTS)
    return there.between(side, there.n * (shown - _HALF) + NEAR, there.n * (shown + _HALF) - NEAR)


def _verdict(there: AttackerTables) -> list[KnownCount]:
    """Whether the interval holds zero: the spread of the differences is above or below a bound."""
    squares = there.change**2
    bound = _squares(there, abs(there.total(there.change)) / there.n)
    clear = there.total(squares) < bound
    return [KnownCount(squares, 0, bound - NEAR) if clear else KnownCount(squares, bound - NEAR, math.inf)]


def _interval(there: AttackerTables) -> list[KnownCount]:
    """The spread lies where both ends of the interval are rounded to what is shown.

    That an end was moved to hold the shown change is not reckoned with: the reader would know less.
    """
    squares, total = there.change**2, there.total(there.change)
    change = total / there.n
    variance = max(0.0, (there.total(squares) - total * change) / (there.n - 1))
    half = t_quantile(there.n - 1, 0.975) * math.sqrt(variance / there.n)
    low = meant(end(change - half, POINTS, upper=False), POINTS)
    high = meant(end(change + half, POINTS, upper=True), POINTS)
    least = max(change - low[1], high[0] - change)
    most = min(change - low[0], high[1] - change)
    return [
        *_verdict(there),
        there.between(squares, _squares(there, max(least, 0.0)) + NEAR, _squares(there, most) - NEAR),
    ]


def _squares(there: AttackerTables, half: float) -> float:
    """The sum of squared differences that gives an interval of half this width."""
    spread = half * math.sqrt(there.n) / t_quantile(there.n - 1, 0.975)
    return spread**2 * (there.n - 1) + there.total(there.change) ** 2 / there.n


def _directions(there: AttackerTables) -> list[KnownCount]:
    """The joined groups of lower, same and higher; a bound on the higher ones where they are not a group."""
    groups = there.joined([there.directions])
    facts = [_group(there, there.directions, group) for group in groups] if len(groups) > 1 else []
    higher = there.directions[-1]
    if groups[-1] == (len(there.directions) - 1,):
        return facts
    if there.total(higher) > there.n - there.k:
        return [*facts, KnownCount(higher, there.n - there.k + 1, there.n)]
    return [*facts, KnownCount(higher, 0, there.k - 1)] if there.total(higher) < there.k else facts


def _answers(there: AttackerTables) -> list[KnownCount]:
    """The joined groups of answers, before and after."""
    groups = there.joined(there.answers)
    return [_group(there, side, group) for side in there.answers for group in groups] if len(groups) > 1 else []


def _group(there: AttackerTables, categories: Sequence[Weights], group: Sequence[int]) -> KnownCount:
    joined: Weights = np.sum([categories[position] for position in group], axis=0)
    return there.exactly(joined)


def effect_shown(n: float, moments: Sequence[float]) -> float | None:
    """g_av as it is shown, from the sums of both scores and of their squares."""
    x, y, xx, yy = moments
    spreads = [math.sqrt(max(0.0, (squares - total * total / n) / (n - 1))) for total, squares in ((x, xx), (y, yy))]
    return rounded((y - x) / n / (sum(spreads) / 2) * hedges_j(2 * (n - 1)), 1) if sum(spreads) > NEAR else None


FACTS: dict[Feature, Callable[[AttackerTables], list[KnownCount]]] = {
    "verdict": _verdict,
    "interval": _interval,
    "directions": _directions,
    "answers": _answers,
    "effect": lambda _there: [],
}


# What must not follow.


def hidden_counts(there: AttackerTables, shown: frozenset[Feature]) -> list[Weights]:
    """The counts that are not shown by themselves."""
    groups = there.joined([there.directions]) if "directions" in shown else ()
    hidden = [one for at, one in enumerate(there.directions) if (at,) not in groups]
    if "answers" in shown:
        groups = there.joined(there.answers)
        hidden += [one for side in there.answers for at, one in enumerate(side) if (at,) not in groups]
    return small(there, hidden)


def small(there: AttackerTables, counts: Iterable[Weights]) -> list[Weights]:
    """Those of them below k: a big one that follows harms nobody."""
    return [one for one in counts if there.total(one) < there.k]
