"""A workbook of Excel (.xlsx) or OpenDocument (.ods): values by python-calamine, what it does not tell by `marks`."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator, Sequence
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from bot.workbooks.archive import Archive, Attributes
from bot.workbooks.book import MAX_SHEETS, Book, BookRow, BookRules, BookSheet, Unreadable, UnreadableError, kept
from bot.workbooks.marks import ExcelSheet, Marks, SharedStrings, Tables
from bot.workbooks.values import exact, words

_STRINGS = "xl/sharedStrings.xml"
_MANIFEST = "META-INF/manifest.xml"


def excel(data: bytes, rules: BookRules) -> Book:
    """The sheets of an .xlsx. Raises UnreadableError."""
    archive = Archive(data, rules.elements)
    if _STRINGS in archive:
        archive.go_through(_STRINGS, SharedStrings(rules), beginning=True)
    marks = []
    for part in _parts(archive):
        reader = ExcelSheet(rules)
        if part in archive:
            archive.go_through(part, reader)
        marks.append(reader.marks)
    return _book(data, marks, rules)


def open_document(data: bytes, rules: BookRules) -> Book:
    """The sheets of an .ods. Raises UnreadableError."""
    archive = Archive(data, rules.elements)
    manifest, tables = _Elements("encryption-data"), Tables(rules)
    if _MANIFEST in archive:
        archive.go_through(_MANIFEST, manifest)
    if manifest.found:
        raise UnreadableError(Unreadable.LOCKED)
    archive.go_through("content.xml", tables)
    return _book(data, tables.marks, rules)


class _Elements:
    """Reads the attributes of elements with one name."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.found: list[Attributes] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """One of them, or another."""
        if name == self._name:
            self.found.append(attributes)

    def text(self, words: str) -> None:
        """Words say nothing here."""

    def end(self, name: str) -> None:
        """Nor do ends."""


def _parts(archive: Archive) -> list[str]:
    """The names of the parts of the sheets, in the order of the workbook."""
    sheets, relations = _Elements("sheet"), _Elements("Relationship")
    archive.go_through("xl/workbook.xml", sheets)
    archive.go_through("xl/_rels/workbook.xml.rels", relations)
    targets = {one.get("Id"): one.get("Target", "") for one in relations.found}
    return [
        posixpath.normpath(posixpath.join("/xl", targets.get(one.get("id"), "").replace("\\", "/"))).lstrip("/")
        for one in sheets.found[:MAX_SHEETS]
    ]


def _book(data: bytes, marks: Sequence[Marks], rules: BookRules) -> Book:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            sheets = [
                _sheet(book.get_sheet_by_name(one.name), marked, rules, one.visible is not SheetVisibleEnum.Visible)
                for one, marked in zip(book.sheets_metadata, marks, strict=False)
                if one.typ is SheetTypeEnum.WorkSheet
            ]
    except PasswordError:
        raise UnreadableError(Unreadable.LOCKED) from None
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - a panic of Rust is no Exception, and a file may be wrong in any way
        raise UnreadableError(Unreadable.DAMAGED) from None
    if not sheets:
        raise UnreadableError(Unreadable.DAMAGED)
    return Book(tuple(sheets))


def _sheet(sheet: CalamineSheet, marks: Marks, rules: BookRules, hidden: bool) -> BookSheet:  # noqa: FBT001
    return BookSheet(kept(_rows(sheet, marks, rules), rules), sheet.name, hidden, frozenset(marks.hidden_columns))


def _rows(sheet: CalamineSheet, marks: Marks, rules: BookRules) -> Iterator[BookRow]:
    written = exact if rules.exact else words
    values: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    for number, cells in enumerate(values):
        said = [written(cell) or marks.errors.get((number, column), "") for column, cell in enumerate(cells)]
        yield BookRow(number + 1, said, number in marks.hidden_rows)
