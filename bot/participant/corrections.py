"""What is handed in may be corrected until its occasion closes: where that is offered. `answering.reopen` begins it."""

from __future__ import annotations

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Rows, column
from bot.participant import question_cards, shared_phone
from bot.participant.localised import spoken
from storage.answers import responses
from storage.answers.responses import Response


def buttons(request: Request) -> Rows:
    """One for each questionnaire of the chat that may still be corrected, told apart where there are several."""
    found = responses.correctable(request.connection, request.chat, request.now)
    return column(*(_button(request, response, alone=len(found) == 1) for response in found))


def of_run(request: Request, response: Response) -> Rows:
    """The one of this questionnaire, in the chat of who has answered it."""
    return column(_button(request, response, alone=True)) if is_offered(request, response) else ()


def is_offered(request: Request, response: Response) -> bool:
    """Whether whoever is here may correct what is handed in."""
    return response.chat == request.chat and request.kiosk is None and response.correctable(request.now)


def _button(request: Request, response: Response, *, alone: bool) -> Button:
    what = shared_phone.name(request.services, response) if response.shared else spoken(response).questionnaire.title
    label = request.words.CORRECT if alone else question_cards.cut(request.words.correct(what))
    return Button(label, actions.correct_answers(response.id))
