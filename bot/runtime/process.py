"""Processes beside the bot, one job at a time. Knows no job itself.

For work that takes long there is one, away while there is none. Each file that people send is read in a new one,
within bounds.

Jobs and what comes of them travel through pipes, pickled, so that no key or setting is ever an argument, a variable
of the environment or a line of a log.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any, BinaryIO, TypeVar

from bot.runtime.failures import carry

T = TypeVar("T")

_IDLE_SECONDS = 60.0  # the first report after a pause waits a second for the imports; in between the memory is free
_NICENESS = 10  # people who tap go first
_BEGIN = (
    "import pickle, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN); "
    "sys.path[:] = pickle.load(sys.stdin.buffer); from bot.runtime.process import work; work()"
)


class Interrupted(Exception):  # noqa: N818 - says what happened
    """The process died over its job, or was ended: nothing came of it."""


class OutOfBoundsError(Exception):
    """A job ended its process: it wanted more time or memory than there is for one, or broke what reads it."""


@dataclass(frozen=True, slots=True)
class JobLimits:
    """What one job may take: seconds of a processor, seconds of the clock, bytes of memory.

    Memory and processor are kept where the system can (not on Windows), the clock everywhere.
    """

    processor: int = 20
    clock: float = 45.0  # many times what an honest file takes on a machine with much other work
    memory: int = 640 * 2**20  # a picture of 25 million pixels takes half of it


@dataclass(frozen=True, slots=True)
class _Process:
    """The process and the two pipes to it."""

    popen: subprocess.Popen[bytes]
    jobs: IO[bytes]
    answers: IO[bytes]

    @classmethod
    def started(cls, bounds: JobLimits | None = None) -> _Process:
        """A new process; within bounds it has no secrets, and what libraries print of a file is not logged."""
        from bot.runtime.settings_file import PREFIX  # noqa: PLC0415 - the process itself knows no settings

        harmless = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        popen = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-P", "-c", _BEGIN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if bounds is None else subprocess.DEVNULL,
            env=None if bounds is None else harmless,
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),  # Windows, where nothing is nice
        )
        if popen.stdin is None or popen.stdout is None:
            raise AssertionError("both were asked for")
        with suppress(OSError):  # it died at once, which the first job finds out
            pickle.dump(sys.path, popen.stdin)
            pickle.dump(bounds, popen.stdin)
            popen.stdin.flush()
        return cls(popen, popen.stdin, popen.stdout)

    def exchange(self, job: bytes) -> tuple[bool, Any]:
        """Hand a job over and wait for what comes of it: whether it went well, and the result or the exception."""
        try:
            pickle.dump(job, self.jobs)
            self.jobs.flush()
            answer: tuple[bool, Any] = pickle.load(self.answers)  # noqa: S301 - written by ourselves
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            raise Interrupted from None
        return answer

    def end(self) -> None:
        """Kill it and close the pipes."""
        self.popen.kill()
        self.popen.wait()
        for pipe in (self.jobs, self.answers):
            with suppress(OSError):
                pipe.close()


class WorkerProcess:
    """Gives jobs to the process, which it starts when there is one, and ends after a while without any."""

    def __init__(self, *, idle: float = _IDLE_SECONDS, on_death: Callable[[], None] = lambda: None) -> None:
        self._idle = idle
        self._on_death = on_death  # called when it died over a job
        self._one_at_a_time = asyncio.Lock()
        self._process: _Process | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The number of the process; None while there is none."""
        return None if self._process is None else self._process.popen.pid

    @property
    def closed(self) -> bool:
        """Whether there are no more jobs."""
        return self._closed

    async def do(self, job: Callable[[], T]) -> T:
        """What the job returns; raises what it raises. It and its result can be pickled.

        Raises `Interrupted` when the process dies over it; the next job gets a new one.
        """
        async with self._one_at_a_time:
            process = self._begin()
            try:
                fine, outcome = await asyncio.to_thread(process.exchange, pickle.dumps(job))
            except BaseException as problem:  # died, or nobody waits any more: what it would say belongs to no one
                self._end()
                if isinstance(problem, Interrupted) and not self._closed:
                    self._on_death()
                raise
            if self._process is not None:
                self._resting = asyncio.get_running_loop().call_later(self._idle, self._end)
        if not fine:
            raise outcome
        result: T = outcome
        return result

    def close(self) -> None:
        """End the process, whatever it does; there are no more jobs."""
        self._closed = True
        self._end()

    def _begin(self) -> _Process:
        """The process, which is new where the last one has ended."""
        if self._closed:
            raise Interrupted
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None
        if self._process is not None and self._process.popen.poll() is not None:
            self._end()
        if self._process is None:
            self._process = _Process.started()
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None
        if process is not None:
            process.end()


class BoundedProcess:
    """Gives each job a new process within bounds, one after the other: what comes from outside is read there."""

    def __init__(self, bounds: JobLimits = JobLimits()) -> None:
        self._bounds = bounds
        self._one_at_a_time = asyncio.Lock()
        self._process: _Process | None = None
        self._closed = False

    async def do(self, job: Callable[[], T]) -> T:
        """What the job returns; raises what it raises. It and its result can be pickled.

        Raises `OutOfBoundsError` when the process died over it, `Interrupted` when the bot ends.
        """
        async with self._one_at_a_time:
            if self._closed:
                raise Interrupted
            process = self._process = _Process.started(self._bounds)
            try:
                async with asyncio.timeout(self._bounds.clock):
                    fine, outcome = await asyncio.to_thread(process.exchange, pickle.dumps(job))
            except (Interrupted, TimeoutError):
                raise self._why() from None
            finally:
                self._process = None
                process.end()
        if isinstance(outcome, MemoryError):
            raise OutOfBoundsError
        if not fine:
            raise outcome
        result: T = outcome
        return result

    def _why(self) -> Exception:
        """What the death of the process means."""
        return Interrupted() if self._closed else OutOfBoundsError()

    def close(self) -> None:
        """End the process, whatever it reads; nothing more is read."""
        self._closed = True
        if self._process is not None:
            self._process.end()


def work() -> None:
    """What the process does: jobs from its input, one after the other. It ends with the bot, also in a job."""
    bounds = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by ourselves
    if bounds is not None:
        _keep_within(bounds)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    if hasattr(os, "nice"):
        with suppress(OSError):  # a unit of systemd may forbid it, and the work is the same without
            os.nice(_NICENESS)
    jobs: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(sys.stdin.buffer, jobs), daemon=True).start()
    while True:
        answers.write(_outcome(jobs.get()))
        answers.flush()


def _keep_within(bounds: JobLimits) -> None:
    """The system ends the process that takes more of a processor, gives it no more memory, and keeps no image of it."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_CPU, bounds.processor),
        (resource.RLIMIT_DATA, bounds.memory),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # a system that does not know it, or that has a narrower one
            resource.setrlimit(kind, (most, most))


def _listen(jobs: BinaryIO, waiting: SimpleQueue[bytes]) -> None:
    """Take jobs in as they come; without anybody who could give more there is nothing to stay for."""
    while True:
        try:
            waiting.put(pickle.load(jobs))  # noqa: S301 - written by ourselves
        except (OSError, EOFError, pickle.UnpicklingError):
            os._exit(0)


def _outcome(job: bytes) -> bytes:
    """Whether a job went well, and its result or what it raised, pickled."""
    try:
        return pickle.dumps((True, pickle.loads(job)()))  # noqa: S301 - written by ourselves
    except Exception as error:  # noqa: BLE001 - whoever gave the job decides what it means
        problem = error
    carry(problem)
    try:
        packed = pickle.dumps((False, problem))
        pickle.loads(packed)  # noqa: S301 - some exceptions can be packed, but not unpacked
    except Exception:  # noqa: BLE001 - then its kind must do
        told = RuntimeError(type(problem).__name__)
        told.__cause__, told.__traceback__ = problem, None
        carry(told)
        return pickle.dumps((False, told))
    return packed
