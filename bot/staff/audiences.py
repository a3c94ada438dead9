"""For whom a group can be: the audiences of the programmes on which whoever is here may do something."""

from __future__ import annotations

from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.texts import enrolling as texts
from surveys.model import Programme


def choices(request: Request, action: Permission) -> list[tuple[Programme, int, str]]:
    """Programme, place of the audience among its own, and what to call it."""
    return [
        (programme, place, texts.AUDIENCES.get(audience, audience))
        for programme in permissions.programmes(request, action)
        for place, audience in enumerate(programme.audiences)
    ]
