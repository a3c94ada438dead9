"""What systemd is told (sd_notify): that the bot is ready, how it is, that it moves, that it ends.

The watchdog is answered from the event loop, and only while the intake moves: a loop that hangs and an update that
waits forever both end in a restart. That Telegram or the database cannot be reached does not: it would bring nothing.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Mapping
from contextlib import suppress

from bot.health.facts import HealthReport
from bot.runtime.activity import Activity

_USUAL_SECONDS = 20.0  # between two words to systemd, where it asks for none
_LONGER_MICROSECONDS = 90_000_000  # how long the start may take, said anew each time
_PINGS_EACH_TIME = 3  # so many in the time after which systemd would restart the bot


class ServiceManager:
    """Speaks on the datagram socket that systemd names in the environment."""

    def __init__(self, activity: Activity, environment: Mapping[str, str]) -> None:
        self._activity = activity
        self._address = _address(environment.get("NOTIFY_SOCKET", ""))
        self._watchdog = _watchdog_seconds(environment)
        self._ready = False

    def ready(self) -> None:
        """Updates come in."""
        self._ready = True
        self._tell("READY=1", "STATUS=receives")

    async def told(self, report: HealthReport) -> None:
        """Say in one line how the bot is, as `systemctl status` shows it."""
        says = "; ".join(alert.what for alert in report.alerts) or "all is well"
        self._tell(f"STATUS={says}")

    async def run(self, stop: asyncio.Event) -> None:
        """Say now and then that the bot moves, until it is told to stop."""
        if not self._address:
            return
        while not stop.is_set():
            self._move()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._watchdog / _PINGS_EACH_TIME if self._watchdog else _USUAL_SECONDS):
                    await stop.wait()
        self._tell("STOPPING=1", "STATUS=ends")

    def _move(self) -> None:
        if not self._ready:
            self._tell(f"EXTEND_TIMEOUT_USEC={_LONGER_MICROSECONDS}", "STATUS=starts, waits for Telegram")
        elif self._watchdog and self._activity.moves:
            self._tell("WATCHDOG=1")

    def _tell(self, *lines: str) -> None:
        """Send a datagram. Whether systemd listens is of no weight."""
        if self._address:
            with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
                line.setblocking(False)
                line.sendto("\n".join(lines).encode(), self._address)


def _address(named: str) -> str:
    """The address of the socket; "@" begins one that is no file."""
    return f"\0{named[1:]}" if named.startswith("@") else named


def _watchdog_seconds(environment: Mapping[str, str]) -> float:
    """After how many seconds of silence systemd restarts this process; 0 where it does not."""
    for_us = environment.get("WATCHDOG_PID", "") in {"", str(os.getpid())}
    given = environment.get("WATCHDOG_USEC", "")
    return int(given) / 1e6 if for_us and given.isdecimal() else 0.0
