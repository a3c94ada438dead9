"""Who is erased by /izbris is in no file of the bot at once, and in no copy of its database once these had their time.

A real bot, its real files and copies, on both databases; on PostgreSQL what its tools bring out of it. What that server
keeps in files of its own is its administrator's (docs/decisions/retention.md).
"""

import logging
import subprocess
from dataclasses import replace
from datetime import timedelta

from plugins.databases import programs
from plugins.village import run_village
from sqlalchemy import select

from bot.runtime.backups import NightlyBackup
from bot.runtime.settings import Backup
from storage.engine.postgresql_copies import MAGIC
from storage.schema import metadata

SLUG = "brezice-racunalnik"
NAME = "Ksenofonta"
LONG = timedelta(weeks=5)  # the last copy of each of four weeks stays


def cells(connection):
    """Every word and every sealed thing that the tables hold."""
    held = set()
    for table in metadata.tables.values():
        for row in connection.execute(select(table)):
            held |= {cell.encode() if isinstance(cell, str) else cell for cell in row if isinstance(cell, (str, bytes))}
    return {cell for cell in held if len(cell) >= 8}


def content(file):
    """The bytes of a file; of a copy of PostgreSQL, whose rows are packed, the rows themselves."""
    # by another process: whoever opens and closes a database of SQLite here lets go of the bot's locks on it
    raw = subprocess.run(["cat", file], check=True, capture_output=True).stdout
    if not raw.startswith(MAGIC):
        return raw
    unpacked = [programs() / "pg_restore", "--data-only", "--file=-", file]
    return subprocess.run(unpacked, check=True, capture_output=True).stdout


def holding(folder, gone):
    """The files of a folder, and of folders in it, that hold any of this in the clear or as a server writes bytes."""
    sought = [form for cell in gone for form in (cell[:64], cell[:64].hex().encode())]
    files = {file for file in folder.rglob("*") if file.is_file()}
    return {file.name for file in files if any(form in content(file) for form in sought)}


async def joins(village, name, enrolled):
    person = village.simulator.person(name)
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await person.taps("Da")
    await person.settles()
    return person


async def test_who_is_erased_is_in_no_file_and_past_their_age_in_no_copy(database_url, tmp_path, caplog):
    caplog.set_level(logging.INFO, logger="bot")  # as it runs
    copies = tmp_path / "copies"
    async with run_village(database_url, tmp_path) as village:
        given = Backup(folder=copies, programs=programs())
        settings = village.services.settings.model_copy(update={"backup": given})
        nightly = NightlyBackup(replace(village.services, settings=settings))
        group = await village.cohort(SLUG)
        enrolled, other = await village.enrol(group), await village.enrol(group)
        await joins(village, "Bogomila", other)  # so that what is gone is of the other person alone
        person = await joins(village, NAME, enrolled)
        before = await village.services.database.read(cells)
        await nightly.look()
        [old] = copies.iterdir()

        await person.says("/izbris")
        await person.settles()
        await person.taps("Da, izbriši vse")
        await person.settles()
        assert person.screen.text == "Vaši podatki so izbrisani. Hvala, da ste bili z nami."
        after = await village.services.database.read(cells)
        gone = {cell for cell in before - after if not any(cell in one for one in after)}
        gone |= {enrolled.code.encode(), NAME.encode(), person.id.to_bytes(8, "big", signed=True)}
        assert holding(tmp_path, gone) == {old.name}
        assert other.code.encode() in content(old)  # a copy is looked into, whatever it is packed in

        village.clock.now += timedelta(days=1)
        await nightly.look()
        assert holding(tmp_path, gone) == {old.name}
        assert len(list(copies.iterdir())) == 2

        village.clock.now += LONG
        await nightly.look()
        assert holding(tmp_path, gone) == set()
        [new] = copies.iterdir()
        assert other.code.encode() in content(new)
    said = caplog.text.encode()
    assert [cell for cell in (enrolled.code, NAME, str(person.id)) if cell.encode() in said] == []
