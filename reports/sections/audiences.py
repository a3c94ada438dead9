"""A further audience of a programme (those who volunteer) in its report: one short section after the participants.

Knows of no single audience: the people of each are seen as participants of a programme that has their waves only, so
that the same rules decide what is told; figures, sources and remembered numbers keep the names of the audience.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

import pandas as pd
from sqlalchemy import Connection

from reports import texts
from reports.data import participation
from reports.data.frames import Data
from reports.data.indicators import AFTER, BEFORE, PARTICIPANTS
from reports.disclosure.material import Material, gather
from reports.disclosure.suppression import Cells
from reports.report import Block, Chart, Figure, FigureSource, Paragraph, Section, Table
from reports.sections import changes, flow, options, outcomes
from reports.texts.response import NOTE
from surveys.model import Programme, Wave

_SAID_ABOVE = (texts.READING, NOTE)  # captions that the participants' tables have


@dataclass(frozen=True, slots=True)
class Audience:
    """What may be told of an audience; `own` maps waves, as the material calls them, to their ids."""

    name: str
    slug: str
    own: Mapping[str, str]
    material: Material

    @property
    def section(self) -> Section:
        """Under its own heading how many took part, and whatever of their answers may be told; no drawings."""
        told = [self._owned(block) for block in _told(self.material) if not isinstance(block, Chart)]
        return Section(self.name, self._words.capitalize(), tuple(told))

    @property
    def _words(self) -> str:
        return texts.AUDIENCES.get(self.name, self.name)

    def _owned(self, block: Block) -> Block:
        match block:
            case Table():
                rows = tuple(tuple(self._figure(cell) for cell in row) for row in block.rows)
                return replace(block, rows=rows, caption="" if block.caption in _SAID_ABOVE else block.caption)
            case _:
                return block

    def _figure(self, cell: str | Figure) -> str | Figure:
        if isinstance(cell, str):
            return cell
        id_ = ".".join((self.name, *(self.own.get(part, part) for part in cell.id.split("."))))
        label = f"{self._words}: {cell.label}"
        return replace(cell, id=id_, label=label, source=cell.source and self._source(cell.source))

    def _source(self, source: FigureSource) -> FigureSource:
        waves = tuple(self.own[wave] for wave in source.waves)
        return replace(source, programme=self.slug, waves=waves, audience=self.name)


def further(
    connection: Connection, programme: Programme, everybody: Data, moment: datetime, cells: Cells
) -> list[Audience]:
    """Every audience but the participants that somebody was enrolled in, in the order of the programme's waves."""
    found = []
    for name in (one for one in programme.audiences if one != PARTICIPANTS):
        data = everybody.of(name)
        if participation.enrolled(data, moment):
            found.append(_audience(connection, programme, name, data, moment, cells))
    return found


def _audience(
    connection: Connection, programme: Programme, name: str, data: Data, moment: datetime, cells: Cells
) -> Audience:
    waves = [wave for wave in programme.waves if wave.audience == name]
    seen = _seen(waves)
    changed = tuple(wave.model_copy(update={"id": seen[wave.id], "audience": PARTICIPANTS}) for wave in waves)
    view = programme.model_copy(update={"slug": f"{programme.slug}.{name}", "waves": changed})
    material = gather(connection, view, _renamed(data, seen), moment, cells)
    return Audience(name, programme.slug, {alias: id_ for id_, alias in seen.items()}, material)


def _seen(waves: Sequence[Wave]) -> dict[str, str]:
    """Which wave counts as the start and which as the end; a single one is told as an end."""
    first = next((wave.id for wave in waves if wave.anchor == "start"), "") if len(waves) > 1 else ""
    last = next(wave.id for wave in waves if wave.id != first)
    return {wave.id: {first: BEFORE, last: AFTER}.get(wave.id, wave.id) for wave in waves}


def _renamed(data: Data, names: Mapping[str, str]) -> Data:
    """The same people with these waves only, under these names."""
    return replace(data, occasions=_with(data.occasions, names), answers=data.answers.renamed(names))


def _with(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    there = rows[rows["wave"].isin(names)]
    return there.assign(wave=there["wave"].astype(str).map(names).astype("category"))


def _told(material: Material) -> list[Block]:
    """Participation, then changes of what is asked twice and shares of what is asked once."""
    waves = tuple(wave.id for wave in material.programme.waves)
    steps = participation.flow(material.data, waves, material.moment)
    name = partial(outcomes.step_name, material)
    told: list[Block] = [flow.table(steps, name, material.programme.slug, material.k)]
    told += [modes] if (modes := outcomes.mode_table(material)).rows else []
    told += changes.change_tables(material) if material.compared(AFTER) else []
    told += [*options.tables(material), *_shares(material, AFTER)]
    for wave in material.followups:
        told += _shares(material, wave)
        told += changes.later_tables(material, wave) if material.compared(wave) else []
        told += options.later_tables(material, wave)
    return told


def _shares(material: Material, wave: str) -> list[Block]:
    """As `outcomes.share_tables`; where all are hidden, they have no heading of their own here."""
    told = outcomes.share_tables(material, wave)
    return [Paragraph(texts.NO_OTHER_SHARES)] if told == [Paragraph(texts.NO_SHARES)] else told
