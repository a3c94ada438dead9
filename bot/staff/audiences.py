"""For whom a group can be: the audiences of the programmes on which whoever is here may do something."""

from __future__ import annotations

from bot import roles
from bot.roles import Action
from bot.texts import enrolling as texts
from bot.visit import Visit
from surveys.model import Programme


def choices(visit: Visit, action: Action) -> list[tuple[Programme, int, str]]:
    """Programme, place of the audience among its own, and what to call it."""
    return [
        (programme, place, texts.AUDIENCES.get(audience, audience))
        for programme in roles.programmes(visit, action)
        for place, audience in enumerate(programme.audiences)
    ]
