"""Questions that are read aloud, over HTTP: recorded by a librarian, heard by who answers, and nothing else changes."""

import asyncio

from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import assistance as actions
from bot.actions.participant import hear_question
from bot.participant import question_audio
from bot.texts import recording as texts
from storage import recordings, schema

BREZICE = "brezice-racunalnik"
SOUND, LOUDER = b"OggS" + b"a" * 400, b"OggS" + b"b" * 400


async def record(person, data=SOUND, seconds=7):
    await person.sends_voice(data, seconds=seconds)
    await person.settles()
    return person.screen.text


async def at_the_first_question(village):
    """A librarian before the words of the first question."""
    librarian = await village.librarian(BREZICE)
    await say(librarian, "/posnemi")
    await tap(librarian, "izhodišče")
    await tap(librarian, "Slovenščina")
    return librarian


async def answering(village):
    """Somebody at the first question."""
    enrolled = await village.enrol(await village.cohort(BREZICE))
    person = village.simulator.person()
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da, želim sodelovati")
    return person


def heard(person):
    """What the bot has let this person hear."""
    return [message.media.data for message in person.messages if message.by_bot and message.media]


async def test_a_librarian_reads_aloud_and_whoever_answers_hears_it_above_the_card(village, caplog):
    librarian = await at_the_first_question(village)
    item = village.programme(BREZICE).questionnaires[0].items[0]
    assert "\n".join(question_audio.words(item)) in librarian.screen.text
    assert "Posnetka še ni." in librarian.screen.text
    assert "Posnetek je shranjen. Posneto: 1 od " in await record(librarian)
    assert "Posnetek: 2. 3. 2026, 7 s" in librarian.screen.text.replace("\u00a0", " ")
    assert (await drawn_again(village, librarian))[1] == librarian.buttons
    await tap(librarian, texts.LISTEN)
    assert heard(librarian) == [SOUND]
    assert librarian.buttons[:2] == [texts.LISTEN, texts.DELETE]

    person = await answering(village)
    assert person.buttons[0] == "🔊 Poslušaj"
    card, answers = person.screen, person.buttons
    tapped = next(button.data for row in card.buttons for button in row)
    await tap(person, "🔊 Poslušaj")
    assert heard(person) == [SOUND]
    assert (person.screen.text, person.buttons) == (card.text, answers)
    assert person.screen.id > card.id
    assert (await drawn_again(village, person))[1] == person.buttons
    await person.taps_data(card.id, tapped)  # the same tap once more, late
    await person.settles()
    assert heard(person) == [SOUND]
    await tap(person, "🔊 Poslušaj")
    assert heard(person) == [SOUND, SOUND]
    await say(person, "1")
    assert "2 od" in person.screen.text
    assert "🔊 Poslušaj" not in person.buttons
    rows = await query(village, lambda c: c.execute(select(schema.attachment)).all())
    assert [village.services.keys.open_bytes(row.data_sealed) for row in rows] == [SOUND]
    assert "OggS" not in caplog.text


async def test_a_refused_name_of_a_file_is_followed_by_an_upload_and_the_new_name_is_remembered(village):
    librarian = await at_the_first_question(village)
    await record(librarian)
    world = village.simulator.world
    for name in list(world.files):
        del world.files[name]
    await tap(librarian, texts.LISTEN)
    assert heard(librarian) == [SOUND]
    await tap(librarian, texts.LISTEN)
    assert heard(librarian) == [SOUND, SOUND]
    voices = [request for request in village.simulator.requests if request.method == "sendVoice"]
    assert [(request.status, request.files) for request in voices] == [(400, []), (200, ["voice"]), (200, [])]


async def test_a_second_recording_replaces_the_first_and_a_deleted_one_is_heard_no_more(village):
    librarian = await at_the_first_question(village)
    await record(librarian)
    await record(librarian, LOUDER)
    person = await answering(village)
    await tap(person, "🔊 Poslušaj")
    assert heard(person) == [LOUDER]
    asked = await tap(librarian, texts.DELETE)
    assert asked.startswith("Želite posnetek izbrisati?\n\nKako vam gre delo z računalnikom?")
    assert await drawn_again(village, librarian) == (asked, [texts.DELETE_YES, texts.DELETE_NO])
    await tap(librarian, texts.DELETE_NO)
    assert librarian.buttons[:2] == [texts.LISTEN, texts.DELETE]
    await tap(librarian, texts.DELETE)
    await tap(librarian, texts.DELETE_YES)
    assert "Posnetka še ni." in librarian.screen.text
    await tap(person, "🔊 Poslušaj")
    assert heard(person) == [LOUDER]
    assert "🔊 Poslušaj" not in person.buttons
    assert await query(village, lambda c: c.execute(select(schema.attachment)).all()) == []


async def test_two_taps_at_once_play_once(village):
    await record(await at_the_first_question(village))
    person = await answering(village)
    await asyncio.gather(person.taps("🔊 Poslušaj"), person.taps("🔊 Poslušaj"))
    await person.settles()
    assert heard(person) == [SOUND]


async def test_what_is_too_long_or_no_recording_is_refused_with_a_sentence_and_stores_nothing(village):
    librarian = await at_the_first_question(village)
    assert texts.TOO_LONG in await record(librarian, seconds=121)
    assert texts.TOO_LONG in await record(librarian, b"OggS" + bytes(2 * 2**20))
    await librarian.sends_document(b"x", "x.txt")
    await librarian.settles()
    assert await query(village, lambda c: c.execute(select(schema.attachment)).all()) == []


async def test_a_librarian_goes_from_question_to_question_and_sees_how_much_is_done(village):
    librarian = await at_the_first_question(village)
    questions = len(village.programme(BREZICE).questionnaires[0].items)
    for number in range(1, questions):
        assert f"Posneto: {number} od {questions}" in await record(librarian)
        await tap(librarian, texts.NEXT)
    assert "Posneta so vsa vprašanja" in await record(librarian)
    assert texts.NEXT not in librarian.buttons
    await tap(librarian, texts.PREVIOUS)
    assert f"{questions - 1} od {questions}" in librarian.screen.text
    await tap(librarian, texts.OTHER)
    await tap(librarian, "zaključek")
    assert librarian.buttons[:2] == ["Slovenščina", "Lahko branje"]
    await tap(librarian, "Slovenščina")
    first = village.programme(BREZICE).questionnaires[1].items[0]
    shared = await query(
        village, recordings.is_there, programme=BREZICE, words_hash=question_audio.key(first)
    )  # the same words in another wave
    assert (texts.LISTEN in librarian.buttons) == shared


async def test_only_who_may_record_records_and_forged_taps_lead_home(village):
    person = await answering(village)
    await say(person, "/posnemi")
    assert "To je za knjižničarje" in person.screen.text
    first = (BREZICE, 0, "sl", 0)
    asked = (actions.read_aloud(*first), actions.hear_reading(*first), actions.drop_recording(1))
    for action in (*asked, hear_question(99, 0, 0)):
        assert await forge(person, action) == "Ta gumb tukaj ne velja."
    librarian = await village.librarian(BREZICE)
    for action in (actions.read_aloud(BREZICE, 9), actions.hear_reading(BREZICE, 0, "xx", 0)):
        assert await forge(librarian, action) == "Ta gumb tukaj ne velja."
    assert await forge(librarian, actions.hear_reading(*first)) == texts.NOTHING_TO_HEAR
    assert await forge(librarian, f"{actions.read_aloud.name}:{BREZICE}:x") == "Ta gumb ne velja več."
    await forge(librarian, actions.read_aloud(*first))
    await forge(librarian, actions.drop_recording(1))
    assert "Posnetka še ni." in librarian.screen.text
