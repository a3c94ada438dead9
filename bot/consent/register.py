"""The account of consents as a file: who consented to what, when and through whose hand, with the texts beside it.

Codes only; names are nowhere.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Sequence
from datetime import datetime

from bot import consents
from bot.consents import Key
from bot.texts import consents as words
from reports.weeks import LJUBLJANA
from storage.consents import Record

Row = tuple[str, ...]
_TAG = re.compile(r"</?(?:b|i|u|code|a)[^>]*>")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would calculate
_WIDTHS, _TEXT_WIDTHS = (12, 24, 18, 30, 16, 14, 18, 26, 18, 26), (12, 12, 40, 100)


def as_xlsx(records: Sequence[Record]) -> bytes:
    """Two sheets: the consents, and the texts that they are about."""
    import xlsxwriter  # noqa: PLC0415 - comes only where it is asked for

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    head, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    for name, table, widths in (
        (words.SHEET, rows(records), _WIDTHS),
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
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    for row in table:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return written.getvalue().encode("utf-8-sig")


def as_json(records: Sequence[Record]) -> bytes:
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
            "text": _key(one).kind,
            "given_at": one.given_at.isoformat(),
            "recorded_by": one.recorded_by,
            "withdrawn_at": None if one.withdrawn_at is None else one.withdrawn_at.isoformat(),
            "withdrawn_by": one.withdrawn_by,
        }
        for one in records
    ]
    said = [{**key._asdict(), "words": consents.text(key)} for key in _keys(records)]
    return json.dumps({"consents": given, "texts": said}, ensure_ascii=False, indent=2).encode()


def rows(records: Sequence[Record]) -> list[Row]:
    """The consents in words, under a heading."""
    return [words.HEADINGS, *(_row(one) for one in records)]


def texts(records: Sequence[Record]) -> list[Row]:
    """The texts that these consents are about, under a heading."""
    return [
        words.TEXT_HEADINGS,
        *((one.version, one.language, words.KINDS[one.kind], _plain(one)) for one in _keys(records)),
    ]


def _row(one: Record) -> Row:
    return (
        one.code,
        one.programme,
        one.cohort,
        words.GIVERS.get((one.giver, one.mode), f"{one.giver.value}, {one.mode.value}"),
        one.version,
        one.language,
        _moment(one.given_at),
        words.hand(one.recorded_by),
        _moment(one.withdrawn_at),
        words.hand(one.withdrawn_by),
    )


def _keys(records: Sequence[Record]) -> list[Key]:
    return sorted({_key(one) for one in records})


def _key(one: Record) -> Key:
    return consents.key(one.version, one.language, one.giver, one.mode, one.recorded_by)


def _plain(key: Key) -> str:
    said = consents.text(key)
    return words.TEXT_IS_MISSING if said is None else html.unescape(_TAG.sub("", said))


def _moment(moment: datetime | None) -> str:
    """As a person reads it and a spreadsheet sorts it, by the clock of Ljubljana."""
    return "" if moment is None else f"{moment.astimezone(LJUBLJANA):%Y-%m-%d %H:%M}"
