"""Who answered higher, by whose hand gave the answer, over all programmes. Knows no words.

Only programmes count that say themselves, in public, how many answered higher. Modes are joined so far that in each
shown group at least k people answered higher and at least k did not, also without the programmes that are in no other
group: docs/decisions/small-cells.md. What is remembered names every union of the shown groups, because another time
other modes may be joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import Connection

from reports.data.frames import Data
from reports.data.indicators import AFTER, BEFORE, Indicator
from reports.disclosure import improvement as groups
from reports.disclosure.material import Material
from reports.disclosure.release_units import who
from reports.disclosure.suppression import NOTHING, WHO, Block, Number, Release, enough
from reports.disclosure.together import Way, repeated, together
from reports.formulas.statistics import STEP
from surveys.model import ReportedMode

_NAME = "national:told"
Modes = tuple[ReportedMode, ...]
Division = tuple[Modes, ...]
_MODES = tuple(ReportedMode)


@dataclass(frozen=True)
class ByMode:
    """Answers at the end: the code of the person, the place of the mode in `ReportedMode`, and whether it is higher."""

    codes: NDArray[np.str_]
    modes: NDArray[np.int64]
    higher: NDArray[np.bool_]

    @cached_property
    def twice(self) -> bool:
        """Whether somebody answered by two modes, in two programmes; the codes are in order."""
        return bool((self.codes[1:] == self.codes[:-1]).any())

    @property
    def used(self) -> frozenset[ReportedMode]:
        """The modes in which anybody answered."""
        return frozenset(_MODES[at] for at in np.unique(self.modes))


@dataclass(frozen=True, slots=True)
class People:
    """How many different people, how many of them answered higher, and a fingerprint of them."""

    n: int
    higher: int
    who: float


class Told:
    """The answers of several programmes; somebody of two of them counts with the last one, and of two modes too."""

    def __init__(self, programmes: Sequence[ByMode]) -> None:
        self._programmes = programmes
        self._merged: dict[tuple[int, ...], ByMode] = {}
        self._people: dict[tuple[tuple[int, ...], Modes], People] = {}
        self.used = frozenset[ReportedMode]().union(*(one.used for one in programmes))

    def people(self, modes: Modes) -> People:
        """Who answered by these modes."""
        return self._of(tuple(range(len(self._programmes))), modes)

    def left(self, modes: Modes) -> People:
        """The same without the programmes in which nobody answered by another one."""
        return self._of(tuple(at for at, one in enumerate(self._programmes) if not one.used <= set(modes)), modes)

    def _of(self, programmes: tuple[int, ...], modes: Modes) -> People:
        if programmes not in self._merged:
            self._merged[programmes] = _merged([self._programmes[at] for at in programmes])
        if not self._merged[programmes].twice:
            modes = tuple(mode for mode in ReportedMode if mode in modes)
        if (programmes, modes) not in self._people:
            self._people[programmes, modes] = _people(self._merged[programmes], modes)
        return self._people[programmes, modes]


@dataclass(frozen=True, slots=True)
class Shown:
    """Some modes as one group: people with both answers, and how many of them answered higher at the end."""

    modes: Modes
    n: int
    higher: int
    period: str = ""  # of an earlier report, where its numbers are repeated


@dataclass(frozen=True, slots=True)
class ModeEffects:
    """The groups that may be shown, and the editions that they come from; `complete` where every programme counts.

    `programmes` are the slugs of those that do. `whole` is everybody together; it may be told where no division into
    modes may.
    """

    groups: tuple[Shown, ...]
    releases: Mapping[str, Release]
    complete: bool
    programmes: tuple[str, ...] = ()
    whole: Shown | None = None


def mode_effects(connection: Connection, materials: Iterable[Material], period: str, k: int) -> ModeEffects:
    """The finest division into modes that may be shown, no groups where none may; and everybody together."""
    measured = {one.programme.slug: by_mode(one.data, one.primary) for one in materials if one.primary is not None}
    exact = {one.programme.slug: release for one in materials if (release := _exact(one))}
    fresh = [measured[slug] for slug, release in exact.items() if release.fresh]
    every = [measured[slug] for slug in exact]
    whole = Told(every)
    last = repeated(connection, _ways(_divisions(whole, k), whole), period) if len(fresh) < len(every) else {}
    told = whole if last or len(fresh) == len(every) else Told(fresh)
    divisions = _divisions(told, k)
    releases = last or together(connection, _ways(divisions, told), period, k)
    division = next((one for one in divisions if all(_name(modes) in releases for modes in one)), ())
    there = [_shown(modes, releases[_name(modes)]) for modes in division]
    complete = len(exact) == sum(bool(one.used) for one in measured.values())
    return ModeEffects(tuple(there), releases, complete, tuple(exact), _whole(list(exact.values())))


def _exact(material: Material) -> Release:
    """What a public report says of a programme that tells how many answered higher; only such ones may be in a total.

    A total minus the others would tell what the programme itself does not: docs/decisions/small-cells.md.
    """
    one = material.primary
    release = material.release(AFTER, one.id) if one else NOTHING
    return release if release and groups.improvement(release, material.k).exact is not None else NOTHING


def _whole(told: Sequence[Release]) -> Shown | None:
    """The sum of what the programmes tell, as of the oldest of them."""
    if not told:
        return None
    period = min((one.period for one in told if not one.fresh), default="")
    return Shown((), sum(one.n for one in told), sum(one.count("improved") for one in told), period)


def by_mode(data: Data, indicator: Indicator) -> ByMode:
    """The pairs of one programme by the mode of the second answer."""
    pairs = data.pairs(indicator.id, BEFORE, AFTER)
    modes = pd.Categorical(data.modes_of_pairs(indicator.id, BEFORE, AFTER), categories=_MODES)
    change = (pairs["after"] - pairs["before"]).to_numpy() * (-1 if indicator.item.reverse else 1)
    return ByMode(pairs.index.to_numpy(np.str_), modes.codes.astype(np.int64), change >= STEP)


def _ways(divisions: Iterable[Division], told: Told) -> list[Way]:
    return [Way(_blocks(told, one)) for one in divisions]


def _divisions(told: Told, k: int) -> list[Division]:
    """All divisions of the used modes that may be shown, the finest first; one group only of a single mode."""
    used = [mode for mode in ReportedMode if mode in told.used]
    least = min(len(used), 2)
    there = [
        division
        for division in _partitions(used)
        if len(division) >= least
        and all(_divides(told.people(modes), k) for modes in division)
        and all(_left(told, modes, k) for modes in _unions(division))
    ]
    return sorted(there, key=len, reverse=True)


def _left(told: Told, modes: Modes, k: int) -> bool:
    """Whether nobody, or a group that may be shown, is left of these modes without the programmes that are in no other.

    Those programmes say themselves how many of their people answered higher.
    """
    people = told.left(modes)
    return not people.n or _divides(people, k)


def _partitions(modes: Sequence[ReportedMode]) -> Iterator[Division]:
    if not modes:
        yield ()
        return
    for division in _partitions(modes[1:]):
        yield ((modes[0],), *division)
        for position, group in enumerate(division):
            yield (*division[:position], (modes[0], *group), *division[position + 1 :])


def _blocks(told: Told, division: Division) -> tuple[Block, ...]:
    """A block for each union of groups; a mode that nobody used may stand in any of them."""
    parts = (*division, *((mode,) for mode in ReportedMode if mode not in told.used))
    return tuple(_block(_name(modes), people) for modes in _unions(parts) if (people := told.people(modes)).n)


def _unions(parts: Division) -> list[Modes]:
    return [
        tuple(mode for part in chosen for mode in part)
        for size in range(1, len(parts) + 1)
        for chosen in combinations(parts, size)
    ]


def _block(name: str, people: People) -> Block:
    """The two counts, which must not change by people who are all on one side."""
    n = people.n
    numbers = {"higher": people.higher, "rest": n - people.higher, WHO: people.who}
    return Block(name, {key: Number(value, n) for key, value in numbers.items()}, ((("higher",), ("rest",)),))


def _shown(modes: Modes, release: Release) -> Shown:
    return Shown(modes, release.n, release.count("higher"), "" if release.fresh else release.period)


def _name(modes: Iterable[ReportedMode]) -> str:
    """Own hands together keep the name that they had before those in a browser were told apart."""
    wanted = set(modes)
    own = "self" if ReportedMode.WEB in wanted else "chat"
    left_out = {ReportedMode.WEB} if ReportedMode.SELF in wanted else set()
    parts = (own if mode is ReportedMode.SELF else mode for mode in ReportedMode if mode in wanted - left_out)
    return f"{_NAME}:{'_'.join(parts)}"


def _divides(people: People, k: int) -> bool:
    return enough(min(people.higher, people.n - people.higher), k)


def _people(found: ByMode, modes: Modes) -> People:
    """Those of these modes, each once, with the answer of the mode that is named last."""
    rank = np.full(len(_MODES), -1)
    rank[[_MODES.index(mode) for mode in modes]] = range(len(modes))
    place = rank[found.modes]
    there = place >= 0
    codes, higher, place = found.codes[there], found.higher[there], place[there]
    if found.twice:
        order = np.lexsort((place, codes))
        order = order[_last(codes[order])]
        codes, higher = codes[order], higher[order]
    return People(len(codes), int(higher.sum()), who(codes.tolist()))


def _merged(several: Sequence[ByMode]) -> ByMode:
    """Of all, in the order of codes; of the same person and mode what comes last."""
    nobody = ByMode(np.array([], np.str_), np.array([], np.int64), np.array([], np.bool_))
    codes, modes, higher = (
        np.concatenate([getattr(one, name) for one in (nobody, *several)]) for name in ("codes", "modes", "higher")
    )
    order = np.lexsort((modes, codes))
    order = order[_last(codes[order], modes[order])]
    return ByMode(codes[order], modes[order], higher[order])


def _last(*columns: NDArray[Any]) -> NDArray[np.bool_]:
    """Which rows are the last ones of those that are the same."""
    changes = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return np.append(changes, np.ones(min(1, len(columns[0])), dtype=np.bool_))
