"""The clock of the demo."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.clock import VillageClock

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def ticking(scale):
    passed = [100.0]
    return passed, VillageClock(NOON, scale, lambda: passed[0])


def test_it_goes_as_many_times_faster_as_was_asked():
    passed, clock = ticking(60)
    passed[0] += 2
    assert clock.now() == NOON + timedelta(minutes=2)


def test_it_can_stand_still():
    passed, clock = ticking(0)
    passed[0] += 3600
    assert clock.now() == NOON


def test_it_is_moved_ahead_and_never_back():
    passed, clock = ticking(1)
    clock.move_to(NOON + timedelta(days=7))
    clock.move_to(NOON)
    passed[0] += 5
    assert clock.now() == NOON + timedelta(days=7, seconds=5)


def test_time_does_not_run_backwards():
    with pytest.raises(ValueError, match="cannot run backwards"):
        VillageClock(NOON, -1)
