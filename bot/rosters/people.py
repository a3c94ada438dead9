"""The people of a list: which column says what, who stands in each row, and what is wrong with it, row by row.

Names pass through, for the list that is printed; nothing here keeps them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.rosters import names
from bot.rosters.columns import HEADINGS, OF_NAMES, RosterColumn, heading_of, language, plain
from bot.rosters.rows import Left, is_error, left
from bot.workbooks.book import Book, BookRow, BookSheet
from storage import codes
from surveys.languages import NAMES

MOST = 300
_LONGEST_NAME = 120  # what stands on one line or two of the printed list


class RowFault(StrEnum):
    """What can be wrong with a row, or with the list as a whole (row 0 or that of the heading)."""

    NOBODY = "nobody"
    TOO_MANY = "too_many"
    NO_COLUMNS = "no_columns"
    COLUMN_TWICE = "column_twice"
    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    STRANGE_NAME = "strange_name"  # with a colon or the like: perhaps nobody, perhaps two things in one cell
    NAMES_DIFFER = "names_differ"  # the columns of names speak of different people
    CELL_ERROR = "cell_error"  # »#N/A« where a name, code or language should be
    CODE_WRONG = "code_wrong"
    CODE_TWICE = "code_twice"
    CODE_UNKNOWN = "code_unknown"
    CODE_IN_GROUP = "code_in_group"
    LANGUAGE_UNKNOWN = "language_unknown"
    LANGUAGE_NOT_OFFERED = "language_not_offered"  # in this programme; `words` are the tags of those that are


@dataclass(frozen=True, slots=True)
class RosterProblem:
    """What is wrong in a row; `words` is what stands there, or the earlier row."""

    row: int
    wrong: RowFault
    words: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is nobody; `words` begin it."""

    row: int
    why: Left
    words: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One person as the list says; all but the row may be empty."""

    row: int
    name: str = ""
    note: str = ""
    code: str = ""
    language: str = ""

    @property
    def printed(self) -> str:
        """As it stands on the printed list."""
        return f"{self.name} ({self.note})" if self.note else self.name


@dataclass(frozen=True, slots=True)
class Roster:
    """A list that was read: the people and the problems, and what was not read for what reason.

    `unread` are columns that say nothing to us, `alike` rows with the same name, `hidden` how many people stand in rows
    that are hidden, `hidden_columns` columns that are and would say something, `torn` the row of a quotation mark that
    is never closed.
    """

    listed: tuple[Listed, ...]
    problems: tuple[RosterProblem, ...]
    unread: tuple[str, ...] = ()
    alike: tuple[tuple[int, int], ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    hidden: int = 0
    hidden_columns: tuple[str, ...] = ()
    torn: int = 0


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """What of a book is read: the sheet with this place, and whether also what is hidden there."""

    sheet: int
    hidden: bool = False


def lists(book: Book) -> list[int]:
    """The places of the sheets that hold a list: under a row that names a column there is something."""
    return [place for place, one in enumerate(book.sheets) if _holds_list(one)]


def first_choice(book: Book) -> SheetChoice:
    """The first sheet that can be seen and holds a list, else one that says anything; hidden ones come last."""
    holding = set(lists(book))
    order = sorted(
        range(len(book.sheets)),
        key=lambda place: (book.sheets[place].hidden, place not in holding, not book.sheets[place].rows),
    )
    return SheetChoice(order[0])


def read(sheet: BookSheet, *, hidden: bool = False) -> Roster:
    """The people of a sheet; with those in rows, and what stands in columns, that are `hidden`."""
    place = heading_of([row.cells for row in sheet.rows])
    rows = sheet.rows[place or 0 :]
    if not rows:
        return Roster((), (RosterProblem(0, RowFault.NOBODY),))
    number, heading = rows[0].number, rows[0].cells
    named = [HEADINGS.get(plain(cell)) for cell in heading]
    unread = tuple(cell for cell, column in zip(heading, named, strict=True) if column is None and cell)
    if not any(named):
        return Roster((), (RosterProblem(number, RowFault.NO_COLUMNS, ", ".join(unread)),), unread)
    columns = [None if one in sheet.hidden_columns and not hidden else column for one, column in enumerate(named)]
    covered = tuple(heading[one] for one, column in enumerate(named) if column and one in sheet.hidden_columns)
    left_out, somebody = _sorted(rows[1:], columns)
    read_rows = [row for row in somebody if hidden or not row.hidden]
    problems = _twice(number, heading, columns)
    if not read_rows:
        problems.append(RosterProblem(0, RowFault.NOBODY))
    if len(read_rows) > MOST:
        problems.append(RosterProblem(read_rows[MOST].number, RowFault.TOO_MANY))
    listed = []
    for row in read_rows[:MOST]:
        one, wrong = _person(row, columns)
        listed.append(one)
        problems += wrong
    problems += _problems(listed, {one.row for one in problems}, named=not OF_NAMES.isdisjoint(filter(None, columns)))
    return Roster(
        tuple(listed),
        tuple(sorted(problems, key=lambda one: one.row)),
        unread,
        tuple(_alike(listed)),
        tuple(one for one, is_hidden in left_out if hidden or not is_hidden),
        sum(row.hidden for row in somebody),
        covered,
        sheet.torn,
    )


def _holds_list(sheet: BookSheet) -> bool:
    place = heading_of([row.cells for row in sheet.rows])
    return place is not None and len(sheet.rows) > place + 1


def _sorted(
    rows: Iterable[BookRow], columns: Sequence[RosterColumn | None]
) -> tuple[list[tuple[LeftOut, bool]], list[BookRow]]:
    """What is nobody, with whether it is hidden, and the rows of people."""
    left_out: list[tuple[LeftOut, bool]] = []
    somebody: list[BookRow] = []
    for row in rows:
        why = left(row.cells, columns)
        if why is None:
            somebody.append(row)
        else:
            words = " ".join(cell for cell in row.cells if cell)
            left_out.append((LeftOut(row.number, why, words), row.hidden))
    return left_out, somebody


def _twice(number: int, heading: Sequence[str], columns: Sequence[RosterColumn | None]) -> list[RosterProblem]:
    return [
        RosterProblem(number, RowFault.COLUMN_TWICE, heading[columns.index(column)])
        for column in (RosterColumn.GIVEN, RosterColumn.SURNAME, RosterColumn.CODE, RosterColumn.LANGUAGE)
        if columns.count(column) > 1
    ]


def _person(row: BookRow, columns: Sequence[RosterColumn | None]) -> tuple[Listed, list[RosterProblem]]:
    """Who stands in a row, and what is wrong with what the cells say of them."""
    found = [(column, cell) for column, cell in zip(columns, row.cells, strict=False) if column is not None and cell]
    problems = [
        RosterProblem(row.number, RowFault.CELL_ERROR, cell)
        for column, cell in found
        if column is not RosterColumn.NOTE and is_error(cell)
    ]
    said = [(column, cell) for column, cell in found if not is_error(cell)]
    written = " ".join(cell for column, cell in said if column is RosterColumn.CODE)
    tongue = " ".join(cell for column, cell in said if column is RosterColumn.LANGUAGE)
    note = ", ".join(cell for column, cell in said if column is RosterColumn.NOTE)
    name = names.whole(said)
    if name is None:
        problems.append(
            RosterProblem(row.number, RowFault.NAMES_DIFFER, " / ".join(c for one, c in said if one in OF_NAMES))
        )
    elif names.is_strange(name):
        problems.append(RosterProblem(row.number, RowFault.STRANGE_NAME, name))
    return Listed(row.number, name or "", note, codes.read_code(written) or written, language(tongue)), problems


def _problems(listed: Iterable[Listed], refused: Container[int], *, named: bool) -> list[RosterProblem]:
    found: list[RosterProblem] = []
    seen: dict[str, int] = {}
    for one in listed:
        if named and not names.says_who(one.name) and not one.code and one.row not in refused:
            found.append(RosterProblem(one.row, RowFault.NO_NAME))
        if len(one.printed) > _LONGEST_NAME:
            found.append(RosterProblem(one.row, RowFault.LONG_NAME))
        if one.code and codes.read_code(one.code) is None:
            found.append(RosterProblem(one.row, RowFault.CODE_WRONG, one.code))
        elif one.code and seen.setdefault(one.code, one.row) != one.row:
            found.append(RosterProblem(one.row, RowFault.CODE_TWICE, str(seen[one.code])))
        if one.language and one.language not in NAMES:
            found.append(RosterProblem(one.row, RowFault.LANGUAGE_UNKNOWN, one.language))
    return found


def _alike(listed: Iterable[Listed]) -> Iterable[tuple[int, int]]:
    """The rows of names that stand twice, which may be two people."""
    seen: dict[str, int] = {}
    for one in listed:
        first = seen.setdefault(names.key(one.name), one.row) if one.name else one.row
        if first != one.row:
            yield first, one.row
