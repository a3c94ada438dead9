"""From an edition to the counts and words that may be shown: joined answers, bounds, tenths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from reports import texts
from reports.blocks import DIRECTIONS
from reports.indicators import Indicator
from reports.suppression import Edition, Groups, join_neighbours, join_smallest
from surveys.model import ORDERED, Mode

_NAMES = {"worse": texts.LOWER, "same": texts.SAME, "improved": texts.HIGHER}
_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Group:
    """One shown category: the keys that it joins, its words, and its count in each row."""

    key: str
    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Improvement:
    """How many answered higher, as exactly as may be said: `exact`, or a bound on one side, of n people."""

    n: int
    exact: int | None = None
    least: int | None = None  # at least so many
    below: int | None = None  # fewer than so many

    @property
    def tenths(self) -> int | None:
        """Of ten people, rounded to the nearest (a lower bound rounded down), where something is known."""
        if self.exact is not None:
            share = Decimal(self.exact * _TENTHS) / self.n
            return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))
        return None if self.least is None else self.least * _TENTHS // self.n


def directions(edition: Edition, k: int) -> tuple[Group, ...]:
    """Lower, same and higher, joined so far that each has k people; empty where no division may be shown."""
    if not edition.shows("directions"):
        return ()
    counts = [edition.count(key) for key in DIRECTIONS]
    groups = join_neighbours([counts], k)
    if len(groups) < 2:  # noqa: PLR2004 - one group says nothing
        return ()
    found = _named(groups, DIRECTIONS, [_NAMES[key] for key in DIRECTIONS], [counts], ordered=True)
    return tuple(replace(group, label=_from_high(group.key)) for group in found)


def _from_high(key: str) -> str:
    """»enako ali nižje«: in the order of the columns beside it."""
    return texts.either([_NAMES[direction] for direction in reversed(key.split("_"))])


def improvement(edition: Edition, k: int) -> Improvement:
    """What may be said of those who answered higher."""
    n, improved = edition.n, edition.count("improved")
    if not edition.shows("directions"):
        return Improvement(n)
    if any(group.key == "improved" for group in directions(edition, k)):
        return Improvement(n, exact=improved)
    if improved > n - k and n - k + 1 > k:
        return Improvement(n, least=n - k + 1)
    if improved < k < n - k:
        return Improvement(n, below=k)
    return Improvement(n)


def distribution(edition: Edition, indicator: Indicator, k: int) -> tuple[Group, ...]:
    """The answers before and after of the same people, joined alike in both; empty where that may not be shown."""
    if not edition.shows("answers"):
        return ()
    rows = [[edition.count(f"{side}.{code}") for code in indicator.codes] for side in ("before", "after")]
    groups = join_neighbours(rows, k)
    if len(groups) < 2:  # noqa: PLR2004 - one group says nothing
        return ()
    return _named(groups, [str(code) for code in indicator.codes], indicator.labels, rows, ordered=True)


def shares(edition: Edition, indicator: Indicator, k: int) -> tuple[Group, ...]:
    """The answers of one wave, joined so far that each has k people; empty where no division may be shown."""
    counts = [edition.count(str(code)) for code in indicator.codes]
    ordered = indicator.item.kind in ORDERED
    groups = join_neighbours([counts], k) if ordered else join_smallest(counts, k)
    if len(groups) < 2:  # noqa: PLR2004 - one group says nothing
        return ()
    return _named(groups, [str(code) for code in indicator.codes], indicator.labels, [counts], ordered=ordered)


def modes(edition: Edition, k: int) -> tuple[Group, ...]:
    """How many people answered by which hand; modes that nobody used are left out, those of few people joined."""
    used = [mode for mode in Mode if edition.count(mode)]
    counts = [edition.count(mode) for mode in used]
    joined = join_smallest(counts, k)
    if len(joined) == 1 and len(used) > 1:
        return ()
    return tuple(
        Group(
            "_".join(used[position] for position in group),
            texts.either([texts.MODE_NAMES[used[position]] for position in group]),
            (sum(counts[position] for position in group),),
        )
        for group in joined
    )


def _named(
    groups: Groups, keys: Sequence[str], labels: Sequence[str], rows: Sequence[Sequence[int]], *, ordered: bool
) -> tuple[Group, ...]:
    return tuple(
        Group(
            "_".join(keys[position] for position in group),
            texts.joined(tuple(labels[position] for position in group), ordered=ordered),
            tuple(sum(row[position] for position in group) for row in rows),
        )
        for group in groups
    )
