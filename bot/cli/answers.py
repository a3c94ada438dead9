"""`answers export`: raw answers in the long format, one answer or non-answer a row."""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from collections.abc import Iterator
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.cli.opening import house_of, programme_of
from bot.cli.output import write_out
from bot.house import House
from storage import definitions, frames
from surveys.model import Item, Kind, Questionnaire

COLUMNS = ("code", "programme", "cohort", "wave", "item", "value", "label", "non_answer", "mode", "answered_at")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would calculate


def export(given: Namespace) -> None:
    """Write the answers of one programme or of all."""
    house = house_of(given)
    slugs = sorted(house.programmes) if given.programme is None else [programme_of(house, given.programme).slug]
    rows = house.database.read_now(partial(_rows, house=house, slugs=slugs))
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    write_out(given.out, written.getvalue().encode("utf-8"))


def _rows(connection: Connection, house: House, slugs: list[str]) -> list[tuple[str, ...]]:
    versions: dict[str, Questionnaire | None] = {}
    rows = []
    for slug in slugs:
        for row in _read(connection, slug):
            version = row["questionnaire"]
            if version not in versions:
                versions[version] = definitions.version(connection, version)
            questionnaire = versions[version]
            rows.append(_row(row, house, None if questionnaire is None else questionnaire.item(row["item"])))
    return rows


def _read(connection: Connection, slug: str) -> Iterator[dict[str, Any]]:
    found = frames.long(connection, slug)
    return (dict(zip(found.names, values, strict=True)) for values in found.values)


def _row(row: dict[str, Any], house: House, item: Item | None) -> tuple[str, ...]:
    typed = None if row["text_sealed"] is None else house.keys.open_text(row["text_sealed"])
    value = "" if row["value"] is None else str(row["value"])
    return (
        row["code"],
        row["programme"],
        _harmless(row["cohort"]),
        row["wave"],
        row["item"],
        value if typed is None else _harmless(typed),
        "" if row["value"] is None or item is None else _harmless(_label(item, row["value"])),
        "" if row["non_answer"] is None else row["non_answer"].value,
        row["mode"].value,
        row["answered_at"].isoformat(),
    )


def _label(item: Item, value: int) -> str:
    """The words of what was chosen; for several options all of them."""
    if item.kind is Kind.MULTIPLE:
        return "; ".join(choice.label for choice in item.choices if value >> choice.code & 1)
    choice = item.choice(value)
    return "" if choice is None else choice.label


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
