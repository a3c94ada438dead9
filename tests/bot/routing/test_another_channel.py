"""A second channel, without push and without edits: whole journeys need nothing but the seam."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.conversation.arrivals import Command, Tap
from bot.conversation.channel import Channels
from bot.conversation.outcomes import Refused
from bot.conversation.screens import Screen
from storage import chats
from storage.schema import DeliveryKind, DeliveryState, delivery, handled_update, run
from storage.secrets.addresses import Address
from surveys.model import Mode

pytestmark = pytest.mark.both_databases

BREZICE = "brezice-racunalnik"


async def answers_all(person):
    """Answer whatever is asked with its first option, and hand in."""
    for _ in range(40):
        if "Oddaj odgovore" in person.buttons:
            return await person.taps("Oddaj odgovore")
        if "Napišite številko" in person.text:
            await person.says("1")
        elif "Preskoči" in person.buttons:
            await person.taps("Preskoči")
        else:
            await person.taps(person.buttons[0])
            if "Naprej ›" in person.buttons and person.buttons[0].startswith("✓"):
                await person.taps("Naprej")
    raise AssertionError("the questionnaire has no end")


async def rows(village, statement):
    return await village.services.database.read(lambda c: [tuple(row) for row in c.execute(statement)])


async def joined(village):
    enrolled = await village.enrol(await village.cohort(BREZICE))
    person = village.visitor()
    await person.opens(village.link(enrolled.token))
    await person.taps("Da")
    return person


async def test_a_participant_from_the_link_to_the_thanks(memory_village):
    person = await joined(memory_village)
    assert person.text.startswith("1 od 8\n\n")
    assert (await answers_all(person)).startswith("Hvala")
    assert await rows(memory_village, select(run.c.mode, run.c.channel)) == [(Mode.SELF, "memory")]
    row = await memory_village.services.database.read(lambda c: chats.load(c, person.chat))
    assert (row.channel, row.shown) == ("memory", row.wanted)


async def test_what_comes_due_waits_for_whoever_comes_by(memory_village):
    person = await joined(memory_village)
    await answers_all(person)
    seen = len(person.page.screens)
    await memory_village.travel(datetime(2026, 5, 6, 12, 0, tzinfo=UTC))
    assert len(person.page.screens) == seen
    openings = select(delivery.c.state, delivery.c.problem).where(
        delivery.c.kind == DeliveryKind.OPENING, delivery.c.state != DeliveryState.DUE
    )
    told = "this channel writes to nobody who is not there"
    assert (DeliveryState.FAILED, told) in await rows(memory_village, openings)
    await person.commands("anketa")
    assert person.text.startswith("1 od ")
    assert (await answers_all(person)).startswith("Hvala")


async def test_a_librarian_enrols_and_answers_for_somebody(memory_village):
    await memory_village.cohort(BREZICE)
    librarian = await memory_village.librarian(BREZICE)
    assert librarian.text.startswith("Pozdravljeni!\nVaša vloga: knjižničarka ali knjižničar\nKnjižnica Brežice")
    await librarian.commands("vpis")
    await librarian.taps("Pomlad")
    await librarian.taps("1\xa0oseba")
    picture = librarian.page.screens[-2]
    code = re.search(r"BRE-\w{5}", picture.text)[0]
    assert re.search(r"memory:[\w-]{24}", picture.text)
    await librarian.commands("udelezenec", code)
    await librarian.taps("Zapiši privolitev")
    await librarian.taps("Oseba sama, s podpisom")
    await librarian.commands("izpolni", code)
    assert librarian.text.startswith(f"Odgovori za osebo s šifro {code}.\n\n1 od 8\n\n")
    assert await answers_all(librarian) == f"Hvala! Odgovori osebe s šifro {code} so shranjeni."
    assert await rows(memory_village, select(run.c.mode, run.c.channel)) == [(Mode.ASSISTED, "memory")]


async def test_the_same_that_comes_again_changes_nothing(memory_village):
    person = await joined(memory_village)
    first = person.page.screens[-1].rows[0][0].action
    await person.asks(Tap(first), key="the-same")
    second = person.text
    await person.asks(Tap(first), key="the-same")
    assert person.text == second
    marks = await rows(memory_village, select(handled_update.c.channel, handled_update.c.key))
    assert ("memory", "the-same") in marks


async def test_an_old_button_does_nothing_and_says_where_one_is(memory_village):
    person = await joined(memory_village)
    old = person.page.screens[0].rows[0][0].action
    await person.asks(Tap(old))
    assert person.text.startswith("1 od 8\n\n")


async def test_no_text_names_a_command_that_this_channel_does_not_have(memory_village):
    person = await joined(memory_village)
    await person.asks(Command("pomoc"))
    assert "»anketa«" in person.text
    assert "/" not in person.text


async def test_each_message_goes_by_the_channel_of_its_chat(memory_village):
    channels = Channels(memory_village.services.keys, [memory_village.channel])
    elsewhere = memory_village.services.keys.seal_address(Address.of_number(7))
    assert await channels.send(elsewhere, Screen("Pozdravljeni.")) == Refused(
        permanent=True, problem="this channel is not in use any more"
    )
