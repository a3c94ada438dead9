"""A table of a report as plain rows of cells: intervals, totals and notes in columns of their own. Knows no sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from reports.render.sheets.cells import Cell, bounds, counted_of, note_cell, people_cell, value_cell
from reports.report import Figure, Table
from reports.texts import sheets as texts

Part = Literal["of", "low", "high", "note"]
_PARTS: tuple[Part, ...] = ("of", "low", "high", "note")


@dataclass(frozen=True, slots=True)
class Grid:
    """Heads and rows, all of one length; `bars` are the columns whose shares may be drawn as bars."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    bars: tuple[int, ...] = ()


def grid(table: Table) -> Grid:
    """Every column of the table, each followed by the parts that some of its figures have."""
    columns = [_column(name, [row[place] for row in table.rows]) for place, name in enumerate(table.columns)]
    heads = tuple(head for column in columns for head, _, _ in column)
    flat = [(cells, bar) for column in columns for _, cells, bar in column]
    bars = tuple(place for place, (_, bar) in enumerate(flat) if bar)
    return Grid(heads, tuple(zip(*(cells for cells, _ in flat), strict=True)), bars)


def _column(name: str, cells: Sequence[str | Figure]) -> list[tuple[str, list[Cell], bool]]:
    figures = [cell for cell in cells if isinstance(cell, Figure)]
    parts = [part for part in _PARTS if any(_has(figure, part) for figure in figures)]
    values: list[Cell] = [value_cell(cell) if isinstance(cell, Figure) else cell for cell in cells]
    bar = "low" not in parts and _all_shares(figures)
    beside = [(texts.head(name, part), [_beside(cell, part) for cell in cells], False) for part in parts]
    return [(name, values, bar), *beside]


def _has(figure: Figure, part: Part) -> bool:
    return counted_of(figure) if part == "of" else _beside(figure, part) != ""


def _beside(cell: str | Figure, part: Part) -> Cell:
    if not isinstance(cell, Figure):
        return ""
    if part == "of":
        return people_cell(cell)
    if part == "note":
        return note_cell(cell)
    low, high = bounds(cell)
    return low if part == "low" else high


def _all_shares(figures: Iterable[Figure]) -> bool:
    shown = [figure for figure in figures if figure.value is not None]
    return bool(shown) and all(figure.unit == "share" and not figure.signed for figure in shown)
