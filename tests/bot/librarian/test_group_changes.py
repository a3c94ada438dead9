"""A coordinator changes a group on a phone: what happens is shown first, confirmed once, and undone within a minute."""

from datetime import date

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import coordinator as actions
from bot.actions import librarian as librarian_actions
from storage import cohorts, occasions, participants
from storage.schema import DeliveryKind, DeliveryState, OccasionState, audit, delivery
from surveys.days import Cue

BREZICE, KAMNIK, LJUTOMER = "brezice-racunalnik", "kamnik-slovenscina", "ljutomer-branje"
NBSP = "\xa0"


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
    zone = village.services.policy.zone
    found = await query(village, occasions.of_enrolment, enrolment_id=person.enrolment)
    return {one.wave: (one.opens_at.astimezone(zone).date(), one.state) for one in found}


async def audited(village):
    def read(connection):
        columns = (audit.c.actor, audit.c.action, audit.c.subject)
        return [tuple(row) for row in connection.execute(select(*columns).order_by(audit.c.id))]

    return await village.services.database.read(read)


async def due(village):
    def read(connection):
        wanted = select(delivery.c.kind, delivery.c.occasion, delivery.c.planned_at).where(
            delivery.c.state == DeliveryState.DUE, delivery.c.kind != DeliveryKind.WEEKLY
        )
        return sorted(tuple(row) for row in connection.execute(wanted))

    return await village.services.database.read(read)


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
        policy=village.services.policy,
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
        (
            "3. 5. 2026, 4. 5. 2026, 5. 5. 2026",
            "Napišite samo prvi in zadnji dan, na primer: od 3. 5. 2027 do 28. 6. 2027.",
        ),
        ("31. 4. 2026", "Dneva »31. 4. 2026« ni v koledarju. Preverite ga."),
        ("do 31. 12. 9999", "Dan »31. 12. 9999« je predaleč. Leto naj bo od 2000 do 2099."),
        ("do 1/3/2026", "Kateri dan je to: 1.\xa0marca 2026 ali 3.\xa0januarja 2026? Napišite mesec z besedo."),
        ("od 5. 5. 2026", "Zadnji dan je pred prvim. Preverite datuma."),
        ("28. 6. 2027, 3. 5. 2027", "Zadnji dan je pred prvim. Preverite datuma."),
        ("2. 3. 2026, 4. 5. 2026", "To sta že zdajšnja datuma skupine."),
    ],
)
async def test_dates_that_cannot_be_are_told_and_typed_again(village, spring, coordinator, words, problem):
    assert (await to_new_dates(coordinator, words)).startswith(f"{problem}\n\nNovi datumi: Pomlad")
    assert (await say(coordinator, "9. 3. 2026, 11. 5. 2027")).startswith("Novi datumi: Pomlad\n\nZdaj:")
    card = await say(coordinator, "9. 3. 2026, 18. 5. 2026")  # other dates below what the first would do
    assert f"Novo: 9.{NBSP}3.{NBSP}2026 – 18.{NBSP}5.{NBSP}2026" in card


@pytest.mark.parametrize(
    ("words", "which", "days"),
    [
        ("do 11. maja", "", (date(2026, 3, 2), date(2026, 5, 11))),
        ("11. 5. 2026", "", (date(2026, 3, 2), date(2026, 5, 11))),
        ("1. 3. 2026", "", (date(2026, 3, 1), date(2026, 5, 4))),
        ("od 9. 3. 26", "", (date(2026, 3, 9), date(2026, 5, 4))),
        ("9. 3. 2026", "Nov prvi dan", (date(2026, 3, 9), date(2026, 5, 4))),
        ("27. 4. 2026", "Nov zadnji dan", (date(2026, 3, 2), date(2026, 4, 27))),
    ],
)
async def test_one_other_day_needs_one_day(village, spring, coordinator, words, which, days):
    card = await to_new_dates(coordinator, words)
    if which:
        assert coordinator.buttons == ["Nov prvi dan", "Nov zadnji dan", "Prekliči"]
        assert await drawn_again(village, coordinator) == (card, coordinator.buttons)
        await tap(coordinator, which)
    await tap(coordinator, "Da, tako naj bo")
    found = await query(village, cohorts.find, reference=spring.id)
    assert (found.start, found.end) == days


async def test_new_years_far_away_are_asked_about(village, spring, coordinator):
    card = await to_new_dates(coordinator, "do 4. 5. 2062")
    assert "Od prvega do zadnjega dne je več kot dve leti. Sta datuma prava?" in card.split("\n\n")


async def test_a_group_ends_early_after_it_was_shown_what_that_cancels(village, spring, coordinator):
    here, waiting = await village.enrol(spring), await village.enrol(spring)
    await joins(village, here)
    before, states = await due(village), await opens(village, here)
    await to_the_group(coordinator)
    card = await tap(coordinator, "Končaj skupino")
    assert card == (
        "Končaj skupino: Pomlad\n\n"
        f"• Izhodiščni vprašalnik ostane odprt do svojega dne, opomnikov ne bo (1{NBSP}oseba).\n"
        f"• Zaključnega vprašalnika ne bo (1{NBSP}oseba).\n"
        f"• Vprašalnika za spremljanje ne bo (1{NBSP}oseba).\n"
        f"• Povezave, ki še niso odprte, ne bodo več veljale (1{NBSP}oseba).\n\n"
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
    await tap(coordinator, "Več")
    assert coordinator.buttons == ["‹ Nazaj", "Na začetek"]
    for action in (
        actions.close_cohort(spring.id),
        actions.change_dates(spring.id),
        librarian_actions.ask_how_many(spring.id),
    ):
        assert await forge(coordinator, action) == "Ta gumb tukaj ne velja."
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
            await tap(other, "Več")
            assert other.buttons == ["Koledar sporočil", "Obrazec za privolitev", "‹ Nazaj", "Na začetek"]
        case _:
            other = await village.staff("coordinator", village.programme(KAMNIK).code, "Kaja")
    for action in (
        actions.change_dates(spring.id),
        actions.confirm_dates(spring.id, date(2026, 3, 9), date(2026, 5, 11), 1),
        actions.close_cohort(spring.id),
        librarian_actions.take_back(1),
        actions.rename_cohort(spring.id),
        actions.choose_end(spring.id, date(2026, 3, 9), Cue.START),
        actions.confirm_name(spring.id),
        actions.remove_cohort(spring.id),
    ):
        assert await forge(other, action) == "Ta gumb tukaj ne velja."
    await forge(other, actions.confirm_closing(spring.id))
    if who != "a librarian":
        assert await forge(other, librarian_actions.choose_other_cohort(person.enrolment)) == "Ta gumb tukaj ne velja."
    found = await query(village, cohorts.find, reference=spring.id)
    assert (found.end, found.closed_at) == (date(2026, 5, 11), None)


async def test_a_group_gets_another_name_after_both_were_shown(village, spring, coordinator):
    await village.cohort(BREZICE, name="Zima")
    await to_the_group(coordinator)
    assert await tap(coordinator, "Preimenuj skupino") == "Preimenuj skupino\n\nZdaj: Pomlad\n\nNapišite novo ime."
    assert await drawn_again(village, coordinator) == (coordinator.screen.text, ["Prekliči"])
    for words, problem in (
        ("Zima", "Skupina s tem imenom že obstaja. Izberite drugo ime."),
        ("Z" * 61, "Ime skupine je predolgo. Naj ima največ 60 znakov."),
        ("?", "V imenu skupine naj bodo črke ali številke."),
        ("hvala", "Kako naj bo skupini ime?"),
        ("Pomlad", "Kako naj bo skupini ime?"),
    ):
        assert (await say(coordinator, words)).startswith(f"{problem}\n\nPreimenuj skupino")
    await say(coordinator, "Sreda")
    card = await say(coordinator, "Torek\n od 17 <h>")
    assert card == "Preimenuj skupino\n\nZdaj: Pomlad\nNovo: Torek od 17 <h>\n\nNaj bo tako?"
    assert await drawn_again(village, coordinator) == (card, ["Da, tako naj bo", "Prekliči"])
    card = await tap(coordinator, "Da, tako naj bo", again=True, new_query_id=True)
    assert "Torek od 17 <h>\n2.\xa03." in card
    assert (await query(village, cohorts.find, reference=spring.id)).name == "Torek od 17 <h>"
    await tap(coordinator, "Preimenuj skupino")
    await say(coordinator, "Pomlad")
    assert (await say(coordinator, "da")).startswith("Skupina ima novo ime.\n\nPomlad\n")


async def test_a_group_is_removed_while_nobody_is_in_it(village, spring, coordinator):
    await to_the_group(coordinator)
    card = await tap(coordinator, "Izbriši skupino")
    assert card == "Izbriši skupino: Pomlad?\n\nV skupini ni nikogar. Tega ni mogoče razveljaviti."
    assert await drawn_again(village, coordinator) == (card, ["Da, izbriši skupino", "Prekliči"])
    person = await village.enrol(spring)
    assert (await tap(coordinator, "Da, izbriši skupino")).startswith("V skupini je medtem že kdo")
    await tap(coordinator, "Več")
    assert "Izbriši skupino" not in coordinator.buttons
    await say(coordinator, person.code)
    await tap(coordinator, "Odstrani vpis")
    card = await tap(coordinator, "Da, odstrani vpis")
    assert card.startswith(f"Vpis {person.code} je odstranjen. Kartico s to šifro zavrzite.\n\nPomlad\n")
    assert card.endswith("V skupini še ni nikogar.")
    assert (await say(coordinator, person.code)).startswith("Te šifre ni v skupinah vaše knjižnice.")
    await to_the_group(coordinator)
    await tap(coordinator, "Izbriši skupino")
    card = await tap(coordinator, "Da, izbriši skupino")
    assert card == "Skupina Pomlad je izbrisana.\n\nSkupine\n\nSkupin še ni. Za začetek izberite /vpis."
    for action in (
        librarian_actions.show_cohort(spring.id),
        actions.remove_cohort(spring.id),
        librarian_actions.ask_how_many(spring.id),
        actions.change_dates(spring.id),
        librarian_actions.show_more_of_cohort(spring.id),
    ):
        assert await forge(coordinator, action) == "Ta gumb tukaj ne velja."
    assert await query(village, cohorts.listing) == ()


async def test_an_enrolment_that_was_used_is_not_removed(village, spring, coordinator):
    person = await village.enrol(spring)
    await say(coordinator, person.code)
    await tap(coordinator, "Odstrani vpis")
    old = coordinator.screen.buttons[0][0].data
    await joins(village, person)
    await tap(coordinator, "Da, odstrani vpis")
    assert coordinator.screen.text.startswith("Ta oseba je povezavo že uporabila, zato vpisa ni mogoče odstraniti.")
    await tap(coordinator, "Več")
    assert "Odstrani vpis" not in coordinator.buttons
    await forge(coordinator, old)
    [enrolment] = await query(village, participants.of_code, code=person.code)
    assert enrolment.state.value == "active"


@pytest.mark.parametrize(
    "action",
    [
        "confirm_dates:1:2026-02-30:2026-05-11:1",
        "confirm_dates:1:x:2026-05-11:1",
        actions.confirm_dates(1, date(2026, 3, 9), date(2026, 5, 11), 1),
    ],
)
async def test_a_forged_confirmation_changes_nothing(village, spring, coordinator, action):
    await to_the_group(coordinator)
    await forge(coordinator, action)
    assert await query(village, cohorts.find, reference=spring.id) == spring
