"""The copy of the night, made by the running bot: once, whoever works on the database, and again where it failed."""

import asyncio
import os
import sqlite3
import stat
import sys
from asyncio.subprocess import PIPE
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from bot.runtime.backups import NightlyBackup, night
from bot.runtime.services import Services
from bot.runtime.settings import Settings
from bot.simulator.server import Simulator
from storage import backups
from storage.engine.database import Database
from storage.engine.engines import read_url, sqlite_path
from storage.schema import library
from storage.secrets.keys import Keys, create_key_file
from tests.plugins.databases import programs

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 30, 5, 0, tzinfo=UTC)
DAY = timedelta(days=1)
LJUBLJANA = ZoneInfo("Europe/Ljubljana")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-30T02:29:59", "2026-11-29"),  # 3:29 in winter
        ("2026-11-30T02:30:00", "2026-11-30"),
        ("2026-07-01T01:29:59", "2026-06-30"),  # 3:29 in summer
        ("2026-07-01T01:30:00", "2026-07-01"),
        ("2026-03-29T01:29:59", "2026-03-28"),  # the night without the hour from 2 to 3
        ("2026-03-29T01:30:00", "2026-03-29"),
        ("2026-10-25T01:30:00", "2026-10-24"),  # the night in which it comes twice
        ("2026-10-25T02:30:00", "2026-10-25"),
        ("2026-12-31T23:30:00", "2026-12-31"),  # the new year's first hour here
    ],
)
def test_a_night_ends_at_half_past_three_where_the_library_is(moment, expected):
    assert night(datetime.fromisoformat(f"{moment}+00:00"), time(3, 30), LJUBLJANA) == expected


class Watchman:
    """One process of the bot, as far as copies are concerned."""

    def __init__(self, url, folder, **backup):
        given = {"folder": str(folder), "programs": str(programs()), **backup}
        self.settings = Settings.model_validate({"database": {"url": url}, "backup": given})
        self.database = Database.open(self.settings.database.url)
        self.now = NOW
        policy = self.settings.schedule.policy()
        keys = Keys({1: b"k" * 32})
        services = Services(self.settings, self.database, {}, keys, policy, str, clock=lambda: self.now)
        self.nightly = NightlyBackup(services)

    async def state(self):
        return await self.database.read(backups.state)


@pytest.fixture
async def watch():
    """Begins processes on a database."""
    begun = []

    def begin(url, folder, **backup):
        begun.append(Watchman(url, folder, **backup))
        return begun[-1]

    yield begin
    for one in begun:
        await one.database.close()


def names(folder):
    return sorted(path.name for path in folder.iterdir())


async def test_of_several_processes_one_makes_the_copy_of_a_night(database_url, tmp_path, watch):
    folder = tmp_path / "copies" / "ours"
    both = [watch(database_url, folder), watch(database_url, folder)]
    await both[0].database.write(partial(_add_library, code="KAM"))
    await asyncio.gather(*(one.nightly.look() for one in both))
    await asyncio.gather(*(one.nightly.look() for one in both))
    kind = "db" if database_url.startswith("sqlite") else "dump"
    assert names(folder) == [f"povezujejo-20261130T050000Z.{kind}"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.iterdir())] == [0o700, 0o600]
    state = await both[1].state()
    assert (state.made.at, state.made.file, state.failed) == (NOW, names(folder)[0], None)
    assert (state.made.size, state.made.counted) == ((folder / state.made.file).stat().st_size, 2)
    both[1].now = NOW + 5 * 7 * DAY
    await both[1].nightly.look()
    assert names(folder) == [f"povezujejo-20270104T050000Z.{kind}"]


def _add_library(connection, code):
    connection.execute(insert(library), {"code": code, "name": "Knjižnica"})


async def test_what_failed_is_told_harms_nobody_and_is_tried_again_in_an_hour(sqlite_url, tmp_path, watch, caplog):
    (tmp_path / "copies").touch()  # where a folder should be
    one = watch(sqlite_url, tmp_path / "copies")
    await one.nightly.look()
    state = await one.state()
    assert (state.made, state.failed.at) == (None, NOW)
    assert state.failed.problem == f"{tmp_path / 'copies'} cannot be written: File exists."
    assert [record.getMessage() for record in caplog.records] == [
        f"the copy of the night was not made: {state.failed.problem}"
    ]
    (tmp_path / "copies").unlink()
    await one.nightly.look()
    assert not (tmp_path / "copies").exists()
    one.now += backups.AGAIN
    await one.nightly.look()
    assert ((await one.state()).made.at, (await one.state()).failed) == (one.now, None)


async def test_a_database_that_is_damaged_is_not_copied_over_the_good_ones(sqlite_url, tmp_path, watch):
    one = watch(sqlite_url, tmp_path / "copies", keep_daily=1, keep_weekly=0)
    await one.nightly.look()
    good = names(tmp_path / "copies")
    with closing(sqlite3.connect(sqlite_path(read_url(sqlite_url)), isolation_level=None)) as connection:
        connection.execute("INSERT INTO programme (slug, library, name) VALUES ('a', 'NIC', 'A')")
    one.now += DAY
    await one.nightly.look()
    assert (await one.state()).failed.problem.endswith("is damaged, or no database at all.")
    assert names(tmp_path / "copies") == good


async def test_a_bot_that_ends_over_a_copy_leaves_nothing_and_the_next_one_makes_it(postgresql_url, tmp_path, watch):
    """The tool waits for a lock as long as somebody holds the table: the end comes in the middle for certain."""
    folder = tmp_path / "copies"
    one, other = watch(postgresql_url, folder), watch(postgresql_url, folder)
    held, let_go = asyncio.Event(), asyncio.Event()

    async def hold(loop):
        def unit(connection):
            connection.exec_driver_sql("LOCK TABLE library IN ACCESS EXCLUSIVE MODE")
            loop.call_soon_threadsafe(held.set)
            asyncio.run_coroutine_threadsafe(let_go.wait(), loop).result(60)

        await asyncio.to_thread(other.database.write_now, unit)

    holding = asyncio.create_task(hold(asyncio.get_running_loop()))
    await held.wait()
    looking = asyncio.create_task(one.nightly.look())
    async with asyncio.timeout(60):
        while not folder.exists():  # noqa: ASYNC110 - another process makes it
            await asyncio.sleep(0.05)
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    let_go.set()
    await holding
    await other.nightly.look()
    assert [name for name in names(folder) if not name.endswith(".unfinished")] == ["povezujejo-20261130T050000Z.dump"]


async def test_the_bot_that_runs_makes_it_by_itself(migrated_file, tmp_path):
    (tmp_path / "povezujejo.db").write_bytes(migrated_file.read_bytes())
    create_key_file(tmp_path / "povezujejo.key")
    async with Simulator.running(strict_rate=False) as simulator:
        (tmp_path / "config.toml").write_text(
            f'[telegram]\ntoken = "{simulator.token}"\nbase_url = "{simulator.base_url}"\n[health]\nenabled = false\n'
        )
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, stderr=PIPE
        )
        try:
            async with asyncio.timeout(120):
                while b"the copy of the night" not in (told := await bot.stderr.readline()):
                    assert told, "it ended"
        finally:
            bot.kill()
            await bot.wait()
    [made] = (tmp_path / "backups").iterdir()
    assert f"the copy of the night is made: {made.name}, " in told.decode()
    secret = (tmp_path / "povezujejo.key").read_text().split()[-1]
    assert secret.encode() not in made.read_bytes()
