"""How a life of the bot ends as by SIGKILL: at an await, a statement, a commit or a request. Nothing gets out then."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from contextvars import ContextVar

POINTS = ("await", "statement", "before commit", "after commit", "before sending", "after sending")
here = ContextVar("the life in which this is done", default=None)


class Dead(Exception):  # noqa: N818 - says what has happened
    """Nothing of this life gets out any more."""


class Mortality:
    """Whether a life is over; it ends at the n-th passage of a point, where that is told."""

    def __init__(self, point="", number=0):
        self.point, self.left, self.over = point, number, False
        self.ended = asyncio.Event()

    def passes(self, point):
        """Raises Dead where nothing can be done any more."""
        if point == self.point and not self.over:
            self.left -= 1
            if self.left <= 0:
                self.ends()
        if self.over:
            raise Dead(point)

    def ends(self):
        self.over = True
        self.ended.set()


class _Steps(Coroutine):
    """A coroutine of a life: it goes on from await to await while that lasts."""

    def __init__(self, coroutine, mortality):
        self._coroutine, self._mortality = coroutine, mortality
        self.__name__, self.__qualname__ = coroutine.__name__, coroutine.__qualname__

    def send(self, value):
        self._lives()
        return self._coroutine.send(value)

    def throw(self, *problem):
        self._lives()
        return self._coroutine.throw(*problem)

    def close(self):
        with suppress(Exception):  # what it would still do, it cannot
            self._coroutine.close()

    def __await__(self):
        return self._coroutine.__await__()

    def _lives(self):
        try:
            self._mortality.passes("await")
        except Dead:
            self.close()
            raise asyncio.CancelledError from None


def task_factory(loop, coroutine, **how):
    """Tasks of a life are counted among it, and end with it."""
    life = here.get()
    if life is None:
        return asyncio.Task(coroutine, loop=loop, **how)
    task = asyncio.Task(_Steps(coroutine, life.mortality), loop=loop, **how)
    life.tasks.add(task)
    task.add_done_callback(life.tasks.discard)
    return task
