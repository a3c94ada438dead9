"""Which level of evidence a report reaches, from what it shows."""

from __future__ import annotations

from sqlalchemy import Connection

from reports.data.indicators import AFTER
from reports.disclosure import rounding
from reports.disclosure.adjusted import VERDICT
from reports.disclosure.clusters import grouped
from reports.disclosure.material import Material
from reports.disclosure.suppression import Release
from reports.disclosure.waiting_list import WaitingRelease
from reports.disclosure.waiting_list import beside as beside_of
from reports.formulas.levels import Evidence, Level, level
from reports.report import Block, Paragraph
from reports.texts import levels as words
from storage.analysis.published import Published


def of_evidence(material: Material, beside: WaitingRelease, by_group: rounding.Interval | None) -> list[Block]:
    """The level that a programme reaches, what it means, and what is lacking for the next.

    `by_group`: the interval of the primary change that allows for groups, where it is told.
    """
    return [Paragraph(words.told(_level(material, beside, by_group)))]


def reached(connection: Connection, material: Material) -> tuple[Level, tuple[Published, ...]]:
    """The level of a programme for a public report: the one of its impact report, by what the library sees.

    With what it rests on, which the report remembers as shown.
    """
    inside = material.inside
    found, by_group = beside_of(connection, inside), grouped(connection, inside)
    return _level(inside, found, by_group.told), found.published + by_group.published


def _level(material: Material, beside: WaitingRelease, by_group: rounding.Interval | None) -> Level:
    low = _low(_primary(material))
    known = Evidence(
        logic=material.primary is not None,
        change_low=low if low is None or by_group is None else min(low, by_group[0]),
        compared=bool(beside.release),
        by_lot=beside.by_lot,
        difference_low=beside.adjusted[1] if beside.level >= VERDICT else None,
        fewest=min(beside.release.n, beside.taking_part.n),
    )
    return level(known)


def _primary(material: Material) -> Release | None:
    return None if material.primary is None else material.release(AFTER, material.primary.id)


def _low(release: Release | None) -> float | None:
    """The lower end of the interval, where it may be told on which side of zero it is."""
    return rounding.change(release).low if release and release.shows("verdict") else None
