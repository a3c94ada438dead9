"""Cards that a librarian ordered, as a file for the chat: what is printed is made beside the bot."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot import reporting
from bot.house import House
from bot.librarian import handouts
from bot.librarian.papers import papers as sheets_of
from bot.printing.cards import Sheet
from bot.printing.questionnaire import Papers
from bot.screens import Document, Screen
from bot.texts import enrolling as texts
from bot.texts import paper as paper_texts
from storage import cohorts


async def screen(house: House, stored: Mapping[str, Any]) -> Screen:
    """The cards that a delivery names, for those whose link still opens something. Raises LookupError for no group."""
    library, sheet = await house.database.read(partial(_sheet, house=house, stored=stored))
    if not sheet.cards:
        return Screen(texts.CARDS_GONE)
    file = Document(await reporting.printed(house, sheet), texts.cards_file(library, sheet.made_on))
    return Screen(texts.cards_caption(sheet.cohort, len(sheet.cards)), media=file)


async def papers(house: House, stored: Mapping[str, Any]) -> Screen:
    """The questionnaires that a delivery names, for those who have not answered yet."""
    name, library, made = await house.database.read(partial(_papers, house=house, stored=stored))
    if not made.people:
        return Screen(paper_texts.NOBODY)
    file = Document(await reporting.printed(house, made), paper_texts.file_name(library, made.made_on))
    return Screen(paper_texts.caption(name, len(made.people)), media=file)


def _papers(connection: Connection, house: House, stored: Mapping[str, Any]) -> tuple[str, str, Papers]:
    cohort = cohorts.find(connection, int(stored["paper"]))
    programme = None if cohort is None else house.programmes[cohort.programme]
    wave = None if programme is None else programme.wave(stored["wave"])
    if cohort is None or programme is None or wave is None:
        raise LookupError("the group or its wave is gone")
    made = sheets_of(connection, house, cohort, wave, house.username, house.clock(), stored["code"])
    return paper_texts.order_name(stored["code"] or cohort.name, wave.name), programme.code, made


def _sheet(connection: Connection, house: House, stored: Mapping[str, Any]) -> tuple[str, Sheet]:
    cohort = cohorts.find(connection, int(stored["cards"]))
    if cohort is None:
        raise LookupError("the group is gone")
    sheet = handouts.sheet(connection, house, cohort, stored["first"], stored["last"], house.clock())
    return house.programmes[cohort.programme].code, sheet
