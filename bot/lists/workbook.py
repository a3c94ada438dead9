"""The first sheet of an Excel workbook (.xlsx) as rows of text; read from its XML, with bounds for what is unpacked.

Written after ECMA-376, part 1: 18.3 (sheets), 18.4 (shared strings).
"""

from __future__ import annotations

import io
import posixpath
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

MAGIC = b"PK\x03\x04"
_UNPACKED = 8 * 2**20  # bytes of one part: far more than a list of a few hundred people takes
_COLUMNS = 64
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DAMAGED = (BadZipFile, KeyError, ET.ParseError, zlib.error, NotImplementedError, RuntimeError, EOFError)

Cells = list[str]


class WorkbookError(ValueError):
    """It is no workbook, it is damaged or locked, or it unpacks to more than a list of people would."""


def rows(data: bytes) -> Iterator[tuple[int, Cells]]:
    """Each row with its number, as it stands beside the sheet. Raises WorkbookError."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            shared = list(_strings(archive))
            yield from _rows(archive, _first_sheet(archive), shared)
    except (*_DAMAGED, ValueError, IndexError) as problem:
        raise WorkbookError(str(problem)) from None


def _part(archive: ZipFile, name: str) -> io.BytesIO:
    """One part, unpacked; a definition of entities has no place in it."""
    with archive.open(name) as packed:
        content = packed.read(_UNPACKED + 1)
    if len(content) > _UNPACKED or b"<!DOCTYPE" in content:
        raise WorkbookError(f"{name} is not what Excel writes")
    return io.BytesIO(content)


def _first_sheet(archive: ZipFile) -> str:
    """The name of the part that holds the first sheet."""
    sheet = ET.parse(_part(archive, "xl/workbook.xml")).find(f".//{_MAIN}sheet")  # noqa: S314 - bounded, no entities
    relations = ET.parse(_part(archive, "xl/_rels/workbook.xml.rels"))  # noqa: S314 - bounded, no entities
    wanted = None if sheet is None else sheet.get(_LINKED)
    for one in relations.getroot():
        if one.get("Id") == wanted:
            return posixpath.normpath(posixpath.join("/xl", one.get("Target", ""))).lstrip("/")
    raise WorkbookError("there is no sheet")


def _strings(archive: ZipFile) -> Iterator[str]:
    """The texts that cells refer to by number."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return
    for one in ET.parse(_part(archive, "xl/sharedStrings.xml")).getroot().iter(f"{_MAIN}si"):  # noqa: S314 - bounded, no entities
        yield _words(one)


def _rows(archive: ZipFile, name: str, shared: list[str]) -> Iterator[tuple[int, Cells]]:
    number = 0
    for _, row in ET.iterparse(_part(archive, name)):  # noqa: S314 - bounded, no entities
        if row.tag == f"{_MAIN}row":
            number = int(row.get("r", number + 1))
            yield number, _cells(row, shared)
            row.clear()


def _cells(row: ET.Element, shared: list[str]) -> Cells:
    """What stands in the columns A, B, C …; a cell that is not written is empty."""
    found: dict[int, str] = {}
    place = -1
    for cell in row.iter(f"{_MAIN}c"):
        place = _column(cell.get("r", ""), place + 1)
        if place < _COLUMNS:
            found[place] = _value(cell, shared)
    return [found.get(place, "") for place in range(max(found, default=-1) + 1)]


def _column(reference: str, otherwise: int) -> int:
    """0 for A1, 27 for AB1."""
    letters = reference.rstrip("0123456789")
    if not letters:
        return otherwise
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _value(cell: ET.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _words(cell)
    value = cell.findtext(f"{_MAIN}v", "")
    return shared[int(value)] if cell.get("t") == "s" else value


def _words(element: ET.Element) -> str:
    """The text of a cell, whose parts may be formatted; without how it is pronounced (18.4.6)."""
    spoken = {part for one in element.iter(f"{_MAIN}rPh") for part in one.iter(f"{_MAIN}t")}
    return "".join(part.text or "" for part in element.iter(f"{_MAIN}t") if part not in spoken)
