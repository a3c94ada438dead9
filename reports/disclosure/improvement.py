"""From an edition to the counts and words that may be shown: joined answers, bounds, tenths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports import texts
from reports.data.indicators import Indicator
from reports.disclosure.release_units import DIRECTIONS
from reports.disclosure.suppression import Cells, Groups, Release, join_neighbours, join_smallest
from reports.disclosure.tenths import OfTen
from surveys.model import ORDERED, ReportedMode

_NAMES = {"worse": texts.LOWER, "same": texts.SAME, "improved": texts.HIGHER}


@dataclass(frozen=True, slots=True)
class ImprovementRow:
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
    def of_ten(self) -> OfTen | None:
        """As ten people show it, where enough is known."""
        if self.exact is not None:
            return OfTen(self.exact, self.n)
        return None if self.least is None else OfTen(self.least, self.n, least=True)


def directions(release: Release, k: int) -> tuple[ImprovementRow, ...]:
    """Lower, same and higher, joined so far that each has k people; empty where no division may be shown."""
    if not release.shows("directions"):
        return ()
    counts = [release.count(key) for key in DIRECTIONS]
    groups = join_neighbours([counts], k)
    if len(groups) < 2:  # noqa: PLR2004 - one group says nothing
        return ()
    found = _named(groups, DIRECTIONS, [_NAMES[key] for key in DIRECTIONS], [counts], ordered=True)
    return tuple(replace(group, label=_from_high(group.key)) for group in found)


def _from_high(key: str) -> str:
    """»enako ali nižje«: in the order of the columns beside it."""
    return texts.either([_NAMES[direction] for direction in reversed(key.split("_"))])


def improvement(release: Release, k: int) -> Improvement:
    """What may be said of those who answered higher."""
    n, improved = release.n, release.count("improved")
    if not release.shows("directions"):
        return Improvement(n)
    if any(group.key == "improved" for group in directions(release, k)):
        return Improvement(n, exact=improved)
    if improved > n - k and n - k + 1 > k:
        return Improvement(n, least=n - k + 1)
    if improved < k < n - k:
        return Improvement(n, below=k)
    return Improvement(n)


def spoken_of(release: Release, k: int, cells: Cells) -> Improvement:
    """What a report for groups of k says and draws of those who answered higher.

    Where a public report may tell a bound only, the report of the library tells the same bound: the same people are
    drawn alike on both. Its tables hold the exact share.
    """
    public = improvement(release, cells.published)
    return improvement(release, k) if public.of_ten is None else public


def distribution(release: Release, indicator: Indicator, k: int) -> tuple[ImprovementRow, ...]:
    """The answers before and after of the same people, joined alike in both; empty where that may not be shown."""
    if not release.shows("answers"):
        return ()
    rows = [[release.count(f"{side}.{code}") for code in indicator.codes] for side in ("before", "after")]
    groups = join_neighbours(rows, k)
    if len(groups) < 2:  # noqa: PLR2004 - one group says nothing
        return ()
    return _named(groups, [str(code) for code in indicator.codes], indicator.labels, rows, ordered=True)


def shares(release: Release, indicator: Indicator, k: int) -> tuple[ImprovementRow, ...]:
    """The answers of one wave, joined so far that each has k people; empty where no division may be shown."""
    counts = [release.count(str(code)) for code in indicator.codes]
    ordered = indicator.item.kind in ORDERED
    groups = join_neighbours([counts], k) if ordered else join_smallest(counts, k)
    if len(groups) < 2:  # noqa: PLR2004 - one group says nothing
        return ()
    return _named(groups, [str(code) for code in indicator.codes], indicator.labels, [counts], ordered=ordered)


def modes(release: Release, k: int) -> tuple[ImprovementRow, ...]:
    """How many people answered by which hand; modes that nobody used are left out, those of few people joined."""
    used = [mode for mode in told_apart(release) if release.count(mode)]
    counts = [release.count(mode) for mode in used]
    joined = join_smallest(counts, k)
    if len(joined) == 1 and len(used) > 1:
        return ()
    return tuple(
        ImprovementRow(
            "_".join(used[position] for position in group),
            texts.either([texts.MODE_NAMES[used[position]] for position in group]),
            (sum(counts[position] for position in group),),
        )
        for group in joined
    )


def told_apart(release: Release) -> list[ReportedMode]:
    """The modes that a release counts; before somebody answered in a browser that is not one of them."""
    return [mode for mode in ReportedMode if mode in release.numbers]


def _named(
    groups: Groups, keys: Sequence[str], labels: Sequence[str], rows: Sequence[Sequence[int]], *, ordered: bool
) -> tuple[ImprovementRow, ...]:
    return tuple(
        ImprovementRow(
            "_".join(keys[position] for position in group),
            texts.joined(tuple(labels[position] for position in group), ordered=ordered),
            tuple(sum(row[position] for position in group) for row in rows),
        )
        for group in groups
    )
