"""By whose hand a questionnaire is answered: the person's own, an adult's for a child, with help, or from paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.conversation import permissions
from bot.conversation.request import Request
from storage.answers import responses
from storage.answers.responses import Response
from storage.occasions import Occasion
from surveys.model import Mode


def own(request: Request, chat: bytes | None) -> bool:
    """Whether whoever is asked answers alone: in their own chat, or in a kiosk."""
    return chat == request.chat or request.kiosk is not None


def actor(request: Request, response: Response) -> str:
    """Who answers, for the trail."""
    return f"participant:{response.code}" if own(request, response.chat) else permissions.actor(request)


def mode(request: Request, occasion: Occasion) -> Mode:
    """How an occasion is answered that is begun here."""
    return _alone(request, occasion.programme) if own(request, occasion.chat) else Mode.ASSISTED


def taken_over(request: Request, response: Response) -> Response:
    """The response as an answer that is stored now leaves it: with help, where two have answered."""
    of_paper = response.mode is Mode.PAPER
    if not response.open or response.mode is Mode.ASSISTED or own(request, response.chat) is not of_paper:
        return response
    new = (
        _alone(request, response.programme) if of_paper and response.revision == 0 else Mode.ASSISTED
    )  # nothing was typed in yet
    responses.set_mode(request.connection, response.id, new)
    return replace(response, mode=new)


def moment(request: Request, response: Response) -> datetime:
    """When an answer counts as given: from paper on the day that stands on it."""
    return response.started_at if response.mode is Mode.PAPER else request.now


def _alone(request: Request, programme: str) -> Mode:
    return Mode.PROXY if request.services.programmes[programme].answered_for_child else Mode.SELF
