"""Play getUpdates: long polling, one poller at a time, and getFile."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.simulator.refusals import (
    FILE_TOO_BIG,
    FILE_WRONG,
    POLLED_ELSEWHERE,
    POLLED_WITH_WEBHOOK,
    POLLING_ENDED_BY_WEBHOOK,
    Refusal,
    bad_request,
    conflict,
)
from bot.simulator.state import StoredFile, World
from bot.simulator.wire import MethodCall

LONGEST_POLL = 50
DOWNLOAD_LIMIT = 20 * 1024 * 1024


class Poller:
    """The long poll that waits, if one does; a second one ends it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.waiting: asyncio.Future[Refusal] | None = None

    async def get_updates(self, call: MethodCall) -> list[dict[str, Any]]:
        """Play getUpdates."""
        if self.world.webhook.url:
            raise conflict(POLLED_WITH_WEBHOOK)
        take_allowed(self.world, call)
        offset, limit = call.integer("offset"), call.integer("limit", 100, 1, 100)
        timeout = call.integer("timeout", 0, 0, LONGEST_POLL)
        batch = self.world.updates.fetch(offset, limit, self.world.now())
        if batch or not timeout:
            return batch
        self.end(POLLED_ELSEWHERE)
        return await self._wait(offset, limit, timeout)

    async def _wait(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[Refusal] = loop.create_future()
        self.waiting, deadline, queue = ended, loop.time() + seconds, self.world.updates
        try:
            while True:
                queue.arrived.clear()
                batch = queue.fetch(offset, limit, self.world.now())
                left = deadline - loop.time()
                if batch or left <= 0:
                    return batch
                arrival: asyncio.Future[Any] = asyncio.ensure_future(queue.arrived.wait())
                await asyncio.wait([arrival, ended], timeout=left, return_when=asyncio.FIRST_COMPLETED)
                arrival.cancel()
                if ended.done():
                    raise ended.result()
        finally:
            if self.waiting is ended:
                self.waiting = None

    def end(self, reason: str = POLLING_ENDED_BY_WEBHOOK) -> None:
        """End the waiting long poll with 409."""
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_result(conflict(reason))


def take_allowed(world: World, call: MethodCall) -> None:
    """Remember which kinds of updates the bot wants, if the request says so."""
    allowed = call.structure("allowed_updates", "allowed updates")
    if isinstance(allowed, list):
        world.updates.allowed = [str(kind) for kind in allowed]


def get_file(world: World, call: MethodCall) -> dict[str, Any]:
    """Play getFile: where a file can be loaded for an hour."""
    file = world.files.get(call.text("file_id"))
    if file is None:
        raise bad_request(FILE_WRONG)
    if len(file.data) > DOWNLOAD_LIMIT:
        raise bad_request(FILE_TOO_BIG)
    return {
        "file_id": file.file_id,
        "file_unique_id": file.unique_id,
        "file_size": len(file.data),
        "file_path": file_path(file),
    }


def file_path(file: StoredFile) -> str:
    """The path under `/file/bot<token>/`."""
    ending = {"photo": ".jpg", "voice": ".oga"}.get(file.kind, "")
    if not ending and "." in file.name:
        ending = "." + file.name.rsplit(".", 1)[1]
    return f"{file.kind}s/{file.unique_id}{ending}"
