"""A coordinator changes a group on a phone: what happens is shown first, confirmed once, and undone within a minute."""

from datetime import date

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from storage import cohorts, occasions, participants
from storage.schema import DeliveryKind, DeliveryState, OccasionState, audit, delivery

BREZICE, KAMNIK, LJUTOMER = "brezice-racunalnik", "kamnik-slovenscina", "ljutomer-branje"
NBSP = "\xa0"


@pytest.fixture
def database_url(sqlite_url):
    return sqlite_url


@pytest.fixture
async def spring(village):
    return await village.cohort(BREZICE, name="Pomlad")


@pytest.fixture
async def coordinator(village, spring):
    return await village.coordinator(BREZICE)


async def joins(village, person, name="Marija"):
    phone = village.simulator.person(name)
    await phone.follows(village.link(person.token))
    await phone.settles()
    await tap(phone, "Da")
    return phone


async def opens(village, person):
    """The local day on which each wave opens, and its state."""
    zone = village.house.rhythm.zone
    found = await query(village, occasions.of_enrolment, enrolment_id=person.enrolment)
    return {one.wave: (one.opens_at.astimezone(zone).date(), one.state) for one in found}


async def audited(village):
    def read(connection):
        columns = (audit.c.actor, audit.c.action, audit.c.subject)
        return [tuple(row) for row in connection.execute(select(*columns).order_by(audit.c.id))]

    return await village.house.database.read(read)


async def due(village):
    def read(connection):
        wanted = select(delivery.c.kind, delivery.c.occasion, delivery.c.planned_at).where(
            delivery.c.state == DeliveryState.DUE, delivery.c.kind != DeliveryKind.WEEKLY
        )
        return sorted(tuple(row) for row in connection.execute(wanted))

    return await village.house.database.read(read)


async def to_the_group(person, name="Pomlad"):
    await say(person, "/skupine")
    return await tap(person, name)


async def to_new_dates(person, words):
    await to_the_group(person)
    await tap(person, "Spremeni datume")
    return await say(person, words)


async def test_new_dates_show_who_moves_and_what_stays_before_anything_changes(village, spring, coordinator):
    people = [await village.enrol(spring) for _ in range(3)]
    for person in people:
        await joins(village, person, person.code)
    before = await opens(village, people[0])
    await to_the_group(coordinator)
    asked = await tap(coordinator, "Spremeni datume")
    assert asked.startswith(f"Novi datumi: Pomlad\n\nZdaj: 2.{NBSP}3.{NBSP}2026 – 4.{NBSP}5.{NBSP}2026\n\n")
    assert await drawn_again(village, coordinator) == (asked, ["Prekliči"])
    card = await say(coordinator, "9. 3. 2026 – 11. 5. 2026")
    assert card == (
        f"Novi datumi: Pomlad\n\nZdaj: 2.{NBSP}3.{NBSP}2026 – 4.{NBSP}5.{NBSP}2026\n"
        f"Novo: 9.{NBSP}3.{NBSP}2026 – 11.{NBSP}5.{NBSP}2026\n\n"
        f"izhodišče\n• vabilo je že poslano, ostane tako, kot je: 3{NBSP}osebe\n\n"
        f"zaključek\n• 3 osebe se premaknejo s{NBSP}4.{NBSP}5. na 11.{NBSP}5.\n\n"
        f"spremljanje\n• 3 osebe se premaknejo s{NBSP}3.{NBSP}8. na 10.{NBSP}8.\n\n"
        "Naj bo tako?"
    )
    assert coordinator.buttons == ["Da, tako naj bo", "Prekliči"]
    assert await drawn_again(village, coordinator) == (card, coordinator.buttons)
    assert await opens(village, people[0]) == before
    await tap(coordinator, "Da, tako naj bo", again=True, new_query_id=True)
    assert coordinator.screen.text == (
        f"Pomlad: novi datumi\n\n9.{NBSP}3.{NBSP}2026 – 11.{NBSP}5.{NBSP}2026\n\nSporočila so prestavljena."
    )
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, coordinator.buttons)
    assert await opens(village, people[0]) == {
        "before": before["before"],
        "after": (date(2026, 5, 11), OccasionState.PLANNED),
        "followup": (date(2026, 8, 10), OccasionState.PLANNED),
    }
    assert [row for row in await audited(village) if row[1] == "cohort.edit"] == [
        ("staff:1", "cohort.edit", f"cohort:{spring.id}")
    ]


async def test_new_dates_are_taken_back_within_a_minute(village, spring, coordinator):
    person = await village.enrol(spring)
    await joins(village, person)
    before = await due(village)
    await to_new_dates(coordinator, "9. 3. 2026, 11. 5. 2026")
    await tap(coordinator, "Da, tako naj bo")
    assert await due(village) != before
    await village.wait(seconds=59)
    await tap(coordinator, "Razveljavi", again=True, new_query_id=True)
    assert coordinator.screen.text.startswith("Razveljavljeno.")
    assert await due(village) == before
    assert (await tap(coordinator, "V skupino")).startswith(f"Pomlad\n2.{NBSP}3.{NBSP}2026 – 4.{NBSP}5.{NBSP}2026")
    await to_new_dates(coordinator, "9. 3. 2026, 11. 5. 2026")
    await tap(coordinator, "Da, tako naj bo")
    await village.wait(seconds=61)
    await tap(coordinator, "Razveljavi")
    assert coordinator.toasts[-1].text == "Razveljaviti je mogoče le eno minuto."
    assert coordinator.buttons == ["V skupino", "Na začetek"]
    assert (await query(village, cohorts.find, reference=spring.id)).end == date(2026, 5, 11)


async def test_new_dates_are_not_taken_back_over_somebody_elses(village, spring, coordinator):
    await to_new_dates(coordinator, "9. 3. 2026, 11. 5. 2026")
    await tap(coordinator, "Da, tako naj bo")
    await village.write(
        cohorts.edit,
        programme=village.programme(BREZICE),
        cohort_id=spring.id,
        rhythm=village.house.rhythm,
        now=village.clock(),
        actor="operator",
        end=date(2026, 6, 1),
    )
    assert (await tap(coordinator, "Razveljavi")).startswith("Medtem se je nekaj spremenilo")
    assert (await query(village, cohorts.find, reference=spring.id)).end == date(2026, 6, 1)


async def test_who_joins_between_the_preview_and_the_confirmation_is_shown_first(village, spring, coordinator):
    person = await village.enrol(spring)
    card = await to_new_dates(coordinator, "9. 3. 2026, 11. 5. 2026")
    assert "V skupini še ni nikogar s privolitvijo" in card
    await joins(village, person)
    card = await tap(coordinator, "Da, tako naj bo")
    assert coordinator.toasts[-1].text == "Medtem se je nekaj spremenilo. Preverite še enkrat."
    assert f"• 1 oseba se premakne s{NBSP}4.{NBSP}5. na 11.{NBSP}5." in card
    assert (await query(village, cohorts.find, reference=spring.id)) == spring
    assert (await tap(coordinator, "Da, tako naj bo")).startswith("Pomlad: novi datumi")


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("jutri", "Napišite dva datuma, na primer 3. 5. 2027 in 28. 6. 2027."),
        ("3. 5. 2027", "Napišite dva datuma, na primer 3. 5. 2027 in 28. 6. 2027."),
        ("28. 6. 2027, 3. 5. 2027", "Zadnji dan je pred prvim. Preverite datuma."),
        ("2. 3. 2026, 4. 5. 2026", "To sta že zdajšnja datuma skupine."),
    ],
)
async def test_dates_that_cannot_be_are_told_and_typed_again(village, spring, coordinator, words, problem):
    assert (await to_new_dates(coordinator, words)).startswith(f"{problem}\n\nNovi datumi: Pomlad")
    assert (await say(coordinator, "9. 3. 2026, 11. 5. 2027")).startswith("Novi datumi: Pomlad\n\nZdaj:")
    card = await say(coordinator, "9. 3. 2026, 18. 5. 2026")  # other dates below what the first would do
    assert f"Novo: 9.{NBSP}3.{NBSP}2026 – 18.{NBSP}5.{NBSP}2026" in card


async def test_a_group_ends_early_after_it_was_shown_what_that_cancels(village, spring, coordinator):
    here, waiting = await village.enrol(spring), await village.enrol(spring)
    await joins(village, here)
    before, states = await due(village), await opens(village, here)
    await to_the_group(coordinator)
    card = await tap(coordinator, "Končaj skupino")
    assert card == (
        "Končaj skupino: Pomlad\n\n"
        f"• izhodišče: ostane odprt do svojega dne, opomnikov ne bo, 1{NBSP}oseba\n"
        f"• zaključek: vprašalnika ne bo, 1{NBSP}oseba\n"
        f"• spremljanje: vprašalnika ne bo, 1{NBSP}oseba\n"
        f"• povezave, ki še niso odprte, ne bodo več veljale, 1{NBSP}oseba\n\n"
        "Odgovori, ki jih že imamo, ostanejo.\n\nNaj bo tako?"
    )
    assert await drawn_again(village, coordinator) == (card, ["Da, tako naj bo", "Prekliči"])
    await tap(coordinator, "Da, tako naj bo", again=True, new_query_id=True)
    assert coordinator.screen.text.startswith("Pomlad: skupina je končana")
    assert {wave: state for wave, (_, state) in (await opens(village, here)).items()} == {
        "before": OccasionState.OPEN,
        "after": OccasionState.CANCELLED,
        "followup": OccasionState.CANCELLED,
    }
    assert [kind for kind, _, _ in await due(village)] == [DeliveryKind.CLOSING]
    assert (await audited(village))[-1] == ("staff:1", "cohort.close", f"cohort:{spring.id}")
    await tap(coordinator, "Razveljavi")
    assert (await audited(village))[-1] == ("staff:1", "cohort.reopen", f"cohort:{spring.id}")
    assert (await due(village), await opens(village, here)) == (before, states)
    await joins(village, waiting, "Jože")
    assert set(await opens(village, waiting)) == {"before", "after", "followup"}


async def test_an_ended_group_says_so_asks_nobody_and_is_changed_no_more(village, spring, coordinator):
    waiting = await village.enrol(spring)
    await to_the_group(coordinator)
    await tap(coordinator, "Končaj skupino")
    await tap(coordinator, "Da, tako naj bo")
    card = await tap(coordinator, "V skupino")
    assert "\nSkupina je končana.\n" in card
    assert {"Spremeni datume", "Končaj skupino"} & set(coordinator.buttons) == set()
    for action in (f"gz:{spring.id}", f"gd:{spring.id}", f"enb:{spring.id}"):
        assert await forge(coordinator, action) == "Ta gumb ne pripada temu pogovoru."
    phone = village.simulator.person("Jože")
    await phone.follows(village.link(waiting.token))
    await phone.settles()
    assert phone.screen.text.startswith("Ta povezava ne velja več.")
    await say(coordinator, "/vpis")
    assert "Pomlad" not in coordinator.buttons


async def test_a_person_goes_on_in_another_group_and_back_within_a_minute(village, spring, coordinator):
    summer = await village.cohort(BREZICE, date(2026, 3, 16), date(2026, 6, 15), name="Poletje")
    await village.cohort(BREZICE, date(2025, 3, 16), date(2025, 6, 15), name="Lani")
    person = await village.enrol(spring)
    await joins(village, person)
    librarian = await village.staff("librarian", village.programme(BREZICE).code, "Ana")
    before = await due(village)
    await say(librarian, f"/udelezenec {person.code}")
    chosen = await tap(librarian, "V drugo skupino")
    assert librarian.buttons == ["Poletje", "‹ Nazaj"]
    assert await drawn_again(village, librarian) == (chosen, librarian.buttons)
    card = await tap(librarian, "Poletje")
    assert card == (
        f"{person.code}: v drugo skupino\n\nZdaj: Pomlad\nNovo: Poletje\n\n"
        f"izhodišče\n• vabilo je že poslano, ostane tako, kot je: 1{NBSP}oseba\n\n"
        f"zaključek\n• 1 oseba se premakne s{NBSP}4.{NBSP}5. na 15.{NBSP}6.\n\n"
        f"spremljanje\n• 1 oseba se premakne s{NBSP}3.{NBSP}8. na 14.{NBSP}9.\n\n"
        "Odgovori gredo z osebo.\n\nNaj bo tako?"
    )
    assert await drawn_again(village, librarian) == (card, ["Da, tako naj bo", "Prekliči"])
    await tap(librarian, "Da, tako naj bo", again=True, new_query_id=True)
    assert librarian.screen.text.startswith(f"{person.code}: v skupini Poletje")
    assert (await query(village, participants.of_enrolment, enrolment_id=person.enrolment)).cohort == summer.id
    assert (await audited(village))[-1] == ("staff:2", "participant.move", person.code)
    await tap(librarian, "Razveljavi")
    assert (await query(village, participants.of_enrolment, enrolment_id=person.enrolment)).cohort == spring.id
    assert await due(village) == before
    assert (await audited(village))[-1] == ("staff:2", "participant.move_back", person.code)


async def test_where_there_is_no_other_group_it_is_said(village, coordinator):
    await village.cohort(LJUTOMER)
    person = await village.enrol(await village.cohort(LJUTOMER, name="Dijaki", audience="volunteers"))
    librarian = await village.staff("librarian", village.programme(LJUTOMER).code, "Ana")
    await say(librarian, f"/udelezenec {person.code}")
    assert await tap(librarian, "V drugo skupino") == "Ni druge skupine, v katero bi lahko šla ta oseba."
    assert await drawn_again(village, librarian) == (librarian.screen.text, ["‹ Nazaj"])


@pytest.mark.parametrize("who", ["a librarian", "a coordinator of another library", "a stranger"])
async def test_others_change_no_group(village, spring, coordinator, who):
    person = await village.enrol(spring)
    await to_new_dates(coordinator, "9. 3. 2026, 11. 5. 2026")
    await tap(coordinator, "Da, tako naj bo")
    match who:
        case "a stranger":
            other = village.simulator.person("Tuj")
            await say(other, "/start")
        case "a librarian":
            other = await village.staff("librarian", village.programme(BREZICE).code, "Ana")
            await to_the_group(other)
            assert {"Spremeni datume", "Končaj skupino"} & set(other.buttons) == set()
        case _:
            other = await village.staff("coordinator", village.programme(KAMNIK).code, "Kaja")
    for action in (f"gd:{spring.id}", f"gdx:{spring.id}:20260309:20260511:1", f"gz:{spring.id}", "und:1"):
        assert await forge(other, action) == "Ta gumb ne pripada temu pogovoru."
    await forge(other, f"gzx:{spring.id}")
    if who != "a librarian":
        assert await forge(other, f"psk:{person.enrolment}") == "Ta gumb ne pripada temu pogovoru."
    found = await query(village, cohorts.find, reference=spring.id)
    assert (found.end, found.closed_at) == (date(2026, 5, 11), None)


@pytest.mark.parametrize("action", ["gdx:1:20260230:20260511:1", "gdx:1:x:20260511:1", "gdx:1:20260309:20260511:1"])
async def test_a_forged_confirmation_changes_nothing(village, spring, coordinator, action):
    await to_the_group(coordinator)
    await forge(coordinator, action)
    assert await query(village, cohorts.find, reference=spring.id) == spring
