"""Moments of asking: whole days on the wall clock, quiet times left out, late joiners at once."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.model import Programme, Wave
from surveys.plan import Rhythm, plan, sendable

LJUBLJANA = ZoneInfo("Europe/Ljubljana")
FREE_DAYS = {(1, 1), (1, 2), (2, 8), (4, 27), (5, 1), (5, 2), (6, 25), (8, 15), (10, 31), (11, 1), (12, 25), (12, 26)}


def holiday(day):
    return (day.month, day.day) in FREE_DAYS


RHYTHM = Rhythm(zone=LJUBLJANA, hour=time(10), holiday=holiday)
ALWAYS = Rhythm(
    zone=LJUBLJANA,
    hour=time(10),
    holiday=lambda _: False,
    reminders=(timedelta(seconds=20), timedelta(seconds=40)),
    open_for=timedelta(seconds=60),
    quiet_from=time(0),
    quiet_until=time(0),
    sundays=True,
)


YEARS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2032, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(*(int(moment.timestamp()) for moment in YEARS)).map(lambda at: datetime.fromtimestamp(at, UTC))


def wave(name, anchor, offset, audience="participants"):
    return Wave(id=name, name=name, anchor=anchor, offset=offset, questionnaire=name, audience=audience)


def programme(*waves):
    return Programme(
        slug="kraj-branje",
        name="Branje",
        library="Knjižnica",
        code="KRA",
        group="Srečanja",
        waves=waves,
        questionnaires=(),
    )


THREE = programme(wave("before", "start", "0d"), wave("after", "end", "0d"), wave("followup", "end", "90d"))


def local(*moment):
    return datetime(*moment, tzinfo=LJUBLJANA).astimezone(UTC)


def whole(planned):
    return [(one.wave, one.opens_at, one.reminders, one.closes_at) for one in planned]


def test_a_cohort_is_asked_at_ten_through_both_changes_of_the_clock():
    planned = plan(THREE, date(2026, 3, 20), date(2026, 7, 28), "participants", None, RHYTHM)
    assert whole(planned) == [
        (
            "before",
            datetime(2026, 3, 20, 9, tzinfo=UTC),
            (datetime(2026, 3, 23, 9, tzinfo=UTC), datetime(2026, 3, 27, 9, tzinfo=UTC)),  # the 22nd is a Sunday
            datetime(2026, 4, 3, 8, tzinfo=UTC),
        ),
        (
            "after",
            datetime(2026, 7, 28, 8, tzinfo=UTC),
            (datetime(2026, 7, 30, 8, tzinfo=UTC), datetime(2026, 8, 4, 8, tzinfo=UTC)),
            datetime(2026, 8, 11, 8, tzinfo=UTC),
        ),
        (
            "followup",
            datetime(2026, 10, 26, 9, tzinfo=UTC),
            (datetime(2026, 10, 28, 9, tzinfo=UTC), datetime(2026, 11, 2, 9, tzinfo=UTC)),
            datetime(2026, 11, 9, 9, tzinfo=UTC),
        ),
    ]


@pytest.mark.parametrize(
    ("start", "opens_at"),
    [
        (date(2026, 3, 28), local(2026, 3, 28, 10)),
        (date(2026, 3, 29), local(2026, 3, 30, 10)),  # a Sunday, on which summer time begins
        (date(2026, 10, 25), local(2026, 10, 26, 10)),  # a Sunday, on which it ends
        (date(2026, 12, 25), local(2026, 12, 28, 10)),  # a holiday, a holiday, a Sunday
        (date(2027, 1, 1), local(2027, 1, 4, 10)),
        (date(2026, 12, 31), local(2026, 12, 31, 10)),
        (date(2028, 2, 29), local(2028, 2, 29, 10)),
    ],
)
def test_an_invitation_moves_past_sundays_and_holidays(start, opens_at):
    first, *_ = plan(THREE, start, date(2029, 1, 8), "participants", None, RHYTHM)
    assert (first.wave, first.opens_at) == ("before", opens_at)


def test_reminders_of_a_year_end_keep_their_hour_on_the_next_free_day():
    (one,) = plan(
        programme(wave("before", "start", "0d")), date(2026, 12, 24), date(2027, 3, 1), "participants", None, RHYTHM
    )
    assert whole([one]) == [
        (
            "before",
            local(2026, 12, 24, 10),
            (local(2026, 12, 28, 10), local(2026, 12, 31, 10)),
            local(2027, 1, 7, 10),
        )
    ]


def test_an_offset_shorter_than_a_day_counts_exactly():
    short = programme(wave("soon", "start", "30s"), wave("night", "start", "12h"))
    planned = plan(short, date(2026, 11, 22), date(2026, 11, 22), "participants", None, RHYTHM)
    assert [one.opens_at for one in planned] == [local(2026, 11, 22, 10, 0, 30), local(2026, 11, 22, 22)]


def test_a_rhythm_of_seconds_counts_seconds():
    (one,) = plan(
        programme(wave("soon", "end", "30s")), date(2026, 11, 1), date(2026, 11, 22), "participants", None, ALWAYS
    )
    assert whole([one]) == [
        (
            "soon",
            local(2026, 11, 22, 10, 0, 30),
            (local(2026, 11, 22, 10, 0, 50), local(2026, 11, 22, 10, 1, 10)),
            local(2026, 11, 22, 10, 1, 30),
        )
    ]


def test_reminders_after_the_closing_and_at_the_same_moment_fall_away():
    crowded = Rhythm(
        zone=LJUBLJANA,
        hour=time(10),
        holiday=holiday,
        reminders=(timedelta(days=1), timedelta(days=2), timedelta(days=30)),
    )
    (one,) = plan(
        programme(wave("before", "start", "0d")), date(2026, 11, 21), date(2026, 12, 1), "participants", None, crowded
    )
    assert one.reminders == (local(2026, 11, 23, 10),)


def test_who_joins_early_waits_for_the_invitation():
    early = local(2026, 9, 1, 12)
    assert plan(THREE, date(2026, 10, 5), date(2026, 12, 7), "participants", early, RHYTHM) == plan(
        THREE, date(2026, 10, 5), date(2026, 12, 7), "participants", None, RHYTHM
    )


def test_who_joins_late_is_asked_at_once_even_on_a_sunday_night():
    late = local(2026, 10, 11, 22, 30)
    first, *others = plan(THREE, date(2026, 10, 5), date(2026, 12, 7), "participants", late, RHYTHM)
    assert whole([first]) == [
        (
            "before",
            late,
            (local(2026, 10, 14, 8), local(2026, 10, 19, 8)),  # half past ten at night is quiet
            local(2026, 10, 25, 22, 30),
        )
    ]
    assert [one.wave for one in others] == ["after", "followup"]


@pytest.mark.parametrize(
    ("joined_at", "waves"),
    [
        (local(2026, 10, 19, 9, 59), ["before", "after", "followup"]),
        (local(2026, 10, 19, 10), ["after", "followup"]),  # the first wave has just closed
        (local(2026, 12, 7, 23), ["after", "followup"]),
        (local(2026, 12, 30, 9), ["followup"]),
        (local(2027, 12, 30, 9), []),
    ],
)
def test_a_wave_that_closed_before_somebody_joined_is_not_planned(joined_at, waves):
    planned = plan(THREE, date(2026, 10, 5), date(2026, 12, 7), "participants", joined_at, RHYTHM)
    assert [one.wave for one in planned] == waves


def test_who_joins_after_the_end_of_a_short_cohort_is_not_asked_how_it_began():
    planned = plan(THREE, date(2026, 11, 23), date(2026, 11, 24), "participants", local(2026, 11, 25, 0, 1), RHYTHM)
    assert [one.wave for one in planned] == ["after", "followup"]
    planned = plan(THREE, date(2026, 11, 23), date(2026, 11, 24), "participants", local(2026, 11, 24, 23, 59), RHYTHM)
    assert [one.wave for one in planned] == ["before", "after", "followup"]


def test_each_audience_has_its_own_waves_and_the_earliest_comes_first():
    mixed = programme(
        wave("after", "end", "0d"), wave("before", "start", "-1d"), wave("helped", "end", "7d", audience="volunteers")
    )
    dates = date(2026, 10, 6), date(2026, 12, 7)
    assert [one.wave for one in plan(mixed, *dates, "participants", None, RHYTHM)] == ["before", "after"]
    assert [one.wave for one in plan(mixed, *dates, "volunteers", None, RHYTHM)] == ["helped"]
    assert plan(mixed, *dates, "nobody", None, RHYTHM) == ()


@pytest.mark.parametrize(
    ("moment", "allowed"),
    [
        (local(2026, 11, 24, 8), local(2026, 11, 24, 8)),
        (local(2026, 11, 24, 19, 59), local(2026, 11, 24, 19, 59)),
        (local(2026, 11, 24, 20), local(2026, 11, 25, 8)),
        (local(2026, 11, 24, 7, 59), local(2026, 11, 24, 8)),
        (local(2026, 11, 21, 20), local(2026, 11, 23, 8)),  # Saturday evening
        (local(2026, 11, 22, 12), local(2026, 11, 23, 8)),
        (local(2026, 12, 24, 21), local(2026, 12, 28, 8)),
        (local(2026, 3, 28, 23), local(2026, 3, 30, 8)),
    ],
)
def test_a_message_waits_for_the_first_moment_that_suits(moment, allowed):
    assert sendable(moment, RHYTHM) == allowed


def test_quiet_hours_may_lie_in_the_day_or_begin_at_midnight():
    midday = Rhythm(zone=LJUBLJANA, hour=time(10), holiday=holiday, quiet_from=time(13), quiet_until=time(15))
    assert sendable(local(2026, 11, 24, 14), midday) == local(2026, 11, 24, 15)
    assert sendable(local(2026, 11, 24, 23), midday) == local(2026, 11, 24, 23)
    evening = Rhythm(zone=LJUBLJANA, hour=time(10), holiday=holiday, quiet_from=time(20), quiet_until=time(0))
    assert sendable(local(2026, 11, 24, 21), evening) == local(2026, 11, 25, 0)
    assert sendable(local(2026, 11, 22, 3), ALWAYS) == local(2026, 11, 22, 3)


def test_a_year_of_holidays_is_refused():
    never = Rhythm(zone=LJUBLJANA, hour=time(10), holiday=lambda _: True)
    with pytest.raises(ValueError, match="the holidays leave no day in a year"):
        sendable(local(2026, 11, 24, 10), never)


@given(MOMENTS)
def test_a_moment_that_suits_is_never_early_quiet_or_on_a_free_day(moment):
    found = sendable(moment, RHYTHM)
    there = found.astimezone(LJUBLJANA)
    assert found >= moment
    assert found.tzinfo is UTC
    assert sendable(found, RHYTHM) == found
    assert time(8) <= there.time() < time(20)
    assert there.isoweekday() != 7
    assert not holiday(there.date())


@given(
    st.dates(date(2026, 1, 1), date(2032, 1, 1)),
    st.integers(0, 200),
    st.none() | MOMENTS,
)
def test_a_plan_is_in_order_and_answers_are_open_for_14_days(start, days, joined_at):
    planned = plan(THREE, start, start + timedelta(days=days), "participants", joined_at, RHYTHM)
    assert list(planned) == sorted(planned, key=lambda one: one.opens_at)
    for one in planned:
        opened, closed = (moment.astimezone(LJUBLJANA) for moment in (one.opens_at, one.closes_at))
        assert (closed.date() - opened.date()).days == 14
        assert joined_at is None or one.opens_at >= joined_at
        moments = [one.opens_at, *one.reminders, one.closes_at]
        assert moments == sorted(set(moments))
        assert {moment.tzinfo for moment in moments} == {UTC}
        assert [sendable(moment, RHYTHM) for moment in one.reminders] == list(one.reminders)
