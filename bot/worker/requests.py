"""What takes long, beside the event loop: reports, exports, what is printed, lists that are read.

What a report shows is remembered as published before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bot.runtime.process import BoundedProcess, OutOfBoundsError
from bot.runtime.services import Services
from bot.worker import jobs
from bot.worker.jobs import DataForm, ExportSpec, Form, JobInputs, ReportSpec
from bot.worker.printing import cards, consent, questionnaire
from bot.worker.printing.cards import CardSheet
from bot.worker.printing.consent import ConsentForm
from bot.worker.printing.questionnaire import Papers
from reports.disclosure.publishing import publish
from reports.render import scripts
from reports.report import Report
from storage.schema import PagePicture

if TYPE_CHECKING:
    from bot.workbooks.book import Book, BookRules
    from reports.export.make import File

__all__ = [
    "PUBLIC",
    "Batch",
    "DataForm",
    "ExportSpec",
    "Form",
    "ReportSpec",
    "book_now",
    "files",
    "get_ready",
    "make",
    "printed",
    "read_list",
    "render",
]

T = TypeVar("T")

PUBLIC = frozenset({"mayor", "national"})  # kinds that are made to be published
_TRIES = 5


async def make(services: Services, spec: ReportSpec) -> Report:
    """The report as it may be handed out.

    Raises LookupError where its subject is not there, ValueError with a sentence where there is no such week.
    """
    inputs = _inputs(services)
    for _ in range(_TRIES):
        report = await _beside(services, partial(jobs.report, inputs, spec))
        if await services.database.write(partial(publish, report=report, now=inputs.now, cells=inputs.cells)):
            return report
    raise RuntimeError("other reports keep coming between")


class Batch:
    """Reports of what is delivered together: text, picture and file of an order tell of one moment."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._made: dict[ReportSpec, Report] = {}

    async def report(self, spec: ReportSpec) -> Report:
        """As `make`, which is done once for each order."""
        if spec not in self._made:
            self._made[spec] = await make(self._services, spec)
        return self._made[spec]


async def files(services: Services, spec: ExportSpec) -> tuple[File, ...]:
    """The files of an export: people under their codes. Raises LookupError where there is no such programme."""
    return await _beside(services, partial(jobs.files, _inputs(services), spec))


async def render(services: Services, report: Report, form: Form) -> bytes:
    """The report in one of its forms; text is the HTML of a message, in UTF-8."""
    return await _beside(services, partial(jobs.rendered, report, form))


async def printed(services: Services, sheet: CardSheet | Papers | ConsentForm) -> bytes:
    """The cards of a group and their list, questionnaires on paper, or a form for consent, as a PDF."""
    if isinstance(sheet, ConsentForm):
        return await _beside(services, partial(consent.as_pdf, sheet))
    if isinstance(sheet, Papers):
        return await _beside(services, partial(questionnaire.as_pdf, sheet))
    return await _beside(services, partial(cards.as_pdf, sheet))


async def get_ready(services: Services) -> None:
    """Somebody will soon order what takes long: the bot's second process loads meanwhile what it needs for that."""
    if services.worker_process is not None:
        await services.worker_process.do(jobs.load)


async def read_list(services: Services, data: bytes) -> bytes:
    """A list of people as it is kept: the rows of its sheets, or why there are none. Raises OutOfBoundsError.

    Which letters can be printed is read from the fonts meanwhile, so that no write unit waits for that.
    """
    from bot.rosters.lists import LISTS  # noqa: PLC0415
    from bot.workbooks import file  # noqa: PLC0415 - heavy, and needed only where a list has come

    await asyncio.to_thread(scripts.letters)
    return await _within_bounds(services, partial(file.packed, data, LISTS))


async def picture(services: Services, data: bytes, kind: PagePicture) -> bytes | str:
    """A picture that was sent, as it is printed; or in a word (`RasterFlaw`) what is wrong with it.

    Raises OutOfBoundsError.
    """
    return await _within_bounds(services, partial(jobs.picture, data, kind))


def book_now(data: bytes, rules: BookRules) -> Book:
    """A workbook for commands, which have no event loop. Raises UnreadableError."""
    from bot.workbooks import book, file  # noqa: PLC0415 - needed only where there is one

    try:
        return asyncio.run(BoundedProcess().do(partial(file.read, data, rules)))
    except OutOfBoundsError:
        raise book.UnreadableError(book.Unreadable.EXHAUSTING) from None


async def _within_bounds(services: Services, job: Callable[[], T]) -> T:
    """Read what comes from outside; only a bot that runs has a process for it."""
    return await (asyncio.to_thread(job) if services.reader is None else services.reader.do(job))


async def _beside(services: Services, job: Callable[[], T]) -> T:
    """Do it in the bot's second process; in a thread where there is none, as in commands."""
    return await (asyncio.to_thread(job) if services.worker_process is None else services.worker_process.do(job))


def _inputs(services: Services) -> JobInputs:
    cells = services.settings.reports
    return JobInputs(
        database=services.settings.database.url,
        keys=services.settings.keys.file,
        programmes=dict(services.programmes),
        smallest=(cells.minimum_cell, cells.published_cell),
        demo=services.demo,
        now=services.clock(),
        libraries=services.settings.libraries,
        pages=services.settings.programmes,
    )
