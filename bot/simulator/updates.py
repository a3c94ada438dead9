"""The queue of updates that wait for the bot: numbered, confirmed by offset or by delivery, forgotten in time."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

DAY = 86_400
TAP_LIFETIME = 150
WEEK = 7 * DAY
SMALLEST_RESTART = 2_000_001
FAR_AHEAD = 10
FAR_BEHIND = 100_000
ANSWER_BYTES = 1 << 22
FIRST_UPDATE_ID = 700_000_001
NOT_BY_DEFAULT = ("chat_member", "message_reaction", "message_reaction_count")


@dataclass
class PendingUpdate:
    """One update, which person caused it, and the second at which Telegram forgets it."""

    update_id: int
    kind: str
    body: dict[str, Any]
    chat_id: int
    expires_at: float
    lane: str
    size: int = 0

    def wire(self) -> dict[str, Any]:
        """The Update object."""
        return {"update_id": self.update_id, self.kind: self.body}


@dataclass
class UpdateQueue:
    """Updates in order; the same queue serves polling and webhook."""

    pending: list[PendingUpdate] = field(default_factory=list)
    confirmed: list[PendingUpdate] = field(default_factory=list)  # the last ones, for a confirmation that got lost
    next_id: int = FIRST_UPDATE_ID
    allowed: list[str] = field(default_factory=list)
    expired: int = 0
    last_at: float = 0.0
    arrived: asyncio.Event = field(default_factory=asyncio.Event, repr=False)  # wakes the long poll
    pushed: asyncio.Event = field(default_factory=asyncio.Event, repr=False)  # wakes the webhook

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for updates of this kind."""
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def add(self, kind: str, body: dict[str, Any], chat_id: int, now: float) -> int | None:
        """Queue an update; taps and messages of one person go on different lanes. Gives its number."""
        if not self.wants(kind):
            return None
        self._restart_numbers(now)
        lifetime = TAP_LIFETIME if kind == "callback_query" else DAY
        update = PendingUpdate(
            self.next_id, kind, body, chat_id, now + lifetime, f"{kind}:{chat_id}", len(json.dumps(body))
        )
        self.next_id += 1
        self.pending.append(update)
        self.announce()
        return update.update_id

    def _restart_numbers(self, now: float) -> None:
        """After a week without updates Telegram goes on at some other number."""
        if not self.pending and self.last_at and now - self.last_at > WEEK:
            self.next_id = SMALLEST_RESTART + secrets.randbelow(1 << 29)
        self.last_at = now

    def forget_old(self, now: float) -> None:
        """Drop what has outlived its time in the queue."""
        alive = [update for update in self.pending if update.expires_at >= now]
        self.expired += len(self.pending) - len(alive)
        self.pending = alive

    def confirm(self, update_ids: Iterable[int]) -> None:
        """Take updates out of the queue because the bot has them."""
        ids = set(update_ids)
        gone = [update for update in self.pending if update.update_id in ids]
        self.confirmed = (self.confirmed + gone)[-100:]
        self.pending = [update for update in self.pending if update.update_id not in ids]

    def fetch(self, offset: int, limit: int, now: float) -> list[dict[str, Any]]:
        """Confirm everything below `offset` and give up to `limit` updates (4 MB at most) from there."""
        self.forget_old(now)
        if offset < 0:
            self.confirm(update.update_id for update in self.pending[:offset])
        head = self.pending[0].update_id if self.pending else self.next_id
        if head - FAR_BEHIND <= offset <= self.next_id + FAR_AHEAD:
            self.confirm(update.update_id for update in self.pending if update.update_id < offset)
        room, batch = ANSWER_BYTES, []
        for update in self.pending[:limit]:
            room -= 50 + update.size
            if room <= 0:
                break
            batch.append(update.wire())
        return batch

    def lose_confirmation(self) -> None:
        """Put the updates that were confirmed last back, as when the confirming request never arrived."""
        self.pending = sorted(self.confirmed + self.pending, key=lambda update: update.update_id)
        self.confirmed = []
        self.announce()

    def announce(self) -> None:
        """Wake whoever waits for updates."""
        self.arrived.set()
        self.pushed.set()

    def waiting_for(self, chat_id: int) -> int:
        """How many updates of one person are not confirmed."""
        return sum(update.chat_id == chat_id for update in self.pending)
