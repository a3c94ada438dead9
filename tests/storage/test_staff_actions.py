"""What staff change and take back: afterwards everything is as it was, but for what happened in between."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from storage import access_links, calls, cohorts, enrolments, occasions, participants, staff_actions, undo_log
from storage.access_links import Expired, Invitation
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
from tests.storage.conftest import NOW, RHYTHM

SOON = NOW + timedelta(seconds=30)
OPENED = NOW + timedelta(days=29, hours=1)
ACTOR = "staff:1"
TABLES = (enrolment, consent, occasion, delivery)


@pytest.fixture
def opened(connection, joined):
    """The first questionnaire of somebody who takes part is open."""
    first = occasions.of_enrolment(connection, joined.id)[0]
    occasions.open_now(connection, first.id, OPENED, invited=True)
    return first


@pytest.fixture
def plans(brezice):
    return staff_actions.Plans({brezice.slug: brezice}, RHYTHM)


@pytest.fixture
def later(connection, brezice):
    """Another group, a month later."""
    return add(connection, brezice, "Zima", date(2026, 11, 2), date(2027, 1, 15))


def add(connection, brezice, name, start, end, **more):
    return cohorts.add(connection, brezice, name=name, start=start, end=end, now=NOW, actor="operator", **more)


def everything(connection):
    return [connection.execute(select(table).order_by(*table.primary_key)).all() for table in TABLES]


def audited(connection):
    return [tuple(row) for row in connection.execute(select(audit.c.actor, audit.c.action, audit.c.subject))]


def done(connection, number):
    return undo_log.find(connection, number)


def states(connection, opened):
    rows = connection.execute(select(delivery.c.kind, delivery.c.state).where(delivery.c.occasion == opened.id))
    return {(row.kind, row.state) for row in rows}


@pytest.mark.parametrize("outcome", CallOutcome)
def test_whatever_came_of_a_call_can_be_taken_back(connection, plans, joined, opened, outcome):
    before = everything(connection)
    enrolment = participants.of_enrolment(connection, joined.id)
    number = staff_actions.called(connection, enrolment, outcome, NOW, ACTOR)
    assert [one.outcome for one in calls.notes(connection, joined.id)] == [outcome]
    assert staff_actions.undo(connection, plans, done(connection, number), SOON, ACTOR)
    assert everything(connection) == before
    assert calls.notes(connection, joined.id) == []
    assert connection.execute(select(call_note.c.withdrawn_at)).scalars().all() == [SOON]
    assert not staff_actions.undo(connection, plans, done(connection, number), SOON, ACTOR)


def test_who_refuses_gets_no_more_messages_about_what_is_open(connection, plans, joined, opened):
    staff_actions.called(connection, joined, CallOutcome.REFUSED, NOW, ACTOR)
    assert states(connection, opened) == {
        (DeliveryKind.OPENING, DeliveryState.CANCELLED),
        (DeliveryKind.REMINDER, DeliveryState.CANCELLED),
        (DeliveryKind.CLOSING, DeliveryState.DUE),
    }
    assert occasions.load(connection, opened.id).state is OccasionState.OPEN
    assert audited(connection)[-1] == (ACTOR, "call.refused", joined.code)


def test_who_leaves_on_a_call_is_noted_and_leaves(connection, plans, joined, opened):
    staff_actions.called(connection, joined, CallOutcome.LEFT, NOW, ACTOR)
    assert [row[1] for row in audited(connection)[-2:]] == ["call.left", "participant.leave"]
    assert participants.of_enrolment(connection, joined.id).state is EnrolmentState.LEFT
    ended = {one.state for one in occasions.of_enrolment(connection, joined.id)}
    assert ended == {OccasionState.CANCELLED}


def test_who_leaves_without_a_call_comes_back_as_before(connection, plans, joined, opened):
    before = everything(connection)
    number = staff_actions.leave(connection, joined, NOW + timedelta(hours=1), ACTOR)
    assert not staff_actions.undo(connection, plans, done(connection, number), NOW + timedelta(hours=2), ACTOR)
    assert staff_actions.undo(connection, plans, done(connection, number), NOW + timedelta(hours=1), ACTOR)
    assert everything(connection) == before
    assert audited(connection)[-1] == (ACTOR, "participant.come_back", joined.code)


def test_who_joined_anew_meanwhile_is_not_touched(connection, plans, joined, opened):
    number = staff_actions.leave(connection, joined, NOW, ACTOR)
    connection.execute(update(enrolment).values(state=EnrolmentState.ACTIVE, left_at=None))
    before = everything(connection)
    assert not staff_actions.undo(connection, plans, done(connection, number), SOON, ACTOR)
    assert everything(connection) == before


def test_what_was_sent_meanwhile_stays_sent(connection, plans, joined, opened):
    number = staff_actions.called(connection, joined, CallOutcome.REFUSED, NOW, ACTOR)
    [reminder] = connection.execute(select(delivery.c.id).where(delivery.c.key == f"reminder:{opened.id}:1")).scalars()
    connection.execute(update(delivery).where(delivery.c.id == reminder).values(state=DeliveryState.SENT))
    staff_actions.undo(connection, plans, done(connection, number), SOON, ACTOR)
    assert connection.execute(select(delivery.c.state).where(delivery.c.id == reminder)).scalar_one() == "sent"


def test_new_dates_are_taken_back_unless_there_are_newer_ones(connection, plans, group, joined, opened):
    before = everything(connection)
    days = date(2026, 10, 8), date(2026, 12, 22)
    number = staff_actions.redate(connection, plans, group, *days, NOW, ACTOR)
    assert cohorts.find(connection, group.id) == replace(group, start=days[0], end=days[1])
    assert staff_actions.undo(connection, plans, done(connection, number), SOON, ACTOR)
    assert cohorts.find(connection, group.id) == group
    assert everything(connection) == before
    number = staff_actions.redate(connection, plans, group, *days, NOW, ACTOR)
    newer = cohorts.find(connection, group.id)
    staff_actions.redate(connection, plans, newer, days[0], date(2026, 12, 23), NOW, ACTOR)
    assert not staff_actions.undo(connection, plans, done(connection, number), SOON, ACTOR)
    assert cohorts.find(connection, group.id).end == date(2026, 12, 23)


def test_who_is_moved_follows_the_other_group_and_can_be_moved_back(connection, plans, joined, opened, later):
    before = everything(connection)
    number = staff_actions.move(connection, plans, joined, later, NOW, ACTOR)
    assert participants.of_enrolment(connection, joined.id).cohort == later.id
    after = {one.wave: one.opens_at.date() for one in occasions.of_enrolment(connection, joined.id)}
    assert after == {"before": date(2026, 9, 30), "after": date(2027, 1, 15), "followup": date(2027, 4, 15)}
    assert staff_actions.undo(connection, plans, done(connection, number), SOON, ACTOR)
    assert everything(connection) == before
    assert [row[1] for row in audited(connection)[-2:]] == ["participant.move", "participant.move_back"]


def test_who_was_moved_on_meanwhile_stays_there(connection, plans, brezice, joined, later):
    number = staff_actions.move(connection, plans, joined, later, NOW, ACTOR)
    third = add(connection, brezice, "Pomlad", date(2027, 2, 1), date(2027, 4, 1))
    staff_actions.move(connection, plans, participants.of_enrolment(connection, joined.id), third, NOW, ACTOR)
    assert not staff_actions.undo(connection, plans, done(connection, number), SOON, ACTOR)
    assert participants.of_enrolment(connection, joined.id).cohort == third.id


def test_who_has_not_joined_is_moved_without_anything_to_come(connection, plans, invited, later):
    staff_actions.move(connection, plans, invited, later, NOW, ACTOR)
    assert participants.of_enrolment(connection, invited.id).cohort == later.id
    assert occasions.of_enrolment(connection, invited.id) == []


def test_a_closed_group_asks_nobody_until_it_is_taken_back(connection, plans, keys, brezice, group, joined, opened):
    waiting = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    before = everything(connection)
    number = staff_actions.close(connection, group, NOW, ACTOR)
    assert cohorts.find(connection, group.id).closed_at == NOW
    assert [one.state for one in occasions.of_enrolment(connection, joined.id)] == [
        OccasionState.OPEN,
        OccasionState.CANCELLED,
        OccasionState.CANCELLED,
    ]
    assert isinstance(access_links.look(connection, waiting.token, NOW), Expired)
    assert occasions.replan(connection, brezice, group.id, RHYTHM, NOW) == 0
    occasions.replan_one(connection, brezice, joined.id, RHYTHM, NOW)
    assert occasions.foresee(connection, brezice, joined.id, group.start, group.end, RHYTHM, NOW) == []
    assert staff_actions.undo(connection, plans, done(connection, number), SOON, ACTOR)
    assert everything(connection) == before
    assert cohorts.find(connection, group.id) == group
    assert isinstance(access_links.look(connection, waiting.token, NOW), Invitation)


def test_who_left_meanwhile_is_not_asked_when_the_end_of_the_group_is_taken_back(
    connection, plans, group, joined, opened
):
    number = staff_actions.close(connection, group, NOW, ACTOR)
    staff_actions.leave(connection, joined, NOW, f"participant:{joined.code}")
    assert staff_actions.undo(connection, plans, done(connection, number), SOON, ACTOR)
    assert {one.state for one in occasions.of_enrolment(connection, joined.id)} == {OccasionState.CANCELLED}
    assert connection.execute(select(delivery.c.id).where(delivery.c.state == DeliveryState.DUE)).all() == []


def test_a_group_that_was_opened_and_closed_anew_is_not_taken_back(connection, plans, group, joined):
    number = staff_actions.close(connection, group, NOW, ACTOR)
    cohorts.reopen(connection, group.id, NOW, SOON, ACTOR)
    assert not staff_actions.undo(connection, plans, done(connection, number), SOON, ACTOR)
    assert [row[1] for row in audited(connection)[-2:]] == ["cohort.close", "cohort.reopen"]


def test_a_deed_about_no_group_is_a_mistake_of_ours(connection, plans, group, joined):
    number = staff_actions.close(connection, group, NOW, ACTOR)
    with pytest.raises(LookupError):
        staff_actions.undo(connection, plans, replace(done(connection, number), cohort=None), NOW, ACTOR)


def test_a_deed_about_nobody_is_a_mistake_of_ours(connection, plans, joined):
    number = staff_actions.called(connection, joined, CallOutcome.REACHED, NOW, ACTOR)
    with pytest.raises(LookupError):
        staff_actions.undo(connection, plans, replace(done(connection, number), enrolment=None), NOW, ACTOR)
