"""What is sent without being asked: claim, check, send, record."""

from bot.delivery.file_downloads import fetch_due
from bot.delivery.loop import deliver_due, tick

__all__ = ["deliver_due", "fetch_due", "tick"]
