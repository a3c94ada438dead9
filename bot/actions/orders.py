"""What staff ask for by buttons about what they ordered."""

from __future__ import annotations

from bot.conversation.declared import action


@action
def make_again(order_number: str) -> None:
    """»Pripravi tudi tukaj«: the same order once more; its number is the one of the request that gave it."""
