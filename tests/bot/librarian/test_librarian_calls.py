"""/klici on a phone: what came of a call is one tap, the person leaves the list and returns, mistakes are undone."""

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import librarian as actions
from bot.actions.librarian import RefusedInCall, Talked
from storage import occasions, participants
from storage.schema import (
    CallOutcome,
    DeliveryKind,
    DeliveryState,
    EnrolmentState,
    OccasionState,
    audit,
    call_note,
    delivery,
)

BREZICE, KAMNIK = "brezice-racunalnik", "kamnik-slovenscina"
NOBODY = "Koga poklicati\n\nZdaj ni treba poklicati nikogar."


@pytest.fixture
async def marija(village):
    """Somebody who takes part, with a phone."""
    person = await village.enrol(await village.cohort(BREZICE, name="Pomlad"))
    phone = village.simulator.person("Marija")
    await phone.follows(village.link(person.token))
    await phone.settles()
    await tap(phone, "Da")
    return person, phone


@pytest.fixture
async def silent(village, marija):
    """The same person when the last reminder is out and nothing was answered."""
    await village.wait(days=8)
    return marija[0]


@pytest.fixture
async def blocked(village, marija):
    """The same person when the first reminder found the bot blocked: one more was still to come."""
    marija[1].blocks()
    await village.wait(days=3)
    return marija[0]


@pytest.fixture
async def librarian(village, marija):
    return await village.librarian(BREZICE)


async def call(librarian, person):
    await say(librarian, "/klici")
    return await tap(librarian, person.code)


async def noted(village):
    def read(connection):
        columns = (call_note.c.outcome, call_note.c.noted_at, call_note.c.noted_by, call_note.c.withdrawn_at)
        return [tuple(row) for row in connection.execute(select(*columns).order_by(call_note.c.id))]

    return await village.services.database.read(read)


async def audited(village):
    def read(connection):
        return [tuple(row) for row in connection.execute(select(audit.c.actor, audit.c.action).order_by(audit.c.id))]

    return (await village.services.database.read(read))[-1]


async def due(village, kind):
    def read(connection):
        wanted = (delivery.c.kind == kind, delivery.c.state == DeliveryState.DUE)
        return len(connection.execute(select(delivery.c.id).where(*wanted)).all())

    return await village.services.database.read(read)


async def state(village, person):
    return (await query(village, participants.of_enrolment, enrolment_id=person.enrolment)).state


async def test_the_card_of_a_call_says_why_and_offers_what_may_come_of_it(village, silent, librarian):
    card = await call(librarian, silent)
    assert card == (
        f"Klic: {silent.code}\nPomlad\n\n"
        "Zakaj: brez odgovora po zadnjem opomniku. Vprašalnik je odprt do 16.\xa03.\xa02026.\n\n"
        "Po klicu izberite, kako je bilo."
    )
    buttons = ["Poklicano", "Pride v knjižnico", "Ne želi", "Pregled osebe", "Koga poklicati"]
    assert librarian.buttons == buttons
    assert await drawn_again(village, librarian) == (card, buttons)
    assert (await tap(librarian, "Pregled osebe")).startswith(f"{silent.code}\nPomlad\n\nSodeluje.")


@pytest.mark.parametrize(
    ("label", "outcome", "words", "days"),
    [
        ("Poklicano", CallOutcome.REACHED, "poklicano", 3),
        ("Pride v knjižnico", CallOutcome.COMING, "pride v knjižnico", 7),
    ],
)
async def test_one_tap_takes_the_person_off_the_list_and_out_of_the_numbers_for_some_days(
    village, marija, librarian, label, outcome, words, days
):
    marija[1].blocks()  # so that the person needs a call for days
    await village.wait(days=3)
    person, moment = marija[0], village.clock()
    await call(librarian, person)
    card = await tap(librarian, label, again=True, new_query_id=True)
    assert card.startswith(f"{person.code}: {words}\n\nOsebe ni več na seznamu. Spet bo na njem čez {days}\xa0dni")
    assert librarian.buttons == ["Razveljavi", "Koga poklicati", "Pregled osebe", "Na začetek"]
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    assert await noted(village) == [(outcome, moment, "staff:1", None)]
    assert await audited(village) == ("staff:1", f"call.{outcome.value}")
    assert await tap(librarian, "Koga poklicati") == NOBODY
    assert (await say(librarian, "/stanje")).endswith("Za klic: 0")
    await village.wait(days=days - 1)
    assert await say(librarian, "/klici") == NOBODY
    await village.wait(days=1)
    assert (await say(librarian, "/stanje")).endswith("Za klic: 1")
    assert f"Prejšnji klici:\n• 5.\xa03.\xa02026: {words}" in await call(librarian, person)


async def test_who_was_called_returns_when_the_bot_is_blocked_after_the_call(village, marija, librarian):
    person, phone = marija
    await village.wait(days=8)
    await call(librarian, person)
    await tap(librarian, "Pride v knjižnico")
    await village.wait(hours=1)
    await village.write(participants.set_reachable, chat=village.services.keys.seal_id(phone.id), since=village.clock())
    assert "sporočila ne pridejo več: 1" in await say(librarian, "/klici")


async def test_a_call_is_taken_back_within_a_minute_and_not_later(village, silent, librarian):
    await call(librarian, silent)
    await tap(librarian, "Poklicano")
    await village.wait(seconds=60)
    await tap(librarian, "Razveljavi", again=True, new_query_id=True)
    assert librarian.screen.text == "Razveljavljeno.\n\nVse je spet tako, kot je bilo."
    assert await drawn_again(village, librarian) == (librarian.screen.text, librarian.buttons)
    assert librarian.buttons == ["Koga poklicati", "Pregled osebe", "Na začetek"]
    assert (await noted(village))[0][3] == village.clock()
    assert await audited(village) == ("staff:1", "call.undo")
    await tap(librarian, "Koga poklicati")
    await tap(librarian, silent.code)
    await tap(librarian, "Poklicano")
    await village.wait(seconds=61)
    await tap(librarian, "Razveljavi")
    assert librarian.toasts[-1].text == "Razveljaviti je mogoče le eno minuto."
    assert librarian.screen.text.startswith(f"{silent.code}: poklicano")
    assert librarian.buttons == ["Koga poklicati", "Pregled osebe", "Na začetek"]
    assert await say(librarian, "/klici") == NOBODY


async def test_who_does_not_want_this_questionnaire_is_asked_no_more_about_it(village, blocked, librarian, marija):
    assert await due(village, DeliveryKind.REMINDER) == 5
    await call(librarian, blocked)
    asked = await tap(librarian, "Ne želi")
    assert asked.startswith(f"{blocked.code}: česa oseba ne želi?")
    assert librarian.buttons == ["Tega vprašalnika", "Ničesar več", "Prekliči"]
    assert await drawn_again(village, librarian) == (asked, librarian.buttons)
    await tap(librarian, "Prekliči")
    assert await forge(librarian, actions.note_refusal(blocked.enrolment, RefusedInCall.WHAT_IS_OPEN)) is None
    assert await noted(village) == []
    await tap(librarian, "Ne želi")
    await tap(librarian, "Tega vprašalnika", again=True, new_query_id=True)
    assert librarian.screen.text.startswith(f"{blocked.code}: ne želi odgovoriti")
    assert await due(village, DeliveryKind.REMINDER) == 4
    assert await due(village, DeliveryKind.CLOSING) == 3
    assert await state(village, blocked) is EnrolmentState.ACTIVE
    assert await say(librarian, "/klici") == NOBODY
    await village.wait(days=10)
    assert await say(librarian, "/klici") == NOBODY
    await village.wait(days=52)  # the next questionnaire opens on 4 May
    assert (await call(librarian, blocked)).startswith(f"Klic: {blocked.code}")


async def test_a_refusal_that_was_a_mistake_is_taken_back_with_its_reminders(village, blocked, librarian):
    await call(librarian, blocked)
    await tap(librarian, "Ne želi")
    await tap(librarian, "Tega vprašalnika")
    await tap(librarian, "Razveljavi")
    assert await due(village, DeliveryKind.REMINDER) == 5
    assert (await call(librarian, blocked)).startswith(f"Klic: {blocked.code}")


async def test_who_wants_nothing_more_leaves_and_may_come_back_within_a_minute(village, silent, librarian):
    await call(librarian, silent)
    await tap(librarian, "Ne želi")
    card = await tap(librarian, "Ničesar več")
    assert card.startswith(f"{silent.code}: konec sodelovanja")
    assert librarian.buttons == ["Razveljavi", "Koga poklicati", "Pregled osebe", "Na začetek"]
    assert await state(village, silent) is EnrolmentState.LEFT
    assert await due(village, DeliveryKind.OPENING) == 0
    assert await tap(librarian, "Koga poklicati") == NOBODY
    await forge(librarian, actions.take_back(1))
    assert await state(village, silent) is EnrolmentState.ACTIVE
    assert await due(village, DeliveryKind.OPENING) == 2
    assert (await call(librarian, silent)).endswith("Po klicu izberite, kako je bilo.")


async def test_who_answered_while_the_card_was_open_is_not_noted(village, silent, librarian):
    await call(librarian, silent)
    first = (await query(village, occasions.of_enrolment, enrolment_id=silent.enrolment))[0]
    await village.write(occasions.settle, occasion_id=first.id, state=OccasionState.COMPLETE, now=village.clock())
    await tap(librarian, "Poklicano")
    assert librarian.screen.text == f"Klic: {silent.code}\n\nTa oseba zdaj ne čaka na klic."
    assert librarian.buttons == ["Pregled osebe", "Koga poklicati"]
    assert await noted(village) == []


async def test_others_neither_see_nor_note_nor_take_back(village, silent, librarian):
    await call(librarian, silent)
    await tap(librarian, "Poklicano")
    stranger = village.simulator.person("Tuj")
    await say(stranger, "/start")
    other = await village.staff("librarian", village.programme(KAMNIK).code, "Kaja")
    for one in (stranger, other):
        for action in (
            actions.show_call(silent.enrolment), actions.note_call(silent.enrolment, Talked.REACHED),
            actions.ask_what_is_refused(silent.enrolment), actions.take_back(1),
        ):  # fmt: skip
            assert await forge(one, action) == "Ta gumb tukaj ne velja."
    assert [row[3] for row in await noted(village)] == [None]


@pytest.mark.parametrize("action", ["note_call:1:left", "note_refusal:1:reached", "note_call:x:reached"])
async def test_a_forged_outcome_changes_nothing(village, silent, librarian, action):
    await call(librarian, silent)
    await forge(librarian, action)
    assert await noted(village) == []


async def test_who_never_opened_the_link_is_called_about_it(village, librarian):
    group = await village.cohort(BREZICE, name="Jesen")
    person = await village.enrol(group)
    await village.wait(days=6, hours=23)
    assert person.code not in await say(librarian, "/klici")
    await village.wait(hours=1)
    listed = await say(librarian, "/klici")
    assert f"{person.code} – povezava še ni odprta, od 2.\xa03.\xa02026" in listed.split("\n")
    card = await tap(librarian, person.code)
    assert card == (
        f"Klic: {person.code}\nJesen\n\nZakaj: povezava še ni odprta. Povezava čaka od 2.\xa03.\xa02026. "
        "V pregledu osebe jo pokažete ali naredite novo.\n\nPo klicu izberite, kako je bilo."
    )
    assert await tap(librarian, "Pride v knjižnico") == (
        f"{person.code}: pride v knjižnico\n\n"
        "Osebe ni več na seznamu. Spet bo na njem čez 7\xa0dni, če povezava do takrat ne bo odprta."
    )
    assert person.code not in await say(librarian, "/klici")
    await village.wait(days=7)
    await call(librarian, person)
    asked = await tap(librarian, "Ne želi")
    assert asked.startswith(f"{person.code}: oseba ne želi sodelovati?\n\n")
    assert librarian.buttons == ["Ne želi sodelovati", "Prekliči"]
    await forge(librarian, actions.note_refusal(person.enrolment, RefusedInCall.WHAT_IS_OPEN))
    assert await state(village, person) is EnrolmentState.INVITED
    await call(librarian, person)
    await tap(librarian, "Ne želi")
    await tap(librarian, "Ne želi sodelovati", again=True, new_query_id=True)
    assert await state(village, person) is EnrolmentState.LEFT
    assert person.code not in await say(librarian, "/klici")
