"""How updates wait, are confirmed, come again and are forgotten."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.simulator.server import Simulator

ELSEWHERE = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
WITH_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


def texts(updates):
    return [update["message"]["text"] for update in updates]


@pytest.fixture
async def clock(simulator):
    """A clock that stands still until a test moves it: `clock[0]`."""
    now = [datetime(2026, 11, 22, 12, tzinfo=UTC)]
    simulator.world.clock = lambda: now[0]
    return now


@pytest.fixture
def polled(bot, until):
    """Starts a long poll and is sure that it waits."""

    async def poll(previous=None):
        task = asyncio.create_task(bot("getUpdates", timeout=20))
        await until(lambda: bot.simulator.desk.poller.waiting not in {None, previous})
        return task

    return poll


async def test_only_a_higher_offset_confirms(bot, marija):
    await marija.says("ena")
    await marija.says("dve")
    first = await bot("getUpdates")
    assert texts(first) == ["/start", "ena", "dve"]
    assert await bot("getUpdates") == first
    assert await bot("getUpdates", offset=first[0]["update_id"]) == first
    assert texts(await bot("getUpdates", offset=first[2]["update_id"])) == ["dve"]
    assert texts(await bot("getUpdates")) == ["dve"]
    assert await bot("getUpdates", offset=first[2]["update_id"] + 1) == []


async def test_the_limit_is_between_1_and_100(bot, marija):
    for n in range(105):
        await marija.says(str(n))
    assert [len(await bot("getUpdates", limit=limit)) for limit in (0, 2, 100, 1000)] == [1, 2, 100, 100]


async def test_a_negative_offset_forgets_all_but_the_last(bot, marija):
    for n in range(5):
        await marija.says(str(n))
    assert texts(await bot("getUpdates", offset=-2)) == ["3", "4"]
    assert texts(await bot("getUpdates")) == ["3", "4"]


async def test_an_offset_far_outside_falls_back_to_the_head(bot, marija):
    [update] = await bot("getUpdates")
    assert await bot("getUpdates", offset=update["update_id"] + 1_000_000) == [update]
    assert await bot("getUpdates", offset=5) == [update]


async def test_after_a_week_of_silence_numbers_start_elsewhere(bot, clock, marija):
    [before] = await bot("getUpdates")
    await bot("getUpdates", offset=before["update_id"] + 1)
    await marija.says("prej")
    [soon] = await bot("getUpdates", offset=before["update_id"] + 1)
    await bot("getUpdates", offset=soon["update_id"] + 1)
    clock[0] += timedelta(days=8)
    await marija.says("potem")
    [later] = await bot("getUpdates", offset=soon["update_id"] + 1)
    assert texts([before, soon, later]) == ["/start", "prej", "potem"]
    assert soon["update_id"] == before["update_id"] + 1
    assert later["update_id"] != soon["update_id"] + 1


async def test_a_long_poll_is_woken_by_an_update(polled, simulator):
    poll = await polled()
    await simulator.person().says("Živjo")
    assert texts(await poll) == ["Živjo"]


async def test_a_second_poller_ends_the_first(polled, simulator):
    first = await polled()
    second = await polled(previous=simulator.desk.poller.waiting)
    assert await first == (409, ELSEWHERE)
    await simulator.person().says("Živjo")
    assert texts(await second) == ["Živjo"]


async def test_polling_and_a_webhook_exclude_each_other(bot, polled, simulator):
    simulator.courier.delay = lambda _: 60
    poll = await polled()
    assert await bot("setWebhook", url="http://127.0.0.1:9/") is True
    assert await poll == (409, "Conflict: terminated by setWebhook request")
    assert await bot("getUpdates") == (409, WITH_WEBHOOK)
    assert await bot("deleteWebhook") is True
    assert await bot("getUpdates") == []


async def test_messages_live_24_hours_and_taps_150_seconds(bot, clock, marija, simulator):
    await marija.says("Živjo")
    await marija.taps_data(1, "a")
    clock[0] += timedelta(seconds=149)
    await marija.taps_data(1, "b")
    clock[0] += timedelta(seconds=2)
    kinds = [
        (update.get("message", {}).get("text"), update.get("callback_query", {}).get("data"))
        for update in await bot("getUpdates")
    ]
    assert kinds == [("/start", None), ("Živjo", None), (None, "b")]
    clock[0] += timedelta(hours=24)
    assert await bot("getUpdates") == []
    assert simulator.world.updates.expired == 4


async def test_only_wanted_kinds_are_queued(bot, marija):
    await bot("getUpdates", allowed_updates=["callback_query"])
    await marija.says("ne")
    await marija.taps_data(1, "da")
    assert [next(iter(update.keys() - {"update_id"})) for update in await bot("getUpdates")] == [
        "message",
        "callback_query",
    ]
    await bot("getUpdates", allowed_updates=[])
    await marija.says("spet")
    assert texts([(await bot("getUpdates"))[-1]]) == ["spet"]


async def test_an_answer_has_at_most_4_mb(bot, marija):
    long = await marija.says("č" * 4096)
    for _ in range(100):
        await marija.says("č" * 4096, reply_to=long)
    batch = await bot("getUpdates")
    assert (len(batch) < 100, len(json.dumps(batch)) < 4 << 20, len(json.dumps(batch)) > 4_000_000) == (True,) * 3
    rest = await bot("getUpdates", offset=batch[-1]["update_id"] + 1)
    assert len(batch) + len(rest) == 102


async def test_unconfirmed_updates_survive_the_server(marija, bot, simulator):
    before = await bot("getUpdates")
    await simulator.goes_down()
    await simulator.comes_up()
    assert await bot("getUpdates") == before


async def test_a_snapshot_goes_on_where_it_was(bot, simulator, marija, keyboard):
    await bot("sendMessage", chat_id=marija.id, text="<b>Da</b>?", parse_mode="HTML", reply_markup=keyboard("Da", "Ne"))
    await bot.upload("sendDocument", "document", b"%PDF", "porocilo.pdf", chat_id=marija.id)
    await bot("setMyCommands", commands=[{"command": "anketa", "description": "Nadaljuj"}])
    query = await marija.taps("Da")
    state = simulator.snapshot()
    async with Simulator.running(token=simulator.token, state=state) as other:
        again = other.people[marija.id]
        assert other.snapshot() == state
        assert [message.text for message in again.messages] == ["/start", "Da?", ""]
        assert again.messages[2].media.data == b"%PDF"
        assert (again.unanswered, [update.body.get("id") for update in other.world.updates.pending]) == (
            1,
            [None, query],
        )
        assert (await again.says("Živjo")).id == again.messages[2].id + 1
