"""Tables of a report as plain rows of cells, numbers and words in columns of their own. Knows no sheet.

Intervals, totals and notes stand beside the numbers; why one is not shown is a note, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from reports.render.sheets.cells import Cell, bounds, counted_of, note_cell, people_cell, value_cell
from reports.report import Figure
from reports.texts import sheets as texts

Row = Sequence[str | Figure]
Part = Literal["low", "high", "note"]
_PARTS: tuple[Part, ...] = ("low", "high", "note")


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A head and a cell for each row; `bars` where its shares may be drawn as bars."""

    head: str
    cells: tuple[Cell, ...]
    bars: bool = False


def grid(heads: Sequence[str], rows: Sequence[Row]) -> list[GridColumn]:
    """Every column, each followed by the parts that some of its figures have, and at the end of how many people."""
    found: list[GridColumn] = []
    for place, head in enumerate(heads):
        cells = [row[place] for row in rows]
        if not any(isinstance(cell, Figure) for cell in cells):
            found.append(GridColumn(head, tuple(cell for cell in cells if isinstance(cell, str))))
            continue
        named = texts.with_unit(head, _unit(cells))
        parts = [GridColumn(texts.head(named, part), tuple(_beside(cell, part) for cell in cells)) for part in _PARTS]
        parts = [part for part in parts if any(part.cells)]
        values = tuple(value_cell(cell) if isinstance(cell, Figure) else "" for cell in cells)
        found += [GridColumn(named, values, bars=_bars(cells)), *parts]
    totals = [_totals(row) for row in rows]
    for place in range(max((len(of) for of in totals), default=0)):
        found.append(GridColumn(texts.OF_ALL, tuple(of[place] if place < len(of) else "" for of in totals)))
    return found


def _beside(cell: str | Figure, part: Part) -> Cell:
    if not isinstance(cell, Figure):
        return cell if part == "note" else ""
    if part == "note":
        return note_cell(cell)
    low, high = bounds(cell)
    return low if part == "low" else high


def _totals(row: Row) -> list[Cell]:
    """Of how many people the counts of a row are: one number, or where counts differ in it, one for each."""
    figures = [cell for cell in row if isinstance(cell, Figure) and counted_of(cell)]
    return list(dict.fromkeys(people_cell(figure) for figure in figures))


def _unit(cells: Row) -> str:
    """The unit of all figures of a column; none where they differ."""
    units = {cell.unit for cell in cells if isinstance(cell, Figure)}
    return units.pop() if len(units) == 1 else ""


def _bars(cells: Row) -> bool:
    shown = [cell for cell in cells if isinstance(cell, Figure) and cell.value is not None]
    return bool(shown) and all(one.unit == "share" and not one.signed and one.low is None for one in shown)
