"""How long a coordinator waits: from the tap that orders a report to its arrival, with the bot as it runs.

A year of the demo's country is sown until yesterday; the bot is a process of its own, Telegram's stand-in lives here.
Each form has a fresh copy of the country. One coordinator's order warms the bot up; then those of five other libraries
order one after the other, so that nothing of what they get has been computed before.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot_process import running
from conversation import line_of, python

from bot.actions import coordinator as actions
from bot.actions.choices import ReportForm
from bot.demo.first_start import USERNAME, Folder, remember, settle_villagers
from bot.demo.memory import Memory
from bot.orders import report as orders
from bot.runtime.services import open_services
from bot.runtime.settings import Settings
from bot.simulator.people import Person
from bot.simulator.server import Simulator
from bot.worker.jobs import ReportSpec
from bot.worker.requests import Form
from reports.report import Kind
from storage import access_links
from storage.schema import Role
from surveys.model import Programme
from surveys.weeks import week_of

KINDS: tuple[Kind, ...] = ("weekly", "impact")
FORMS: dict[str, tuple[Form, ...]] = {
    "chat": ("text", "picture"),
    "pdf": ("pdf",),
    "html": ("html",),
    "xlsx": ("xlsx",),
}
_PATIENCE = 200.0  # beside a whole run of the tests, because reports are made at low priority
Figures = list[float]  # seconds, one an order


async def sow(folder: Path) -> Memory:
    """A year of the country until yesterday, in an empty folder."""
    return await remember(Folder(folder), datetime.now(UTC) - timedelta(days=1))


async def waited(country: Path, memory: Memory, kind: Kind, form: str, most: int) -> Figures:
    """From the order to the arrival of everything that was ordered."""
    async with _running(country, memory) as (telegram, staff):
        people = [await _joined(telegram, token) for _, token in staff[: most + 1]]
        subjects = [programme for programme, _ in staff]
        found = [await _order(one, of, kind, form) for one, of in zip(people, subjects, strict=False)]
    return found[1:]


def alone(country: Path, memory: Memory, kind: Kind, form: str, most: int) -> Figures:
    """Nothing but making the same reports and rendering them, in one process that has done it before."""
    with _copy(country) as folder:
        settings = folder.settings(memory.token, "http://127.0.0.1:1/bot")
        process = python(
            "reports_work.py", "alone", settings.database.url, settings.keys.file, kind, most, *FORMS[form]
        )
        found: Figures = json.loads(line_of(process))
        process.wait()
    return found


def at_once(country: Path, memory: Memory, kind: Kind) -> Figures:
    """How many times as much processor time a report in three forms takes if it is made anew for each of them."""
    with _copy(country) as folder:
        settings = folder.settings(memory.token, "http://127.0.0.1:1/bot")
        forms = ("text", "pdf", "html")
        process = python("reports_work.py", "parts", settings.database.url, settings.keys.file, kind, *forms)
        found: list[tuple[float, float]] = json.loads(line_of(process))
        process.wait()
    return [anew / once for once, anew in found]


def order_of(kind: Kind, programme: Programme, now: datetime) -> ReportSpec:
    """What is ordered of a programme."""
    return ReportSpec(kind, programme.slug, week=str(week_of(now).previous) if kind == "weekly" else None)


@contextmanager
def _copy(country: Path) -> Iterator[Folder]:
    with tempfile.TemporaryDirectory() as name:
        folder = Folder(Path(name) / "country")
        shutil.copytree(country, folder.path)
        yield folder


@asynccontextmanager
async def _running(country: Path, memory: Memory) -> AsyncIterator[tuple[Simulator, list[tuple[Programme, str]]]]:
    """The stand-in and the bot at work, and for each programme a link by which a coordinator joins."""
    with _copy(country) as folder:
        async with Simulator.running(token=memory.token, username=USERNAME) as telegram:
            settle_villagers(telegram, memory.villagers)
            settings = folder.settings(memory.token, telegram.base_url)
            staff = await _invited(settings)
            with running(folder.path, settings):
                yield telegram, staff


async def _invited(settings: Settings) -> list[tuple[Programme, str]]:
    services = await open_services(settings)
    found = []
    try:
        for programme in services.programmes.values():
            invite = partial(
                access_links.create_staff,
                keys=services.keys,
                role=Role.COORDINATOR,
                library=programme.code,
                now=services.clock(),
                actor="operator",
            )
            found.append((programme, services.link(await services.database.write(invite))))
    finally:
        await services.database.close()
    return found


async def _joined(telegram: Simulator, address: str) -> Person:
    person = telegram.person("Breda")
    await person.follows(address)
    await person.waits(lambda: any(one.by_bot for one in person.messages))
    await person.settles()
    return person


async def _order(person: Person, programme: Programme, kind: Kind, form: str) -> float:
    written = orders.written(order_of(kind, programme, datetime.now(UTC)))
    await person.taps_data(person.screen.id, actions.choose_form(*written))
    await person.settles()
    before, expected = len(person.messages), len(FORMS[form])
    begin = time.perf_counter()
    await person.taps_data(person.screen.id, actions.order_report(*written, ReportForm(form)))
    await person.waits(lambda: len(person.messages) >= before + expected, _PATIENCE)
    return time.perf_counter() - begin
