"""From an update to a use case: parse, call, show."""

from bot.handlers.dispatch import handle

__all__ = ["handle"]
