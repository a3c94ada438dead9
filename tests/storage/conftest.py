"""A loaded programme, keys, and a group of it in a database of either kind."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from storage import cohorts, enrolments, occasions, participants
from storage.answers import definitions
from storage.schema import Giver
from storage.secrets.keys import Keys
from surveys.contact_policy import ContactPolicy
from surveys.load import load, shipped
from surveys.model import Mode
from tests.plugins.consent_texts import text_read

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
CHAT = Keys({1: b"k" * 32}).seal_id(7)
RHYTHM = ContactPolicy(ZoneInfo("Europe/Ljubljana"), time(10), lambda _day: False)


@pytest.fixture(scope="session")
def programmes():
    """The programmes that are shipped, by slug."""
    return load([shipped()]).programmes


@pytest.fixture
def brezice(programmes, connection):
    """One programme, known to the database."""
    programme = programmes["brezice-racunalnik"]
    definitions.sync(connection, [programme], NOW)
    return programme


@pytest.fixture
def keys():
    """Keys that belong to this test alone."""
    return Keys({1: b"k" * 32})


@pytest.fixture
def group(connection, brezice):
    """A group from October to December."""
    return cohorts.add(
        connection,
        brezice,
        name="Jesen",
        start=date(2026, 10, 1),
        end=date(2026, 12, 15),
        now=NOW,
        actor="operator",
    )


@pytest.fixture
def invited(connection, keys, brezice, group):
    """The place of somebody who was enrolled and has said neither yes nor no."""
    enrolled = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    return participants.of_enrolment(connection, enrolled.enrolment)


@pytest.fixture
def joined(connection, brezice, invited):
    """The place of somebody who said yes, with all occasions planned."""
    participants.join(
        connection, invited, CHAT, Giver.SELF, Mode.SELF, text_read("v1"), NOW, f"participant:{invited.code}"
    )
    occasions.replan_one(connection, brezice, invited.id, RHYTHM, NOW)
    return participants.of_enrolment(connection, invited.id)
