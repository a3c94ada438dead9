"""What reads files from outside: a new process for each, which has so much time and memory and no more."""

import asyncio
import os
import resource
import sys
import time
from functools import partial

import pytest

from bot.runtime.process import BoundedProcess, Interrupted, JobLimits, OutOfBoundsError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc, and at limits of Linux")

EVER = 600.0


def count_for_ever():
    while True:
        pass


def variables():
    return dict(os.environ)


@pytest.fixture
def reader():
    opened = BoundedProcess()
    yield opened
    opened.close()


async def test_each_job_has_a_process_of_its_own_and_no_secret_of_the_environment(reader, monkeypatch):
    monkeypatch.setenv("POVEZUJEJO_TELEGRAM__TOKEN", "1:secret")
    pids = [await reader.do(os.getpid), await reader.do(os.getpid)]
    assert len({*pids, os.getpid()}) == 3
    assert [name for name in await reader.do(variables) if name.startswith("POVEZUJEJO_")] == []
    assert await reader.do(partial(resource.getrlimit, resource.RLIMIT_CORE)) == (0, 0)


async def test_what_a_job_raises_is_raised_here_and_want_of_memory_is_a_bound(reader):
    with pytest.raises(ValueError, match="invalid literal for int"):
        await reader.do(partial(int, "x"))
    with pytest.raises(OutOfBoundsError):
        await reader.do(partial(bytearray, 8 * 2**30))


@pytest.mark.parametrize(
    ("bounds", "job"),
    [
        (JobLimits(processor=1, clock=EVER), count_for_ever),
        (JobLimits(clock=0.5), partial(time.sleep, EVER)),
        (JobLimits(), partial(os._exit, 1)),
    ],
    ids=["processor", "clock", "dies"],
)
async def test_a_job_that_wants_more_ends_its_process_and_nothing_else(bounds, job):
    reader = BoundedProcess(bounds)
    with pytest.raises(OutOfBoundsError):
        await reader.do(job)
    reader._bounds = JobLimits()
    assert await reader.do(partial(int, "3")) == 3
    reader.close()


async def test_a_bot_that_ends_waits_for_no_file(reader):
    reading = asyncio.create_task(reader.do(partial(time.sleep, EVER)))
    waiting = asyncio.create_task(reader.do(os.getpid))
    await asyncio.sleep(0.1)
    reader.close()
    assert [type(one) for one in await asyncio.gather(reading, waiting, return_exceptions=True)] == [Interrupted] * 2
