"""What staff change and take back: afterwards everything is as it was, but for what happened in between."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage import calls, changes, deeds, occasions, participants
from storage.schema import (
    CallOutcome,
    DeliveryKind,
    DeliveryState,
    EnrolmentState,
    OccasionState,
    audit,
    call_note,
    consent,
    delivery,
    enrolment,
    occasion,
)
from tests.storage.conftest import NOW

SOON = NOW + timedelta(seconds=30)
OPENED = NOW + timedelta(days=29, hours=1)
ACTOR = "staff:1"
TABLES = (enrolment, consent, occasion, delivery)


@pytest.fixture
def opened(connection, joined):
    """The first questionnaire of somebody who takes part is open."""
    first = occasions.of_enrolment(connection, joined.enrolment)[0]
    occasions.open_now(connection, first.id, OPENED, invited=True)
    return first


def everything(connection):
    return [connection.execute(select(table).order_by(*table.primary_key)).all() for table in TABLES]


def audited(connection):
    return [tuple(row) for row in connection.execute(select(audit.c.actor, audit.c.action, audit.c.subject))]


def done(connection, number):
    return deeds.find(connection, number)


def states(connection, opened):
    rows = connection.execute(select(delivery.c.kind, delivery.c.state).where(delivery.c.occasion == opened.id))
    return {(row.kind, row.state) for row in rows}


@pytest.mark.parametrize("outcome", CallOutcome)
def test_whatever_came_of_a_call_can_be_taken_back(connection, joined, opened, outcome):
    before = everything(connection)
    place = participants.of_enrolment(connection, joined.enrolment)
    number = changes.called(connection, place, outcome, NOW, ACTOR)
    assert [one.outcome for one in calls.notes(connection, joined.enrolment)] == [outcome]
    assert changes.undo(connection, done(connection, number), SOON, ACTOR)
    assert everything(connection) == before
    assert calls.notes(connection, joined.enrolment) == []
    assert connection.execute(select(call_note.c.withdrawn_at)).scalars().all() == [SOON]
    assert not changes.undo(connection, done(connection, number), SOON, ACTOR)


def test_who_refuses_gets_no_more_messages_about_what_is_open(connection, joined, opened):
    changes.called(connection, joined, CallOutcome.REFUSED, NOW, ACTOR)
    assert states(connection, opened) == {
        (DeliveryKind.OPENING, DeliveryState.CANCELLED),
        (DeliveryKind.REMINDER, DeliveryState.CANCELLED),
        (DeliveryKind.CLOSING, DeliveryState.DUE),
    }
    assert occasions.load(connection, opened.id).state is OccasionState.OPEN
    assert audited(connection)[-1] == (ACTOR, "call.refused", joined.code)


def test_who_leaves_on_a_call_is_noted_and_leaves(connection, joined, opened):
    changes.called(connection, joined, CallOutcome.LEFT, NOW, ACTOR)
    assert [row[1] for row in audited(connection)[-2:]] == ["call.left", "participant.leave"]
    assert participants.of_enrolment(connection, joined.enrolment).state is EnrolmentState.LEFT
    ended = {one.state for one in occasions.of_enrolment(connection, joined.enrolment)}
    assert ended == {OccasionState.CANCELLED}


def test_who_leaves_without_a_call_comes_back_as_before(connection, joined, opened):
    before = everything(connection)
    number = changes.leave(connection, joined, NOW + timedelta(hours=1), ACTOR)
    assert not changes.undo(connection, done(connection, number), NOW + timedelta(hours=2), ACTOR)
    assert changes.undo(connection, done(connection, number), NOW + timedelta(hours=1), ACTOR)
    assert everything(connection) == before
    assert audited(connection)[-1] == (ACTOR, "participant.come_back", joined.code)


def test_who_joined_anew_meanwhile_is_not_touched(connection, joined, opened):
    number = changes.leave(connection, joined, NOW, ACTOR)
    connection.execute(update(enrolment).values(state=EnrolmentState.ACTIVE, left_at=None))
    before = everything(connection)
    assert not changes.undo(connection, done(connection, number), SOON, ACTOR)
    assert everything(connection) == before


def test_what_was_sent_meanwhile_stays_sent(connection, joined, opened):
    number = changes.called(connection, joined, CallOutcome.REFUSED, NOW, ACTOR)
    [reminder] = connection.execute(select(delivery.c.id).where(delivery.c.key == f"reminder:{opened.id}:1")).scalars()
    connection.execute(update(delivery).where(delivery.c.id == reminder).values(state=DeliveryState.SENT))
    changes.undo(connection, done(connection, number), SOON, ACTOR)
    assert connection.execute(select(delivery.c.state).where(delivery.c.id == reminder)).scalar_one() == "sent"


def test_a_deed_about_nobody_is_a_mistake_of_ours(connection, joined):
    number = changes.called(connection, joined, CallOutcome.REACHED, NOW, ACTOR)
    with pytest.raises(LookupError):
        changes.undo(connection, replace(done(connection, number), enrolment=None), NOW, ACTOR)
