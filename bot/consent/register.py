"""The account of consents as a file: who consented to what, when and through whose hand, with the texts beside it.

Codes only; names are nowhere. In a demo, where the people are made up, every row says so.
"""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Sequence
from datetime import datetime

from bot.consent import text_archive
from bot.texts import consents as words
from reports.texts.export import MADE_UP, MADE_UP_ROW
from storage.consents import Record
from storage.schema import ConsentKind
from surveys import csv_text
from surveys.model import Mode
from surveys.weeks import LJUBLJANA

Row = tuple[str, ...]
_TAG = re.compile(r"</?(?:b|i|u|code|a)[^>]*>")
_FOR_NO_CHAT = frozenset({ConsentKind.ALOUD, ConsentKind.ALOUD_GUARDIAN})
_WIDTHS, _TEXT_WIDTHS = (12, 24, 18, 30, 16, 14, 40, 26, 18, 18, 26, 18, 26), (12, 12, 40, 26, 100)


def as_xlsx(records: Sequence[Record], *, made_up: bool = False) -> bytes:
    """Two sheets: the consents, and the texts that they are about."""
    import xlsxwriter  # noqa: PLC0415 - comes only where it is asked for

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    head, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for name, table, widths in (
        (words.SHEET, rows(records, made_up=made_up), (*_WIDTHS, 26)),
        (words.TEXTS_SHEET, texts(records), _TEXT_WIDTHS),
    ):
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        for number, row in enumerate(table):
            sheet.write_row(number, 0, row, head if number == 0 else wrapped)
    book.close()
    return data.getvalue()


def as_csv(table: Sequence[Row]) -> bytes:
    """As Slovenian Excel opens it: UTF-8 with BOM and semicolons; no cell is taken for a formula."""
    return csv_text.for_excel(table)


def as_json(records: Sequence[Record], *, made_up: bool = False) -> bytes:
    """For programs: states by value, moments in UTC, actors as the audit writes them."""
    given = [
        {
            "code": one.code,
            "programme": one.programme,
            "cohort": one.cohort,
            "giver": one.giver.value,
            "mode": one.mode.value,
            "version": one.version,
            "language": one.language,
            "text": None if one.kind is None else one.kind.value,
            "text_hash": one.hash,
            "text_derived_at": None if one.derived_at is None else one.derived_at.isoformat(),
            "given_at": one.given_at.isoformat(),
            "recorded_by": one.recorded_by,
            "withdrawn_at": None if one.withdrawn_at is None else one.withdrawn_at.isoformat(),
            "withdrawn_by": one.withdrawn_by,
            **({"made_up": True} if made_up else {}),
        }
        for one in records
    ]
    said = [
        {
            "version": one.version,
            "language": one.language,
            "kind": None if one.kind is None else one.kind.value,
            "hash": one.hash,
            "words": text_archive.text(one.hash),
        }
        for one in _read(records)
    ]
    return json.dumps({"consents": given, "texts": said}, ensure_ascii=False, indent=2).encode()


def rows(records: Sequence[Record], *, made_up: bool = False) -> list[Row]:
    """The consents in words, under a heading."""
    heading, mark = ((MADE_UP,), (MADE_UP_ROW,)) if made_up else ((), ())
    return [(*words.HEADINGS, *heading), *((*_row(one), *mark) for one in records)]


def texts(records: Sequence[Record]) -> list[Row]:
    """The texts that these consents are about, under a heading."""
    return [
        words.TEXT_HEADINGS,
        *((one.version, one.language, _kind(one), one.hash or "", _plain(one)) for one in _read(records)),
    ]


def _row(one: Record) -> Row:
    return (
        one.code,
        one.programme,
        one.cohort,
        _giver(one),
        one.version,
        one.language,
        _kind(one),
        one.hash or "",
        _moment(one.derived_at),
        _moment(one.given_at),
        words.hand(one.recorded_by),
        _moment(one.withdrawn_at),
        words.hand(one.withdrawn_by),
    )


def _giver(one: Record) -> str:
    """Who consented, and how: who read by themselves what is for no chat did so in a kiosk."""
    if one.mode is Mode.SELF and one.kind in _FOR_NO_CHAT:
        return words.IN_KIOSK[one.giver]
    return words.GIVERS.get((one.giver, one.mode), f"{one.giver.value}, {one.mode.value}")


def _read(records: Sequence[Record]) -> list[Record]:
    """A record of each text that was read."""
    found = {(one.version, one.language, one.kind or "", one.hash or ""): one for one in records}
    return [found[text] for text in sorted(found)]


def _kind(one: Record) -> str:
    return words.KIND_IS_UNKNOWN if one.kind is None else words.KINDS[one.kind]


def _plain(one: Record) -> str:
    said = text_archive.text(one.hash)
    return words.TEXT_IS_MISSING if said is None else html.unescape(_TAG.sub("", said))


def _moment(moment: datetime | None) -> str:
    """As a person reads it and a spreadsheet sorts it, by the clock of Ljubljana."""
    return "" if moment is None else f"{moment.astimezone(LJUBLJANA):%Y-%m-%d %H:%M}"
