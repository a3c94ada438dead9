"""A loaded programme, keys, and a group of it in a database of either kind."""

from datetime import UTC, date, datetime

import pytest

from storage import cohorts, definitions
from storage.keys import Keys
from surveys.load import load, shipped

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


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
