"""What is written: tables of plain values, and what is known about them. Knows no file formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reports.export.columns import Column
from reports.export.questions import Place
from surveys.model import Programme

Cell = int | str | date | datetime | None  # moments are aware
OpenText = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; every row is as long as `columns`, an empty cell is None."""

    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last of some days."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Export:
    """The data of a programme at one moment. A span is None where there is no day at all."""

    programme: Programme
    places: tuple[Place, ...]
    wide: Table
    long: Table
    texts: bool
    ran: Span | None  # from the first start of a cohort to the last end
    answered: Span | None
