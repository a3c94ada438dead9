"""The tables of a report on sheets, their heads always in sight; tables of one form share a sheet."""

from __future__ import annotations

from dataclasses import dataclass

from reports.render.sheets.cells import Cell, words_of
from reports.render.sheets.grid import GridColumn, grid
from reports.render.sheets.page import Worksheet
from reports.report import Report, Section, Table
from reports.texts.sheets import sheet_name

_NARROW, _BARS, _WIDE, _FIRST = 11, 18, 24, 46  # characters


@dataclass(frozen=True, slots=True)
class Leaf:
    """What stands on one sheet: tables of one section with the same columns."""

    name: str  # of the sheet
    title: str
    tables: tuple[Table, ...]


def leaves(report: Report) -> list[Leaf]:
    """The sheets that the tables need, in order; a table without rows needs none."""
    return [leaf for section in report.sections for leaf in _leaves(section)]


def _leaves(section: Section) -> list[Leaf]:
    alike: dict[tuple[str, ...], list[Table]] = {}
    for block in section.blocks:
        if isinstance(block, Table) and block.rows:
            alike.setdefault(block.columns, []).append(block)
    found = []
    for tables in alike.values():
        title = section.title if len(tables) > 1 else tables[0].title or section.title
        found.append(Leaf(sheet_name(title, section.title), title, tuple(tables)))
    return found


def write_leaf(page: Worksheet, leaf: Leaf) -> None:
    """Title, heads, and of each table its title where there are several, its rows and its caption."""
    columns = grid(leaf.tables[0].columns, [row for table in leaf.tables for row in table.rows])
    page.widths([_width(column, _FIRST if place == 0 else _WIDE) for place, column in enumerate(columns)])
    page.title(leaf.title)
    page.heads([column.head for column in columns])
    page.hold()
    first = 0
    for table in leaf.tables:
        if len(leaf.tables) > 1:
            page.row += 1 if first else 0
            page.line(table.title, "strong")
        _rows(page, columns, first, first + len(table.rows))
        first += len(table.rows)
        if table.caption:
            page.note(table.caption, len(columns))


def _rows(page: Worksheet, columns: list[GridColumn], first: int, last: int) -> None:
    top = page.row
    for place in range(first, last):
        page.cells([column.cells[place] for column in columns])
    for place, column in enumerate(columns):
        if column.bars:
            page.bars(place, top, page.row - 1)


def _width(column: GridColumn, most: int) -> float:
    """Wide enough for the longest word of the head and, up to a limit, for every cell."""
    word = max((len(word) for word in column.head.split()), default=0)
    return max(_BARS if column.bars else _NARROW, word + 2, min(max(map(_length, column.cells)) + 2, most))


def _length(cell: Cell) -> int:
    return len(words_of(cell))
