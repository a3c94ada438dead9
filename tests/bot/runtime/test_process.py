"""The process beside the bot: it does jobs, gives way when it is not needed, and never outlives the bot."""

import asyncio
import os
import signal
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from bot.runtime.process import Interrupted, WorkerProcess
from tests.plugins.processes import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")

PATIENCE = 30


@pytest.fixture
async def worker_process():
    opened = WorkerProcess()
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


async def test_jobs_are_done_one_after_the_other_in_one_process_that_is_not_this_one(worker_process):
    pids = await asyncio.gather(*(worker_process.do(os.getpid) for _ in range(3)))
    assert set(pids) == {worker_process.pid}
    assert worker_process.pid != os.getpid()
    assert await worker_process.do(partial(os.nice, 0)) == min(os.nice(0) + 10, 19)


async def test_what_a_job_raises_is_raised_here(worker_process):
    with pytest.raises(ValueError, match="invalid literal for int"):
        await worker_process.do(partial(int, "x"))
    assert await worker_process.do(partial(int, "3")) == 3


class UnpackableError(Exception):
    """Cannot be made again from its words alone."""

    def __init__(self, first, second):
        super().__init__(f"{first} and {second}")


def fail():
    raise UnpackableError("one", "two")


async def test_an_exception_that_cannot_travel_is_named(worker_process):
    with pytest.raises(RuntimeError, match=r"^UnpackableError$"):
        await worker_process.do(fail)


async def test_what_is_printed_is_no_answer(worker_process):
    assert await worker_process.do(partial(print, "heard by nobody")) is None
    assert await worker_process.do(partial(os.system, "echo heard by nobody >&2")) == 0


async def test_a_process_that_dies_is_replaced(worker_process):
    with pytest.raises(Interrupted):
        await worker_process.do(partial(os._exit, 1))
    first = await worker_process.do(os.getpid)
    os.kill(first, signal.SIGKILL)
    await gone(first)
    assert await worker_process.do(os.getpid) != first


async def test_a_job_that_nobody_waits_for_any_more_is_ended(worker_process):
    pid = await worker_process.do(os.getpid)
    waiting = asyncio.create_task(worker_process.do(partial(time.sleep, PATIENCE)))
    await asyncio.sleep(0.05)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not lives(pid)
    assert await worker_process.do(os.getpid) != pid


async def test_without_jobs_the_process_goes():
    worker_process = WorkerProcess(idle=0.05)
    pid = await worker_process.do(os.getpid)
    await gone(pid)
    assert worker_process.pid is None
    assert await worker_process.do(os.getpid) != pid
    worker_process.close()
    with pytest.raises(Interrupted):
        await worker_process.do(os.getpid)


BOT = """
import asyncio, functools, os, sys, time
from bot.runtime.process import WorkerProcess

async def live():
    worker_process = WorkerProcess()
    print(await worker_process.do(os.getpid), flush=True)
    await worker_process.do(functools.partial(time.sleep, 600))

asyncio.run(live())
"""


async def test_it_ends_with_a_bot_that_is_killed_over_a_job():
    bot = await asyncio.create_subprocess_exec(sys.executable, "-c", BOT, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    pid = int(await bot.stdout.readline())
    assert lives(pid)
    bot.kill()
    await bot.wait()
    await gone(pid)


async def test_nothing_that_it_is_given_stands_in_its_arguments(worker_process):
    secret = "a secret of the house"
    assert await worker_process.do(partial(len, secret)) == len(secret)
    said = process(worker_process.pid, "cmdline") + process(worker_process.pid, "environ")
    assert b"bot.runtime.process" in said
    assert secret.encode() not in said
