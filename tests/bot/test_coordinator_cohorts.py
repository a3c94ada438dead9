"""A coordinator begins a group by typing its name and dates; librarians and others do not."""

from datetime import date

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap

from storage import cohorts
from storage.cohorts import Cohort

BREZICE, KAMNIK, LJUTOMER = "brezice-racunalnik", "kamnik-slovenscina", "ljutomer-branje"


@pytest.fixture
def database_url(sqlite_url):
    return sqlite_url


@pytest.fixture
async def coordinator(village):
    """At the place where a group is typed."""
    person = await village.coordinator(BREZICE)
    await say(person, "/vpis")
    await tap(person, "Nova skupina")
    return person


async def test_a_group_is_typed_and_takes_people_at_once(village, coordinator):
    assert coordinator.screen.text.startswith("Nova skupina\nMigam z računalnikom\n\nNapišite ime skupine")
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, ["Prekliči"])
    card = await say(coordinator, "Pomladna skupina, 3. 5. 2027, 28.6.2027")
    assert card == "Skupina je narejena.\n\nVpis: Pomladna skupina\n\nV skupini: 0\xa0oseb"
    made = Cohort(1, BREZICE, "Pomladna skupina", "participants", date(2027, 5, 3), date(2027, 6, 28), "")
    assert await query(village, cohorts.listing) == (made,)
    await tap(coordinator, "Še ena oseba")
    assert coordinator.screen.text.endswith("V skupini: 1\xa0oseba")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Torek 17h\n3. 5. 2027\n28. 6. 2027", "Torek 17h"),
        ("3. 5. 2027 – 28. 6. 2027 Dom, 2. nadstropje", "Dom, 2. nadstropje"),
        ("»Pomlad«: 3.5.2027–28.6.2027", "»Pomlad«"),
    ],
)
async def test_the_dates_may_stand_anywhere(village, coordinator, typed, name):
    await say(coordinator, typed)
    [made] = await query(village, cohorts.listing)
    assert (made.name, made.start, made.end) == (name, date(2027, 5, 3), date(2027, 6, 28))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Pomlad", "Potrebujemo ime in dva datuma, na primer 3. 5. 2027 in 28. 6. 2027."),
        ("Pomlad 3. 5. 2027", "Potrebujemo ime in dva datuma, na primer 3. 5. 2027 in 28. 6. 2027."),
        ("Pomlad 31. 2. 2027, 28. 6. 2027", "Potrebujemo ime in dva datuma, na primer 3. 5. 2027 in 28. 6. 2027."),
        ("3. 5. 2027, 28. 6. 2027", "Manjka ime skupine. Napišite ga pred datumoma."),
        ("Pomlad 28. 6. 2027, 3. 5. 2027", "Zadnji dan je pred prvim. Preverite datuma."),
        (f"{'P' * 61} 3. 5. 2027, 28. 6. 2027", "Ime skupine je predolgo. Naj ima največ 60 znakov."),
        ("Zima, 3. 5. 2027, 28. 6. 2027", "Skupina s tem imenom že obstaja. Izberite drugo ime."),
    ],
)
async def test_what_is_missing_is_said_and_can_be_typed_again(village, coordinator, typed, problem):
    await village.cohort(BREZICE, name="Zima")
    assert (await say(coordinator, typed)).startswith(f"{problem}\n\nNova skupina\n")
    assert len(await query(village, cohorts.listing)) == 1
    assert (await say(coordinator, "Pomlad, 3. 5. 2027, 28. 6. 2027")).startswith("Skupina je narejena.")


async def test_the_group_may_be_of_volunteers(village):
    coordinator = await village.coordinator(LJUTOMER)
    await say(coordinator, "/vpis")
    await tap(coordinator, "Nova skupina")
    name = village.programme(LJUTOMER).name
    assert coordinator.buttons == [name, f"{name} · prostovoljci", "‹ Nazaj"]
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, coordinator.buttons)
    await tap(coordinator, f"{name} · prostovoljci")
    await say(coordinator, "Dijaki, 3. 5. 2027, 28. 6. 2027")
    [made] = await query(village, cohorts.listing)
    assert (made.programme, made.audience) == (LJUTOMER, "volunteers")


@pytest.mark.parametrize("who", ["a librarian", "a coordinator of another library", "a stranger"])
async def test_others_make_no_group_here(village, who):
    match who:
        case "a stranger":
            other = village.simulator.person("Tuj")
            await say(other, "/start")
        case "a librarian":
            other = await village.librarian(BREZICE)
        case _:
            other = await village.coordinator(KAMNIK)
    assert await forge(other, f"nsp:{BREZICE}:0") == "Ta gumb ne pripada temu pogovoru."
    if who != "a coordinator of another library":
        assert await forge(other, "nsk") == "Ta gumb ne pripada temu pogovoru."
    await say(other, "Pomlad, 3. 5. 2027, 28. 6. 2027")
    assert await query(village, cohorts.listing) == ()
