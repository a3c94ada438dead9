"""An event loop whose time is made up: it jumps to whatever comes next, and nothing in it happens by chance."""

import asyncio
import selectors

LONGEST = 400_000  # turns of the loop within one step of a story; one of a hundred people has been seen to take 26,000


class NothingToCome(AssertionError):  # noqa: N818 - says what has happened
    """Everybody waits, and nothing will wake them."""


class Endless(AssertionError):  # noqa: N818 - says what has happened
    """Something goes round and round."""


class _Jump(selectors.SelectSelector):
    """Waits for nothing: the time is simply later."""

    loop, left = None, LONGEST

    def select(self, timeout=None):
        if timeout is None:
            raise NothingToCome
        self.left -= 1
        if not self.left:
            raise Endless
        self.loop.moment += max(timeout, 0)
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Seconds since the beginning of the story; what others do in threads is done at once."""

    def __init__(self):
        self.moment = 0.0
        selector = _Jump()
        selector.loop = self
        super().__init__(selector)
        self._jump = selector
        self._clock_resolution = 1e-6  # after months a nanosecond is less than a float can tell: it would never come

    def time(self):
        return self.moment

    def begins_step(self):
        """What came before is over, and was not endless."""
        self._jump.left = LONGEST

    def run_in_executor(self, _, func, *args):
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except BaseException as problem:  # noqa: BLE001 - as a thread hands it on
            future.set_exception(problem)
        return future


def run(coroutine):
    """What the coroutine returns, in a loop of its own."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(coroutine)
