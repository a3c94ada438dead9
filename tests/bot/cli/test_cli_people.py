"""What an operator does for one person, and the account of consents on the command line."""

import csv
import io
import json
from functools import partial

import openpyxl
import pypdf
import pytest
from sqlalchemy import update

from bot.consent import text_archive
from bot.texts.participant import CONSENT_VERSION, WAITING_VERSION
from storage import consents, demonstration, participants
from storage.schema import Allocation, ConsentKind, EnrolmentState, Giver, consent
from storage.schema import audit as audit_table
from surveys.model import Mode
from surveys.weeks import LJUBLJANA

SLUG, KAMNIK = "brezice-racunalnik", "kamnik-slovenscina"
MADE_UP_CELLS = ["Izmišljeni podatki", "izmišljeno za predstavitev"]
HEADING = (
    "šifra;program;skupina;kdo in kako;različica besedila;jezik besedila;katero besedilo;"
    "prstni odtis besedila (SHA-256);besedilo določeno naknadno;dana;čigava roka je zapisala;preklicana;"
    "čigava roka je preklicala\r\n"
)


@pytest.fixture
def person(operator, group):
    """Somebody whose consent was witnessed."""
    [enrolled] = operator.gets("enrol", group, "--count", 1, "--json")
    services = operator.services

    def join(connection):
        [enrolment] = participants.of_code(connection, enrolled["code"])
        read = text_archive.shown(enrolment, ConsentKind.ALOUD, "en")
        participants.join(connection, enrolment, None, Giver.WITNESS, Mode.ASSISTED, read, services.clock(), "staff:1")

    services.database.write_now(join)
    return enrolled["code"]


def place(operator, code):
    return operator.services.database.read_now(partial(participants.of_code, code=code))


def test_a_consent_is_withdrawn_by_the_operator(operator, group, person):
    told = operator.types("participant", "withdraw", person)
    where = f"Consent would be withdrawn in: {group} (»Jesen«). The answers stay."
    assert told == f"{where}\nNothing is changed. To do it, add --yes.\n"
    assert [one.state for one in place(operator, person)] == [EnrolmentState.ACTIVE]
    operator.types("participant", "withdraw", person.lower(), "--yes")
    assert [one.state for one in place(operator, person)] == [EnrolmentState.LEFT]
    [given] = operator.services.database.read_now(partial(consents.of_cohort, cohort_id=group))
    assert (given.recorded_by, given.withdrawn_by) == ("staff:1", "operator")
    assert operator.is_told("participant", "withdraw", person) == f"{person} takes part in no cohort."


def test_a_person_is_erased_once_that_is_said_twice(operator, group, person):
    told = operator.types("participant", "erase", person)
    assert told.startswith(f"Everything would be erased, for good, in: {group} (»Jesen«).\n")
    assert len(place(operator, person)) == 1
    operator.types("participant", "erase", person, "--yes")
    assert place(operator, person) == []
    assert person.encode() not in (operator.folder / "povezujejo.db").read_bytes()
    assert operator.is_told("participant", "erase", person, "--yes") == f"There is nobody with code {person}."
    assert operator.is_told("participant", "erase", "Marija", "--yes").startswith("Marija is not a code: ")


def test_consents_are_accounted_for_in_every_format(operator, group, person):
    operator.types("consents", "--programme", SLUG, "--format", "json", "--out", "consents.json")
    told = json.loads((operator.folder / "consents.json").read_text("utf-8"))
    [given], [said] = told["consents"], told["texts"]
    assert (given["code"], given["giver"], given["mode"], given["text"]) == (person, "witness", "assisted", "aloud")
    assert (given["recorded_by"], given["withdrawn_at"]) == ("staff:1", None)
    assert said["words"].startswith("We are {library}.")
    checksum = text_archive.checksum(said["words"])
    assert (given["version"], given["language"]) == (said["version"], said["language"]) == (CONSENT_VERSION, "en")
    assert (given["text_hash"], given["text_derived_at"]) == (said["hash"], None) == (checksum, None)

    operator.types("participant", "withdraw", person, "--yes")
    operator.types("consents", "--cohort", "Jesen", "--format", "csv", "--out", "consents.csv")
    written = (operator.folder / "consents.csv").read_bytes().decode("utf-8-sig")
    assert written.startswith(HEADING)
    [row] = list(csv.reader(written.splitlines(), delimiter=";"))[1:]
    assert row[:4] == [person, SLUG, "Jesen", "oseba sama ustno ob priči"]
    assert row[6:9] == ["prebrano na glas, podpisano ali prebrano v kiosku", checksum, ""]
    assert (row[10], row[12]) == ("knjižnica, številka 1", "upravljanje sistema")
    assert "Do you allow us to ask you questions?" in (operator.folder / "consents-texts.csv").read_text("utf-8-sig")

    operator.types("consents", "--format", "xlsx", "--out", "consents.xlsx")
    assert (operator.folder / "consents.xlsx").read_bytes().startswith(b"PK")
    subjects = [row.subject for row in operator.services.database.read_now(exports_in_audit)]
    assert subjects == [SLUG, f"cohort:{group}", "all"]


def test_a_consent_of_which_the_text_is_derived_or_unknown_says_so(operator, group, person):
    moment = operator.services.clock()
    for values in ({"text_derived_at": moment}, {"text_kind": None, "text_hash": None, "text_derived_at": None}):
        operator.services.database.write_now(lambda c, values=values: c.execute(update(consent).values(values)))
        operator.types("consents", "--format", "json", "--out", "consents.json")
        operator.types("consents", "--format", "csv", "--out", "consents.csv")
        told = json.loads((operator.folder / "consents.json").read_text("utf-8"))
        rows = list(csv.reader((operator.folder / "consents.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
        texts = (operator.folder / "consents-texts.csv").read_text("utf-8-sig")
        if "text_kind" not in values:
            assert told["consents"][0]["text_derived_at"] == moment.isoformat()
            assert rows[1][8] == f"{moment.astimezone(LJUBLJANA):%Y-%m-%d %H:%M}"
            assert texts.count("Do you allow us to ask you questions?") == 1
        else:
            assert (told["consents"][0]["text"], told["texts"][0]["words"]) == (None, None)
            assert rows[1][6:9] == ["ni znano", "", ""]
            assert "ni znano;;Besedila s tem odtisom v tem programu ni." in texts


def test_consents_of_a_group_of_another_programme_are_not_written(operator, group):
    told = operator.is_told("consents", "--cohort", group, "--programme", KAMNIK, "--format", "csv", "--out", "c.csv")
    assert told == f"»Jesen« is a group of {SLUG}, not of {KAMNIK}."
    assert not (operator.folder / "c.csv").exists()


def test_the_account_of_a_demo_says_of_each_consent_that_it_is_made_up(operator, group, person):
    services = operator.services
    services.database.write_now(partial(demonstration.mark, now=services.clock()))
    for form in ("json", "csv", "xlsx"):
        operator.types("consents", "--format", form, "--out", f"consents.{form}")
    told = json.loads((operator.folder / "consents.json").read_text("utf-8"))
    assert [one["made_up"] for one in told["consents"]] == [True]
    written = (operator.folder / "consents.csv").read_text("utf-8-sig")
    assert [row[-1] for row in csv.reader(written.splitlines(), delimiter=";")] == MADE_UP_CELLS
    sheet = openpyxl.load_workbook(operator.folder / "consents.xlsx").worksheets[0]
    assert [cell.value for cell in list(sheet.columns)[-1]] == MADE_UP_CELLS


def exports_in_audit(connection):
    chosen = audit_table.select().where(audit_table.c.action == "consents.export").order_by(audit_table.c.id)
    return connection.execute(chosen).all()


def test_a_name_that_a_spreadsheet_would_calculate_is_only_words(operator, group, person):
    operator.types("cohort", "edit", group, "--name", "=1+1")
    operator.types("consents", "--cohort", group, "--format", "csv", "--out", "consents.csv")
    assert ";'=1+1;" in (operator.folder / "consents.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("options", "words"), [((), "Da, dovolim."), (("--language", "en", "--guardian"), "guardian.")]
)
def test_a_form_for_consent_is_written(operator, group, options, words):
    said = operator.types("consent-form", SLUG, *options, "--code", "bre-7f3k2", "--out", "form.pdf")
    assert said == "Written to form.pdf.\n"
    [page] = pypdf.PdfReader(io.BytesIO((operator.folder / "form.pdf").read_bytes())).pages
    assert [part in page.extract_text() for part in (words, "BRE-7F3K2")] == [True, True]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (("--language", "uk"), "There is no text of consent in uk; there are: sl, sl-x-lahko, en."),
        (("--audience", "nobody"), f"{SLUG} has no audience nobody; it has participants."),
        (("--code", "abc"), "abc is no code; a code looks like KAM-7F3K2."),
    ],
)
def test_a_form_that_cannot_be_written_is_said_so(operator, group, options, problem):
    assert operator.is_told("consent-form", SLUG, *options, "--out", "form.pdf") == problem
    assert not (operator.folder / "form.pdf").exists()


def test_the_form_of_who_waits_carries_their_own_text_and_version(operator, group):
    [one] = operator.gets("enrol", group, "--count", 1, "--waiting", 1, "--json")
    operator.types("consent-form", SLUG, "--code", one["code"], "--out", "form.pdf")
    [page] = pypdf.PdfReader(io.BytesIO((operator.folder / "form.pdf").read_bytes())).pages
    wanted = ("Ste na čakalnem seznamu programa", WAITING_VERSION)
    assert [part in " ".join(page.extract_text().split()) for part in wanted] == [True, True]
    assert operator.is_told("consent-form", SLUG, "--code", one["code"], "--guardian", "--out", "two.pdf") == (
        f"{one['code']} is on the waiting list, and who waits signs alone; leave out --guardian."
    )


def waiting(operator, enrolled):
    return [place(operator, one["code"])[0].allocation for one in enrolled if one["role"] == "waiting"]


def test_the_last_of_those_who_are_enrolled_wait_or_they_are_drawn_by_lot(operator, group):
    in_order = operator.gets("enrol", group, "--count", 5, "--waiting", 2, "--json")
    assert [one["role"] for one in in_order] == ["participant"] * 3 + ["waiting"] * 2
    assert waiting(operator, in_order) == [Allocation.ORDER] * 2
    drawn = operator.gets("enrol", group, "--count", 30, "--waiting", 12, "--by-lot", "--json")
    assert waiting(operator, drawn) == [Allocation.LOT] * 12
    assert [one["role"] for one in drawn] != ["participant"] * 18 + ["waiting"] * 12


def test_the_printed_list_says_who_waits(operator, group):
    operator.types("enrol", group, "--count", 3, "--waiting", 1, "--cards", "kartice.pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(operator.folder / "kartice.pdf").pages]
    assert [page.count("na čakalnem seznamu") for page in pages] == [0, 1]  # on the list alone, never on a card


def test_more_cannot_wait_than_are_enrolled(operator, group):
    assert operator.is_told("enrol", group, "--count", 2, "--waiting", 3) == (
        "3 of 2 people cannot wait; give a smaller number after --waiting."
    )
    assert operator.is_told("enrol", group, "--count", 2, "--by-lot") == (
        "--by-lot draws who waits: say with --waiting how many."
    )


def test_what_would_be_enrolled_says_who_would_wait_and_refuses_what_cannot_be(operator, group):
    would = ("enrol", group, "--count", 22, "--dry-run")
    lot = operator.types(*would, "--waiting", 10, "--by-lot")
    assert lot.splitlines()[1] == "Of them would wait: 10, drawn by lot."
    assert operator.types(*would, "--waiting", 10).splitlines()[1] == "Of them would wait: 10, the last ones."
    assert operator.gets(*would, "--waiting", 10, "--json") == {"new": 22, "known": 0, "waiting": 10}
    assert operator.gets(*would, "--json") == {"new": 22, "known": 0}
    assert operator.is_told(*would, "--waiting", 23) == (
        "23 of 22 people cannot wait; give a smaller number after --waiting."
    )
    assert operator.is_told(*would, "--by-lot") == "--by-lot draws who waits: say with --waiting how many."


def test_who_waits_begins_with_the_next_group(operator, group):
    [one] = operator.gets("enrol", group, "--count", 1, "--waiting", 1, "--json")
    days = ("--start", "2030-06-01", "--end", "2030-08-01")
    operator.types("cohort", "add", SLUG, "--name", "Poletje", *days)
    refused = operator.is_told("participant", "begin", one["code"], "Jesen")
    assert refused.startswith(f"{one['code']} can begin with another open cohort of {SLUG}, not with »Jesen«; there ")
    would = operator.types("participant", "begin", one["code"], "Poletje")
    assert would.splitlines()[0] == f"{one['code']}, who waits beside »Jesen«, would begin with »Poletje«."
    assert operator.types("participant", "begin", one["code"], "Poletje", "--yes") == (
        f"{one['code']} begins with »Poletje«.\n"
    )
    assert operator.is_told("participant", "begin", one["code"], "Jesen", "--yes") == (
        f"{one['code']} does not wait in »Poletje«."
    )
