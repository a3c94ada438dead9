"""What a person wishes about messages of one occasion, and how often anybody wrote: on both databases."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations, product

import pytest
from sqlalchemy import create_engine, event, select

from storage import (
    cohorts,
    contact_attempts,
    contact_preferences,
    deliveries,
    enrolments,
    occasions,
    participants,
    privacy,
)
from storage.calls import needing
from storage.schema import DeliveryKind, DeliveryState, Giver, audit, delivery, metadata
from surveys.model import Mode
from tests.plugins.consent_texts import text_read
from tests.storage.conftest import CHAT, NOW, RHYTHM

DAY, LEASE = timedelta(days=1), timedelta(minutes=10)
DUE, CANCELLED = DeliveryState.DUE, DeliveryState.CANCELLED


@pytest.fixture
def opened(connection, joined):
    """The first occasion of somebody who joined, open; its invitation has gone."""
    first = occasions.of_enrolment(connection, joined.id)[0]
    occasions.open_now(connection, first.id, first.opens_at, invited=True)
    return occasions.load(connection, first.id)


def messages(connection, one):
    """The reminders of an occasion as days after its opening, with their states."""
    statement = (
        select(delivery.c.planned_at, delivery.c.state)
        .where(delivery.c.occasion == one.id, delivery.c.kind == DeliveryKind.REMINDER)
        .order_by(delivery.c.planned_at, delivery.c.id)
    )
    return [((planned - one.opens_at) / DAY, state) for planned, state in connection.execute(statement)]


def deeds(connection):
    statement = select(audit.c.actor, audit.c.action).where(audit.c.action.like("occasion.%")).order_by(audit.c.id)
    return [tuple(row) for row in connection.execute(statement)]


def put_off(connection, one, days, now=None):
    return contact_preferences.put_off(connection, one, one.opens_at + days * DAY, now or one.opens_at)


def test_tomorrow_takes_the_place_of_the_next_message_and_leaves_the_others(connection, opened):
    assert [put_off(connection, opened, 1), put_off(connection, opened, 1)] == [True, False]
    assert messages(connection, opened) == [(1, DUE), (2, CANCELLED), (7, DUE)]
    assert contact_preferences.next_message(connection, opened.id) == opened.opens_at + DAY
    assert deeds(connection) == [(f"participant:{opened.code}", "occasion.put_off")]


def test_a_later_day_drops_all_that_would_have_come_before(connection, opened):
    assert put_off(connection, opened, 8)
    assert messages(connection, opened) == [(2, CANCELLED), (7, CANCELLED), (8, DUE)]


def test_the_last_wish_counts(connection, opened):
    put_off(connection, opened, 1)
    put_off(connection, opened, 8)
    assert messages(connection, opened) == [(1, CANCELLED), (2, CANCELLED), (7, CANCELLED), (8, DUE)]
    put_off(connection, opened, 1)
    assert messages(connection, opened) == [(1, DUE), (2, CANCELLED), (7, CANCELLED), (8, CANCELLED)]


def test_after_the_last_reminder_a_wish_plans_one_more(connection, opened):
    occasions.cancel(connection, opened.id, NOW, (DeliveryKind.REMINDER,))
    assert contact_preferences.next_message(connection, opened.id) is None
    put_off(connection, opened, 9)
    assert messages(connection, opened) == [(2, CANCELLED), (7, CANCELLED), (9, DUE)]


def test_what_was_wished_is_sent_on_its_day(connection, opened):
    put_off(connection, opened, 1)
    moment = opened.opens_at + DAY
    [one] = deliveries.claim(connection, moment, LEASE, 10)
    assert (one.kind, one.details, one.planned_at) == (DeliveryKind.REMINDER, contact_preferences.WISHED, moment)
    assert deliveries.begin_sending(connection, one.id, one.attempt, moment)
    assert not put_off(connection, opened, 1)  # it is just being sent


def test_no_more_ends_the_messages_but_not_the_questionnaire(connection, opened):
    later = opened.closes_at - DAY
    assert [call.code for call in needing(connection, [opened.programme], later)] == []
    assert [
        contact_preferences.mute(connection, opened, NOW),
        contact_preferences.mute(connection, opened, NOW + DAY),
    ] == [True, False]
    assert messages(connection, opened) == [(2, CANCELLED), (7, CANCELLED)]
    assert occasions.load(connection, opened.id) == replace(opened, muted_at=NOW)
    assert occasions.open_of_chat(connection, CHAT) == [replace(opened, muted_at=NOW)]
    assert needing(connection, [opened.programme], later) == []
    assert deeds(connection) == [(f"participant:{opened.code}", "occasion.mute")]


def test_without_the_wish_the_library_would_be_asked_to_call(connection, opened):
    occasions.cancel(connection, opened.id, NOW, (DeliveryKind.REMINDER,))
    assert [call.code for call in needing(connection, [opened.programme], opened.opens_at)] == [opened.code]


def test_another_day_wished_after_no_more_counts(connection, opened):
    put_off(connection, opened, 1)
    contact_preferences.mute(connection, opened, NOW)
    assert put_off(connection, opened, 1)
    assert occasions.load(connection, opened.id) == opened
    assert messages(connection, opened) == [(1, DUE), (2, CANCELLED), (7, CANCELLED)]


def test_who_comes_back_after_leaving_is_asked_anew(connection, brezice, joined, opened):
    contact_preferences.mute(connection, opened, NOW)
    participants.leave(connection, joined, NOW, "staff:1")
    occasions.cancel_all(connection, joined.id, NOW)
    participants.join(connection, joined, CHAT, Giver.SELF, Mode.SELF, text_read("v1"), NOW, "staff:1")
    occasions.replan_one(connection, brezice, joined.id, RHYTHM, NOW)
    assert occasions.load(connection, opened.id).muted_at is None
    assert messages(connection, opened) == [(2, DUE), (7, DUE)]


def test_the_wish_is_among_what_is_held_about_the_person(connection, keys, joined, opened):
    contact_preferences.mute(connection, opened, NOW)
    [held] = privacy.held(connection, keys, [joined])
    assert [wave["muted_at"] for wave in held["waves"]] == [NOW.isoformat(), None, None]


def test_messages_to_one_chat_are_counted_over_all_its_groups(connection, keys, brezice, joined, opened):
    spring = cohorts.add(
        connection, brezice, name="Zima", start=date(2026, 10, 2), end=date(2026, 12, 16), now=NOW, actor="operator"
    )
    enrolled = enrolments.enrol(connection, keys, brezice, spring, NOW, "staff:1")
    other = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(connection, other, CHAT, Giver.SELF, Mode.SELF, text_read("v1"), NOW, "staff:1")
    occasions.replan_one(connection, brezice, other.id, RHYTHM, NOW)
    second = occasions.of_enrolment(connection, other.id)[0]
    moment = opened.opens_at + 2 * DAY
    ends = (deliveries.sent, deliveries.uncertain, lambda *_: None)
    claimed = deliveries.claim(connection, moment, LEASE, 10)
    assert [one.occasion for one in claimed] == [second.id, opened.id]
    for one, end in zip(claimed, ends, strict=False):
        deliveries.begin_sending(connection, one.id, one.attempt, moment)
        end(connection, one.id, moment)
    assert contact_attempts.unasked(connection, CHAT, moment + DAY) == [moment, moment]
    [late] = deliveries.claim(connection, second.opens_at + 2 * DAY, LEASE, 10)
    deliveries.begin_sending(connection, late.id, late.attempt, late.planned_at)
    assert sorted(contact_attempts.unasked(connection, CHAT, moment + 2 * DAY)) == [moment, moment, moment + 2 * DAY]
    assert contact_attempts.unasked(connection, CHAT, moment + 7 * DAY) == [moment + 7 * DAY]
    assert contact_attempts.unasked(connection, b"somebody else", moment) == []


def test_counting_the_messages_of_one_person_walks_along_keys():
    plans = []

    def explain(_connection, cursor, statement, parameters, *_):
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        plans.extend(row[-1] for row in cursor.fetchall())

    engine = create_engine("sqlite://")
    with engine.connect() as memory:
        metadata.create_all(memory)
        event.listen(memory, "before_cursor_execute", explain)
        contact_attempts.unasked(memory, CHAT, NOW)
    engine.dispose()
    assert [plan.split()[:2] for plan in plans] == [
        ["SEARCH", table] for table in ("participant", "enrolment", "occasion", "delivery")
    ]


DEEDS = {
    "tomorrow": lambda connection, one: put_off(connection, one, 1),
    "week": lambda connection, one: put_off(connection, one, 7),
    "late": lambda connection, one: put_off(connection, one, 9),
    "no more": lambda connection, one: contact_preferences.mute(connection, one, NOW),
}


@pytest.mark.parametrize("deeds_done", [*product(DEEDS, repeat=2), *permutations(DEEDS, 3)], ids=" ".join)
def test_whatever_was_wished_before_the_last_wish_holds_and_a_second_tap_changes_nothing(
    connection, opened, deeds_done
):
    for deed in deeds_done:
        DEEDS[deed](connection, opened)
        held, stands = messages(connection, opened), occasions.load(connection, opened.id)
        assert DEEDS[deed](connection, opened) is False
        assert (messages(connection, opened), occasions.load(connection, opened.id)) == (held, stands)
    upcoming = contact_preferences.next_message(connection, opened.id)
    wished = {"tomorrow": 1, "week": 7, "late": 9}.get(deeds_done[-1])
    assert upcoming == (None if wished is None else opened.opens_at + wished * DAY)
    assert (stands.muted_at is None) == (wished is not None)
    days = [day for day, state in messages(connection, opened) if state is DUE]
    assert len(days) == len(set(days))


def test_invitations_that_wait_are_counted(connection, joined):
    first = occasions.of_enrolment(connection, joined.id)[0]
    assert contact_attempts.waiting(connection, CHAT, first.opens_at - DAY) == 0
    assert contact_attempts.waiting(connection, CHAT, first.opens_at) == 1
    assert contact_attempts.waiting(connection, b"somebody else", first.opens_at) == 0
    deliveries.claim(connection, first.opens_at, LEASE, 10)  # a claim moves what is due
    assert contact_attempts.waiting(connection, CHAT, first.opens_at) == 1
    occasions.open_now(connection, first.id, first.opens_at, invited=True)
    assert contact_attempts.waiting(connection, CHAT, first.opens_at) == 0


def test_a_day_that_was_wished_for_is_counted_once_it_has_come(connection, opened):
    put_off(connection, opened, 1)
    day = opened.opens_at + DAY
    assert [contact_attempts.waiting(connection, CHAT, moment) for moment in (day - DAY / 24, day)] == [0, 1]
    [wished] = deliveries.claim(connection, day, LEASE, 10)
    deliveries.begin_sending(connection, wished.id, wished.attempt, day)
    assert contact_attempts.waiting(connection, CHAT, day) == 0
