"""What a report on change is made of: the data of one audience by a moment, and the editions that may be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection

from reports.data import participation
from reports.data.frames import Data
from reports.data.indicators import AFTER, BEFORE, Indicator, chosen_again, compared, followups, indicators, told_once
from reports.disclosure import release_units
from reports.disclosure.publishing import in_public, newly_shown, public_name, releases, remembered, repeated
from reports.disclosure.suppression import NOTHING, Block, Cells, Release
from storage.analysis.published import Published
from surveys.model import Programme
from surveys.weeks import local_day


@dataclass(frozen=True, slots=True)
class Material:
    """Read at one moment, for one programme. `chosen` holds editions by the name of their block."""

    programme: Programme
    data: Data
    moment: datetime
    k: int  # the smallest group that is spoken of
    cells: Cells  # the smallest groups inside a library and in public, of which k is one
    indicators: tuple[Indicator, ...]
    chosen: dict[str, Release]
    published: tuple[Published, ...] = ()  # what a report of this shows for the first time
    kept_inside: Mapping[str, Release] = field(default_factory=dict)  # of a public report: what the library sees

    @property
    def inside(self) -> Material:
        """The same as the library itself sees it."""
        return replace(self, k=self.cells.inside, chosen=dict(self.kept_inside)) if self.kept_inside else self

    @property
    def followups(self) -> tuple[str, ...]:
        """The waves after the last lesson."""
        return followups(self.programme)

    @property
    def waves(self) -> tuple[str, ...]:
        """All waves in order."""
        return (BEFORE, AFTER, *self.followups)

    @property
    def primary(self) -> Indicator | None:
        """The primary outcome, if it is asked both times."""
        return next((one for one in self.compared(AFTER) if one.item.role == "primary"), None)

    @property
    def repeated(self) -> tuple[date, ...]:
        """From which earlier days numbers are repeated."""
        return tuple(date.fromisoformat(period) for period in repeated(self.chosen.values()))

    def compared(self, wave: str) -> tuple[Indicator, ...]:
        """Indicators with a change from the first wave to this one."""
        return compared(self.indicators, BEFORE, wave)

    def told_once(self, wave: str) -> tuple[Indicator, ...]:
        """Indicators of this wave that are told as shares."""
        return told_once(self.indicators, wave)

    def chosen_again(self, wave: str) -> tuple[Indicator, ...]:
        """Indicators with several answers that the first wave asks, too."""
        return chosen_again(self.indicators, BEFORE, wave)

    def release(self, wave: str, subject: str) -> Release:
        """What may be shown of an item, of `modes` or of `dropouts`."""
        return self.chosen.get(release_units.name(self.programme.slug, wave, subject), NOTHING)

    def wave_name(self, wave: str) -> str:
        """How the programme calls a wave."""
        found = self.programme.wave(wave)
        return found.name if found else wave


def gather(
    connection: Connection,
    programme: Programme,
    data: Data,
    moment: datetime,
    cells: Cells,
    *,
    public: bool = False,
    primary_only: bool = False,
) -> Material:
    """Count everything (or the primary change alone) and choose what may be shown, inside or in public."""
    k = cells.published if public else cells.inside
    found = indicators(programme)
    bare = Material(programme, data.until(moment), moment, k, cells, found, {})
    counted = [_primary(bare)] if primary_only else _everything(bare)
    wanted = [block for part in counted for block in part]
    chosen = releases(connection, wanted, local_day(moment).isoformat(), cells.inside)
    published, inside = newly_shown(chosen), chosen
    if public:
        chosen = in_public(connection, wanted, chosen, k)
        published += remembered({public_name(name): release for name, release in chosen.items()})
    return Material(programme, bare.data, moment, k, cells, found, chosen, published, inside if public else {})


def _primary(material: Material) -> list[Block]:
    one = material.primary
    return [] if one is None else [release_units.change(material.programme.slug, one, material.data, material.cells)]


def _everything(material: Material) -> Iterable[list[Block]]:
    slug, data, cells = material.programme.slug, material.data, material.cells
    yield [release_units.change(slug, one, data, cells) for one in material.compared(AFTER)]
    for wave in material.followups:
        yield [release_units.later_change(slug, one, wave, data, cells) for one in material.compared(wave)]
    for wave in (AFTER, *material.followups):
        yield [release_units.shares(slug, one, wave, data, cells) for one in material.told_once(wave)]
        yield [release_units.options(slug, one, wave, data) for one in material.chosen_again(wave)]
    yield [release_units.modes(slug, data, material.moment, cells)]
    if material.primary is not None:
        gone = participation.over(data, AFTER, material.moment)
        yield [release_units.dropouts(slug, material.primary, data, gone, cells)]
