"""Whether a card that a chat shows is still for whoever is here: they may have moved, or their role may have ended.

Cards of staff that name a person, a group or a library ask `bot.conversation.permissions` as they are drawn. Those of
questionnaires and invitations are of participants and of whoever helps them, so it is asked here, once for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.conversation import permissions
from bot.conversation.request import Request
from bot.conversation.routes import Route
from bot.conversation.screens import Screen
from storage import occasions
from storage.answers import responses


def may_see(request: Request, route: Route[Screen], arguments: tuple[Any, ...]) -> bool:
    """Whether whoever is here may see a card with these arguments; what is there no more says so itself."""
    named = zip(route.declared.parameters, arguments, strict=True)
    return all(_ASKED[name](request, value) for name, value in named if name in _ASKED and value is not None)


def _of_response(request: Request, response_id: int) -> bool:
    one = responses.load(request.connection, response_id)
    return one is None or permissions.may_answer(request, one.programme, one.chat)


def _of_occasion(request: Request, occasion_id: int) -> bool:
    one = occasions.load(request.connection, occasion_id)
    return one is None or permissions.may_answer(request, one.programme, one.chat)


_ASKED: Mapping[str, Callable[[Request, int], bool]] = {"response_id": _of_response, "occasion_id": _of_occasion}
