"""Somebody waits for the next group, answers twice, joins, and goes on to the end, on the phone and at the desk."""

from datetime import UTC, date, datetime

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import assistance
from bot.actions import librarian as actions
from bot.actions.assistance import ConsentGiven
from bot.staff import paper_forms
from bot.texts.participant import CONSENT_VERSION
from reports.data.frames import read
from reports.data.indicators import everything
from storage import access_links, occasions, participants
from storage.answers import responses
from storage.schema import Allocation, EnrolmentState, OccasionState, consent
from surveys.model import EnrolmentRole

pytestmark = pytest.mark.both_databases

BREZICE = "brezice-racunalnik"
SUMMER = {"start": date(2026, 6, 15), "end": date(2026, 8, 31), "name": "Poletje"}


@pytest.fixture
async def spring(village):
    return await village.cohort(BREZICE, name="Pomlad")


@pytest.fixture
async def librarian(village, spring):
    return await village.librarian(BREZICE)


async def enrols_to_wait(village, librarian, spring):
    """One person on the waiting list, drawn by lot; gives the place and the link."""
    await say(librarian, "/vpis")
    await tap(librarian, "Pomlad")
    await tap(librarian, "Na čakalni seznam")
    await tap(librarian, "Z žrebom")
    await say(librarian, "1")
    [enrolment] = await query(village, participants.of_cohort, cohort_id=spring.id)
    token = await query(
        village, access_links.open_token, keys=village.services.keys, enrolment_id=enrolment.id, now=village.clock()
    )
    return enrolment, village.link(token)


async def answers(person):
    """Answer whatever is asked with the first option, and hand it in; gives how many cards there were."""
    for cards in range(40):
        labels = person.buttons
        if "Oddaj odgovore" in labels:
            await tap(person, "Oddaj odgovore")
            return cards
        if "Izberete lahko več odgovorov." in person.screen.text:
            await tap(person, labels[0])
            await tap(person, "Naprej")
        elif "Preskoči" in labels:
            await tap(person, "Preskoči")
        elif labels[0] == "Ne vem":
            await say(person, "3")
        else:
            await tap(person, labels[0])
    raise AssertionError(person.screen.text)


async def test_how_many_wait_is_asked_after_how_that_was_decided(village, spring, librarian):
    await say(librarian, "/vpis")
    await tap(librarian, "Pomlad")
    card = await tap(librarian, "Na čakalni seznam")
    assert "Nihče naj zaradi tega ne čaka dlje" in card
    assert librarian.buttons == ["Z žrebom", "Po vrstnem redu prijav", "‹ Nazaj"]
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    assert (await say(librarian, "10")).startswith("Najprej izberite, kako je bilo odločeno.\n\n")
    card = await tap(librarian, "Po vrstnem redu prijav")
    assert "Kdo čaka, odloči vrstni red prijav." in card
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    assert (await say(librarian, "veliko")).startswith("Napišite število od 1 do 60")
    await tap(librarian, "5\xa0oseb")
    enrolments = await query(village, participants.of_cohort, cohort_id=spring.id)
    assert [(enrolment.role, enrolment.allocation) for enrolment in enrolments] == [
        (EnrolmentRole.WAITING, Allocation.ORDER)
    ] * 5
    assert "Še ena oseba" not in librarian.buttons
    await tap(librarian, "Še ena oseba na čakalni seznam")
    enrolments = await query(village, participants.of_cohort, cohort_id=spring.id)
    assert [(enrolment.role, enrolment.allocation) for enrolment in enrolments] == [
        (EnrolmentRole.WAITING, Allocation.ORDER)
    ] * 6
    card = await say(librarian, "/skupine")
    assert "Vpisanih: 0 · s privolitvijo: 0\n" in card
    assert card.endswith("\nNa čakalnem seznamu: 6\xa0oseb")


async def test_children_do_not_wait_for_a_comparison(village):
    await village.cohort("novo-mesto-branje", name="Jesen")
    librarian = await village.librarian("novo-mesto-branje")
    await say(librarian, "/vpis")
    await tap(librarian, "Jesen")
    assert "Na čakalni seznam" not in librarian.buttons


async def test_somebody_waits_answers_twice_joins_and_goes_on_to_the_end(village, spring, librarian):
    enrolment, link = await enrols_to_wait(village, librarian, spring)
    person = village.simulator.person("Marija")
    await person.follows(link)
    await person.settles()
    assert "Ste na čakalnem seznamu programa »Delavnice v knjižnici«." in person.screen.text
    assert "Odgovori ne vplivajo na vaše mesto v skupini." in person.screen.text
    await tap(person, "Da, želim sodelovati")
    await answers(person)
    assert "Naslednji vprašalnik dobite" in person.screen.text

    await village.travel(datetime(2026, 5, 4, 16, tzinfo=UTC))
    assert "Vaša skupina se še ni začela." in person.screen.text
    assert "Drugi vprašalnik" in person.screen.text
    assert "ob koncu" not in person.screen.text
    await tap(person, "Začni")
    asked = await answers(person)
    assert "To je bil zadnji vprašalnik, preden se začne vaša skupina." in person.screen.text
    assert "zgodb" not in person.screen.text
    assert not any("zgodb" in label for label in person.buttons)
    assert "Na začetku in zdaj" not in person.buttons  # it might change what is said at the beginning
    response = (await query(village, responses.of_enrolment, enrolment_id=enrolment.id))[1]
    assert {item.role for item in response.questionnaire.items} == {"primary", "programme", "core"}
    assert asked == len(response.questionnaire.items)

    await village.cohort(BREZICE, **SUMMER)
    card = await say(librarian, enrolment.code)
    assert "Na čakalnem seznamu, določeno z žrebom." in card
    card = await tap(librarian, "Začenja s skupino Poletje")
    assert card.startswith(f"{enrolment.code} začenja s skupino Poletje.")
    assert "Izhodišče je odgovorjeno 4." in card
    await tap(librarian, "Pregled osebe")
    assert "Poletje" in librarian.screen.text
    assert "• izhodišče: odgovorjeno" in librarian.screen.text
    assert "čakalnem" not in librarian.screen.text

    quiet = len(person.messages)
    await village.travel(datetime(2026, 6, 30, 12, tzinfo=UTC))
    assert len(person.messages) == quiet  # what was answered is not asked again
    await village.travel(datetime(2026, 8, 31, 16, tzinfo=UTC))
    await tap(person, "Začni")
    assert await answers(person) > asked
    assert "Na začetku (4.\xa05.\xa02026) in zdaj: " in await tap(person, "Na začetku in zdaj")
    await village.wait(days=95)
    await tap(person, "Začni")
    await answers(person)
    assert "To je bil zadnji vprašalnik tega programa." in person.screen.text

    asked = everything(village.programme(BREZICE))
    data = await village.services.database.read(lambda connection: read(connection, BREZICE, asked))
    assert [len(one.pairs("primary", "before", "after")) for one in (data, data.waiting)] == [1, 1]
    assert list(data.pairs("primary", "before", "followup").index) == [enrolment.code]


async def test_joining_is_taken_back_with_one_tap_and_a_second_tap_does_nothing(village, spring, librarian):
    enrolment, link = await enrols_to_wait(village, librarian, spring)
    await village.cohort(BREZICE, **SUMMER)
    person = village.simulator.person("Marija")
    await person.follows(link)
    await person.settles()
    await tap(person, "Da, želim sodelovati")
    await say(librarian, enrolment.code)
    assert [label for label in librarian.buttons if "Začenja" in label] == [
        "Začenja s skupino Poletje",
        "Začenja s skupino Pomlad",
    ]
    await tap(librarian, "Začenja s skupino Poletje")
    assert len(await query(village, participants.of_code, code=enrolment.code)) == 2
    await tap(librarian, "Razveljavi")
    assert len(await query(village, participants.of_code, code=enrolment.code)) == 1
    there = await query(village, occasions.of_enrolment, enrolment_id=enrolment.id)
    assert [one.state for one in there] == [OccasionState.OPEN, OccasionState.PLANNED]


async def test_who_has_no_telephone_consents_to_a_text_of_their_own(village, spring, librarian):
    enrolment, _ = await enrols_to_wait(village, librarian, spring)
    await say(librarian, enrolment.code)
    card = await tap(librarian, "Zapiši privolitev")
    assert "Zaradi vprašalnikov ne čakate nič dlje." in card
    assert "Starš ali skrbnik podpiše" not in librarian.buttons
    await tap(librarian, "Prebrano in dovoljeno")
    assert "Zapiši privolitev" not in librarian.buttons
    await village.cohort(BREZICE, **SUMMER)
    await say(librarian, enrolment.code)
    await tap(librarian, "Začenja s skupino Poletje")
    await tap(librarian, "Pregled osebe")
    assert "Zapiši privolitev" not in librarian.buttons  # what was agreed to speaks of taking part as well


async def test_who_waits_beside_many_others_is_told_apart_in_the_group(village, spring, librarian):
    await enrols_to_wait(village, librarian, spring)
    await village.enrol(spring)
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    assert sorted(label.partition(" · ")[2] for label in librarian.buttons if " · " in label) == [
        "še ni privolitve",
        "še ni privolitve · na čakalnem seznamu",
    ]


async def test_on_paper_who_waits_is_asked_nothing_about_the_programme(village, spring, librarian):
    enrolment, _ = await enrols_to_wait(village, librarian, spring)
    await say(librarian, enrolment.code)
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, "Prebrano in dovoljeno")
    printed = await query(
        village,
        paper_forms.papers,
        services=village.services,
        cohort=spring,
        wave=village.programme(BREZICE).wave("after"),
        now=village.clock(),
    )
    [sheet] = printed.people
    assert {item.role for item in sheet.questionnaire.items} == {"primary", "programme", "core"}
    assert "Srečanja se končujejo" not in sheet.questionnaire.intro


async def test_who_was_enrolled_from_a_list_is_put_on_the_waiting_list(village, spring, librarian):
    enrolled = await village.enrol(spring)
    await say(librarian, enrolled.code)
    card = await tap(librarian, "Na čakalni seznam")
    assert card.startswith(f"{enrolled.code} na čakalni seznam?")
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    card = await tap(librarian, "Po vrstnem redu prijav")
    assert "Na čakalnem seznamu, določeno po vrstnem redu prijav." in card
    person = village.simulator.person("Marija")
    await person.follows(village.link(enrolled.token))
    await person.settles()
    assert "Ste na čakalnem seznamu" in person.screen.text
    await tap(person, "Da, želim sodelovati")
    await say(librarian, enrolled.code)
    await tap(librarian, "Več")
    assert "Na čakalni seznam" not in librarian.buttons


async def test_who_waits_is_counted_beside_the_group_and_is_not_expected_at_its_first_meeting(
    village, spring, librarian
):
    enrolment, link = await enrols_to_wait(village, librarian, spring)
    taking_part = await village.enrol(spring)
    await say(librarian, "/vpis")
    assert "V skupini: 1\xa0oseba, na čakalnem seznamu: 1\xa0oseba" in await tap(librarian, "Pomlad")
    assert "V skupini: 1\xa0oseba, na čakalnem seznamu: 1\xa0oseba" in await tap(librarian, "Na čakalni seznam")
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    assert f"{enrolment.code} · še ni privolitve · na čakalnem seznamu" in librarian.buttons
    person = village.simulator.person("Marija")
    await person.follows(link)
    await person.settles()
    await tap(person, "Da, želim sodelovati")
    card = await tap(librarian, "Prvo srečanje")
    assert "Privolitev: 0 od 1\nOdgovorjeno: 0 od 0" in card
    assert [one for one in librarian.buttons if "BRE-" in one] == [f"{taking_part.code} · še ni začetka"]


async def test_who_waits_is_told_apart_among_those_to_be_called(village, spring, librarian):
    enrolment, link = await enrols_to_wait(village, librarian, spring)
    await village.wait(days=7)
    assert f"{enrolment.code} – povezava še ni odprta, od 2.\xa03.\xa02026, na čakalnem seznamu" in await say(
        librarian, "/klici"
    )
    assert (await tap(librarian, enrolment.code)).startswith(f"Klic: {enrolment.code}\nPomlad, na čakalnem seznamu\n\n")
    person = village.simulator.person("Marija")
    await person.follows(link)
    await person.settles()
    await tap(person, "Da, želim sodelovati")
    await say(person, "/pomoc")
    await tap(person, "Pokličite me")
    assert f"{enrolment.code} – prosi za klic, od 9.\xa03.\xa02026, na čakalnem seznamu" in await say(
        librarian, "/klici"
    )


async def test_somebody_begins_once_and_the_page_of_waiting_says_so(village, spring, librarian):
    enrolment, link = await enrols_to_wait(village, librarian, spring)
    summer = await village.cohort(BREZICE, **SUMMER)
    await village.cohort(BREZICE, name="Junij", start=date(2026, 6, 1), end=date(2026, 7, 31))
    person = village.simulator.person("Marija")
    await person.follows(link)
    await person.settles()
    await tap(person, "Da, želim sodelovati")
    await say(librarian, enrolment.code)
    card = await tap(librarian, "Začenja s skupino Junij")
    assert "Oseba dobi izhodišče" in card
    await forge(librarian, actions.show_person(enrolment.id))
    card = librarian.screen.text
    assert "Začela se je skupina Junij." in card
    assert "čakalnem" not in card
    assert [label for label in librarian.buttons if "Začenja" in label] == []
    await tap(librarian, "Oseba v skupini Junij")
    assert "Junij" in librarian.screen.text
    await forge(librarian, actions.begin_after_waiting(enrolment.id, summer.id))
    assert len(await query(village, participants.of_code, code=enrolment.code)) == 2
    assert "na čakalnem seznamu" in await say(person, "/moji_podatki")
    assert "v skupini Junij" in person.screen.text

    await forge(librarian, actions.show_person(enrolment.id))
    await tap(librarian, "Več")
    await tap(librarian, "Konec sodelovanja")
    await tap(librarian, "Da, končaj sodelovanje")
    enrolments = await query(village, participants.of_code, code=enrolment.code)
    assert {one.state for one in enrolments} == {EnrolmentState.LEFT}


async def test_an_outdated_yes_records_nothing_and_the_right_text_is_asked(village, spring, librarian):
    enrolled = await village.enrol(spring)
    person = village.simulator.person("Marija")
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await say(librarian, enrolled.code)
    await tap(librarian, "Več")
    await tap(librarian, "Na čakalni seznam")
    await tap(librarian, "Z žrebom")
    card = await tap(person, "Da, želim sodelovati")
    assert card.startswith("Besedilo je zdaj drugačno.")
    assert "Ste na čakalnem seznamu" in card
    [enrolment] = await query(village, participants.of_code, code=enrolled.code)
    assert enrolment.state is EnrolmentState.INVITED
    await say(librarian, enrolled.code)
    await village.cohort(BREZICE, **SUMMER)
    await say(librarian, enrolled.code)
    await tap(librarian, "Začenja s skupino Poletje")
    card = await tap(person, "Da, želim sodelovati")
    assert "čakalnem" not in card
    await tap(person, "Da, želim sodelovati")
    [enrolment] = await query(village, participants.of_code, code=enrolled.code)
    assert (enrolment.state, enrolment.waits) == (EnrolmentState.ACTIVE, False)
    given = await village.services.database.read(
        lambda connection: connection.scalars(select(consent.c.text_version)).all()
    )
    assert given == [CONSENT_VERSION]


async def test_a_consent_that_is_read_aloud_is_asked_anew_too(village, spring, librarian):
    enrolment, _ = await enrols_to_wait(village, librarian, spring)
    await say(librarian, enrolment.code)
    await tap(librarian, "Zapiši privolitev")
    of_ordinary_text = assistance.record_consent(enrolment.id, ConsentGiven.ALOUD, EnrolmentRole.PARTICIPANT)
    await forge(librarian, of_ordinary_text)
    card = librarian.screen.text
    assert card.startswith("Medtem se je spremenilo")
    [enrolment] = await query(village, participants.of_cohort, cohort_id=spring.id)
    assert enrolment.state is EnrolmentState.INVITED


async def test_who_waits_stays_on_the_list_in_another_group(village, spring, librarian):
    enrolment, _ = await enrols_to_wait(village, librarian, spring)
    await village.cohort(BREZICE, **SUMMER)
    await say(librarian, enrolment.code)
    await tap(librarian, "Več")
    assert "Oseba ostane na čakalnem seznamu." in await tap(librarian, "V drugo skupino")
    assert "Oseba ostane na čakalnem seznamu." in await tap(librarian, "Poletje")


@pytest.mark.parametrize("agreed", [False, True])
async def test_a_list_with_the_code_of_who_waits_lets_them_begin(village, spring, librarian, agreed):
    enrolment, link = await enrols_to_wait(village, librarian, spring)
    if agreed:
        person = village.simulator.person("Marija")
        await person.follows(link)
        await person.settles()
        await tap(person, "Da, želim sodelovati")
    summer = await village.cohort(BREZICE, **SUMMER)
    rows = f"ime,šifra\nMarija Novak,{enrolment.code}\nAnton Kos,\n".encode()
    await say(librarian, "/vpis")
    await tap(librarian, "Poletje")
    await librarian.sends_document(rows, "seznam.csv")
    await librarian.settles()
    await tap(librarian, "Poletje")
    await librarian.waits(lambda: "čakalnem" in librarian.screen.text)
    assert "1\xa0oseba je na čakalnem seznamu: začne s to skupino." in librarian.screen.text
    await tap(librarian, next(label for label in librarian.buttons if label.startswith("Vpiši")))
    there = await query(village, participants.of_cohort, cohort_id=summer.id)
    [began] = [one for one in there if one.code == enrolment.code]
    assert (began.waits, began.state is EnrolmentState.ACTIVE) == (False, agreed)
    assert len(there) == 2


async def test_a_code_finds_the_place_in_which_something_is_open(village, spring, librarian):
    enrolment, _ = await enrols_to_wait(village, librarian, spring)
    await say(librarian, enrolment.code)
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, "Prebrano in dovoljeno")
    await village.cohort(BREZICE, **SUMMER)
    await say(librarian, enrolment.code)
    await tap(librarian, "Začenja s skupino Poletje")
    assert "Začela se je skupina Poletje." in await say(librarian, enrolment.code)  # that of waiting is open
    assert "1 od" in await say(librarian, f"/izpolni {enrolment.code}")
