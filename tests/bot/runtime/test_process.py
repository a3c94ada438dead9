"""The process beside the bot: it does jobs, gives way when it is not needed, and never outlives the bot."""

import asyncio
import os
import signal
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from bot.workshop import Interrupted, Workshop
from tests.plugins.processes import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")

PATIENCE = 30


@pytest.fixture
async def workshop():
    opened = Workshop()
    yield opened
    opened.close()


def lives(pid):
    """Whether there is such a process that is not a mere entry in the table."""
    try:
        fields = process(pid, "stat").rpartition(b")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return False
    state, threads = fields[0], int(fields[17])
    return state != b"Z" or threads > 1


def process(pid, name):
    """What Linux says of a process."""
    return Path(f"/proc/{pid}/{name}").read_bytes()


async def gone(pid):
    async with asyncio.timeout(PATIENCE):
        while lives(pid):  # noqa: ASYNC110 - no event tells of the end of another's process
            await asyncio.sleep(0.02)


async def test_jobs_are_done_one_after_the_other_in_one_process_that_is_not_this_one(workshop):
    pids = await asyncio.gather(*(workshop.do(os.getpid) for _ in range(3)))
    assert set(pids) == {workshop.pid}
    assert workshop.pid != os.getpid()
    assert await workshop.do(partial(os.nice, 0)) == os.nice(0) + 10


async def test_what_a_job_raises_is_raised_here(workshop):
    with pytest.raises(ValueError, match="invalid literal for int"):
        await workshop.do(partial(int, "x"))
    assert await workshop.do(partial(int, "3")) == 3


class UnpackableError(Exception):
    """Cannot be made again from its words alone."""

    def __init__(self, first, second):
        super().__init__(f"{first} and {second}")


def fail():
    raise UnpackableError("one", "two")


async def test_an_exception_that_cannot_travel_is_named(workshop):
    with pytest.raises(RuntimeError, match=r"^UnpackableError$"):
        await workshop.do(fail)


async def test_what_is_printed_is_no_answer(workshop):
    assert await workshop.do(partial(print, "heard by nobody")) is None
    assert await workshop.do(partial(os.system, "echo heard by nobody >&2")) == 0


async def test_a_process_that_dies_is_replaced(workshop):
    with pytest.raises(Interrupted):
        await workshop.do(partial(os._exit, 1))
    first = await workshop.do(os.getpid)
    os.kill(first, signal.SIGKILL)
    await gone(first)
    assert await workshop.do(os.getpid) != first


async def test_a_job_that_nobody_waits_for_any_more_is_ended(workshop):
    pid = await workshop.do(os.getpid)
    waiting = asyncio.create_task(workshop.do(partial(time.sleep, PATIENCE)))
    await asyncio.sleep(0.05)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not lives(pid)
    assert await workshop.do(os.getpid) != pid


async def test_without_jobs_the_process_goes():
    workshop = Workshop(idle=0.05)
    pid = await workshop.do(os.getpid)
    await gone(pid)
    assert workshop.pid is None
    assert await workshop.do(os.getpid) != pid
    workshop.close()
    with pytest.raises(Interrupted):
        await workshop.do(os.getpid)


BOT = """
import asyncio, functools, os, sys, time
from bot.workshop import Workshop

async def live():
    workshop = Workshop()
    print(await workshop.do(os.getpid), flush=True)
    await workshop.do(functools.partial(time.sleep, 600))

asyncio.run(live())
"""


async def test_it_ends_with_a_bot_that_is_killed_over_a_job():
    bot = await asyncio.create_subprocess_exec(sys.executable, "-c", BOT, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    pid = int(await bot.stdout.readline())
    assert lives(pid)
    bot.kill()
    await bot.wait()
    await gone(pid)


async def test_nothing_that_it_is_given_stands_in_its_arguments(workshop):
    secret = "a secret of the house"
    assert await workshop.do(partial(len, secret)) == len(secret)
    said = process(workshop.pid, "cmdline") + process(workshop.pid, "environ")
    assert b"bot.workshop" in said
    assert secret.encode() not in said
