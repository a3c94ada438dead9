"""An enrolment of which nobody made use goes without a trace; one that somebody used does not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import access_links, calls, cohort_overview, cohorts, enrolments, participants, unused_enrolments
from storage.access_links import Expired
from storage.analysis import frames
from storage.enrolments import Known
from storage.schema import CallOutcome, EnrolmentState, Giver, enrolment, participant
from surveys.model import Mode
from tests.plugins.consent_texts import text_read
from tests.storage.conftest import NOW

LATER = NOW + timedelta(days=8)


def enrolment_of(connection, enrolled):
    return participants.of_enrolment(connection, enrolled.enrolment)


def counted(connection, brezice):
    slugs = [brezice.slug]
    return (
        cohorts.sizes(connection),
        cohort_overview.page(connection, slugs, 0, 9),
        cohort_overview.numbers(connection, slugs, NOW, LATER, LATER),
        calls.needing(connection, slugs, LATER),
        frames.people(connection, brezice.slug),
    )


def test_a_removed_enrolment_is_in_no_number_and_its_link_opens_nothing(connection, keys, brezice, group):
    before = counted(connection, brezice)
    new = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    calls.note(connection, new.enrolment, new.code, CallOutcome.REACHED, NOW, "staff:1")
    assert unused_enrolments.remove(connection, enrolment_of(connection, new), NOW, "staff:1")
    assert counted(connection, brezice) == before
    assert cohort_overview.members(connection, group.id) == []
    assert isinstance(access_links.look(connection, new.token, NOW), Expired)
    assert participants.of_code(connection, new.code) == []
    assert calls.notes(connection, new.enrolment) == []
    assert not unused_enrolments.remove(connection, enrolment_of(connection, new), NOW, "staff:1")


def test_later_links_and_enrolments_never_take_the_numbers_of_a_removed_one(connection, keys, brezice, group):
    old = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    unused_enrolments.remove(connection, enrolment_of(connection, old), NOW, "staff:1")
    new = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    assert (new.enrolment != old.enrolment, new.token != old.token) == (True, True)


@pytest.mark.parametrize("state", ["joined", "declined", "left"])
def test_whoever_said_something_stays(connection, brezice, keys, invited, state):
    match state:
        case "joined":
            participants.join(connection, invited, b"chat", Giver.SELF, Mode.SELF, text_read("1"), NOW, "operator")
        case "declined":
            participants.decline(connection, invited, NOW)
        case _:
            participants.leave(connection, invited, NOW, "staff:1")
    before = counted(connection, brezice)
    assert not unused_enrolments.remove(connection, invited, NOW, "staff:1")
    assert counted(connection, brezice) == before


def test_somebody_of_another_group_keeps_code_and_place_and_can_be_enrolled_again(connection, keys, brezice, invited):
    other = cohorts.add(connection, brezice, name="Zima", start=NOW.date(), end=LATER.date(), now=NOW, actor="operator")
    known = Known(invited.participant, invited.code)
    second = enrolments.enrol(connection, keys, brezice, other, NOW, "staff:1", known=known)
    assert unused_enrolments.remove(connection, enrolment_of(connection, second), NOW, "staff:1")
    assert [one.id for one in participants.of_code(connection, invited.code)] == [invited.id]
    third = enrolments.enrol(connection, keys, brezice, other, NOW, "staff:1", known=known)
    assert [one.id for one in participants.of_code(connection, invited.code)] == [invited.id, third.enrolment]
    codes = connection.execute(
        select(participant.c.code).join_from(enrolment, participant).where(enrolment.c.state == EnrolmentState.ERASED)
    ).scalars()
    assert all(code.startswith("-") for code in codes)


def test_only_what_was_enrolled_at_one_go_is_taken_together(connection, keys, brezice, group):
    before = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    together = [enrolments.enrol(connection, keys, brezice, group, LATER, "staff:1").enrolment for _ in range(2)]
    after = enrolments.enrol(connection, keys, brezice, group, LATER + timedelta(seconds=1), "staff:2")
    found = unused_enrolments.enrolled_together(connection, group.id, together[0], after.enrolment, LATER)
    assert found == together
    assert unused_enrolments.enrolled_together(connection, group.id, before.enrolment, after.enrolment, LATER) == []
    assert unused_enrolments.enrolled_together(connection, group.id + 1, together[0], together[1], LATER) == []
