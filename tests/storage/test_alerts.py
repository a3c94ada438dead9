from datetime import UTC, datetime, timedelta

from storage.alerts import LASTS, LEASE, OVER, News, note, standing, told, told_kinds

NOW = datetime(2026, 11, 30, 2, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DISK, DISK_OVER = News("disk", over=False), News("disk", over=True)


def begun(connection):
    """The moment at which the disk has been full for long enough."""
    note(connection, {"disk"}, NOW)
    return NOW + LASTS


def test_what_is_over_at_once_wakes_nobody(connection):
    assert note(connection, {"disk"}, NOW) == []
    assert note(connection, {"disk"}, NOW + LASTS - SECOND) == []
    assert note(connection, (), NOW + LASTS + OVER) == []
    assert standing(connection) == frozenset()


def test_what_lasts_is_told_once_also_after_a_year(connection):
    at = begun(connection)
    assert note(connection, {"disk"}, at) == [DISK]
    told(connection, DISK, at)
    assert told_kinds(connection) == {"disk"}
    for later in (SECOND, LEASE, OVER, timedelta(days=365)):
        assert note(connection, {"disk"}, at + later) == []


def test_of_two_processes_one_tells_and_where_it_dies_over_it_the_other_does(connection):
    at = begun(connection)
    assert [note(connection, {"disk"}, at) for _ in range(2)] == [[DISK], []]
    assert note(connection, {"disk"}, at + LEASE - SECOND) == []
    assert note(connection, {"disk"}, at + LEASE) == [DISK]


def test_that_it_is_over_is_told_once_and_then_it_may_begin_anew(connection):
    at = begun(connection)
    note(connection, {"disk"}, at)
    told(connection, DISK, at)
    assert note(connection, (), at + OVER - SECOND) == []
    assert [note(connection, (), at + OVER) for _ in range(2)] == [[DISK_OVER], []]
    told(connection, DISK_OVER, at + OVER)
    assert standing(connection) == told_kinds(connection) == frozenset()
    assert note(connection, {"disk"}, at + OVER) == []
    assert note(connection, {"disk"}, at + OVER + LASTS) == [DISK]


def test_what_comes_and_goes_is_told_once(connection):
    at = begun(connection)
    note(connection, {"disk"}, at)
    told(connection, DISK, at)
    for minute in range(60):
        assert note(connection, {"disk"} if minute % 5 == 0 else (), at + timedelta(minutes=minute)) == []


def test_what_was_told_while_nothing_could_be_written_is_noted_afterwards(connection):
    told(connection, News("database", over=False), NOW)
    assert told_kinds(connection) == {"database"}
    assert note(connection, (), NOW + OVER) == [News("database", over=True)]


def test_alerts_are_told_apart(connection):
    note(connection, {"disk"}, NOW)
    note(connection, {"backup", "disk"}, NOW + SECOND)
    assert note(connection, {"backup", "disk"}, NOW + LASTS) == [DISK]
    assert note(connection, {"backup", "disk"}, NOW + LASTS + SECOND) == [News("backup", over=False)]
