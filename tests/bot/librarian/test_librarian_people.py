"""What a librarian does for one person, and who may not."""

import re
from datetime import UTC, datetime

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import assistance
from bot.actions import librarian as actions
from bot.actions.assistance import ConsentGiven
from storage import cohort_overview, participants, staff
from storage.schema import EnrolmentState, Giver, Role, audit, consent
from surveys.model import EnrolmentRole, Mode

BREZICE, KAMNIK, NOVO_MESTO = "brezice-racunalnik", "kamnik-slovenscina", "novo-mesto-branje"
LINK = re.compile(r"https://t\.me/\w+\?start=[A-Za-z0-9_-]{24}")


@pytest.fixture
async def spring(village):
    return await village.cohort(BREZICE, name="Pomlad")


@pytest.fixture
async def marija(village, spring):
    """Enrolled, and not yet here."""
    return await village.enrol(spring)


@pytest.fixture
async def librarian(village, spring):
    return await village.librarian(BREZICE)


async def place(village, person):
    return await query(village, participants.of_enrolment, enrolment_id=person.enrolment)


async def joins(village, person, name="Marija"):
    phone = village.simulator.person(name)
    await phone.follows(village.link(person.token))
    await phone.settles()
    await tap(phone, "Da")
    return phone


async def consents(village):
    def read(connection):
        return [tuple(row) for row in connection.execute(select(consent.c.giver, consent.c.mode, consent.c.given_at))]

    return await village.services.database.read(read)


async def audited(village):
    def read(connection):
        return [tuple(row) for row in connection.execute(select(audit.c.actor, audit.c.action).order_by(audit.c.id))]

    return (await village.services.database.read(read))[-1]


async def test_a_person_is_found_by_code_however_it_is_typed(village, marija, librarian):
    card = f"{marija.code}\nPomlad\n\nŠe ni privolitve."
    assert await say(librarian, f"/udelezenec {marija.code}") == card
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    await say(librarian, "/udelezenec")
    for typed in (marija.code.lower().replace("-", " "), f"(Šifra: {marija.code}).", marija.code[4:].lower()):
        assert await say(librarian, typed) == card
        await say(librarian, "/udelezenec")
    assert await say(librarian, marija.code.replace("BRE", "ВRЕ")) == card
    await say(librarian, "/pomoc")
    assert await say(librarian, marija.code[4:].lower()) == card
    await say(librarian, "/pomoc")
    assert await say(librarian, marija.code.replace("-", "")) == card
    assert librarian.buttons == [
        "Zapiši privolitev",
        "Pokaži povezavo",
        "Več",
        "V skupino",
        "Na začetek",
    ]
    more = await tap(librarian, "Več")
    assert more == f"{marija.code}\nPomlad\n\nRedkejša opravila. Preden se kaj spremeni, vas vprašamo."
    assert librarian.buttons == [
        "Nova povezava",
        "Jezik vprašanj",
        "V drugo skupino",
        "Konec sodelovanja",
        "Na čakalni seznam",
        "Odstrani vpis",
        "Izbriši podatke osebe",
        "‹ Nazaj",
        "Na začetek",
    ]
    assert await drawn_again(village, librarian) == (more, librarian.buttons)
    assert await tap(librarian, "‹ Nazaj") == card


async def test_a_wrong_code_gets_a_helpful_sentence(village, marija, librarian):
    await say(librarian, "/udelezenec")
    wrong = marija.code[:-1] + ("A" if marija.code[-1] != "A" else "B")
    assert (await say(librarian, wrong)).startswith("Ta šifra ni prava. Preverite, ali so vsi znaki pravilni.")
    assert (await say(librarian, "Marija")).startswith("Ta šifra ni prava.")
    elsewhere = await village.enrol(await village.cohort(KAMNIK))
    assert (await say(librarian, elsewhere.code)).startswith("Te šifre ni v skupinah vaše knjižnice.")


async def test_waves_stand_with_their_dates(village, marija, librarian):
    await joins(village, marija)
    assert await say(librarian, f"/udelezenec {marija.code}") == (
        f"{marija.code}\nPomlad\n\nSodeluje.\nPrivolitev: 2.\xa03.\xa02026\nSporočila dobiva po Telegramu.\n\n"
        "• izhodišče: čaka na odgovor, odprto do 16.\xa03.\xa02026\n"
        "• zaključek: od 4.\xa05.\xa02026\n"
        "• spremljanje: od 3.\xa08.\xa02026"
    )


async def test_the_link_can_be_shown_again_until_it_is_used(village, marija, librarian):
    await say(librarian, f"/udelezenec {marija.code}")
    await tap(librarian, "Pokaži povezavo")
    shown = librarian.messages[-2]
    assert LINK.findall(shown.text) == [village.link(marija.token)]
    stale = next(button.data for row in librarian.screen.buttons for button in row if button.label == "Pokaži povezavo")
    await joins(village, marija)
    await forge(librarian, stale)
    assert librarian.screen.text.startswith("Ta povezava ne velja več ali je že odprta. Naredite novo.")
    assert "Pokaži povezavo" not in librarian.buttons


async def test_a_new_link_voids_the_old_one_and_is_made_once(village, marija, librarian):
    await say(librarian, f"/udelezenec {marija.code}")
    asked = await tap(librarian, "Nova povezava")
    assert asked.startswith(f"Nova povezava za {marija.code}?")
    assert "Stara povezava, stara koda QR in številka stare kartice ne bodo več veljale." in asked
    assert await drawn_again(village, librarian) == (asked, librarian.buttons)
    await tap(librarian, "Da, naredi", again=True, new_query_id=True)
    pictures = [message for message in librarian.messages if message.media is not None]
    [link] = LINK.findall(pictures[-1].text)
    assert len(pictures) == 1
    assert link != village.link(marija.token)
    phone = village.simulator.person("Marija")
    await phone.follows(village.link(marija.token))
    await phone.settles()
    assert phone.screen.text.startswith("Ta povezava ne velja več.")
    await phone.follows(link)
    await phone.settles()
    await tap(phone, "Da")
    assert (await place(village, marija)).state is EnrolmentState.ACTIVE


async def test_taking_part_ends_after_it_was_asked_once_more(village, marija, librarian):
    await joins(village, marija)
    await say(librarian, f"/udelezenec {marija.code}")
    await tap(librarian, "Konec sodelovanja")
    await tap(librarian, "Prekliči")
    assert await forge(librarian, actions.end_taking_part(marija.enrolment)) is None
    assert (await place(village, marija)).state is EnrolmentState.ACTIVE
    await tap(librarian, "Konec sodelovanja")
    await tap(librarian, "Da, končaj", again=True, new_query_id=True)
    assert (await place(village, marija)).state is EnrolmentState.LEFT
    assert librarian.screen.text.startswith(f"{marija.code}: konec sodelovanja\n\n")
    assert librarian.buttons == ["Razveljavi", "Pregled osebe", "Na začetek"]
    assert await tap(librarian, "Pregled osebe") == (
        f"{marija.code}\nPomlad\n\nNe sodeluje več.\n\n"
        "• izhodišče: odpovedano\n• zaključek: odpovedano\n• spremljanje: odpovedano"
    )
    assert await audited(village) == ("staff:1", "participant.leave")


async def test_an_end_of_taking_part_is_taken_back_within_a_minute(village, marija, librarian):
    await joins(village, marija)
    card = await say(librarian, f"/udelezenec {marija.code}")
    await tap(librarian, "Konec sodelovanja")
    await tap(librarian, "Da, končaj")
    await tap(librarian, "Razveljavi")
    assert await audited(village) == ("staff:1", "participant.come_back")
    assert await tap(librarian, "Pregled osebe") == card
    await tap(librarian, "Konec sodelovanja")
    await tap(librarian, "Da, končaj")
    await village.wait(seconds=61)
    await tap(librarian, "Razveljavi")
    assert librarian.toasts[-1].text == "Razveljaviti je mogoče le eno minuto."
    assert (await place(village, marija)).state is EnrolmentState.LEFT


@pytest.mark.parametrize(
    ("label", "giver", "mode"),
    [
        ("Oseba sama, s podpisom", Giver.SELF, Mode.PAPER),
        ("Prebrano in dovoljeno", Giver.WITNESS, Mode.ASSISTED),
        ("Starš ali skrbnik podpiše", Giver.GUARDIAN, Mode.PAPER),
    ],
)
async def test_consent_without_telegram_is_recorded_with_who_gave_it(village, marija, librarian, label, giver, mode):
    await say(librarian, f"/udelezenec {marija.code}")
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, label, again=True, new_query_id=True)
    assert await consents(village) == [(giver, mode, datetime(2026, 3, 2, 9, 0, tzinfo=UTC))]
    assert (await place(village, marija)).chat is None
    assert librarian.screen.text.split("\n\n")[-2].startswith("Sodeluje.\n")
    assert "Brez Telegrama: sporočil ne dobiva, odgovore vnesete vi." in librarian.screen.text
    assert librarian.buttons[0] == "Odgovori za to osebo"
    assert await audited(village) == ("staff:1", "participant.join")


async def test_for_a_child_only_the_guardian_consents(village):
    child = await village.enrol(await village.cohort(NOVO_MESTO))
    librarian = await village.librarian(NOVO_MESTO)
    await say(librarian, f"/udelezenec {child.code}")
    await tap(librarian, "Zapiši privolitev")
    assert librarian.buttons == [
        "Prebrano in dovoljeno",
        "Starš ali skrbnik podpiše",
        "Ne dovoli",
        "Lahko branje",
        "English",
        "Obrazec za privolitev",
        "Prekliči",
    ]
    await forge(librarian, assistance.record_consent(child.enrolment, ConsentGiven.SIGNED, PARTICIPANT))
    assert await consents(village) == []


PARTICIPANT = EnrolmentRole.PARTICIPANT
OF_PERSON = (
    actions.show_person, actions.show_link, actions.ask_new_link, actions.make_new_link,
    actions.ask_end_of_taking_part, actions.end_taking_part,
)  # fmt: skip


@pytest.mark.parametrize("who", ["a librarian of another library", "the national coordinator", "a stranger"])
async def test_others_see_nothing_and_change_nothing(village, marija, spring, librarian, who):
    match who:
        case "a stranger":
            other = village.simulator.person("Tuj")
            await say(other, "/start")
        case "the national coordinator":
            other = await village.staff(Role.NATIONAL, None, "Neža")
        case _:
            other = await village.librarian(KAMNIK)
    before = await query(village, cohort_overview.members, cohort_id=spring.id)
    for command in ("vpis", "skupine", "udelezenec", "izpolni", "klici"):
        words = await say(other, f"/{command} {marija.code}")
        assert marija.code not in words
        assert "Pomlad" not in words
    of_cohort = (
        actions.show_cohort(spring.id), actions.enrol_one("1", spring.id), actions.ask_how_many(spring.id),
        actions.enrol_several("1", spring.id, 5), actions.show_codes(spring.id, 1, 9), actions.show_codes(spring.id),
        actions.order_cards(spring.id, 1, 9),
    )  # fmt: skip
    of_assistance = (
        assistance.ask_recorded_consent(marija.enrolment),
        assistance.assist_person(marija.enrolment),
        assistance.record_consent(marija.enrolment, ConsentGiven.SIGNED, PARTICIPANT),
    )
    for action in (*(one(marija.enrolment) for one in OF_PERSON), *of_cohort, *of_assistance):
        assert await forge(other, action) == "Ta gumb tukaj ne velja."
        assert marija.code not in other.screen.text
    assert await query(village, cohort_overview.members, cohort_id=spring.id) == before


async def test_a_librarian_who_was_removed_sees_the_person_no_more(village, marija, librarian):
    await say(librarian, f"/udelezenec {marija.code}")
    await village.write(staff.remove, staff_id=1, now=village.clock(), actor="operator")
    words, labels = await drawn_again(village, librarian)
    assert (words, labels) == ("Te šifre ni v skupinah vaše knjižnice.", ["Na začetek"])
    assert (await say(librarian, "/skupine")).startswith("To je za knjižničarje in koordinatorje.")
