"""Why the bot cannot go on, each in one sentence for the operator. Ends the program with status 1."""

from __future__ import annotations

from bot.conversation.channel import CannotReceive


class AnotherBot(CannotReceive):
    """A second process receives for the same token."""

    def __init__(self) -> None:
        super().__init__("Another bot is already running with this token. Stop it, or use a token of your own.")


class WrongToken(CannotReceive):
    """Telegram does not know the token."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram does not accept the bot's token. Copy it again from @BotFather into the configuration."
        )


class WebhookRefused(CannotReceive):
    """Telegram does not take the address of our webhook."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Telegram does not accept the webhook address: {reason}. Correct telegram.webhook_url.")


class AddressTaken(CannotReceive):
    """Somebody else listens where our webhook should."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"Nothing can listen on {host}:{port}. Free it, or change telegram.webhook_port.")
