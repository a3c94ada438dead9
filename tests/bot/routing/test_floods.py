"""A chat that sends without end is told so once, costs nothing after that, and slows down nobody."""

from datetime import timedelta
from functools import partial
from itertools import count

import pytest
from sqlalchemy import func, select

from bot.conversation.arrivals import Arrival, Typed
from bot.routing import Dispatcher
from bot.routing.floods import EVERYBODY, SILENCE, STRANGERS, Floods, Verdict
from bot.runtime import moments
from bot.runtime.services import wall_clock
from bot.texts.slovene import participant as words
from storage import staff
from storage.engine.engines import read_url, sqlite_path
from storage.engine.errors import Unavailable
from storage.schema import Role, handled_update
from storage.secrets.addresses import Address

_keys = count(1)


class Watch:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def router(services, watch):
    return Dispatcher(services, Floods(watch))


async def sends(router, chat, often=1):
    """So many messages from a chat, one after the other."""
    arrivals = (Arrival(chat, "telegram", str(next(_keys)), wall_clock(), Typed("Kdo si?")) for _ in range(often))
    return [await router.handle(one) for one in arrivals]


async def marked(services):
    return await services.database.read(lambda c: c.execute(select(func.count()).select_from(handled_update)).scalar())


async def test_a_stranger_who_floods_is_told_once_and_then_nothing_is_written(router, services):
    shown = await sends(router, b"flood", 400)
    assert [one is not None for one in shown] == [True] * (STRANGERS.at_once + 1) + [False] * (399 - STRANGERS.at_once)
    told = [words.writing.TOO_MUCH in one.reply.card.text for one in shown[: STRANGERS.at_once + 1]]
    assert told == [False] * STRANGERS.at_once + [True]
    assert await marked(services) == STRANGERS.at_once + 1


async def test_others_are_answered_meanwhile(router):
    await sends(router, b"flood", 100)
    [shown] = await sends(router, b"other")
    assert words.writing.TOO_MUCH not in shown.reply.card.text


async def test_a_flood_that_goes_on_is_never_answered_again_and_one_that_has_ended_is(router, watch):
    await sends(router, b"flood", 100)
    for _ in range(50):
        watch.now += SILENCE - 1
        assert await sends(router, b"flood") == [None]
    watch.now += SILENCE
    [shown] = await sends(router, b"flood")
    assert words.writing.TOO_MUCH not in shown.reply.card.text


async def test_who_writes_slowly_is_always_answered(router, watch):
    for _ in range(100):
        watch.now += STRANGERS.seconds
        assert await sends(router, b"slow") != [None]


async def test_whoever_takes_part_or_works_here_may_be_much_faster(router, services):
    chat = services.keys.seal_address(Address.of_number(7))
    await services.database.write(partial(staff.join, role=Role.NATIONAL, library=None, chat=chat, now=wall_clock()))
    shown = await sends(router, chat, EVERYBODY.at_once)
    assert [words.writing.TOO_MUCH in one.reply.card.text for one in shown] == [False] * EVERYBODY.at_once


async def test_the_memory_of_chats_is_bounded_and_the_calm_ones_go_first(monkeypatch, watch):
    async def never():
        return False

    monkeypatch.setattr(moments, "_FEW", 50)
    kept = Floods(watch)
    for number in range(1000):
        watch.now += 0.1
        assert await kept.verdict(str(number).encode(), never) is Verdict.TAKEN
        assert await kept.verdict(b"steady", never) in Verdict
    assert len(kept._whole[STRANGERS]) <= 50
    assert timedelta(seconds=SILENCE) == timedelta(minutes=2)  # as the sentence says


async def test_what_comes_again_since_the_database_was_lost_is_no_flood(router, services):
    file = sqlite_path(read_url(services.settings.database.url))
    away = file.rename(file.with_name("away"))
    for _ in range(2 * STRANGERS.at_once):
        with pytest.raises(Unavailable):
            await sends(router, b"patient")
    away.rename(file)
    shown = await sends(router, b"patient", STRANGERS.at_once)
    assert [one for one in shown if one is None or words.writing.TOO_MUCH in one.reply.card.text] == []
