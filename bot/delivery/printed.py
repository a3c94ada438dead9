"""Cards that a librarian ordered, as a file for the chat: what is printed is made beside the bot."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot import reporting
from bot.house import House
from bot.librarian import handouts
from bot.printing.cards import Sheet
from bot.screens import Document, Screen
from bot.texts import enrolling as texts
from storage import cohorts


async def screen(house: House, stored: Mapping[str, Any]) -> Screen:
    """The cards that a delivery names, for those whose link still opens something. Raises LookupError for no group."""
    library, sheet = await house.database.read(partial(_sheet, house=house, stored=stored))
    if not sheet.cards:
        return Screen(texts.CARDS_GONE)
    file = Document(await reporting.printed(house, sheet), texts.cards_file(library, sheet.made_on))
    return Screen(texts.cards_caption(sheet.cohort, len(sheet.cards)), media=file)


def _sheet(connection: Connection, house: House, stored: Mapping[str, Any]) -> tuple[str, Sheet]:
    cohort = cohorts.find(connection, int(stored["cards"]))
    if cohort is None:
        raise LookupError("the group is gone")
    sheet = handouts.sheet(connection, house, cohort, stored["first"], stored["last"], house.clock())
    return house.programmes[cohort.programme].code, sheet
