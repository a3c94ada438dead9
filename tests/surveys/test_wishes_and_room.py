"""»Not now« and how many messages a week: always a moment that suits, in time, and never more than agreed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.contact_policy import WEEK, ContactPolicy, sendable
from surveys.plan import invitation_moment, next_free_moment, offered, wished

LJUBLJANA = ZoneInfo("Europe/Ljubljana")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FREE_DAYS = {(1, 1), (1, 2), (4, 27), (5, 1), (5, 2), (12, 25), (12, 26)}
RHYTHM = ContactPolicy(LJUBLJANA, time(10), lambda day: (day.month, day.day) in FREE_DAYS)
MOMENTS = st.integers(1_767_225_600, 1_956_528_000).map(lambda at: datetime.fromtimestamp(at, UTC))  # 2026 to 2031
LENGTHS = st.integers(0, 20 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
RHYTHMS = st.builds(
    lambda hour, start, until, most: replace(
        RHYTHM, hour=time(hour), quiet_from=time(start), quiet_until=time(until), most_a_week=most
    ),
    st.integers(0, 23),
    st.integers(12, 23),
    st.integers(0, 11),
    st.integers(1, 4),
)


def local(*moment):
    return datetime(*moment, tzinfo=LJUBLJANA).astimezone(UTC)


MONDAY = local(2026, 3, 2, 10)
CLOSES = local(2026, 3, 16, 10)


@pytest.mark.parametrize(
    ("now", "closes_at", "moments"),
    [
        (MONDAY, CLOSES, [local(2026, 3, 3, 10), local(2026, 3, 9, 10)]),
        (local(2026, 3, 7, 19), CLOSES, [local(2026, 3, 9, 10), local(2026, 3, 14, 10)]),  # a Saturday
        (local(2026, 3, 9, 10), CLOSES, [local(2026, 3, 10, 10), local(2026, 3, 14, 10)]),  # closes in a week
        (local(2026, 3, 14, 10), CLOSES, []),  # Monday at ten it closes
        (local(2026, 3, 14, 10), CLOSES + 3 * HOUR, [local(2026, 3, 16, 10)]),
        (local(2026, 3, 14, 10), CLOSES + 3 * HOUR - timedelta(minutes=1), []),
        (local(2026, 3, 28, 22), local(2026, 4, 20, 10), [local(2026, 3, 30, 10), local(2026, 4, 4, 10)]),  # summer
    ],
)
def test_tomorrow_and_in_a_week_are_offered_where_they_fit(now, closes_at, moments):
    assert list(offered(now, closes_at, RHYTHM)) == moments


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 3, 1), date.min, date(2026, 3, 16), date.max])
def test_a_day_that_is_over_or_too_late_is_none(day):
    assert wished(day, MONDAY, CLOSES, RHYTHM) is None


def test_the_day_of_the_closing_may_be_wished_for_where_it_leaves_three_hours():
    assert wished(date(2026, 3, 16), MONDAY, CLOSES + 3 * HOUR, RHYTHM) == CLOSES


@given(MOMENTS, LENGTHS, RHYTHMS)
def test_what_is_offered_can_be_sent_comes_later_and_leaves_time_to_answer(now, length, policy):
    closes_at = now + length
    moments = offered(now, closes_at, policy)
    assert list(moments) == sorted(set(moments))
    assert len(moments) <= 2
    for moment in moments:
        assert now < moment <= closes_at - 3 * HOUR
        assert sendable(moment, policy) == moment
        there = moment.astimezone(LJUBLJANA)
        assert wished(there.date(), now, closes_at, policy) == moment  # so that the button means what it said


@given(st.lists(MOMENTS, max_size=6), MOMENTS, RHYTHMS)
def test_room_is_the_first_moment_that_keeps_the_week(sent, now, policy):
    past = [moment for moment in sent if moment <= now]
    free = next_free_moment(past, now, policy)
    assert free >= now
    assert len([moment for moment in past if moment > free - WEEK]) < policy.most_a_week
    if free > now:
        before = free - timedelta(seconds=1)
        assert len([moment for moment in past if moment > before - WEEK]) >= policy.most_a_week


@given(st.lists(LENGTHS, max_size=40).map(sorted), RHYTHMS)
def test_whoever_sends_only_where_there_is_room_never_sends_more_in_any_week(wishes, policy):
    sent = []
    for length in wishes:
        moment = MONDAY + length
        if next_free_moment(sent, moment, policy) == moment:
            sent.append(moment)
    for last in sent:
        assert len([one for one in sent if last - WEEK < one <= last]) <= policy.most_a_week


def test_an_invitation_waits_for_room_but_keeps_half_of_its_time():
    full = [MONDAY - 6 * DAY, MONDAY - DAY, MONDAY - HOUR]
    assert invitation_moment(full, MONDAY, MONDAY, CLOSES, RHYTHM) == MONDAY + DAY
    fuller = [MONDAY - DAY, MONDAY - 2 * HOUR, MONDAY - HOUR]
    assert invitation_moment(fuller, MONDAY, MONDAY, MONDAY + 4 * DAY, RHYTHM) == MONDAY + 2 * DAY
    assert invitation_moment(fuller, MONDAY + 2 * DAY, MONDAY, MONDAY + 4 * DAY, RHYTHM) == MONDAY + 2 * DAY
    assert invitation_moment(fuller, MONDAY, MONDAY, MONDAY + 6 * HOUR, RHYTHM) == MONDAY + 3 * HOUR


@pytest.mark.parametrize("now", [MONDAY, MONDAY + 12 * HOUR], ids=["by day", "at night"])
def test_an_invitation_for_which_there_is_room_does_not_wait(now):
    assert invitation_moment([], now, now, CLOSES, RHYTHM) == now


def test_an_invitation_that_could_only_come_after_the_closing_goes_out_now():
    saturday = local(2026, 3, 7, 12)
    full = [saturday - HOUR] * 3
    assert invitation_moment(full, saturday, saturday, saturday + DAY, RHYTHM) == saturday


@given(st.lists(LENGTHS, max_size=6), MOMENTS, LENGTHS, LENGTHS, RHYTHMS)
def test_an_invitation_is_never_lost(ago, now, since, until, policy):
    opens_at, closes_at = now - since, now + until + timedelta(minutes=1)
    moment = invitation_moment([now - length for length in ago], now, opens_at, closes_at, policy)
    assert now <= moment < closes_at
    assert moment == now or sendable(moment, policy) == moment
