"""Occasions and their deliveries stay in step with the dates of a cohort, and end with the person's part in it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from storage import cohorts, deliveries, enrolments, occasions, participants
from storage.schema import DeliveryKind, DeliveryState, EnrolmentState, Giver, OccasionState, delivery, occasion
from surveys.model import Mode
from tests.plugins.consent_texts import text_read
from tests.storage.conftest import CHAT, NOW, RHYTHM

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
OPENS = {
    "before": datetime(2026, 9, 30, 8, tzinfo=UTC),
    "after": datetime(2026, 12, 15, 16, tzinfo=UTC),
    "followup": datetime(2027, 3, 15, 9, tzinfo=UTC),
}
DUE, SENT, CANCELLED = DeliveryState.DUE, DeliveryState.SENT, DeliveryState.CANCELLED
PLANNED, OPEN = OccasionState.PLANNED, OccasionState.OPEN


@pytest.fixture
def planned(connection, joined):
    """The three occasions of somebody who joined, by wave."""
    return by_wave(connection, joined)


def by_wave(connection, enrolment):
    return {one.wave: one for one in occasions.of_enrolment(connection, enrolment.id)}


def sending(connection, occasion):
    """What is sent for an occasion: kind, moment, state."""
    columns = (delivery.c.kind, delivery.c.planned_at, delivery.c.state)
    statement = select(*columns).where(delivery.c.occasion == occasion.id).order_by(delivery.c.planned_at)
    return [tuple(row) for row in connection.execute(statement)]


def states(connection, occasion):
    return [state for _, _, state in sending(connection, occasion)]


def edit(connection, brezice, group, now=NOW, **dates):
    cohorts.edit(connection, brezice, group.id, RHYTHM, now=now, actor="staff:1", **dates)


def test_who_joins_has_every_wave_with_its_messages(connection, brezice, group, joined, planned):
    assert {wave: one.opens_at for wave, one in planned.items()} == OPENS
    first = planned["before"]
    assert first == occasions.Occasion(
        id=first.id,
        enrolment=joined.id,
        wave="before",
        opens_at=OPENS["before"],
        closes_at=OPENS["before"] + 14 * DAY,
        state=PLANNED,
        programme=brezice.slug,
        cohort=group.id,
        code=joined.code,
        chat=CHAT,
        unreachable_at=None,
        enrolment_state=EnrolmentState.ACTIVE,
        muted_at=None,
        label_sealed=None,
        shared=False,
    )
    assert sending(connection, first) == [
        (DeliveryKind.OPENING, OPENS["before"], DUE),
        (DeliveryKind.REMINDER, OPENS["before"] + 2 * DAY, DUE),
        (DeliveryKind.REMINDER, OPENS["before"] + 7 * DAY, DUE),
        (DeliveryKind.CLOSING, OPENS["before"] + 14 * DAY, DUE),
    ]
    assert occasions.load(connection, first.id) == first
    assert occasions.load(connection, 999) is None


def test_planning_again_changes_nothing(connection, brezice, group, joined, planned):
    before = {wave: sending(connection, one) for wave, one in planned.items()}
    assert occasions.replan(connection, brezice, group.id, RHYTHM, NOW) == 1
    assert by_wave(connection, joined) == planned
    assert {wave: sending(connection, one) for wave, one in planned.items()} == before


def test_only_who_takes_part_is_planned_for(connection, keys, brezice, group, joined):
    enrolled = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    assert occasions.replan(connection, brezice, group.id, RHYTHM, NOW) == 1
    assert occasions.of_enrolment(connection, enrolled.enrolment) == []


def test_new_dates_move_only_what_is_not_open_yet(connection, brezice, group, joined, planned):
    now = OPENS["before"]
    occasions.open_now(connection, planned["before"].id, now, invited=True)
    first = sending(connection, planned["before"])
    edit(connection, brezice, group, now, start=date(2026, 10, 8), end=date(2026, 12, 16))
    moved = by_wave(connection, joined)
    assert moved["before"] == replace(planned["before"], state=OPEN)
    assert sending(connection, planned["before"]) == first
    assert (moved["after"].opens_at, moved["after"].closes_at) == (OPENS["after"] + DAY, OPENS["after"] + 15 * DAY)
    assert sending(connection, moved["after"])[0] == (DeliveryKind.OPENING, OPENS["after"] + DAY, DUE)


def test_what_was_sent_is_not_sent_again_at_the_new_dates(connection, brezice, group, planned):
    opening = connection.execute(select(delivery.c.id).order_by(delivery.c.planned_at)).scalars().first()
    deliveries.sent(connection, opening, NOW)
    edit(connection, brezice, group, start=date(2026, 10, 8))
    assert sending(connection, planned["before"])[0] == (DeliveryKind.OPENING, OPENS["before"], SENT)
    assert states(connection, planned["before"]) == [SENT, DUE, DUE, DUE]


def test_what_an_older_version_planned_moves_at_the_next_planning_and_what_it_sent_stays(
    connection, brezice, group, joined, planned
):
    older = {"before": OPENS["before"] + DAY, "after": OPENS["after"] - 7 * HOUR}
    for wave, moment in older.items():
        connection.execute(update(occasion).where(occasion.c.id == planned[wave].id).values(opens_at=moment))
        key = delivery.c.key == f"opening:{planned[wave].id}"
        connection.execute(update(delivery).where(key).values(due_at=moment, planned_at=moment))
    occasions.open_now(connection, planned["before"].id, older["before"], invited=False)
    opening = connection.execute(select(delivery.c.id).order_by(delivery.c.planned_at)).scalars().first()
    deliveries.sent(connection, opening, older["before"])
    first = sending(connection, planned["before"])
    occasions.replan(connection, brezice, group.id, RHYTHM, older["before"])
    now = by_wave(connection, joined)
    assert {wave: one.opens_at for wave, one in now.items()} == {**OPENS, "before": older["before"]}
    assert sending(connection, planned["before"]) == first
    assert sending(connection, planned["after"])[0] == (DeliveryKind.OPENING, OPENS["after"], DUE)


def test_what_is_open_keeps_its_day_when_the_last_day_becomes_the_same(connection, brezice, group, joined, planned):
    now = OPENS["before"]
    occasions.open_now(connection, planned["before"].id, now, invited=True)
    edit(connection, brezice, group, now, start=date(2026, 9, 30), end=date(2026, 9, 30))
    assert by_wave(connection, joined)["after"].opens_at == now + DAY


def test_what_would_have_closed_already_stays_where_it_is(connection, brezice, group, joined, planned):
    edit(connection, brezice, group, datetime(2026, 11, 20, 8, tzinfo=UTC), end=date(2026, 11, 2))
    moved = by_wave(connection, joined)
    assert moved["after"] == planned["after"]
    assert moved["followup"].opens_at == datetime(2027, 2, 1, 9, tzinfo=UTC)  # 31 January is a Sunday


def test_a_wave_that_is_over_for_who_joined_late_is_cancelled_and_revived(connection, keys, brezice, group):
    enrolled = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    late = datetime(2026, 10, 12, 8, tzinfo=UTC)
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(connection, enrolment, CHAT, Giver.SELF, Mode.SELF, text_read("v1"), late, "staff:1")
    occasions.replan_one(connection, brezice, enrolment.id, RHYTHM, late)
    first = by_wave(connection, enrolment)["before"]
    assert (first.opens_at, first.state) == (late, PLANNED)

    edit(connection, brezice, group, late, start=date(2026, 9, 25))
    assert by_wave(connection, enrolment)["before"].state is OccasionState.CANCELLED
    assert set(states(connection, first)) == {CANCELLED}

    edit(connection, brezice, group, late, start=date(2026, 10, 1))
    assert by_wave(connection, enrolment)["before"] == first
    assert set(states(connection, first)) == {DUE}


def test_a_reminder_more_is_added_and_one_less_is_cancelled(connection, brezice, group, planned):
    often = replace(RHYTHM, reminders=(2 * DAY, 7 * DAY, 9 * DAY))
    occasions.replan(connection, brezice, group.id, often, NOW)
    assert states(connection, planned["before"]) == [DUE] * 5
    seldom = replace(RHYTHM, reminders=(2 * DAY,))
    occasions.replan(connection, brezice, group.id, seldom, NOW)
    assert states(connection, planned["before"]) == [DUE, DUE, CANCELLED, CANCELLED, DUE]


def test_who_sees_that_it_is_open_gets_no_invitation(connection, planned):
    first = planned["before"]
    occasions.open_now(connection, first.id, NOW, invited=True)
    assert occasions.load(connection, first.id).state is OPEN
    assert states(connection, first) == [CANCELLED, DUE, DUE, DUE]
    assert occasions.last_contact(connection, first.id) == NOW


def test_who_is_still_to_be_invited_has_heard_nothing(connection, planned):
    first = planned["before"]
    occasions.open_now(connection, first.id, NOW, invited=False)
    assert states(connection, first) == [DUE, DUE, DUE, DUE]
    assert occasions.last_contact(connection, first.id) is None


def test_the_first_invitation_is_the_one_that_counts(connection, planned):
    first = planned["before"]
    occasions.mark_invited(connection, first.id, NOW)
    occasions.mark_invited(connection, first.id, NOW + DAY)
    assert occasions.last_contact(connection, first.id) == NOW


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.UNCERTAIN])
def test_the_last_contact_is_what_arrived_or_may_have(connection, planned, state):
    first = planned["before"]
    occasions.mark_invited(connection, first.id, NOW)
    key = delivery.c.key == f"reminder:{first.id}:1"
    connection.execute(update(delivery).where(key).values(state=state, ended_at=NOW + 2 * DAY))
    occasions.cancel(connection, first.id, NOW + 3 * DAY, [DeliveryKind.REMINDER, DeliveryKind.CLOSING])
    assert occasions.last_contact(connection, first.id) == NOW + 2 * DAY
    assert states(connection, first) == [DUE, state, CANCELLED, CANCELLED]


def test_what_closes_first_stands_first_and_what_opens_next_is_next(connection, planned):
    assert occasions.open_of_chat(connection, CHAT) == []
    assert occasions.next_of_chat(connection, CHAT) == planned["before"]
    for wave in ("after", "before"):
        occasions.open_now(connection, planned[wave].id, NOW, invited=True)
    assert [one.wave for one in occasions.open_of_chat(connection, CHAT)] == ["before", "after"]
    assert occasions.next_of_chat(connection, CHAT) == planned["followup"]


def test_a_stranger_is_asked_nothing(connection, planned):
    assert occasions.open_of_chat(connection, b"somebody else") == []
    assert occasions.next_of_chat(connection, b"somebody else") is None


def test_who_left_is_asked_nothing_more_and_what_has_ended_stays(connection, brezice, group, joined, planned):
    occasions.settle(connection, planned["before"].id, OccasionState.COMPLETE, NOW)
    occasions.open_now(connection, planned["after"].id, NOW, invited=True)
    participants.leave(connection, joined, NOW, "staff:1")
    occasions.cancel_all(connection, joined.id, NOW)
    ended = {wave: one.state for wave, one in by_wave(connection, joined).items()}
    assert ended == {
        "before": OccasionState.COMPLETE,
        "after": OccasionState.CANCELLED,
        "followup": OccasionState.CANCELLED,
    }
    assert {state for one in planned.values() for state in states(connection, one)} == {CANCELLED}
    assert occasions.open_of_chat(connection, CHAT) == []
    assert occasions.next_of_chat(connection, CHAT) is None
    assert occasions.replan(connection, brezice, group.id, RHYTHM, NOW) == 0


def test_who_comes_back_is_asked_again(connection, brezice, joined, planned):
    occasions.settle(connection, planned["before"].id, OccasionState.COMPLETE, NOW)
    participants.leave(connection, joined, NOW, "staff:1")
    occasions.cancel_all(connection, joined.id, NOW)
    participants.join(connection, joined, CHAT, Giver.SELF, Mode.SELF, text_read("v1"), NOW, "staff:1")
    occasions.replan_one(connection, brezice, joined.id, RHYTHM, NOW)
    back = by_wave(connection, joined)
    assert {wave: one.state for wave, one in back.items()} == {
        "before": OccasionState.COMPLETE,
        "after": PLANNED,
        "followup": PLANNED,
    }
    assert states(connection, back["after"]) == [DUE] * 4
