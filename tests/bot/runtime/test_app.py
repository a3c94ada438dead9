import asyncio
import gc
import logging
import os
import signal
import weakref
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, insert, select

from bot import app
from bot.conversation.outcomes import Delivered
from bot.conversation.screens import Screen
from bot.runtime.exit_codes import ExitCode
from bot.runtime.services import wall_clock
from bot.telegram.intake.problems import WrongToken
from storage import chats
from storage.schema import participant


@pytest.fixture(autouse=True)
def _garbage_as_before():
    """A bot changes how its process collects garbage; the tests after it share the process."""
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


async def nothing_due(_installation, _edge):
    return 0


@asynccontextmanager
async def running(services, deliver=nothing_due):
    """The bot at work; at the end of the block it stops."""
    stop, ready = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(app.serve(services, stop, deliver=deliver, ready=ready.set))
    await asyncio.wait({task, asyncio.ensure_future(ready.wait())}, return_when=asyncio.FIRST_COMPLETED)
    try:
        yield task
    finally:
        stop.set()
        await task


async def stored(services, person):
    row = await services.database.read(partial(chats.load, chat_ref=services.keys.seal_id(person.id)))
    return None if row is None else (row.card, row.wanted, row.shown)


async def test_a_person_who_writes_is_answered_and_all_is_recorded_at_the_end(services, simulator):
    ana = simulator.person("Ana")
    async with running(services):
        await ana.says("/start")
        await ana.settles()
        await ana.says("/pomoc")
        await ana.settles()
    assert await stored(services, ana) == (ana.screen.id, 2, 2)


async def test_what_was_accepted_is_committed_and_shown_when_the_bot_stops(services, simulator):
    ana = simulator.person("Ana")
    async with running(services):
        await ana.says("/start")
        await ana.waits(lambda: simulator.world.updates.pending == [] or ana.messages[-1].by_bot)
    assert await stored(services, ana) == (ana.screen.id, 1, 1)
    assert simulator.world.updates.pending == []


async def test_a_chat_that_is_behind_is_drawn_at_the_start(services, simulator):
    ana, bor = simulator.person("Ana"), simulator.person("Bor")
    for person in (ana, bor):
        await person.says("/start")
        chat = services.keys.seal_id(person.id)
        await services.database.write(partial(chats.show_next, chat_ref=chat, view="help:", now=wall_clock()))
    simulator.world.updates.pending.clear()
    sent = simulator.world.add(bor.id, by_bot=True, text="Staro")
    await services.database.write(
        partial(chats.record_shown, chat_ref=services.keys.seal_id(bor.id), revision=0, card=sent.id)
    )
    async with running(services):
        await ana.waits()
        await bor.waits()
    assert [ana.screen.text.partition("\n")[0], bor.screen.text.partition("\n")[0]] == ["Pomoč", "Pomoč"]
    assert [await stored(services, ana), await stored(services, bor)] == [(ana.screen.id, 1, 1), (bor.screen.id, 1, 1)]


async def test_a_tick_delivers_through_the_edge(services, simulator):
    ana = simulator.person("Ana")
    await ana.says("/start")
    outcomes = []

    async def deliver(services, edge):
        if not outcomes:
            outcomes.append(await edge.send(services.keys.seal_id(ana.id), Screen("Knjižnica vas vabi.")))
        return 1

    async with running(services, deliver):
        await ana.waits(lambda: any(message.text == "Knjižnica vas vabi." for message in ana.messages))
    (invitation,) = [message.id for message in ana.messages if message.text == "Knjižnica vas vabi."]
    assert outcomes == [Delivered(invitation)]


async def test_the_clock_ticks_again_and_again_even_after_a_failure(services, settings, simulator, caplog):
    schedule = settings.schedule.model_copy(update={"tick": timedelta(milliseconds=20)})
    hurried = replace(services, settings=settings.model_copy(update={"schedule": schedule}))
    ticks, thrice = [], asyncio.Event()

    async def deliver(_installation, _edge):
        ticks.append(1)
        if len(ticks) >= 3:
            thrice.set()
        raise ValueError("Marija Novak")

    async with running(hurried, deliver):
        await thrice.wait()
    told = {record.getMessage().split(" at ")[0] for record in caplog.records if record.levelno >= logging.WARNING}
    assert told == {"a tick failed: ValueError"}
    assert "Marija" not in caplog.text


async def test_who_blocked_the_bot_becomes_unreachable(services, simulator):
    ana = simulator.person("Ana")
    chat = services.keys.seal_id(ana.id)
    row = {"code": "KAM-7F3K2", "chat": chat, "created_at": wall_clock()}
    await services.database.write(lambda connection: connection.execute(insert(participant), row).rowcount)
    async with running(services):
        await ana.says("/start")
        ana.account.blocked = True
        await ana.settles()
    read = partial(Connection.execute, statement=select(participant.c.unreachable_at.is_not(None)))
    assert await services.database.read(lambda connection: read(connection).scalar()) is True
    assert await stored(services, ana) == (None, 1, 1)


async def test_a_wrong_token_ends_the_bot_with_one_sentence_and_its_status(services, settings, simulator, caplog):
    telegram = settings.telegram.model_copy(update={"token": "1:A"})
    wrong = replace(services, settings=settings.model_copy(update={"telegram": telegram}))
    with pytest.raises(WrongToken):
        await app.serve(wrong, asyncio.Event(), deliver=nothing_due)
    caplog.clear()
    assert await app.run(wrong, app.told_to_stop(), nothing_due, nothing_due) == ExitCode.TELEGRAM
    assert [record.getMessage() for record in caplog.records] == [str(WrongToken())]


@pytest.mark.parametrize("name", [signal.SIGINT, signal.SIGTERM])
async def test_a_signal_ends_the_bot_with_status_0(services, simulator, name):
    task = asyncio.create_task(app.run(services, app.told_to_stop(), nothing_due, nothing_due))
    ana = simulator.person("Ana")
    await ana.says("/start")
    await ana.waits()
    os.kill(os.getpid(), name)
    assert await task == 0
    assert await stored(services, ana) == (ana.screen.id, 1, 1)


class Circle:
    """Garbage that only a collection finds."""

    def __init__(self):
        self.itself = self


async def test_what_taps_leave_is_freed_though_nobody_taps_any_more(services, simulator, monkeypatch):
    monkeypatch.setattr(app, "_COLLECTING_SECONDS", 0.05)
    task = asyncio.create_task(app.run(services, app.told_to_stop(), nothing_due, nothing_due))
    ana = simulator.person("Ana")
    await ana.says("/start")
    await ana.waits()
    circle = weakref.ref(Circle())
    assert (circle() is None, gc.get_threshold()[0]) == (False, 20_000)
    for _ in range(1000):
        if circle() is None:
            break
        await asyncio.sleep(0.01)
    assert circle() is None
    os.kill(os.getpid(), signal.SIGTERM)
    await task


async def test_a_bot_without_a_network_can_be_stopped(services, simulator, caplog):
    await simulator.goes_down()
    stop = asyncio.Event()
    task = asyncio.create_task(app.serve(services, stop, deliver=nothing_due))
    for _ in range(1000):
        if caplog.records:
            break
        await asyncio.sleep(0.005)
    stop.set()
    await task
    assert caplog.records[0].getMessage() == (
        "no connection to Telegram, waiting for it: no connection to the Bot API (ClientConnectorError)"
    )


async def test_a_delivery_under_way_ends_before_the_bot_does(services, simulator):
    ana = simulator.person("Ana")
    await ana.says("/start")
    simulator.faults.add("sendMessage", "hang", seconds=0.3, chat_id=ana.id)
    outcomes, began = [], asyncio.Event()

    async def deliver(services, edge):
        began.set()
        outcomes.append(await edge.send(services.keys.seal_id(ana.id), Screen("Prvo")))
        outcomes.append(await edge.send(services.keys.seal_id(ana.id), Screen("Drugo")))
        return 2

    simulator.world.updates.pending.clear()
    async with running(services, deliver):
        await ana.waits(1)
    assert [type(outcome).__name__ for outcome in outcomes] == ["Delivered", "Refused"]
