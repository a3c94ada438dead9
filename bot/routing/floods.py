"""How much one chat may ask for, so that one that sends without end costs the others nothing. Knows no channel.

Kept in the memory of a process: it is about now, and a restart gives a flood no more than its first messages again
(docs/decisions/attempts.md).
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto

from bot.runtime.moments import Moments
from storage.engine.errors import Unavailable


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many things at once, and then one every `seconds`."""

    at_once: int
    seconds: float


STRANGERS = Allowance(40, 2.0)  # of who is neither in a group nor of the staff
EVERYBODY = Allowance(600, 0.2)  # more than any hand taps, also while paper is typed in
SILENCE = 120.0  # seconds in which nothing may come from a chat after it sent too much; its sentence says two minutes


class Verdict(Enum):
    """What becomes of something that came in."""

    TAKEN = auto()
    TOLD = auto()  # too much: whoever sent it is told so, once
    DROPPED = auto()  # it goes on after that


class Floods:
    """Counts what each chat sends, by the generic cell rate algorithm: an allowance is when it will be whole again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._whole = {STRANGERS: Moments(), EVERYBODY: Moments()}
        self._until = Moments()  # chats that sent too much, and when they have been silent long enough

    async def verdict(self, chat: bytes, is_known: Callable[[], Awaitable[bool]]) -> Verdict:
        """What becomes of one thing from a chat; `is_known` is asked only where it is too much for a stranger."""
        now = self._clock()
        if self._until.later(chat, now) > now:
            self._until.put(chat, now + SILENCE, now)
            return Verdict.DROPPED
        if self._takes(chat, STRANGERS, now) or (await is_known() and self._takes(chat, EVERYBODY, now)):
            return Verdict.TAKEN
        self._until.put(chat, now + SILENCE, now)
        return Verdict.TOLD

    @contextmanager
    def given_back(self, chat: bytes) -> Iterator[None]:
        """What a chat takes inside is given back where the database was lost: the same comes again.

        A chat is at one thing at a time.
        """
        places = (*self._whole.values(), self._until)
        before = [chats.get(chat) for chats in places]
        try:
            yield
        except Unavailable:
            for chats, moment in zip(places, before, strict=True):
                if moment is None:
                    chats.forget(chat)
                else:
                    chats.put(chat, moment, self._clock())
            raise

    def _takes(self, chat: bytes, allowance: Allowance, now: float) -> bool:
        """Take one from an allowance of a chat, where there is one left."""
        chats = self._whole[allowance]
        whole = chats.later(chat, now)
        if whole - now > (allowance.at_once - 1) * allowance.seconds:
            return False
        chats.put(chat, whole + allowance.seconds, now)
        return True
