"""Whether the database can be used, for whoever has to know: the intake, the clock, the operator's look at health."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from storage.engine.errors import Trouble, Unavailable

log = logging.getLogger(__name__)

_FIRST_SECONDS, _LONGEST_SECONDS = 0.5, 30.0
_QUIET_SECONDS = 120.0  # what failed before and was not tried again since was taken by another process


@dataclass(frozen=True, slots=True)
class Outage:
    """The database cannot be used."""

    trouble: Trouble
    sentence: str  # for the operator: what is wrong, and what to do
    since: datetime


class Outages:
    """One process's view of its database.

    It is out from the first failure until all that failed has come through: on a full disk small things still do.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.current: Outage | None = None
        self._monotonic = monotonic
        self._failing: dict[str, float] = {}  # what has not come through → when it failed last
        self._told: set[bytes] = set()
        self._next_try = 0.0
        self._pause = 0.0

    @property
    def waiting(self) -> int:
        """How much has failed and not come through since: updates that stay with their channel, chores of the clock."""
        return len(self._failing)

    @property
    def rest(self) -> float:
        """Seconds until it makes sense to try again: 0.5, 1, 2 … 30 after each failure."""
        return 0.0 if self.current is None else max(0.0, self._next_try - self._monotonic())

    def failed(self, what: str, problem: Unavailable, now: datetime) -> None:
        """`what` did not come through, by no fault of its own."""
        moment = self._monotonic()
        self._failing[what] = moment
        if self.current is None or self.current.trouble is not problem.trouble:
            since = now if self.current is None else self.current.since
            self.current = Outage(problem.trouble, str(problem), since)
            log.error("what comes in waits, since the database takes nothing: %s", problem)
        if moment >= self._next_try:
            self._pause = min(max(self._pause * 2, _FIRST_SECONDS), _LONGEST_SECONDS)
            self._next_try = moment + self._pause

    def succeeded(self, what: str) -> None:
        """`what` came through."""
        if self.current is None:
            return
        quiet = self._monotonic() - _QUIET_SECONDS
        self._failing = {one: failed for one, failed in self._failing.items() if one != what and failed > quiet}
        if not self._failing:
            log.warning("the database works again")
            self.current = None
            self._pause = self._next_try = 0.0
            self._told.clear()

    def tell(self, chat: bytes) -> bool:
        """Whether somebody is still to be told that what they sent has to wait; true once in an outage."""
        if chat in self._told:
            return False
        self._told.add(chat)
        return True

    def untold(self, chat: bytes) -> None:
        """They could not be told."""
        self._told.discard(chat)
