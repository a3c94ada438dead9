"""Librarians enrol people: one with a picture, several with cards to print, nobody twice."""

import re

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap

from bot.printing import qr
from storage import groups, participants
from storage.schema import EnrolmentState

BREZICE = "brezice-racunalnik"
LINK = re.compile(r"https://t\.me/\w+\?start=[A-Za-z0-9_-]{24}")


@pytest.fixture
async def spring(village):
    return await village.cohort(BREZICE, name="Pomlad")


@pytest.fixture
async def librarian(village, spring):
    return await village.librarian(BREZICE)


async def members(village, cohort):
    return await query(village, groups.members, cohort_id=cohort.id)


async def test_a_group_is_chosen_and_somebody_is_enrolled_with_code_link_and_picture(village, spring, librarian):
    assert (await say(librarian, "/vpis")).startswith("Vpis\n\nIzberite skupino.")
    assert librarian.buttons == ["Pomlad", "Na začetek"]
    card = await tap(librarian, "Pomlad")
    [member] = await members(village, spring)
    picture = librarian.messages[-2]
    [link] = LINK.findall(picture.text)
    assert picture.media.data == qr.png(link)
    assert picture.text.startswith(f"Šifra: {member.code}\n{link}\n\n")
    assert card == (
        f"Vpis: Pomlad\n\nVpisana je oseba s šifro {member.code}.\n\nPovezava: {link}\n\nV skupini: 1\xa0oseba"
    )
    assert librarian.buttons == ["Še ena oseba", "Več oseb naenkrat", "‹ Nazaj"]
    assert await drawn_again(village, librarian) == (card, librarian.buttons)


async def test_whoever_scans_the_picture_joins(village, spring, librarian):
    await say(librarian, "/vpis")
    await tap(librarian, "Pomlad")
    [link] = LINK.findall(librarian.messages[-2].text)
    person = village.simulator.person("Marija")
    await person.follows(link)
    await person.settles()
    await tap(person, "Da")
    [place] = await query(village, participants.of_cohort, cohort_id=spring.id)
    assert (place.state, place.code[:4]) == (EnrolmentState.ACTIVE, "BRE-")
    assert (await drawn_again(village, librarian))[0].split("\n\n")[2] == "Povezava je že odprta."


@pytest.mark.parametrize("new_query_id", [False, True])
async def test_a_tap_sent_twice_enrols_once(village, spring, librarian, new_query_id):
    await say(librarian, "/vpis")
    await tap(librarian, "Pomlad", again=True, new_query_id=new_query_id)
    assert len(await members(village, spring)) == 1
    await tap(librarian, "Še ena oseba", again=True, new_query_id=new_query_id)
    assert len(await members(village, spring)) == 2
    assert librarian.unanswered == 0


async def test_an_old_card_enrols_nobody(village, spring, librarian):
    await say(librarian, "/vpis")
    choice = librarian.screen.buttons[0][0].data
    await tap(librarian, "Pomlad")
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
