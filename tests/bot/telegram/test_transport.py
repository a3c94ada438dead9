import asyncio
import gzip
import io
import logging

import pytest
from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.telegram.transport import AiohttpRequest, NotSent, TelegramBot, TooBig, wait_of


@pytest.fixture
async def marija(simulator):
    person = simulator.person()
    await person.says("/start")
    return person


async def test_a_message_with_buttons_arrives_as_it_is(telegram_bot, simulator, marija):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Da, želim", callback_data="yes:1")]])
    sent = await telegram_bot.send_message(
        marija.id, "Žaba »in« <b>čmrlj</b>", parse_mode="HTML", reply_markup=keyboard
    )
    assert (marija.screen.id, marija.screen.text, marija.screen.labels) == (
        sent.message_id,
        "Žaba »in« čmrlj",
        ["Da, želim"],
    )
    assert simulator.requests[-1].files == []


async def test_a_document_goes_out_as_a_form_with_its_name_and_bytes(telegram_bot, marija):
    file = InputFile(b"%PDF-1.7 ...", "poročilo.pdf")
    await telegram_bot.send_document(marija.id, file, caption="Poročilo", parse_mode="HTML")
    media = marija.screen.media
    assert (media.kind, media.name, media.data) == ("document", "poročilo.pdf", b"%PDF-1.7 ...")
    assert marija.screen.text == "Poročilo"


async def test_a_refusal_is_told_in_telegrams_words(telegram_bot, marija):
    with pytest.raises(BadRequest, match=r"^Message text is empty$"):
        await telegram_bot.send_message(marija.id, "")
    marija.blocks()
    with pytest.raises(Forbidden, match=r"bot was blocked by the user"):
        await telegram_bot.send_message(marija.id, "Pozdravljeni")


async def test_a_429_says_how_long_to_wait(telegram_bot, simulator, marija):
    simulator.faults.add("sendMessage", "too_many", seconds=7)
    with pytest.raises(RetryAfter) as refused:
        await telegram_bot.send_message(marija.id, "Pozdravljeni")
    assert wait_of(refused.value) == 7.0


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_error_means_not_sent(telegram_bot, simulator, marija, status):
    simulator.faults.add("sendMessage", "server_error", status=status)
    with pytest.raises(NotSent, match=f"^the Bot API answered {status}$"):
        await telegram_bot.send_message(marija.id, "Pozdravljeni")


async def test_a_gateway_that_gave_up_waiting_leaves_it_open(telegram_bot, simulator, marija):
    simulator.faults.add("sendMessage", "server_error", status=504)
    with pytest.raises(NetworkError) as problem:
        await telegram_bot.send_message(marija.id, "Pozdravljeni")
    assert type(problem.value) is NetworkError


@pytest.mark.parametrize("kind", ["cut_before", "cut_after"])
async def test_a_line_that_broke_leaves_it_open(telegram_bot, simulator, marija, kind):
    simulator.faults.add("sendMessage", kind)
    with pytest.raises(NetworkError) as problem:
        await telegram_bot.send_message(marija.id, "Pozdravljeni")
    assert type(problem.value) is NetworkError
    assert str(problem.value) == "the line to the Bot API broke (ServerDisconnectedError)"


async def test_an_answer_that_does_not_come_leaves_it_open(telegram_bot, simulator, marija):
    simulator.faults.add("sendMessage", "hang", seconds=5)
    with pytest.raises(TimedOut, match=r"did not answer in time"):
        await telegram_bot.send_message(marija.id, "Pozdravljeni", read_timeout=0.05)


async def test_no_connection_means_not_sent(telegram_bot, simulator, marija):
    await simulator.goes_down()
    with pytest.raises(NotSent, match=r"^no connection to the Bot API"):
        await telegram_bot.send_message(marija.id, "Pozdravljeni")
    await simulator.comes_up()
    await telegram_bot.send_message(marija.id, "Pozdravljeni")
    assert marija.screen.text == "Pozdravljeni"


async def test_an_address_that_is_none_means_not_sent():
    bot = TelegramBot("1:A", "telegram", "telegram")
    await bot.open()
    with pytest.raises(NotSent, match=r"^the address of the Bot API is not one$"):
        await bot.get_me()
    await bot.close_connections()


async def test_an_unknown_token_is_told(simulator):
    bot = TelegramBot("1:A", simulator.base_url, simulator.base_file_url)
    await bot.open()
    with pytest.raises(InvalidToken):
        await bot.get_me()
    await bot.close_connections()


async def test_updates_come_as_json_and_are_confirmed_by_the_offset(telegram_bot, marija):
    await marija.says("halo")
    first = await telegram_bot.raw_updates(None, 0, ("message",))
    assert [update["message"]["text"] for update in first] == ["/start", "halo"]
    second = await telegram_bot.raw_updates(first[-1]["update_id"], 0, ("message",))
    assert [update["message"]["text"] for update in second] == ["halo"]
    assert await telegram_bot.raw_updates(first[-1]["update_id"] + 1, 0, ("message",)) == []


async def test_a_file_can_be_fetched(telegram_bot, marija):
    await marija.sends_voice(b"OggS...")
    (_, update) = await telegram_bot.raw_updates(None, 0, ("message",))
    file = await telegram_bot.get_file(update["message"]["voice"]["file_id"])
    assert bytes(await file.download_as_bytearray()) == b"OggS..."


async def test_opening_and_closing_twice_is_harmless():
    request = AiohttpRequest()
    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
    with pytest.raises(NetworkError, match=r"the transport is not open"):
        await request.post("http://127.0.0.1/bot1:A/getMe")


async def test_an_answer_that_is_no_json_is_not_logged(caplog):
    with caplog.at_level(logging.DEBUG), pytest.raises(TelegramError, match=r"^the answer of the Bot API is not JSON$"):
        AiohttpRequest.parse_json_payload(b"<html>Marija Novak</html>")
    assert caplog.text == ""


@pytest.mark.parametrize("packed", [False, True])
async def test_an_answer_larger_than_telegram_sends_is_not_read_to_its_end(packed):
    zeros = bytes(21 * 2**20)

    async def answer(_request):
        if packed:
            return web.Response(body=gzip.compress(zeros), headers={"Content-Encoding": "gzip"})
        return web.Response(body=io.BytesIO(zeros))

    app = web.Application()
    app.router.add_post("/", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    request = AiohttpRequest()
    await request.initialize()
    try:
        with pytest.raises(TooBig, match=r"^the answer is too big$"):
            await request.post(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    finally:
        await request.shutdown()
        await runner.cleanup()


def test_an_answer_that_is_nested_too_deeply_is_no_json():
    with pytest.raises(TelegramError, match=r"^the answer of the Bot API is not JSON$"):
        AiohttpRequest.parse_json_payload(b"[" * 1_000_000)


async def test_neither_errors_nor_logs_nor_a_repr_hold_the_token(telegram_bot, simulator, marija, caplog):
    said = [repr(telegram_bot)]
    for kind in ("cut_before", "server_error", "too_many", "refused"):
        simulator.faults.add("sendMessage", kind, status=400, description="Bad Request: chat not found")
    await simulator.goes_down()
    with caplog.at_level(logging.DEBUG):
        for attempt in range(5):
            with pytest.raises(TelegramError) as problem:
                await telegram_bot.send_message(marija.id, "Pozdravljeni")
            error = problem.value
            while error is not None:
                said.append(repr(error))
                error = error.__cause__ or error.__context__
            if attempt == 0:
                await simulator.comes_up()
    secret = simulator.token.partition(":")[2]
    assert [words for words in [*said, caplog.text] if secret in words] == []
    assert len(said) >= 6


async def test_many_requests_go_side_by_side(telegram_bot, simulator):
    simulator.faults.add("getMe", "hang", times=50, seconds=0.2)
    names = await asyncio.gather(*(telegram_bot.get_me() for _ in range(50)))
    assert {user.username for user in names} == {simulator.username}
