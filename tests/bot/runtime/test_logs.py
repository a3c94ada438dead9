"""What the bot writes to its log names no secret, no person and no answer, however much is logged."""

import asyncio
import signal
import sys
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from storage.schema import participant
from tests.bot.faults.everybody import BREZICE, Everybody, Said
from tests.bot.faults.journeys import Participant, Steady
from tests.plugins.processes import ROOT, Nursery, configuration, run_town

pytestmark = pytest.mark.slow


async def test_a_whole_journey_leaves_nothing_personal_in_the_log(sqlite_url, tmp_path):
    async with Nursery.running() as nursery, run_town(sqlite_url, tmp_path / "town", nursery) as town:
        life = await town.start(level="DEBUG")
        said = await Everybody(Steady(town)).live()
        life.terminate()
        assert await life.gone() == 0
        assert min(len(values) for values in vars(said).values()) >= 2
        assert said.found_in(town.log_text()) == {}


async def test_what_run_logs_by_itself_is_news_for_the_operator_and_nothing_personal(sqlite_url, tmp_path):
    async with run_town(sqlite_url, tmp_path / "town", None) as town:
        town.clock.now = datetime.now(UTC)  # that of the process
        steady, today = Steady(town), town.clock.now.date()
        config, log = tmp_path / "config.toml", tmp_path / "log"
        config.write_text(configuration(town.services.settings, {}))
        with log.open("w") as said_aloud:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", "--config", config, cwd=ROOT, stderr=said_aloud
            )
        who = Participant(steady, town.simulator.person("Ksenofonta"), town.programme(BREZICE))
        cohort = await town.cohort(BREZICE, start=today - timedelta(days=7), end=today + timedelta(days=60))
        await who.joins(cohort)
        await who.answers("before")
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
        codes = await town.read(lambda c: list(c.execute(select(participant.c.code)).scalars()))
        tokens = [str(town.simulator.token), town.simulator.token.partition(":")[2]]
        said = Said(names=["Ksenofonta"], chats=[str(who.person.id)], tokens=tokens, codes=codes)
        assert said.found_in(log.read_text()) == {}
        assert [line.split(maxsplit=2)[2] for line in log.read_text().splitlines()] == ["INFO the bot is running"]
