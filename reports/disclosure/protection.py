"""Which parts of a change may be shown so that no hidden count of people follows from them.

A hidden count is safe when other answers of as many people would give the very same report, but another count. Such
answers are looked for first where one or two people answer otherwise, then by integer programming. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from reports.disclosure.facts import (
    FACTS,
    NEAR,
    SHORT,
    AttackerTables,
    KnownCount,
    Weights,
    always,
    background,
    effect_shown,
    hidden_counts,
    situations,
    small,
)
from reports.disclosure.suppression import Feature, KnownToReader, Table

__all__ = ["ORDER", "SHORT", "STARTS", "others", "safe_features", "safe_mean", "safe_summary", "same_effect", "unmoved"]

ORDER: tuple[Feature, ...] = ("verdict", "directions", "interval", "answers", "effect")  # the most wanted first
_TRIED = 20  # moves of one effect that are tried before the exact search
STARTS = 300  # cells from which people are moved
_SECONDS = 2.0  # of the exact search; what it has not found by then is taken for impossible


@lru_cache(maxsize=4096)
def safe_features(
    table: Table,
    scale: tuple[int, int] | None,
    k: int,
    *,
    means: bool,
    answers: bool,
    wanted: tuple[Feature, ...] = ORDER,
    earlier: KnownToReader | None = None,
) -> frozenset[Feature] | None:
    """The features of a change that may be shown together with n and the mean change; None: not even these.

    `scale` bounds the scores; without it only scores that somebody gave, and their neighbours, are thought possible.
    `means`: both means are shown, too. `answers`: the scores are few and have an order. `wanted`: the features that
    are told at all, the dearest first. `earlier`: what the reader knows already; nothing hidden may follow from both.
    """
    if k <= 1:
        return frozenset(wanted)
    there, before, segments = situations(table, scale, k, earlier, means=means, ordered=answers)
    facts, hidden = background(segments, there, before, earlier)
    facts += always(there)
    search = _Search(there)
    shown: frozenset[Feature] = frozenset()
    if not _safe(search, facts, hidden + hidden_counts(there, shown)):
        return None
    for feature in wanted:
        if feature == "answers" and not (answers and means):
            continue
        more, wider = [*facts, *FACTS[feature](there)], shown | {feature}
        if _safe(search, more, hidden + hidden_counts(there, wider), effect=feature == "effect"):
            facts, shown = more, wider
    return shown


def safe_mean(
    table: Table, scale: tuple[int, int], k: int, earlier: KnownToReader | None = None
) -> frozenset[Feature] | None:
    """Whether the mean of one answer may be shown beside the last edition (None: not), and its interval with it.

    Nothing small follows from two editions of which nothing follows from the people of either alone: those who came or
    went must be so many, and so mixed, that they could be told by themselves. Where some came and others went, the
    last edition is repeated.
    """
    now, then = Counter(dict(table)), Counter(dict(earlier.table if earlier else table))
    came, went = now - then, then - now
    if came and went:
        return None
    parts = [one for one in (now, came, went) if one]
    scores = [[x for (x, _), count in one.items() for _ in range(count)] for one in parts]
    if any(k > 1 and (len(one) < k or len(set(one)) == 1) for one in scores):
        return None
    if not all(safe_summary(one, scale, k, spread=False) for one in scores):
        return None
    spread = all(safe_summary(one, scale, k, spread=True) for one in scores)
    return frozenset({"interval"} if spread else ())


def safe_summary(scores: Sequence[int], scale: tuple[int, int], k: int, *, spread: bool) -> bool:
    """Whether the mean of one answer may be shown, and its standard deviation with it (`spread`)."""
    if k <= 1:
        return True
    points = np.arange(scale[0], scale[1] + 1, dtype=float)
    counts = np.array([float(list(scores).count(int(point))) for point in points])
    there = AttackerTables(points, points, counts, np.ones(len(points)), k, means=True, ordered=True)
    known = (np.ones(len(points)), points, *([points**2] if spread else []))
    facts = [there.exactly(weights) for weights in known]
    return _safe(_Search(there), facts, small(there, there.answers[0]))


# Whether it follows.


def _safe(search: _Search, facts: Sequence[KnownCount], hidden: Sequence[Weights], *, effect: bool = False) -> bool:
    """Whether each hidden count could be another one, all facts (and the effect sizes) being as they are."""
    if not hidden:
        return True
    if effect:
        return not unmoved(search.there, facts, np.array(hidden), same_effect(search.there))
    unseen = search.unseen(facts, np.array(hidden))
    left = unmoved(search.there, facts, unseen) if len(unseen) else []
    return all(search.could_differ(facts, unseen[at]) for at in left)


def unmoved(
    there: AttackerTables, facts: Sequence[KnownCount], hidden: Weights, same: Callable[[Weights], bool] | None = None
) -> list[int]:
    """The hidden counts that stay the same wherever one or two people answer otherwise and the facts hold.

    `same` says of the counts of all cells, after two people moved, whether what is told beside the facts is the same.
    """
    moves = _Moves(there, facts, hidden)
    left = np.ones(len(hidden), dtype=bool)
    for first, second in moves.fitting():
        seen = moves.hidden[first] + moves.hidden[second] != 0
        if (left & seen).any() and (same is None or same(moves.counts(first, second))):
            left &= ~seen
            if not left.any():
                break
    return [int(at) for at in np.flatnonzero(left)]


def others(there: AttackerTables, facts: Sequence[KnownCount], most: int) -> list[Weights]:
    """The counts of all cells as they are, and as they could be, too, by the facts, where one or two people moved."""
    moves = _Moves(there, facts, np.eye(len(there.counts)))
    return [there.counts, *islice((moves.counts(first, second) for first, second in moves.fitting()), most)]


def same_effect(there: AttackerTables) -> Callable[[Weights], bool]:
    """Whether g_av would be told the same."""
    moments = np.array([there.before, there.after, there.before**2, there.after**2]) * there.member
    shown = effect_shown(there.n, (moments @ there.counts).tolist())
    return lambda counts: effect_shown(there.n, (moments @ counts).tolist()) == shown


class _Moves:
    """Every way in which one person could answer otherwise (or the same), and what that does to each sum."""

    def __init__(self, there: AttackerTables, facts: Sequence[KnownCount], hidden: Weights) -> None:
        weights, low, high = _ranges(facts)
        sums, size = weights @ there.counts, there.size
        self.low, self.high = low - sums, high - sums
        self.there = there.counts
        self.start, self.end = _near_moves(there, size)
        self.effects, self.hidden = ((rows[:, self.end] - rows[:, self.start]).T for rows in (weights, hidden))
        self.alone = there.counts[self.start] < 2  # noqa: PLR2004 - nobody else gave these answers

    def counts(self, first: int, second: int) -> Weights:
        """How many people are in each cell when two people moved."""
        moved = self.there.copy()
        for move in (first, second):
            moved[self.start[move]] -= 1
            moved[self.end[move]] += 1
        return moved

    def fitting(self) -> Iterator[tuple[int, int]]:
        """Two moves that undo what each other does to the sums that are known exactly, where all facts hold still."""
        alike = _alike(self.effects, self.hidden, self.high - self.low < NEAR)
        for key, firsts in alike.items():
            if seconds := alike.get(tuple(-part for part in key)):
                change = self.effects[firsts][:, np.newaxis] + self.effects[seconds]
                fit = np.all((change >= self.low - NEAR) & (change <= self.high + NEAR), axis=2)
                fit &= (self.start[firsts][:, np.newaxis] != self.start[seconds]) | ~self.alone[firsts][:, np.newaxis]
                yield from ((firsts[first], seconds[second]) for first, second in np.argwhere(fit).tolist())


def _near_moves(there: AttackerTables, size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """From which cell to which, in the same table; in a big table only to the cells around."""
    start = np.repeat(np.flatnonzero(there.counts)[:STARTS], size)
    end = start // size * size + np.tile(np.arange(size), len(start) // size)
    if size <= (SHORT + 1) ** 2:
        return start, end
    around = [np.abs(side[end] - side[start]) <= 1 for side in (there.before, there.after)]
    return start[around[0] & around[1]], end[around[0] & around[1]]


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


class _Search:
    """Looks for other tables of the same facts. One that was found answers for many counts, and is asked first."""

    def __init__(self, there: AttackerTables) -> None:
        self.there = there
        self._found: list[Weights] = []

    def unseen(self, facts: Sequence[KnownCount], hidden: Weights) -> Weights:
        """The hidden counts, a row each, that are the same in every table found so far that fits the facts."""
        weights, low, high = _ranges(facts)
        left = hidden
        for table in self._found:
            sums = weights @ table
            if np.all(sums >= low - NEAR) and np.all(sums <= high + NEAR):
                left = left[np.abs(left @ (table - self.there.counts)) < NEAR]
        return left

    def could_differ(self, facts: Sequence[KnownCount], hidden: Weights) -> bool:
        """Whether some other table with the same facts has another such count: an integer programme either way."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - heavy, and rarely needed

        if not len(self.unseen(facts, hidden[np.newaxis])):
            return True
        for sign in (-1.0, 1.0):
            found = milp(
                sign * hidden,
                constraints=LinearConstraint(*_ranges(facts)),
                integrality=np.ones(len(hidden), dtype=int),
                bounds=Bounds(0, np.inf),
                options={"time_limit": _SECONDS},
            )
            if found.x is not None and round(float(hidden @ found.x)) != round(self.there.total(hidden)):
                self._found.append(np.round(found.x))
                return True
        return False


def _ranges(facts: Sequence[KnownCount]) -> tuple[Weights, Weights, Weights]:
    """The weights of each fact, and between which numbers its sum lies."""
    weights, low, high = (np.array([getattr(fact, part) for fact in facts]) for part in ("weights", "low", "high"))
    return weights, low, high
