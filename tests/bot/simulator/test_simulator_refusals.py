"""Every limit of the Bot API in private chats, with Telegram's words."""

import struct
import zlib
from datetime import UTC, datetime, timedelta

import pytest

from bot.simulator.server import Simulator

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def png(width, height):
    """A picture of the given size that decoders of headers accept."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "č" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        (
            {"text": "<b>Živjo", "parse_mode": "HTML"},
            "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ({"text": "Ž <x>", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "x" at byte offset 3'),
        ({"text": "a</b>", "parse_mode": "HTML"}, "can't parse entities: Unexpected end tag at byte offset 1"),
        (
            {"text": "<b>x</i>", "parse_mode": "HTML"},
            'can\'t parse entities: Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
        ),
        ({"text": "1 < 2", "parse_mode": "HTML"}, 'can\'t parse entities: Unsupported start tag "" at byte offset 2'),
        ({"text": "a <b", "parse_mode": "HTML"}, "can't parse entities: Unclosed start tag at byte offset 2"),
        ({"text": "x", "parse_mode": "Word"}, "unsupported parse_mode"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": []}, "object expected as reply markup"),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "Da"}]]}},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "Da", "callback_data": "č" * 33}]]}},
            "BUTTON_DATA_INVALID",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "Da", "url": "http://localhost/"}]]}},
            "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "Da", "url": "file:///etc/passwd"}]]}},
            "inline keyboard button URL 'file:///etc/passwd' is invalid: Unsupported URL protocol",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "1", "callback_data": "1"}] * 9]}},
            "reply markup is too long",
        ),
        (
            {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "1", "callback_data": "1"}]] * 101}},
            "reply markup is too long",
        ),
        ({"text": "x", "reply_parameters": {"message_id": 1}}, "message to be replied not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 77}, "chat not found"),
        ({"text": "x", "chat_id": "@marija"}, "chat not found"),
    ],
)
async def test_a_message_is_refused_with_telegrams_words(bot, marija, parameters, words):
    refusal = await bot("sendMessage", **{"chat_id": marija.id, **parameters})
    assert refusal == (400, f"Bad Request: {words}")
    assert [message.by_bot for message in marija.messages] == [False]


async def test_limits_themselves_are_allowed(bot, marija):
    rows = [[{"text": "1", "callback_data": "č" * 32}] * 8] * 12
    sent = await bot(
        "sendMessage",
        chat_id=marija.id,
        text="<b>" + "č" * 4096 + "</b>",
        parse_mode="HTML",
        reply_markup={"inline_keyboard": rows},
    )
    assert (len(sent["text"]), len(sent["reply_markup"]["inline_keyboard"])) == (4096, 12)


async def test_who_never_started_is_not_found(bot, simulator):
    stranger = simulator.person("Neznanec")
    assert await bot("sendMessage", chat_id=stranger.id, text="x") == (400, "Bad Request: chat not found")


async def test_who_blocked_or_left_is_forbidden(bot, marija, simulator):
    marija.blocks()
    assert await bot("sendMessage", chat_id=marija.id, text="x") == (403, "Forbidden: bot was blocked by the user")
    marija.unblocks()
    assert (await bot("sendMessage", chat_id=marija.id, text="x"))["text"] == "x"
    marija.deletes_account()
    assert await bot("sendMessage", chat_id=marija.id, text="x") == (403, "Forbidden: user is deactivated")


async def test_an_edit_that_changes_nothing_is_refused(bot, marija, keyboard):
    sent = await bot("sendMessage", chat_id=marija.id, text="<b>x</b>", parse_mode="HTML", reply_markup=keyboard("Da"))
    same = {"chat_id": marija.id, "message_id": sent["message_id"], "text": "<b>x</b>", "parse_mode": "HTML"}
    assert await bot("editMessageText", **same, reply_markup=keyboard("Da")) == (400, NOT_MODIFIED)
    assert "reply_markup" not in await bot("editMessageText", **same)
    assert await bot("editMessageReplyMarkup", chat_id=marija.id, message_id=sent["message_id"]) == (400, NOT_MODIFIED)


async def test_what_cannot_be_edited(bot, marija):
    async def edit(message_id, method="editMessageText", **content):
        return await bot(method, chat_id=marija.id, message_id=message_id, **(content or {"text": "novo"}))

    under_input = {"keyboard": [["Da"]]}
    with_keyboard = await bot("sendMessage", chat_id=marija.id, text="x", reply_markup=under_input)
    picture = await bot.upload("sendPhoto", "photo", png(10, 10), chat_id=marija.id)
    plain = await bot("sendMessage", chat_id=marija.id, text="x")
    assert await edit(9) == (400, "Bad Request: message to edit not found")
    assert await edit(marija.messages[0].id) == (400, "Bad Request: message can't be edited")
    assert await edit(with_keyboard["message_id"]) == (400, "Bad Request: message can't be edited")
    assert await edit(picture["message_id"]) == (400, "Bad Request: there is no text in the message to edit")
    assert await edit(plain["message_id"], "editMessageCaption", caption="x") == (
        400,
        "Bad Request: there is no caption in the message to edit",
    )
    assert await edit(plain["message_id"], reply_markup=under_input, text="y") == (
        400,
        "Bad Request: inline keyboard expected",
    )


async def test_deleting_works_for_48_hours():
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    clock = [now]
    async with Simulator.running(clock=lambda: clock[0]) as simulator:
        person = simulator.person()
        said = await person.says("KAM-7F3K2")
        await person.says("/start")
        world, call = simulator.world, _call
        assert await call(simulator, "deleteMessage", chat_id=person.id, message_id=said.id) is True
        first, second = (world.add(person.id, by_bot=True, text=text).id for text in ("prvo", "drugo"))
        assert await call(simulator, "deleteMessage", chat_id=person.id, message_id=first) is True
        assert await call(simulator, "deleteMessage", chat_id=person.id, message_id=first) == (
            400,
            "Bad Request: message to delete not found",
        )
        clock[0] = now + timedelta(hours=49)
        assert await call(simulator, "deleteMessage", chat_id=person.id, message_id=second) == (
            400,
            "Bad Request: message can't be deleted for everyone",
        )
        edited = await call(simulator, "editMessageText", chat_id=person.id, message_id=second, text="–")
        assert (edited["text"], [message.text for message in person.messages]) == ("–", ["/start", "–"])


async def _call(simulator, method, **parameters):
    import aiohttp  # noqa: PLC0415 - one test only

    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{simulator.base_url}{simulator.token}/{method}", json=parameters) as response,
    ):
        body = await response.json()
    return body["result"] if body["ok"] else (body["error_code"], body["description"])


async def test_a_tap_is_answered_within_150_seconds():
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    clock = [now]
    async with Simulator.running(clock=lambda: clock[0]) as simulator:
        person = simulator.person()
        await person.says("/start")
        in_time, late = await person.taps_data(1, "a"), await person.taps_data(1, "b")
        clock[0] = now + timedelta(seconds=150)
        assert await _call(simulator, "answerCallbackQuery", callback_query_id=in_time, text="Shranjeno") is True
        clock[0] = now + timedelta(seconds=151)
        assert await _call(simulator, "answerCallbackQuery", callback_query_id=late) == (400, TOO_OLD)
        assert await _call(simulator, "answerCallbackQuery", callback_query_id="1") == (400, TOO_OLD)
        assert ([toast.text for toast in person.toasts], person.unanswered) == (["Shranjeno"], 1)


async def test_an_answer_to_a_tap_has_200_characters(bot, marija):
    query = await marija.taps_data(1, "a")
    assert await bot("answerCallbackQuery", callback_query_id=query, text="č" * 201) == (
        400,
        "Bad Request: MESSAGE_TOO_LONG",
    )
    assert await bot("answerCallbackQuery", callback_query_id=query, text="č" * 200, show_alert=True) is True
    assert [(len(toast.text), toast.show_alert) for toast in marija.toasts] == [(200, True)]


@pytest.mark.parametrize(
    ("method", "field", "data", "parameters", "refusal"),
    [
        ("sendPhoto", "photo", b"", {}, (400, "Bad Request: file must be non-empty")),
        ("sendPhoto", "photo", b"no picture", {}, (400, "Bad Request: IMAGE_PROCESS_FAILED")),
        ("sendPhoto", "photo", png(9000, 1001), {}, (400, "Bad Request: PHOTO_INVALID_DIMENSIONS")),
        ("sendPhoto", "photo", png(2100, 100), {}, (400, "Bad Request: PHOTO_INVALID_DIMENSIONS")),
        ("sendPhoto", "photo", png(9, 9) + bytes(10 << 20), {}, (400, "Bad Request: too big for a photo")),
        ("sendPhoto", "photo", png(9, 9), {"caption": "č" * 1025}, (400, "Bad Request: message caption is too long")),
        ("sendDocument", "document", bytes((50 << 20) + 1), {}, (413, "Request Entity Too Large")),
    ],
)
async def test_a_file_is_refused_with_telegrams_words(bot, marija, method, field, data, parameters, refusal):
    assert await bot.upload(method, field, data, chat_id=marija.id, **parameters) == refusal


async def test_identifiers_of_files_must_be_known_and_of_the_right_kind(bot, marija):
    sent = await bot.upload("sendDocument", "document", b"%PDF", "report.pdf", chat_id=marija.id)
    file_id = sent["document"]["file_id"]
    wrong = (400, "Bad Request: wrong file_id or the file is temporarily unavailable")
    assert await bot("sendDocument", chat_id=marija.id, document="nothing") == wrong
    assert await bot("getFile", file_id="nothing") == wrong
    assert await bot("sendPhoto", chat_id=marija.id, photo=file_id) == (
        400,
        "Bad Request: can't use file of type Document as Photo",
    )
    again = await bot("sendDocument", chat_id=marija.id, document=file_id)
    assert again["document"] == sent["document"]
    assert await bot("sendPhoto", chat_id=marija.id) == (400, "Bad Request: there is no photo in the request")


async def test_a_file_beyond_20_mb_cannot_be_loaded_by_a_bot(bot, marija):
    sent = await bot.upload("sendDocument", "document", bytes((20 << 20) + 1), chat_id=marija.id)
    assert await bot("getFile", file_id=sent["document"]["file_id"]) == (400, "Bad Request: file is too big")


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        ([{"command": "Anketa", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "", "description": "x"}], "command must be non-empty"),
        ([{"command": "a" * 33, "description": "x"}], "command length must not exceed 32"),
        ([{"command": "a", "description": ""}], "command description must be non-empty"),
        ([{"command": "a", "description": "č" * 257}], "command description length must not exceed 256"),
        ([{"command": f"a{n}", "description": "x"} for n in range(101)], "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_commands_are_refused_with_telegrams_words(bot, commands, words):
    assert await bot("setMyCommands", commands=commands) == (400, f"Bad Request: {words}")


@pytest.mark.parametrize("method", ["setMyName", "setMyDescription", "setMyShortDescription"])
async def test_what_the_bot_says_about_itself_has_a_limit(bot, method):
    name = {"setMyName": "name", "setMyDescription": "description", "setMyShortDescription": "short_description"}[
        method
    ]
    code, _ = await bot(method, **{name: "č" * 513})
    assert code == 400


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"url": "http://example.org/hook"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://example.org:444/"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https://example.org/", "secret_token": "č"}, "secret token contains unallowed characters"),
        ({"url": "https://example.org/", "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_a_webhook_is_refused_with_telegrams_words(bot, parameters, words):
    assert await bot("setWebhook", **parameters) == (400, f"Bad Request: {words}")


async def test_a_wrong_token_is_unauthorized(bot, simulator):
    url = f"{simulator.base_url}1:wrong/getMe"
    async with bot.http.get(url) as response:
        assert (response.status, await response.json()) == (
            401,
            {"ok": False, "error_code": 401, "description": "Unauthorized"},
        )


async def test_an_unknown_method_is_recorded_loudly(bot, simulator, caplog):
    assert await bot("sendDice", chat_id=1) == (404, "Not Found: method not found")
    assert [request.method for request in simulator.unknown] == ["sendDice"]
    assert simulator.problems == ["unknown method sendDice"]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    simulator.requests.clear()


async def test_an_unknown_parameter_is_a_problem(bot, simulator, marija):
    await bot("sendMessage", chat_id=marija.id, text="x", sparkle=True)
    assert simulator.problems == ["unknown parameter sparkle of sendMessage"]
    simulator.requests.clear()


async def test_a_burst_in_one_chat_ends_with_429(bot, simulator, marija):
    simulator.rates.chat_burst = 3
    answers = [await bot.raw("sendMessage", chat_id=marija.id, text=str(n)) for n in range(4)]
    assert [status for status, _, _ in answers] == [200, 200, 200, 429]
    _, headers, body = answers[-1]
    assert (headers["Retry-After"], body) == (
        "1",
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        },
    )


async def test_thirty_a_second_over_all_chats_then_429(bot, simulator):
    simulator.rates.overall_per_second = 0.1
    people = [simulator.person(f"Oseba {n}") for n in range(31)]
    for person in people:
        await person.says("/start")
    answers = [await bot.raw("sendMessage", chat_id=person.id, text="x") for person in people]
    assert [status for status, _, _ in answers] == [200] * 30 + [429]


async def test_rates_can_be_lifted():
    async with Simulator.running(strict_rate=False) as simulator:
        person = simulator.person()
        await person.says("/start")
        for n in range(40):
            await _call(simulator, "sendMessage", chat_id=person.id, text=str(n))
        assert len(person.messages) == 41


async def test_the_same_big_file_to_many_is_refused_for_a_minute(bot, simulator, marija, monkeypatch):
    simulator.rates.files[100_001] = float("inf")
    refusal = await bot.upload("sendDocument", "document", bytes(100_001), chat_id=marija.id)
    assert refusal == (429, "Too Many Requests: retry after 60")
