"""What national results are pooled from, and what they say. Knows no words.

A result may hold programmes whose own rows are hidden (`reports.disclosure.row_safety`). The people behind hidden
rows change from one report to the next by nobody or by at least k, like those behind the result.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import Connection

from reports.data.frames import Data
from reports.data.indicators import AFTER, BEFORE, Indicator
from reports.disclosure.material import Material
from reports.disclosure.release_units import scored, who
from reports.disclosure.row_safety import PooledEffect, block_of, guarded, memory, recalled
from reports.disclosure.suppression import NOTHING, WHO, Block, Cells, Release, constant, enough
from reports.disclosure.together import Way, together
from reports.formulas.statistics import Pooled, TooFewToPool, correlation, pool, standardised_change, summary

ADULTS, EVERYONE = "national:primary:adults", "national:primary:everyone"


@dataclass(frozen=True, slots=True)
class Together:
    """The programmes with the rows that may be shown, and the pooled results by `ADULTS` and `EVERYONE`."""

    parts: tuple[PooledEffect, ...]
    releases: Mapping[str, Release]
    remembered: Mapping[str, Release]  # for later reports only


def effect_of(data: Data, indicator: Indicator) -> tuple[int, float, float, float] | None:
    """People, SMCR, its variance and who they are, over all pairs, higher being better; None where they say nothing."""
    pairs = scored(indicator, data.pairs(indicator.id, BEFORE, AFTER))
    sides = (pairs["before"], pairs["after"], pairs["after"] - pairs["before"])
    if constant(*(one.unique().tolist() for one in sides)):
        return None
    before, after = pairs["before"].tolist(), pairs["after"].tolist()
    first, last = summary(before), summary(after)
    effect, variance = standardised_change(first.n, first.mean, last.mean, first.sd, correlation(before, after))
    return None if effect is None or not variance else (first.n, effect, variance, who(pairs.index))


def primary_parts(materials: Iterable[Material], cells: Cells) -> list[PooledEffect]:
    """The primary change of each programme that can be pooled: as its public edition shows it, else as it stands."""
    found = [_part(material, material.primary, cells) for material in materials if material.primary is not None]
    return [part for part in found if part is not None]


def _part(material: Material, one: Indicator, cells: Cells) -> PooledEffect | None:
    release = material.release(AFTER, one.id)
    if not release or "smcr" not in release.numbers:
        return _hidden(material, one, cells)
    effect, variance, people = release["smcr"], release["smcr_variance"], release[WHO]
    if effect is None or not variance or people is None:
        return None
    period = "" if release.fresh else release.period
    return PooledEffect(material.programme, release.n, effect, variance, people, shown=True, period=period)


def _hidden(material: Material, one: Indicator, cells: Cells) -> PooledEffect | None:
    found = effect_of(material.data, one)
    return PooledEffect(material.programme, *found) if found and enough(found[0], cells.inside) else None


def primary(connection: Connection, parts: Sequence[PooledEffect], period: str, k: int) -> Together:
    """What may be shown of the primary change.

    Without children's programmes, or where they must not count, there is only `ADULTS`; where too few programmes
    can be pooled, no result.
    """
    before = recalled(connection, parts, k)
    adults = guarded([part for part in before if part.programme.pooled], k)
    children = guarded([part for part in before if not part.programme.pooled], k)
    alone, both = _block(ADULTS, adults), _block(EVERYONE, [*adults, *children]) if children else None
    guards = _hidden_people(f"{ADULTS}:hidden", adults)
    wider = (*guards, *_hidden_people(f"{EVERYONE}:hidden", children))
    ways = [Way(tuple(block for block in (alone, both) if block), wider), Way((alone,) if alone else (), guards)]
    found = together(connection, ways, period, k)
    there = {part.programme.slug: part for part in (*adults, *children)} if found else {}
    after = tuple(there.get(part.programme.slug, part) for part in before)
    results = {name: found[name] for name in (ADULTS, EVERYONE) if name in found}
    guarding = {name: release for name, release in found.items() if name not in results}
    return Together(after, results, {**guarding, **memory(parts, after, period)})


def core(
    connection: Connection, materials: Sequence[Material], period: str, cells: Cells
) -> list[tuple[Indicator, Release]]:
    """Each item of the shared core with its pooled result over the programmes for adults."""
    asked: dict[str, list[tuple[Material, Indicator]]] = {}
    for material in materials:
        for one in material.compared(AFTER):
            if one.item.role == "core" and material.programme.pooled:
                asked.setdefault(one.id, []).append((material, one))
    found = []
    for id_, where in asked.items():
        parts = [part for material, one in where if (part := _hidden(material, one, cells)) is not None]
        block = _block(core_name(id_), _without_a_lonely_one(parts, cells.published))
        releases = together(connection, [Way((block,) if block else ())], period, cells.published)
        found.append((where[0][1], next(iter(releases.values()), NOTHING)))
    return found


def core_name(item: str) -> str:
    """Under which name the pooled result of a shared question is remembered."""
    return f"national:core:{item}"


def pooled(parts: Sequence[PooledEffect]) -> Pooled | None:
    """The random-effects mean over the programmes; None for fewer than three."""
    try:
        return pool([part.effect for part in parts], [part.variance for part in parts])
    except TooFewToPool:
        return None


def _block(name: str, parts: Sequence[PooledEffect]) -> Block | None:
    found = pooled(parts)
    if found is None:
        return None
    numbers: dict[str, float] = {field.name: getattr(found, field.name) for field in fields(found)}
    return block_of(name, numbers, parts)


def _hidden_people(name: str, parts: Sequence[PooledEffect]) -> tuple[Block, ...]:
    """Remembered with the result, so that the people behind hidden rows, too, change by none or by at least k."""
    hidden = [part for part in parts if not part.shown]
    return (block_of(name, {"programmes": len(hidden)}, hidden),) if hidden else ()


def _without_a_lonely_one(parts: Sequence[PooledEffect], k: int) -> list[PooledEffect]:
    """A single programme of fewer than k people does not count, because other reports may tell all the others."""
    small = [part for part in parts if not enough(part.n, k)]
    return [part for part in parts if len(small) != 1 or part is not small[0]]
