"""What is taken in a chat that is a kiosk: what the person at the device taps and types, and never a command.

`bot.routing.dispatch` asks it where a chat is a kiosk, and nowhere else; the questions are those of everybody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.actions import assistance as actions
from bot.actions import participant
from bot.conversation.declared import SEPARATOR
from bot.conversation.request import Request, Sent
from bot.conversation.routes import by_name, sent, typed
from bot.conversation.screens import Reply
from bot.librarian import kiosk, kiosk_consent, person
from bot.participant import answer_check, answering, earlier_question
from bot.routing.routes import take
from bot.texts import kiosk as texts
from bot.views import assistance
from bot.views import participant as views
from storage import codes
from surveys.signs import four_digits

_OF_RESPONSE = frozenset(
    action.name
    for action in (
        participant.answer_question,
        participant.question_before,
        participant.question_after,
        participant.change_answer,
        participant.hand_in,
        participant.hear_question,
        participant.confirm_words,
        participant.refuse_words,
        actions.leave_kiosk,
    )
)
"""Buttons whose first argument is a response: allowed for the one that is on the screen."""

_OF_CONSENT = frozenset(
    action.name
    for action in (
        actions.consent_in_kiosk,
        actions.decline_in_kiosk,
        actions.speak_in_kiosk,
        actions.hear_in_kiosk,
        actions.leave_kiosk_consent,
    )
)
"""Buttons whose first argument is an enrolment: allowed for the one that is asked for consent on the screen."""

_OPEN = frozenset({views.question.name, views.summary.name, views.meant.name})
"""Cards of somebody who is answering."""

_TYPED = by_name((
    typed(views.question, answer_check.at_question),
    typed(views.meant, answer_check.typed),
    typed(views.summary, answering.typed_at_summary),
))  # fmt: skip
"""What takes words at such a card; all other words are a code."""

_SENT = by_name((sent(views.question, answering.said), sent(views.meant, answer_check.said)))
"""What takes a recording."""

_EARLIER = by_name((typed(views.question, earlier_question.typed),))
_EARLIER_SENT = by_name((sent(views.question, earlier_question.said),))


def tapped(request: Request, action: str, do: Callable[[Request, str], Reply]) -> Reply:
    """A tap: `do` what is allowed, of the person who is there."""
    name, _, written = action.partition(SEPARATOR)
    of = written.partition(SEPARATOR)[0]
    asked = kiosk_consent.asked(request)
    if name in _OF_CONSENT and asked is not None and of == str(asked.id):
        return do(request, action)
    if name in _OF_RESPONSE and of and of == _response(request.view):
        return _of_same_person(request, do(request, action))
    return Reply.again(request.view).toasted(request.words.OLD_BUTTON)


def written(request: Request, text: str, file: Sent | None) -> Reply:
    """A message: the number that ends the kiosk, an answer or a code.

    It is taken off the screen, so that the card is edited in place.
    """
    request = replace(request, typed=False)
    name = request.view.partition(SEPARATOR)[0]
    if request.edited:
        return Reply.again(request.view)
    if request.early and (early := _early(request, text, file)) is not None:
        return early
    if file is not None and (reply := take(_SENT, request, request.view, file)) is not None:
        return _of_same_person(request, reply)
    number = text if name in _TYPED else four_digits(text) or text  # »34 56« may be an answer where one is asked for
    if (ended := kiosk.end_typed(request, number)) is not None:
        return ended
    if not text and name in _SENT:
        return Reply.again(request.view, note=request.words.NOT_TEXT)
    if text.startswith("/") or not text:
        return Reply.again(request.view)
    if _is_code(request, text):
        return kiosk.open_typed(request, text)  # whoever was here before has left without a word
    if assistance.kiosk_consent.is_name_of(request.view):
        return Reply.again(request.view, note=request.words.talk.BY_BUTTON)
    if name not in _TYPED:
        return kiosk.open_typed(request, text)
    return _of_same_person(request, take(_TYPED, request, request.view, text))


def leaving(view: str) -> str:
    """The action by which the person on the card of a view leaves; "" where nobody is there."""
    if response := _response(view):
        return actions.leave_kiosk(int(response))
    asked = assistance.kiosk_consent.arguments_of(view)
    return "" if asked is None else actions.leave_kiosk_consent(asked[0])


def _early(request: Request, text: str, file: Sent | None) -> Reply | None:
    """What was sent before the question was on the screen is for the one before it, of the same person, or for none."""
    for_all = text == str(request.kiosk) or text.startswith("/") or _is_code(request, text)
    if not _response(request.view) or for_all:
        return None
    reply = None
    if _response(request.earlier) == _response(request.view):
        routes = _EARLIER if file is None else _EARLIER_SENT
        reply = take(routes, request, request.earlier, text if file is None else file)
    if reply is None:
        return Reply.again(request.view, note=request.words.writing.TOO_EARLY)
    return _of_same_person(request, reply)


def _is_code(request: Request, text: str) -> bool:
    """Whether words are a code, and not an answer that could be one: »jaz berem« begins like none of this library."""
    code = codes.read_code(text)
    return code is not None and (code in text or code.partition("-")[0] in person.libraries(request))


def _of_same_person(request: Request, reply: Reply | None) -> Reply:
    """What the questionnaire gives, where it is still that of the same person; else the question for a code."""
    name, response = "" if reply is None else reply.view.partition(SEPARATOR)[0], _response(request.view)
    if reply is not None and (name == assistance.kiosk.name or (name in _OPEN and _response(reply.view) == response)):
        return reply
    if name == views.thanks.name:
        return kiosk.thanks(request, int(response))
    if assistance.kiosk_thanks.is_name_of(request.view):
        return Reply.again(request.view)
    return kiosk.ask(request, texts.HANDED_IN if name == views.closed.name else texts.CALL_STAFF)


def _response(view: str) -> str:
    """The response of a card; "" where it has none."""
    name, _, argument = view.partition(SEPARATOR)
    return argument.partition(SEPARATOR)[0] if name in {*_OPEN, assistance.kiosk_thanks.name} else ""
