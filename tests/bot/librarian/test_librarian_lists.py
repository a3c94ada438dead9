"""A librarian sends a list of a group: it is shown what would happen, everybody is enrolled once, or nobody."""

import asyncio
import io
import zipfile

import openpyxl
import pypdf
import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from plugins.village import run_village
from sqlalchemy import func, select

from bot.actions import librarian as actions
from bot.delivery import tick
from bot.rosters import people
from bot.texts import rosters as texts
from bot.workbooks import book as books
from storage import access_links, cohort_overview, participants, roster_imports
from storage.schema import EnrolmentState, Role, attachment, audit, group_import

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


def to_confirm(cancel):
    """The action that enrols everybody, of the card with this action to cancel."""
    return actions.enrol_list(*actions.discard_list.arguments_of(cancel), "0")


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
    return [one.code for one in await query(village, cohort_overview.members, cohort_id=cohort.id)]


async def kept(village):
    """How many lists, and how many files."""

    def count(connection):
        return [
            connection.execute(select(func.count()).select_from(one)).scalar_one() for one in (group_import, attachment)
        ]

    return await village.services.database.read(count)


async def test_a_list_is_asked_for_shown_enrolled_once_and_its_names_are_printed_within_the_hour(
    village, spring, librarian, caplog
):
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    asked = await tap(librarian, "Vpis s seznama")
    assert asked.startswith("Vpis s seznama: Pomlad\n\nPošljite datoteko Excel (.xlsx, tudi .xls)")
    assert await drawn_again(village, librarian) == (asked, ["‹ Nazaj"])
    card = await hands_in(librarian, CSV)
    assert card == (
        f"Vpis s seznama: Pomlad\n\nV skupino bomo vpisali 2{NBSP}osebi:\n• 2{NBSP}osebi dobita novo šifro\n\n"
        "Tako smo prebrali imena: Žagar Ana, Kos Bor. Preverite jih.\n\nTeh stolpcev ne beremo: Telefon."
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
    enrolments = await query(village, participants.of_cohort, cohort_id=spring.id)
    by_enrolment = [one.code for one in sorted(enrolments, key=lambda one: one.id)]
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
    assert await forge(librarian, to_confirm(cancel)) is None
    assert await codes(village, autumn) == []
    right = book(["Ime", "Šifra"], ["Ana", None], [None, known], ["Ana", None])
    card = await hands_in(librarian, right, "seznam.xlsx", lambda text: "novo šifro" in text)
    assert card == (
        f"Vpis s seznama: Jesen\n\nV skupino bomo vpisali 3{NBSP}osebe:\n• 2{NBSP}osebi dobita novo šifro\n"
        f"• 1{NBSP}oseba ohrani svojo šifro\n\nTako smo prebrali imena: Ana, Ana. Preverite jih.\n\n"
        "Enako ime je v vrsticah 2 in 4. Če so to različne osebe, je vse prav."
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
        village, access_links.open_token, keys=village.services.keys, enrolment_id=again.id, now=village.clock()
    )
    await joins(village, token, phone)
    enrolments = await query(village, participants.of_code, code=known)
    assert [(one.cohort_name, one.state) for one in enrolments] == [
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
    assert await forge(librarian, to_confirm(cancel)) == "Tukaj ste."
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
    assert said == f"Vpis s seznama: Pomlad\n\n{texts.UNREADABLE['pdf']} Vpisali nismo nikogar."
    await librarian.sends_document(b"x" * (books.MAX_BYTES + 1), "seznam.csv")
    await librarian.settles()
    assert librarian.screen.text.startswith(texts.UNREADABLE["too_big"])
    assert await kept(village) == [0, 0]
    long = "Ime;Jezik\n" + "Ana;xx\n" * 20
    card = await hands_in(librarian, long.encode(), awaited=lambda text: "popravek" in text)
    assert f"\n… in še 8{NBSP}popravkov\n" in card
    await tap(librarian, "Vsi popravki v datoteki")
    [file] = [one.media for one in librarian.messages if one.media and one.media.name == "popravki.txt"]
    assert file.data.decode("utf-8-sig").splitlines() == [
        texts.problem(people.RosterProblem(row, people.RowFault.LANGUAGE_UNKNOWN, "xx")) for row in range(2, 22)
    ]
    assert librarian.screen.text == card


async def test_a_list_that_comes_while_a_tick_is_ending_is_read_after_it_and_not_a_minute_later(village_url, tmp_path):
    goes_on = asyncio.Event()

    async def deliver(services, edge):
        done = await tick(services, edge)
        await goes_on.wait()
        return done

    async with run_village(village_url, tmp_path, deliver=deliver) as village:
        await village.cohort(BREZICE, name="Pomlad")
        librarian = await village.librarian(BREZICE)
        await librarian.sends_document(CSV, "seznam.csv")
        await librarian.settles()
        assert librarian.screen.text.endswith(texts.READING)
        goes_on.set()
        await librarian.waits(lambda: "V skupino bomo vpisali" in librarian.screen.text)


async def test_a_list_belongs_to_who_sent_it_and_others_get_the_usual_answer(village, spring, librarian):
    await hands_in(librarian, CSV)
    confirm = librarian.screen.buttons[0][0].data
    colleague = await village.librarian(BREZICE)
    elsewhere = await village.librarian(KAMNIK)
    for person in (colleague, elsewhere):
        roster_id, stamp, _choice = actions.enrol_list.arguments_of(confirm)
        for action in (confirm, actions.discard_list(roster_id, stamp), actions.show_all_problems(roster_id, stamp)):
            assert await forge(person, action) == "Ta gumb ne velja več."
        assert "Žagar" not in "".join(one.text for one in person.messages)
    await forge(elsewhere, actions.ask_for_list(spring.id))
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


async def test_an_enrolment_from_a_list_is_taken_back_with_its_names(village, spring, librarian):
    autumn = await village.cohort(BREZICE, name="Jesen")
    known = (await village.enrol(autumn)).code
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    await hands_in(librarian, f"Ime,Šifra\nAna,\nBor,{known}\n".encode())
    await tap(librarian, "Vpiši")
    assert known in await codes(village, spring)
    await tap(librarian, "Razveljavi")
    assert (await codes(village, spring), await codes(village, autumn)) == ([], [known])
    kept = await query(village, roster_imports.names, keys=village.services.keys, cohort_id=spring.id)
    assert kept == {}
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    await hands_in(librarian, f"Ime,Šifra\nAna,\nBor,{known}\n".encode())
    await tap(librarian, "Vpiši")
    assert known in await codes(village, spring)


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


async def test_what_is_hidden_is_asked_about_and_a_sheet_is_chosen(village, spring, librarian):
    workbook = openpyxl.Workbook()
    for row in (["Priimek", "Ime", "Dan"], ["Žagar", "Ana", "torek"], ["Kos", "Bor", "sreda"], ["Skupaj: 2"]):
        workbook.active.append(row)
    workbook.active.title = "Letos"
    workbook.active.row_dimensions[3].hidden = True
    for row in (["Ime"], ["Stara <Oseba>"]):
        (workbook["Lani"] if "Lani" in workbook.sheetnames else workbook.create_sheet("Lani")).append(row)
    workbook["Lani"].sheet_state = "hidden"
    file = io.BytesIO()
    workbook.save(file)
    card = await hands_in(librarian, file.getvalue(), "seznam.xlsx")
    where = "Prebrali smo list »Letos«. V datoteki je seznam še na listu »Lani« (skrit), ki ga nismo prebrali."
    left = f"Izpustili smo 1{NBSP}vrstico brez osebe:\n• vrstica 4: »Skupaj: 2« (seštevek)"
    hidden = f"1{NBSP}oseba je v skriti vrstici, na primer zaradi filtra."
    assert card == (
        f"Vpis s seznama: Pomlad\n\nV skupino bomo vpisali 1{NBSP}osebo:\n• 1{NBSP}oseba dobi novo šifro\n\n"
        f"Tako smo prebrali imena: Žagar Ana. Preverite jih.\n\n{left}\n\n"
        f"{hidden} Tega zdaj ne upoštevamo. Ali naj preberemo tudi, kar je skrito?\n\n{where}\n\n"
        "Teh stolpcev ne beremo: Dan."
    )
    shown_only, with_hidden, sheet, cancel = librarian.buttons
    assert (shown_only, with_hidden) == (f"Vpiši 1{NBSP}osebo brez skritih", texts.WITH_HIDDEN)
    assert (sheet, cancel) == ("Preberi list »Lani«", "Prekliči")
    confirm = librarian.screen.buttons[0][0].data
    card = await tap(librarian, texts.WITH_HIDDEN)
    assert "Tako smo prebrali imena: Žagar Ana, Kos Bor." in card
    assert f"{hidden} Prebrali smo tudi, kar je skrito." in card
    assert librarian.buttons == [f"Vpiši 2{NBSP}osebi", texts.WITHOUT_HIDDEN, "Preberi list »Lani«", "Prekliči"]
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    await forge(librarian, confirm)
    assert (librarian.screen.text, await codes(village, spring)) == (card, [])
    card = await tap(librarian, "Preberi list »Lani«")
    assert "Tako smo prebrali imena: Stara <Oseba>. Preverite jih." in card
    card = await tap(librarian, "Preberi list »Letos«")
    assert "Tako smo prebrali imena: Žagar Ana. Preverite jih." in card
    await tap(librarian, "Vpiši 1")
    assert len(await codes(village, spring)) == 1


async def test_of_a_long_list_the_first_and_the_last_names_are_shown(village, spring, librarian):
    rows = "\n".join(["Ime", *(f"Oseba {letter}" for letter in "ABCDEFGH")])
    card = await hands_in(librarian, rows.encode())
    assert card.endswith(
        "Prva imena: Oseba A, Oseba B, Oseba C. Zadnja imena: Oseba F, Oseba G, Oseba H. Preverite jih."
    )


async def test_names_of_other_scripts_are_printed_and_those_that_cannot_be_are_told_before(village, spring, librarian):
    names = ["محمد", "שרה", "ნინო", "สมชาย", "王小明", "አበበ"]
    card = await hands_in(librarian, "\n".join(["Ime", *names, "ⴰⵎⴰⵣⵉⵖ"]).encode())
    assert texts.lost([8]) in card
    await tap(librarian, "Vpiši 7")
    await tap(librarian, "Kartice za tisk")
    await librarian.waits(lambda: any(one.media and one.by_bot for one in librarian.messages))
    [pdf] = [one.media.data for one in librarian.messages if one.media and one.by_bot]
    document = pypdf.PdfReader(io.BytesIO(pdf))
    fonts = {str(font["/BaseFont"]) for font in _fonts(document.pages[-1])}
    scripts = ("Arabic", "Hebrew", "Georgian", "Thai", "CJK", "Ethiopic")
    assert [script for script in scripts if not any(script in name for name in fonts)] == []
    words = document.pages[-1].extract_text()
    assert [name for name in ("ნინო", "王小明", "አበበ") if name not in words] == []


def _fonts(page):
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


async def test_a_workbook_made_to_stop_the_bot_stops_nothing_and_is_refused(village, spring, librarian):
    with zipfile.ZipFile(io.BytesIO(book(["Ime"], ["Ana"]))) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'r="A1"', b'r="' + b"A" * 400_000 + b'1"')
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for one, content in parts.items():
            new.writestr(one, content)
    said = await hands_in(librarian, packed.getvalue(), "seznam.xlsx")
    assert said == f"Vpis s seznama: Pomlad\n\n{texts.UNREADABLE['damaged']} Vpisali nismo nikogar."


async def test_words_leave_a_list_that_waits_to_be_confirmed(village, spring, librarian):
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    await tap(librarian, "Vpis s seznama")
    preview = await hands_in(librarian, CSV)
    buttons = librarian.buttons
    assert (await say(librarian, "da")).endswith(f"\n\n{preview}")
    assert librarian.buttons == buttons
    await tap(librarian, buttons[0])
    assert len(await codes(village, spring)) == 2
