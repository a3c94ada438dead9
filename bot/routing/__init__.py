"""From what came in to a use case: read, call, give what is to be shown."""

from bot.routing.dispatch import Dispatcher

__all__ = ["Dispatcher"]
