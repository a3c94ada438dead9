"""A librarian sends a list of a group: it is shown what would happen, everybody is enrolled once, or nobody."""

import io

import openpyxl
import pypdf
import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import func, select

from bot.lists import people, sheet
from bot.texts import lists as texts
from storage import groups, invites, participants
from storage.schema import EnrolmentState, Role, attachment, audit, group_import

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

BREZICE, KAMNIK = "brezice-racunalnik", "kamnik-slovenscina"
NBSP = "\xa0"
CSV = "Priimek;Ime;Jezik;Telefon\nŽagar;Ana;;041 111 222\nKos;Bor;lahko branje;\n".encode("cp1250")


def book(*rows):
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


@pytest.fixture
async def spring(village):
    return await village.cohort(BREZICE, name="Pomlad")


@pytest.fixture
async def librarian(village, spring):
    return await village.librarian(BREZICE)


async def hands_in(person, data, name="seznam.csv", awaited=lambda text: not text.endswith(texts.READING)):
    """Send a file and wait until the card says what it would do."""
    await person.sends_document(data, name)
    await person.waits(lambda: person.screen.text != "" and person.messages[-1].by_bot and awaited(person.screen.text))
    await person.settles()
    return person.screen.text


async def joins(village, token, phone=None):
    """Somebody opens a link and agrees."""
    phone = phone or village.simulator.person("Marija")
    await phone.follows(village.link(token))
    await phone.settles()
    await tap(phone, "Da")
    return phone


async def codes(village, cohort):
    return [one.code for one in await query(village, groups.members, cohort_id=cohort.id)]


async def kept(village):
    """How many lists, and how many files."""

    def count(connection):
        return [
            connection.execute(select(func.count()).select_from(one)).scalar_one() for one in (group_import, attachment)
        ]

    return await village.house.database.read(count)


async def test_a_list_is_asked_for_shown_enrolled_once_and_its_names_are_printed_within_the_hour(
    village, spring, librarian, caplog
):
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    asked = await tap(librarian, "Vpis s seznama")
    assert asked.startswith("Vpis s seznama: Pomlad\n\nPošljite datoteko Excel (.xlsx) ali CSV.")
    assert await drawn_again(village, librarian) == (asked, ["‹ Nazaj"])
    card = await hands_in(librarian, CSV)
    assert card == (
        f"Vpis s seznama: Pomlad\n\nV skupino bomo vpisali 2{NBSP}osebi:\n• 2{NBSP}osebi dobita novo šifro\n\n"
        "Teh stolpcev ne beremo: Telefon."
    )
    assert librarian.buttons == [f"Vpiši 2{NBSP}osebi", "Prekliči"]
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    assert await codes(village, spring) == []

    confirm = librarian.screen.buttons[0][0].data
    await tap(librarian, "Vpiši", again=True, new_query_id=True)
    enrolled = await codes(village, spring)
    assert len(enrolled) == 2
    listed = "\n".join(enrolled)
    assert librarian.screen.text == (
        f"Vpis: Pomlad\n\nVpisane šifre, za katere povezava še ni odprta:\n{listed}\n\n{texts.NAMES_ARE_KEPT}"
    )
    assert await drawn_again(village, librarian) == (librarian.screen.text, librarian.buttons)
    assert await forge(librarian, confirm) == "Tukaj ste."
    assert await codes(village, spring) == enrolled

    await tap(librarian, "Kartice za tisk")
    await librarian.waits(lambda: any(one.media and one.by_bot for one in librarian.messages))
    [pdf] = [one.media.data for one in librarian.messages if one.media and one.by_bot]
    cards, printed = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    places = await query(village, participants.of_cohort, cohort_id=spring.id)
    by_enrolment = [one.code for one in sorted(places, key=lambda one: one.enrolment)]
    assert [f"{code} {name}" in printed for code, name in zip(by_enrolment, ("Žagar Ana", "Kos Bor"), strict=True)] == [
        True
    ] * 2
    assert "Ana" not in cards
    assert [one for one in ("Žagar", "Kos Bor", "041 111") if one in caplog.text] == []
    assert await kept(village) == [1, 1]
    await village.wait(hours=1)
    assert await kept(village) == [0, 0]
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    assert texts.NAMES_ARE_KEPT not in await tap(librarian, "Šifre in kartice")
    assert await forge(librarian, confirm) == "Tukaj ste."
    assert await codes(village, spring) == enrolled


async def test_a_workbook_is_corrected_and_sent_again_and_brings_who_has_a_code_into_a_second_group(
    village, spring, librarian
):
    autumn = await village.cohort(BREZICE, name="Jesen")
    person = await village.enrol(spring)
    known, phone = person.code, await joins(village, person.token)
    await say(librarian, "/skupine")
    await tap(librarian, "Jesen")
    wrong = book(
        ["Ime", "Šifra", "Jezik"], [None, None, "sl"], ["Ana", "BRE-1", None], [None, known, "<b>"], ["Bor", None, "en"]
    )
    card = await hands_in(librarian, wrong, "seznam.xlsx")
    assert card == (
        "Vpis s seznama: Jesen\n\nVpisali nismo nikogar. 4 vrstice potrebujejo popravek:\n\n"
        "• vrstica 2: ni ne imena ne šifre\n"
        "• vrstica 3: šifra »BRE-1« ni prava; preverite vse znake\n"
        "• vrstica 4: jezika »<b>« ne poznamo; napišite na primer »slovenščina« ali »angleščina«\n"
        "• vrstica 5: tega jezika v programu še ni (na voljo: slovenščina, lahko branje); "
        "popravite ga ali pustite prazno\n\n"
        "Popravite seznam in pošljite datoteko še enkrat."
    )
    assert librarian.buttons == ["Prekliči"]
    cancel = librarian.screen.buttons[0][0].data
    assert await forge(librarian, cancel.replace("lid", "lix")) is None
    assert await codes(village, autumn) == []
    right = book(["Ime", "Šifra"], ["Ana", None], [None, known], ["Ana", None])
    card = await hands_in(librarian, right, "seznam.xlsx", lambda text: "novo šifro" in text)
    assert card == (
        f"Vpis s seznama: Jesen\n\nV skupino bomo vpisali 3{NBSP}osebe:\n• 2{NBSP}osebi dobita novo šifro\n"
        f"• 1{NBSP}oseba ohrani svojo šifro\n\nEnako ime je v vrsticah 2 in 4. Če so to različne osebe, je vse prav."
    )
    assert await kept(village) == [1, 1]
    assert await forge(librarian, cancel) == "Tukaj ste."
    assert librarian.screen.text == card
    await tap(librarian, "Vpiši 3")
    assert (len(await codes(village, autumn)), known in await codes(village, autumn)) == (3, True)
    rows = await query(
        village, lambda c: c.execute(select(audit.c.actor, audit.c.subject).where(audit.c.action == "list.enrol")).all()
    )
    assert [tuple(row) for row in rows] == [("staff:1", f"cohort:{autumn.id}")]
    again = (await query(village, participants.of_code, code=known))[-1]
    token = await query(
        village, invites.open_token, keys=village.house.keys, enrolment_id=again.enrolment, now=village.clock()
    )
    await joins(village, token, phone)
    places = await query(village, participants.of_code, code=known)
    assert [(one.cohort_name, one.state) for one in places] == [
        ("Pomlad", EnrolmentState.ACTIVE),
        ("Jesen", EnrolmentState.ACTIVE),
    ]


async def test_a_list_sent_elsewhere_asks_for_the_group_and_nothing_of_it_stays_when_it_is_not_wanted(
    village, spring, librarian
):
    card = await hands_in(librarian, CSV)
    assert card.startswith("Vpis s seznama: Pomlad\n\nV skupino bomo vpisali")
    await village.cohort(BREZICE, name="Jesen")
    await tap(librarian, "Prekliči")
    assert librarian.screen.text.startswith(f"{texts.NOT_ENROLLED}\n\nPomlad\n")
    assert await kept(village) == [0, 0]
    await say(librarian, "/skupine")
    await librarian.sends_document(CSV, "seznam.csv")
    await librarian.settles()
    assert librarian.buttons == ["Pomlad", "Jesen", "Prekliči"]
    assert await drawn_again(village, librarian) == (librarian.screen.text, librarian.buttons)
    cancel = librarian.screen.buttons[-1][0].data
    assert await forge(librarian, cancel.replace("lid", "lix")) == "Tukaj ste."
    await tap(librarian, "Prekliči")
    assert await kept(village) == [0, 0]
    await say(librarian, "/skupine")
    await librarian.sends_document(CSV, "seznam.csv")
    await librarian.settles()
    await librarian.sends_document(CSV, "seznam.csv")
    await librarian.settles()
    assert await kept(village) == [1, 1]
    await tap(librarian, "Pomlad")
    await librarian.waits(lambda: "V skupino bomo vpisali" in librarian.screen.text)
    assert librarian.screen.text.startswith("Vpis s seznama: Pomlad\n")
    await village.wait(hours=24)
    assert await kept(village) == [0, 0]
    assert await tap(librarian, "Vpiši") != ""
    assert await codes(village, spring) == []


async def test_a_file_that_is_no_list_is_refused_with_what_to_do(village, spring, librarian):
    said = await hands_in(librarian, b"%PDF-1.7\0\0", "seznam.pdf")
    assert said == f"Vpis s seznama: Pomlad\n\n{texts.UNREADABLE['no_sheet']} Vpisali nismo nikogar."
    await librarian.sends_document(b"x" * (sheet.MAX_BYTES + 1), "seznam.csv")
    await librarian.settles()
    assert librarian.screen.text.startswith(texts.UNREADABLE["too_big"])
    assert await kept(village) == [0, 0]
    long = "Ime;Jezik\n" + "Ana;xx\n" * 20
    card = await hands_in(librarian, long.encode(), awaited=lambda text: "popravek" in text)
    assert f"\n… in še 8{NBSP}popravkov\n" in card
    await tap(librarian, "Vsi popravki v datoteki")
    [file] = [one.media for one in librarian.messages if one.media and one.media.name == "popravki.txt"]
    assert file.data.decode("utf-8-sig").splitlines() == [
        texts.problem(people.Problem(row, people.Wrong.LANGUAGE_UNKNOWN, "xx")) for row in range(2, 22)
    ]
    assert librarian.screen.text == card


async def test_a_list_belongs_to_who_sent_it_and_others_get_the_usual_answer(village, spring, librarian):
    await hands_in(librarian, CSV)
    confirm = librarian.screen.buttons[0][0].data
    colleague = await village.librarian(BREZICE)
    elsewhere = await village.librarian(KAMNIK)
    for person in (colleague, elsewhere):
        for verb in ("lix", "lid", "lip"):
            assert await forge(person, confirm.replace("lix", verb)) == "Ta gumb ne velja več."
        assert "Žagar" not in "".join(one.text for one in person.messages)
    await forge(elsewhere, f"lis:{spring.id}")
    assert (await codes(village, spring), await kept(village)) == ([], [1, 1])
    await elsewhere.sends_document(CSV, "seznam.csv")
    await elsewhere.settles()
    stranger = village.simulator.person("Tujka")
    await stranger.says("/start")
    await stranger.settles()
    await stranger.sends_document(CSV, "seznam.csv")
    await stranger.settles()
    assert await kept(village) == [1, 1]
    national = await village.staff(Role.NATIONAL, None, "Cvetka")
    await national.sends_document(CSV, "seznam.csv")
    await national.settles()
    assert await kept(village) == [1, 1]


async def test_a_list_whose_confirmation_comes_too_late_for_the_group_enrols_nobody(village, spring, librarian):
    known = (await village.enrol(await village.cohort(BREZICE, name="Jesen"))).code
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    await hands_in(librarian, f"Šifra\n{known}\n".encode())
    other = await village.librarian(BREZICE)
    await say(other, "/skupine")
    await tap(other, "Pomlad")
    await hands_in(other, f"Šifra\n{known}\n".encode())
    await tap(other, "Vpiši 1")
    await tap(librarian, "Vpiši 1")
    assert f"• vrstica 2: oseba s šifro {known} je že v tej skupini" in librarian.screen.text
    assert await codes(village, spring) == [known]
    village.simulator.faults.add("getFile", "refused", status=400, description="Bad Request: file is too big")
    lost = await hands_in(librarian, CSV, awaited=lambda text: text.endswith(texts.NOT_FETCHED))
    assert lost == f"Vpis s seznama: Pomlad\n\n{texts.NOT_FETCHED}"
