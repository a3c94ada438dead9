"""A file that somebody sent as a table: what kind of file it is, and its sheets. Takes time, so never in a write unit.

Excel and OpenDocument are read by python-calamine, old Excel by xlrd, each within bounds.
"""

from __future__ import annotations

import io
from zipfile import ZipFile

from bot.workbooks import old_excel, text, workbook
from bot.workbooks.book import MAX_BYTES, Book, BookRules, Unreadable, UnreadableError, pack

_KIND = 80  # letters of a kind of file
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_STARTS = {
    b"%PDF": Unreadable.PDF,
    b"\x89PNG": Unreadable.PICTURE,
    b"\xff\xd8\xff": Unreadable.PICTURE,
    b"GIF8": Unreadable.PICTURE,
    b"RIFF": Unreadable.PICTURE,
    b"{\\rtf": Unreadable.WORD,
}
_PAGES = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta", b"<head")


def read(data: bytes, rules: BookRules) -> Book:
    """The sheets of a file. Raises UnreadableError with the reason."""
    try:
        return _read(data, rules)
    except UnreadableError:
        raise
    except MemoryError:
        raise UnreadableError(Unreadable.EXHAUSTING) from None
    except Exception:  # noqa: BLE001 - what comes from outside may be wrong in any way
        raise UnreadableError(Unreadable.DAMAGED) from None


def _read(data: bytes, rules: BookRules) -> Book:
    if len(data) > MAX_BYTES:
        raise UnreadableError(Unreadable.TOO_BIG)
    if data.startswith(_ZIP):
        return _zipped(data, rules)
    if data.startswith(_OLE):
        return _compound(data, rules)
    for start, why in _STARTS.items():
        if data.startswith(start):
            raise UnreadableError(why)
    if data[:200].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith(_PAGES):
        raise UnreadableError(Unreadable.WEB_PAGE)
    return Book((text.read(data, rules),))


def packed(data: bytes, rules: BookRules) -> bytes:
    """The sheets of a file, or why there are none, as they are kept."""
    try:
        return pack(read(data, rules))
    except UnreadableError as refused:
        return pack(refused.why)


def _zipped(data: bytes, rules: BookRules) -> Book:
    """Excel or OpenDocument; Word and others are zipped, too."""
    with ZipFile(io.BytesIO(data)) as archive:
        names = {name.replace("\\", "/").lower() for name in archive.namelist()}
        kind = (
            archive.open("mimetype").read(_KIND).decode("ascii", "replace") if "mimetype" in archive.namelist() else ""
        )
    if "xl/workbook.xml" in names:
        return workbook.excel(data, rules)
    if kind.startswith("application/vnd.oasis.opendocument.spreadsheet"):
        return workbook.open_document(data, rules)
    if "word/document.xml" in names or kind.startswith("application/vnd.oasis.opendocument.text"):
        raise UnreadableError(Unreadable.WORD)
    raise UnreadableError(Unreadable.OTHER_TABLE)


def _compound(data: bytes, rules: BookRules) -> Book:
    """Old Excel; a workbook with a password and old Word come in the same kind of file."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableError(Unreadable.LOCKED)
    if "WordDocument".encode("utf-16-le") in data:
        raise UnreadableError(Unreadable.WORD)
    return old_excel.read(data, rules)
