"""The cards of a response as it stands: its open question, its summary, or why it is closed. Changes nothing."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import assistance
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.participant import corrections, question_audio, question_cards, shared_phone, thanks
from bot.participant.localised import spoken, untranslated
from bot.participant.replies import Answers
from bot.texts.participant import Participant
from bot.views import participant as views
from storage.answers import responses
from storage.answers.responses import Response
from storage.schema import OccasionState
from surveys import engine
from surveys.languages import SLOVENIAN
from surveys.model import Item


def where(request: Request, response: Response) -> Reply:
    """The open question of a response in the person's language, or why none is."""
    response = spoken(response)
    if not response.open:
        return closed(request, response)
    return next_card(request, response, answers_of(request, response))


def draw(request: Request, response_id: int, index: int, times: int = 0) -> Screen:
    """The card of a question again, after it was heard so often."""
    response = _loaded(request, response_id)
    if response is None or not response.open:
        return closed_screen(request.words, OccasionState.COMPLETE if response is None else response.state)
    answers = answers_of(request, response)
    item = response.questionnaire.items[index]
    if item not in engine.path(response.questionnaire, answers):
        return next_card(request, response, answers).card
    return _card(request, response, answers, item, times=times)


def draw_summary(request: Request, response_id: int) -> Screen:
    """The summary again."""
    response = _loaded(request, response_id)
    if response is None or not response.open:
        return closed_screen(request.words, OccasionState.COMPLETE if response is None else response.state)
    return _summary(request, response, answers_of(request, response))


def draw_closed(request: Request, state: OccasionState, response_id: int | None = None) -> Screen:
    """Why no more answers are taken, again."""
    response = None if response_id is None else _loaded(request, response_id)
    return closed_screen(request.words, state) if response is None else _closed_card(request, response)


def draw_thanks(request: Request, response_id: int) -> Screen:
    """The thanks again."""
    response = _loaded(request, response_id)
    return (
        closed_screen(request.words, OccasionState.COMPLETE)
        if response is None
        else thanks.reply(request, response).card
    )


def answers_of(request: Request, response: Response) -> Answers:
    """The answers of a response that hold."""
    return responses.answers(request.connection, request.services.keys, response.id)


def next_card(request: Request, response: Response, answers: Answers, note: str = "") -> Reply:
    """The open question, or the summary when none is open."""
    item = engine.current(response.questionnaire, answers)
    if item is not None:
        return show_item(request, response, answers, item, note)
    return Reply(_summary(request, response, answers, note), views.summary(response.id))


def show_item(request: Request, response: Response, answers: Answers, item: Item, note: str = "") -> Reply:
    """The card of an item, with a sentence above it."""
    card = _card(request, response, answers, item, note)
    return Reply(card, views.question(response.id, response.questionnaire.place(item)))


def left_above(request: Request, response: Response, answers: Answers, item: Item) -> Screen | None:
    """What the card of an item says from now on, where it stays above the next one and was on the screen."""
    shown = views.question.arguments_of(request.view) if request.typed or request.aloud else None
    if shown is None or shown[:2] != (response.id, response.questionnaire.place(item)):
        return None
    return question_cards.answered(request.words, response.questionnaire, answers, item, for_whom(request, response))


def closed(request: Request, response: Response) -> Reply:
    """Why no more answers are taken; after a second tap on »Oddaj odgovore« the thanks stay."""
    if request.view == views.thanks(response.id):
        return thanks.reply(request, response)
    return Reply(_closed_card(request, response), views.closed(response.state, response.id))


def closed_screen(words: Participant, state: OccasionState) -> Screen:
    """Why no more answers are taken."""
    return Screen(words.ALREADY_FINISHED if state is OccasionState.COMPLETE else words.CLOSED)


def _closed_card(request: Request, response: Response) -> Screen:
    return replace(closed_screen(request.words, response.state), rows=corrections.of_run(request, response))


def _summary(request: Request, response: Response, answers: Answers, note: str = "") -> Screen:
    note = for_whom(request, response, note)
    card = question_cards.summary(request.words, response.questionnaire, answers, response.id, response.revision, note)
    return _with_ways_out(request, response, card)


def _card(request: Request, response: Response, answers: Answers, item: Item, note: str = "", times: int = 0) -> Screen:
    told = [for_whom(request, response, note), request.words.UNTRANSLATED if untranslated(response, item.id) else ""]
    above = "\n".join(filter(None, told))
    card = question_cards.question(
        request.words, response.questionnaire, answers, item, response.id, response.revision, above, aloud=request.aloud
    )
    if told[-1]:
        card = replace(card, language=SLOVENIAN)
    return _with_ways_out(request, response, question_audio.offered(request, response, item, card, times))


def _with_ways_out(request: Request, response: Response, card: Screen) -> Screen:
    """To another person of the same chat; in a kiosk one leaves the place to the next."""
    if request.kiosk is None:
        return shared_phone.with_switch(request, response, card)
    return replace(
        card, rows=(*card.rows, *column(Button(request.words.KIOSK_LEAVE, assistance.leave_kiosk(response.id))))
    )


def for_whom(request: Request, response: Response, note: str = "") -> str:
    """The note below what says for whom the card is: always to a librarian, and to people who share a chat."""
    if request.kiosk is not None:
        whom = request.words.IN_KIOSK  # others may look on
    elif response.chat == request.chat:
        whom = shared_phone.for_whom(request.services, request.words, response)
    else:
        whom = request.words.answering_for(response.code)
    return "\n".join(filter(None, (whom, note)))


def _loaded(request: Request, response_id: int) -> Response | None:
    response = responses.load(request.connection, response_id)
    return None if response is None else spoken(response).at(request.now)
