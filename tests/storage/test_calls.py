"""Who needs a call: out of reach, without Telegram, half finished, silent; and who does not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, insert, update

from storage import calls, cohorts, deliveries, enrolments, occasions, participants
from storage.answers import responses
from storage.answers.definitions import store_version, sync
from storage.calls import CLOSING_SOON, QUIET, UNOPENED_AFTER, Call, CallReason, Note, needing
from storage.schema import (
    CallOutcome,
    DeliveryKind,
    EnrolmentState,
    Giver,
    OccasionState,
    answer,
    cohort,
    enrolment,
    invite,
    occasion,
    participant,
)
from storage.secrets.keys import create_key_file, load_keys
from surveys.load import load, shipped
from surveys.model import Mode
from tests.plugins.consent_texts import text_read

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
BREZICE, LJUTOMER = "brezice-racunalnik", "ljutomer-branje"
DAY = timedelta(days=1)
CHAT = b"\1marija"
PROGRAMMES = load([shipped()]).programmes
PROGRAMME = PROGRAMMES[BREZICE]


@pytest.fixture
def person(connection, tmp_path):
    """Somebody who takes part by Telegram, with a questionnaire that opened a week ago."""
    create_key_file(tmp_path / "key")
    sync(connection, PROGRAMMES.values(), NOW)
    group = cohorts.add(
        connection,
        PROGRAMME,
        name="Pomlad",
        start=date(2026, 3, 2),
        end=date(2026, 5, 2),
        now=NOW,
        actor="operator",
    )
    enrolled = enrolments.enrol(connection, load_keys(tmp_path / "key"), PROGRAMME, group, NOW, "operator")
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(connection, enrolment, CHAT, Giver.SELF, Mode.SELF, text_read("1"), NOW, "operator")
    return enrolled


@pytest.fixture
def opened(connection, person):
    values = {
        "enrolment": person.enrolment,
        "wave": "before",
        "state": OccasionState.OPEN,
        "opens_at": NOW - 7 * DAY,
        "closes_at": NOW + 7 * DAY,
        "invited_at": NOW - 7 * DAY,
    }
    return connection.execute(insert(occasion).values(values).returning(occasion.c.id)).scalar_one()


def sent(connection, opened, key, kind, moment):
    deliveries.plan_delivery(connection, key, kind, moment, occasion=opened)
    [claimed] = deliveries.claim(connection, moment, DAY, 10)
    deliveries.begin_sending(connection, claimed.id, claimed.attempt, moment)
    deliveries.sent(connection, claimed.id, moment)


def begin(connection, opened):
    version = store_version(connection, PROGRAMME.questionnaires[0], PROGRAMME, NOW)
    return responses.begin(connection, opened, version, Mode.SELF, NOW).id


def called(person, reason, since):
    return [Call(person.enrolment, person.code, reason, since, NOW + 7 * DAY)]


def test_who_never_began_needs_a_call_once_the_last_reminder_is_out(connection, person, opened):
    sent(connection, opened, "reminder:1", DeliveryKind.REMINDER, NOW - 5 * DAY)
    deliveries.plan_delivery(connection, "reminder:2", DeliveryKind.REMINDER, NOW, occasion=opened)
    assert needing(connection, [BREZICE], NOW) == []
    [claimed] = deliveries.claim(connection, NOW, DAY, 10)
    assert needing(connection, [BREZICE], NOW) == []
    deliveries.begin_sending(connection, claimed.id, claimed.attempt, NOW)
    deliveries.sent(connection, claimed.id, NOW)
    assert needing(connection, [BREZICE], NOW) == called(person, CallReason.SILENT, NOW)


def test_where_nothing_was_sent_the_moment_of_opening_counts(connection, person, opened):
    assert needing(connection, [BREZICE], NOW) == called(person, CallReason.SILENT, NOW - 7 * DAY)
    begin(connection, opened)
    assert needing(connection, [BREZICE], NOW) == called(person, CallReason.SILENT, NOW - 7 * DAY)


def test_who_is_half_way_needs_a_call_when_the_closing_is_near(connection, person, opened):
    run = begin(connection, opened)
    connection.execute(insert(answer).values(run=run, item="primary", value=1, answered_at=NOW - DAY))
    closing = NOW + 7 * DAY
    assert needing(connection, [BREZICE], closing - CLOSING_SOON - timedelta(seconds=1)) == []
    assert needing(connection, [BREZICE], closing - CLOSING_SOON) == called(person, CallReason.HALF, NOW - DAY)
    assert needing(connection, [BREZICE], closing) == []


def test_who_blocked_the_bot_needs_a_call_whatever_else(connection, person, opened):
    deliveries.plan_delivery(connection, "reminder:1", DeliveryKind.REMINDER, NOW + DAY, occasion=opened)
    participants.set_reachable(connection, CHAT, NOW - DAY)
    assert needing(connection, [BREZICE], NOW) == called(person, CallReason.UNREACHABLE, NOW - DAY)
    participants.set_reachable(connection, CHAT, None)
    assert needing(connection, [BREZICE], NOW) == []


def test_who_has_no_telegram_needs_a_call_from_the_opening_on(connection, person, opened):
    connection.execute(update(participant).values(chat=None))
    assert needing(connection, [BREZICE], NOW) == called(person, CallReason.NO_TELEGRAM, NOW - 7 * DAY)


def test_nobody_is_called_about_what_is_not_open_or_not_theirs(connection, person, opened):
    assert needing(connection, [LJUTOMER], NOW) == []
    assert needing(connection, [], NOW) == []
    occasions.settle(connection, opened, OccasionState.COMPLETE, NOW)
    assert needing(connection, [BREZICE], NOW) == []


def test_who_left_is_left_in_peace(connection, person, opened):
    connection.execute(update(enrolment).values(state=EnrolmentState.LEFT))
    assert needing(connection, [BREZICE], NOW) == []


def test_a_person_with_two_open_questionnaires_is_called_once_about_the_one_that_closes_first(
    connection, person, opened
):
    values = {
        "enrolment": person.enrolment,
        "wave": "after",
        "state": OccasionState.OPEN,
        "opens_at": NOW - DAY,
        "closes_at": NOW + 13 * DAY,
    }
    connection.execute(insert(occasion).values(values))
    assert needing(connection, [BREZICE], NOW) == called(person, CallReason.SILENT, NOW - 7 * DAY)


def note(connection, person, outcome, moment):
    return calls.note(connection, person.enrolment, person.code, outcome, moment, "staff:1")


@pytest.mark.parametrize("outcome", QUIET)
def test_who_was_called_is_left_in_peace_for_some_days(connection, person, opened, outcome):
    called_at = NOW - timedelta(hours=1)
    note(connection, person, outcome, called_at)
    silent = [Call(person.enrolment, person.code, CallReason.SILENT, NOW - 7 * DAY, NOW + 7 * DAY)]
    after = called_at + QUIET[outcome]
    assert needing(connection, [BREZICE], NOW) == []
    assert needing(connection, [BREZICE], after - timedelta(seconds=1)) == []
    assert needing(connection, [BREZICE], after) == silent


def test_who_was_called_returns_when_something_new_happens(connection, person, opened):
    note(connection, person, CallOutcome.COMING, NOW)
    assert needing(connection, [BREZICE], NOW) == []
    participants.set_reachable(connection, CHAT, NOW + DAY)
    assert needing(connection, [BREZICE], NOW + DAY) == called(person, CallReason.UNREACHABLE, NOW + DAY)


def test_who_began_after_the_call_and_stopped_is_called_again(connection, person, opened):
    note(connection, person, CallOutcome.COMING, NOW)
    run = begin(connection, opened)
    connection.execute(insert(answer).values(run=run, item="primary", value=1, answered_at=NOW + DAY))
    closing = NOW + 7 * DAY
    assert needing(connection, [BREZICE], closing - CLOSING_SOON) == called(person, CallReason.HALF, NOW + DAY)


def test_who_refused_what_is_open_is_called_only_about_what_opens_later(connection, person, opened):
    note(connection, person, CallOutcome.REFUSED, NOW)
    participants.set_reachable(connection, CHAT, NOW + DAY)
    assert needing(connection, [BREZICE], NOW + 6 * DAY) == []
    values = {"enrolment": person.enrolment, "wave": "after", "state": OccasionState.OPEN}
    later = {"opens_at": NOW + DAY, "closes_at": NOW + 13 * DAY}
    connection.execute(insert(occasion).values({**values, **later}))
    expected = [Call(person.enrolment, person.code, CallReason.UNREACHABLE, NOW + DAY, NOW + 13 * DAY)]
    assert needing(connection, [BREZICE], NOW + 6 * DAY) == expected


def test_the_last_call_counts_and_one_that_was_taken_back_does_not(connection, person, opened):
    note(connection, person, CallOutcome.REACHED, NOW - 6 * DAY)
    assert needing(connection, [BREZICE], NOW) == called(person, CallReason.SILENT, NOW - 7 * DAY)
    last = note(connection, person, CallOutcome.LEFT, NOW)  # who left and joined anew
    assert needing(connection, [BREZICE], NOW) == called(person, CallReason.SILENT, NOW - 7 * DAY)
    calls.withdraw(connection, last, NOW)
    last = note(connection, person, CallOutcome.REFUSED, NOW)
    assert needing(connection, [BREZICE], NOW) == []
    calls.withdraw(connection, last, NOW)
    assert calls.notes(connection, person.enrolment) == [Note(CallOutcome.REACHED, NOW - 6 * DAY)]
    assert needing(connection, [BREZICE], NOW) == called(person, CallReason.SILENT, NOW - 7 * DAY)


def test_who_wished_to_hear_no_more_is_not_called(connection, person, opened):
    connection.execute(update(occasion).values(muted_at=NOW))
    assert needing(connection, [BREZICE], NOW) == []


@pytest.fixture
def unopened(connection, person, tmp_path):
    """Somebody of the same group whose link was made at NOW, and is not opened."""
    group = cohorts.listing(connection, BREZICE)[0]
    return enrolments.enrol(connection, load_keys(tmp_path / "key"), PROGRAMME, group, NOW, "operator")


def about_a_link(person, since=NOW):
    return [Call(person.enrolment, person.code, CallReason.UNOPENED, since, None)]


def test_whose_link_lies_unopened_for_a_week_needs_a_call(connection, unopened):
    assert needing(connection, [BREZICE], NOW + UNOPENED_AFTER - timedelta(seconds=1)) == []
    assert needing(connection, [BREZICE], NOW + UNOPENED_AFTER) == about_a_link(unopened)
    assert needing(connection, [LJUTOMER], NOW + UNOPENED_AFTER) == []
    enrolment = participants.of_enrolment(connection, unopened.enrolment)
    participants.decline(connection, enrolment, NOW)
    assert needing(connection, [BREZICE], NOW + UNOPENED_AFTER) == []


def test_unopened_links_stand_after_what_closes(connection, person, opened, unopened):
    moment = NOW + timedelta(days=6, hours=23)
    connection.execute(update(enrolment).where(enrolment.c.id == unopened.enrolment).values(enrolled_at=NOW - DAY))
    connection.execute(update(invite).values(created_at=NOW - DAY))
    assert needing(connection, [BREZICE], moment) == [
        *called(person, CallReason.SILENT, NOW - 7 * DAY),
        *about_a_link(unopened, NOW - DAY),
    ]


def test_a_new_link_is_a_new_beginning(connection, unopened, tmp_path):
    later = NOW + 5 * DAY
    enrolments.reissue(connection, load_keys(tmp_path / "key"), unopened.enrolment, later, "staff:1")
    assert needing(connection, [BREZICE], NOW + UNOPENED_AFTER) == []
    assert needing(connection, [BREZICE], later + UNOPENED_AFTER) == about_a_link(unopened, later)


def test_nobody_is_called_about_the_link_of_a_group_that_is_over(connection, unopened):
    connection.execute(update(cohort).values(end=(NOW + UNOPENED_AFTER - DAY).date()))
    assert needing(connection, [BREZICE], NOW + UNOPENED_AFTER) == []
    connection.execute(update(cohort).values(end=date(2026, 5, 2), closed_at=NOW))
    assert needing(connection, [BREZICE], NOW + UNOPENED_AFTER) == []


def test_who_was_called_about_a_link_is_left_in_peace_for_some_days(connection, unopened):
    moment = NOW + UNOPENED_AFTER
    note(connection, unopened, CallOutcome.COMING, moment)
    assert needing(connection, [BREZICE], moment + 7 * DAY - timedelta(seconds=1)) == []
    assert needing(connection, [BREZICE], moment + 7 * DAY) == about_a_link(unopened)


@pytest.mark.parametrize("connection", ["sqlite"], indirect=True)  # PostgreSQL scans small tables anyway
def test_unopened_links_are_found_by_indices(connection, unopened):
    plans = []

    def explain(_connection, cursor, statement, parameters, *_):
        if "max(invite.created_at)" in statement:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            plans.extend(row[-1] for row in cursor.fetchall())

    event.listen(connection, "before_cursor_execute", explain)
    needing(connection, [BREZICE], NOW + UNOPENED_AFTER)
    event.remove(connection, "before_cursor_execute", explain)
    assert plans
    assert [step for step in plans if step.startswith("SCAN")] == []
