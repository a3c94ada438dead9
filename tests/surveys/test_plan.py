"""Moments of asking: whole days on the wall clock, quiet times left out, late joiners at once."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.contact_policy import ContactPolicy, sendable
from surveys.model import Programme, Wave
from surveys.plan import plan

LJUBLJANA = ZoneInfo("Europe/Ljubljana")
FREE_DAYS = {(1, 1), (1, 2), (2, 8), (4, 27), (5, 1), (5, 2), (6, 25), (8, 15), (10, 31), (11, 1), (12, 25), (12, 26)}


def holiday(day):
    return (day.month, day.day) in FREE_DAYS


RHYTHM = ContactPolicy(zone=LJUBLJANA, hour=time(10), holiday=holiday)
ALWAYS = ContactPolicy(
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


def test_a_cohort_is_asked_at_the_same_hours_through_both_changes_of_the_clock():
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
            datetime(2026, 7, 28, 15, tzinfo=UTC),
            (datetime(2026, 7, 30, 15, tzinfo=UTC), datetime(2026, 8, 4, 15, tzinfo=UTC)),
            datetime(2026, 8, 11, 15, tzinfo=UTC),
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
    crowded = ContactPolicy(
        zone=LJUBLJANA,
        hour=time(10),
        holiday=holiday,
        reminders=(timedelta(days=1), timedelta(days=2), timedelta(days=30)),
    )
    (one,) = plan(
        programme(wave("before", "start", "0d")), date(2026, 11, 21), date(2026, 12, 1), "participants", None, crowded
    )
    assert one.reminders == (local(2026, 11, 23, 10),)
    assert one.meant == (local(2026, 11, 21, 10), local(2026, 11, 22, 10))  # the first of those that meet


def test_a_reminder_comes_after_the_invitation_and_before_the_closing():
    edges = replace(RHYTHM, reminders=(timedelta(0), timedelta(days=5), timedelta(days=14)))
    first, *_ = plan(THREE, date(2026, 3, 3), date(2026, 5, 5), "participants", None, edges)
    assert (first.opens_at, first.closes_at) == (local(2026, 3, 3, 10), local(2026, 3, 17, 10))
    assert first.reminders == (local(2026, 3, 9, 10),)


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
    assert first.opens_at.tzinfo is UTC
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


def test_who_joins_as_a_wave_opens_is_not_late_for_it():
    month = programme(wave("month", "start", "30d"))
    opens_at = local(2026, 4, 1, 10)
    (one,) = plan(month, date(2026, 3, 2), date(2026, 3, 3), "participants", opens_at, RHYTHM)
    assert one.opens_at == opens_at


@pytest.mark.parametrize(
    ("start", "end"), [(date(1999, 12, 31), date(2026, 5, 5)), (date(2026, 5, 5), date(2100, 1, 1))]
)
def test_days_on_which_no_group_can_be_have_no_waves(start, end):
    assert plan(THREE, start, end, "participants", None, RHYTHM) == ()


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
    midday = ContactPolicy(zone=LJUBLJANA, hour=time(10), holiday=holiday, quiet_from=time(13), quiet_until=time(15))
    assert sendable(local(2026, 11, 24, 14), midday) == local(2026, 11, 24, 15)
    assert sendable(local(2026, 11, 24, 23), midday) == local(2026, 11, 24, 23)
    evening = ContactPolicy(zone=LJUBLJANA, hour=time(10), holiday=holiday, quiet_from=time(20), quiet_until=time(0))
    assert sendable(local(2026, 11, 24, 21), evening) == local(2026, 11, 25, 0)
    assert sendable(local(2026, 11, 22, 3), ALWAYS) == local(2026, 11, 22, 3)


def test_a_year_of_holidays_is_refused():
    never = ContactPolicy(zone=LJUBLJANA, hour=time(10), holiday=lambda _: True)
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


SHIPPED = programme(wave("before", "start", "-1d"), wave("after", "end", "0d"), wave("followup", "end", "90d"))
SLOVENIA = holidays.country_holidays("SI")
OURS = replace(RHYTHM, holiday=lambda day: day in SLOVENIA)
DAYS = [date(2026, 1, 1) + timedelta(days=ahead) for ahead in range(3 * 365)]


def opens(start, end, joined_at=None, what=SHIPPED, policy=OURS, held=None):
    """When each wave opens, by the wall."""
    planned = plan(what, start, end, "participants", joined_at, policy, held)
    return {one.wave: one.opens_at.astimezone(LJUBLJANA) for one in planned}


def on(year, month, day, hour=10):
    return datetime(year, month, day, hour, tzinfo=LJUBLJANA)


def test_what_comes_before_a_group_begins_comes_before_it_begins_whatever_lies_between():
    monday, after_new_year, after_easter = date(2026, 3, 2), date(2027, 1, 4), date(2026, 4, 7)
    assert [opens(start, start + timedelta(days=60))["before"] for start in (monday, after_new_year, after_easter)] == [
        on(2026, 2, 28),
        on(2026, 12, 31),  # Sunday, and two holidays
        on(2026, 4, 4),  # Easter Monday and Sunday
    ]


def test_the_last_day_is_asked_about_after_the_meeting_at_the_hour_that_is_set():
    assert opens(date(2026, 3, 3), date(2026, 5, 5))["after"] == on(2026, 5, 5, 17)
    later_on = replace(OURS, after_meeting=time(19))
    assert opens(date(2026, 3, 3), date(2026, 5, 5), policy=later_on)["after"] == on(2026, 5, 5, 19)
    at_night = replace(OURS, after_meeting=time(21))
    assert opens(date(2026, 3, 3), date(2026, 5, 5), policy=at_night)["after"] == on(2026, 5, 6, 8)


def test_where_nothing_is_sent_on_the_last_day_it_is_asked_about_the_next_morning():
    assert opens(date(2026, 3, 3), date(2026, 5, 1))["after"] == on(2026, 5, 4)  # two holidays and a Sunday


def test_of_one_day_the_waves_lie_on_both_sides():
    assert opens(date(2026, 3, 2), date(2026, 3, 2)) == {
        "before": on(2026, 2, 28),
        "after": on(2026, 3, 2, 17),
        "followup": on(2026, 6, 1),
    }
    both = programme(wave("before", "start", "0d"), wave("after", "end", "0d"))
    assert opens(date(2026, 3, 2), date(2026, 3, 2), what=both) == {"before": on(2026, 3, 2), "after": on(2026, 3, 3)}


def test_waves_before_an_anchor_that_meet_go_further_back():
    several = programme(wave("first", "start", "-2d"), wave("second", "start", "-1d"), wave("third", "start", "-0d"))
    assert opens(date(2026, 3, 2), date(2026, 5, 4), what=several) == {
        "first": on(2026, 2, 27),
        "second": on(2026, 2, 28),
        "third": on(2026, 3, 2),
    }


def test_who_joins_at_the_only_meeting_is_asked_at_once_and_again_on_another_day():
    joined = on(2026, 3, 2, 9)
    assert opens(date(2026, 3, 2), date(2026, 3, 2), joined) == {
        "before": joined,
        "after": on(2026, 3, 3),
        "followup": on(2026, 6, 1),
    }


def test_who_joins_after_the_end_is_asked_at_once_how_it_ended():
    joined = on(2026, 3, 3, 9)
    assert opens(date(2026, 3, 2), date(2026, 3, 2), joined) == {"after": joined, "followup": on(2026, 6, 1)}


def test_what_is_open_stays_and_keeps_its_day_for_itself():
    opened = on(2026, 3, 2)  # by other dates
    held = {"before": opened.astimezone(UTC)}
    assert opens(date(2026, 3, 2), date(2026, 3, 2), held=held) == {
        "before": opened,
        "after": on(2026, 3, 3),
        "followup": on(2026, 6, 1),
    }


def test_a_reminder_leaves_the_day_of_another_questionnaire_alone():
    first, second, _ = plan(SHIPPED, date(2026, 3, 2), date(2026, 3, 2), "participants", None, OURS)
    assert [moment.astimezone(LJUBLJANA) for moment in first.reminders] == [on(2026, 3, 3), on(2026, 3, 7)]
    assert [moment.astimezone(LJUBLJANA) for moment in second.reminders] == [on(2026, 3, 4, 17), on(2026, 3, 9, 17)]


def written_on(planned):
    """Of each wave the days of the month on which somebody is written to."""
    moments = {one.wave: (one.opens_at, *one.reminders) for one in planned}
    return {wave: [moment.astimezone(LJUBLJANA).day for moment in sent] for wave, sent in moments.items()}


def test_waves_that_follow_each_other_within_days_leave_each_others_days_alone():
    dense = programme(wave("first", "start", "0d"), wave("second", "start", "2d"), wave("third", "start", "4d"))
    planned = plan(dense, date(2026, 3, 2), date(2026, 5, 4), "participants", None, OURS)
    assert written_on(planned) == {"first": [2, 5, 9], "second": [4, 7, 11], "third": [6, 10, 13]}


def test_a_wave_that_moves_onto_the_day_of_another_moves_on():
    weekend = programme(wave("first", "start", "0d"), wave("second", "start", "1d"))
    assert opens(date(2026, 3, 1), date(2026, 5, 4), what=weekend) == {
        "first": on(2026, 3, 2),
        "second": on(2026, 3, 3),
    }


def test_what_counts_in_hours_keeps_no_day_for_itself():
    mixed = programme(wave("hour", "start", "1h"), wave("days", "start", "5d"))
    planned = plan(mixed, date(2026, 3, 2), date(2026, 5, 4), "participants", None, OURS)
    assert written_on(planned) == {"hour": [2, 4, 9], "days": [7, 9, 14]}


def test_what_would_be_if_every_day_suited_is_known_of_what_is_moved_and_of_what_is_open():
    monday = date(2026, 3, 2)
    held = {"after": local(2026, 3, 1, 9)}
    before, after, _ = plan(SHIPPED, monday, monday, "participants", None, OURS, held)
    assert before.meant == (local(2026, 3, 1, 10), local(2026, 3, 2, 10), local(2026, 3, 7, 10))
    assert (after.opens_at, after.meant[0]) == (held["after"], local(2026, 3, 2, 17))


@pytest.mark.parametrize("length", [1, 2, 3, 8, 14, 15, 90, 200])
def test_whenever_a_group_begins_its_waves_keep_their_sides_their_days_and_the_rest(length):
    for start in DAYS:
        end = start + timedelta(days=length - 1)
        planned = plan(SHIPPED, start, end, "participants", None, OURS)
        before, after, followup = (one.opens_at.astimezone(LJUBLJANA) for one in planned)
        assert before.date() < start
        assert (start - before.date()).days <= 5
        assert (after.date(), after.time()) == (end, time(17)) or after.date() > end
        assert (after.date() - end).days <= 4
        assert followup.date() >= end + timedelta(days=90)
        kept(planned)


@given(st.sampled_from(DAYS), st.integers(1, 120), MOMENTS)
def test_whenever_somebody_joins_the_waves_keep_their_sides_and_their_days(start, length, joined_at):
    end = start + timedelta(days=length - 1)
    planned = plan(SHIPPED, start, end, "participants", joined_at, OURS)
    kept(planned)
    for one in planned:
        opened = one.opens_at.astimezone(LJUBLJANA)
        assert one.opens_at >= joined_at
        if one.wave == "before":
            assert opened.date() < start or one.opens_at == joined_at
        if one.wave == "after":
            assert opened >= datetime.combine(end, time(17), LJUBLJANA) or opened.date() > end or opened == joined_at
            assert opened.date() >= end


def kept(planned):
    """Nothing on Sundays, holidays and at quiet hours (but for who just joined), and no day for two waves."""
    days = {}
    for one in planned:
        for moment in (one.opens_at, *one.reminders):
            assert days.setdefault(moment.astimezone(LJUBLJANA).date(), one.wave) == one.wave
        assert [sendable(moment, OURS) for moment in one.reminders] == list(one.reminders)
