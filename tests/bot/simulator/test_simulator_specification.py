"""The machine-readable Bot API agrees with what the stand-in sends, accepts and knows."""

import pytest

from bot.simulator.methods import CANONICAL, parameters
from bot.simulator.state import GroupChat

PNG = b"\x89PNG\r\n\x1a\n" + bytes(4) + b"IHDR" + (64).to_bytes(4, "big") + (48).to_bytes(4, "big")
OGG = b"OggS" + bytes(40)


@pytest.mark.parametrize("method", sorted(CANONICAL.values()))
def test_methods_and_their_parameters_are_those_of_the_specification(specification, method):
    fields = {field["name"] for field in specification.methods[method].get("fields", [])}
    assert parameters(method) == fields


async def test_every_object_is_valid(specification, bot, simulator, marija, keyboard):
    chat = {"chat_id": marija.id}
    card = await bot(
        "sendMessage",
        **chat,
        text="<b>Da</b>?",
        parse_mode="HTML",
        reply_markup=keyboard("Da", "Ne"),
        reply_parameters={"message_id": marija.messages[0].id},
        protect_content=True,
    )
    await marija.says("https://knjiznica.si /pomoc", reply_to=marija.screen)
    for send in (marija.sends_voice(OGG), marija.sends_photo(PNG), marija.sends_document(b"x", "x.txt")):
        await send
    query = await marija.taps("Da", again=True)
    await marija.taps_data(card["message_id"], "x", inaccessible=True)
    await bot("answerCallbackQuery", callback_query_id=query, text="Shranjeno")
    await bot("editMessageText", **chat, message_id=card["message_id"], text="Hvala", reply_markup=keyboard("Nazaj"))
    await bot("editMessageReplyMarkup", **chat, message_id=card["message_id"])
    picture = await bot.upload("sendPhoto", "photo", PNG, **chat, caption="graf")
    await bot("editMessageCaption", **chat, message_id=picture["message_id"], caption="nov")
    document = await bot.upload("sendDocument", "document", b"%PDF", "porocilo.pdf", **chat)
    media = {"type": "document", "media": document["document"]["file_id"], "caption": "poročilo"}
    await bot("editMessageMedia", **chat, message_id=picture["message_id"], media=media)
    await bot.upload("sendVoice", "voice", OGG, **chat, duration=3)
    await bot.upload("sendAudio", "audio", b"ID3", **chat, title="x", performer="y")
    await bot.upload("sendVideo", "video", b"x", **chat, width=3, height=2)
    await bot.upload("sendAnimation", "animation", b"x", **chat)
    await bot("getFile", file_id=document["document"]["file_id"])
    await bot("sendChatAction", **chat, action="typing")
    await bot("deleteMessage", **chat, message_id=card["message_id"])
    await bot("deleteMessages", **chat, message_ids=[picture["message_id"]])
    await marija.edits(await marija.says("da"), "ne")
    group = GroupChat(-1001234567890, "Bralni krožek")
    await marija.invites_to(group)
    await marija.writes_in(group, "/start")
    await bot("sendMessage", chat_id=group.id, text="Samo zasebno.")
    await bot("leaveChat", chat_id=group.id)
    for method in (
        "getMe",
        "getWebhookInfo",
        "getMyCommands",
        "getMyName",
        "getMyDescription",
        "getChatMenuButton",
        "getMyShortDescription",
        "deleteMyCommands",
        "deleteWebhook",
    ):
        await bot(method)
    await bot("setMyCommands", commands=[{"command": "a", "description": "b"}], scope={"type": "all_private_chats"})
    await bot("setMyName", name="Knjižnica")
    await bot("setMyDescription", description="x", language_code="sl")
    await bot("setMyShortDescription", short_description="x")
    await bot("setChatMenuButton", menu_button={"type": "commands"})
    marija.blocks()
    marija.unblocks()
    assert len(await bot("getUpdates")) == 14
    await bot("setWebhook", url="https://example.invalid/hook")
    await bot("getWebhookInfo")
    assert {request.method for request in simulator.requests} == set(CANONICAL.values())
    assert [(request.method, request.outcome) for request in simulator.requests if request.outcome != "ok"] == []
    assert specification.problems(simulator) == []


async def test_a_wrong_request_is_found(specification):
    assert specification.request_problems("sendMessage", {"chat_id": 1, "texte": "x"}) == [
        "sendMessage: texte is no parameter",
        "sendMessage: text is missing",
    ]
    [problem] = specification.request_problems("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": {"a": 1}})
    assert problem.startswith("sendMessage: reply_markup = {'a': 1} is none of")
    assert specification.object_problems("User", {"id": "1", "is_bot": False}) == [
        "User.id: '1' is no Integer",
        "User.first_name: missing in User",
    ]
