"""A log tells where something failed, each frame of ours with its line, and no word that may be a person's."""

import asyncio
import io
import logging
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial

import pytest
from pydantic import ValidationError

from bot.conversation import declared
from bot.conversation.declared import ForgedError
from bot.runtime import failures
from bot.runtime.failures import Formatter, described
from bot.runtime.process import WorkerProcess
from storage import privacy
from tests.plugins.processes import ROOT

NAME = "Ksenofonta Primožič"
PLACE = re.compile(r"(?:bot|reports|storage|surveys)/[\w/]+\.py:\d+")


def fails():
    """A fault of ours whose words are what somebody sent."""
    declared.natural_number(NAME)


def fails_over_another():
    """The same, out of a fault in a library that quotes the words, too."""
    try:
        privacy._questionnaire(NAME)
    except ValidationError:
        fails()


def caught(function):
    try:
        function()
    except Exception as error:  # noqa: BLE001 - the test is about any error
        return error
    raise AssertionError


def lines_of(said):
    """The lines of source to which the places in what was said point."""
    return [
        (ROOT / place.partition(":")[0]).read_text("utf-8").splitlines()[int(place.partition(":")[2]) - 1].strip()
        for place in PLACE.findall(said)
    ]


def test_a_nested_fault_is_told_with_each_frame_of_ours_and_what_it_came_of_and_no_name():
    error = caught(fails_over_another)
    assert NAME in str(error)
    assert NAME.split(maxsplit=1)[0] in str(error.__context__)
    said = described(error)
    assert re.fullmatch(
        r"ForgedError at bot/conversation/declared\.py:\d+"
        r" because of ValidationError at …/pydantic/main\.py:\d+ < storage/privacy\.py:\d+",
        said,
    )
    raised, called = lines_of(said)
    assert raised.startswith("raise ForgedError")
    assert called.startswith("return Questionnaire.model_validate_json(")
    assert [part for part in NAME.split() if part in said] == []


def test_an_error_that_was_never_raised_has_no_place_and_a_circle_ends():
    error = ValueError(NAME)
    assert described(error) == "ValueError"
    error.__context__ = KeyError(NAME)
    error.__context__.__context__ = error
    assert described(error) == "ValueError because of KeyError"
    error.__suppress_context__ = True
    assert described(error) == "ValueError"
    assert described(ExceptionGroup(NAME, [KeyError(NAME), error])) == "ExceptionGroup of (KeyError; ValueError)"


def test_an_endless_recursion_is_told_in_a_line_of_bearable_length(monkeypatch):
    monkeypatch.setattr(failures, "_OURS", frozenset({*failures._OURS, "tests"}))
    monkeypatch.setattr(failures, "_SHOWN", 4)

    def again(left):
        if not left:
            raise ValueError(NAME)
        again(left - 1)

    said = described(caught(lambda: again(90)))
    here = r"tests/bot/runtime/test_failures\.py:\d+"
    assert re.fullmatch(rf"ValueError at {here} < {here} < 89 more < {here} < {here}", said)


async def test_a_fault_in_the_other_process_brings_its_places_along():
    process = WorkerProcess()
    try:
        with pytest.raises(ForgedError) as caught_here:
            await process.do(partial(declared.natural_number, NAME))
    finally:
        process.close()
    said = described(caught_here.value)
    there = r"ForgedError at bot/conversation/declared\.py:\d+ < bot/runtime/process\.py:\d+"
    assert re.search(rf" in another process: {there}$", said)
    assert NAME not in said


def test_whoever_logs_an_exception_as_it_is_writes_its_places_alone():
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Formatter("%(levelname)s %(message)s"))
    logger = logging.Logger("a library")  # noqa: LOG001 - one of its own, that no other test hears
    logger.addHandler(handler)
    try:
        fails_over_another()
    except ForgedError:
        logger.exception("a job raised an exception")
    said = written.getvalue()
    assert said.startswith("ERROR a job raised an exception\nForgedError at bot/conversation/declared.py:")
    assert "Traceback" not in said
    assert NAME not in said


async def test_an_exception_for_which_nobody_waits_is_logged_without_its_words(caplog):
    async def job():
        fails()

    asyncio.get_running_loop().set_exception_handler(failures.unheard)
    task = asyncio.create_task(job())
    await asyncio.wait([task])
    del task
    for _ in range(3):
        await asyncio.sleep(0)
    [told] = [record.getMessage() for record in caplog.records]
    assert told.startswith("nobody waited for what failed: ForgedError at bot/conversation/declared.py:")
    assert NAME not in told


def test_a_bot_that_breaks_down_tells_where_and_nothing_else(operator):
    operator.types("db", "upgrade")
    with closing(sqlite3.connect(operator.folder / "povezujejo.db")) as connection:
        connection.execute("DROP TABLE keyring")
        connection.execute("CREATE VIEW keyring AS SELECT * FROM Ksenofonta")  # the error quotes this name
    run = (sys.executable, "-m", "bot", "run", "--config", operator.folder / "config.toml")
    ended = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 1
    assert re.fullmatch(r"\S+ \S+ CRITICAL the bot ends: OperationalError at [^\n]* because of [^\n]*\n", ended.stderr)
    assert "bot/cli/running.py:" in ended.stderr
    assert "Ksenofonta" not in ended.stdout + ended.stderr
