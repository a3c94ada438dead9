"""Answers and stories that are spoken, over HTTP: kept, typed in by a librarian, exported, given back, erased."""

import json

from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select, update

from bot.actions import assistance as actions
from bot.actions import coordinator as coordinator_actions
from bot.conversation.request import LONGEST_SECONDS
from bot.texts import kiosk as kiosk_texts
from bot.texts import recording as texts
from bot.texts import story_desk
from bot.texts.slovene import participant
from bot.texts.slovene import stories as story_texts
from bot.worker import requests
from storage import stories
from storage.answers import definitions, responses
from storage.schema import OccasionState, answer_change, attachment, occasion, voice
from storage.schema import participant as participant_table
from surveys.model import Answer, Mode

BREZICE, ITEM = "brezice-racunalnik", "outcome_words"
SOUND, AGAIN = b"OggS" + b"a" * 300, b"OggS" + b"b" * 300
SPOKEN = "zvočni posnetek, 12 s"
WORDS = "Zdaj vnukom pišem sama."


async def speak(person, data=SOUND, seconds=12):
    await person.sends_voice(data, seconds=seconds)
    await person.settles()
    return person.screen.text


async def at_the_open_question(village, name="Marija"):
    """Somebody who has answered all but the open question at the end, which is on the screen."""
    enrolled = await village.enrol(await village.cohort(BREZICE, name=f"Pomlad {name}"))
    person = village.simulator.person(name)
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da, želim sodelovati")
    programme, now = village.programme(BREZICE), village.clock()
    asked = programme.questionnaire(programme.wave("after"))
    given = {item.id: Answer(value=1) for item in asked.items if item.id != ITEM}

    def answer(connection):
        mine = occasion.c.enrolment == enrolled.enrolment
        connection.execute(update(occasion).where(mine).values(state=OccasionState.COMPLETE))
        last = (mine, occasion.c.wave == "after")
        connection.execute(update(occasion).where(*last).values(state=OccasionState.OPEN, opens_at=now))
        version = definitions.store_version(connection, asked, programme, now)
        number = connection.execute(select(occasion.c.id).where(*last)).scalar_one()
        run = responses.begin(connection, number, version, Mode.SELF, now)
        responses.store(connection, village.services.keys, run.id, given, "system", now)

    await village.services.database.write(answer)
    await say(person, "/anketa")
    assert asked.item(ITEM).text in person.screen.text
    return person


async def held(village):
    """The sounds that are kept, opened."""
    rows = await query(village, lambda c: c.execute(select(attachment.c.data_sealed).order_by(attachment.c.id)).all())
    return [None if row.data_sealed is None else village.services.keys.open_bytes(row.data_sealed) for row in rows]


def heard(person):
    """The recordings that the bot has sent to this person."""
    return [
        (message.media.data, message.protect_content)
        for message in person.messages
        if message.by_bot and message.media and message.media.kind == "voice"
    ]


async def test_an_answer_is_spoken_typed_in_by_a_librarian_and_exported(village, caplog):
    person = await at_the_open_question(village)
    librarian = await village.librarian(BREZICE)
    assert f"{participant.YOUR_ANSWER}" not in person.screen.text
    assert SPOKEN in await speak(person)
    await tap(person, "‹ Nazaj")
    assert SPOKEN in await speak(person, AGAIN)
    assert await held(village) == [AGAIN]
    assert texts.WAITING_NONE.split("\n")[-1] in await say(librarian, "/prepis")
    await tap(person, "Oddaj odgovore")

    await say(librarian, "/prepis")
    assert "Kaj je za vas zdaj drugače?" in librarian.screen.text
    await tap(librarian, librarian.buttons[0])
    assert heard(librarian) == [(AGAIN, True)]
    assert texts.RIGHT not in librarian.buttons
    assert texts.IS_IT_RIGHT in await say(librarian, "Zdaj vnukom pišem.")
    assert f"»{WORDS}«" in await say(librarian, WORDS)
    card, labels = await drawn_again(village, librarian)
    assert (card, labels) == (librarian.screen.text, librarian.buttons)
    await forge(librarian, actions.confirm_transcript((await only(village)).id, 1))
    assert texts.RIGHT in librarian.buttons
    await tap(librarian, texts.RIGHT)
    assert texts.TYPED in librarian.screen.text
    assert texts.WAITING_NONE.split("\n")[-1] in librarian.screen.text

    said = await only(village)
    assert (said.typed_at, said.typed_by) == (village.clock(), "staff:1")
    before = await query(village, lambda c: c.execute(select(answer_change).order_by(answer_change.c.id)).all())
    assert [(village.services.keys.open_text(row.text_sealed), row.changed_by[:6]) for row in before] == [
        (SPOKEN, "staff:"),
        ("Zdaj vnukom pišem.", "staff:"),
    ]
    assert await held(village) == [AGAIN]
    exported = await requests.files(village.services, requests.ExportSpec(BREZICE, "csv", texts=True))
    tables = [file.data.decode("utf-8-sig") for file in exported if file.name.endswith(".csv")]
    assert [(WORDS in table, SPOKEN in table) for table in tables] == [(True, False)] * 2

    await say(person, "/moji_podatki")
    assert "Zvočni posnetki: 1." in person.screen.text
    assert heard(person) == [(AGAIN, False)]
    file = next(one.media for one in person.messages if one.media and one.media.name == "moji-podatki.json")
    assert [(one["of"], one["seconds"]) for one in json.loads(file.data)[0]["recordings"]] == [(ITEM, 12)]
    await say(person, "/izbris")
    await tap(person, participant.ERASE_YES)
    assert await held(village) == []
    assert await query(village, lambda c: c.execute(select(voice)).all()) == []
    assert [word for word in ("OggS", WORDS, SPOKEN) if word in caplog.text] == []


async def only(village):
    return await query(village, lambda c: c.execute(select(voice)).one())


async def test_typing_takes_the_place_of_a_recording_and_other_cards_take_none(village):
    person = await at_the_open_question(village)
    assert participant.VOICE_TOO_LONG in await speak(person, seconds=LONGEST_SECONDS + 1)
    await person.sends_document(b"x", "x.txt")
    await person.settles()
    assert participant.NOT_TEXT in person.screen.text
    await speak(person)
    await speak(person)  # at the summary, where only buttons help
    assert participant.NOT_TEXT in person.screen.text
    assert await held(village) == [SOUND]
    await tap(person, "‹ Nazaj")
    await say(person, WORDS)
    assert WORDS in person.screen.text
    assert await held(village) == []


async def test_only_staff_of_the_library_listens_and_types(village):
    person = await at_the_open_question(village)
    await speak(person)
    await tap(person, "Oddaj odgovore")
    number = (await only(village)).id
    stranger = await village.librarian("kamnik-slovenscina")
    for action in (actions.hear_voice(number), actions.confirm_transcript(number, 1), actions.hear_voice(99)):
        assert await forge(stranger, action) == participant.NOT_YOURS
        assert await forge(person, action) == participant.NOT_YOURS
    assert "To je za knjižničarje" in await say(person, "/prepis")
    assert heard(stranger) == heard(person) == []


async def test_a_story_is_spoken_listened_to_and_published_only_in_words(village):
    person = await at_the_open_question(village)
    await say(person, WORDS)
    await tap(person, "Oddaj odgovore")
    await tap(person, story_texts.TELL)
    assert participant.VOICE_TOO_LONG in await speak(person, seconds=LONGEST_SECONDS + 1)
    assert SPOKEN in await speak(person)
    assert story_texts.ONE_RECORDING in await speak(person, AGAIN)
    assert f"{SPOKEN}\nIn še to." in await say(person, "In še to.")
    await tap(person, story_texts.TELL_AGAIN)
    await say(person, "Napisano.")
    assert await held(village) == []
    assert f"Napisano.\n{SPOKEN}" in await speak(person, AGAIN)
    await tap(person, story_texts.RIGHT)
    await tap(person, story_texts.PUBLISH)

    coordinator = await village.coordinator(BREZICE)
    await say(coordinator, "/zgodbe")
    await tap(coordinator, coordinator.buttons[0])
    assert coordinator.buttons[0] == texts.LISTEN
    assert story_desk.APPROVE not in coordinator.buttons
    told = await query(village, lambda c: stories.of_programmes(c, village.services.keys, [BREZICE])[0])
    await forge(coordinator, coordinator_actions.approve_story(told.id, told.revision))
    assert (await query(village, stories.load, keys=village.services.keys, story_id=told.id)).decision is None
    await tap(coordinator, texts.LISTEN)
    assert heard(coordinator) == [(AGAIN, True)]
    await tap(coordinator, story_desk.EDIT)
    await say(coordinator, WORDS)
    await tap(coordinator, story_desk.APPROVE)
    assert (await only(village)).typed_by == "staff:1"
    await village.ticks()
    await say(person, "/moji_podatki")
    assert heard(person) == [(AGAIN, False)]
    await tap(person, story_texts.TITLE)
    assert SPOKEN in person.screen.text
    await tap(person, story_texts.DELETE)
    await tap(person, story_texts.DELETE_YES)
    assert await held(village) == []
    await tap(coordinator, texts.LISTEN)
    assert "Te zgodbe ni več." in coordinator.screen.text or coordinator.toasts[-1].text == participant.NOT_YOURS


async def test_in_a_kiosk_an_open_question_can_be_spoken_and_nothing_stays_in_the_chat(village):
    await at_the_open_question(village)
    librarian = await village.librarian(BREZICE)
    code = await query(village, lambda c: c.execute(select(participant_table.c.code)).scalar_one())
    await say(librarian, "/kiosk")
    await tap(librarian, kiosk_texts.BEGIN)
    assert "Vpišite svojo šifro." in await speak(librarian)  # nobody is there yet
    await say(librarian, code)
    assert SPOKEN in await speak(librarian)
    assert await held(village) == [SOUND]
    assert [message for message in librarian.messages if message.media and not message.by_bot] == []
