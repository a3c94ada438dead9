"""A coordinator begins a group by typing its name and dates; librarians and others do not."""

from datetime import date

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap

from bot.actions import coordinator as actions
from bot.actions.choices import DraftPart
from storage import cohorts
from storage.cohorts import Cohort

BREZICE, KAMNIK, LJUTOMER = "brezice-racunalnik", "kamnik-slovenscina", "ljutomer-branje"


@pytest.fixture
async def coordinator(village):
    """At the place where a group is typed."""
    person = await village.coordinator(BREZICE)
    await say(person, "/vpis")
    await tap(person, "Nova skupina")
    return person


REPEATED = (
    "Nova skupina\nMigam z računalnikom\n\nIme: {}\nPrvi dan: ponedeljek, 3.\xa05.\xa02027\n"
    "Zadnji dan: ponedeljek, 28.\xa06.\xa02027\n\nAli je tako prav? Skupine še ni. Ustvarimo jo, ko potrdite. "
    "Če kaj ni prav, napišite, kako naj bo."
)
OVER = "Zadnji dan je že mimo. Je leto pravo? Kdor se pridruži zdaj, ne dobi več vseh vprašalnikov."
TOO_MANY = "Napišite samo prvi in zadnji dan, na primer: od 3. 5. 2027 do 28. 6. 2027."
WAYS = ["Da, ustvari skupino", "Drugo ime", "Druga datuma", "Prekliči"]


async def groups(village):
    return [(one.name, one.start, one.end) for one in await query(village, cohorts.listing)]


async def test_a_group_is_typed_repeated_confirmed_and_takes_people_at_once(village, coordinator):
    assert coordinator.screen.text.startswith("Nova skupina\nMigam z računalnikom\n\nNapišite ime skupine")
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, ["Prekliči"])
    card = await say(coordinator, "Pomladna skupina, 3. 5. 2027, 28.6.2027")
    assert (card, coordinator.buttons) == (REPEATED.format("Pomladna skupina"), WAYS)
    assert await drawn_again(village, coordinator) == (card, WAYS)
    assert await groups(village) == []
    old = coordinator.screen.buttons[0][0].data
    card = await tap(coordinator, "Da, ustvari skupino")
    assert card.startswith("Skupina je ustvarjena.\n\nVpis: Pomladna skupina\n\nV skupini: 0\xa0oseb\n\nKoliko oseb")
    made = Cohort(1, BREZICE, "Pomladna skupina", "participants", date(2027, 5, 3), date(2027, 6, 28), "")
    await forge(coordinator, old)
    assert await query(village, cohorts.listing) == (made,)
    assert (await say(coordinator, "tri")).startswith("Vpis: Pomladna skupina\n\nVpisane šifre")
    assert (await query(village, cohorts.sizes)) == {made.id: 3}


@pytest.mark.parametrize(
    "words",
    [
        ["Torek", "3. 5. 2027", "28. 6. 2027"],
        ["3. 5. 2027", "28. 6. 2027", "Torek"],
        ["od 3. maja do 28. junija 2027", "Torek"],
        ["Torek", "do 28. 6. 2027", "od 3. 5. 2027"],
        ["Torek do 28. 6. 2027", "2027-05-03"],
        ["Začne se 3. 5. 2027 v Brežicah in konča 28. 6. 2027, skupina pa je za začetnike", "Torek"],
        ["Torek", "jutri", "3. 5. 27 – 28. 6. 27"],
        ["Sreda od 3. 5. 2027 do 28. 6. 2027", "Torek"],
        ["Torek od 10. 5. 2027 do 28. 6. 2027", "3. 5. 2027"],
        ["Torek od 3. 5. 2027 do 14. 6. 2027", "28. 6. 2027"],
        ["Torek od 10. 5. 2027 do 28. 6. 2027", "15. 6. 2027", "od 3. 5. 2027"],
    ],
)
async def test_name_and_days_come_one_at_a_time_or_together(village, coordinator, words):
    for text in words:
        await say(coordinator, text)
        card = coordinator.screen.text[coordinator.screen.text.index("Nova skupina\n") :]  # without a note above it
        assert await drawn_again(village, coordinator) == (card, coordinator.buttons)
    assert coordinator.screen.text == REPEATED.format("Torek")
    await say(coordinator, "Da.")
    assert await groups(village) == [("Torek", date(2027, 5, 3), date(2027, 6, 28))]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Torek 17h\n3. 5. 2027\n28. 6. 2027", "Torek 17h"),
        ("3. 5. 2027 – 28. 6. 2027 Dom, 2. nadstropje", "Dom, 2. nadstropje"),
        ("»Pomlad«: 3.5.2027–28.6.2027", "»Pomlad«"),
        ("Pomlad 2027 od 3. maja 2027 do 28. junija 2027", "Pomlad 2027"),
        ("Pom\u202elad\u200b 3. 5. 2027 28. 6. 2027", "Pomlad"),
    ],
)
async def test_the_dates_may_stand_anywhere_and_leave_a_clean_name(village, coordinator, typed, name):
    assert await say(coordinator, typed) == REPEATED.format(name)
    await tap(coordinator, "Da, ustvari skupino")
    assert await groups(village) == [(name, date(2027, 5, 3), date(2027, 6, 28))]


async def test_where_day_and_month_may_be_exchanged_it_is_asked(village, coordinator):
    card = await say(coordinator, "Torek od 3/5/2027 do 6/7/2027")
    assert card == "Nova skupina\nMigam z računalnikom\n\nIme: Torek\n\nKateri dan je to?"
    ways = [
        "3.\xa05.\xa02027 – 6.\xa07.\xa02027",
        "5.\xa03.\xa02027 – 7.\xa06.\xa02027",
        "Prekliči",
    ]
    assert coordinator.buttons == ways
    assert await drawn_again(village, coordinator) == (card, ways)
    card = await tap(coordinator, ways[1], again=True, new_query_id=True)
    assert "Prvi dan: petek, 5.\xa03.\xa02027\nZadnji dan: ponedeljek, 7.\xa06.\xa02027" in card
    await tap(coordinator, "Druga datuma")
    await say(coordinator, "3/5/2027")
    assert coordinator.buttons == ["3.\xa0maja 2027", "5.\xa0marca 2027", "Prekliči"]
    await tap(coordinator, "3.")
    assert (await say(coordinator, "28/6/2027")) == REPEATED.format("Torek")


async def test_name_and_days_can_be_typed_anew_before_anything_is_made(village, coordinator):
    await say(coordinator, "Sreda, 1. 5. 2027, 1. 6. 2027")
    card = await tap(coordinator, "Drugo ime")
    assert card.endswith("Napišite ime skupine, na primer: Pomladna skupina.")
    await say(coordinator, "Torek")
    assert (await tap(coordinator, "Druga datuma")).endswith("Lahko tudi enega za drugim.")
    assert await say(coordinator, "3. 5. 2027, 28. 6. 2027") == REPEATED.format("Torek")
    for words in ("hvala", "nova skupina"):
        assert await say(coordinator, words) == f"Kako naj bo skupini ime?\n\n{REPEATED.format('Torek')}"
    assert (await say(coordinator, "ne")).startswith("Vpis\n\n")
    assert await groups(village) == []


@pytest.mark.parametrize(
    ("days", "question"),
    [
        ("3. 5. 2072, 28. 6. 2072", "Prvi dan je čez več kot dve leti. Je leto pravo?"),
        ("3. 5. 2007, 28. 6. 2007", OVER),
        ("3. 5. 2026, 28. 6. 2062", "Od prvega do zadnjega dne je več kot dve leti. Sta datuma prava?"),
    ],
)  # fmt: skip
async def test_years_far_away_are_asked_about(village, coordinator, days, question):
    assert question in (await say(coordinator, f"Torek, {days}")).split("\n\n")
    assert coordinator.buttons == WAYS


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Pomlad 31. 2. 2027, 28. 6. 2027", "Dneva »31. 2. 2027« ni v koledarju. Preverite ga."),
        ("Pomlad 1. 1. 2027, 31. 12. 9999", "Dan »31. 12. 9999« je predaleč. Leto naj bo od 2000 do 2099."),
        ("Pomlad 1. 1. 0001, 3. 5. 2027", "Dan »1. 1. 0001« je predaleč. Leto naj bo od 2000 do 2099."),
        ("Pomlad 28. 6. 2027, 3. 5. 2027", "Zadnji dan je pred prvim. Preverite datuma."),
        ("1. 5. 2027, 2. 5. 2027, 3. 5. 2027", TOO_MANY),
        (f"{'P' * 61} 3. 5. 2027, 28. 6. 2027", "Ime skupine je predolgo. Naj ima največ 60 znakov."),
        ("Zima, 3. 5. 2027, 28. 6. 2027", "Skupina s tem imenom že obstaja. Izberite drugo ime."),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_said_and_can_be_typed_again(village, coordinator, typed, problem):
    await village.cohort(BREZICE, name="Zima")
    assert (await say(coordinator, typed)).startswith(f"{problem}\n\nNova skupina\n")
    assert len(await query(village, cohorts.listing)) == 1
    assert await say(coordinator, "Pomlad, 3. 5. 2027, 28. 6. 2027") == REPEATED.format("Pomlad")


async def test_a_name_that_somebody_takes_meanwhile_is_told(village, coordinator):
    await say(coordinator, "Zima, 3. 5. 2027, 28. 6. 2027")
    await village.cohort(BREZICE, name="Zima")
    assert (await tap(coordinator, "Da, ustvari skupino")).startswith("Skupina s tem imenom že obstaja.")
    assert len(await query(village, cohorts.listing)) == 1


async def test_the_longest_name_fits_on_the_card_of_the_longest_programme(village, coordinator):
    name = "Š" * 60
    assert await say(coordinator, f"{name} od 3/5/2027 do 6/7/2027")
    await tap(coordinator, coordinator.buttons[0])
    await tap(coordinator, "Da, ustvari skupino")
    assert [one[0] for one in await groups(village)] == [name]


async def test_the_group_may_be_of_volunteers(village):
    coordinator = await village.coordinator(LJUTOMER)
    await say(coordinator, "/vpis")
    await tap(coordinator, "Nova skupina")
    name = village.programme(LJUTOMER).name
    assert coordinator.buttons == [name, f"{name} · prostovoljci", "‹ Nazaj"]
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, coordinator.buttons)
    await tap(coordinator, f"{name} · prostovoljci")
    await say(coordinator, "Dijaki, 3. 5. 2027, 28. 6. 2027")
    await tap(coordinator, "Da, ustvari skupino")
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
    assert await forge(other, actions.choose_for_whom(BREZICE, 0)) == "Ta gumb tukaj ne velja."
    if who != "a coordinator of another library":
        assert await forge(other, actions.new_cohort()) == "Ta gumb tukaj ne velja."
    for action in (actions.make_cohort(), actions.rewrite_draft(DraftPart.NAME), actions.settle_days(True)):
        await forge(other, action)
    await say(other, "Pomlad, 3. 5. 2027, 28. 6. 2027")
    assert await query(village, cohorts.listing) == ()
