"""The card of what staff order. Draws none."""

from __future__ import annotations

from bot.conversation.declared import view


@view
def order(number: str) -> None:
    """How an order goes; its number is the one of the request that gave it."""
