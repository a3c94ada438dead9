"""An operator's chat is told when the service needs a person: once, and once more when it is over."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import astuple

import pytest
from plugins.village import Clock, run_village
from sqlalchemy import make_url

from bot.health.facts import AlertKind
from bot.health.heartbeat import UNTELLABLE
from bot.texts import operators as texts
from storage import alerts, operators
from storage.alerts import LASTS, OVER

HEALTH = {"every": "1s"}


async def joined(village, name="Skrbnik"):
    token = await village.write(operators.invite, now=village.clock(), actor="operator")
    person = village.simulator.person(name)
    await person.follows(village.link(token))
    await person.settles()
    return person


def told(person):
    return [message.text for message in person.messages]


async def hears(person, words):
    async with asyncio.timeout(60):
        while True:
            if any(words in text for text in told(person)):
                return
            await asyncio.sleep(0.1)


def words(person, kind):
    """How often each of the three sentences about an alert was told."""
    return [sum(one in text for text in told(person)) for one in astuple(texts.WORDS[kind])]


async def noted(village, kind):
    """The bot has seen it for the first time."""
    async with asyncio.timeout(60):
        while True:
            if kind in await village.services.database.read(alerts.standing):
                return
            await asyncio.sleep(0.1)


async def lasts(village, kind):
    await noted(village, kind)
    village.clock.now += LASTS


async def test_an_operator_is_told_once_and_once_more_when_it_is_over(asked, sqlite_url, tmp_path):
    key, elsewhere = tmp_path / "village.key", tmp_path / "elsewhere"
    async with asked(sqlite_url, tmp_path, health=HEALTH) as (village, _):
        person = await joined(village)
        key.rename(elsewhere)
        await lasts(village, "key")
        await hears(person, texts.WORDS["key"].what)
        elsewhere.rename(key)
        village.clock.now += OVER
        await hears(person, texts.WORDS["key"].over)
        assert words(person, "key") == [1, 1, 1]


async def test_a_restart_does_not_tell_it_again(sqlite_url, tmp_path):
    full = {"enabled": False, "least_free_mb": 10**9, **HEALTH}
    async with run_village(sqlite_url, tmp_path, health=full) as village:
        first = await joined(village)
        await lasts(village, "disk")
        await hears(first, texts.WORDS["disk"].what)
        now = village.clock.now
    async with run_village(sqlite_url, tmp_path, clock=Clock(now), health=full) as village:
        again = village.simulator.person("Skrbnik")
        assert again.id == first.id
        await again.says("/start")
        second = await joined(village, "Druga")
        assert texts.WORDS["disk"].do in told(second)[-1]
        village.clock.now += LASTS + OVER
        (tmp_path / "village.key").unlink()
        await lasts(village, "key")
        await hears(again, texts.WORDS["key"].what)
        assert not any(texts.WORDS["disk"].what in text for text in told(again))


async def test_while_the_database_takes_nothing_it_is_told_all_the_same_and_once(sqlite_url, tmp_path):
    async with run_village(sqlite_url, tmp_path, health={"enabled": False, **HEALTH}) as village:
        person = await joined(village)
        (tmp_path / "village.key").rename(tmp_path / "elsewhere")
        await noted(village, "key")  # so that there is something to write down, time and again
        with closing(sqlite3.connect(make_url(sqlite_url).database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            async with asyncio.timeout(60):
                while not any(words(person, "database")):
                    village.clock.now += LASTS
                    await asyncio.sleep(1)
        await hears(person, texts.WORDS["key"].what)
        village.clock.now += OVER
        await hears(person, texts.WORDS["database"].over)
        assert words(person, "database") == [1, 1, 1]


async def test_a_webhook_that_is_taken_away_needs_somebody_until_it_is_back(asked, sqlite_url, tmp_path):
    async with asked(sqlite_url, tmp_path, health=HEALTH) as (village, bot):
        person = await joined(village)
        village.services.activity.webhook_state = "lost"
        await lasts(village, "webhook")
        await hears(person, texts.WORDS["webhook"].what)
        assert (await bot.figures())['povezujejo_alert{kind="webhook"}'] == 1


async def test_a_link_opens_once_and_says_so(village):
    token = await village.write(operators.invite, now=village.clock(), actor="operator")
    for name, words in (("Ana", texts.JOINED), ("Bor", texts.LINK_INVALID)):
        person = village.simulator.person(name)
        await person.follows(village.link(token))
        await person.settles()
        assert words in told(person)[-1]


def test_every_alert_has_its_words():
    assert texts.WORDS.keys() == set(AlertKind) - UNTELLABLE


@pytest.mark.parametrize("kind", texts.WORDS)
def test_what_is_said_fits_a_message(kind):
    assert len(texts.needed(kind)) < 4096
    assert texts.over(kind).startswith("<b>")
