"""What is not needed any more goes: first the link to the person, then the code."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from plugins.forgetting import CHATS, forget
from sqlalchemy import select

from storage import chats, cohorts, enrolments, expired_people, occasions, participants, staff
from storage.answers import definitions
from storage.schema import Giver, OccasionState, Role, audit, chat, participant
from surveys.contact_policy import ContactPolicy
from surveys.load import load, shipped
from surveys.model import Mode
from tests.plugins.consent_texts import text_read

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CHAT = b"\x01" + b"c" * 24
RHYTHM = ContactPolicy(ZoneInfo("Europe/Ljubljana"), time(10), lambda _day: False)
PROGRAMME = load([shipped()]).programmes["brezice-racunalnik"]


@pytest.fixture
def person(connection, keys):
    """Somebody who joined, with all occasions planned."""
    definitions.sync(connection, [PROGRAMME], NOW)
    cohort = cohorts.add(
        connection, PROGRAMME, name="Pomlad", start=date(2026, 3, 2), end=date(2026, 5, 4), now=NOW, actor="operator"
    )
    enrolled = enrolments.enrol(connection, keys, PROGRAMME, cohort, now=NOW, actor="operator")
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(connection, enrolment, CHAT, Giver.SELF, Mode.SELF, text_read("v"), NOW, "operator")
    occasions.replan_one(connection, PROGRAMME, enrolled.enrolment, RHYTHM, NOW)
    chats.show_next(connection, CHAT, "home:", NOW)
    return enrolled


def end_everything(connection, person):
    for one in occasions.of_enrolment(connection, person.enrolment):
        occasions.settle(connection, one.id, OccasionState.MISSED, NOW)
    return max(one.closes_at for one in occasions.of_enrolment(connection, person.enrolment))


def stored(connection):
    people = connection.execute(select(participant.c.code, participant.c.chat)).all()
    return [tuple(row) for row in people], connection.execute(select(chat.c.chat)).scalars().all()


def test_who_is_still_asked_stays_linked(connection, person):
    assert expired_people.unlink(connection, NOW + timedelta(days=1000), NOW) == 0
    assert stored(connection) == ([(person.code, CHAT)], [CHAT])


def test_the_link_goes_once_the_last_occasion_closed_long_enough_ago(connection, keys, person):
    closed = end_everything(connection, person)
    assert expired_people.unlink(connection, closed - timedelta(seconds=1), NOW) == 0
    assert expired_people.unlink(connection, closed, NOW) == 1
    assert stored(connection) == ([(person.code, None)], [CHAT])
    assert forget(connection, keys, CHATS, unlink=NOW - timedelta(seconds=1)) == 0
    assert forget(connection, keys, CHATS, unlink=NOW) == 1
    assert stored(connection) == ([(person.code, None)], [])


def test_the_chat_of_somebody_who_takes_part_stays(connection, keys, person):
    assert forget(connection, keys, CHATS, unlink=NOW) == 0


def test_the_chat_of_somebody_who_is_staff_too_stays(connection, keys, person):
    staff.join(connection, Role.LIBRARIAN, "BRE", CHAT, NOW)
    assert expired_people.unlink(connection, end_everything(connection, person), NOW) == 1
    assert forget(connection, keys, CHATS, unlink=NOW) == 0


def test_the_code_goes_a_year_after_the_end_of_the_cohort(connection, person):
    assert expired_people.anonymise(connection, date(2026, 5, 3), NOW) == 0
    assert expired_people.anonymise(connection, date(2026, 5, 4), NOW) == 1
    assert expired_people.anonymise(connection, date(2026, 5, 4), NOW) == 0
    [(code, linked)], _ = stored(connection)
    assert (code[0], linked) == ("-", None)
    named = select(audit.c.id).where((audit.c.subject == person.code) | audit.c.actor.contains(person.code))
    assert connection.execute(named).all() == []
