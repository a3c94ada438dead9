"""What may be told of the single groups of a programme, so that the programme less its groups tells nobody's answer.

A group is told as it stood in an edition of the whole programme, so that the people in whom both differ are nobody, or
k and more. Knows no words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import accumulate

from sqlalchemy import Connection

from reports.data.frames import Data
from reports.data.indicators import AFTER, BEFORE, Indicator
from reports.disclosure import release_units
from reports.disclosure.cuts import Person, fewest
from reports.disclosure.publishing import newly_shown, releases
from reports.disclosure.suppression import NOTHING, SHOWN, WHO, Block, Cells, Number, Release, editions_of, enough
from storage.analysis import published
from storage.analysis.published import Published
from storage.cohorts import Cohort
from surveys.weeks import local_day

_KEYS = ("change", "ci_low", "ci_high", SHOWN, WHO)  # what a repeated edition of a group needs


@dataclass(frozen=True, slots=True)
class PeopleBehind:
    """The people behind a number: how many, and which codes of which groups, where that can still be found out."""

    n: int
    codes: frozenset[tuple[str, int]] | None

    def __or__(self, other: PeopleBehind) -> PeopleBehind:
        known = None if self.codes is None or other.codes is None else self.codes | other.codes
        return PeopleBehind(self.n + other.n, known)

    def apart(self, other: PeopleBehind, k: int) -> bool:
        """Whether they are the same people, or differ in k and more."""
        if self.codes is None or other.codes is None:
            return abs(self.n - other.n) >= k
        return not 0 < len(self.codes ^ other.codes) < k


@dataclass(frozen=True, slots=True)
class CohortReleases:
    """What may be shown of each group, by its id, and what has to be remembered of it.

    `others`: the mean change of all other people of the whole from which a group is told, where they are k: it follows
    from what is shown of both.
    """

    releases: dict[int, Release]
    published: tuple[Published, ...]
    others: dict[int, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Table:
    """All groups beside all editions of the whole, while it is decided what of the groups may be shown."""

    data: Data
    period: str
    cells: Cells
    order: tuple[int, ...]  # the groups, from early to late
    wholes: tuple[PeopleBehind, ...]  # from small to big
    shown: dict[int, list[PeopleBehind]] = field(default_factory=dict)  # the editions of each group, the last one last

    def fits(self, group: int, people: PeopleBehind) -> bool:
        """Whether from all that was shown, and these people of the group, the sum of nobody follows, or of k and more.

        Where people cannot be found any more, the groups together must differ from each whole in k or more.
        """
        there = {**self.shown, group: [*self.shown.get(group, ()), people]}
        sums = list(accumulate((there[one][-1] for one in self.order if one in there), PeopleBehind.__or__))
        if not all(whole.apart(one, self.cells.inside) for whole in self.wholes for one in sums):
            return False
        few = fewest(_known(self.wholes), [_known(releases) for releases in there.values()])
        return few is None or enough(few, self.cells.inside)

    def candidates(self, group: int) -> Iterator[PeopleBehind]:
        """The people of the group in each whole, the newest first."""
        known = [one.codes for one in reversed(self.wholes) if one.codes is not None]
        for codes in dict.fromkeys(frozenset(one for one in codes if one[1] == group) for codes in known):
            if enough(len(codes), self.cells.inside):
                yield PeopleBehind(len(codes), codes)


def part(data: Data, cohort: int, codes: Iterable[str] | None = None) -> Data:
    """The data of one group, or of some of its people."""
    there = data.people["cohort"] == cohort
    if codes is not None:
        there &= data.people["code"].isin(list(codes))
    return data.only(there)


def told(
    connection: Connection,
    slug: str,
    indicator: Indicator,
    data: Data,
    cohorts: Sequence[Cohort],
    wanted: Sequence[Cohort],
    moment: datetime,
    cells: Cells,
) -> CohortReleases:
    """The change from before to after in the wanted groups; `cohorts` are all of the programme, from early to late."""
    until, period = data.until(moment), local_day(moment).isoformat()
    whole = release_units.change(slug, indicator, until, cells)
    chosen = releases(connection, [whole], period, cells.inside)
    order, now = _in_order(until, indicator), chosen[whole.name]
    sums = [(_found(one, order), one["change"] or 0.0) for one in _history(connection, whole.name, ("change", WHO))]
    if now and now.fresh:
        sums.append((PeopleBehind(len(order), frozenset(order)), now["change"] or 0.0))
    sums.sort(key=lambda one: one[0].n)
    table = _Table(until, period, cells, tuple(one.id for one in cohorts), tuple(people for people, _ in sums))
    names = {one.id: release_units.name(slug, f"cohort:{one.id}", indicator.id) for one in cohorts}
    earlier = {id_: _history(connection, name, _KEYS) for id_, name in names.items()}
    table.shown.update({id_: [_recalled(table, id_, one) for one in found] for id_, found in earlier.items() if found})
    found = {one.id: _choose(connection, table, slug, indicator, one.id, earlier[one.id]) for one in wanted}
    others = {id_: beside for id_, release in found.items() if (beside := _others(sums, id_, release, cells.inside))}
    shown = newly_shown({**chosen, **{names[id_]: release for id_, release in found.items()}})
    return CohortReleases({id_: _as_the_whole(release, now) for id_, release in found.items()}, shown, others)


def _others(sums: Sequence[tuple[PeopleBehind, float]], group: int, release: Release, k: int) -> Number | None:
    """Whoever is not of the group in the newest whole from which the group could have been told."""
    for people, change in reversed(sums) if release else ():
        inside = [code for code, of in people.codes or () if of == group]
        if inside and release[WHO] == release_units.who(inside):
            n = people.n - len(inside)
            total = people.n * change - len(inside) * (release["change"] or 0.0)
            return Number(total / n, n) if enough(n, k) else None
    return None


def _as_the_whole(release: Release, whole: Release) -> Release:
    """A group that is everybody of the programme is told with the same numbers as the programme: also its means."""
    if not release or not whole or release[WHO] != whole[WHO]:
        return release
    means = {key: whole.numbers[key] for key in ("mean_before", "mean_after")}
    return replace(release, numbers={**release.numbers, **means})


def _choose(
    connection: Connection, table: _Table, slug: str, indicator: Indicator, group: int, earlier: Sequence[Release]
) -> Release:
    """The newest edition of a group that fits, else the last one."""
    for people in table.candidates(group):
        if not table.fits(group, people):
            continue
        some = part(table.data, group, (code for code, _ in people.codes or ()))
        block = release_units.group_change(slug, group, indicator, some, table.cells)
        release = releases(connection, [block], table.period, table.cells.inside)[block.name]
        if release and release.fresh:
            table.shown.setdefault(group, []).append(people)
            return release
    return next((one for one in reversed(earlier) if one.period <= table.period), NOTHING)


def _history(connection: Connection, block: str, keys: Iterable[str]) -> list[Release]:
    return editions_of(Block(block, {}), published.read(connection, [f"{block}:{key}" for key in keys]))


def _in_order(data: Data, indicator: Indicator) -> list[tuple[str, int]]:
    """Code and group of those with both answers, in the order in which the second came; each once, as in `frames`."""
    cohorts = data.last_cohorts(indicator.id, BEFORE, AFTER)
    ended = data.last_ended(indicator.id, BEFORE, AFTER)
    found = sorted(zip(ended, cohorts.index, cohorts, strict=True))
    return [(str(code), int(cohort)) for _, code, cohort in found]


def _found(release: Release, order: Sequence[tuple[str, int]]) -> PeopleBehind:
    """The people of an earlier edition are those who answered first, if their fingerprint says so."""
    first = order[: release.n]
    known = WHO in release.numbers and release[WHO] == release_units.who(code for code, _ in first)
    return PeopleBehind(release.n, frozenset(first) if known else None)


def _known(found: Iterable[PeopleBehind]) -> list[frozenset[Person]]:
    return [frozenset(one.codes) for one in found if one.codes is not None]


def _recalled(table: _Table, group: int, release: Release) -> PeopleBehind:
    """The people of a group's earlier edition."""
    for people in table.candidates(group):
        if people.codes and release[WHO] == release_units.who(code for code, _ in people.codes):
            return people
    return PeopleBehind(release.n, None)
