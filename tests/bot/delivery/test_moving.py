"""A lost telephone: the new link moves the person, the old link is dead, and nothing that was answered is lost."""

import re
from functools import partial

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.routing.handling import redraw
from storage import chats, occasions, participants
from storage.answers import responses
from storage.schema import EnrolmentState, OccasionState, audit, consent

BREZICE, NOVO_MESTO = "brezice-racunalnik", "novo-mesto-branje"
LINK = re.compile(r"https://t\.me/\w+\?start=[A-Za-z0-9_-]{24}")
OFFER = (
    "Knjižnica Brežice\nDelavnice v knjižnici\n\nTa povezava je za osebo, ki že sodeluje. "
    "Želite nadaljevati na tem telefonu?\n\n"
    "• Odgovori, šifra in privolitev ostanejo.\n• Na prejšnji napravi teh vprašanj ne bo več."
)
AWAY = "Odslej odgovarjate na drugi napravi. Če tega niste želeli, to čim prej povejte v knjižnici."


@pytest.fixture
async def spring(village):
    return await village.cohort(BREZICE, name="Pomlad")


@pytest.fixture
async def marija(village, spring):
    return await village.enrol(spring)


@pytest.fixture
async def old(village, marija):
    """The telephone on which Marija has answered two questions."""
    phone = await opens(village, village.link(marija.token), "Marija")
    await tap(phone, "Da")
    await tap(phone, phone.buttons[0])
    await tap(phone, phone.buttons[1])
    return phone


@pytest.fixture
async def librarian(village, spring):
    return await village.librarian(BREZICE)


async def opens(village, link, name):
    phone = village.simulator.person(name)
    await phone.follows(link)
    await phone.settles()
    return phone


async def new_link(librarian, code):
    """»Nova povezava« on the card of a person."""
    await say(librarian, f"/udelezenec {code}")
    await tap(librarian, "Nova povezava")
    await tap(librarian, "Da, naredi")
    return LINK.findall(librarian.messages[-2].text)[0]


async def hands_in(phone):
    """Answer what is still asked, and hand in."""
    for _ in range(20):
        if "Oddaj odgovore" in phone.buttons:
            await tap(phone, "Oddaj odgovore")
            return
        if "Napišite številko" in phone.screen.text:
            await say(phone, "3")
        else:
            await tap(phone, "Preskoči" if "Preskoči" in phone.buttons else phone.buttons[0])
            if "Naprej ›" in phone.buttons and phone.buttons[0].startswith("✓"):
                await tap(phone, "Naprej")
    raise AssertionError("the questionnaire has no end")


async def place(village, person):
    return await query(village, participants.of_enrolment, enrolment_id=person.enrolment)


async def answered(village, person):
    """What is stored for the first questionnaire: item and value."""

    def read(connection):
        occasion = occasions.of_enrolment(connection, person.enrolment)[0]
        response = responses.of_occasion(connection, occasion.id)
        return {
            item: one.value for item, one in responses.answers(connection, village.services.keys, response.id).items()
        }

    return await query(village, read)


async def shows_what_is_wanted(village):
    """The tick: chats that are behind are drawn anew."""
    drawn = await village.write(partial(redraw, services=village.services, now=village.clock(), before=village.clock()))
    for turn in drawn:
        await village.edge.show(turn)


def given(village):
    def read(connection):
        return len(connection.execute(select(consent)).all())

    return query(village, read)


async def test_the_librarian_reads_what_a_new_link_does_to_a_telephone(village, marija, librarian):
    await say(librarian, f"/udelezenec {marija.code}")
    assert "telefon" not in await tap(librarian, "Nova povezava")
    phone = await opens(village, village.link(marija.token), "Marija")
    await tap(phone, "Da")
    await say(librarian, f"/udelezenec {marija.code}")
    assert (await tap(librarian, "Nova povezava")).endswith(
        "Ko oseba odpre novo povezavo na drugi napravi, odslej odgovarja tam. "
        "Do takrat ostane na prejšnji vse po starem."
    )


async def test_the_new_telephone_goes_on_where_the_old_one_stopped(village, marija, old, librarian):
    before, stored, consents = await place(village, marija), await answered(village, marija), await given(village)
    question = old.screen.text
    await village.wait(days=1)
    phone = await opens(village, await new_link(librarian, marija.code), "Nov")
    assert (phone.screen.text, phone.buttons) == (OFFER, ["Da, nadaljuj tukaj", "Prekliči"])
    assert await drawn_again(village, phone) == (OFFER, phone.buttons)
    assert await tap(phone, "Da, nadaljuj") == (
        f"Od zdaj odgovarjate na tem telefonu. Prejšnji odgovori so shranjeni.\n\n{question}"
    )
    after = await place(village, marija)
    assert after.chat == village.services.keys.seal_id(phone.id)
    assert (after.state, after.joined_at) == (EnrolmentState.ACTIVE, before.joined_at)
    assert (await answered(village, marija), await given(village)) == (stored, consents)
    await tap(phone, phone.buttons[0])
    assert (await answered(village, marija)).items() > stored.items()


async def test_a_second_tap_on_the_new_telephone_shows_the_question(village, marija, old, librarian):
    question = old.screen.text
    phone = await opens(village, await new_link(librarian, marija.code), "Nov")
    assert await tap(phone, "Da, nadaljuj", again=True, new_query_id=True) == question


async def test_the_old_telephone_is_let_go_only_when_the_new_one_has_joined(village, marija, old, librarian):
    link = await new_link(librarian, marija.code)
    phone = await opens(village, link, "Nov")
    await tap(old, old.buttons[0])
    assert len(await answered(village, marija)) == 3
    await tap(phone, "Prekliči")
    assert (await place(village, marija)).chat == village.services.keys.seal_id(old.id)
    await phone.follows(link)
    await phone.settles()
    stale = old.screen.buttons[0][0].data
    await tap(phone, "Da, nadaljuj")
    await shows_what_is_wanted(village)
    assert (old.screen.text, old.buttons) == (AWAY, [])
    assert await forge(old, stale) == "Ta gumb tukaj ne velja."
    assert len(await answered(village, marija)) == 3
    assert (await say(old, "3")).split("\n\n")[1].startswith("Pozdravljeni!\nTukaj sprašuje knjižnica.")


async def test_old_links_open_nothing_on_any_telephone(village, marija, old, librarian):
    first = await new_link(librarian, marija.code)
    second = await new_link(librarian, marija.code)
    thief = await opens(village, first, "Tat")
    assert thief.screen.text.startswith("Ta povezava ne velja več.")
    phone = await opens(village, second, "Nov")
    used = phone.screen.buttons[0][0].data
    await tap(phone, "Da, nadaljuj")
    for dead in (village.link(marija.token), first, second):
        await thief.follows(dead)
        await thief.settles()
        assert thief.screen.text.startswith(("Ta povezava ne velja več.", "Ta povezava je že uporabljena."))
        await forge(thief, used)
    assert (await place(village, marija)).chat == village.services.keys.seal_id(phone.id)


async def test_who_opens_the_new_link_on_the_same_telephone_stays_where_they_are(village, marija, old, librarian):
    question = old.screen.text
    await old.follows(await new_link(librarian, marija.code))
    await old.settles()
    assert old.screen.text == f"V tej skupini že sodelujete, zato te povezave ne potrebujete.\n\n{question}"


async def test_a_child_goes_on_with_the_same_consent(village):
    child = await village.enrol(await village.cohort(NOVO_MESTO))
    librarian = await village.librarian(NOVO_MESTO)
    mother = await opens(village, village.link(child.token), "Mama")
    await tap(mother, "Za svojega otroka")
    await tap(mother, mother.buttons[0])
    consents = await given(village)
    question = mother.screen.text
    link = await new_link(librarian, child.code)
    father = await opens(village, link, "Oče")
    assert (await tap(father, "Da, nadaljuj")).endswith(question)
    assert await given(village) == consents
    await mother.follows(await new_link(librarian, child.code))
    await mother.settles()
    assert mother.buttons == ["Da, nadaljuj tukaj", "Prekliči"]


async def test_reminders_go_to_the_new_telephone_even_when_the_old_one_was_out_of_reach(
    village, marija, old, librarian
):
    old.blocks()
    await village.wait(days=3)
    assert (await place(village, marija)).unreachable_at is not None
    phone = await opens(village, await new_link(librarian, marija.code), "Nov")
    await tap(phone, "Da, nadaljuj")
    assert (await place(village, marija)).unreachable_at is None
    seen = len(phone.messages)
    await village.wait(days=6)
    assert len(phone.messages) == seen + 1


async def test_what_was_handed_in_is_not_asked_again_after_leaving_and_coming_back(village, marija, old, librarian):
    await hands_in(old)
    stored = await answered(village, marija)
    await say(librarian, f"/udelezenec {marija.code}")
    await tap(librarian, "Konec sodelovanja")
    await tap(librarian, "Da, končaj")
    phone = await opens(village, await new_link(librarian, marija.code), "Nov")
    await tap(phone, "Da")
    await shows_what_is_wanted(village)
    assert old.screen.text == AWAY
    states = [one.state for one in await query(village, occasions.of_enrolment, enrolment_id=marija.enrolment)]
    assert states == [OccasionState.COMPLETE, OccasionState.PLANNED, OccasionState.PLANNED]
    assert await answered(village, marija) == stored


async def test_the_audit_tells_that_somebody_moved(village, marija, old, librarian):
    phone = await opens(village, await new_link(librarian, marija.code), "Nov")
    await tap(phone, "Da, nadaljuj")

    def read(connection):
        statement = select(audit.c.actor, audit.c.action).where(audit.c.subject == marija.code).order_by(audit.c.id)
        return [tuple(row) for row in connection.execute(statement)]

    assert (await query(village, read))[-2:] == [
        ("staff:1", "participant.reissue"),
        (f"participant:{marija.code}", "participant.move"),
    ]


async def test_a_telephone_that_was_erased_meanwhile_gets_no_word(village, marija, old, librarian):
    link = await new_link(librarian, marija.code)
    await village.write(chats.forget, chat_ref=village.services.keys.seal_id(old.id))
    phone = await opens(village, link, "Nov")
    await tap(phone, "Da, nadaljuj")
    assert await query(village, chats.load, chat_ref=village.services.keys.seal_id(old.id)) is None
