import asyncio
import os
import re
import sqlite3
import stat
from contextlib import closing

import pytest
from sqlalchemy import select

from storage.engine.backup import backup, restore
from storage.engine.database import Database
from storage.engine.engines import read_url, sqlite_path
from storage.engine.errors import StorageError
from storage.engine.version import require_current
from storage.schema import library, programme

ADD = library.insert()
CODES = select(library.c.code).order_by(library.c.code)


def add(*codes):
    return lambda connection: connection.execute(ADD, [{"code": code, "name": "Knjižnica"} for code in codes])


def add_pair(number):
    """A library with its programme: in a consistent copy there is never one without the other."""

    def unit(connection):
        add(f"{number:03}")(connection)
        row = {"slug": f"programme-{number}", "library": f"{number:03}", "name": "Branje"}
        connection.execute(programme.insert(), row)

    return unit


def codes_in(url):
    return Database.open(url).read_now(lambda connection: list(connection.execute(CODES).scalars()))


def sql(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def filled_url(sqlite_url):
    Database.open(sqlite_url).write_now(add("KAM", "LJU"))
    return sqlite_url


@pytest.fixture
def saved(filled_url, tmp_path):
    """A backup with two libraries."""
    path = tmp_path / "saved.db"
    backup(filled_url, path)
    return path


@pytest.fixture
def new_url(tmp_path):
    return f"sqlite:///{tmp_path}/new/place.db"


def test_a_backup_comes_back(saved, new_url):
    restore(new_url, saved)
    require_current(new_url)
    assert codes_in(new_url) == ["KAM", "LJU"]
    assert stat.S_IMODE(sqlite_path(read_url(new_url)).stat().st_mode) == 0o600


def test_a_backup_is_one_file_that_its_owner_alone_can_read_and_restoring_does_not_touch_it(saved, new_url):
    before = saved.read_bytes()
    restore(new_url, saved)
    beside = [path.name for path in saved.parent.iterdir() if path.name.startswith("saved")]
    assert (beside, stat.S_IMODE(saved.stat().st_mode), saved.read_bytes()) == (["saved.db"], 0o600, before)


async def test_a_backup_under_load_is_of_one_moment_and_misses_nothing_that_was_acknowledged(sqlite_url, tmp_path):
    database = Database.open(sqlite_url)
    acknowledged = 0
    stop = asyncio.Event()

    async def keep_writing():
        nonlocal acknowledged
        while not stop.is_set():
            await database.write(add_pair(acknowledged))
            acknowledged += 1

    writing = asyncio.create_task(keep_writing())
    for attempt in range(5):
        await asyncio.sleep(0.02)
        at_least = acknowledged
        path = tmp_path / f"backup-{attempt}.db"
        await asyncio.to_thread(backup, sqlite_url, path)
        with closing(sqlite3.connect(path)) as connection:
            ((pairs, libraries),) = connection.execute(
                "SELECT (SELECT count(*) FROM programme), (SELECT count(*) FROM library)"
            )
        assert at_least <= pairs == libraries
    stop.set()
    await writing
    await database.close()


def test_a_backup_never_overwrites_a_file(filled_url, saved):
    before = saved.read_bytes()
    with pytest.raises(StorageError, match=r"^There is a file at \S+ already; it is never overwritten\.$"):
        backup(filled_url, saved)
    assert saved.read_bytes() == before


def test_what_a_backup_that_was_cut_off_left_behind_does_not_stand_in_the_way(filled_url, tmp_path):
    (tmp_path / "saved.db.unfinished").write_bytes(b"half")
    backup(filled_url, tmp_path / "saved.db")
    assert not (tmp_path / "saved.db.unfinished").exists()


def test_a_backup_of_nothing_is_refused(new_url, tmp_path):
    with pytest.raises(StorageError, match=r"^There is no database at \S+\."):
        backup(new_url, tmp_path / "saved.db")


def test_a_backup_into_a_folder_that_is_not_there_is_refused(filled_url, tmp_path):
    target = tmp_path / "nowhere" / "saved.db"
    with pytest.raises(
        StorageError, match=rf"^{re.escape(str(target))} cannot be written: No such file or directory\.$"
    ):
        backup(filled_url, target)


def test_a_damaged_database_is_not_saved_as_if_it_were_whole(filled_url, tmp_path):
    sql(sqlite_path(read_url(filled_url)), "INSERT INTO programme (slug, library, name) VALUES ('a', 'NIC', 'A')")
    with pytest.raises(StorageError, match=r"^\S+ is damaged, or no database at all\.$"):
        backup(filled_url, tmp_path / "saved.db")
    assert list(tmp_path.glob("saved*")) == []


def test_a_database_that_holds_anything_is_replaced_only_by_force(saved, filled_url):
    Database.open(filled_url).write_now(add("NME"))
    with pytest.raises(StorageError, match=r"^The database \S+ is not empty\. .*--force\.$"):
        restore(filled_url, saved)
    assert codes_in(filled_url) == ["KAM", "LJU", "NME"]
    restore(filled_url, saved, force=True)
    assert codes_in(filled_url) == ["KAM", "LJU"]


def test_an_empty_migrated_database_is_replaced_without_force(saved, migrated_file, tmp_path):
    target = tmp_path / "empty.db"
    target.write_bytes(migrated_file.read_bytes())
    restore(f"sqlite:///{target}", saved)
    assert codes_in(f"sqlite:///{target}") == ["KAM", "LJU"]


async def test_a_database_in_use_is_not_replaced_even_by_force(saved, filled_url):
    database = Database.open(filled_url)
    await database.write(add("NME"))
    with pytest.raises(StorageError, match=r"^The database \S+ is in use\. Stop the bot first\.$"):
        restore(filled_url, saved, force=True)
    assert len(await database.read(lambda connection: connection.execute(CODES).all())) == 3
    await database.close()


def test_a_restored_database_is_safe_when_the_power_fails(saved, new_url):
    restore(new_url, saved)
    with closing(sqlite3.connect(sqlite_path(read_url(new_url)))) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def cut_in_half(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def no_database(path):
    path.write_bytes(b"GIF89a" * 1000)


def broken_reference(path):
    sql(path, "INSERT INTO programme (slug, library, name) VALUES ('a', 'NIC', 'A')")


def other_program(path):
    sql(path, "DROP TABLE alembic_version")


def no_version(path):
    sql(path, "DELETE FROM alembic_version")


def newer_program(path):
    sql(path, "UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (cut_in_half, r"^\S+ is damaged, or no database at all\.$"),
        (no_database, r"^\S+ is damaged, or no database at all\.$"),
        (broken_reference, r"^\S+ is damaged, or no database at all\.$"),
        (other_program, r"^\S+ is no backup of povezujejo\.$"),
        (no_version, r"^\S+ is no backup of povezujejo\.$"),
        (newer_program, r"^The database \S+ was made by a newer povezujejo \(version 9999 .*$"),
        (os.remove, r"^There is no backup at \S+\.$"),
    ],
)
def test_what_is_no_sound_backup_is_refused_and_changes_nothing(saved, filled_url, spoil, sentence):
    Database.open(filled_url).write_now(add("NME"))
    spoil(saved)
    with pytest.raises(StorageError, match=sentence):
        restore(filled_url, saved, force=True)
    assert codes_in(filled_url) == ["KAM", "LJU", "NME"]


def test_a_place_that_cannot_be_written_is_said_so(saved, tmp_path):
    (tmp_path / "picture.db").write_bytes(b"GIF89a" * 1000)
    for path, sentence in (
        ("picture.db", r"The file \S+ is no database, .+"),
        ("saved.db/new.db", r"\S+ cannot be written: .*\."),
    ):
        with pytest.raises(StorageError, match=rf"^{sentence}$"):
            restore(f"sqlite:///{tmp_path}/{path}", saved)
