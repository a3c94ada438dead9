"""What one life of the bot does, counted as it goes: plain numbers, so that a tap pays next to nothing for them.

Written by the event loop alone. Knows nothing of who wants to read it; nothing here is about a person.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Callable, Hashable
from datetime import datetime
from itertools import accumulate

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
STUCK_SECONDS = 180.0  # a write unit waits 10 seconds for others and is tried four times
_DEATHS_KEPT = 20


class Latencies:
    """How long something took: how often at most each of `BOUNDS`, and last how often longer than that."""

    def __init__(self) -> None:
        self.counts = [0] * (len(BOUNDS) + 1)
        self.seconds = 0.0

    def add(self, seconds: float) -> None:
        """It took so long once more."""
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.seconds += seconds

    @property
    def count(self) -> int:
        """How often it was done."""
        return sum(self.counts)

    def within(self, share: float) -> float | None:
        """The first of `BOUNDS` that this share keeps to; None where there is none, or nothing was done yet."""
        reached = zip(BOUNDS, accumulate(self.counts), strict=False)
        return next((bound for bound, count in reached if count and count >= share * self.count), None)


class InFlight:
    """What has begun and has not ended yet."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: dict[Hashable, float] = {}  # the oldest first

    def begin(self, key: Hashable) -> None:
        """It begins; what is under way already goes on."""
        self._since.setdefault(key, self._clock())

    def end(self, key: Hashable) -> float | None:
        """It has ended; how many seconds it took, None where it was not under way."""
        since = self._since.pop(key, None)
        return None if since is None else self._clock() - since

    def __len__(self) -> int:
        return len(self._since)

    @property
    def oldest(self) -> float:
        """Since how many seconds the oldest is under way; 0 where nothing is."""
        return self._clock() - next(iter(self._since.values())) if self._since else 0.0


class Activity:
    """Of one process, from its start. `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self.handled: defaultdict[str, Latencies] = defaultdict(Latencies)  # kind → from its arrival to the commit
        self.shown = Latencies()  # from the commit until the card is on the phone
        self.accepted = InFlight(clock)  # updates that are not committed yet
        self.showing = InFlight(clock)  # chats whose card is on its way
        self.given_up = 0  # updates that were marked as handled without being it
        self.given_up_at: datetime | None = None
        self.receives = False  # whether updates come in
        self.heard_at: datetime | None = None  # when the Bot API last gave an answer to the intake
        self.webhook_state = ""  # as `bot.telegram.intake.webhook_watch` knows it; "": updates are polled
        self.webhook_lost = 0  # how often somebody took the webhook away
        self.ticked_at: datetime | None = None  # when all that was due was last done
        self.worker_deaths: deque[datetime] = deque(maxlen=_DEATHS_KEPT)
        self.worker_restarts = 0
        self._intake_moves_by: float | None = None

    def intake_waits(self, seconds: float) -> None:
        """The intake is at work, and may be silent for so long."""
        self._intake_moves_by = self._clock() + seconds + STUCK_SECONDS

    def given_up_one(self, now: datetime) -> None:
        """An update was given up."""
        self.given_up += 1
        self.given_up_at = now

    def worker_died(self, now: datetime) -> None:
        """The process beside the bot died over its job."""
        self.worker_restarts += 1
        self.worker_deaths.append(now)

    @property
    def moves(self) -> bool:
        """Whether the intake does what it should: it asks, and what it took does not wait forever.

        What waits since nothing can be reached does move: starting anew would bring nothing.
        """
        in_time = self._intake_moves_by is None or self._clock() <= self._intake_moves_by
        return in_time and self.accepted.oldest <= STUCK_SECONDS
