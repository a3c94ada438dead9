"""A file of a list as numbered rows of text: Excel, or CSV as the programs of offices save it. Knows no columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from enum import StrEnum

from bot.lists import workbook
from bot.lists.workbook import Cells, WorkbookError

MAX_BYTES = 2**20
ABOVE = 5  # rows above the heading: a title, a date
_SEPARATORS = ";,\t"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # how »Unicode Text« of Excel begins


class Unreadable(StrEnum):
    """Why a file is no list."""

    TOO_BIG = "too_big"
    NO_SHEET = "no_sheet"  # neither CSV nor .xlsx
    DAMAGED = "damaged"  # .xlsx, but locked, damaged, or unpacking to far too much


class UnreadableError(ValueError):
    """A file that is no list."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why)
        self.why = why


def rows(data: bytes, known: Callable[[str], bool]) -> Iterator[tuple[int, Cells]]:
    """Each row that is not empty, with its number as a spreadsheet counts it. Raises UnreadableError.

    `known` says of a cell whether it stands in a heading, by which the separator of a CSV is found.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableError(Unreadable.TOO_BIG)
    try:
        for number, cells in workbook.rows(data) if data.startswith(workbook.MAGIC) else _csv(_text(data), known):
            cleaned = [" ".join(cell.split()) for cell in cells]
            if any(cleaned):
                yield number, cleaned
    except WorkbookError:
        raise UnreadableError(Unreadable.DAMAGED) from None
    except csv.Error:
        raise UnreadableError(Unreadable.NO_SHEET) from None


def _text(data: bytes) -> str:
    """The words of a CSV: UTF-8, UTF-16 with its mark, else Windows-1250, in which every byte is a letter."""
    if data.startswith(_OLD_EXCEL):
        raise UnreadableError(Unreadable.NO_SHEET)
    for encoding in ("utf-16",) if data.startswith(_WIDE) else ("utf-8-sig", "cp1250"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableError(Unreadable.NO_SHEET)


def _csv(text: str, known: Callable[[str], bool]) -> Iterator[tuple[int, Cells]]:
    lines = [line for line in text.split("\n", 2 * ABOVE)[: 2 * ABOVE] if line.strip()]
    heading = next(
        (line for line in lines if any(map(known, re.split(f"[{_SEPARATORS}]", line)))), lines[0] if lines else ""
    )
    separator = max(_SEPARATORS, key=heading.count)
    yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1)
