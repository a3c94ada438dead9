"""»Prvo srečanje«: the librarian sees who has joined and who still needs help, while they do."""

import pytest
from plugins.at_the_desk import drawn_again, forge, say, tap

from bot.actions import librarian as actions
from storage.schema import Role

BREZICE, KAMNIK = "brezice-racunalnik", "kamnik-slovenscina"


@pytest.fixture
async def spring(village):
    return await village.cohort(BREZICE, name="Pomlad")


@pytest.fixture
async def librarian(village, spring):
    person = await village.librarian(BREZICE)
    await say(person, "/skupine")
    await tap(person, "Pomlad")
    return person


async def opens(village, person, name="Marija"):
    phone = village.simulator.person(name)
    await phone.follows(village.link(person.token))
    await phone.settles()
    return phone


async def ticks(village, librarian):
    await village.ticks()
    await librarian.settles()
    return librarian.screen.text.split("\n\n")


async def test_before_anybody_is_enrolled_it_leads_there(village, spring, librarian):
    assert (await tap(librarian, "Prvo srečanje")).startswith(
        "Prvo srečanje: Pomlad\n\nV skupini še ni nikogar. Najprej vpišite"
    )
    assert librarian.buttons == ["Vpiši osebe", "V skupino", "Na začetek"]
    await tap(librarian, "Vpiši osebe")
    await say(librarian, "3")
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    assert "Privolitev: 0 od 3\nOdgovorjeno: 0 od 0" in await tap(librarian, "Prvo srečanje")


async def test_it_is_drawn_again_as_people_join(village, spring, librarian):
    first, second, third = sorted([await village.enrol(spring) for _ in range(3)], key=lambda one: one.code)
    card = await tap(librarian, "Prvo srečanje")
    assert card.split("\n\n")[1] == "Privolitev: 0 od 3\nOdgovorjeno: 0 od 0"
    assert card.split("\n\n")[3:] == ["Še potrebujejo pomoč: 3\xa0osebe", "Ta zaslon se sproti osvežuje."]
    waiting = [f"{one.code} · še ni začetka" for one in (first, second, third)]
    assert librarian.buttons == ["Šifre in kartice", "Vpiši osebe", *waiting, "Osveži", "V skupino", "Na začetek"]
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    shown = len(librarian.messages)
    assert (await ticks(village, librarian))[1] == "Privolitev: 0 od 3\nOdgovorjeno: 0 od 0"

    marija, joze = await opens(village, first), await opens(village, second, "Jože")
    await tap(marija, "Da")
    await tap(joze, "Ne")
    assert (await ticks(village, librarian))[1] == "Privolitev: 1 od 3\nOdgovorjeno: 0 od 1\nNe želi sodelovati: 1"
    assert librarian.buttons[2:4] == [f"{third.code} · še ni začetka", f"{first.code} · še brez odgovora"]
    await tap(marija, marija.buttons[0])
    await ticks(village, librarian)
    assert librarian.buttons[2:4] == [f"{third.code} · še ni začetka", f"{first.code} · odgovorjeno na pol"]
    assert len(librarian.messages) == shown
    assert await drawn_again(village, librarian) == (librarian.screen.text, librarian.buttons)
    assert (await tap(librarian, third.code)).startswith(f"{third.code}\nPomlad\n\nŠe ni privolitve.")


async def test_it_is_left_alone_once_another_screen_is_shown_and_after_three_hours(village, spring, librarian):
    people = [await village.enrol(spring) for _ in range(2)]
    await tap(librarian, "Prvo srečanje")
    await tap(librarian, "V skupino")
    card = librarian.screen.text
    await tap(await opens(village, people[0]), "Da")
    assert "\n\n".join(await ticks(village, librarian)) == card
    await tap(librarian, "Prvo srečanje")
    await village.wait(hours=4)
    await tap(await opens(village, people[1], "Jože"), "Da")
    assert (await ticks(village, librarian))[1].startswith("Privolitev: 1 od 2")
    await tap(librarian, "Osveži")
    assert librarian.screen.text.split("\n\n")[1].startswith("Privolitev: 2 od 2")


async def test_two_librarians_see_the_same(village, spring, librarian):
    person = await village.enrol(spring)
    other = await village.staff(Role.LIBRARIAN, "BRE", "Cvetka")
    await say(other, "/skupine")
    await tap(other, "Pomlad")
    for one in (librarian, other):
        await tap(one, "Prvo srečanje")
    await tap(await opens(village, person), "Da")
    await ticks(village, librarian)
    await other.settles()
    assert other.screen.text == librarian.screen.text
    assert other.screen.text.split("\n\n")[1].startswith("Privolitev: 1 od 1")


@pytest.mark.parametrize("who", ["a librarian of another library", "a stranger"])
async def test_others_see_no_meeting(village, spring, librarian, who):
    other = village.simulator.person("Tuj") if who == "a stranger" else await village.librarian(KAMNIK)
    await say(other, "/start")
    for action in (actions.show_first_meeting(spring.id), actions.show_more_of_cohort(spring.id)):
        assert await forge(other, action) == "Ta gumb tukaj ne velja."
