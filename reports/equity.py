"""Who answered higher, by whose hand gave the answer, over all programmes. Knows no words.

Modes are joined so far that in each shown group at least k people answered higher and at least k did not. What is
remembered names every union of the shown groups, because another time other modes may be joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import Connection

from reports import groups
from reports.blocks import who
from reports.frames import Data
from reports.indicators import AFTER, BEFORE, Indicator
from reports.material import Material
from reports.statistics import STEP
from reports.suppression import WHO, Block, Edition, Number, enough
from reports.together import Way, together
from surveys.model import Mode

_NAME = "national:modes"
Answers = Mapping[str, bool]  # code of a person → whether the answer at the end is higher
ByMode = Mapping[Mode, Answers]
Modes = tuple[Mode, ...]
Division = tuple[Modes, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Some modes as one group: people with both answers, and how many of them answered higher at the end."""

    modes: Modes
    n: int
    higher: int
    period: str = ""  # of an earlier report, where its numbers are repeated


@dataclass(frozen=True, slots=True)
class Equity:
    """The groups that may be shown, and the editions that they come from; `complete` where every programme counts."""

    groups: tuple[Shown, ...]
    editions: Mapping[str, Edition]
    complete: bool


def equity(connection: Connection, materials: Iterable[Material], period: str, k: int) -> Equity:
    """The finest division into modes that may be shown; no groups where none may."""
    told: list[ByMode] = []
    rest: list[ByMode] = []
    for material in materials:
        if (one := material.primary) is not None:
            (told if _told_exactly(material, one) else rest).append(by_mode(material.data, one))
    outside = _people(_merged(rest), tuple(Mode))
    with_rest = _divides(outside, k)
    found = _merged([*told, *(rest if with_rest else [])])
    guards = (_block(f"{_NAME}:rest", outside),) if with_rest else ()
    divisions = _divisions(found, k)
    editions = together(connection, [Way(_blocks(found, one), guards) for one in divisions], period, k)
    division = next((one for one in divisions if all(_name(modes) in editions for modes in one)), ())
    shown = tuple(_shown(modes, editions[_name(modes)]) for modes in division)
    return Equity(shown, editions, complete=with_rest or not outside)


def by_mode(data: Data, indicator: Indicator) -> ByMode:
    """The pairs of one programme by the mode of the second answer."""
    modes = _last_modes(data, indicator)
    found: dict[Mode, dict[str, bool]] = {}
    for code, before, after in data.pairs(indicator.id, BEFORE, AFTER).itertuples():
        higher = indicator.score(int(after)) - indicator.score(int(before)) >= STEP
        found.setdefault(modes[code], {})[code] = higher
    return found


def _last_modes(data: Data, indicator: Indicator) -> Mapping[str, Mode]:
    """The mode of the answer at the end, by code, of the same enrolment that counts in `Data.pairs`."""
    there = data.answers[data.answers["item"] == indicator.id]
    first = there.loc[there["wave"] == BEFORE, "enrolment"]
    last = there[(there["wave"] == AFTER) & there["enrolment"].isin(first)]
    runs = data.occasions.loc[data.occasions["run"].notna(), ["run", "mode"]].astype({"run": "int64"})
    by_enrolment = last.merge(runs, on="run", validate="many_to_one").set_index("enrolment")[["code", "mode"]]
    ordered = by_enrolment.loc[[one for one in data.people["enrolment"] if one in by_enrolment.index]]
    return {code: Mode(mode) for code, mode in ordered.itertuples(index=False)}


def _told_exactly(material: Material, one: Indicator) -> bool:
    """Whether a public report of the programme now says how many answered higher: then a total may hold it.

    The others may only be in a total together, as a group that could itself be shown.
    """
    edition = material.edition(AFTER, one.id)
    return bool(edition) and edition.fresh and groups.improvement(edition, material.k).exact is not None


def _divisions(found: ByMode, k: int) -> list[Division]:
    """All divisions of the used modes whose groups all divide, the finest first; one group only of a single mode."""
    used = [mode for mode in Mode if mode in found]
    least = min(len(used), 2)
    there = [
        division
        for division in _partitions(used)
        if len(division) >= least and all(_divides(_people(found, modes), k) for modes in division)
    ]
    return sorted(there, key=len, reverse=True)


def _partitions(modes: Sequence[Mode]) -> Iterator[Division]:
    if not modes:
        yield ()
        return
    for division in _partitions(modes[1:]):
        yield ((modes[0],), *division)
        for position, group in enumerate(division):
            yield (*division[:position], (modes[0], *group), *division[position + 1 :])


def _blocks(found: ByMode, division: Division) -> tuple[Block, ...]:
    """A block for each union of groups; a mode that nobody used may stand in any of them."""
    parts = [*division, *((mode,) for mode in Mode if mode not in found)]
    unions = [
        tuple(mode for part in chosen for mode in part)
        for size in range(1, len(parts) + 1)
        for chosen in combinations(parts, size)
    ]
    return tuple(_block(_name(modes), people) for modes in unions if (people := _people(found, modes)))


def _block(name: str, people: Answers) -> Block:
    """The two counts, which must not change by people who are all on one side."""
    higher = sum(people.values())
    numbers = {"higher": higher, "rest": len(people) - higher, WHO: who(people)}
    return Block(name, {key: Number(value, len(people)) for key, value in numbers.items()}, ((("higher",), ("rest",)),))


def _shown(modes: Modes, edition: Edition) -> Shown:
    return Shown(modes, edition.n, edition.count("higher"), "" if edition.fresh else edition.period)


def _name(modes: Iterable[Mode]) -> str:
    wanted = set(modes)
    return f"{_NAME}:{'_'.join(mode for mode in Mode if mode in wanted)}"


def _divides(people: Answers, k: int) -> bool:
    higher = sum(people.values())
    return enough(min(higher, len(people) - higher), k)


def _people(found: ByMode, modes: Iterable[Mode]) -> dict[str, bool]:
    return {code: higher for mode in modes for code, higher in found.get(mode, {}).items()}


def _merged(several: Iterable[ByMode]) -> dict[Mode, dict[str, bool]]:
    merged: dict[Mode, dict[str, bool]] = {}
    for found in several:
        for mode, people in found.items():
            merged.setdefault(mode, {}).update(people)
    return merged
