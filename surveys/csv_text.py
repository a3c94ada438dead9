"""The one way in which tables become CSV, and the one guard against words that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would calculate
_GUARD = "'"


def written(
    rows: Iterable[Sequence[object]],
    *,
    delimiter: str = ",",
    end: str = "\r\n",
    guards: bool = True,
    decimal: str = ".",
) -> str:
    """The rows as CSV. All text in them is guarded; `guards` is off only for programs that calculate nothing.

    `decimal` is the sign before decimals, for programs that calculate nothing always a point.
    """
    text = io.StringIO(newline="")
    harmless = ([_harmless(cell, decimal) for cell in row] for row in rows) if guards else rows
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(harmless)
    return text.getvalue()


def for_excel(rows: Iterable[Sequence[object]]) -> bytes:
    """As Slovenian Excel opens it: UTF-8 with BOM, semicolons and decimal commas."""
    return written(rows, delimiter=";", decimal=",").encode("utf-8-sig")


def guarded(cell: str) -> str:
    """Text that a spreadsheet would calculate gets an apostrophe before it; so does what has such a guard already."""
    return f"{_GUARD}{cell}" if _needs_guard(cell) else cell


def bare(cell: str) -> str:
    """The text of a cell without the apostrophe that guards it; the inverse of `guarded`."""
    return cell[1:] if cell.startswith(_GUARD) and _needs_guard(cell[1:]) else cell


def _harmless(cell: object, decimal: str) -> object:
    if isinstance(cell, Decimal):
        return str(cell).replace(".", decimal)
    return guarded(cell) if isinstance(cell, str) else cell


def _needs_guard(text: str) -> bool:
    return text.lstrip(_GUARD).startswith(_FORMULA)
