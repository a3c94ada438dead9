"""What is written: tables of plain values, and what is known about them. Knows no file formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from reports.export.columns import MADE_UP, ExportColumn
from reports.export.questions import WaveColumns
from surveys.model import Programme

Cell = int | Decimal | str | date | datetime | None  # moments are aware
OpenText = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class ExportTable:
    """Rows under columns; every row is as long as `columns`, an empty cell is None."""

    title: str
    about: str
    columns: tuple[ExportColumn, ...]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class DaySpan:
    """The first and the last of some days."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class ExportedData:
    """The data of a programme at one moment. A span is None where there is no day at all."""

    programme: Programme
    places: tuple[WaveColumns, ...]
    wide: ExportTable
    long: ExportTable
    texts: bool
    ran: DaySpan | None  # from the first start of a cohort to the last end
    answered: DaySpan | None
    demo: bool = False  # the answers are made up


def made_up(export: ExportedData) -> ExportedData:
    """The same, with a column in both tables that says in each row that it is made up."""
    return replace(export, wide=_marked(export.wide), long=_marked(export.long), demo=True)


def _marked(table: ExportTable) -> ExportTable:
    return replace(table, columns=(*table.columns, MADE_UP), rows=[(*row, 1) for row in table.rows])
