"""A file that holds tables: its sheets as numbered rows of text, with what is hidden. Knows no columns and no people.

A book can be packed into bytes, because it is read beside the bot and kept until its list is enrolled.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from surveys.short_words import tidy

MAX_BYTES = 5 * 2**20  # of a file; a few hundred people take some kilobytes, a logo and formatting more
MAX_SHEETS = 20
_MOST_PACKED = 2 * 2**20  # bytes; twenty sheets of three hundred people with ten columns

Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class BookRules:
    """How far a file is read, and how: of a sheet `rows` that say something (hidden ones are counted for themselves).

    `letters` of a cell are kept. `elements` are the most of XML, `area` the cells from the first to the last one.
    Exact: cells as programs read them (2.5, TRUE, 2026-12-31, each line as it is), else as people write them by hand.
    `is_heading` knows the name of a column, within the `top` lines of a text.
    """

    rows: int
    columns: int
    letters: int
    elements: int
    area: int
    exact: bool
    is_heading: Callable[[str], bool]
    top: int


class Unreadable(StrEnum):
    """Why a file is no list."""

    TOO_BIG = "too_big"
    LOCKED = "locked"  # with a password
    SWOLLEN = "swollen"  # far more than a list is, or a cell far away from it
    EXHAUSTING = "exhausting"  # reading it takes more time or memory than there is for one file
    DAMAGED = "damaged"  # a workbook, but not whole
    WORD = "word"
    PDF = "pdf"
    PICTURE = "picture"
    WEB_PAGE = "web_page"  # which some programs save under the name of Excel
    OTHER_TABLE = "other_table"  # a workbook of a kind that is not read, such as .xlsb or .numbers
    NO_SHEET = "no_sheet"  # none of these


class UnreadableError(ValueError):
    """A file that is no table; `row` is where something stands far away from the rest, 0 where that is not known."""

    def __init__(self, why: Unreadable, row: int = 0) -> None:
        super().__init__(why)
        self.why = why
        self.row = row

    def __reduce__(self) -> tuple[type[UnreadableError], tuple[Unreadable, int]]:
        """It comes from the process beside the bot."""
        return type(self), (self.why, self.row)


@dataclass(frozen=True, slots=True)
class BookRow:
    """What stands in a row, with its number as a spreadsheet counts it."""

    number: int
    cells: Cells
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class BookSheet:
    """The rows of a sheet that are not empty. `torn` is the row of a quotation mark that is never closed."""

    rows: tuple[BookRow, ...]
    name: str = ""
    hidden: bool = False
    hidden_columns: frozenset[int] = field(default_factory=frozenset)
    torn: int = 0


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of a file; a CSV is one."""

    sheets: tuple[BookSheet, ...]


def kept(rows: Iterable[BookRow], rules: BookRules) -> tuple[BookRow, ...]:
    """The rows that say something, of which enough to know that there are too many."""
    found: list[BookRow] = []
    room = {True: rules.rows, False: rules.rows}
    for row in rows:
        cells = [cell[: rules.letters] for cell in row.cells[: rules.columns]]
        cells = [cell.strip() if rules.exact else tidy(cell) for cell in cells]
        if any(cells) and room[row.hidden]:
            room[row.hidden] -= 1
            found.append(BookRow(row.number, cells, row.hidden))
        if not room[False]:
            break
    return tuple(found)


def pack(read: Book | Unreadable) -> bytes:
    """What was read, or why it was not, as bytes: so few that a write unit can unpack them whenever a card is drawn."""
    if isinstance(read, Unreadable):
        return json.dumps({"unreadable": read}).encode()
    sheets = [
        {
            "name": one.name,
            "hidden": one.hidden,
            "columns": sorted(one.hidden_columns),
            "torn": one.torn,
            "rows": [[row.number, row.hidden, *row.cells] for row in one.rows],
        }
        for one in read.sheets
    ]
    packed = json.dumps({"sheets": sheets}, ensure_ascii=False).encode()
    return packed if len(packed) <= _MOST_PACKED else pack(Unreadable.SWOLLEN)


def unpack(packed: bytes) -> Book:
    """The inverse of `pack`. Raises UnreadableError with the reason; ValueError where it is nothing that was packed."""
    read = json.loads(packed)
    if "unreadable" in read:
        raise UnreadableError(Unreadable(read["unreadable"]))
    return Book(
        tuple(
            BookSheet(
                tuple(BookRow(number, cells, hidden) for number, hidden, *cells in one["rows"]),
                one["name"],
                one["hidden"],
                frozenset(one["columns"]),
                one["torn"],
            )
            for one in read["sheets"]
        )
    )
