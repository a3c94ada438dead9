"""What an operator does for one person, and the account of consents on the command line."""

import csv
import json
from functools import partial

import pytest

from storage import consents, participants
from storage.schema import EnrolmentState, Giver
from storage.schema import audit as audit_table
from surveys.model import Mode

SLUG = "brezice-racunalnik"
HEADING = "šifra;program;skupina;kdo in kako;različica besedila;jezik besedila;dana;čigava roka je zapisala;preklicana;"


@pytest.fixture
def person(operator, group):
    """Somebody whose consent was witnessed."""
    [enrolled] = operator.gets("enrol", group, "--count", 1, "--json")
    house = operator.house

    def join(connection):
        [place] = participants.of_code(connection, enrolled["code"])
        said = (Giver.WITNESS, Mode.ASSISTED, "2026-11")
        participants.join(connection, place, None, *said, house.clock(), "staff:1")

    house.database.write_now(join)
    return enrolled["code"]


def place(operator, code):
    return operator.house.database.read_now(partial(participants.of_code, code=code))


def test_a_consent_is_withdrawn_by_the_operator(operator, group, person):
    told = operator.types("participant", "withdraw", person)
    where = f"Consent would be withdrawn in: {group} (»Jesen«). The answers stay."
    assert told == f"{where}\nNothing is changed. To do it, add --yes.\n"
    assert [one.state for one in place(operator, person)] == [EnrolmentState.ACTIVE]
    operator.types("participant", "withdraw", person.lower(), "--yes")
    assert [one.state for one in place(operator, person)] == [EnrolmentState.LEFT]
    [given] = operator.house.database.read_now(partial(consents.of_cohort, cohort_id=group))
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
    assert said["words"].startswith("Smo {library}.")

    operator.types("participant", "withdraw", person, "--yes")
    operator.types("consents", "--cohort", "Jesen", "--format", "csv", "--out", "consents.csv")
    written = (operator.folder / "consents.csv").read_text("utf-8-sig")
    assert written.startswith(HEADING)
    [row] = list(csv.reader(written.splitlines(), delimiter=";"))[1:]
    assert row[:4] == [person, SLUG, "Jesen", "oseba sama ustno ob priči"]
    assert (row[7], row[9]) == ("knjižnica, številka 1", "upravljanje sistema")
    assert "Ali dovolite, da vas sprašujemo?" in (operator.folder / "consents-texts.csv").read_text("utf-8-sig")

    operator.types("consents", "--format", "xlsx", "--out", "consents.xlsx")
    assert (operator.folder / "consents.xlsx").read_bytes().startswith(b"PK")
    subjects = [row.subject for row in operator.house.database.read_now(exports_in_audit)]
    assert subjects == [SLUG, f"cohort:{group}", "all"]


def exports_in_audit(connection):
    chosen = audit_table.select().where(audit_table.c.action == "consents.export").order_by(audit_table.c.id)
    return connection.execute(chosen).all()


def test_a_name_that_a_spreadsheet_would_calculate_is_only_words(operator, group, person):
    operator.types("cohort", "edit", group, "--name", "=1+1")
    operator.types("consents", "--cohort", group, "--format", "csv", "--out", "consents.csv")
    assert ";'=1+1;" in (operator.folder / "consents.csv").read_text("utf-8-sig")
