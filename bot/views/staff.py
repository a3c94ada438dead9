"""Cards that librarians and coordinators see alike. Names and arguments stand in databases, so they stay."""

from __future__ import annotations

from bot.conversation.declared import view


@view
def desk() -> None:
    """What one may do, by role."""
