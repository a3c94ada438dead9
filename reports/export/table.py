"""A table that is ready to be written: columns, and rows of plain values. Knows no file formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reports.export.columns import Column

Cell = int | str | date | datetime | None  # moments are aware
OpenText = Callable[[bytes], str]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; every row is as long as `columns`, an empty cell is None."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
