"""One table of the report on a sheet of its own, its heads always in sight."""

from __future__ import annotations

from reports.render.sheets.cells import Amount, Cell, Hidden
from reports.render.sheets.grid import Grid, grid
from reports.render.sheets.page import Page
from reports.report import Table

_NARROW, _WIDE, _FIRST = 11, 24, 46  # characters


def write_table(page: Page, table: Table, title: str) -> None:
    """Title, heads, rows and the caption beneath."""
    found = grid(table)
    page.widths(_widths(found))
    page.title(title)
    page.heads(found.heads)
    page.hold()
    top = page.row
    for row in found.rows:
        page.cells(row)
    for column in found.bars:
        page.bars(column, top, page.row - 1)
    if table.caption:
        page.row += 1
        page.note(table.caption, len(found.heads))


def _widths(found: Grid) -> list[float]:
    columns = list(zip(*found.rows, strict=True))
    first = min(_FIRST, max(len(_words(cell)) for cell in (found.heads[0], *columns[0])) + 2)
    return [
        max(first, _NARROW),
        *(_width(head, cells) for head, cells in zip(found.heads[1:], columns[1:], strict=True)),
    ]


def _width(head: str, cells: tuple[Cell, ...]) -> float:
    longest_word = max(len(word) for word in head.split()) if head else 0
    longest_cell = max(len(_words(cell)) for cell in cells)
    return max(_NARROW, longest_word + 2, min(longest_cell + 2, _WIDE))


def _words(cell: Cell) -> str:
    match cell:
        case Amount():
            return ""
        case Hidden(words):
            return words
        case words:
            return words
