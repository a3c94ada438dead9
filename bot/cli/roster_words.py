"""How a list of people was read and what is wrong with it, for whoever works on the command line."""

from __future__ import annotations

from collections.abc import Iterator

from bot.rosters.people import MOST, LeftOut, Roster, RosterProblem, RowFault
from bot.rosters.rows import Left
from bot.workbooks.book import MAX_BYTES, Unreadable
from reports.render import letters

UNREADABLE: dict[Unreadable, str] = {
    Unreadable.TOO_BIG: f"is larger than {MAX_BYTES // 2**20} MB, which no list of people is",
    Unreadable.LOCKED: "is locked with a password; save it without one",
    Unreadable.SWOLLEN: "holds far more than a list, or something far away from it; copy the people to a new file",
    Unreadable.EXHAUSTING: "takes more time or memory to be read than a list does; copy the people to a new file",
    Unreadable.DAMAGED: "is damaged; save it again as Excel (.xlsx)",
    Unreadable.WORD: "is a text document; copy the list to Excel",
    Unreadable.PDF: "is a PDF; save the list as Excel (.xlsx) or CSV",
    Unreadable.PICTURE: "is a picture; save the list as Excel (.xlsx) or CSV",
    Unreadable.WEB_PAGE: "is a web page, whatever its name; open it in Excel and save it as .xlsx",
    Unreadable.OTHER_TABLE: "is a kind of file that is not read; save it as Excel (.xlsx) or CSV",
    Unreadable.NO_SHEET: "is no list; save it as Excel (.xlsx) or CSV",
}
_LEFT: dict[Left, str] = {
    Left.TOTAL: "a sum",
    Left.FOOTER: "about the list",
    Left.HEADING: "names of columns",
    Left.UNFILLED: "a number alone",
    Left.ERROR: "an error of the spreadsheet alone",
}
_WRONG: dict[RowFault, str] = {
    RowFault.NOBODY: "nobody is listed: under the heading each row is one person",
    RowFault.TOO_MANY: f"more than {MOST} people are listed; divide the list",
    RowFault.NO_COLUMNS: "no column is known; the heading needs »ime«, »šifra« or »jezik«",
    RowFault.COLUMN_TWICE: "the column »{words}« stands there twice",
    RowFault.NO_NAME: "there is neither a name nor a code",
    RowFault.STRANGE_NAME: "»{words}« is more than a name",
    RowFault.NAMES_DIFFER: "the columns of names speak of different people: {words}",
    RowFault.CELL_ERROR: "a cell holds the error »{words}«",
    RowFault.LONG_NAME: "the name with its note is too long",
    RowFault.CODE_WRONG: "»{words}« is not a code",
    RowFault.CODE_TWICE: "the same code stands in row {words}",
    RowFault.CODE_UNKNOWN: "nobody of this library has the code {words}",
    RowFault.CODE_IN_GROUP: "{words} is in this cohort already",
    RowFault.LANGUAGE_UNKNOWN: "»{words}« is no language that is known; write its tag, like »en«",
    RowFault.LANGUAGE_NOT_OFFERED: "this programme is offered in: {words}",
}


def problem(one: RosterProblem) -> str:
    """»row 4: there is neither a name nor a code«."""
    words = _WRONG[one.wrong].format(words=one.words)
    return f"row {one.row}: {words}" if one.row else words


def left_out(one: LeftOut) -> str:
    """»row 9 (a sum): Skupaj: 7«."""
    return f"row {one.row} ({_LEFT[one.why]}): {one.words}"


def hidden(read: Roster) -> str:
    """What cannot be seen on the sheet."""
    parts = [f"people in hidden rows: {read.hidden}"] if read.hidden else []
    if read.hidden_columns:
        parts.append(f"hidden columns: {', '.join(read.hidden_columns)}")
    return f"There are {'; '.join(parts)}."


def seen(read: Roster) -> Iterator[str]:
    """How a list was read: the first and the last names, what is left out, what is not read."""
    names = [one.printed for one in read.listed if one.name]
    if names:
        yield f"The first name is »{names[0]}«, the last »{names[-1]}«."
    for one in read.left_out:
        yield f"Left out: {left_out(one)}."
    lost = [str(one.row) for one in read.listed if letters.is_lost(one.printed)]
    if lost:
        yield f"Some letters cannot be printed, for no font has them, in rows: {', '.join(lost)}."
    if read.torn:
        yield f"In row {read.torn} a quotation mark is never closed; each row was read for itself."
    if read.unread:
        yield f"Not read: {', '.join(read.unread)}."
    for first, second in read.alike:
        yield f"The same name stands in rows {first} and {second}."
