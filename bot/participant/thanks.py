"""After handing in: thanks, when the next questionnaire comes, how to correct something, and what one may do now."""

from __future__ import annotations

from datetime import datetime

from bot.actions import assistance
from bot.actions import staff as staff_actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.participant import corrections, mail_reminders, own_answers, own_change, shared_phone, stories
from bot.participant.localised import spoken
from bot.texts import staff
from bot.views import participant as views
from storage import occasions
from storage.answers import responses
from storage.answers.responses import Response
from storage.schema import OccasionState


def reply(request: Request, response: Response) -> Reply:
    """The thanks of a response that is handed in; to staff, that it is saved."""
    return Reply(
        _assisted(response) if response.chat != request.chat else _own(request, response), views.thanks(response.id)
    )


def again(request: Request, response_id: int) -> Reply | None:
    """Back from »Na začetku in zdaj«."""
    response = responses.load(request.connection, response_id)
    return (
        reply(request, spoken(response).at(request.now))
        if response is not None and response.chat == request.chat
        else None
    )


def _assisted(response: Response) -> Screen:
    rows = column(
        Button(staff.NEXT_PERSON, assistance.choose_whom_to_assist()), Button(staff.DESK, staff_actions.show_desk())
    )
    return Screen(staff.assisted_thanks(response.code), rows)


def _own(request: Request, response: Response) -> Screen:
    words = request.words
    invitation, others = stories.invitation(request, response), shared_phone.besides(request, response)
    told = (
        words.thanks(response.questionnaire.thanks),
        _next(request, response),
        words.correctable(_day(request, response.closes_at)) if corrections.is_offered(request, response) else "",
        words.stories.INVITED if invitation else "",
        words.sharing.answer_next(shared_phone.lines(request, others)) if others else "",
    )
    own = own_change.button(request, response)
    mail, shared = mail_reminders.offer(request), shared_phone.buttons(request, others)
    rows = column(*filter(None, (invitation, own, *shared, own_answers.answers(request), mail)))
    screen = Screen("\n\n".join(part for part in told if part), (*rows, *corrections.of_run(request, response)))
    return shared_phone.headed(request.services, words, response, screen)


def _next(request: Request, response: Response) -> str:
    """When this person is asked next in the same group; nothing where that is now."""
    waiting = [one for one in occasions.waiting(request.connection, response.enrolment) if one.id != response.occasion]
    if not waiting and response.waits:
        return request.words.waiting.LAST
    if not waiting:
        return request.words.LAST_QUESTIONNAIRE
    if waiting[0].state is OccasionState.OPEN:
        return ""
    return mail_reminders.next_questionnaire(request, waiting[0].opens_at)


def _day(request: Request, moment: datetime) -> str:
    return request.words.day(moment, request.services.policy.zone)
