"""What people do with their phones, and what they see there."""

import asyncio

import pytest

from bot.simulator.people import NoSuchButton, NothingHappened, NotPossible

OGG = b"OggS" + bytes(40)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(4) + b"IHDR" + (640).to_bytes(4, "big") + (480).to_bytes(4, "big")


async def updates(bot, kind):
    return [update[kind] for update in await bot("getUpdates") if kind in update]


async def test_a_deep_link_starts_the_bot_with_its_token(bot, simulator):
    marija = simulator.person("Marija", "sl")
    await marija.follows(f"https://t.me/{simulator.username}?start=AbC-12_x")
    [message] = await updates(bot, "message")
    assert message["text"] == "/start AbC-12_x"
    assert message["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]
    assert message["from"] == {"id": marija.id, "is_bot": False, "first_name": "Marija", "language_code": "sl"}
    assert message["chat"] == {"id": marija.id, "type": "private", "first_name": "Marija"}


async def test_a_link_to_another_bot_is_not_followed(simulator):
    with pytest.raises(NotPossible, match="does not open a chat with @povezujejo_bot"):
        await simulator.person().follows("https://t.me/drugi_bot?start=x")


async def test_a_button_is_found_by_label_or_its_beginning_on_the_newest_message_that_has_it(bot, marija, keyboard):
    async def card(*labels):
        return (await bot("sendMessage", chat_id=marija.id, text="?", reply_markup=keyboard(*labels)))["message_id"]

    old, new = await card("Da, sodelujem", "Nazaj"), await card("Ne", "Da", "Dalje")
    for label in ("Da", "Da,", "Dal", "Naz"):
        await marija.taps(label)
    await marija.taps("Da", marija.messages[1])
    queries = await updates(bot, "callback_query")
    assert [(query["message"]["message_id"], query["data"]) for query in queries] == [
        (new, "data:Da"),
        (old, "data:Da, sodelujem"),
        (new, "data:Dalje"),
        (old, "data:Nazaj"),
        (old, "data:Da, sodelujem"),
    ]
    with pytest.raises(NoSuchButton, match=r"no button 'Mogoče'; visible: \['Ne', 'Da', 'Dalje'"):
        await marija.taps("Mogoče")
    assert marija.buttons == ["Ne", "Da", "Dalje"]


async def test_a_tap_can_come_twice(bot, marija, keyboard):
    await bot("sendMessage", chat_id=marija.id, text="?", reply_markup=keyboard("Da"))
    once = await marija.taps("Da")
    same_query = await marija.taps("Da", again=True)
    other_query = await marija.taps("Da", again=True, new_query_id=True)
    got = await bot("getUpdates")
    ids = [update["callback_query"]["id"] for update in got if "callback_query" in update]
    assert (ids[0], ids[1], ids[2], ids[3]) == (once, same_query, same_query, other_query)
    assert len(set(ids)) == 4
    assert len({update["update_id"] for update in got}) == len(got)


async def test_a_forged_tap_and_one_on_a_deleted_card_arrive(bot, marija, keyboard):
    card = await bot("sendMessage", chat_id=marija.id, text="?", reply_markup=keyboard("Da"))
    await marija.taps_data(card["message_id"], "forged")
    await bot("deleteMessage", chat_id=marija.id, message_id=card["message_id"])
    await marija.taps_data(card["message_id"], "late")
    forged, late = await updates(bot, "callback_query")
    assert (forged["data"], forged["message"]["text"]) == ("forged", "?")
    assert late["message"] == {"chat": card["chat"], "message_id": card["message_id"], "date": 0}


async def test_a_link_button_is_followed(bot, simulator, marija):
    rows = [[{"text": "Odpri", "url": f"https://t.me/{simulator.username}?start=abc"}]]
    await bot("sendMessage", chat_id=marija.id, text="?", reply_markup={"inline_keyboard": rows})
    await marija.taps("Odpri")
    assert marija.messages[-1].text == "/start abc"


async def test_what_people_send_arrives_with_its_file(bot, simulator, marija):
    await marija.sends_voice(OGG)
    await marija.sends_photo(PNG, caption="Naša skupina")
    await marija.sends_document(b"a,b\n", "udelezenci.csv", "text/csv")
    _, voice, photo, document = await updates(bot, "message")
    assert (voice["voice"]["mime_type"], voice["voice"]["file_size"]) == ("audio/ogg", 44)
    assert [(size["width"], size["height"]) for size in photo["photo"]] == [(90, 68), (320, 240), (640, 480)]
    assert photo["caption"] == "Naša skupina"
    assert (document["document"]["file_name"], document["document"]["mime_type"]) == ("udelezenci.csv", "text/csv")
    file = await bot("getFile", file_id=document["document"]["file_id"])
    async with bot.http.get(f"{simulator.base_file_url}{simulator.token}/{file['file_path']}") as response:
        assert (response.status, await response.read()) == (200, b"a,b\n")


async def test_the_bot_is_told_of_blocking_and_unblocking(bot, marija):
    marija.blocks()
    with pytest.raises(NotPossible, match="has blocked the bot"):
        await marija.says("Živjo")
    marija.unblocks()
    blocked, unblocked = await updates(bot, "my_chat_member")
    assert (blocked["old_chat_member"]["status"], blocked["new_chat_member"]["status"]) == ("member", "kicked")
    assert (unblocked["old_chat_member"]["status"], unblocked["new_chat_member"]["status"]) == ("kicked", "member")
    marija.deletes_account()
    with pytest.raises(NotPossible, match="no account any more"):
        await marija.says("Živjo")


async def test_a_long_text_goes_out_in_pieces(bot, marija):
    await marija.says("a" * 5000)
    assert [len(message["text"]) for message in await updates(bot, "message")] == [6, 4096, 904]


async def test_the_phone_shows_what_the_bot_did(bot, marija, keyboard):
    greeting = marija.messages[0]
    sent = await bot(
        "sendMessage",
        chat_id=marija.id,
        text="<b>Živjo</b>",
        parse_mode="HTML",
        reply_markup=keyboard("Da", "Ne"),
        protect_content=True,
        reply_parameters={"message_id": greeting.id},
    )
    card = marija.screen
    assert (card.text, card.entities, card.labels) == (
        "Živjo",
        [{"offset": 0, "length": 5, "type": "bold"}],
        ["Da", "Ne"],
    )
    assert (card.protect_content, card.reply_to, card.edited, card.by_bot) == (True, greeting.id, 0, True)
    await bot("editMessageText", chat_id=marija.id, message_id=sent["message_id"], text="Hvala")
    assert (card.text, card.labels, card.edited) == ("Hvala", [], 1)
    await bot("sendChatAction", chat_id=marija.id, action="typing")
    assert marija.typing == "typing"
    await bot("deleteMessage", chat_id=marija.id, message_id=sent["message_id"])
    assert (card.deleted, marija.messages) == (True, [greeting])


async def test_waiting_ends_when_the_bot_has_written(bot, marija):
    waiting = asyncio.create_task(marija.waits(2))
    await bot("sendMessage", chat_id=marija.id, text="ena")
    assert not waiting.done()
    await bot("sendMessage", chat_id=marija.id, text="dve")
    assert (await waiting).text == "dve"
    with pytest.raises(NothingHappened, match="in vain"):
        await marija.waits(lambda: marija.screen.text == "tri", timeout=0.02)


async def test_settling_means_confirmed_answered_and_quiet(bot, marija):
    settling = asyncio.create_task(marija.settles())
    [update] = await bot("getUpdates")
    await bot("getUpdates", offset=update["update_id"] + 1)
    await asyncio.sleep(0.1)
    assert not settling.done()
    await bot("sendMessage", chat_id=marija.id, text="Pozdravljeni")
    assert (await settling).text == "Pozdravljeni"


async def test_who_hears_nothing_does_not_settle(marija):
    with pytest.raises(NothingHappened, match="did not settle"):
        await marija.settles(timeout=0.05)


async def test_menus_are_kept_by_scope_and_language(bot, marija):
    def menu(word):
        return [{"command": word, "description": word}]

    scope = {"type": "chat", "chat_id": marija.id}
    await bot("setMyCommands", commands=menu("vsi"))
    await bot("setMyCommands", commands=menu("ena"), scope=scope, language_code="sl")
    assert await bot("getMyCommands") == menu("vsi")
    assert await bot("getMyCommands", scope=scope) == []
    assert await bot("getMyCommands", scope=scope, language_code="sl") == menu("ena")
    await bot("deleteMyCommands", scope=scope, language_code="sl")
    assert await bot("getMyCommands", scope=scope, language_code="sl") == []
    assert await bot("setMyCommands", commands=menu("x"), scope={"type": "chat", "chat_id": 7}) == (
        400,
        "Bad Request: chat not found",
    )


async def test_the_bot_describes_itself(bot, marija):
    await bot("setMyDescription", description="Vprašalniki knjižnic", language_code="sl")
    assert await bot("getMyDescription", language_code="sl") == {"description": "Vprašalniki knjižnic"}
    assert await bot("getMyDescription") == {"description": ""}
    await bot("setMyName", name="Knjižnica")
    assert (await bot("getMe"))["first_name"] == "Knjižnica"
    assert await bot("getChatMenuButton", chat_id=marija.id) == {"type": "default"}
    await bot("setChatMenuButton", menu_button={"type": "commands"})
    assert await bot("getChatMenuButton", chat_id=marija.id) == {"type": "commands"}


async def test_the_first_link_of_a_text_is_previewed_unless_the_bot_forbids_it(bot, marija):
    async def preview(**parameters):
        sent = await bot("sendMessage", chat_id=marija.id, parse_mode="HTML", **parameters)
        return sent.get("link_preview_options")

    text = 'č <a href="https://knjiznica.si/">tu</a> https://t.me/x'
    assert await preview(text=text) == {"url": "https://knjiznica.si/"}
    assert await preview(text="č 😀 https://t.me/x") == {"url": "https://t.me/x"}
    assert await preview(text="brez") is None
    assert await preview(text=text, link_preview_options={"is_disabled": True}) == {"is_disabled": True}


async def test_a_recording_keeps_its_length_when_it_is_sent_on(bot, marija):
    await marija.sends_voice(OGG, seconds=5)
    said = (await updates(bot, "message"))[-1]["voice"]
    sent = await bot("sendVoice", chat_id=marija.id, voice=said["file_id"])
    assert (said["duration"], sent["voice"]["duration"], marija.screen.media.data) == (5, 5, OGG)
