"""The database cannot be used under a running bot: nothing is lost, nothing is given up, and it goes on by itself."""

import asyncio
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from plugins.village import run_village
from sqlalchemy import func, select

from storage.engine.errors import Trouble, Unavailable
from storage.schema import handled_update
from tests.bot.faults.journeys import told

PEOPLE = 14
SIZE, ROOM = "3m", 20_000  # bytes


@pytest.fixture
def small_disk(tmp_path):
    """A disk of its own with little room; skipped where this machine lets nobody mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def fill(folder):
    """Leave room for some taps and not for all; gives the file that takes it."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue
        file.truncate(file.tell() - ROOM)
    return filler


async def until(happened, what):
    """Wait for at most a minute."""
    for _ in range(1200):
        if happened():
            return
        await asyncio.sleep(0.05)
    pytest.fail(what)


def another_file(migrated_file, folder):
    """The file of the bot is deleted, and another one is put there."""
    (folder / "povezujejo.db").unlink()
    shutil.copy(migrated_file, folder / "povezujejo.db")


def untouched(file):
    """Whether nothing was written into it."""
    with sqlite3.connect(file) as connection:
        return connection.execute("SELECT count(*) FROM handled_update").fetchone() == (0,)


async def marked(village):
    count = select(func.count()).select_from(handled_update)
    return await village.services.database.read(lambda c: c.execute(count).scalar_one())


async def came(village):
    """People who have begun, each with a card."""
    people = [village.simulator.person(f"Oseba {n}") for n in range(3)]
    for person in people:
        await person.says("/start")
        await person.settles()
    return people


async def invited(village):
    """People of whom each is asked whether they take part."""
    cohort = await village.cohort("brezice-racunalnik")
    people = [village.simulator.person(f"Oseba {n}") for n in range(PEOPLE)]
    for person in people:
        enrolled = await village.enrol(cohort)
        await person.follows(village.link(enrolled.token))
        await person.settles()
    return people


async def all_through(village, people, before):
    """Everything that waited was taken once, and whoever sent it sees it."""
    await until(lambda: village.services.outages.current is None, "it never went on")
    for person in people:
        await person.settles()
    assert await marked(village) == before + len(people)
    assert village.services.activity.given_up == 0


async def test_on_a_full_disk_nothing_is_lost_and_nobody_is_told_twice(small_disk, migrated_file, tmp_path):
    shutil.copy(migrated_file, small_disk / "village.db")
    async with run_village(f"sqlite:///{small_disk}/village.db", tmp_path) as village:
        people = await invited(village)
        before = await marked(village)
        filler = fill(small_disk)
        for person in people:
            await person.taps("Da")
        outages = village.services.outages
        await until(lambda: outages.current is not None, "nothing failed on a full disk")
        assert outages.current.trouble is Trouble.FULL
        await until(lambda: sum(map(told, people)) >= outages.waiting, "not all who wait were told")
        filler.unlink()
        await all_through(village, people, before)
        assert max(map(told, people)) == 1
        assert [person for person in people if "Da" in person.buttons] == []


async def test_a_file_that_is_gone_is_noticed_and_taken_again_when_it_is_back(sqlite_url, tmp_path):
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    async with run_village(sqlite_url, tmp_path) as village:
        people = await came(village)
        before = await marked(village)
        away = file.rename(file.with_name("away"))  # noqa: ASYNC240 - at once
        for person in people:
            await person.says("Kdo si?")
        outages = village.services.outages
        await until(lambda: outages.waiting == len(people), "a file that was gone was not noticed")
        assert outages.current.trouble is Trouble.GONE
        await until(lambda: [told(person) for person in people] == [1] * len(people), "nobody was told")
        away.rename(file)
        await all_through(village, people, before)
        assert [told(person) for person in people] == [1] * len(people)


async def test_another_file_in_the_place_of_its_own_is_never_written_into(sqlite_url, migrated_file, tmp_path):
    async with run_village(sqlite_url, tmp_path) as village:
        await village.simulator.bot.rests()  # a tick would end the bot there
        another_file(migrated_file, tmp_path)
        person = village.simulator.person()
        await person.says("Kdo si?")
        outages = village.services.outages
        await until(lambda: outages.current is not None, "the other file was not noticed")
        assert outages.current.trouble is Trouble.OTHER
        await until(lambda: told(person) == 1, "nobody was told")
        assert untouched(tmp_path / "povezujejo.db")


async def lives_on_another_file(url, migrated_file, folder):
    """A bot that ticks every second, and whose file is replaced."""
    async with run_village(url, folder, every="1s") as village:
        another_file(migrated_file, folder)
        await until(village.running.done, "the bot went on")


async def test_a_bot_ends_where_another_file_stands_in_the_place_of_its_own(sqlite_url, migrated_file, tmp_path):
    with pytest.raises(Unavailable) as ended:
        await lives_on_another_file(sqlite_url, migrated_file, tmp_path)
    assert ended.value.trouble is Trouble.OTHER
