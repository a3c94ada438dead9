"""Groups with their counts, their members in one word each, and a few numbers of programmes together."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, select, update

from storage import agenda, cohorts, deliveries, enrolments, occasions, participants
from storage.answers import responses
from storage.answers.definitions import store_version, sync
from storage.cohort_overview import (
    EnrolmentStanding,
    Member,
    Numbers,
    WaveOf,
    count,
    find,
    members,
    numbers,
    page,
    waves_of,
)
from storage.schema import (
    DeliveryKind,
    EnrolmentState,
    Giver,
    OccasionState,
    answer,
    enrolment,
    occasion,
    participant,
)
from storage.secrets.keys import create_key_file, load_keys
from surveys.load import load, shipped
from surveys.model import EnrolmentRole, Mode
from tests.plugins.consent_texts import text_read

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
BREZICE, LJUTOMER = "brezice-racunalnik", "ljutomer-branje"
DAY = timedelta(days=1)
PROGRAMMES = load([shipped()]).programmes


@pytest.fixture
def keys(tmp_path):
    create_key_file(tmp_path / "key")
    return load_keys(tmp_path / "key")


@pytest.fixture
def group(connection):
    """An empty cohort in the middle of spring."""
    sync(connection, PROGRAMMES.values(), NOW)
    return add_group(connection, BREZICE, "Pomlad", date(2026, 3, 2))


def add_group(connection, slug, name, start):
    end = start + 60 * DAY
    return cohorts.add(connection, PROGRAMMES[slug], name=name, start=start, end=end, now=NOW, actor="operator")


def enrol(connection, keys, group, state=EnrolmentState.ACTIVE, **more):
    """Somebody in a group, in this state."""
    person = enrolments.enrol(connection, keys, PROGRAMMES[group.programme], group, NOW, "operator", **more)
    if state is not EnrolmentState.INVITED:
        place = participants.of_enrolment(connection, person.enrolment)
        participants.join(connection, place, None, Giver.SELF, Mode.PAPER, text_read("1"), NOW, "operator")
        connection.execute(update(enrolment).where(enrolment.c.id == person.enrolment).values(state=state))
    return person


def add_occasion(connection, person, wave, state, opens=NOW - DAY, *, answered=None, finished=None):
    """A wave in this state; `answered`: with a run and, where true, an answer in it."""
    values = {
        "enrolment": person.enrolment,
        "wave": wave,
        "state": state,
        "opens_at": opens,
        "closes_at": opens + 14 * DAY,
    }
    occasion_id = connection.execute(insert(occasion).values(values).returning(occasion.c.id)).scalar_one()
    if answered is not None:
        programme = PROGRAMMES[BREZICE]
        version = store_version(connection, programme.questionnaires[0], programme, NOW)
        run = responses.begin(connection, occasion_id, version, Mode.SELF, NOW)
        if answered:
            connection.execute(insert(answer).values(run=run.id, item="primary", value=1, answered_at=NOW))
        if finished:
            responses.finish(connection, run.id, finished)
    return occasion_id


def test_a_group_counts_who_is_enrolled_who_joined_and_who_answered(connection, keys, group):
    enrol(connection, keys, group, EnrolmentState.INVITED)
    active, left = enrol(connection, keys, group), enrol(connection, keys, group, EnrolmentState.LEFT)
    enrol(connection, keys, group, EnrolmentState.ERASED)
    add_occasion(connection, active, "before", OccasionState.COMPLETE)
    add_occasion(connection, left, "before", OccasionState.PARTIAL)
    add_occasion(connection, active, "after", OccasionState.MISSED)
    found = find(connection, group.id)
    assert (found.enrolled, found.joined, found.answered) == (3, 2, {"before": 2})
    assert (found.cohort, found.programme, found.name, found.audience) == (group.id, BREZICE, "Pomlad", "participants")
    assert (found.start, found.end) == (group.start, group.end)


def test_a_group_without_anybody_counts_nobody(connection, group):
    assert (find(connection, group.id).enrolled, find(connection, group.id).answered) == (0, {})
    assert find(connection, group.id + 1) is None


def test_groups_come_in_pages_those_that_began_last_first(connection, group):
    autumn = add_group(connection, BREZICE, "Jesen", date(2026, 9, 1))
    other = add_group(connection, LJUTOMER, "Pomlad", date(2026, 3, 2))
    names = [one.cohort for one in page(connection, [BREZICE, LJUTOMER], 0, 10)]
    assert names == [autumn.id, other.id, group.id]
    assert [one.cohort for one in page(connection, [BREZICE], 1, 1)] == [group.id]
    assert [count(connection, slugs) for slugs in ([BREZICE], [BREZICE, LJUTOMER], [])] == [2, 3, 0]
    assert page(connection, [], 0, 10) == []


@pytest.mark.parametrize(
    ("state", "newest", "answered", "standing"),
    [
        (EnrolmentState.INVITED, None, None, EnrolmentStanding.WAITING),
        (EnrolmentState.DECLINED, None, None, EnrolmentStanding.DECLINED),
        (EnrolmentState.LEFT, OccasionState.COMPLETE, None, EnrolmentStanding.LEFT),
        (EnrolmentState.ACTIVE, None, None, EnrolmentStanding.TAKES_PART),
        (EnrolmentState.ACTIVE, OccasionState.PLANNED, None, EnrolmentStanding.TAKES_PART),
        (EnrolmentState.ACTIVE, OccasionState.OPEN, None, EnrolmentStanding.TAKES_PART),
        (EnrolmentState.ACTIVE, OccasionState.OPEN, False, EnrolmentStanding.TAKES_PART),
        (EnrolmentState.ACTIVE, OccasionState.OPEN, True, EnrolmentStanding.HALF),
        (EnrolmentState.ACTIVE, OccasionState.PARTIAL, True, EnrolmentStanding.HALF),
        (EnrolmentState.ACTIVE, OccasionState.COMPLETE, True, EnrolmentStanding.ANSWERED),
        (EnrolmentState.ACTIVE, OccasionState.MISSED, None, EnrolmentStanding.TAKES_PART),
    ],
)
def test_a_member_stands_where_the_newest_questionnaire_says(
    connection, keys, group, state, newest, answered, standing
):
    person = enrol(connection, keys, group, state)
    if newest is not None:
        add_occasion(connection, person, "before", newest, answered=answered)
    assert members(connection, group.id) == [Member(person.enrolment, person.code, standing)]


def test_the_later_of_two_questionnaires_counts_and_a_planned_one_does_not(connection, keys, group):
    person = enrol(connection, keys, group)
    add_occasion(connection, person, "before", OccasionState.COMPLETE, NOW - 60 * DAY)
    add_occasion(connection, person, "followup", OccasionState.PLANNED, NOW + 60 * DAY)
    assert members(connection, group.id)[0].standing is EnrolmentStanding.ANSWERED
    add_occasion(connection, person, "after", OccasionState.OPEN, answered=True)
    assert members(connection, group.id) == [Member(person.enrolment, person.code, EnrolmentStanding.HALF)]


def test_members_stand_by_code_without_those_who_were_erased(connection, keys, group):
    people = [enrol(connection, keys, group) for _ in range(3)]
    enrol(connection, keys, group, EnrolmentState.ERASED)
    assert [one.code for one in members(connection, group.id)] == sorted(person.code for person in people)


def test_the_waves_of_a_person_in_the_order_of_time(connection, keys, group):
    person = enrol(connection, keys, group)
    add_occasion(connection, person, "after", OccasionState.PLANNED, NOW + DAY)
    add_occasion(connection, person, "before", OccasionState.OPEN, answered=True)
    assert waves_of(connection, person.enrolment) == [
        WaveOf("before", NOW - DAY, NOW + 13 * DAY, OccasionState.OPEN, begun=True),
        WaveOf("after", NOW + DAY, NOW + 15 * DAY, OccasionState.PLANNED, begun=False),
    ]


def test_numbers_of_programmes_together(connection, keys, group):
    enrol(connection, keys, group, EnrolmentState.INVITED)
    first, second, third = (enrol(connection, keys, group) for _ in range(3))
    late = add_occasion(connection, first, "before", OccasionState.OPEN)
    add_occasion(connection, first, "after", OccasionState.PLANNED, NOW + DAY)
    add_occasion(connection, second, "before", OccasionState.COMPLETE, answered=True, finished=NOW - DAY)
    add_occasion(connection, second, "after", OccasionState.PLANNED, NOW + 8 * DAY)
    add_occasion(connection, third, "before", OccasionState.COMPLETE, answered=True, finished=NOW - 8 * DAY)
    chosen = select(enrolment.c.participant).where(enrolment.c.id == third.enrolment)
    connection.execute(update(participant).where(participant.c.id.in_(chosen)).values(unreachable_at=NOW))
    deliveries.plan_delivery(connection, "reminder:1", DeliveryKind.REMINDER, NOW - DAY, occasion=late)
    deliveries.plan_delivery(connection, "reminder:2", DeliveryKind.REMINDER, NOW + DAY, occasion=late)
    enrol(connection, keys, group, EnrolmentState.INVITED, role=EnrolmentRole.WAITING)
    waits = enrol(connection, keys, group, role=EnrolmentRole.WAITING)
    add_occasion(connection, waits, "before", OccasionState.COMPLETE, answered=True, finished=NOW - DAY)
    add_occasion(connection, waits, "after", OccasionState.PLANNED, NOW + DAY)
    expected = Numbers(enrolled=4, active=3, unreachable=1, open=1, answered=1, opening=1, waiting=1, on_waiting_list=2)
    assert numbers(connection, [BREZICE], NOW - 7 * DAY, NOW, NOW + 7 * DAY) == expected
    assert [one.people for one in agenda.opening(connection, [BREZICE], NOW, NOW + 7 * DAY)] == [1]
    assert numbers(connection, [LJUTOMER], NOW - 7 * DAY, NOW, NOW + 7 * DAY) == Numbers(0, 0, 0, 0, 0, 0, 0, 0)


def test_who_waits_stands_apart_from_the_counts_of_a_group(connection, keys, group):
    enrol(connection, keys, group, EnrolmentState.INVITED, role=EnrolmentRole.WAITING)
    for role in (EnrolmentRole.PARTICIPANT, EnrolmentRole.WAITING):
        person = enrol(connection, keys, group, role=role)
        add_occasion(connection, person, "before", OccasionState.COMPLETE, answered=True, finished=NOW - DAY)
    one = find(connection, group.id)
    assert (one.enrolled, one.joined, one.answered) == (1, 1, {"before": 1})
    assert (one.waiting, one.waiting_joined, one.people, one.people_joined) == (2, 1, 3, 2)


def test_answers_of_two_occasions_are_told_apart(connection, keys, group):
    """A draft that was begun in one wave says nothing of another."""
    person = enrol(connection, keys, group)
    add_occasion(connection, person, "before", OccasionState.MISSED, NOW - 60 * DAY, answered=True)
    add_occasion(connection, person, "after", OccasionState.OPEN)
    assert members(connection, group.id)[0].standing is EnrolmentStanding.TAKES_PART
    assert [one.begun for one in waves_of(connection, person.enrolment)] == [True, False]
    assert len(occasions.of_enrolment(connection, person.enrolment)) == 2
