"""Every message of a group with why it was moved: holidays, Sundays, quiet hours and changes of the clock."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from surveys.plan import feedback, plan
from surveys.timeline import Cause, MessageKind, MessageReason, PlannedMessage, messages
from tests.surveys.test_plan import LJUBLJANA, RHYTHM, THREE, programme, wave

ONE = programme(wave("before", "start", "0d"))
INVITATION, REMINDER, CLOSING, FEEDBACK = MessageKind


def at(month, day, hour=10):
    return datetime(2027, month, day, hour, tzinfo=LJUBLJANA)


def of(start, policy=RHYTHM, what=ONE):
    return messages(what, start, start + timedelta(days=60), "participants", policy)


def message(kind, moment, meant=None, reasons=(), number=0):
    return PlannedMessage("before", kind, number, moment, meant or moment, tuple(reasons))


def test_where_nothing_is_in_the_way_every_message_comes_when_it_was_meant():
    assert of(date(2027, 6, 1)) == (
        message(INVITATION, at(6, 1)),
        message(REMINDER, at(6, 3), number=1),
        message(REMINDER, at(6, 8), number=2),
        message(CLOSING, at(6, 15)),
        message(FEEDBACK, at(7, 6)),
    )


def test_holidays_and_sundays_are_named_day_by_day():
    off = [MessageReason(Cause.HOLIDAY, date(2027, 5, 1)), MessageReason(Cause.HOLIDAY, date(2027, 5, 2))]
    assert of(date(2027, 5, 1))[0] == message(INVITATION, at(5, 3), at(5, 1), off)
    assert of(date(2027, 6, 6))[0] == message(
        INVITATION, at(6, 7), at(6, 6), [MessageReason(Cause.SUNDAY, date(2027, 6, 6))]
    )
    assert of(date(2027, 6, 18))[1] == message(
        REMINDER, at(6, 21), at(6, 20), [MessageReason(Cause.SUNDAY, date(2027, 6, 20))], number=1
    )


def test_where_sundays_are_days_like_others_none_is_named():
    assert of(date(2027, 6, 6), replace(RHYTHM, sundays=True))[0] == message(INVITATION, at(6, 6))


def test_a_change_of_the_clock_is_named_where_it_comes_between():
    change = MessageReason(Cause.CLOCK, date(2027, 3, 28))
    first, second, third, closing, last = of(date(2027, 3, 22))
    assert (first, second) == (message(INVITATION, at(3, 22)), message(REMINDER, at(3, 24), number=1))
    assert third == message(REMINDER, at(3, 29), reasons=[change], number=2)
    assert closing == message(CLOSING, at(4, 5), reasons=[change])
    assert last == message(FEEDBACK, at(4, 26))


def test_a_quiet_hour_is_named():
    late = replace(RHYTHM, hour=time(21))
    quiet = MessageReason(Cause.QUIET, date(2027, 6, 1))
    assert of(date(2027, 6, 1), late)[0] == message(INVITATION, at(6, 2, 8), at(6, 1, 21), [quiet])


def test_offsets_that_are_not_whole_days_count_exactly():
    soon = programme(wave("before", "start", "30s"))
    moment = at(6, 1) + timedelta(seconds=30)
    assert of(date(2027, 6, 1), what=soon)[0] == message(INVITATION, moment)


@pytest.mark.parametrize("start", [date(2027, 1, 1) + timedelta(days=ahead) for ahead in range(0, 365, 3)])
def test_the_moments_are_those_of_the_plan(start):
    end = start + timedelta(days=45)
    planned = plan(THREE, start, end, "participants", None, RHYTHM)
    expected = sorted(
        moment
        for one in planned
        for moment in (one.opens_at, *one.reminders, one.closes_at, feedback(one.closes_at, RHYTHM))
    )
    found = messages(THREE, start, end, "participants", RHYTHM)
    assert [one.at for one in found] == expected
    assert [one for one in found if one.kind is not CLOSING and one.at != one.meant and not one.reasons] == []
