"""The people of a list: which column says what, who stands in each row, and what is wrong with it, row by row.

Names pass through, for the list that is printed; nothing here keeps them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from bot.lists import sheet
from bot.lists.workbook import Cells
from storage import codes
from surveys.languages import NAMES

MOST = 300
_LONGEST_NAME = 120  # what stands on one line or two of the printed list


class Column(StrEnum):
    """What a column can say."""

    NAME = "name"
    CODE = "code"  # of somebody who has one already, in another group
    LANGUAGE = "language"
    NOTE = "note"  # »brez telefona«: printed beside the name


class Wrong(StrEnum):
    """What can be wrong with a row, or with the list as a whole (row 0 or that of the heading)."""

    NOBODY = "nobody"
    TOO_MANY = "too_many"
    NO_COLUMNS = "no_columns"
    COLUMN_TWICE = "column_twice"
    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    CODE_WRONG = "code_wrong"
    CODE_TWICE = "code_twice"
    CODE_UNKNOWN = "code_unknown"
    CODE_IN_GROUP = "code_in_group"
    LANGUAGE_UNKNOWN = "language_unknown"
    LANGUAGE_NOT_OFFERED = "language_not_offered"  # in this programme; `words` are the tags of those that are


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a row; `words` is what stands there, or the earlier row."""

    row: int
    wrong: Wrong
    words: str = ""


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
class People:
    """A list that was read: the people, the problems, columns that say nothing to us, and names that stand twice."""

    listed: tuple[Listed, ...]
    problems: tuple[Problem, ...]
    unread: tuple[str, ...] = ()
    alike: tuple[tuple[int, int], ...] = ()


HEADINGS: Mapping[str, Column] = {
    "ime": Column.NAME,
    "priimek": Column.NAME,
    "ime in priimek": Column.NAME,
    "priimek in ime": Column.NAME,
    "udelezenec": Column.NAME,
    "oseba": Column.NAME,
    "name": Column.NAME,
    "sifra": Column.CODE,
    "koda": Column.CODE,
    "code": Column.CODE,
    "jezik": Column.LANGUAGE,
    "language": Column.LANGUAGE,
    "opomba": Column.NOTE,
    "opombe": Column.NOTE,
    "note": Column.NOTE,
}
LANGUAGES: Mapping[str, str] = {
    "slovenscina": "sl",
    "slovensko": "sl",
    "lahko": "sl-x-lahko",
    "anglescina": "en",
    "anglesko": "en",
    "bosanscina": "bs",
    "bosansko": "bs",
    "hrvascina": "hr",
    "hrvasko": "hr",
    "srbscina": "sr",
    "srbsko": "sr",
    "makedonscina": "mk",
    "makedonsko": "mk",
    "albanscina": "sq",
    "albansko": "sq",
    "ukrajinscina": "uk",
    "ukrajinsko": "uk",
}
"""What a library writes, plainly; the tags themselves (`en`) and the language's own name can be written, too."""


def read(data: bytes) -> People:
    """The people of a file. Raises `sheet.UnreadableError`."""
    found = list(islice(sheet.rows(data, _is_heading), sheet.ABOVE + MOST + 2))  # the heading, and one too many
    rows = found[_heading(found) :]
    if not rows:
        return People((), (Problem(0, Wrong.NOBODY),))
    number, heading = rows[0]
    columns = [HEADINGS.get(plain(cell)) for cell in heading]
    unread = tuple(cell for cell, column in zip(heading, columns, strict=True) if column is None and cell)
    if not any(columns):
        return People((), (Problem(number, Wrong.NO_COLUMNS, ", ".join(unread)),), unread)
    if len(rows) == 1:
        return People((), (Problem(0, Wrong.NOBODY),))
    problems = [
        Problem(number, Wrong.COLUMN_TWICE, heading[columns.index(column)])
        for column in (Column.CODE, Column.LANGUAGE)
        if columns.count(column) > 1
    ]
    if len(rows) > MOST + 1:
        problems.append(Problem(rows[MOST + 1][0], Wrong.TOO_MANY))
    listed = tuple(_person(row, cells, columns) for row, cells in rows[1 : MOST + 1])
    problems += _problems(listed, named=Column.NAME in columns)
    return People(listed, tuple(problems), unread, tuple(_alike(listed)))


def _heading(rows: Sequence[tuple[int, Cells]]) -> int:
    """Where the heading stands: the first of the topmost rows in which a column is known, else the first row."""
    known = (place for place, (_, cells) in enumerate(rows[: sheet.ABOVE + 1]) if any(map(_is_heading, cells)))
    return next(known, 0)


def _is_heading(cell: str) -> bool:
    return plain(cell) in HEADINGS


def plain(words: str) -> str:
    """Words without case, carons and what stands around them: »Šifra:« is »sifra«."""
    letters = unicodedata.normalize("NFD", words.casefold())
    bare = "".join(letter if letter.isalnum() or letter == "-" else " " for letter in letters
                   if not unicodedata.combining(letter))  # fmt: skip
    return " ".join(bare.split())


_TAGS: Mapping[str, str] = {
    **LANGUAGES,
    **{plain(name): tag for tag, name in NAMES.items()},
    **{tag: tag for tag in NAMES},
}


def _person(row: int, cells: Cells, columns: Sequence[Column | None]) -> Listed:
    def said(column: Column, between: str = " ") -> str:
        return between.join(cell for cell, one in zip(cells, columns, strict=False) if one is column and cell)

    written, tongue = said(Column.CODE), said(Column.LANGUAGE)
    language = _TAGS.get(plain(tongue), tongue)
    name, note = said(Column.NAME), said(Column.NOTE, ", ")
    return Listed(row, name, note, codes.read_code(written) or written, language)


def _problems(listed: Iterable[Listed], *, named: bool) -> list[Problem]:
    found: list[Problem] = []
    seen: dict[str, int] = {}
    for one in listed:
        if named and not one.name and not one.code:
            found.append(Problem(one.row, Wrong.NO_NAME))
        if len(one.printed) > _LONGEST_NAME:
            found.append(Problem(one.row, Wrong.LONG_NAME))
        if one.code and codes.read_code(one.code) is None:
            found.append(Problem(one.row, Wrong.CODE_WRONG, one.code))
        elif one.code and seen.setdefault(one.code, one.row) != one.row:
            found.append(Problem(one.row, Wrong.CODE_TWICE, str(seen[one.code])))
        if one.language and one.language not in NAMES:
            found.append(Problem(one.row, Wrong.LANGUAGE_UNKNOWN, one.language))
    return found


def _alike(listed: Iterable[Listed]) -> Iterable[tuple[int, int]]:
    """The rows of names that stand twice, which may be two people."""
    seen: dict[str, int] = {}
    for one in listed:
        first = seen.setdefault(plain(one.name), one.row) if one.name else one.row
        if first != one.row:
            yield first, one.row
