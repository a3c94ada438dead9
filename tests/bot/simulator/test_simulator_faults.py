"""Faults on purpose: each does what it says, as often as it says."""

import asyncio

import aiohttp
import pytest

from bot.simulator.faults import Faults


async def test_429_names_the_seconds(bot, simulator, marija):
    simulator.faults.add("sendMessage", "429", seconds=7)
    status, headers, body = await bot.raw("sendMessage", chat_id=marija.id, text="x")
    assert (status, headers["Retry-After"], body["parameters"]) == (429, "7", {"retry_after": 7})
    assert (await bot("sendMessage", chat_id=marija.id, text="x"))["text"] == "x"


async def test_5xx_comes_without_json_and_without_effect(bot, simulator, marija):
    simulator.faults.add("*", "5xx", times=2, after=1, status=503)
    assert (await bot("sendMessage", chat_id=marija.id, text="prvo"))["text"] == "prvo"
    for _ in range(2):
        async with bot.http.post(bot.url("sendMessage"), json={"chat_id": marija.id, "text": "x"}) as response:
            assert (response.status, response.content_type) == (503, "text/html")
    assert (await bot("sendMessage", chat_id=marija.id, text="drugo"))["text"] == "drugo"
    assert [message.text for message in marija.messages] == ["/start", "prvo", "drugo"]


@pytest.mark.parametrize(("kind", "seen"), [("cut_before", ["/start"]), ("cut_after", ["/start", "x"])])
async def test_a_cut_connection_has_acted_or_not(bot, simulator, marija, kind, seen):
    simulator.faults.add("sendMessage", kind)
    with pytest.raises(aiohttp.ClientError):
        await bot("sendMessage", chat_id=marija.id, text="x")
    assert [message.text for message in marija.messages] == seen
    assert [request.outcome for request in simulator.requests] == ["running or cut"]


async def test_a_hanging_request_has_acted(bot, simulator, marija):
    simulator.faults.add("sendMessage", "hang", seconds=30)
    patience = aiohttp.ClientTimeout(total=0.1)
    with pytest.raises(TimeoutError):
        await bot.http.post(bot.url("sendMessage"), json={"chat_id": marija.id, "text": "x"}, timeout=patience)
    assert [message.text for message in marija.messages] == ["/start", "x"]


async def test_any_refusal_can_be_scripted_for_one_chat(bot, simulator, marija):
    ana = simulator.person("Ana")
    await ana.says("/start")
    simulator.faults.add("sendMessage", "refused", chat_id=ana.id, status=403, description="Forbidden: x")
    assert (await bot("sendMessage", chat_id=marija.id, text="x"))["text"] == "x"
    assert await bot("sendMessage", chat_id=ana.id, text="x") == (403, "Forbidden: x")


async def test_a_lost_confirmation_brings_updates_again(bot, simulator, marija):
    [update] = await bot("getUpdates")
    await bot("getUpdates", offset=update["update_id"] + 1)
    simulator.faults.add("getUpdates", "confirmation_lost")
    assert await bot("getUpdates", offset=update["update_id"] + 1) == [update]


async def test_a_tap_can_be_doubled_or_inaccessible_by_the_script(bot, simulator, marija, keyboard):
    await bot("sendMessage", chat_id=marija.id, text="?", reply_markup=keyboard("Da"))
    simulator.faults.add("callback_query", "again")
    simulator.faults.add("callback_query", "inaccessible", after=1)
    await marija.taps("Da")
    await marija.taps("Da")
    queries = [update["callback_query"] for update in await bot("getUpdates") if "callback_query" in update]
    assert [query["message"]["date"] == 0 for query in queries] == [False, False, True]
    assert len({query["id"] for query in queries}) == 3


async def test_a_server_that_is_down_refuses_connections_and_comes_back_with_its_state(bot, simulator, marija):
    await simulator.goes_down()
    with pytest.raises(aiohttp.ClientConnectorError):
        await bot("getMe")
    await simulator.comes_up()
    assert [update["message"]["text"] for update in await bot("getUpdates")] == ["/start"]


async def test_a_server_that_goes_down_ends_the_poll_that_waits(bot, simulator, until):
    poll = asyncio.create_task(bot("getUpdates", timeout=50))
    await until(lambda: simulator.desk.poller.waiting is not None)
    await simulator.goes_down()
    async with asyncio.timeout(60):
        with pytest.raises(aiohttp.ClientError):
            await poll
    await simulator.comes_up()
    assert await bot("getUpdates") == []


def test_a_fault_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="no such fault: sneeze"):
        Faults().add("*", "sneeze")


async def test_a_download_can_fail_in_every_way(bot, simulator, marija):
    sent = await marija.sends_voice(b"OggS", seconds=3)
    [_, update] = await bot("getUpdates")
    assert (update["message"]["voice"]["duration"], sent.media.data) == (3, b"OggS")
    found = await bot("getFile", file_id=update["message"]["voice"]["file_id"])
    address = f"{simulator.base_file_url}{simulator.token}/{found['file_path']}"
    simulator.faults.add("file", "cut_before", times=2)  # aiohttp asks a second time by itself
    for kind in ("5xx", "refused", "hang"):
        simulator.faults.add("file", kind, status=502 if kind == "5xx" else 404, seconds=0, description="Not Found")
    with pytest.raises(aiohttp.ClientError):
        await bot.http.get(address)
    for status in (502, 404, 200):
        async with bot.http.get(address) as response:
            assert response.status == status
            data = await response.read()
    assert data == b"OggS"
