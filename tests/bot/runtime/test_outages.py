"""When the database counts as out, and when it is over."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.runtime.outages import Outage, Outages
from storage.engine.errors import Trouble, Unavailable

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
FULL = Unavailable(Trouble.FULL, "The disk is full.")
LOCKED = Unavailable(Trouble.LOCKED, "It is locked.")


@pytest.fixture
def moment():
    return [1000.0]


@pytest.fixture
def outages(moment):
    return Outages(lambda: moment[0])


def test_an_outage_is_told_once_until_its_cause_changes_and_when_it_is_over(outages, caplog):
    for what, problem in (("a", FULL), ("b", FULL), ("a", LOCKED)):
        outages.failed(what, problem, NOW)
    assert outages.current == Outage(Trouble.LOCKED, "It is locked.", NOW)
    outages.succeeded("a")
    outages.succeeded("b")
    assert outages.current is None
    assert [record.getMessage() for record in caplog.records] == [
        "what comes in waits, since the database takes nothing: The disk is full.",
        "what comes in waits, since the database takes nothing: It is locked.",
        "the database works again",
    ]


def test_it_is_over_when_all_that_failed_came_through(outages):
    outages.failed("a", FULL, NOW)
    outages.failed("b", FULL, NOW + timedelta(minutes=1))
    outages.succeeded("something small")
    outages.succeeded("a")
    assert (outages.waiting, outages.current) == (1, Outage(Trouble.FULL, "The disk is full.", NOW))
    outages.succeeded("b")
    assert (outages.waiting, outages.current) == (0, None)


def test_what_another_process_took_is_not_waited_for(outages, moment):
    outages.failed("a", FULL, NOW)
    moment[0] += 121
    outages.succeeded("b")
    assert outages.current is None


def test_tries_grow_rarer_and_begin_anew_with_the_next_outage(outages, moment):
    rests = []
    for _ in range(8):
        for what in ("a", "b"):  # at the same time
            outages.failed(what, FULL, NOW)
        rests.append(outages.rest)
        moment[0] += outages.rest
    assert rests == [0.5, 1, 2, 4, 8, 16, 30, 30]
    outages.succeeded("a")
    outages.succeeded("b")
    assert outages.rest == 0
    outages.failed("a", FULL, NOW)
    assert outages.rest == 0.5


def test_a_person_is_told_once_in_an_outage(outages):
    outages.failed("a", FULL, NOW)
    assert [outages.tell(b"ana"), outages.tell(b"ana"), outages.tell(b"bor")] == [True, False, True]
    outages.untold(b"bor")
    assert outages.tell(b"bor")
    outages.succeeded("a")
    outages.failed("a", FULL, NOW)
    assert outages.tell(b"ana")
