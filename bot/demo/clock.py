"""The clock of the demo: it goes at its own speed, is moved ahead by hand, and stands still while the demo is off."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta


class VillageClock:
    """`scale` seconds pass on it in one second of the machine; it never goes back."""

    def __init__(self, start: datetime, scale: float = 1.0, counter: Callable[[], float] = time.monotonic) -> None:
        if scale < 0:
            raise ValueError("the time of the demo cannot run backwards")
        self.scale = scale
        self._counter = counter
        self._from, self._since = start, counter()

    def now(self) -> datetime:
        """The time that it shows."""
        return self._from + timedelta(seconds=(self._counter() - self._since) * self.scale)

    def move_to(self, moment: datetime) -> None:
        """Show this moment; an earlier one than now changes nothing."""
        if moment > self.now():
            self._from, self._since = moment, self._counter()
