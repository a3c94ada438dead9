"""»Ali je to vaš odgovor?«: words at a text question that may be meant otherwise stand sealed until that is said."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import participant as actions
from bot.conversation import permissions
from bot.conversation.request import Request, Sent
from bot.conversation.screens import Button, Reply, Screen, column
from bot.participant import answering, intents, pending_questions, replies, response_cards, small_talk
from bot.participant.localised import spoken
from bot.texts.common import safe
from bot.texts.intents import Intent
from bot.views import participant as views
from storage.answers import responses
from storage.answers.responses import Response
from surveys import engine
from surveys.model import Item, Kind, Mode


def at_question(request: Request, text: str, response_id: int, index: int, times: int = 0) -> Reply | None:
    """Words while a question is on the screen: an answer, something else that is meant, or to be asked about."""
    intent = intents.read(text)
    found = None if intent is None else _question(request, response_id, index)
    if intent is None or found is None or not _puzzles(request, *found, text):
        return answering.typed(request, text, response_id, index, times)
    response, item = found
    if item.kind is Kind.TEXT:
        return _ask(request, response, item, intent, text)
    if response.chat == request.chat:
        return small_talk.answer(request, intent)
    return answering.typed(request, text, response_id, index, times)


def typed(request: Request, text: str, response_id: int, index: int, revision: int) -> Reply | None:
    """Words at the card: yes, no, something else that is meant, or the answer itself."""
    agrees, intent = intents.agrees(text), intents.read(text)
    if agrees is not None:
        return (confirm if agrees else refuse)(request, response_id, index, revision)
    if intent is not None:
        return small_talk.answer(request, intent)
    return _instead(
        request, views.meant(response_id, index, revision), answering.typed(request, text, response_id, index)
    )


def said(request: Request, sent: Sent, response_id: int, index: int, revision: int) -> Reply | None:
    """A recording at the card is the answer itself."""
    return _instead(
        request, views.meant(response_id, index, revision), answering.said(request, sent, response_id, index)
    )


def confirm(request: Request, response_id: int, index: int, revision: int) -> Reply | None:
    """»Da, to je moj odgovor«."""
    view = views.meant(response_id, index, revision)
    words = _words(request, view)
    if words is None:
        return _where(request, response_id)
    return _instead(request, view, answering.typed(request, words, response_id, index))


def refuse(request: Request, response_id: int, index: int, revision: int) -> Reply | None:
    """»Ne, …«: what was meant is done or said, and the question stands again."""
    asked = views.meant(response_id, index, revision)
    words, found = _words(request, asked), _question(request, response_id, index)
    if words is None or found is None:
        return _where(request, response_id)
    view = views.question(response_id, index)
    intent = intents.read(words)

    def go_on(here: Request) -> Reply:
        if intent is None or found[0].chat != request.chat:
            return Reply.again(view)
        return small_talk.answer(replace(here, view=view), intent)

    return pending_questions.settled(request, asked, go_on)


def draw(request: Request, response_id: int, index: int, revision: int) -> Screen:
    """The card again."""
    words, found = _words(request, views.meant(response_id, index, revision)), _question(request, response_id, index)
    intent = None if words is None else intents.read(words)
    if words is None or found is None or intent is None:
        return response_cards.draw(request, response_id, index)
    return _card(request, *found, intent, words)


def _ask(request: Request, response: Response, item: Item, intent: Intent, text: str) -> Reply:
    view = views.meant(response.id, response.questionnaire.place(item), response.revision)
    card = _card(request, response, item, intent, text)
    return Reply(card, view, asked=pending_questions.ask(request, view), said=text)


def _card(request: Request, response: Response, item: Item, intent: Intent, words: str) -> Screen:
    texts = request.words.talk
    key = response.id, response.questionnaire.place(item), response.revision
    no = texts.IT_IS_NOT[intent] if response.chat == request.chat else texts.IT_IS_NOT[Intent.THANKS]
    rows = column(Button(texts.IT_IS, actions.confirm_words(*key)), Button(no, actions.refuse_words(*key)))
    text = f"<b>{safe(item.text)}</b>\n\n{texts.wrote(words)}\n\n{texts.IS_IT_THE_ANSWER}"
    return Screen(text, rows).noted(response_cards.for_whom(request, response))


def _question(request: Request, response_id: int, index: int) -> tuple[Response, Item] | None:
    """The response and the item, where whoever is here may answer it."""
    response = responses.load(request.connection, response_id)
    if (
        response is None
        or not response.at(request.now).open
        or not permissions.may_answer(request, response.programme, response.chat)
    ):
        return None
    response = spoken(response)
    return (response, response.questionnaire.items[index]) if index < len(response.questionnaire.items) else None


def _puzzles(request: Request, response: Response, item: Item, text: str) -> bool:
    """Whether words in which something else is meant are no plain answer. From paper they are copied as they stand."""
    if response.mode is Mode.PAPER:
        return False
    if item.kind is Kind.TEXT:
        return True
    answers = responses.answers(request.connection, request.services.keys, response.id)
    reply = replies.typed(request, response, item, text)
    return isinstance(engine.answer(response.questionnaire, answers, item.id, reply), engine.Invalid)


def _instead(request: Request, view: str, reply: Reply | None) -> Reply | None:
    """The reply to what is the answer; it is not asked any more whether the other words are."""
    return None if reply is None else pending_questions.settled(request, view, lambda _: reply)


def _where(request: Request, response_id: int) -> Reply | None:
    """A late tap: where one is in the response."""
    response = responses.load(request.connection, response_id)
    if response is None or not permissions.may_answer(request, response.programme, response.chat):
        return None
    return response_cards.where(request, response).toasted(request.words.WHERE_YOU_ARE)


def _words(request: Request, view: str) -> str | None:
    """What was typed, while it is asked about."""
    if request.said is None or not pending_questions.stands(request, view):
        return None
    return request.services.keys.open_text(request.said)
