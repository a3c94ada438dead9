"""»Pokličite me«: once on the librarian's list, with the day; taken back, or done when the library has called."""

from datetime import date

import pytest
from plugins.at_the_desk import drawn_again, forge, say, tap
from plugins.village import run_village
from sqlalchemy import select

from bot.actions import participant as actions
from storage.schema import audit, call_request

BREZICE = "brezice-racunalnik"
LIBRARIES = {"BRE": {"phone": "07 620 12 34", "hours": ["mon-fri 8:00-19:00"]}}
DAY = "2.\xa03.\xa02026"
NOBODY = "Koga poklicati\n\nZdaj ni treba poklicati nikogar."
NOT_WAITING = "V redu, na klic ne čakate. Če ga želite, izberite »Pokličite me«."


def will_call(code):
    return (
        f"Knjižnica Brežice vas bo poklicala.\n\nZa klic ste prosili v ponedeljek, {DAY}. "
        "Pokličejo vas, ko je odprto: od ponedeljka do petka od 8.00 do 19.00.\n\n"
        "Vaše telefonske številke tukaj nimamo. Če je v knjižnici nimajo, pokličite vi: 07 620 12 34.\n\n"
        f"Vaša šifra: {code}"
    )


@pytest.fixture
async def village(village_url, tmp_path):
    async with run_village(village_url, tmp_path, libraries=LIBRARIES) as running:
        yield running


@pytest.fixture
async def invited(village):
    """Somebody with the question whether to take part on the screen."""
    enrolled = await village.enrol(await village.cohort(BREZICE))
    phone = village.simulator.person("Marija")
    await phone.follows(village.link(enrolled.token))
    await phone.settles()
    return enrolled, phone


@pytest.fixture
async def marija(invited):
    await tap(invited[1], "Da")
    return invited


async def requests(village):
    def read(connection):
        return [tuple(row) for row in connection.execute(select(call_request.c.asked_at, call_request.c.withdrawn_at))]

    return await village.services.database.read(read)


async def test_who_asks_for_a_call_sees_when_it_may_come_and_is_on_the_list_with_the_day(village, marija):
    person, phone = marija
    await say(phone, "/pomoc")
    assert phone.buttons == ["Pokličite me", "Jezik in branje na glas", "Nazaj na začetek"]
    card = await tap(phone, "Pokličite me", again=True, new_query_id=True)
    assert (card, phone.buttons) == (will_call(person.code), ["Klica ne potrebujem", "Nazaj na začetek"])
    assert await drawn_again(village, phone) == (card, phone.buttons)
    assert await requests(village) == [(village.clock(), None)]
    ana = await village.librarian(BREZICE)
    assert f"• prosi za klic: 1\n\n{person.code} – prosi za klic, od {DAY}" in await say(ana, "/klici")
    assert f"Zakaj: prosi za klic. Prošnja je prišla {DAY}." in await tap(ana, person.code)


async def test_the_open_question_is_one_tap_away(village, marija):
    _, phone = marija
    question = phone.screen.text
    await say(phone, "/pomoc")
    await tap(phone, "Pokličite me")
    assert await tap(phone, "Nazaj na začetek") == question


async def test_a_call_is_taken_back(village, marija):
    _, phone = marija
    await say(phone, "/pomoc")
    await tap(phone, "Pokličite me")
    assert await tap(phone, "Klica ne potrebujem", again=True, new_query_id=True) == NOT_WAITING
    assert await drawn_again(village, phone) == (NOT_WAITING, ["Pokličite me", "Nazaj na začetek"])
    ana = await village.librarian(BREZICE)
    assert await say(ana, "/klici") == NOBODY
    assert await requests(village) == [(village.clock(), village.clock())]


async def test_who_was_called_waits_no_longer_and_may_ask_again(village, marija):
    person, phone = marija
    ana = await village.librarian(BREZICE)
    await say(phone, "/pomoc")
    await tap(phone, "Pokličite me")
    await village.wait(hours=1)
    await say(ana, "/klici")
    await tap(ana, person.code)
    await tap(ana, "Poklicano")
    assert await say(ana, "/klici") == NOBODY
    assert await drawn_again(village, phone) == (NOT_WAITING, ["Pokličite me", "Nazaj na začetek"])
    await village.wait(hours=1)
    await say(phone, "/pomoc")
    await tap(phone, "Pokličite me")
    assert "prosi za klic: 1" in await say(ana, "/klici")
    assert len(await requests(village)) == 2


async def test_a_call_noted_by_mistake_leaves_the_person_waiting(village, marija):
    person, phone = marija
    ana = await village.librarian(BREZICE)
    await say(phone, "/pomoc")
    await tap(phone, "Pokličite me")
    await say(ana, "/klici")
    await tap(ana, person.code)
    await tap(ana, "Poklicano")
    await tap(ana, "Razveljavi")
    assert "prosi za klic: 1" in await say(ana, "/klici")


async def test_the_question_whether_to_take_part_stays_while_a_call_is_asked_for(village, invited):
    person, phone = invited
    question, buttons = phone.screen.text, phone.buttons
    assert "Pokličite me" in buttons
    card = await tap(phone, "Pokličite me")
    assert (card, phone.buttons) == (will_call(person.code), ["Klica ne potrebujem", "‹ Nazaj"])
    assert await drawn_again(village, phone) == (card, phone.buttons)
    assert await tap(phone, "‹ Nazaj") == question
    ana = await village.librarian(BREZICE)
    await say(ana, "/klici")
    assert "Zakaj: prosi za klic." in await tap(ana, person.code)
    await tap(phone, "Pokličite me")
    assert (await tap(phone, "Klica ne potrebujem"), phone.buttons) == (question, buttons)
    assert await say(ana, "/klici") == NOBODY


async def test_who_says_no_is_not_called_and_may_still_ask_for_it(village, invited):
    person, phone = invited
    ana = await village.librarian(BREZICE)
    await tap(phone, "Pokličite me")
    await tap(phone, "‹ Nazaj")
    await tap(phone, "Ne, hvala")
    assert await say(ana, "/klici") == NOBODY
    await forge(phone, actions.ask_for_call_at_link(person.token))  # on an old card
    await say(ana, "/klici")
    await tap(ana, person.code)
    await tap(ana, "Ne želi")
    assert ana.buttons == ["Ne želi sodelovati", "Prekliči"]


async def test_whoever_has_a_link_that_opens_nothing_reads_whom_to_call(village, marija):
    person, _ = marija
    for token in (person.token, "x" * 24):
        stranger = village.simulator.person(f"Neznanec {token[:3]}")
        await stranger.follows(village.link(token))
        await stranger.settles()
        known = "Za pomoč pokličite 07 620 12 34." in stranger.screen.text
        assert known is (token == person.token)  # of an unknown link nobody knows whose it is


async def test_a_parent_may_ask_for_a_call_before_answering_for_a_child(village):
    enrolled = await village.enrol(await village.cohort("novo-mesto-branje"))
    phone = village.simulator.person("Mojca")
    await phone.follows(village.link(enrolled.token))
    await phone.settles()
    assert "Pokličite me" in phone.buttons
    await tap(phone, "Za svojega")
    assert "vas bo poklicala" in await tap(phone, "Pokličite me")


async def test_whoever_is_not_understood_can_ask_for_a_call(village):
    enrolled = await village.enrol(await village.cohort(BREZICE, start=date(2026, 4, 13)))
    phone = village.simulator.person("Marija")
    await phone.follows(village.link(enrolled.token))
    await phone.settles()
    await tap(phone, "Da")
    assert "Žal tega ne razumemo" in await say(phone, "blablabla")
    assert await tap(phone, "Pokličite me") == will_call(enrolled.code)


async def test_nobody_asks_for_a_call_to_somebody_else(village, marija):
    person, _ = marija
    stranger = village.simulator.person("Neznanec")
    await say(stranger, "/pomoc")
    assert "Pokličite me" not in stranger.buttons
    for asked in (actions.ask_for_call, actions.withdraw_call):
        await forge(stranger, asked(person.enrolment))
    assert await requests(village) == []


async def test_of_two_people_on_a_telephone_each_has_a_button(village, marija):
    _, phone = marija
    other = await village.enrol(await village.cohort(BREZICE, name="Jesen"))
    await phone.follows(village.link(other.token))
    await phone.settles()
    await tap(phone, "Za drugo osebo")
    await tap(phone, "Da")
    await say(phone, "Marija")
    await say(phone, "Jože")
    await say(phone, "/pomoc")
    assert phone.buttons[:2] == ["Pokličite me: Marija", "Pokličite me: Jože"]
    assert f"Vaša šifra: {other.code}" in await tap(phone, "Pokličite me: Jože")


async def test_what_was_asked_for_stands_in_the_audit_under_the_code_alone(village, marija):
    person, phone = marija
    await say(phone, "/pomoc")
    await tap(phone, "Pokličite me")
    await tap(phone, "Klica ne potrebujem")

    def read(connection):
        rows = connection.execute(select(audit.c.actor, audit.c.action, audit.c.subject).order_by(audit.c.id))
        return [tuple(row) for row in rows][-2:]

    actor = f"participant:{person.code}"
    assert await village.services.database.read(read) == [
        (actor, "call.ask", person.code),
        (actor, "call.withdraw", person.code),
    ]
