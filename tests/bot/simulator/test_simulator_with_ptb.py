"""The stand-in as python-telegram-bot sees it, with the library's own transport."""

import io

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, error

PNG = b"\x89PNG\r\n\x1a\n" + bytes(4) + b"IHDR" + (64).to_bytes(4, "big") + (48).to_bytes(4, "big")


@pytest.fixture
async def ptb(simulator):
    bot = telegram.Bot(simulator.token, base_url=simulator.base_url, base_file_url=simulator.base_file_url)
    async with bot:
        yield bot


async def test_a_conversation(ptb, simulator):
    ana = simulator.person("Ana")
    await ana.follows(f"https://t.me/{ptb.username}?start=abc")
    [start] = await ptb.get_updates(timeout=5)
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Da", callback_data="1:da")]])
    await start.message.reply_html("<b>Živjo</b>", reply_markup=keyboard)
    await ana.taps("Da")
    [tap] = await ptb.get_updates(offset=start.update_id + 1, timeout=5)
    assert await tap.callback_query.answer("Shranjeno")
    edited = await tap.callback_query.edit_message_text("Hvala")
    await ptb.get_updates(offset=tap.update_id + 1)
    assert (await ana.settles()).text == edited.text == "Hvala"
    assert [toast.text for toast in ana.toasts] == ["Shranjeno"]


async def test_files_go_up_and_down(ptb, marija):
    photo = await ptb.send_photo(marija.id, PNG, caption="graf")
    assert [(size.width, size.height) for size in photo.photo] == [(64, 48)]
    sent = await ptb.send_document(marija.id, io.BytesIO(b"%PDF"), filename="poročilo.pdf", protect_content=True)
    assert (marija.screen.media.name, marija.screen.media.data) == ("poročilo.pdf", b"%PDF")
    assert bytes(await (await sent.document.get_file()).download_as_bytearray()) == b"%PDF"
    again = await ptb.send_document(marija.id, sent.document.file_id)
    assert again.document == sent.document
    media = telegram.InputMediaPhoto(PNG, caption="nov")
    edited = await ptb.edit_message_media(media, chat_id=marija.id, message_id=again.message_id)
    assert edited.caption == "nov"


async def test_refusals_become_the_librarys_exceptions(ptb, simulator, marija):
    with pytest.raises(error.BadRequest, match="Chat not found"):
        await ptb.send_message(7, "x")
    simulator.faults.add("sendMessage", "429", seconds=3)
    with pytest.raises(error.RetryAfter) as too_fast:
        await ptb.send_message(marija.id, "x")
    assert too_fast.value._retry_after.total_seconds() == 3
    simulator.faults.add("sendMessage", "cut_after")
    with pytest.raises(error.NetworkError):
        await ptb.send_message(marija.id, "x")
    marija.blocks()
    with pytest.raises(error.Forbidden, match="bot was blocked by the user"):
        await ptb.send_message(marija.id, "x")


async def test_menus_and_descriptions(ptb, marija):
    commands = [telegram.BotCommand("anketa", "Nadaljuj")]
    await ptb.set_my_commands(commands, scope=telegram.BotCommandScopeChat(marija.id), language_code="sl")
    got = await ptb.get_my_commands(scope=telegram.BotCommandScopeChat(marija.id), language_code="sl")
    assert list(got) == commands
    await ptb.set_chat_menu_button(menu_button=telegram.MenuButtonCommands())
    assert await ptb.get_chat_menu_button() == telegram.MenuButtonCommands()
    await ptb.set_my_short_description("Vprašalniki")
    assert (await ptb.get_my_short_description()).short_description == "Vprašalniki"
