"""Which parts of a change may be shown so that no hidden count of people follows from them.

A hidden count is safe when other answers of as many people would give the very same report, but another count. Such
answers are looked for first where one or two people answer otherwise, then by integer programming. Pure: it knows the
table of both answers and what would be said of it, not who answered.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from reports.slovenian import rounded
from reports.statistics import hedges_j, t_quantile
from reports.suppression import Feature, Groups, Table, join_neighbours

Weights = NDArray[np.float64]  # one a cell of the table
ORDER: tuple[Feature, ...] = (
    "verdict",
    "directions",
    "interval",
    "answers",
    "effect",
)  # what readers want most comes first
SHORT = 10  # a longer scale would make the search long, and needs it less
_HALF = 0.05  # what is rounded to one decimal lies so near
_NEAR = 1e-9
_TRIED = 20  # how many moves of one effect are tried before the exact search


@dataclass(frozen=True, slots=True)
class Fact:
    """A weighted count of people that a reader knows to lie in this range."""

    weights: Weights
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader saw before: the table behind the last edition, and its features."""

    table: Table
    shown: frozenset[Feature]


@dataclass(frozen=True)
class Situation:
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

    def exactly(self, weights: Weights) -> Fact:
        """That the reader knows this sum."""
        return Fact(weights, self.total(weights), self.total(weights))

    def between(self, weights: Weights, low: float, high: float) -> Fact:
        """That the reader knows this sum to lie between, as it does."""
        return Fact(weights, min(low, self.total(weights)), max(high, self.total(weights)))

    def joined(self, rows: Sequence[Sequence[Weights]]) -> Groups:
        """Categories joined so that each has k people in every row."""
        return join_neighbours([[int(self.total(one)) for one in row] for row in rows], self.k)


@lru_cache(maxsize=4096)
def safe_features(
    table: Table,
    scale: tuple[int, int] | None,
    k: int,
    *,
    means: bool,
    answers: bool,
    wanted: tuple[Feature, ...] = ORDER,
    earlier: Seen | None = None,
) -> frozenset[Feature] | None:
    """The features of a change that may be shown together with n and the mean change; None: not even these.

    `scale` bounds the scores; without it only scores that somebody gave, and their neighbours, are thought possible.
    `means`: both means are shown, too. `answers`: the scores are few and have an order. `wanted`: the features that
    are told at all, the dearest first. `earlier`: what the reader knows already; nothing hidden may follow from both.
    """
    if k <= 1:
        return frozenset(wanted)
    there, before, segments = _situations(table, scale, k, earlier, means=means, ordered=answers)
    facts, hidden = _background(segments, there, before, earlier)
    facts += _always(there)
    shown: frozenset[Feature] = frozenset()
    if not _safe(there, facts, hidden + _hidden(there, shown)):
        return None
    for feature in wanted:
        if feature == "answers" and not (answers and means):
            continue
        more, wider = [*facts, *_FACTS[feature](there)], shown | {feature}
        if _safe(there, more, hidden + _hidden(there, wider), effect=feature == "effect"):
            facts, shown = more, wider
    return shown


def safe_summary(scores: Sequence[int], scale: tuple[int, int], k: int, *, spread: bool) -> bool:
    """Whether the mean of one answer may be shown, and its standard deviation with it (`spread`)."""
    if k <= 1:
        return True
    points = np.arange(scale[0], scale[1] + 1, dtype=float)
    counts = np.array([float(list(scores).count(int(point))) for point in points])
    there = Situation(points, points, counts, np.ones(len(points)), k, means=True, ordered=True)
    known = (np.ones(len(points)), points, *([points**2] if spread else []))
    facts = [there.exactly(weights) for weights in known]
    return _safe(there, facts, _small(there, there.answers[0]))


def _situations(
    table: Table, scale: tuple[int, int] | None, k: int, earlier: Seen | None, *, means: bool, ordered: bool
) -> tuple[Situation, Situation, list[Weights]]:
    """This edition, the earlier one, and who stayed, came and went, each as zeros and ones by cell."""
    now, then = Counter(dict(table)), Counter(dict(earlier.table if earlier else table))
    tables = [now & then, now - then, then - now]
    before, after = (_possible({cell[side] for cell in now | then}, scale) for side in (0, 1))
    cells = [(x, y) for x in before for y in after]
    scores = np.array(cells * len(tables), dtype=float)
    counts = np.array([float(people[cell]) for people in tables for cell in cells])
    segments = [np.repeat(np.eye(len(tables))[at], len(cells)) for at in range(len(tables))]
    stayed, came, went = segments
    this, last = (
        Situation(scores[:, 0], scores[:, 1], counts, member, k, means=means, ordered=ordered)
        for member in (stayed + came, stayed + went)
    )
    return this, last, segments


def _background(
    segments: Sequence[Weights], there: Situation, last: Situation, earlier: Seen | None
) -> tuple[list[Fact], list[Weights]]:
    """What the reader knows besides this edition, and what of it must stay hidden: also what all newcomers said."""
    facts = [there.exactly(segment) for segment in segments]
    if earlier is None:
        return facts, []
    facts += _always(last)
    for feature in earlier.shown:
        facts += _FACTS[feature](last)
    alike = [
        one * segment
        for segment in segments
        for one in [*there.directions, *last.directions, *(score for side in there.answers for score in side)]
        if 0 < there.total(one * segment) == there.total(segment)
    ]
    return facts, [*_hidden(last, earlier.shown), *alike]


def _possible(given: Iterable[int], scale: tuple[int, int] | None) -> list[int]:
    """The scores that are thought possible: all of a short scale, else those near to given ones."""
    low, high = scale or (-math.inf, math.inf)
    if high - low <= SHORT:
        return list(range(int(low), int(high) + 1))
    return sorted(score for score in {one + step for one in given for step in (-1, 0, 1)} if low <= score <= high)


# What a reader knows.


def _always(there: Situation) -> list[Fact]:
    means = [_mean(there, side * there.member) for side in (there.before, there.after)] if there.means else []
    return [there.exactly(there.member), there.exactly(there.change), *means]


def _mean(there: Situation, side: Weights) -> Fact:
    """The sum of scores whose mean is rounded to what is shown."""
    shown = rounded(there.total(side) / there.n, 1)
    return there.between(side, there.n * (shown - _HALF) + _NEAR, there.n * (shown + _HALF) - _NEAR)


def _verdict(there: Situation) -> list[Fact]:
    """Whether the interval holds zero: the spread of the differences is above or below a bound."""
    squares = there.change**2
    bound = _squares(there, abs(there.total(there.change)) / there.n)
    clear = there.total(squares) < bound
    return [Fact(squares, 0, bound - _NEAR) if clear else Fact(squares, bound - _NEAR, math.inf)]


def _interval(there: Situation) -> list[Fact]:
    """The spread lies where both ends of the interval are rounded to what is shown."""
    squares, total = there.change**2, there.total(there.change)
    change = total / there.n
    variance = max(0.0, (there.total(squares) - total * change) / (there.n - 1))
    half = t_quantile(there.n - 1, 0.975) * math.sqrt(variance / there.n)
    low, high = rounded(change - half, 1), rounded(change + half, 1)
    least = max(change - low, high - change) - _HALF
    most = min(change - low, high - change) + _HALF
    return [
        *_verdict(there),
        there.between(squares, _squares(there, max(least, 0.0)) + _NEAR, _squares(there, most) - _NEAR),
    ]


def _squares(there: Situation, half: float) -> float:
    """The sum of squared differences that gives an interval of half this width."""
    spread = half * math.sqrt(there.n) / t_quantile(there.n - 1, 0.975)
    return spread**2 * (there.n - 1) + there.total(there.change) ** 2 / there.n


def _directions(there: Situation) -> list[Fact]:
    """The joined groups of lower, same and higher; a bound on the higher ones where they are not a group."""
    groups = there.joined([there.directions])
    facts = [_group(there, there.directions, group) for group in groups] if len(groups) > 1 else []
    higher = there.directions[-1]
    if groups[-1] == (len(there.directions) - 1,):
        return facts
    if there.total(higher) > there.n - there.k:
        return [*facts, Fact(higher, there.n - there.k + 1, there.n)]
    return [*facts, Fact(higher, 0, there.k - 1)] if there.total(higher) < there.k else facts


def _answers(there: Situation) -> list[Fact]:
    """The joined groups of answers, before and after."""
    groups = there.joined(there.answers)
    return [_group(there, side, group) for side in there.answers for group in groups] if len(groups) > 1 else []


def _group(there: Situation, categories: Sequence[Weights], group: Sequence[int]) -> Fact:
    joined: Weights = np.sum([categories[position] for position in group], axis=0)
    return there.exactly(joined)


def _effect(n: float, moments: Sequence[float]) -> float | None:
    """g_av as it is shown, from the sums of both scores and of their squares."""
    x, y, xx, yy = moments
    spreads = [math.sqrt(max(0.0, (squares - total * total / n) / (n - 1))) for total, squares in ((x, xx), (y, yy))]
    return rounded((y - x) / n / (sum(spreads) / 2) * hedges_j(2 * (n - 1)), 1) if sum(spreads) > _NEAR else None


_FACTS: dict[Feature, Callable[[Situation], list[Fact]]] = {
    "verdict": _verdict,
    "interval": _interval,
    "directions": _directions,
    "answers": _answers,
    "effect": lambda _there: [],
}


# What must not follow.


def _hidden(there: Situation, shown: frozenset[Feature]) -> list[Weights]:
    """The counts that are not shown by themselves."""
    groups = there.joined([there.directions]) if "directions" in shown else ()
    hidden = [one for at, one in enumerate(there.directions) if (at,) not in groups]
    if "answers" in shown:
        groups = there.joined(there.answers)
        hidden += [one for side in there.answers for at, one in enumerate(side) if (at,) not in groups]
    return _small(there, hidden)


def _small(there: Situation, counts: Iterable[Weights]) -> list[Weights]:
    """Those of them below k: a big one that follows harms nobody."""
    return [one for one in counts if there.total(one) < there.k]


# Whether it follows.


def _safe(there: Situation, facts: Sequence[Fact], hidden: Sequence[Weights], *, effect: bool = False) -> bool:
    """Whether each hidden count could be another one, all facts (and the effect sizes) being as they are."""
    if not hidden:
        return True
    left = _unmoved(there, facts, np.array(hidden), effect=effect)
    return not left if effect else all(_could_differ(there, facts, hidden[at]) for at in left)


def _unmoved(there: Situation, facts: Sequence[Fact], hidden: Weights, *, effect: bool) -> list[int]:
    """The hidden counts that stay the same wherever one or two people answer otherwise and the facts hold."""
    moves = _Moves(there, facts, hidden)
    shown = _effect(there.n, moves.moments.tolist()) if effect else None
    left = np.ones(len(hidden), dtype=bool)
    for first, second in moves.pairs():
        seen = moves.hidden[first] + moves.hidden[second] != 0
        if not (left & seen).any() or not moves.fit(first, second):
            continue
        moments = moves.moments + moves.shifts[first] + moves.shifts[second]
        if not effect or _effect(there.n, moments.tolist()) == shown:
            left &= ~seen
            if not left.any():
                break
    return [int(at) for at in np.flatnonzero(left)]


class _Moves:
    """Every way in which one person could answer otherwise (or the same), and what that does to each sum."""

    def __init__(self, there: Situation, facts: Sequence[Fact], hidden: Weights) -> None:
        weights = np.array([fact.weights for fact in facts])
        moments = np.array([there.before, there.after, there.before**2, there.after**2]) * there.member
        sums, size = weights @ there.counts, there.size
        self.low, self.high = (np.array([getattr(fact, end) for fact in facts]) - sums for end in ("low", "high"))
        self.moments = moments @ there.counts
        self.start = np.repeat(np.flatnonzero(there.counts), size)
        end = self.start // size * size + np.tile(np.arange(size), len(self.start) // size)
        self.effects, self.hidden, self.shifts = (
            (rows[:, end] - rows[:, self.start]).T for rows in (weights, hidden, moments)
        )
        self.alone = there.counts[self.start] < 2  # noqa: PLR2004 - nobody else gave these answers

    def fit(self, first: int, second: int) -> bool:
        """Whether all facts hold still when two people move."""
        if self.start[first] == self.start[second] and self.alone[first]:
            return False
        change = self.effects[first] + self.effects[second]
        return bool(np.all(change >= self.low - _NEAR) and np.all(change <= self.high + _NEAR))

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Two moves that undo what each other does to the sums that are known exactly."""
        alike = _alike(self.effects, self.hidden, self.high - self.low < _NEAR)
        for key, firsts in alike.items():
            seconds = alike.get(tuple(-part for part in key), ())
            yield from ((first, second) for first in firsts for second in seconds)


def _alike(effects: Weights, moved: Weights, exact: NDArray[np.bool_]) -> dict[tuple[float, ...], list[int]]:
    """Moves by what they do to the sums that are known exactly, a few of each kind."""
    alike: dict[tuple[float, ...], list[int]] = {}
    kinds: dict[tuple[float, ...], int] = {}
    for at, (effect, others) in enumerate(zip(effects.tolist(), moved.tolist(), strict=True)):
        kind = (*effect, *others)
        kinds[kind] = kinds.get(kind, 0) + 1
        same = alike.setdefault(tuple(one for one, known in zip(effect, exact, strict=True) if known), [])
        if kinds[kind] <= 2 and len(same) < _TRIED:  # noqa: PLR2004 - two people may make the same move
            same.append(at)
    return alike


def _could_differ(there: Situation, facts: Sequence[Fact], hidden: Weights) -> bool:
    """Whether some other table with the same facts has another such count: an integer programme either way."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - heavy, and rarely needed

    weights, low, high = (np.array([getattr(fact, part) for fact in facts]) for part in ("weights", "low", "high"))
    known = LinearConstraint(weights, low, high)
    whole = np.ones(len(hidden), dtype=int)
    for sign in (-1.0, 1.0):
        found = milp(sign * hidden, constraints=known, integrality=whole, bounds=Bounds(0, np.inf))
        if found.x is not None and round(float(hidden @ found.x)) != round(there.total(hidden)):
            return True
    return False
