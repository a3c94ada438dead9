"""An operator joins: from then on their chat is told when the service needs a person (`bot.health.heartbeat`)."""

from __future__ import annotations

from bot.conversation.request import Request
from bot.texts import operators as texts
from storage import alerts, operators


def join(request: Request, token: str) -> str:
    """What to say to whoever opened the link of an operator."""
    if not operators.join(request.connection, token, request.chat, request.now):
        return texts.LINK_INVALID
    return texts.joined(sorted(alerts.told_kinds(request.connection)))
