"""How fast Telegram lets a bot be: per chat, over all chats, and with one big file. Counts real seconds."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field

from bot.simulator.refusals import too_fast

COUNTED = (
    "sendMessage",
    "sendPhoto",
    "sendDocument",
    "sendVoice",
    "sendAudio",
    "sendVideo",
    "sendAnimation",
    "editMessageText",
    "editMessageCaption",
    "editMessageMedia",
    "editMessageReplyMarkup",
)
BIG_FILE = 100_000
BACKLOG_SECONDS = 5.0
FLOOD_SECONDS = 60


@dataclass
class Bucket:
    """So many at once, so many a second afterwards."""

    burst: float
    per_second: float
    level: float = 0.0
    at: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until one more fits; 0 if it does."""
        level = max(0.0, self.level - (now - self.at) * self.per_second)
        return max(0.0, (level + 1 - self.burst) / self.per_second)

    def put(self, now: float) -> None:
        """Count one."""
        self.level = max(0.0, self.level - (now - self.at) * self.per_second) + 1
        self.at = now


@dataclass
class Rates:
    """The limits of one bot. How long a burst may be Telegram does not say; ours is a careful guess."""

    strict: bool = True
    chat_burst: float = 20
    chat_per_second: float = 1
    overall_burst: float = 30
    overall_per_second: float = 30
    chats: dict[int, Bucket] = field(default_factory=dict)
    overall: Bucket | None = None
    files: dict[int, float] = field(default_factory=dict)

    def count(self, method: str, chat_id: int | None) -> None:
        """Count a request or refuse it with 429."""
        if not self.strict or method not in COUNTED or chat_id is None:
            return
        now = time.monotonic()
        if self.overall is None:
            self.overall = Bucket(self.overall_burst, self.overall_per_second)
        chat = self.chats.setdefault(chat_id, Bucket(self.chat_burst, self.chat_per_second))
        wait = max(chat.wait(now), self.overall.wait(now))
        if wait > 0:
            raise too_fast(math.ceil(wait))
        chat.put(now)
        self.overall.put(now)

    def upload_delay(self, size: int) -> float:
        """Seconds by which the server spaces uploads of the same big size; 429 when too many wait."""
        if not self.strict or size <= BIG_FILE:
            return 0.0
        now = time.monotonic()
        last = self.files.get(size, 0.0)
        if last > now + BACKLOG_SECONDS:
            raise too_fast(FLOOD_SECONDS)
        self.files[size] = max(last + min(max(size * 1e-7, 0.2), 0.9), now - 1.0)
        return max(0.0, self.files[size] - now)
