"""Librarians enrol people: one with a picture, several with cards to print, nobody twice."""

import re
from datetime import timedelta

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap

from bot.actions import librarian as actions
from bot.worker.printing import qr
from storage import access_links, cohort_overview, participants
from storage.analysis import frames
from storage.schema import EnrolmentState, Role

BREZICE, KAMNIK = "brezice-racunalnik", "kamnik-slovenscina"
LINK = re.compile(r"https://t\.me/\w+\?start=[A-Za-z0-9_-]{24}")


@pytest.fixture
async def spring(village):
    return await village.cohort(BREZICE, name="Pomlad")


@pytest.fixture
async def librarian(village, spring):
    return await village.librarian(BREZICE)


async def members(village, cohort):
    return await query(village, cohort_overview.members, cohort_id=cohort.id)


async def enrols_one(librarian):
    await say(librarian, "/vpis")
    await tap(librarian, "Pomlad")
    return await tap(librarian, "1\xa0oseba")


async def shown(village, spring, librarian):
    """What counts of the group, wherever it is counted."""
    card = await say(librarian, "/skupine")
    state = await say(librarian, "/stanje")
    frame = await query(village, frames.people, programme=BREZICE)
    return card.split("\n\n")[1], state.split("\n\n")[1], len(frame["code"])


async def test_nobody_is_enrolled_before_it_was_said_how_many(village, spring, librarian):
    assert (await say(librarian, "/vpis")).startswith("Vpis\n\nIzberite skupino. Potem vprašamo, koliko oseb")
    assert librarian.buttons == ["Pomlad", "Na začetek"]
    card = await tap(librarian, "Pomlad")
    assert card.split("\n\n")[:3] == [
        "Vpis: Pomlad",
        "V skupini: 0\xa0oseb",
        "Koliko oseb naj vpišemo? Izberite ali napišite število, na primer 12.",
    ]
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    for way in ("Vpis s seznama", "‹ Nazaj", "V skupino"):
        await tap(librarian, way)
        await say(librarian, "/vpis")
        await tap(librarian, "Pomlad")
    assert await members(village, spring) == []


async def test_somebody_is_enrolled_with_code_link_and_picture(village, spring, librarian):
    card = await enrols_one(librarian)
    [member] = await members(village, spring)
    picture = librarian.messages[-2]
    [link] = LINK.findall(picture.text)
    assert picture.media.data == qr.png(link)
    assert picture.text.startswith(f"Šifra: {member.code}\n{link}\n\n")
    assert card == (
        f"Vpis: Pomlad\n\nVpisana je oseba s šifro {member.code}.\n\nPovezava: {link}\n\nV skupini: 1\xa0oseba"
    )
    assert librarian.buttons == ["Še ena oseba", "Več oseb", "Razveljavi", "V skupino", "‹ Nazaj"]
    assert await drawn_again(village, librarian) == (card, librarian.buttons)


@pytest.mark.parametrize(
    ("typed", "count"),
    [("12", 12), ("tri", 3), ("12 oseb", 12), ("dve osebi", 2), ("1", 1), ("60", 60), ("pet ljudi.", 5)],
)
async def test_a_typed_number_says_how_many(village, spring, librarian, typed, count):
    await say(librarian, "/vpis")
    await tap(librarian, "Pomlad")
    await say(librarian, typed)
    assert len(await members(village, spring)) == count


@pytest.mark.parametrize("typed", ["0", "61", "1000", "-3", "veliko", "2,5", "3. 5. 2026"])
async def test_what_is_no_number_of_people_enrols_nobody(village, spring, librarian, typed):
    await say(librarian, "/vpis")
    await tap(librarian, "Pomlad")
    assert (await say(librarian, typed)).startswith("Napišite število od 1 do 60, na primer 12.")
    assert await members(village, spring) == []
    await say(librarian, "2")
    assert len(await members(village, spring)) == 2


async def test_whoever_scans_the_picture_joins(village, spring, librarian):
    await enrols_one(librarian)
    [link] = LINK.findall(librarian.messages[-2].text)
    person = village.simulator.person("Marija")
    await person.follows(link)
    await person.settles()
    await tap(person, "Da")
    [enrolment] = await query(village, participants.of_cohort, cohort_id=spring.id)
    assert (enrolment.state, enrolment.code[:4]) == (EnrolmentState.ACTIVE, "BRE-")
    assert (await drawn_again(village, librarian))[0].split("\n\n")[2] == "Povezava je že odprta."


@pytest.mark.parametrize("new_query_id", [False, True])
async def test_a_tap_sent_twice_enrols_once(village, spring, librarian, new_query_id):
    await say(librarian, "/vpis")
    await tap(librarian, "Pomlad")
    await tap(librarian, "1\xa0oseba", again=True, new_query_id=new_query_id)
    assert len(await members(village, spring)) == 1
    await tap(librarian, "Še ena oseba", again=True, new_query_id=new_query_id)
    assert len(await members(village, spring)) == 2
    assert librarian.unanswered == 0


async def test_an_old_card_enrols_nobody(village, spring, librarian):
    await say(librarian, "/vpis")
    await tap(librarian, "Pomlad")
    choice = librarian.screen.buttons[0][0].data
    await tap(librarian, "1\xa0oseba")
    first = librarian.screen.buttons[0][0].data
    newest = await tap(librarian, "Še ena oseba")
    for old in (choice, first):
        assert await forge(librarian, old) == "Tukaj ste."
    assert len(await members(village, spring)) == 2
    assert librarian.screen.text == newest
    await say(librarian, "/pomoc")
    assert await forge(librarian, first) == "Ta gumb ne velja več."
    assert librarian.screen.text == "Vpis: Pomlad\n\nV skupini: 2\xa0osebi"
    assert len(await members(village, spring)) == 2


@pytest.mark.parametrize("count", ["1\xa0oseba", "5\xa0oseb"])
async def test_an_enrolment_is_taken_back_within_a_minute_without_a_trace(village, spring, librarian, count):
    before = await shown(village, spring, librarian)
    await say(librarian, "/vpis")
    await tap(librarian, "Pomlad")
    await tap(librarian, count)
    undo = next(one.data for row in librarian.screen.buttons for one in row if one.label == "Razveljavi")
    links = [link for message in librarian.messages for link in LINK.findall(message.text)]
    card = await tap(librarian, "Razveljavi", again=True, new_query_id=True)
    assert card.startswith("Vpis: Pomlad\n\nV skupini: 0\xa0oseb")
    assert await forge(librarian, undo) == "Tukaj ste."
    assert await members(village, spring) == []
    assert await shown(village, spring, librarian) == before
    for link in links:
        stranger = village.simulator.person("Tuj")
        await stranger.follows(link)
        await stranger.settles()
        assert stranger.screen.text.startswith("Ta povezava ne velja več.")
    village.clock.now += timedelta(days=8)
    assert (await say(librarian, "/klici")).endswith("Zdaj ni treba poklicati nikogar.")


async def test_after_a_minute_an_enrolment_is_not_taken_back(village, spring, librarian):
    await enrols_one(librarian)
    village.clock.now += timedelta(seconds=61)
    await tap(librarian, "Razveljavi")
    assert librarian.toasts[-1].text == "Razveljaviti je mogoče le eno minuto."
    assert librarian.buttons == ["Še ena oseba", "Več oseb", "V skupino", "‹ Nazaj"]
    assert len(await members(village, spring)) == 1


async def test_who_has_joined_meanwhile_stays(village, spring, librarian):
    await say(librarian, "/vpis")
    await tap(librarian, "Pomlad")
    await tap(librarian, "5\xa0oseb")
    enrolment = (await query(village, participants.of_cohort, cohort_id=spring.id))[2]
    token = await query(
        village, access_links.open_token, keys=village.services.keys, enrolment_id=enrolment.id, now=village.clock()
    )
    person = village.simulator.person("Marija")
    await person.follows(village.link(token))
    await person.settles()
    await tap(person, "Da")
    card = await tap(librarian, "Razveljavi")
    assert card.split("\n\n")[0] == (
        "Razveljavljeno: 4\xa0osebe. 1\xa0oseba je povezavo že odprla in ostane v skupini."
    )
    assert [one.code for one in await members(village, spring)] == [enrolment.code]


async def test_two_librarians_take_back_only_what_each_of_them_did(village, spring, librarian):
    other = await village.staff(Role.LIBRARIAN, "BRE", "Cvetka")
    await enrols_one(librarian)
    village.clock.now += timedelta(seconds=1)
    await enrols_one(other)
    [mine] = LINK.findall(librarian.messages[-2].text)
    await tap(other, "Razveljavi")
    [member] = await members(village, spring)
    assert member.code in librarian.screen.text
    assert mine in librarian.screen.text


@pytest.mark.parametrize("who", ["a librarian of another library", "a stranger"])
async def test_others_take_back_nothing(village, spring, librarian, who):
    await enrols_one(librarian)
    [enrolment] = await query(village, participants.of_cohort, cohort_id=spring.id)
    other = village.simulator.person("Tuj") if who == "a stranger" else await village.librarian(KAMNIK)
    await say(other, "/start")
    for action in (
        actions.take_back_enrolments("1", spring.id, enrolment.id, enrolment.id),
        actions.enrol_several("1", spring.id, 1), actions.ask_how_many(spring.id),
        actions.ask_removal(enrolment.id), actions.remove_enrolment(enrolment.id),
    ):  # fmt: skip
        await forge(other, action)
    assert len(await members(village, spring)) == 1


async def test_many_groups_come_in_pages(village, spring, librarian):
    for number in range(12):
        await village.cohort(BREZICE, name=f"Skupina {number}")
    await say(librarian, "/vpis 99999999999999")
    assert librarian.buttons[-2:] == ["Naslednje ›", "Na začetek"]
    await tap(librarian, "Naslednje")
    assert librarian.buttons == ["Skupina 11", "‹ Prejšnje", "Na začetek"]
    assert await drawn_again(village, librarian) == (librarian.screen.text, librarian.buttons)
    await tap(librarian, "Skupina 11")
    assert librarian.screen.text.startswith("Vpis: Skupina 11")


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (8, None),
        (
            20,
            "Skupina že poteka. Kdor se pridruži zdaj, dobi samo zaključni vprašalnik in vprašalnik za spremljanje.",
        ),
        (
            64,
            (
                "Skupina se je končala 4.\xa05.\xa02026. "
                "Kdor se pridruži zdaj, dobi samo zaključni vprašalnik in vprašalnik za spremljanje."
            ),
        ),
        (90, "Skupina se je končala 4.\xa05.\xa02026. Kdor se pridruži zdaj, dobi samo vprašalnik za spremljanje."),
        (200, "Skupina se je končala 4.\xa05.\xa02026. Kdor se pridruži zdaj, ne dobi nobenega vprašalnika."),
    ],
)
async def test_it_is_said_what_somebody_who_joins_late_is_still_asked(village, spring, librarian, days, sentence):
    await village.wait(days=days)
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    for way in ("Vpiši osebe", "1\xa0oseba", "Več oseb", "5\xa0oseb"):
        card = await tap(librarian, way)
        assert [part for part in card.split("\n\n") if part.startswith(("Skupina ", "Kdor "))] == (
            [] if sentence is None else [sentence]
        )
        assert await drawn_again(village, librarian) == (card, librarian.buttons)
