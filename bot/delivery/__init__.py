"""What is sent without being asked: claim, check, send, record."""

from bot.delivery.loop import tick

__all__ = ["tick"]
