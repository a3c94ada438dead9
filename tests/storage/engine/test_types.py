from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError, StatementError

from storage.schema import EnrolmentState, handled_update, staff

ZONES = [UTC, ZoneInfo("Europe/Ljubljana"), timezone(timedelta(hours=-9, minutes=-30))]
MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1), timezones=st.sampled_from(ZONES))  # noqa: DTZ001 - hypothesis adds the zone


def stored(connection, moment):
    connection.execute(delete(handled_update))
    connection.execute(insert(handled_update), {"channel": "telegram", "key": "1", "handled_at": moment})
    return connection.execute(select(handled_update.c.handled_at)).scalar_one()


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(moment=MOMENTS)
def test_a_moment_comes_back_to_the_microsecond_in_utc(connection, moment):
    back = stored(connection, moment)
    assert (back, back.utcoffset()) == (moment.astimezone(UTC), timedelta())


def test_the_hour_that_comes_twice_in_autumn_is_two_hours(connection):
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Ljubljana"))
    second = first.replace(fold=1)
    assert stored(connection, second) - stored(connection, first) == timedelta(hours=1)


def test_moments_compare_in_the_database_as_they_do_here(connection):
    winter = datetime(2026, 12, 1, 8, tzinfo=ZoneInfo("Europe/Ljubljana"))
    stored(connection, winter)
    same = handled_update.c.handled_at == winter.astimezone(ZONES[2])
    later = handled_update.c.handled_at < winter + timedelta(microseconds=1)
    assert len(connection.execute(select(handled_update).where(same, later)).all()) == 1


def test_a_moment_without_a_zone_is_refused(connection):
    with pytest.raises(StatementError, match="a moment needs a time zone"):
        stored(connection, datetime(2026, 11, 22, 9, 0))  # noqa: DTZ001 - this is what is refused


def test_no_moment_stays_no_moment(connection):
    row = {"role": "national", "joined_at": datetime(2026, 11, 22, tzinfo=UTC), "removed_at": None}
    connection.execute(insert(staff), row)
    assert connection.execute(select(staff.c.removed_at)).scalar_one() is None


def test_the_database_itself_refuses_a_value_that_is_not_in_the_list(connection):
    values = "('boss', 0)" if connection.dialect.name == "sqlite" else "('boss', now())"
    with pytest.raises(IntegrityError, match="ck_staff_role"):
        connection.exec_driver_sql(f"INSERT INTO staff (role, joined_at) VALUES {values}")


def test_a_value_that_is_not_in_the_list_is_refused_before_the_database(connection):
    row = {"role": EnrolmentState.LEFT, "joined_at": datetime(2026, 11, 22, tzinfo=UTC)}
    with pytest.raises(StatementError):
        connection.execute(insert(staff), row)
