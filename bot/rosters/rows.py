"""What a row under the heading of a list is: a person, or something that offices write among people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from bot.rosters.columns import RosterColumn, is_heading, plain

Columns = Sequence[RosterColumn | None]


class Left(StrEnum):
    """Why a row is left out."""

    TOTAL = "total"  # »Skupaj: 12«
    FOOTER = "footer"  # »Seznam pripravila: …«
    HEADING = "heading"  # the names of columns once more, as at the top of a page
    UNFILLED = "unfilled"  # a number in a form, and nobody beside it
    ERROR = "error"  # nothing but »#N/A«


_TOTALS = frozenset({"skupaj", "skupno", "vsega", "sestevek", "stevilo", "total", "sum"})
_COUNTED = frozenset(
    {"oseb", "oseba", "osebe", "osebi", "udelezencev", "udelezenk", "prijav", "prijavljenih", "vpisanih"}
)
_FOOTERS = frozenset(
    {"pripravil", "pripravila", "pripravili", "izdelal", "izdelala", "sestavil", "sestavila", "zapisal", "zapisala",
     "natisnjeno", "izpisano", "datum", "kraj", "podpis", "podpisi", "vir", "opomba", "opombe", "vodja", "mentor",
     "mentorica", "stran", "seznam", "kontakt", "knjiznica", "odgovorna", "odgovorni", "izvajalec", "izvajalka"}
)  # fmt: skip
_SAID_ALONE = frozenset({"seznam", "stran", "natisnjeno", "izpisano", "pripravil", "pripravila", "podpis"})
_ERROR = re.compile(r"#(?:[A-ZČŠŽ][A-ZČŠŽ/0-9]{0,8}[!?]|N/[AV]|DIV/0!|#+)")
_PLACE = re.compile(r"[0-9]{1,4}[.)]?")


def is_error(cell: str) -> bool:
    """Whether a spreadsheet could not say what stands there, as in »#N/A« or »#####«."""
    return _ERROR.fullmatch(cell) is not None


def left(cells: Sequence[str], columns: Columns) -> Left | None:
    """Why a row is left out; None where it is somebody, or ought to be."""
    said = [cell for cell, column in zip(cells, columns, strict=False) if column is not None and cell]
    first = next(cell for cell in cells if cell)
    if said and all(map(is_error, said)):
        return Left.ERROR
    if said and all(map(is_heading, said)):
        return Left.HEADING
    if not said and sum(map(bool, cells)) == 1 and _PLACE.fullmatch(first):
        return Left.UNFILLED
    labels = [first, *(cell for cell, column in zip(cells, columns, strict=False) if column is not None and cell)]
    if any(map(_is_total, labels)):
        return Left.TOTAL
    return Left.FOOTER if any(map(_is_footer, labels)) else None


def _is_total(cell: str) -> bool:
    found = plain(cell).split()
    fitting = (one in _TOTALS or one in _COUNTED or one.isdecimal() for one in found)
    return bool(found) and not _TOTALS.isdisjoint(found) and all(fitting)


def _is_footer(cell: str) -> bool:
    label, colon, _ = cell.partition(":")
    found = plain(label).split()
    if not found:
        return False
    return (bool(colon) and not _FOOTERS.isdisjoint(found)) or (found[0] in _SAID_ALONE and len(found) > 1)
