"""The database is lost in the middle of a delivery, on real parts: what arrived is known, and arrives once."""

import asyncio
import pickle
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from plugins.at_the_desk import query
from plugins.village import run_village
from sqlalchemy import select

from bot.delivery import file_downloads
from bot.delivery.loop import deliver_due
from bot.runtime.process import BoundedProcess
from storage.engine.errors import Trouble, Unavailable
from storage.schema import DeliveryKind, DeliveryState, attachment, delivery

BREZICE = "brezice-racunalnik"
IN_THE_MORNING = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


@contextmanager
def without_its_file(village):
    """The disk of the database is not mounted."""
    file = Path(village.services.settings.database.url.removeprefix("sqlite:///"))
    away = file.rename(file.with_name("away"))
    try:
        yield
    finally:
        away.rename(file)


async def has_begun(village):
    """Messages have left the bot, and Telegram is slow to say that it took them."""
    while village.simulator.faults.planned[0].happened < 2:  # noqa: ASYNC110 - the stand-in has no event for it
        await asyncio.sleep(0.01)


async def states(village):
    rows = select(delivery.c.state).where(delivery.c.kind == DeliveryKind.WEEKLY).order_by(delivery.c.id)
    return await village.services.database.read(lambda c: list(c.execute(rows).scalars()))


def sendings(village):
    return [one for one in village.simulator.requests if one.method == "sendMessage"]


async def two_due(village):
    """Two coordinators get their Monday's message at the same time."""
    for _ in range(2):
        await village.coordinator(BREZICE)
    await village.ticks()
    village.clock.now = IN_THE_MORNING


async def test_what_arrived_while_the_database_was_lost_is_recorded_when_it_is_back(village, caplog):
    await two_due(village)
    before = len(sendings(village))
    village.simulator.faults.add("sendMessage", "hang", times=2, seconds=1)
    working = asyncio.create_task(deliver_due(village.services, village.edge))
    await has_begun(village)
    with without_its_file(village):
        while "nothing more is begun" not in caplog.text:  # noqa: ASYNC110 - a log has no event
            await asyncio.sleep(0.01)
    with pytest.raises(Unavailable) as lost:
        await working
    assert lost.value.trouble is Trouble.GONE
    await village.ticks()
    assert set((await states(village))[:2]) == {DeliveryState.SENT}
    assert len(sendings(village)) == before + 2


async def nothing(_services, _channels):
    return 0


async def test_a_list_that_was_read_while_the_database_was_lost_is_kept_when_it_is_back(village_url, tmp_path, caplog):
    reader = BoundedProcess()  # which is still to start: nothing is read yet when the file is away
    async with run_village(village_url, tmp_path, deliver=nothing) as village:
        await village.cohort(BREZICE, name="Pomlad")
        librarian = await village.librarian(BREZICE)
        await librarian.sends_document(b"Ime\nAna\nBor\n", "seznam.csv")
        await librarian.settles()
        services = replace(village.services, reader=reader)
        working = asyncio.create_task(file_downloads.fetch_due(services, village.edge))
        while not await query(village, lambda c: c.execute(select(attachment.c.readings)).scalar_one()):  # noqa: ASYNC110 - nor has it
            await asyncio.sleep(0.01)
        with without_its_file(village):
            while "nothing more is begun" not in caplog.text:  # noqa: ASYNC110 - a log has no event
                await asyncio.sleep(0.01)
        assert await working == 1
        reader.close()
        assert "V skupino bomo vpisali" in librarian.screen.text


def test_trouble_is_told_by_the_process_that_makes_reports():
    told = pickle.loads(pickle.dumps(Unavailable(Trouble.FULL, "The disk is full.")))
    assert (told.trouble, str(told)) == (Trouble.FULL, "The disk is full.")
