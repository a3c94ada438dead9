"""Consents are recorded with text, language and hand; they are withdrawn, taken back and accounted for."""

from datetime import date, timedelta

import pytest

from storage import cohorts, consents, enrolments, expired_people, participants
from storage.consents import Record
from storage.schema import ConsentKind, EnrolmentState, Giver
from surveys.model import Mode
from tests.plugins.consent_texts import text_read
from tests.storage.conftest import CHAT, NOW

LATER = NOW + timedelta(days=1)
WITNESSED = (Giver.WITNESS, Mode.ASSISTED)


@pytest.fixture
def witnessed(connection, invited):
    """Somebody whose consent a librarian recorded."""
    participants.join(connection, invited, None, *WITNESSED, text_read("v1", "sl-x-lahko"), NOW, "staff:1")
    return participants.of_enrolment(connection, invited.id)


def record(enrolment, **more):
    usual = {
        "code": enrolment.code,
        "programme": "brezice-racunalnik",
        "cohort": "Jesen",
        "giver": Giver.WITNESS,
        "mode": Mode.ASSISTED,
        "version": "v1",
        "language": "sl-x-lahko",
        "kind": ConsentKind.SELF,
        "given_at": NOW,
        "recorded_by": "staff:1",
        "withdrawn_at": None,
        "withdrawn_by": None,
    }
    said = {**usual, **more}
    read = text_read(said["version"], said["language"], said["kind"])
    return Record(**{"hash": read.hash, "derived_at": None, **said})


def test_a_consent_is_recorded_with_the_hand_that_recorded_it(connection, witnessed):
    assert consents.of_cohort(connection, witnessed.cohort) == [record(witnessed)]
    assert consents.of_programmes(connection, [witnessed.programme]) == [record(witnessed)]
    assert consents.of_programmes(connection, ["kamnik-slovenscina"]) == []


def test_a_second_consent_while_one_holds_changes_nothing(connection, witnessed):
    participants.join(
        connection, witnessed, CHAT, Giver.SELF, Mode.SELF, text_read("v1"), LATER, f"participant:{witnessed.code}"
    )
    assert consents.of_cohort(connection, witnessed.cohort) == [record(witnessed)]
    assert participants.of_enrolment(connection, witnessed.id).chat == CHAT


def test_consent_to_a_newer_text_stands_beside_the_older(connection, witnessed):
    assert consents.holds(connection, witnessed.id, "v1")
    assert not consents.holds(connection, witnessed.id, "v2")
    participants.join(connection, witnessed, None, *WITNESSED, text_read("v2"), LATER, "staff:2")
    newer = record(witnessed, version="v2", language="sl", given_at=LATER, recorded_by="staff:2")
    assert consents.of_cohort(connection, witnessed.cohort) == [record(witnessed), newer]


def test_withdrawal_says_through_whose_hand_and_a_new_consent_may_follow(connection, witnessed):
    participants.leave(connection, witnessed, LATER, "operator")
    over = record(witnessed, withdrawn_at=LATER, withdrawn_by="operator")
    assert consents.of_cohort(connection, witnessed.cohort) == [over]
    assert not consents.holds(connection, witnessed.id, "v1")
    participants.join(connection, witnessed, None, *WITNESSED, text_read("v1", "sl-x-lahko"), LATER, "staff:1")
    assert consents.of_cohort(connection, witnessed.cohort) == [over, record(witnessed, given_at=LATER)]


def test_a_withdrawal_that_was_a_mistake_leaves_no_trace_in_the_consent(connection, witnessed):
    participants.leave(connection, witnessed, LATER, "staff:1")
    assert participants.come_back(connection, witnessed, EnrolmentState.ACTIVE, LATER, LATER, "staff:1")
    assert consents.of_cohort(connection, witnessed.cohort) == [record(witnessed)]


def test_groups_stand_one_after_the_other_and_people_by_code(connection, keys, brezice, witnessed):
    spring = cohorts.add(
        connection, brezice, name="Pomlad", start=date(2026, 2, 1), end=date(2026, 4, 1), now=NOW, actor="operator"
    )
    for _ in range(2):
        enrolled = enrolments.enrol(connection, keys, brezice, spring, NOW, "staff:1")
        enrolment = participants.of_enrolment(connection, enrolled.enrolment)
        participants.join(connection, enrolment, None, *WITNESSED, text_read("v1"), NOW, "staff:1")
    found = consents.of_programmes(connection, [brezice.slug])
    assert [one.cohort for one in found] == ["Pomlad", "Pomlad", "Jesen"]
    assert [one.code for one in found[:2]] == sorted(one.code for one in found[:2])


def test_where_the_code_is_destroyed_no_hand_names_it(connection, joined):
    participants.leave(connection, joined, LATER, f"participant:{joined.code}")
    expired_people.anonymise(connection, date(2027, 12, 31), LATER)
    [left] = consents.of_cohort(connection, joined.cohort)
    stone = f"-{joined.participant}"
    assert (left.code, left.recorded_by, left.withdrawn_by) == (stone, stone, stone)


def test_a_no_can_be_said_through_the_hand_of_staff(connection, invited):
    participants.decline(connection, invited, NOW, "staff:1")
    assert participants.of_enrolment(connection, invited.id).state is EnrolmentState.DECLINED
    assert consents.of_cohort(connection, invited.cohort) == []
