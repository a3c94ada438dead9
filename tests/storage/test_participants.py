"""Joining, declining, leaving, and being out of reach."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

from storage import cohorts, enrolments, participants, staff
from storage.schema import EnrolmentState, Giver, audit, consent, enrolment
from surveys.model import Mode
from tests.plugins.consent_texts import text_read
from tests.storage.conftest import CHAT, NOW

LATER = NOW + timedelta(days=1)


@pytest.fixture
def elsewhere(connection, brezice, joined):
    """The same person in a second group."""
    spring = cohorts.add(
        connection, brezice, name="Pomlad", start=date(2027, 2, 1), end=date(2027, 4, 1), now=NOW, actor="operator"
    )
    values = {"participant": joined.participant, "cohort": spring.id, "state": EnrolmentState.INVITED}
    connection.execute(insert(enrolment), {**values, "enrolled_at": LATER})
    return spring


def consents(connection):
    columns = (consent.c.text_version, consent.c.giver, consent.c.mode, consent.c.given_at, consent.c.withdrawn_at)
    return [tuple(row) for row in connection.execute(select(*columns).order_by(consent.c.id))]


def recorded(connection):
    rows = connection.execute(select(audit.c.actor, audit.c.action).order_by(audit.c.id))
    return [tuple(row) for row in rows if row.action.startswith("participant.")]


def test_a_place_says_where_somebody_stands(connection, brezice, group, invited):
    assert invited == participants.Enrolment(
        id=invited.id,
        participant=invited.participant,
        code=invited.code,
        chat=None,
        unreachable_at=None,
        state=EnrolmentState.INVITED,
        enrolled_at=NOW,
        joined_at=None,
        cohort=group.id,
        cohort_name="Jesen",
        programme=brezice.slug,
        audience="participants",
    )
    assert participants.of_enrolment(connection, 999) is None


def test_who_joins_is_in_the_chat_with_their_consent(connection, invited, joined):
    assert joined == replace(invited, chat=CHAT, state=EnrolmentState.ACTIVE, joined_at=NOW)
    assert consents(connection) == [("v1", Giver.SELF, Mode.SELF, NOW, None)]
    assert recorded(connection) == [
        ("staff:1", "participant.enrol"),
        (f"participant:{joined.code}", "participant.join"),
    ]


def test_who_has_no_telegram_joins_without_a_chat(connection, invited):
    participants.join(connection, invited, None, Giver.WITNESS, Mode.ASSISTED, text_read("v1"), NOW, "staff:1")
    enrolment = participants.of_enrolment(connection, invited.id)
    assert enrolment == replace(invited, state=EnrolmentState.ACTIVE, joined_at=NOW)
    assert consents(connection) == [("v1", Giver.WITNESS, Mode.ASSISTED, NOW, None)]


def test_one_person_may_have_several_places(connection, group, joined, elsewhere):
    by_chat = participants.of_chat(connection, CHAT)
    assert [enrolment.cohort_name for enrolment in by_chat] == ["Jesen", "Pomlad"]
    assert staff.who(connection, CHAT) == (True, None)
    assert participants.of_code(connection, joined.code) == by_chat
    assert participants.of_cohort(connection, group.id) == by_chat[:1]
    assert participants.of_cohort(connection, elsewhere.id) == by_chat[1:]


def test_everybody_in_a_group_stands_by_code(connection, keys, brezice, group):
    codes = [enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1").code for _ in range(5)]
    assert [enrolment.code for enrolment in participants.of_cohort(connection, group.id)] == sorted(codes)


def test_a_stranger_has_no_place(connection, joined):
    assert participants.of_chat(connection, b"somebody else") == []
    assert participants.of_code(connection, "BRE-AAAAA") == []


def test_who_says_no_may_think_again(connection, invited):
    participants.decline(connection, invited, NOW)
    declined = participants.of_enrolment(connection, invited.id)
    assert declined == replace(invited, state=EnrolmentState.DECLINED)
    assert consents(connection) == []
    participants.join(connection, declined, CHAT, Giver.SELF, Mode.SELF, text_read("v1"), LATER, "staff:1")
    state, left_at = connection.execute(select(enrolment.c.state, enrolment.c.left_at)).one()
    assert (state, left_at) == (EnrolmentState.ACTIVE, None)
    assert [action for _, action in recorded(connection)] == [
        "participant.enrol",
        "participant.decline",
        "participant.join",
    ]


def test_who_leaves_withdraws_their_consent_in_this_group_only(connection, joined, elsewhere):
    second = participants.of_cohort(connection, elsewhere.id)[0]
    participants.join(connection, second, CHAT, Giver.SELF, Mode.SELF, text_read("v2"), NOW, "staff:1")
    participants.leave(connection, joined, LATER, "staff:1")
    left, stays = participants.of_chat(connection, CHAT)
    assert (left.state, stays.state) == (EnrolmentState.LEFT, EnrolmentState.ACTIVE)
    assert consents(connection) == [
        ("v1", Giver.SELF, Mode.SELF, NOW, LATER),
        ("v2", Giver.SELF, Mode.SELF, NOW, None),
    ]
    assert recorded(connection)[-1] == ("staff:1", "participant.leave")


def test_who_comes_back_gives_consent_anew(connection, joined):
    participants.leave(connection, joined, LATER, "staff:1")
    back = LATER + timedelta(days=1)
    participants.join(connection, joined, CHAT, Giver.SELF, Mode.SELF, text_read("v2"), back, "staff:1")
    participants.leave(connection, joined, back, "staff:1")
    assert consents(connection) == [
        ("v1", Giver.SELF, Mode.SELF, NOW, LATER),
        ("v2", Giver.SELF, Mode.SELF, back, back),
    ]


def test_who_cannot_be_reached_is_reached_again(connection, joined):
    participants.set_reachable(connection, CHAT, LATER)
    assert participants.of_chat(connection, CHAT) == [replace(joined, unreachable_at=LATER)]
    participants.set_reachable(connection, CHAT, None)
    assert participants.of_chat(connection, CHAT) == [joined]


def test_who_joins_from_a_new_chat_can_be_reached(connection, joined):
    participants.set_reachable(connection, CHAT, LATER)
    participants.join(connection, joined, b"new", Giver.SELF, Mode.SELF, text_read("v1"), LATER, "staff:1")
    assert participants.of_chat(connection, b"new") == [replace(joined, chat=b"new")]


def test_who_moves_keeps_everything_but_the_chat(connection, joined):
    agreed = consents(connection)
    participants.set_reachable(connection, CHAT, LATER)
    participants.move(connection, joined, b"new", LATER)
    assert participants.of_enrolment(connection, joined.id) == replace(joined, chat=b"new")
    assert consents(connection) == agreed
    assert recorded(connection)[-1] == (f"participant:{joined.code}", "participant.move")


def test_who_takes_part_already_has_done_so_since_the_first_consent(connection, joined):
    participants.join(
        connection, joined, CHAT, Giver.SELF, Mode.SELF, text_read("v2"), LATER, f"participant:{joined.code}"
    )
    assert participants.of_enrolment(connection, joined.id).joined_at == NOW
    assert [given_at for _, _, _, given_at, _ in consents(connection)] == [NOW, LATER]
