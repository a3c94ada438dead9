"""»🔊 Poslušaj«: a question is heard; the card stays the lowest message, and nothing of the answers changes."""

from __future__ import annotations

from bot.conversation import permissions
from bot.conversation.request import Request
from bot.conversation.screens import Reply, Screen, Voice
from bot.participant import question_audio, response_cards
from bot.participant.localised import spoken
from bot.views import participant as views
from storage import recordings
from storage.answers import responses
from storage.answers.responses import Response


def listen(request: Request, response_id: int, index: int, times: int) -> Reply | None:
    """The recording, and the card below it.

    A tap that is repeated finds another count of times in the view, and sends nothing.
    """
    found = responses.load(request.connection, response_id)
    response = None if found is None else spoken(found).at(request.now)
    if (
        response is None
        or index >= len(response.questionnaire.items)
        or not permissions.may_answer(request, response.programme, response.chat)
    ):
        return None
    here = request.view == views.question(response_id, index, times)
    voice = _voice(request, response, index) if here and response.open else None
    if voice is None:
        return response_cards.where(request, response).toasted(request.words.WHERE_YOU_ARE)
    heard = response_id, index, times + 1
    return Reply(response_cards.draw(request, *heard), views.question(*heard), extras=(voice,))


def _voice(request: Request, response: Response, enrolment: int) -> Screen | None:
    """What is heard; None where nobody recorded just these words."""
    words = question_audio.key(response.questionnaire.items[enrolment])
    found = recordings.find(request.connection, request.services.keys, response.programme, response.language, words)
    return None if found is None else Screen("", media=Voice(found.attachment, found.file, found.seconds))
