from datetime import UTC, datetime, timedelta

from storage import backups
from storage.backups import AGAIN, LEASE, BackupState, Failed, Made, claim, record_failed, record_made, state
from storage.schema import backup

NOW = datetime(2026, 11, 30, 2, 30, tzinfo=UTC)
NIGHT = "2026-11-30"
SECOND = timedelta(seconds=1)


def made(at=NOW):
    return Made(at, "povezujejo-20261130T023000Z.db", 40_960, 17)


def test_where_no_copy_was_ever_made_nothing_is_known(connection):
    assert state(connection) == BackupState(None, None)


def test_one_process_gets_the_night_and_the_others_do_not(connection):
    assert [claim(connection, NIGHT, NOW) for _ in range(3)] == [True, False, False]
    assert claim(connection, "2026-12-01", NOW)


def test_who_dies_over_a_copy_leaves_it_to_another_once(connection):
    claim(connection, NIGHT, NOW)
    assert not claim(connection, NIGHT, NOW + LEASE - SECOND)
    assert [claim(connection, NIGHT, NOW + LEASE) for _ in range(2)] == [True, False]


def test_who_ends_in_time_leaves_it_to_another_at_once(connection):
    claim(connection, NIGHT, NOW)
    backups.release(connection, NIGHT, NOW + SECOND)
    assert [claim(connection, NIGHT, NOW + SECOND) for _ in range(2)] == [True, False]


def test_what_is_made_is_not_made_again_and_is_told(connection):
    claim(connection, NIGHT, NOW)
    record_made(connection, NIGHT, made())
    assert not claim(connection, NIGHT, NOW + LEASE)
    assert state(connection) == BackupState(made(), None)


def test_what_failed_is_told_and_tried_again_in_an_hour(connection):
    claim(connection, NIGHT, NOW)
    failed = Failed(NOW, "/backups cannot be written: No space left on device.")
    record_failed(connection, NIGHT, failed)
    assert state(connection) == BackupState(None, failed)
    assert not claim(connection, NIGHT, NOW + AGAIN - SECOND)
    assert claim(connection, NIGHT, NOW + AGAIN)
    record_made(connection, NIGHT, made(NOW + AGAIN))
    assert state(connection) == BackupState(made(NOW + AGAIN), None)


def test_a_failure_after_a_copy_is_told_beside_it(connection):
    for slot, moment in (("2026-11-29", NOW - timedelta(days=1)), (NIGHT, NOW)):
        claim(connection, slot, moment)
    record_made(connection, "2026-11-29", made(NOW - timedelta(days=1)))
    record_failed(connection, NIGHT, Failed(NOW, "č" * 400))
    assert state(connection) == BackupState(made(NOW - timedelta(days=1)), Failed(NOW, "č" * 300))


def test_what_was_noted_long_ago_is_forgotten(connection):
    old = NOW - timedelta(days=61)
    for slot, moment in (("2026-09-30", old), (NIGHT, NOW)):
        claim(connection, slot, moment)
        record_made(connection, slot, made(moment))
    assert connection.execute(backup.select().with_only_columns(backup.c.slot)).scalars().all() == [NIGHT]
    assert backups.state(connection).made == made()
