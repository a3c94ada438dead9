"""An upgrade, rehearsed as an operator would do it, and what happens to whoever forgets to stop the bot before."""

import asyncio
import os
import shutil
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, text

from bot.runtime.exit_codes import ExitCode
from bot.runtime.services import open_services
from bot.runtime.settings import Settings
from storage.engine.engines import read_url, transaction
from storage.schema import answer, keyring
from storage.secrets.keys import check_keys, create_key_file, load_keys
from tests.plugins.processes import BORN_SECONDS, configuration, ended_well
from tests.plugins.rows_of_every_table import REVISIONS, at_revision, contents
from tests.plugins.village import Village

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
BEFORE, NOW = REVISIONS[-2:]
NEXT = "9999"  # of a version that is not written yet
SLOW_REVISION = f'''
"""What a revision may do to tables in use: it locks them, changes them, and takes its time."""

from alembic import op

revision, down_revision, branch_labels, depends_on = "{NEXT}", "{NOW}", None, None


def upgrade():
    for table in ("chat", "answer"):
        op.execute(f"ALTER TABLE {{table}} ADD COLUMN rehearsed INTEGER DEFAULT 1 NOT NULL")
    op.execute("SELECT pg_sleep(3)")
    for table in ("chat", "answer"):
        op.execute(f"ALTER TABLE {{table}} DROP COLUMN rehearsed")
'''
IN_THE_MIDDLE = text("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(3)%'")


def stored(url):
    with transaction(read_url(url), query_only=True) as connection:
        return contents(connection)


def test_an_upgrade_with_data_in_every_table_is_taken_back_by_its_copy(operator):
    url, copy = f"sqlite:///{operator.folder}/povezujejo.db", operator.folder / "before.db"
    at_revision(url, BEFORE)
    with transaction(read_url(url)) as connection:
        connection.execute(delete(keyring))
        check_keys(connection, load_keys(operator.folder / "povezujejo.key"))
    before = stored(url)

    assert operator.types("run", status=ExitCode.DATABASE) == ""
    assert "Make a backup, then run: povezujejo db upgrade" in operator.told
    operator.types("backup", copy)
    assert operator.types("db", "upgrade") == f"The database has version {NOW}.\n"
    upgraded = stored(url)
    assert before.keys() <= upgraded.keys()
    assert operator.gets("db", "status", "--json")["ready"] is True

    told = operator.types("restore", copy, "--force")
    assert told.endswith(" It is of an older version: run »povezujejo db upgrade« now.\n")
    assert stored(url) == before
    operator.types("db", "upgrade")
    assert stored(url) == upgraded


@pytest.fixture
def newer(tmp_path):
    """The program with one revision more, which changes tables that are in use."""
    folder = tmp_path / "newer"
    for room in ("bot", "reports", "storage", "surveys"):
        shutil.copytree(ROOT / room, folder / room)
    (folder / "storage" / "migrations" / "versions" / f"{NEXT}_rehearsed.py").write_text(SLOW_REVISION)
    return folder


@asynccontextmanager
async def library(simulator, url, folder):
    """The house of this database, in which a group has just begun."""
    create_key_file(folder / "povezujejo.key")
    telegram = {"token": simulator.token, "base_url": simulator.base_url, "username": simulator.username}
    settings = Settings.model_validate(
        {"telegram": telegram, "database": {"url": url}, "keys": {"file": str(folder / "povezujejo.key")}}
    )
    (folder / "config.toml").write_text(configuration(settings, {}))
    services = await open_services(settings)
    try:
        yield Village(simulator, services, lambda: datetime.now(UTC), None)
    finally:
        await services.database.close()


def program(of, folder, *arguments):
    """A command of a version, and how it is started."""
    command = (sys.executable, "-m", "bot", *arguments, "--config", str(folder / "config.toml"))
    return command, {"cwd": folder, "env": {**os.environ, "PYTHONPATH": str(of)}}


async def done(of, folder, *arguments):
    """A command that ends by itself: its status and what it said."""
    command, how = program(of, folder, *arguments)
    process = await asyncio.create_subprocess_exec(*command, **how, stdout=-1, stderr=-2)
    said, _ = await asyncio.wait_for(process.communicate(), BORN_SECONDS)
    return process.returncode, said.decode()


async def taps(person, label):
    """Tap, and see another card, however long the database keeps the bot waiting."""
    shown = person.screen.text
    await person.taps(label)
    await person.waits(lambda: person.screen.text != shown, timeout=BORN_SECONDS)


async def until_tables_are_locked(village, upgrading):
    """Until the upgrade is in the middle of its changes; it may have ended already where the machine is slow."""
    for _ in range(BORN_SECONDS * 20):
        if upgrading.done() or await village.services.database.read(lambda c: c.scalar(IN_THE_MIDDLE)):
            return
        await asyncio.sleep(0.05)


async def test_a_bot_that_runs_beside_an_upgrade_loses_nothing_ends_and_does_not_start_again(
    simulator, postgresql_url, tmp_path, newer
):
    async with library(simulator, postgresql_url, tmp_path) as village:
        today = datetime.now(UTC).date()
        group = await village.cohort("brezice-racunalnik", today, today + timedelta(days=60))
        marija = simulator.person("Marija")
        command, how = program(ROOT, tmp_path, "run")
        older = await asyncio.create_subprocess_exec(*command, **how)
        try:
            await marija.follows(village.link((await village.enrol(group)).token))
            await marija.waits(timeout=BORN_SECONDS)
            await taps(marija, "Da")
            question = marija.screen.text
            upgrading = asyncio.create_task(done(newer, tmp_path, "db", "upgrade"))
            await until_tables_are_locked(village, upgrading)
            await marija.taps("Ne vem")  # while her tables are being changed
            assert await upgrading == (0, f"The database has version {NEXT}.\n")
            assert await asyncio.wait_for(older.wait(), BORN_SECONDS) == ExitCode.DATABASE
        finally:
            if older.returncode is None:
                older.kill()
                await older.wait()
        status, said = await done(ROOT, tmp_path, "run")
        assert status == ExitCode.DATABASE
        assert f" was made by a newer povezujejo (version {NEXT} of the tables). Install that version.\n" in said
        command, how = program(newer, tmp_path, "run")
        async with ended_well(*command, **how):
            await marija.waits(lambda: marija.screen.text != question, timeout=BORN_SECONDS)
            await taps(marija, "Ne vem")
        assert await village.services.database.read(lambda c: c.scalar(select(func.count()).select_from(answer))) == 2
