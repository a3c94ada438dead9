"""What a report on change is made of: the data of one audience by a moment, and the editions that may be shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from reports import blocks, participation
from reports.frames import Data
from reports.indicators import AFTER, BEFORE, Indicator, chosen_again, compared, followups, indicators, told_once
from reports.publishing import editions, in_public, newly_shown, public_name, remembered, repeated
from reports.suppression import NOTHING, Block, Cells, Edition
from reports.weeks import local_day
from storage.published import Published
from surveys.model import Programme


@dataclass(frozen=True, slots=True)
class Material:
    """Read at one moment, for one programme. `chosen` holds editions by the name of their block."""

    programme: Programme
    data: Data
    moment: datetime
    k: int  # the smallest group that is spoken of
    indicators: tuple[Indicator, ...]
    chosen: dict[str, Edition]
    published: tuple[Published, ...] = ()  # what a report of this shows for the first time

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

    def edition(self, wave: str, subject: str) -> Edition:
        """What may be shown of an item, of `modes` or of `dropouts`."""
        return self.chosen.get(blocks.name(self.programme.slug, wave, subject), NOTHING)

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
    bare = Material(programme, data.until(moment), moment, k, found, {})
    counted = [_primary(bare, cells)] if primary_only else _everything(bare, cells)
    wanted = [block for part in counted for block in part]
    chosen = editions(connection, wanted, local_day(moment).isoformat(), cells.inside)
    published = newly_shown(chosen)
    if public:
        chosen = in_public(connection, wanted, chosen, k)
        published += remembered({public_name(name): edition for name, edition in chosen.items()})
    return Material(programme, bare.data, moment, k, found, chosen, published)


def _primary(material: Material, cells: Cells) -> list[Block]:
    one = material.primary
    return [] if one is None else [blocks.change(material.programme.slug, one, material.data, cells)]


def _everything(material: Material, cells: Cells) -> Iterable[list[Block]]:
    slug, data = material.programme.slug, material.data
    yield [blocks.change(slug, one, data, cells) for one in material.compared(AFTER)]
    for wave in material.followups:
        yield [blocks.later_change(slug, one, wave, data, cells) for one in material.compared(wave)]
    for wave in (AFTER, *material.followups):
        yield [blocks.shares(slug, one, wave, data, cells) for one in material.told_once(wave)]
        yield [blocks.options(slug, one, wave, data) for one in material.chosen_again(wave)]
    yield [blocks.modes(slug, data, material.moment, cells)]
    if material.primary is not None:
        gone = participation.over(data, AFTER, material.moment)
        yield [blocks.dropouts(slug, material.primary, data, gone, cells)]
