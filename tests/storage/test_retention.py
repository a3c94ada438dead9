from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select, update

from storage import cohorts, definitions, enrolments, occasions, participants, runs, staff
from storage.retention import Forgotten, forget
from storage.schema import (
    Giver,
    OccasionState,
    Role,
    answer,
    answer_change,
    audit,
    chat,
    enrolment,
    invite,
    occasion,
    participant,
)
from surveys.model import Answer, Mode
from surveys.plan import Rhythm
from tests.storage.conftest import NOW

RHYTHM = Rhythm(ZoneInfo("Europe/Ljubljana"), time(10), lambda _: False)
LENGTHS = {"unlink_after": timedelta(days=30), "anonymise_after": timedelta(days=365)}
DAY = timedelta(days=1)


def enrol(connection, keys, programme, group, reference=b"ana"):
    enrolled = enrolments.enrol(connection, keys, programme, group, NOW, "operator")
    place = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(connection, place, reference, Giver.SELF, Mode.SELF, "2026-11", NOW, "participant:X")
    occasions.replan_one(connection, programme, enrolled.enrolment, RHYTHM, NOW)
    return enrolled


def last_closing(connection):
    return max(connection.execute(select(occasion.c.closes_at)).scalars())


def at(connection, moment):
    return forget(connection, moment, moment.date(), **LENGTHS)


def people(connection):
    return connection.execute(select(participant.c.code, participant.c.chat).order_by(participant.c.id)).all()


def open_chat(connection, reference):
    connection.execute(insert(chat), {"chat": reference, "view": "home:", "changed_at": NOW})


@pytest.fixture
def ana(connection, keys, brezice, group):
    """A person who takes part, and has a chat."""
    open_chat(connection, b"ana")
    return enrol(connection, keys, brezice, group)


def test_the_link_is_deleted_30_days_after_the_last_questionnaire_has_closed(connection, ana):
    closing = last_closing(connection)
    assert at(connection, closing + 30 * DAY - timedelta(seconds=1)) == Forgotten(0, 0)
    assert people(connection) == [(ana.code, b"ana")]
    assert at(connection, closing + 30 * DAY) == Forgotten(1, 0)
    assert people(connection) == [(ana.code, None)]
    assert connection.execute(select(chat)).all() == []
    assert at(connection, closing + 31 * DAY) == Forgotten(0, 0)
    rows = connection.execute(select(audit.c.actor, audit.c.action, audit.c.subject).order_by(audit.c.id)).all()
    assert rows[-1] == ("system", "participant.unlink", ana.code)


def test_who_has_left_is_forgotten_30_days_later(connection, ana):
    place = participants.of_enrolment(connection, ana.enrolment)
    participants.leave(connection, place, NOW + DAY, "participant:X")
    occasions.cancel_all(connection, ana.enrolment, NOW + DAY)
    assert at(connection, NOW + 30 * DAY) == Forgotten(0, 0)
    assert at(connection, NOW + 31 * DAY) == Forgotten(1, 0)


def test_who_takes_part_in_another_group_stays(connection, keys, brezice, group, ana):
    place = participants.of_enrolment(connection, ana.enrolment)
    participants.leave(connection, place, NOW, "participant:X")
    occasions.cancel_all(connection, ana.enrolment, NOW)
    other = enrol(connection, keys, brezice, group, reference=b"bor")
    assert at(connection, NOW + 60 * DAY) == Forgotten(1, 0)
    assert people(connection) == [(ana.code, None), (other.code, b"bor")]


def test_a_member_of_staff_keeps_the_chat(connection, ana):
    staff.join(connection, Role.LIBRARIAN, "BRE", b"ana", NOW)
    assert at(connection, last_closing(connection) + 30 * DAY) == Forgotten(1, 0)
    assert connection.execute(select(chat.c.chat)).scalars().all() == [b"ana"]


def test_answers_are_anonymous_12_months_after_the_end(connection, keys, brezice, group, ana):
    first = occasions.of_enrolment(connection, ana.enrolment)[0]
    version = definitions.store_version(connection, brezice.questionnaires[0], brezice, NOW)
    begun = runs.begin(connection, first.id, version, Mode.SELF, NOW)
    for value in (2, 3):
        changes = {"primary": Answer(value=value)}
        runs.store(connection, keys, begun.id, changes, f"participant:{ana.code}", NOW)
    end = group.end + timedelta(days=365)
    assert forget(connection, NOW, end, **LENGTHS) == Forgotten(0, 0)
    assert forget(connection, NOW, end + DAY, **LENGTHS) == Forgotten(0, 1)
    ((code, reference),) = people(connection)
    assert (code[0], code[1:].isdecimal(), reference) == ("-", True, None)
    assert connection.execute(select(answer.c.item, answer.c.value)).all() == [("primary", 3)]
    assert [connection.execute(select(table)).all() for table in (answer_change, invite, chat)] == [[], [], []]
    states = connection.execute(select(occasion.c.state).distinct()).scalars().all()
    assert states == [OccasionState.CANCELLED]
    assert forget(connection, NOW, end + 2 * DAY, **LENGTHS) == Forgotten(0, 0)


def test_who_is_in_a_later_group_keeps_the_code(connection, brezice, group, ana):
    later = cohorts.add(
        connection, brezice, name="Zima", start=date(2027, 1, 7), end=date(2027, 3, 1), now=NOW, actor="operator"
    )
    key = connection.execute(select(participant.c.id)).scalar_one()

    row = {"participant": key, "cohort": later.id, "state": "active", "enrolled_at": NOW}
    connection.execute(insert(enrolment), row)
    assert forget(connection, NOW, group.end + 366 * DAY, **LENGTHS) == Forgotten(0, 0)


def test_shorter_lengths_forget_earlier(connection, ana):
    connection.execute(update(occasion).values(closes_at=NOW))
    short = {"unlink_after": DAY, "anonymise_after": timedelta(days=365)}
    assert forget(connection, NOW + DAY, NOW.date(), **short) == Forgotten(1, 0)
