"""The one way in which tables become CSV, and the one guard against words that a spreadsheet would calculate."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would calculate
_GUARD = "'"


def written(rows: Iterable[Sequence[object]], *, delimiter: str = ",", end: str = "\r\n") -> str:
    """The rows as CSV; whoever gives words of people guards them before."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end).writerows(rows)
    return text.getvalue()


def for_excel(rows: Iterable[Sequence[object]]) -> bytes:
    """As Slovenian Excel opens it: UTF-8 with BOM and semicolons."""
    return written(rows, delimiter=";").encode("utf-8-sig")


def guarded(cell: str) -> str:
    """Text that a spreadsheet would calculate gets an apostrophe before it; so does what has such a guard already."""
    return f"{_GUARD}{cell}" if _needs_guard(cell) else cell


def bare(cell: str) -> str:
    """The text of a cell without the apostrophe that guards it; the inverse of `guarded`."""
    return cell[1:] if cell.startswith(_GUARD) and _needs_guard(cell[1:]) else cell


def _needs_guard(text: str) -> bool:
    return text.lstrip(_GUARD).startswith(_FORMULA)
