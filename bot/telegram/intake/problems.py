"""Why the bot cannot go on, each in one sentence for the operator, with the status that ends the program."""

from __future__ import annotations

from bot.conversation.channel import CannotReceive
from bot.runtime.exit_codes import ExitCode


class AnotherBot(CannotReceive):
    """A second process receives for the same token."""

    exit_code = ExitCode.CONFLICT

    def __init__(self) -> None:
        super().__init__("Another bot is already running with this token. Stop it, or use a token of your own.")


class WebhookElsewhere(CannotReceive):
    """Telegram brings the updates to a webhook that is not of this configuration."""

    exit_code = ExitCode.CONFLICT

    def __init__(self, place: str) -> None:
        super().__init__(
            f"Telegram brings this bot's messages to a webhook at {place}, which is not the webhook_url of this"
            " configuration. If another bot is at work there, use a token of your own;"
            " to take its place: povezujejo run --take-over"
        )


class WrongToken(CannotReceive):
    """Telegram does not know the token."""

    exit_code = ExitCode.TELEGRAM

    def __init__(self) -> None:
        super().__init__(
            "Telegram does not accept the bot's token. Copy it again from @BotFather into the configuration."
        )


class WebhookRefused(CannotReceive):
    """Telegram does not take the address of our webhook."""

    exit_code = ExitCode.TELEGRAM

    def __init__(self, reason: str) -> None:
        super().__init__(f"Telegram does not accept the webhook address: {reason}. Correct telegram.webhook_url.")


class AddressTaken(CannotReceive):
    """Somebody else listens where our webhook should; a bot that is just ending lets go by itself."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"Nothing can listen on {host}:{port}. Free it, or change telegram.webhook_port.")
