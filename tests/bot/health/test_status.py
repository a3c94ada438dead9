"""`povezujejo status`: of the running bot, and without one."""

import asyncio
import json
import shutil
from datetime import timedelta

from sqlalchemy import delete

from bot.runtime.services import wall_clock
from storage import audit
from storage.schema import audit as audit_table


def test_without_a_bot_the_database_is_asked_and_that_is_said(prepared):
    text = prepared.types("status", status=1)
    assert text.splitlines()[0] == "One thing needs you."
    assert "Bot         see below; what follows is from the database alone\n" in text
    assert "! No bot answers on 127.0.0.1:8675." in text
    assert "Deliveries  0 due now, 0 late; of 7 days 0 uncertain, 0 failed" in text


def test_where_the_port_is_off_the_database_alone_says_that_all_is_well(prepared):
    file = prepared.folder / "config.toml"
    file.write_text(f"{file.read_text()}\n[health]\nenabled = false\n")
    assert prepared.types("status").splitlines()[0] == "All is well."


def test_what_is_wrong_comes_with_what_to_do(prepared):
    (prepared.folder / "povezujejo.key").unlink()
    (prepared.folder / "povezujejo.db").write_bytes(b"x" * 4096)
    told = json.loads(prepared.types("status", "--json", status=1))
    assert [alert["kind"] for alert in told["alerts"]] == ["stopped", "database", "key"]
    assert all(alert["what"] and alert["do"] for alert in told["alerts"])


def test_a_key_file_that_lacks_the_key_of_the_database_is_told(prepared):
    prepared.types("operator", "list")  # which makes the key known to the database
    file = prepared.folder / "povezujejo.key"
    file.write_text(file.read_text().replace("\n1 ", "\n2 "))
    (_, alert) = json.loads(prepared.types("status", "--json", status=1))["alerts"]
    assert (alert["kind"], alert["what"]) == (
        "key",
        "The key file lacks key 1, with which this database is sealed.",
    )


async def status(village, bot, operator, *options, database=None, **expected):
    """What the command says in another thread, as another process would."""
    settings = village.services.settings
    port = bot.address.rpartition(":")[2]
    (operator.folder / "config.toml").write_text(
        f'[database]\nurl = "{database or settings.database.url}"\n'
        f'[keys]\nfile = "{settings.keys.file}"\n[health]\nport = {port}\n'
    )
    return await asyncio.to_thread(operator.types, "status", *options, **expected)


async def test_the_running_bot_says_that_all_is_well(asked, sqlite_url, operator, tmp_path):
    async with asked(sqlite_url, tmp_path) as (village, bot):
        await village.ticks()
        person = village.simulator.person("Ana")
        await person.says("/start")
        await person.settles()
        text = await status(village, bot, operator)
        facts = json.loads(await status(village, bot, operator, "--json"))["facts"]
    lines = text.splitlines()
    assert lines[0] == "All is well."
    assert "runs since 2026-03-02 10:00, receives (polling)" in lines[2]
    assert lines[4].startswith("Messages    1 handled, half within ")
    assert facts["running"]["updates"]["message"]["handled"] == 1


async def test_a_bot_that_does_not_receive_yet_is_not_well(asked, sqlite_url, operator, tmp_path):
    async with asked(sqlite_url, tmp_path) as (village, bot):
        village.services.activity.receives = False
        text = await status(village, bot, operator, status=1)
        village.services.activity.receives = True
        assert (await status(village, bot, operator)).startswith("All is well.")
    assert text.splitlines()[0] == "The bot starts and does not receive yet. Ask again in a minute."
    assert "does not receive yet (polling)" in text


def test_after_a_restore_the_copy_that_it_came_from_is_still_the_last_backup(prepared):
    prepared.types("backup")
    [file] = (prepared.folder / "backups").iterdir()
    before = [line for line in prepared.types("status", status=1).splitlines() if line.startswith("Backup")]
    prepared.types("restore", file, "--force")
    after = [line for line in prepared.types("status", status=1).splitlines() if line.startswith("Backup")]
    assert (before, "never" in before[0]) == (after, False)


def test_what_should_have_been_forgotten_is_counted_and_told_with_what_to_do(prepared, operator):
    assert "Retention   0 kept for a time, none overdue\n" in prepared.types("status", status=1)
    now = wall_clock()

    def fill(connection):
        for age in (1, 1096, 1098):  # the second may wait for the round of the day
            audit.record(connection, "staff:1", "report.order", "x", now - timedelta(days=age))

    operator.services.database.write_now(fill)
    told = prepared.types("status", status=1)
    assert "Retention   3 kept for a time, 1 overdue\n" in told
    assert "! What should have been forgotten is still there: trail of who did what (1).\n  Run: povezujejo" in told
    operator.types("retention", "--yes")
    assert "Retention   1 kept for a time, none overdue\n" in prepared.types("status", status=1)


async def test_a_round_that_does_not_come_through_is_told_by_the_running_bot(asked, sqlite_url, operator, tmp_path):
    async with asked(sqlite_url, tmp_path, health={"every": "1s"}) as (village, bot):
        assert "none overdue" in await status(village, bot, operator)
        old = village.clock() - timedelta(days=1098)
        await village.write(audit.record, actor="staff:1", action="report.order", subject="x", now=old)
        told = json.loads(await status(village, bot, operator, "--json", status=1))
        assert [alert["kind"] for alert in told["alerts"]] == ["retention"]
        await village.write(lambda connection: connection.execute(delete(audit_table)))
        assert (await status(village, bot, operator)).startswith("All is well.")


async def test_the_bot_of_another_database_is_not_asked(asked, sqlite_url, operator, migrated_file, tmp_path):
    shutil.copy(migrated_file, tmp_path / "another.db")
    async with asked(sqlite_url, tmp_path) as (village, bot):
        text = await status(village, bot, operator, database=f"sqlite:///{tmp_path / 'another.db'}", status=1)
    assert "! No bot answers on" in text
