import os
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.engine.kept_copies import clear, copies_in, file_name, free_moment, keep

LJUBLJANA = ZoneInfo("Europe/Ljubljana")
NOW = datetime(2026, 11, 30, 2, 30, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
MOMENTS = st.datetimes(datetime(2026, 8, 1), datetime(2027, 1, 15), timezones=st.just(UTC))  # noqa: DTZ001


def day(moment):
    return moment.astimezone(LJUBLJANA).date()


def monday(moment):
    return day(moment) - timedelta(days=day(moment).weekday())


def test_after_a_hundred_nights_there_are_seven_days_and_four_weeks():
    there = set()
    for night in range(100):
        now = NOW + night * DAY
        there = keep(there | {now}, now, LJUBLJANA, daily=7, weekly=4)
    ages = sorted((now - one).days for one in there)
    assert (day(now).isoformat(), ages) == ("2027-03-09", [0, 1, 2, 3, 4, 5, 6, 9, 16])
    assert len({monday(one) for one in there}) == 4


@given(st.sets(MOMENTS, max_size=40), MOMENTS, st.integers(1, 10), st.integers(0, 6))
@settings(max_examples=300)
def test_what_stays(moments, now, daily, weekly):
    staying = keep(moments, now, LJUBLJANA, daily=daily, weekly=weekly)
    past = {one for one in moments if one <= now}
    assert staying <= moments
    assert moments - past <= staying  # of a clock that was wrong
    assert {max(past, default=now)} & past <= staying
    for one in past - staying:  # for each that goes there is a newer one of its day, and of its week, or it is old
        same_day = any(day(other) == day(one) and other > one for other in staying)
        same_week = any(monday(other) == monday(one) and other > one for other in staying)
        assert same_day or day(one) <= day(now) - daily * DAY
        assert same_week or monday(one) <= monday(now) - weekly * 7 * DAY
    oldest = min(day(now) - (daily - 1) * DAY, monday(now) - (weekly - 1) * 7 * DAY)
    assert all(day(one) >= oldest for one in staying & past - {max(past, default=now)})
    assert len(staying & past) <= daily + weekly + 1


@given(st.sets(MOMENTS, max_size=30), MOMENTS)
@settings(max_examples=100)
def test_to_look_twice_changes_nothing(moments, now):
    staying = keep(moments, now, LJUBLJANA, daily=7, weekly=4)
    assert keep(staying, now, LJUBLJANA, daily=7, weekly=4) == staying


@given(st.lists(st.booleans(), min_size=1, max_size=80))
@settings(max_examples=60)
def test_whatever_nights_were_missed_the_last_seven_days_are_there(made):
    there, every = set(), set()
    for night, worked in enumerate(made):
        now = NOW + night * DAY
        if worked:
            every.add(now)
            there = keep(there | {now}, now, LJUBLJANA, daily=7, weekly=4)
    if every:
        last = max(every)
        assert {one for one in every if day(one) > day(last) - 7 * DAY} <= there
        assert {monday(one) for one in every if monday(one) > monday(last) - 28 * DAY} <= {monday(one) for one in there}


def test_a_folder_is_cleared_of_old_copies_and_of_nothing_else(tmp_path):
    names = [file_name(NOW - age * DAY, sqlite=True, encrypted=False) for age in (0, 1, 60)]
    others = [
        file_name(NOW - 50 * DAY, sqlite=False, encrypted=True),
        "povezujejo.db",
        "povezujejo-20260230T000000Z.db",
        "povezujejo-20261130T023000Z.db.sha256",
        "povezujejo-20260101T023000Z.db.age.unfinished",
        "povezujejo-20261130T023000Z.db.unfinished",
    ]
    for name in [*names, *others]:
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (NOW.timestamp(),) * 2)
    old = tmp_path / "povezujejo-20260101T023000Z.db.age.unfinished"
    os.utime(old, ((NOW - timedelta(hours=3)).timestamp(),) * 2)
    gone = clear(tmp_path, NOW, LJUBLJANA, daily=7, weekly=4)
    assert sorted(gone) == sorted([names[2], others[0]])
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([*names[:2], *others[1:4], others[5]])
    assert list(copies_in(tmp_path)) == [NOW - DAY, NOW]


@pytest.mark.parametrize(
    ("sqlite", "encrypted", "expected"),
    [(True, False, "db"), (False, False, "dump"), (True, True, "db.age"), (False, True, "dump.age")],
)
def test_a_copy_is_called_by_its_moment(sqlite, encrypted, expected):
    local = NOW.astimezone(LJUBLJANA)
    assert file_name(local, sqlite=sqlite, encrypted=encrypted) == f"povezujejo-20261130T023000Z.{expected}"


def test_two_copies_that_are_asked_for_in_one_second_have_a_name_each(tmp_path):
    moments = []
    for _ in range(3):
        moments.append(free_moment(tmp_path, NOW + timedelta(milliseconds=700)))
        (tmp_path / file_name(moments[-1], sqlite=True, encrypted=False)).touch()
    assert moments == [NOW + timedelta(seconds=number) for number in range(3)]
