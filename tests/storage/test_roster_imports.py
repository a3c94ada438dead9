"""Lists of people: enrolled once, of whom then the names alone stay for an hour, and nothing of what was not wanted."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from storage import attachments, cohorts, enrolments, participants, roster_imports, staff
from storage.roster_imports import CONFIRMED_WITHIN, PRINTED_WITHIN
from storage.schema import Role, attachment, group_import, participant
from tests.storage.conftest import NOW


@pytest.fixture
def beside(connection, brezice):
    """Another group of the same programme."""
    dates = {"start": date(2027, 2, 1), "end": date(2027, 4, 1)}
    return cohorts.add(connection, brezice, name="Pomlad", now=NOW, actor="operator", **dates)


@pytest.fixture
def listed(connection, keys, group):
    """A list for the group that waits to be confirmed."""
    member = staff.join(connection, Role.LIBRARIAN, "BRE", b"librarian", NOW).id
    file = attachments.receive(connection, keys, "file-1", NOW, mime="text/csv")
    [waiting] = attachments.claim(connection, keys, NOW, timedelta(minutes=1), 1)
    attachments.keep(connection, keys, waiting, b"Ime\nAna\n", NOW)
    return roster_imports.find(connection, roster_imports.receive(connection, group.id, file, member, NOW))


def names(connection, keys, cohort):
    return roster_imports.names(connection, keys, cohort.id)


def kept(connection):
    return [
        connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (group_import, attachment)
    ]


def test_a_list_is_for_the_group_that_was_chosen_until_it_is_enrolled(connection, group, beside, listed):
    assert (listed.cohort, listed.applied_at) == (group.id, None)
    roster_imports.set_cohort(connection, listed.id, beside.id)
    assert roster_imports.find(connection, listed.id).cohort == beside.id
    assert roster_imports.mark_applied(connection, listed.id, NOW)
    assert not roster_imports.mark_applied(connection, listed.id, NOW + timedelta(seconds=1))
    roster_imports.set_cohort(connection, listed.id, group.id)
    found = roster_imports.find(connection, listed.id)
    assert (found.cohort, found.applied_at) == (beside.id, NOW)


def test_of_an_enrolled_list_the_names_alone_stay_sealed(connection, keys, group, beside, listed):
    assert names(connection, keys, group) == {}
    roster_imports.mark_applied(connection, listed.id, NOW)
    roster_imports.keep_names(connection, keys, listed, {7: "Ana Žagar", 9: "Bor (brez telefona)"})
    both = {7: "Ana Žagar", 9: "Bor (brez telefona)"}
    assert (names(connection, keys, group), names(connection, keys, beside)) == (both, both)
    row = connection.execute(select(attachment)).one()
    assert (row.file_sealed, row.mime, b"Ana" in row.data_sealed) == (None, "", False)


def test_lists_are_forgotten_when_their_time_is_over(connection, keys, group, listed):
    assert roster_imports.forget(connection, NOW + CONFIRMED_WITHIN - timedelta(seconds=1)) == 0
    roster_imports.mark_applied(connection, listed.id, NOW)
    roster_imports.keep_names(connection, keys, listed, {7: "Ana"})
    assert roster_imports.forget(connection, NOW + PRINTED_WITHIN - timedelta(seconds=1)) == 0
    assert roster_imports.forget(connection, NOW + PRINTED_WITHIN) == 1
    assert (names(connection, keys, group), kept(connection)) == ({}, [0, 0])


def test_a_list_that_nobody_confirms_is_forgotten_after_a_day(connection, listed):
    assert roster_imports.forget(connection, NOW + CONFIRMED_WITHIN) == 1
    assert (roster_imports.find(connection, listed.id), kept(connection)) == (None, [0, 0])


def test_whoever_has_a_code_keeps_it_in_another_group_and_a_new_person_is_asked_in_a_language(
    connection, keys, brezice, beside, invited
):
    known = enrolments.Known(invited.participant, invited.code)
    again = enrolments.enrol(connection, keys, brezice, beside, NOW, "staff:1", known=known)
    new = enrolments.enrol(connection, keys, brezice, beside, NOW, "staff:1", language="en")
    assert again.code == invited.code
    assert [enrolment.cohort_name for enrolment in participants.of_code(connection, invited.code)] == [
        "Jesen",
        "Pomlad",
    ]
    languages = dict(connection.execute(select(participant.c.code, participant.c.language)).all())
    assert languages == {invited.code: "sl", new.code: "en"}
