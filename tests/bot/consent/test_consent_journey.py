"""Consent that a librarian witnesses, and the end of it through anyone's hand: withdrawn, or everything erased."""

import io
import re
from datetime import timedelta
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import assistance as actions
from bot.actions import librarian as librarian_actions
from bot.actions.assistance import ConsentGiven
from bot.routing.handling import redraw
from bot.texts.participant import CONSENT_VERSION
from storage import chats, consents, participants
from storage.schema import EnrolmentState, Giver, audit
from surveys.model import EnrolmentRole, Mode

BREZICE, KAMNIK, NOVO_MESTO = "brezice-racunalnik", "kamnik-slovenscina", "novo-mesto-branje"
ALOUD = """Preberite osebi na glas:

Smo Knjižnica Brežice. Radi bi izvedeli, kaj ljudem prinese program »Delavnice v knjižnici«."""


@pytest.fixture
async def spring(village):
    return await village.cohort(BREZICE, name="Pomlad")


@pytest.fixture
async def marija(village, spring):
    return await village.enrol(spring)


@pytest.fixture
async def librarian(village, spring):
    return await village.librarian(BREZICE)


async def recorded(village, cohort):
    """Every consent of a cohort, shortly."""
    found = await query(village, consents.of_cohort, cohort_id=cohort.id)
    return [(one.giver, one.mode, one.version, one.language, one.recorded_by, one.withdrawn_by) for one in found]


async def state(village, person):
    enrolment = await query(village, participants.of_enrolment, enrolment_id=person.enrolment)
    return enrolment.state


async def last_deed(village):
    rows = await village.services.database.read(
        lambda connection: connection.execute(select(audit.c.actor, audit.c.action).order_by(audit.c.id)).all()
    )
    return tuple(rows[-1])


async def test_who_cannot_read_hears_the_text_and_the_librarian_witnesses_the_answer(
    village, spring, marija, librarian
):
    await say(librarian, f"/udelezenec {marija.code}")
    card = await tap(librarian, "Zapiši privolitev")
    assert card.startswith(f"Privolitev za {marija.code}\n\n{ALOUD}")
    assert card.split("\n\n")[-2] == "Ali dovolite, da vas sprašujemo?"
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    assert librarian.buttons == [
        "Prebrano in dovoljeno",
        "Oseba sama, s podpisom",
        "Starš ali skrbnik podpiše",
        "Ne dovoli",
        "Lahko branje",
        "English",
        "Obrazec za privolitev",
        "Prekliči",
    ]
    await tap(librarian, "Ne dovoli")
    assert await state(village, marija) is EnrolmentState.DECLINED
    assert await last_deed(village) == ("staff:1", "participant.decline")
    await tap(librarian, "Zapiši privolitev")
    assert "Ne dovoli" not in librarian.buttons
    await tap(librarian, "Prebrano in dovoljeno", again=True, new_query_id=True)
    once = [(Giver.WITNESS, Mode.ASSISTED, CONSENT_VERSION, "sl", "staff:1", None)]
    assert await recorded(village, spring) == once
    assert "Zapiši privolitev" not in librarian.buttons
    await forge(librarian, actions.ask_recorded_consent(marija.enrolment))
    await forge(librarian, actions.record_consent(marija.enrolment, ConsentGiven.SIGNED, EnrolmentRole.PARTICIPANT))
    assert await recorded(village, spring) == once
    phone = village.simulator.person("Marija")
    await phone.follows(village.link(marija.token))
    await phone.settles()
    await tap(phone, "Da")
    assert await recorded(village, spring) == once
    await say(phone, "/stop")
    await tap(phone, "Samo nehajte pisati")
    by = f"participant:{marija.code}"
    assert await recorded(village, spring) == [(*once[0][:-1], by)]


async def test_the_guardian_of_a_child_hears_what_concerns_the_child(village):
    group = await village.cohort(NOVO_MESTO)
    child = await village.enrol(group)
    librarian = await village.librarian(NOVO_MESTO)
    await say(librarian, f"/udelezenec {child.code}")
    card = await tap(librarian, "Zapiši privolitev")
    assert card.split("\n\n")[1] == "Preberite staršu ali skrbniku na glas:"
    assert card.split("\n\n")[-2] == "Ali kot starš ali skrbnik dovolite, da vaš otrok sodeluje?"
    await forge(librarian, actions.record_consent(child.enrolment, ConsentGiven.ALOUD, EnrolmentRole.PARTICIPANT))
    assert await recorded(village, group) == []
    await say(librarian, f"/udelezenec {child.code}")
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, "Prebrano in dovoljeno")
    assert await recorded(village, group) == [(Giver.GUARDIAN, Mode.ASSISTED, CONSENT_VERSION, "sl", "staff:1", None)]
    await tap(librarian, "Konec sodelovanja")
    await tap(librarian, "Da, končaj")
    assert await recorded(village, group) == [
        (Giver.GUARDIAN, Mode.ASSISTED, CONSENT_VERSION, "sl", "staff:1", "staff:1")
    ]


async def test_a_librarian_erases_everything_of_a_person_who_asks_for_it(
    village, spring, marija, librarian, village_url
):
    phone = village.simulator.person("Marija")
    await phone.follows(village.link(marija.token))
    await phone.settles()
    await tap(phone, "Da")
    await tap(phone, phone.buttons[0])
    await say(librarian, f"/udelezenec {marija.code}")
    asked = await tap(librarian, "Izbriši podatke osebe")
    assert asked.startswith(f"Izbris podatkov: {marija.code}\n\nIzbrišemo vse odgovore, zgodbe, privolitve in povezavo")
    assert await drawn_again(village, librarian) == (asked, ["Prekliči"])
    assert (
        await say(librarian, marija.code[:-1] + ("C" if marija.code[-1] == "A" else "A"))
        == f"To ni šifra te osebe. Nič ni izbrisano.\n\n{asked}"
    )
    other = await village.enrol(spring)
    assert (await say(librarian, other.code)).startswith("To ni šifra te osebe. Nič ni izbrisano.")
    await tap(librarian, "Prekliči")
    assert (await say(librarian, marija.code)).startswith(f"{marija.code}\nPomlad")
    assert await state(village, marija) is EnrolmentState.ACTIVE

    await tap(librarian, "Izbriši podatke osebe")
    assert in_files(village_url, marija.code)
    gone = await say(librarian, marija.code.lower())
    assert gone.startswith("Podatki so izbrisani.")
    assert await drawn_again(village, librarian) == (gone, ["Na začetek"])
    assert await state(village, marija) is EnrolmentState.ERASED
    assert await last_deed(village) == ("staff:1", "participant.erase")
    assert await recorded(village, spring) == []
    assert not in_files(village_url, marija.code)
    assert (await say(librarian, marija.code)).startswith("Te šifre ni v skupinah vaše knjižnice.")
    await forge(librarian, librarian_actions.ask_erasure_of_person(marija.enrolment))
    assert librarian.toasts[-1].text == "Ta gumb tukaj ne velja."

    await shown_again(village)
    await phone.settles()
    assert (phone.screen.text, phone.buttons) == ("Vaši podatki so izbrisani. Hvala, da ste bili z nami.", [])
    chat = village.services.keys.seal_id(phone.id)
    assert await query(village, chats.load, chat_ref=chat) is None


def in_files(url, words):
    """Whether this stands anywhere in the files of the database, be it in pages that are free."""
    file = Path(url.removeprefix("sqlite:///"))
    return any(words.encode() in one.read_bytes() for one in file.parent.glob(f"{file.name}*"))


async def shown_again(village):
    """What the tick does for chats that are behind."""
    now = village.clock()
    unit = partial(redraw, services=village.services, now=now, before=now + timedelta(seconds=1))
    for turn in await village.services.database.write(unit):
        await village.edge.show(turn)


async def test_a_chat_that_others_use_too_goes_on_with_them(village, spring, librarian):
    phone = village.simulator.person("Breda")
    first = await village.enrol(await village.cohort(NOVO_MESTO))
    second = await village.enrol(await village.cohort(NOVO_MESTO, name="Jesen"))
    for child in (first, second):
        await phone.follows(village.link(child.token))
        await phone.settles()
        await tap(phone, "Za svojega otroka")
        await tap(phone, "Da, dovolim")
    helper = await village.librarian(NOVO_MESTO)
    await say(helper, f"/udelezenec {first.code}")
    await tap(helper, "Izbriši podatke osebe")
    await say(helper, first.code)
    await shown_again(village)
    await phone.settles()
    assert phone.screen.text != "Vaši podatki so izbrisani. Hvala, da ste bili z nami."
    assert await state(village, second) is EnrolmentState.ACTIVE


async def test_a_librarian_of_another_library_neither_records_nor_erases(village, spring, marija, librarian):
    other = await village.librarian(KAMNIK)
    number = marija.enrolment
    erase = librarian_actions.ask_erasure_of_person(number)
    for action in (actions.ask_recorded_consent(number), actions.record_refusal(number), erase):
        assert await forge(other, action) == "Ta gumb tukaj ne velja."
    assert marija.code not in other.screen.text
    assert await state(village, marija) is EnrolmentState.INVITED


async def test_the_library_can_account_for_every_consent(village, spring, marija, librarian):
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    await tap(librarian, "Več")
    assert "Seznam privolitev" not in librarian.buttons
    await say(librarian, f"/udelezenec {marija.code}")
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, "Prebrano in dovoljeno")
    await tap(librarian, "V skupino")
    await tap(librarian, "Seznam privolitev", again=True, new_query_id=True)
    await forge(librarian, actions.order_consent_list(spring.id))
    await village.ticks()
    await librarian.settles()
    [message] = [one for one in librarian.messages if one.media is not None]
    assert message.media.name == "privolitve-BRE-2026-03-02.xlsx"
    assert message.text.startswith("Seznam privolitev · Pomlad\n1\xa0privolitev\n\n")
    book = openpyxl.load_workbook(io.BytesIO(message.media.data))
    given, said = ([[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book)
    text_hash = given[1][7]
    assert given[1:] == [
        [
            marija.code,
            BREZICE,
            "Pomlad",
            "oseba sama ustno ob priči",
            CONSENT_VERSION,
            "sl",
            "prebrano na glas, podpisano ali prebrano v kiosku",
            text_hash,
            None,
            "2026-03-02 10:00",
            "knjižnica, številka 1",
            None,
            None,
        ]
    ]
    assert re.fullmatch("[0-9a-f]{64}", text_hash)
    assert [row[:4] for row in said[1:]] == [
        [CONSENT_VERSION, "sl", "prebrano na glas, podpisano ali prebrano v kiosku", text_hash]
    ]
    assert said[1][4].startswith("Smo {library}.")
    assert await last_deed(village) == ("staff:1", "consents.order")
    other = await village.librarian(KAMNIK)
    assert await forge(other, actions.order_consent_list(spring.id)) == "Ta gumb tukaj ne velja."
