"""What the running bot answers on its own port, over HTTP."""

import json
import re
import socket
from pathlib import Path

import pytest
from plugins.asking import Asking
from plugins.at_the_desk import tap
from plugins.village import run_village

from storage import backups
from storage.backups import Made
from storage.engine.errors import Trouble, Unavailable

BREZICE = "brezice-racunalnik"


WEBHOOK = {"mode": "webhook", "webhook_port": 0, "webhook_url": "https://example.si/telegram", "webhook_secret": "s"}
OPERATORS = Path(__file__).parents[3] / "docs" / "operators.md"
OF_A_HISTOGRAM = re.compile(r"_(?:bucket|count|sum)$")


async def joined(village):
    enrolled = await village.enrol(await village.cohort(BREZICE, name="Pomlad"))
    person = village.simulator.person("Marija")
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da")
    return person


async def test_a_bot_that_takes_updates_is_alive_and_ready(asked, sqlite_url, tmp_path):
    async with asked(sqlite_url, tmp_path) as (_, bot):
        assert await bot.get("/healthz") == (200, "alive\n")
        assert await bot.get("/readyz") == (200, '{"ready": true, "missing": {}}')
        assert (await bot.get("/"))[0] == 404


async def test_without_its_key_it_is_not_ready_for_the_next_start(asked, sqlite_url, tmp_path):
    async with asked(sqlite_url, tmp_path) as (_, bot):
        (tmp_path / "village.key").rename(tmp_path / "elsewhere")
        status, text = await bot.get("/readyz")
    assert status == 503
    assert json.loads(text)["missing"].keys() == {"key"}


async def test_while_the_database_is_out_it_is_not_ready_and_says_why(asked, sqlite_url, tmp_path):
    async with asked(sqlite_url, tmp_path) as (village, bot):
        full = Unavailable(Trouble.FULL, "The database has no room left.")
        village.services.outages.failed("update 1", full, village.clock())
        status, text = await bot.get("/readyz")
        assert (status, json.loads(text)["missing"]) == (503, {"database": "The database has no room left."})
        assert (await bot.figures())["povezujejo_database_up"] == 0
        village.services.outages.succeeded("update 1")
        assert (await bot.get("/readyz"))[0] == 200


async def test_taps_are_counted_with_what_they_took(asked, sqlite_url, tmp_path):
    async with asked(sqlite_url, tmp_path) as (village, bot):
        before = await bot.figures()
        person = await joined(village)
        await tap(person, person.buttons[0])
        after = await bot.figures()
        _, text = await bot.get("/metrics")
    assert 'povezujejo_update_seconds_count{kind="tap"}' not in before
    assert after['povezujejo_update_seconds_count{kind="tap"}'] == 2
    assert after['povezujejo_update_seconds_bucket{kind="tap",le="+Inf"}'] == 2
    assert after['povezujejo_update_seconds_count{kind="message"}'] == 1
    assert after["povezujejo_card_seconds_count"] == 3
    assert after["povezujejo_updates_waiting"] == after["povezujejo_cards_waiting"] == 0
    assert after["povezujejo_receives"] == after["povezujejo_database_up"] == after["povezujejo_key_up"] == 1
    assert after["povezujejo_database_bytes"] > 100_000
    assert after["povezujejo_last_poll_timestamp_seconds"] == village.clock().timestamp()
    chat = village.services.keys.seal_id(person.id)
    for told in ("Marija", str(person.id), BREZICE, chat.hex(), "BRE"):
        assert told not in text


async def test_the_manual_names_every_figure(asked, sqlite_url, tmp_path):
    async with asked(sqlite_url, tmp_path, **WEBHOOK) as (village, bot):
        village.simulator.webhook_targets = [f"{bot.address}/telegram"]
        await village.write(backups.claim, slot="2026-03-02", now=village.clock())
        await village.write(backups.record_made, slot="2026-03-02", made=Made(village.clock(), "copy.db", 1, 1))
        person = village.simulator.person("Ana")
        await person.says("/start")
        await person.settles()
        await village.simulator.bot.rests()  # its first tick has ended
        figures = {OF_A_HISTOGRAM.sub("", name.partition("{")[0]) for name in await bot.figures()}
    rows = [line.split(" | ")[0] for line in OPERATORS.read_text().splitlines() if line.startswith("| `povezujejo_")]
    named = {name for row in rows for name in re.findall(r"povezujejo_[a-z_]+", row)}
    assert {name for name in figures if not name.startswith("process_")} == named


async def test_a_port_that_is_taken_does_not_stop_the_bot(sqlite_url, tmp_path, caplog):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with run_village(sqlite_url, tmp_path, health={"port": port}) as village:
            person = village.simulator.person("Ana")
            await person.says("/start")
            await person.settles()
            assert len(person.messages) == 2
    assert f"nothing tells how the bot is: 127.0.0.1:{port} cannot be used" in caplog.text


async def test_the_webhook_and_the_port_share_a_server(asked, sqlite_url, tmp_path):
    async with asked(sqlite_url, tmp_path, **WEBHOOK) as (village, bot):
        assert (await bot.get("/readyz"))[0] == 200
        assert (await bot.get("/telegram"))[0] == 405
        village.simulator.webhook_targets = [f"{bot.address}/telegram"]
        person = village.simulator.person("Ana")
        await person.says("/start")
        await person.settles()
        assert (await bot.figures())['povezujejo_update_seconds_count{kind="message"}'] == 1


def address_of_this_machine():
    """Where others reach it; skips where there is no network but its own."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        try:
            line.connect(("192.0.2.1", 9))  # sends nothing
        except OSError:
            pytest.skip("this machine has no address but its own")
        return line.getsockname()[0]


async def test_where_the_webhook_listens_to_others_they_are_not_told_how_the_bot_is(asked, sqlite_url, tmp_path):
    outside = address_of_this_machine()
    async with asked(sqlite_url, tmp_path, **WEBHOOK, webhook_listen="0.0.0.0") as (_, bot):
        others = Asking(bot.address.replace("127.0.0.1", outside))
        assert (await others.get("/telegram"))[0] == 405
        for path in ("/healthz", "/readyz", "/metrics", "/status"):
            assert (await others.get(path))[0] == 404
            assert (await bot.get(path))[0] == 200
