"""Making a report, an export or cards beside the event loop; what a report shows is remembered as published before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bot import making
from bot.house import House
from bot.making import DataForm, Desk, Export, Form, Order
from bot.printing import cards, questionnaire
from bot.printing.cards import Sheet
from bot.printing.questionnaire import Papers
from reports.publishing import publish
from reports.report import Report

if TYPE_CHECKING:
    from reports.export.make import File

__all__ = ["PUBLIC", "DataForm", "Export", "Form", "Order", "files", "make", "printed", "render"]

T = TypeVar("T")

PUBLIC = frozenset({"mayor", "national"})  # kinds that are made to be published
_TRIES = 5


async def make(house: House, order: Order) -> Report:
    """The report as it may be handed out.

    Raises LookupError where its subject is not there, ValueError with a sentence where there is no such week.
    """
    desk = _desk(house)
    for _ in range(_TRIES):
        report = await _beside(house, partial(making.report, desk, order))
        if await house.database.write(partial(publish, report=report, now=desk.now, cells=desk.cells)):
            return report
    raise RuntimeError("other reports keep coming between")


async def files(house: House, export: Export) -> tuple[File, ...]:
    """The files of an export: people under their codes. Raises LookupError where there is no such programme."""
    return await _beside(house, partial(making.files, _desk(house), export))


async def render(house: House, report: Report, form: Form) -> bytes:
    """The report in one of its forms; text is the HTML of a message, in UTF-8."""
    return await _beside(house, partial(making.rendered, report, form))


async def printed(house: House, sheet: Sheet | Papers) -> bytes:
    """The cards of a group and their list, or questionnaires on paper, as a PDF."""
    if isinstance(sheet, Papers):
        return await _beside(house, partial(questionnaire.as_pdf, sheet))
    return await _beside(house, partial(cards.as_pdf, sheet))


async def _beside(house: House, job: Callable[[], T]) -> T:
    """Do it in the bot's second process; in a thread where there is none, as in commands."""
    return await (asyncio.to_thread(job) if house.workshop is None else house.workshop.do(job))


def _desk(house: House) -> Desk:
    cells = house.settings.reports
    return Desk(
        database=house.settings.database.url,
        keys=house.settings.keys.file,
        programmes=dict(house.programmes),
        smallest=(cells.minimum_cell, cells.published_cell),
        demo=house.demo,
        now=house.clock(),
    )
