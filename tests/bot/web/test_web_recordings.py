"""A recording that was made or chosen in a browser is heard by whoever listens, in a browser and in Telegram."""

import re
from datetime import UTC, datetime

import pytest
from plugins.at_the_desk import say, tap
from plugins.web_desk import at_a_desk, without_telegram

from storage.schema import Role
from tests.bot.participant.test_listening import BREZICE, answering, heard
from tests.bot.web.test_attacks import joined

WEBM = b"\x1aE\xdf\xa3" + b"w" * 400
OGG = b"OggS" + b"o" * 400
M4A = b"\0\0\0\x18ftypM4A " + b"m" * 400
MP3 = b"ID3" + b"p" * 400
HOW = [(WEBM, "audio/webm", "document"), (OGG, "audio/ogg", "voice"), (M4A, "audio/mp4", "voice")]


async def speaks(village, data, mime):
    """Somebody answers with a recording, as the script of the page sends it."""
    person, _ = await joined(village)
    await person.answers_all()
    await village.travel(datetime(2026, 5, 6, 12, 0, tzinfo=UTC))
    await person.commands("anketa")
    while not person.page.find_class("recorder"):
        await person.answers_one()
    await person.presses("🎤", file=("glas", data, mime), seconds="7")
    await person.answers_all()
    await village.ticks()


async def sounds(surfer):
    """Every recording on the page, with what the browser is told that it is."""
    found = []
    for address in surfer.page.xpath("//audio/@src"):
        async with surfer.client.get(address) as response:
            found.append((await response.read(), response.content_type))
    return found


@pytest.mark.both_databases
@pytest.mark.parametrize(("data", "mime", "kind"), HOW)
async def test_what_was_spoken_in_a_browser_is_heard_in_telegram_and_at_a_desk(web_village, data, mime, kind):
    await speaks(web_village, data, mime)
    librarian = await web_village.librarian(BREZICE)
    for _ in range(2):
        await say(librarian, "/prepis")
        assert librarian.buttons[0].endswith("7 s")
        await tap(librarian, librarian.buttons[0])
    desk = await at_a_desk(web_village, librarian)
    await desk.commands("prepis")
    await desk.presses(desk.buttons[0])
    assert await sounds(desk) == [(data, mime)]
    assert heard(librarian)[:2] == [data, data]
    assert {one.media.kind for one in librarian.messages if one.by_bot and one.media} == {kind}
    assert all("web:" not in str(one.params) for one in web_village.simulator.requests)


@pytest.mark.parametrize(("data", "mime", "kind"), [*HOW, (MP3, "audio/mpeg", "voice")])
async def test_staff_without_a_script_choose_a_recording_and_people_hear_it(web_village, data, mime, kind):
    desk = await without_telegram(web_village, Role.LIBRARIAN, web_village.programme(BREZICE).code)
    await desk.commands("posnemi")
    await desk.presses("izhodišče")
    await desk.presses("Slovenščina")
    await desk.presses("Pošlji datoteko", file=("prvo", data, mime.replace("audio/webm", "video/webm")))
    assert "Posnetek je shranjen." in desk.text
    await web_village.ticks()
    await desk.presses("🔊 Poslušaj")
    assert re.search(r"Posnetek: \D*2\.\s3\.\s2026(?!,)", desk.text)  # how long it is nobody has counted
    assert await sounds(desk) == [(data, mime)]
    person = await answering(web_village.village)
    await tap(person, "🔊 Poslušaj")
    assert heard(person) == [data]
    assert person.messages[-2].media.kind == kind
