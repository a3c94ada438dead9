"""What was learned from a wave: when it can be written, who gets it, and that it never leaves twice."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from storage import (
    cohorts,
    contact_attempts,
    deliveries,
    enrolments,
    findings,
    occasions,
    participants,
    planned_work,
    privacy,
)
from storage.findings import FindingsStanding
from storage.schema import DeliveryKind, DeliveryState, Giver, OccasionState, audit, delivery, enrolment, occasion
from surveys.model import Mode
from tests.plugins.consent_texts import text_read
from tests.storage.conftest import CHAT, NOW, RHYTHM

LEASE = timedelta(minutes=10)
DAY = timedelta(days=1)
OTHER = b"\x01" + b"d" * 24
TEXT = "Večina zdaj sama piše e-pošto. Jeseni dodamo še en tečaj."


@pytest.fixture
def ended(connection, joined):
    """The first occasion of somebody, after its closing; nobody answered it."""
    first = occasions.of_enrolment(connection, joined.id)[0]
    occasions.settle(connection, first.id, OccasionState.MISSED, first.closes_at)
    return first


@pytest.fixture
def after(ended):
    return ended.closes_at + DAY


@pytest.fixture
def due(ended):
    return ended.closes_at + 21 * DAY


def closed(connection, keys, group, **how):
    return findings.find(connection, keys, group.id, "before", **how)


def written(connection, keys, group, after, text=TEXT):
    assert findings.write(connection, keys, closed(connection, keys, group, changing=True), text, after, "staff:1")
    return closed(connection, keys, group)


def approved(connection, keys, group, after, due):
    assert findings.approve(connection, written(connection, keys, group, after), due, after, "staff:1")
    return closed(connection, keys, group)


def another(connection, keys, brezice, group, chat):
    """Somebody else of the group, whose first occasion has ended."""
    enrolled = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(connection, enrolment, chat, Giver.SELF, Mode.SELF, text_read("v1"), NOW, "staff:1")
    occasions.replan_one(connection, brezice, enrolment.id, RHYTHM, NOW)
    first = occasions.of_enrolment(connection, enrolment.id)[0]
    occasions.settle(connection, first.id, OccasionState.COMPLETE, NOW)
    return enrolment


def messages(connection):
    columns = (delivery.c.key, delivery.c.state, delivery.c.planned_at)
    statement = select(*columns).where(delivery.c.kind == DeliveryKind.FEEDBACK).order_by(delivery.c.id)
    return [tuple(row) for row in connection.execute(statement)]


def begin(connection, moment):
    """Claim what is due, and begin to send it."""
    found = [one for one in deliveries.claim(connection, moment, LEASE, 10) if one.kind is DeliveryKind.FEEDBACK]
    assert all(deliveries.begin_sending(connection, one.id, one.attempt, moment) for one in found)
    return found


def test_a_wave_can_be_written_about_once_nobody_can_answer_it_any_more(connection, keys, brezice, group, joined):
    assert closed(connection, keys, group) is None
    assert not findings.has_closed(connection, group.id)
    first = occasions.of_enrolment(connection, joined.id)[0]
    occasions.settle(connection, first.id, OccasionState.PARTIAL, first.closes_at)
    assert findings.has_closed(connection, group.id)
    one = closed(connection, keys, group)
    assert one == findings.Closed(group.id, brezice.slug, "Jesen", "before", first.closes_at, 1)
    assert one.standing is FindingsStanding.UNWRITTEN
    assert findings.of_programmes(connection, keys, [brezice.slug]) == [one]
    assert findings.of_programmes(connection, keys, ["kamnik-slovenscina"]) == []


def test_a_late_joiner_keeps_the_wave_open_and_one_who_left_does_not(connection, keys, brezice, group, ended, after):
    enrolled = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    late = participants.of_enrolment(connection, enrolled.enrolment)
    joined_at = ended.closes_at - DAY
    participants.join(connection, late, OTHER, Giver.SELF, Mode.SELF, text_read("v1"), joined_at, "staff:1")
    occasions.replan_one(connection, brezice, late.id, RHYTHM, joined_at)
    assert closed(connection, keys, group) is None
    participants.leave(connection, late, after, "staff:1")
    occasions.cancel_all(connection, late.id, after)
    assert (closed(connection, keys, group).closed_at, closed(connection, keys, group).people) == (ended.closes_at, 1)


def test_a_wave_of_which_nobody_would_hear_is_listed_only_with_its_text(
    connection, keys, brezice, group, joined, after
):
    first = occasions.of_enrolment(connection, joined.id)[0]
    occasions.settle(connection, first.id, OccasionState.MISSED, after)
    connection.execute(update(occasion).values(muted_at=after))
    assert findings.of_programmes(connection, keys, [brezice.slug]) == []
    one = written(connection, keys, group, after)
    assert [found.id for found in findings.of_programmes(connection, keys, [brezice.slug])] == [one.id]


def test_a_text_is_sealed_written_approved_changed_stopped_and_each_step_is_in_the_audit(
    connection, keys, group, ended, after, due
):
    one = written(connection, keys, group, after)
    assert (one.text, one.standing, one.due_at) == (TEXT, FindingsStanding.DRAFT, None)
    assert findings.approved_text(connection, keys, one.id) is None
    assert not findings.stop(connection, one, after, "staff:1")
    assert findings.approve(connection, one, due, after, "staff:1")
    one = closed(connection, keys, group)
    assert (one.standing, one.due_at, one.sent) == (FindingsStanding.APPROVED, due, 0)
    assert findings.approved_text(connection, keys, one.id) == TEXT
    assert not findings.approve(connection, one, due, after, "staff:1")
    one = written(connection, keys, group, after, "Popravljeno")
    assert (one.text, one.standing) == ("Popravljeno", FindingsStanding.DRAFT)
    assert messages(connection) == [(f"feedback:{ended.id}", DeliveryState.CANCELLED, due)]
    assert findings.approve(connection, one, due + DAY, after, "staff:1")
    assert messages(connection) == [(f"feedback:{ended.id}", DeliveryState.DUE, due + DAY)]
    assert findings.stop(connection, closed(connection, keys, group), after, "staff:2")
    assert (closed(connection, keys, group).standing, closed(connection, keys, group).revision) == (
        FindingsStanding.DRAFT,
        4,
    )
    statement = select(audit.c.actor, audit.c.action).where(audit.c.subject == f"cohort:{group.id}:before")
    steps = [("1", "write"), ("1", "approve"), ("1", "write"), ("1", "approve"), ("2", "stop")]
    assert [tuple(row) for row in connection.execute(statement.order_by(audit.c.id))] == [
        (f"staff:{number}", f"feedback.{step}") for number, step in steps
    ]


def test_once_the_first_message_leaves_nothing_changes_any_more(connection, keys, group, ended, after, due):
    approved(connection, keys, group, after, due)
    [claimed] = begin(connection, due)
    assert claimed.details == {"feedback": closed(connection, keys, group).id}
    one = closed(connection, keys, group, changing=True)
    assert (one.standing, one.sent) == (FindingsStanding.SENT, 1)
    assert not findings.write(connection, keys, one, "Prepozno", due, "staff:1")
    assert not findings.approve(connection, one, due, due, "staff:1")
    assert not findings.stop(connection, one, due, "staff:1")
    assert closed(connection, keys, group) == one


def test_one_chat_hears_it_once_and_it_counts_as_a_message_of_the_week(
    connection, keys, brezice, group, ended, after, due
):
    another(connection, keys, brezice, group, CHAT)
    one = approved(connection, keys, group, after, due)
    assert len(messages(connection)) == 2
    assert not findings.was_told(connection, CHAT, one.id)
    first, second = begin(connection, due)
    assert findings.was_told(connection, CHAT, one.id)
    assert not findings.was_told(connection, CHAT, one.id + 1)
    assert not findings.was_told(connection, OTHER, one.id)
    deliveries.sent(connection, first.id, due)
    deliveries.cancelled(connection, second.id, due)
    assert contact_attempts.unasked(connection, CHAT, due + DAY) == [due]


def test_who_leaves_is_not_told_and_who_comes_back_within_the_minute_is(
    connection, keys, group, joined, ended, after, due
):
    approved(connection, keys, group, after, due)
    before = planned_work.of_enrolment(connection, joined.id)
    occasions.cancel_all(connection, joined.id, after)
    assert messages(connection) == [(f"feedback:{ended.id}", DeliveryState.CANCELLED, due)]
    planned_work.put_back(connection, before.as_json())
    assert messages(connection) == [(f"feedback:{ended.id}", DeliveryState.DUE, due)]


def test_an_occasion_that_is_keyed_in_later_keeps_its_message_and_erasure_takes_it(
    connection, keys, group, joined, ended, after, due
):
    approved(connection, keys, group, after, due)
    occasions.settle(connection, ended.id, OccasionState.COMPLETE, after)
    assert messages(connection) == [(f"feedback:{ended.id}", DeliveryState.DUE, due)]
    privacy.erase(connection, [joined], after, "staff:1")
    assert messages(connection) == []


def test_who_has_left_or_was_never_asked_gets_none(connection, keys, brezice, group, ended, after, due):
    left = another(connection, keys, brezice, group, OTHER)
    participants.leave(connection, left, after, "staff:1")
    never = another(connection, keys, brezice, group, b"\x01" + b"e" * 24)
    connection.execute(update(occasion).where(occasion.c.enrolment == never.id).values(state=OccasionState.CANCELLED))
    approved(connection, keys, group, after, due)
    assert messages(connection) == [(f"feedback:{ended.id}", DeliveryState.DUE, due)]


def test_who_comes_from_another_group_brings_its_text_and_does_not_count_here(
    connection, keys, brezice, group, joined, ended, after, due
):
    winter = cohorts.add(
        connection, brezice, name="Zima", start=date(2026, 10, 1), end=date(2026, 12, 15), now=NOW, actor="operator"
    )
    another(connection, keys, brezice, winter, OTHER)
    approved(connection, keys, group, after, due)
    begin(connection, due)
    enrolments.move(connection, joined.id, group.id, winter.id)
    assert connection.execute(select(enrolment.c.cohort).distinct()).scalars().all() == [winter.id]
    one = approved(connection, keys, winter, after, due)
    assert (one.standing, one.sent, one.people) == (FindingsStanding.APPROVED, 0, 2)
    assert [state for _, state, _ in messages(connection)] == [DeliveryState.SENDING, DeliveryState.DUE]
