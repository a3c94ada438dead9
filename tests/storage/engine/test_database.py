import asyncio
import sqlite3
import threading
from contextlib import closing

import psycopg
import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.util import await_only

from storage.engine import engines, postgresql
from storage.engine.database import Database
from storage.engine.errors import StorageError, Trouble, Unavailable
from storage.engine.sqlite import GROUP, WaitingUnit
from storage.schema import library

ADD = library.insert()
CODES = select(library.c.code).order_by(library.c.code)
NAMES = select(library.c.name)


def add(code):
    return lambda connection: connection.execute(ADD, {"code": code, "name": "Knjižnica"})


def codes(connection):
    return list(connection.execute(CODES).scalars())


def add_and_return(code):
    def unit(connection):
        add(code)(connection)
        return code

    return unit


def add_then_raise(code, problem):
    def unit(connection):
        add(code)(connection)
        raise problem

    return unit


def wait(connection, loop, coroutine):
    """Wait inside a unit for something that happens in the event loop: SQLite's units run in threads."""
    if connection.dialect.name == "sqlite":
        asyncio.run_coroutine_threadsafe(coroutine, loop).result(30)
    else:
        await_only(coroutine)


@pytest.fixture
async def sqlite_database(sqlite_url):
    database = Database.open(sqlite_url)
    yield database
    await database.close()


@pytest.fixture
async def postgresql_database(postgresql_url):
    database = Database.open(postgresql_url)
    yield database
    await database.close()


async def test_what_was_written_is_read(database):
    assert await database.write(add_and_return("KAM")) == "KAM"
    assert await database.read(codes) == ["KAM"]


async def test_what_raises_is_rolled_back_and_its_error_comes_to_the_caller(database):
    with pytest.raises(LookupError, match="nobody"):
        await database.write(add_then_raise("KAM", LookupError("nobody")))
    assert await database.read(codes) == []


async def test_an_error_that_asyncio_cannot_carry_comes_all_the_same(database):
    with pytest.raises(RuntimeError):
        await database.write(add_then_raise("KAM", StopIteration()))
    assert await database.read(codes) == []


async def test_a_reader_cannot_write(database):
    with pytest.raises(DBAPIError, match=r"readonly database|read-only transaction"):
        await database.read(add("KAM"))


async def test_a_reader_sees_one_moment(database):
    began, written, loop = asyncio.Event(), asyncio.Event(), asyncio.get_running_loop()

    def look_twice(connection):
        first = codes(connection)
        loop.call_soon_threadsafe(began.set)
        wait(connection, loop, written.wait())
        return first, codes(connection)

    reading = asyncio.create_task(database.read(look_twice))
    await began.wait()
    await database.write(add("KAM"))
    written.set()
    assert await reading == ([], [])
    assert await database.read(codes) == ["KAM"]


async def test_a_thousand_units_at_once_are_all_carried_out(database):
    names = [f"{number:03}" for number in range(2 * GROUP + 10)]
    assert await asyncio.gather(*(database.write(add_and_return(name)) for name in names)) == names
    assert await database.read(codes) == names


async def test_only_the_unit_that_fails_fails(database):
    names = [f"{number:03}" for number in range(40)]
    units = [add_and_return(name) for name in names]
    units[7] = add_then_raise("007", ValueError("seven"))
    units[23] = add("005")  # is there already
    results = await asyncio.gather(*(database.write(unit) for unit in units), return_exceptions=True)
    assert [(place, type(result)) for place, result in enumerate(results) if isinstance(result, Exception)] == [
        (7, ValueError),
        (23, IntegrityError),
    ]
    assert await database.read(codes) == [name for name in names if name not in {"007", "023"}]


async def test_an_error_shows_no_values(database):
    await database.write(add("KAM"))
    with pytest.raises(IntegrityError) as caught:
        await database.write(lambda connection: connection.execute(ADD, {"code": "KAM", "name": "a secret"}))
    assert "a secret" not in str(caught.value)


async def test_a_unit_is_carried_out_even_when_its_caller_was_cancelled(database):
    began, cancelled, loop = asyncio.Event(), asyncio.Event(), asyncio.get_running_loop()

    def unit(connection):
        loop.call_soon_threadsafe(began.set)
        wait(connection, loop, cancelled.wait())
        add("KAM")(connection)

    writing = asyncio.create_task(database.write(unit))
    await began.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    cancelled.set()
    await database.close()
    assert database.read_now(codes) == ["KAM"]


async def test_closing_waits_for_what_was_handed_in_and_takes_nothing_after_it(database_url):
    database = Database.open(database_url)
    writing = [asyncio.create_task(database.write(add(f"{number:03}"))) for number in range(20)]
    await asyncio.sleep(0)  # every task has handed in its unit
    await database.close()
    await asyncio.gather(*writing)
    assert len(Database.open(database_url).read_now(codes)) == 20
    for late in (database.write(add("KAM")), database.read(codes)):
        with pytest.raises(StorageError, match=r"^The database is closed\.$"):
            await late


async def test_a_database_that_was_never_written_to_closes(database_url):
    await Database.open(database_url).close()


def test_commands_read_and_write_without_an_event_loop(database_url):
    database = Database.open(database_url)
    assert database.write_now(add_and_return("KAM")) == "KAM"
    with pytest.raises(LookupError):
        database.write_now(add_then_raise("LJU", LookupError()))
    assert database.read_now(codes) == ["KAM"]
    with pytest.raises(DBAPIError, match=r"readonly database|read-only transaction"):
        database.read_now(add("LJU"))


async def test_a_unit_of_several_event_loops_wakes_its_own(sqlite_database):
    def elsewhere():
        return asyncio.run(sqlite_database.write(add_and_return("KAM")))

    results = await asyncio.gather(asyncio.to_thread(elsewhere), sqlite_database.write(add_and_return("LJU")))
    assert results == ["KAM", "LJU"]


async def test_a_caller_whose_event_loop_is_gone_does_not_disturb_the_others(sqlite_database):
    gone = threading.Event()

    def slow(connection):
        gone.wait(30)
        add("KAM")(connection)

    async def leave():
        sqlite_database._doors._writer.submit(WaitingUnit(slow, asyncio.get_running_loop()))

    await asyncio.to_thread(asyncio.run, leave())
    gone.set()
    await sqlite_database.write(add("LJU"))
    assert await sqlite_database.read(codes) == ["KAM", "LJU"]


async def test_every_writing_connection_is_safe_when_the_power_fails(sqlite_database):
    def pragmas(connection):
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout", "query_only")
        return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names}

    safe = {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 10_000,
        "query_only": 0,
    }
    assert await sqlite_database.write(pragmas) == safe
    assert sqlite_database.write_now(pragmas) == safe
    assert await sqlite_database.read(pragmas) == safe | {"query_only": 1}


async def test_units_that_wait_share_a_commit(sqlite_database):
    commits = []
    event.listen(sqlite_database._doors._write_engine, "commit", lambda _: commits.append(1))
    release = threading.Event()
    first = asyncio.create_task(sqlite_database.write(lambda _: release.wait(30)))
    others = [asyncio.create_task(sqlite_database.write(add(f"{number:03}"))) for number in range(GROUP)]
    await asyncio.sleep(0.05)
    release.set()
    await asyncio.gather(first, *others)
    assert len(commits) <= 3


async def test_a_file_that_another_process_holds_fails_the_unit_and_not_the_thread(sqlite_database):
    await sqlite_database.write(lambda connection: connection.exec_driver_sql("PRAGMA busy_timeout = 0").all())
    path = engines.sqlite_path(sqlite_database._address)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        results = await asyncio.gather(
            *(sqlite_database.write(add(code)) for code in ("KAM", "LJU")), return_exceptions=True
        )
        assert [result.trouble for result in results] == [Trouble.LOCKED] * 2
        other.execute("ROLLBACK")
    await sqlite_database.write(add("NME"))
    assert await sqlite_database.read(codes) == ["NME"]


def test_a_command_says_in_one_sentence_that_another_process_holds_the_file(sqlite_url, monkeypatch):
    database = Database.open(sqlite_url)
    monkeypatch.setattr(engines, "_EVERY_CONNECTION", ("PRAGMA busy_timeout = 0",))
    with closing(sqlite3.connect(engines.sqlite_path(database._address), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(
            StorageError, match=r"^The database \S+ is locked: another program holds it, .* End that program\.$"
        ):
            database.write_now(add("KAM"))


async def test_scrubbing_leaves_nothing_of_what_was_erased(sqlite_database, tmp_path):
    secret = "zelo osebno besedilo"
    row = {"code": "KAM", "name": secret}
    await sqlite_database.write(lambda connection: connection.execute(ADD, row))
    await sqlite_database.write(lambda connection: connection.execute(library.delete()))
    assert any(secret.encode() in file.read_bytes() for file in tmp_path.iterdir())
    await sqlite_database.scrub()
    assert not any(secret.encode() in file.read_bytes() for file in tmp_path.iterdir())


async def test_scrubbing_is_not_needed_on_postgresql_and_does_no_harm(postgresql_database):
    await postgresql_database.scrub()


def crossing(database, mine, theirs, both_hold_one):
    """A unit that holds one row and wants the other: two of them are in each other's way, once."""
    rename = library.update().values(name=library.c.name + "!")
    tries = []

    def unit(connection):
        connection.execute(rename.where(library.c.code == mine))
        tries.append(mine)
        if len(tries) == 1:
            await_only(both_hold_one.wait())
        connection.execute(rename.where(library.c.code == theirs))

    return tries, database.write(unit)


async def test_of_two_that_are_in_each_others_way_both_come_through(postgresql_database):
    for code in ("KAM", "LJU"):
        await postgresql_database.write(add(code))
    barrier = asyncio.Barrier(2)
    tries, units = zip(
        crossing(postgresql_database, "KAM", "LJU", barrier),
        crossing(postgresql_database, "LJU", "KAM", barrier),
        strict=True,
    )
    await asyncio.gather(*units)
    assert sum(map(len, tries)) > 2  # one of them at least was in the way, and began anew
    names = await postgresql_database.read(lambda connection: list(connection.execute(NAMES).scalars()))
    assert names == ["Knjižnica!!"] * 2


async def test_what_is_in_the_way_for_ever_is_given_up(postgresql_database, monkeypatch):
    monkeypatch.setattr(postgresql, "PAUSES", (0.0, 0.0))
    tries = []

    def unit(_connection):
        tries.append(1)
        raise OperationalError("UPDATE", {}, psycopg.errors.DeadlockDetected())

    with pytest.raises(Unavailable, match=r"^The database \S+ on \S+ is too busy: other work got in the way again"):
        await postgresql_database.write(unit)
    assert len(tries) == 3


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("nonsense", r"The address of the database cannot be understood\. Use sqlite:///file\.db or postgresql://.*\."),
        ("mysql://host/name", r"The database must be a SQLite file or PostgreSQL\. Use .*"),
        ("sqlite://", r"The database must be a SQLite file or PostgreSQL\. Use .*"),
        ("sqlite:///:memory:", r"The database must be a SQLite file or PostgreSQL\. Use .*"),
        (
            "sqlite:////nowhere/a.db",
            r"There is no database at /nowhere/a\.db\. Bring back .*, run: povezujejo db upgrade",
        ),
        (
            "postgresql://ana:geslo@/moja?host=/nowhere",
            r"The database moja on /nowhere does not answer: .*No such file or directory\. See that PostgreSQL runs .*",
        ),
    ],
)
def test_an_address_that_cannot_be_opened_is_refused_in_one_sentence(url, sentence):
    with pytest.raises(StorageError, match=f"^{sentence}$") as caught:
        Database.open(url)
    assert "geslo" not in str(caught.value)


def test_a_file_that_is_no_database_is_refused_in_one_sentence(tmp_path):
    path = tmp_path / "picture.db"
    path.write_bytes(b"GIF89a" * 1000)
    with pytest.raises(StorageError, match=r"^The file \S+ is no database, but of another kind\. Name the right one "):
        Database.open(f"sqlite:///{path}")
