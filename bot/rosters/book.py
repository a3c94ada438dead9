"""A file that holds lists: its sheets as numbered rows of text, with what is hidden. Knows no columns and no people.

A book can be packed into bytes, because it is read beside the bot and kept until its list is enrolled.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from surveys.short_words import tidy

MAX_BYTES = 5 * 2**20  # of a file; a few hundred people take some kilobytes, a logo and formatting more
MAX_SHEETS = 20
MAX_COLUMNS = 64
MAX_ROWS = 400  # of a sheet that say something: shown and hidden ones are counted for themselves
_MOST_PACKED = 2 * 2**20  # bytes; twenty sheets of three hundred people with ten columns
_LONGEST = 400  # letters of a cell: more than any name

Cells = Sequence[str]


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
    """A file that is no list."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why)
        self.why = why

    def __reduce__(self) -> tuple[type[UnreadableError], tuple[Unreadable]]:
        """It comes from the process beside the bot."""
        return type(self), (self.why,)


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


def kept(rows: Iterable[BookRow]) -> tuple[BookRow, ...]:
    """The rows that say something, of which enough to know that there are too many."""
    found: list[BookRow] = []
    room = {True: MAX_ROWS, False: MAX_ROWS}
    for row in rows:
        cells = [tidy(cell[:_LONGEST]) for cell in row.cells[:MAX_COLUMNS]]
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
