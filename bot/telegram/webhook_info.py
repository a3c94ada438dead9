"""What Telegram says of the webhook of a bot. Knows no intake and no configuration."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from telegram.error import TelegramError

from bot.telegram.transport import TelegramBot


@dataclass(frozen=True, slots=True)
class WebhookInfo:
    """Where updates go, how many wait, and when (Unix time; 0: never) and why one could not be delivered."""

    url: str  # "" where updates are polled
    waiting: int = 0
    failed_at: int = 0
    failure: str = ""

    @property
    def place(self) -> str:
        """The address as a log may have it: what follows the host may be a secret."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


async def ask_webhook(bot: TelegramBot) -> WebhookInfo:
    """Ask Telegram. Raises TelegramError, also for an answer that is none."""
    try:
        said = await bot.call("getWebhookInfo")
        return WebhookInfo(
            str(said["url"]),
            int(said["pending_update_count"]),
            int(said.get("last_error_date", 0)),
            str(said.get("last_error_message", "")),
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        raise TelegramError("what it says of the webhook cannot be read") from None
