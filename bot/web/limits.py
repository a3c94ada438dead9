"""How often something may be tried: so many times within a while, for each of those who try. In this process alone."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable

_MOST_KNOWN = 10_000


class Limit:
    """At most `times` within `seconds` for one key; who has not tried for longest is forgotten first."""

    def __init__(self, times: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._times, self._seconds, self._clock = times, seconds, clock
        self._tried: OrderedDict[str, deque[float]] = OrderedDict()

    def admits(self, key: str) -> bool:
        """Whether it may be tried once more; that counts as tried."""
        now = self._clock()
        tried = self._tried.setdefault(key, deque(maxlen=self._times))
        self._tried.move_to_end(key)
        if len(self._tried) > _MOST_KNOWN:
            self._tried.popitem(last=False)
        if self.opens_in(key):
            return False
        tried.append(now)
        return True

    def opens_in(self, key: str) -> float:
        """Seconds until it may be tried once more; 0.0: now. Looking counts as nothing."""
        tried = self._tried.get(key)
        if tried is None or len(tried) < self._times:
            return 0.0
        return max(0.0, tried[0] + self._seconds - self._clock())

    def take_back(self, key: str) -> None:
        """What was admitted last does not count: it was no guess."""
        if tried := self._tried.get(key):
            tried.pop()
