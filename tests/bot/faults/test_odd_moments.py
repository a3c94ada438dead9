"""Moments at which bots are wrong: two taps at once, a block, an outage, the nights on which the clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from storage.schema import answer, participant
from tests.bot.faults.journeys import Participant

BREZICE = "brezice-racunalnik"
pytestmark = pytest.mark.slow


async def joined(steady, **cohort):
    who = Participant(steady, steady.town.simulator.person("Marija"), steady.town.programme(BREZICE))
    await who.joins(await steady.town.cohort(BREZICE, **cohort))
    return who


async def answers(steady):
    columns = select(answer.c.item, answer.c.value).order_by(answer.c.answered_at, answer.c.item)
    return await steady.town.read(lambda c: [tuple(row) for row in c.execute(columns)])


def local(steady, message):
    moment = datetime.fromtimestamp(message.date, steady.town.services.policy.zone)
    return f"{moment:%a %d %b %H:%M %z}"


async def test_of_two_taps_at_once_the_first_counts(steady):
    who = await joined(steady)
    await who.person.taps("precej dobro")
    await who.taps("ne gre")
    assert await answers(steady) == [("primary", 4)]
    assert who.person.screen.text.startswith("2 od 8")
    told = "Na to vprašanje ste že odgovorili. Za spremembo izberite »‹ Nazaj«."
    assert [toast.text for toast in who.person.toasts[1:]] == ["Shranjeno", told]


async def test_who_blocks_the_bot_while_answering_loses_nothing(steady):
    who = await joined(steady)
    await who.taps("precej dobro")
    await who.person.taps("ne gre")
    who.person.blocks()
    unreachable = select(participant.c.unreachable_at.is_not(None))
    await steady.until(lambda: steady.town.read(lambda c: c.execute(unreachable).scalar_one()))
    asked = len(steady.town.simulator.requests)
    await steady.travels(steady.town.clock.now + timedelta(days=8))
    requests = steady.town.simulator.requests[asked:]
    assert {request.method for request in requests} <= {"getUpdates"}
    who.person.unblocks()
    await who.says("/anketa")
    assert who.person.screen.text.startswith("3 od 8")
    assert await answers(steady) == [("fraud", 1), ("primary", 4)]


async def test_an_outage_of_telegram_is_waited_out(steady):
    who = await joined(steady)
    await who.person.taps("precej dobro")
    await steady.town.simulator.goes_down()
    await steady.town.simulator.comes_up()
    await steady.until(who.sees)
    await who.taps("ne gre")
    assert await answers(steady) == [("fraud", 1), ("primary", 4)]
    assert who.person.screen.text.startswith("3 od 8")


async def test_messages_keep_their_hour_when_summer_begins(steady):
    who = await joined(steady, end=date(2026, 3, 28))
    await who.answers("before")
    await steady.travels(datetime(2026, 4, 1, tzinfo=UTC))
    assert [local(steady, message) for message in who.unasked()] == ["Sat 28 Mar 17:00 +0100", "Mon 30 Mar 17:00 +0200"]


async def test_messages_keep_their_hour_when_summer_ends(steady):
    who = await joined(steady, end=date(2026, 7, 26))
    await who.answers("before")
    await steady.travels(datetime(2026, 10, 23, tzinfo=UTC))
    had = len(who.unasked())
    await steady.travels(datetime(2026, 10, 27, tzinfo=UTC))
    messages = who.unasked()[had:]
    assert [local(steady, message) for message in messages] == ["Sat 24 Oct 10:00 +0200", "Mon 26 Oct 10:00 +0100"]


async def test_answers_of_the_hour_that_comes_twice_keep_their_order(steady):
    who = await joined(steady, start=date(2026, 10, 20), end=date(2026, 12, 20))
    await steady.travels(datetime(2026, 10, 25, 0, 50, tzinfo=UTC))  # 2:50 for the first time
    await who.opens()
    await who.taps("precej dobro")
    steady.town.clock.now = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 2:10 for the second time
    await who.taps("ne gre")
    assert await answers(steady) == [("primary", 4), ("fraud", 1)]
