"""What is wrong with a list of people, for whoever works on the command line."""

from __future__ import annotations

from bot.lists.people import MOST, Problem, Wrong
from bot.lists.sheet import MAX_BYTES, Unreadable

UNREADABLE: dict[Unreadable, str] = {
    Unreadable.TOO_BIG: f"is larger than {MAX_BYTES // 2**20} MB, which no list of people is",
    Unreadable.NO_SHEET: "is neither CSV nor Excel (.xlsx)",
    Unreadable.DAMAGED: "is a workbook that cannot be opened: damaged, or locked with a password",
}
_WRONG: dict[Wrong, str] = {
    Wrong.NOBODY: "nobody is listed: under the heading each row is one person",
    Wrong.TOO_MANY: f"more than {MOST} people are listed; divide the list",
    Wrong.NO_COLUMNS: "no column is known; the heading needs »ime«, »šifra« or »jezik«",
    Wrong.COLUMN_TWICE: "the column »{words}« stands there twice",
    Wrong.NO_NAME: "there is neither a name nor a code",
    Wrong.LONG_NAME: "the name with its note is too long",
    Wrong.CODE_WRONG: "»{words}« is not a code",
    Wrong.CODE_TWICE: "the same code stands in row {words}",
    Wrong.CODE_UNKNOWN: "nobody of this library has the code {words}",
    Wrong.CODE_IN_GROUP: "{words} is in this cohort already",
    Wrong.LANGUAGE_UNKNOWN: "»{words}« is no language that is known; write its tag, like »en«",
    Wrong.LANGUAGE_NOT_OFFERED: "this programme is offered in: {words}",
}


def problem(one: Problem) -> str:
    """»row 4: there is neither a name nor a code«."""
    words = _WRONG[one.wrong].format(words=one.words)
    return f"row {one.row}: {words}" if one.row else words
