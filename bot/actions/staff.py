"""What librarians and coordinators ask for alike."""

from __future__ import annotations

from bot.conversation.declared import action


@action
def show_desk() -> None:
    """»Na začetek«."""
