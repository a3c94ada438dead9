"""Waiting for something that may come back: longer each time, told once, and ended at once when the bot stops."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

log = logging.getLogger(__name__)

_FIRST_SECONDS = 0.5
_LONGEST_SECONDS = 30.0


class Patience:
    """0.5, 1, 2 … 30 seconds between attempts."""

    def __init__(self, stop: asyncio.Event, sleep: Callable[[float], Awaitable[object]] = asyncio.sleep) -> None:
        self._stop = stop
        self._sleep = sleep
        self._waits = 0
        self._told = ""

    async def wait(self, reason: str, *, at_least: float = 0.0, at_once: bool = False) -> None:
        """Say why, if it was not said last, and wait for the next attempt; `at_once`: the first needs no wait."""
        if reason != self._told:
            log.warning("%s", reason)
            self._told = reason
        pause = 0.0 if at_once and self._waits == 0 else min(_FIRST_SECONDS * 2.0**self._waits, _LONGEST_SECONDS)
        self._waits = min(self._waits + 1, 10)
        await until(self._stop, self._sleep(max(pause, at_least)))

    def over(self) -> None:
        """It works: the next trouble begins anew."""
        if self._told:
            log.warning("this is over, the bot goes on")
        self._waits, self._told = 0, ""


async def until(stop: asyncio.Event, work: Awaitable[Any]) -> Any:
    """The result of the work, or None when `stop` is set before; the work is then cancelled."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        stopping.cancel()
        working.cancel()
