"""When what was learned is told: three weeks after the closing, on a day and at an hour that suit."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from surveys.plan import feedback, feedback_from, feedback_is_asked_for, feedback_meant
from surveys.timeline import Cause, MessageKind, MessageReason, PlannedMessage, messages
from tests.surveys.test_plan import LJUBLJANA, RHYTHM, local, programme, wave

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("closed", "told"),
    [
        (local(2026, 5, 19, 10), local(2026, 6, 9, 10)),
        (local(2026, 5, 19, 17, 40), local(2026, 6, 9, 10)),  # who joined late closed later in the day
        (local(2026, 3, 12, 10), local(2026, 4, 2, 10)),  # the clock changes between
        (local(2026, 10, 12, 10), local(2026, 11, 2, 10)),
        (local(2026, 4, 11, 10), local(2026, 5, 4, 10)),  # two holidays and a Sunday
    ],
)
def test_it_is_told_three_weeks_after_the_closing_at_the_hour_of_invitations(closed, told):
    assert feedback(closed, RHYTHM) == told
    assert feedback_from(closed, closed, RHYTHM) == told
    assert feedback_from(closed, told - timedelta(days=1), RHYTHM) == told
    assert {feedback(closed, RHYTHM).tzinfo, feedback_meant(closed, RHYTHM).tzinfo} == {UTC}


def test_an_hour_that_is_quiet_moves_and_lengths_that_are_not_whole_days_count_exactly():
    closed = local(2026, 5, 19, 10)
    assert feedback(closed, replace(RHYTHM, hour=time(21))) == local(2026, 6, 10, 8)
    assert feedback(closed, replace(RHYTHM, feedback_after=timedelta(hours=3))) == local(2026, 5, 19, 13)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (local(2026, 6, 9, 9, 50), local(2026, 6, 9, 10, 5)),  # a little time to stop it
        (local(2026, 6, 11, 14), local(2026, 6, 11, 14, 15)),
        (local(2026, 6, 11, 19, 50), local(2026, 6, 12, 8)),
        (local(2026, 6, 24, 22), local(2026, 6, 26, 8)),  # a holiday
        (local(2026, 6, 27, 22), local(2026, 6, 29, 8)),  # a Sunday
    ],
)
def test_what_is_approved_late_goes_out_soon_but_never_at_a_quiet_moment(now, told):
    assert feedback_from(local(2026, 5, 19, 10), now, RHYTHM) == told


@pytest.mark.parametrize("closes", [local(2026, 1, 1, 10) + timedelta(days=ahead) for ahead in range(0, 366, 5)])
def test_of_the_summaries_one_a_week_exactly_one_asks_and_at_least_six_days_before(closes):
    mondays = [datetime(2026, 1, 5, 8, tzinfo=LJUBLJANA) + timedelta(days=7 * week) for week in range(60)]
    summaries = [moment + timedelta(days=week % 2) for week, moment in enumerate(mondays)]  # some after a holiday
    asking = [moment for moment in summaries if feedback_is_asked_for(closes, moment, RHYTHM)]
    assert len(asking) == 1
    assert timedelta(days=6) <= feedback(closes, RHYTHM) - asking[0] < timedelta(days=14)


def test_the_calendar_shows_it_after_the_closing_and_why_it_was_moved():
    one = programme(wave("before", "start", "0d"))
    found = messages(one, date(2026, 3, 28), date(2026, 5, 30), "participants", RHYTHM)
    at, meant = (datetime(2026, 5, day, 10, tzinfo=LJUBLJANA) for day in (4, 2))
    reasons = [(Cause.HOLIDAY, date(2026, 5, 2)), (Cause.SUNDAY, date(2026, 5, 3))]
    assert found[-1] == PlannedMessage(
        "before", MessageKind.FEEDBACK, 0, at, meant, tuple(MessageReason(*one) for one in reasons)
    )
    assert found[-2].at == datetime(2026, 4, 11, 10, tzinfo=LJUBLJANA)
