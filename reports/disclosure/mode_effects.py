"""Who answered higher, by whose hand gave the answer, over all programmes. Knows no words.

Only programmes count that say themselves, in public, how many answered higher. Modes are joined so far that in each
shown group at least k people answered higher and at least k did not, also without the programmes that are in no other
group: docs/decisions/small-cells.md. What is remembered names every union of the shown groups, because another time
other modes may be joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

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
Answers = Mapping[str, bool]  # code of a person → whether the answer at the end is higher
ByMode = Mapping[ReportedMode, Answers]
Modes = tuple[ReportedMode, ...]
Division = tuple[Modes, ...]


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
    last = repeated(connection, _ways(_divisions(every, k), every), period) if len(fresh) < len(every) else {}
    divisions = _divisions(every if last else fresh, k)
    releases = last or together(connection, _ways(divisions, fresh), period, k)
    division = next((one for one in divisions if all(_name(modes) in releases for modes in one)), ())
    there = [_shown(modes, releases[_name(modes)]) for modes in division]
    complete = len(exact) == sum(bool(one) for one in measured.values())
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
    modes = data.modes_of_pairs(indicator.id, BEFORE, AFTER)
    found: dict[ReportedMode, dict[str, bool]] = {}
    for mode, (code, before, after) in zip(modes, data.pairs(indicator.id, BEFORE, AFTER).itertuples(), strict=True):
        higher = indicator.score(int(after)) - indicator.score(int(before)) >= STEP
        found.setdefault(ReportedMode(mode), {})[code] = higher
    return found


def _ways(divisions: Iterable[Division], told: Iterable[ByMode]) -> list[Way]:
    found = _merged(told)
    return [Way(_blocks(found, one)) for one in divisions]


def _divisions(told: Sequence[ByMode], k: int) -> list[Division]:
    """All divisions of the used modes that may be shown, the finest first; one group only of a single mode."""
    found = _merged(told)
    used = [mode for mode in ReportedMode if mode in found]
    least = min(len(used), 2)
    there = [
        division
        for division in _partitions(used)
        if len(division) >= least
        and all(_divides(_people(found, modes), k) for modes in division)
        and all(_left(told, modes, k) for modes in _unions(division))
    ]
    return sorted(there, key=len, reverse=True)


def _left(told: Iterable[ByMode], modes: Modes, k: int) -> bool:
    """Whether nobody, or a group that may be shown, is left of these modes without the programmes that are in no other.

    Those programmes say themselves how many of their people answered higher.
    """
    people = _people(_merged(one for one in told if not one.keys() <= set(modes)), modes)
    return not people or _divides(people, k)


def _partitions(modes: Sequence[ReportedMode]) -> Iterator[Division]:
    if not modes:
        yield ()
        return
    for division in _partitions(modes[1:]):
        yield ((modes[0],), *division)
        for position, group in enumerate(division):
            yield (*division[:position], (modes[0], *group), *division[position + 1 :])


def _blocks(found: ByMode, division: Division) -> tuple[Block, ...]:
    """A block for each union of groups; a mode that nobody used may stand in any of them."""
    parts = (*division, *((mode,) for mode in ReportedMode if mode not in found))
    return tuple(_block(_name(modes), people) for modes in _unions(parts) if (people := _people(found, modes)))


def _unions(parts: Division) -> list[Modes]:
    return [
        tuple(mode for part in chosen for mode in part)
        for size in range(1, len(parts) + 1)
        for chosen in combinations(parts, size)
    ]


def _block(name: str, people: Answers) -> Block:
    """The two counts, which must not change by people who are all on one side."""
    higher = sum(people.values())
    numbers = {"higher": higher, "rest": len(people) - higher, WHO: who(people)}
    return Block(name, {key: Number(value, len(people)) for key, value in numbers.items()}, ((("higher",), ("rest",)),))


def _shown(modes: Modes, release: Release) -> Shown:
    return Shown(modes, release.n, release.count("higher"), "" if release.fresh else release.period)


def _name(modes: Iterable[ReportedMode]) -> str:
    """Own hands together keep the name that they had before those in a browser were told apart."""
    wanted = set(modes)
    own = "self" if ReportedMode.WEB in wanted else "chat"
    left_out = {ReportedMode.WEB} if ReportedMode.SELF in wanted else set()
    parts = (own if mode is ReportedMode.SELF else mode for mode in ReportedMode if mode in wanted - left_out)
    return f"{_NAME}:{'_'.join(parts)}"


def _divides(people: Answers, k: int) -> bool:
    higher = sum(people.values())
    return enough(min(higher, len(people) - higher), k)


def _people(found: ByMode, modes: Iterable[ReportedMode]) -> dict[str, bool]:
    return {code: higher for mode in modes for code, higher in found.get(mode, {}).items()}


def _merged(several: Iterable[ByMode]) -> dict[ReportedMode, dict[str, bool]]:
    merged: dict[ReportedMode, dict[str, bool]] = {}
    for found in several:
        for mode, people in found.items():
            merged.setdefault(mode, {}).update(people)
    return merged
