"""Which programmes a national result is pooled from, whose rows may be shown beside it, and what it says.

A result may hold programmes whose own rows are hidden. So that none of them follows from the result and the shown
rows, the hidden ones are always several programmes of together at least k people, from one report to the next too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from statistics import NormalDist

from sqlalchemy import Connection

from reports.blocks import who
from reports.frames import Data
from reports.indicators import AFTER, BEFORE, Indicator
from reports.material import Material
from reports.statistics import Pooled, TooFewToPool, correlation, pool, standardised_change, summary
from reports.suppression import NOTHING, WHO, Block, Cells, Edition, Number, constant, enough
from reports.together import Way, together
from surveys.model import Programme

ADULTS, EVERYONE = "national:primary:adults", "national:primary:everyone"
_Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Part:
    """The standardised change (SMCR) of one programme over n people; `shown` says whether its row is."""

    programme: Programme
    n: int
    effect: float
    variance: float
    who: float  # a fingerprint of the people
    shown: bool = False
    period: str = ""  # of an earlier report, where its numbers are repeated

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of its change, by its variance."""
        half = _Z * self.variance**0.5
        return self.effect - half, self.effect + half


def effect_of(data: Data, indicator: Indicator) -> tuple[int, float, float, float] | None:
    """People, SMCR, its variance and who they are, over all pairs, higher being better; None where they say nothing."""
    pairs = data.pairs(indicator.id, BEFORE, AFTER)
    before, after = ([indicator.score(int(value)) for value in pairs[side]] for side in ("before", "after"))
    if constant(before, after, [second - first for first, second in zip(before, after, strict=True)]):
        return None
    first, last = summary(before), summary(after)
    effect, variance = standardised_change(first.n, first.mean, last.mean, first.sd, correlation(before, after))
    return None if effect is None or not variance else (first.n, effect, variance, who(pairs.index))


def primary_parts(materials: Iterable[Material], cells: Cells) -> list[Part]:
    """The primary change of each programme that can be pooled: as its public edition shows it, else as it stands."""
    found = [_part(material, material.primary, cells) for material in materials if material.primary is not None]
    return [part for part in found if part is not None]


def _part(material: Material, one: Indicator, cells: Cells) -> Part | None:
    edition = material.edition(AFTER, one.id)
    if not edition.shows("effect") or "smcr" not in edition.numbers:
        return _hidden(material, one, cells)
    effect, variance, people = edition["smcr"], edition["smcr_variance"], edition[WHO]
    if effect is None or not variance or people is None:
        return None
    period = "" if edition.fresh else edition.period
    return Part(material.programme, edition.n, effect, variance, people, shown=True, period=period)


def _hidden(material: Material, one: Indicator, cells: Cells) -> Part | None:
    found = effect_of(material.data, one)
    return Part(material.programme, *found) if found and enough(found[0], cells.inside) else None


def guarded(parts: Sequence[Part], k: int) -> list[Part]:
    """The parts with so many rows hidden that those which are hidden are none, or several of k people together."""
    hidden = [part for part in parts if not part.shown]
    shown = sorted((part for part in parts if part.shown), key=lambda part: (-part.n, part.programme.slug))
    while hidden and shown and (len(hidden) == 1 or not enough(sum(part.n for part in hidden), k)):
        hidden.append(replace(shown.pop(), shown=False))
    there = {part.programme.slug: part for part in (*shown, *hidden)}
    return [there[part.programme.slug] for part in parts]


def primary(
    connection: Connection, parts: Sequence[Part], period: str, k: int
) -> tuple[list[Part], Mapping[str, Edition]]:
    """The parts as their rows may stand, and what may be shown of `ADULTS` and `EVERYONE`, by these names.

    Without children's programmes, or where they must not count, there is only `ADULTS`; where too few programmes
    can be pooled, nothing.
    """
    adults = guarded([part for part in parts if part.programme.pooled], k)
    children = guarded([part for part in parts if not part.programme.pooled], k)
    if len(children) == 1 and not children[0].shown:
        children = []  # with and without it would tell it
    everyone = guarded([*adults, *children], k)
    adults = [part for part in everyone if part.programme.pooled]
    children = [part for part in everyone if not part.programme.pooled]
    alone, both = _block(ADULTS, adults), _block(EVERYONE, everyone) if children else None
    guards = _hidden_people(f"{ADULTS}:hidden", adults)
    wider = (*guards, *_hidden_people(f"{EVERYONE}:hidden", children))
    ways = [Way(tuple(block for block in (alone, both) if block), wider), Way((alone,) if alone else (), guards)]
    found = together(connection, ways, period, k)
    there = {part.programme.slug: part for part in everyone} if found else {}
    return [there.get(part.programme.slug, part) for part in parts], found


def core(
    connection: Connection, materials: Sequence[Material], period: str, cells: Cells
) -> list[tuple[Indicator, Edition]]:
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
        editions = together(connection, [Way((block,) if block else ())], period, cells.published)
        found.append((where[0][1], next(iter(editions.values()), NOTHING)))
    return found


def core_name(item: str) -> str:
    """Under which name the pooled result of a shared question is remembered."""
    return f"national:core:{item}"


def pooled(parts: Sequence[Part]) -> Pooled | None:
    """The random-effects mean over the programmes; None for fewer than three."""
    try:
        return pool([part.effect for part in parts], [part.variance for part in parts])
    except TooFewToPool:
        return None


def _block(name: str, parts: Sequence[Part]) -> Block | None:
    found = pooled(parts)
    if found is None:
        return None
    numbers: dict[str, float] = {field.name: getattr(found, field.name) for field in fields(found)}
    return _of(name, numbers, parts)


def _hidden_people(name: str, parts: Sequence[Part]) -> tuple[Block, ...]:
    """Remembered with the result, so that the people behind hidden rows, too, change by none or by at least k."""
    hidden = [part for part in parts if not part.shown]
    return (_of(name, {"programmes": len(hidden)}, hidden),) if hidden else ()


def _of(name: str, numbers: Mapping[str, float], parts: Sequence[Part]) -> Block:
    people = who(f"{part.programme.slug} {part.who}" for part in parts)
    n = sum(part.n for part in parts)
    return Block(name, {key: Number(value, n) for key, value in {**numbers, WHO: people}.items()})


def _without_a_lonely_one(parts: Sequence[Part], k: int) -> list[Part]:
    """A single programme of fewer than k people does not count, because other reports may tell all the others."""
    small = [part for part in parts if not enough(part.n, k)]
    return [part for part in parts if len(small) != 1 or part is not small[0]]
