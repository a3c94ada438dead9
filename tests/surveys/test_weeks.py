"""Weeks begin on Monday at midnight in Ljubljana."""

from datetime import UTC, date, datetime

import pytest

from surveys.weeks import Week, local_day, read_week, week_of


def test_a_week_is_read_as_it_is_written():
    assert str(read_week("2026-W47")) == "2026-W47"


@pytest.mark.parametrize("text", ["2026-47", "2026-W7", "W47", "2026-W00", "2026-W54", "0001-W01", "9999-W52"])
def test_what_is_no_week_is_refused(text):
    with pytest.raises(ValueError, match="week"):
        read_week(text)


def test_a_week_spans_seven_local_days():
    week = Week(2026, 47)

    assert (week.first, week.last) == (date(2026, 11, 16), date(2026, 11, 22))
    assert (week.start, week.end) == (datetime(2026, 11, 15, 23, tzinfo=UTC), datetime(2026, 11, 22, 23, tzinfo=UTC))


def test_the_week_in_which_the_clocks_go_back_has_an_hour_more():
    week = Week(2026, 43)

    assert (week.end - week.start).total_seconds() == (7 * 24 + 1) * 3600


def test_sunday_night_in_utc_is_monday_in_ljubljana():
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)

    assert week_of(late) == Week(2026, 48)
    assert local_day(late) == date(2026, 11, 23)


def test_years_with_53_weeks_are_kept():
    assert Week(2026, 53).next == Week(2027, 1)
    assert Week(2027, 1).previous == Week(2026, 53)
