"""Which rows of programmes may stand beside a result that is pooled from them. Knows no formulas and no words.

A pooled result and all rows but one would tell that one. So the programmes behind hidden rows are several, of together
at least k people: another row is hidden with a lonely one, and stays hidden for as long as about the same people stand
behind it; a row that was shown before does not serve, because readers know it already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

from sqlalchemy import Connection

from reports.disclosure.release_units import who
from reports.disclosure.suppression import WHO, Block, Number, Release, enough
from storage.analysis import published
from surveys.model import Programme

_Z = NormalDist().inv_cdf(0.975)
_SHOWN, _HIDDEN = "national:row", "national:hidden"


@dataclass(frozen=True, slots=True)
class PooledEffect:
    """The standardised change (SMCR) of one programme over n people; `shown` says whether its row is."""

    programme: Programme
    n: int
    effect: float
    variance: float
    who: float  # a fingerprint of the people
    shown: bool = False
    period: str = ""  # of an earlier report, where its numbers are repeated
    known: bool = False  # its row was shown before, of about the same people

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of its change, by its variance."""
        half = _Z * self.variance**0.5
        return self.effect - half, self.effect + half


def recalled(connection: Connection, parts: Sequence[PooledEffect], k: int) -> list[PooledEffect]:
    """The parts with what earlier reports made of their rows: hidden ones stay hidden, shown ones are known."""
    return [
        replace(
            part,
            shown=part.shown and not _about_the_same(connection, _HIDDEN, part, k),
            known=_about_the_same(connection, _SHOWN, part, k),
        )
        for part in parts
    ]


def guarded(parts: Sequence[PooledEffect], k: int) -> list[PooledEffect]:
    """The parts that may be pooled: the hidden ones among them are none, or several of together k people.

    Where too few rows can be hidden for that, the programmes behind hidden rows do not count.
    """
    hidden = [part for part in parts if not part.shown]
    free = sorted((part for part in parts if part.shown and not part.known), key=lambda part: -part.n)
    while free and _lonely(hidden, k):
        hidden.append(replace(free.pop(), shown=False))
    if _lonely(hidden, k):
        return [part for part in parts if part.shown]
    there = {part.programme.slug: part for part in hidden}
    return [there.get(part.programme.slug, part) for part in parts]


def memory(before: Iterable[PooledEffect], after: Iterable[PooledEffect], period: str) -> Mapping[str, Release]:
    """What to remember of the rows: which are shown, and which that could be are hidden for the sake of others."""
    could = {part.programme.slug for part in before if part.shown}
    found = {}
    for part in after:
        if part.shown or part.programme.slug in could:
            numbers = {str(part.n): Number(part.n, part.n)}
            found[_name(_SHOWN if part.shown else _HIDDEN, part)] = Release(numbers, period, fresh=True)
    return found


def block_of(name: str, numbers: Mapping[str, float], parts: Sequence[PooledEffect]) -> Block:
    """Numbers over the people of these parts, with a fingerprint of them."""
    people = who(f"{part.programme.slug} {part.who}" for part in parts)
    n = sum(part.n for part in parts)
    return Block(name, {key: Number(value, n) for key, value in {**numbers, WHO: people}.items()})


def _lonely(hidden: Sequence[PooledEffect], k: int) -> bool:
    return bool(hidden) and (len(hidden) == 1 or not enough(sum(part.n for part in hidden), k))


def _about_the_same(connection: Connection, what: str, part: PooledEffect, k: int) -> bool:
    """Whether an earlier report did so with the row when fewer than k people more or less stood behind it."""
    name = _name(what, part)
    return bool(published.read(connection, [f"{name}:{n}" for n in range(part.n - k + 1, part.n + k)]))


def _name(what: str, part: PooledEffect) -> str:
    return f"{what}:{part.programme.slug}"
