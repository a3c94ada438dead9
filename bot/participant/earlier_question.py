"""Words that belong to the question before the one on the screen: sent before this was shown, or edited since.

Said again they change nothing, more words go on with a text, and of two answers the person says which one holds
(docs/decisions/words-before-the-card.md).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.conversation.request import Request, Sent, receive
from bot.conversation.screens import Reply
from bot.participant import answering, question_cards, replies
from bot.participant.replies import Answers
from bot.participant.response_cards import answers_of, show_item
from bot.texts.recording import spoken as spoken_words
from storage.answers import voice_answers
from storage.answers.responses import Response
from surveys import engine
from surveys.model import Item, Kind


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question that was on the screen before."""

    response: Response
    answers: Answers
    item: Item


def typed(request: Request, text: str, response_id: int, index: int, times: int = 0) -> Reply | None:  # noqa: ARG001
    """Words that were written while a question was on the screen; None where they say nothing to it."""
    asked = _asked(request, response_id, index)
    if asked is None:
        return None
    response, answers, item = asked.response, asked.answers, asked.item
    if engine.is_open(answers.get(item.id)):
        return answering.take_reply(
            request, response, answers, item, replies.typed(request, response, item, text), told=True
        )
    if answers[item.id].text is not None:
        return _typed_more(request, asked, text)
    match engine.answer(response.questionnaire, answers, item.id, replies.typed(request, response, item, text)):
        case engine.Accepted(changes):
            held, said = (question_cards.brief(request.words, item, one[item.id]) for one in (answers, changes))
            return show_item(request, response, answers, item, request.words.writing.which(held, said))
        case engine.Stale():
            return _already(request, asked)
        case _:
            return None


def said(request: Request, sent: Sent, response_id: int, index: int, times: int = 0) -> Reply | None:
    """A recording that was made while a question was on the screen; None where it says nothing to it."""
    asked = _asked(request, response_id, index)
    if asked is None or asked.item.kind is not Kind.TEXT or sent.kind != "voice":
        return None
    response, answers, item = asked.response, asked.answers, asked.item
    held = answers.get(item.id)
    if held is None or held.text is None:
        return answering.said(request, sent, response_id, index, times)
    if sent.too_long:
        return _again(request, request.words.VOICE_TOO_LONG)
    if voice_answers.of_answer(request.connection, response.id, item.id):
        return show_item(request, response, answers, item, request.words.writing.ONE_RECORDING)
    match engine.answer(response.questionnaire, answers, item.id, engine.Added(spoken_words(sent.seconds))):
        case engine.Accepted(changes):
            answering.store(request, response, answers, changes)
            voice_answers.answered(request.connection, response.id, item.id, receive(request, sent))
            note = request.words.writing.added(question_cards.brief(request.words, item, changes[item.id]))
            return replace(_again(request, note), due=True)
        case _:
            return None


def corrected(request: Request, text: str, response_id: int, index: int, times: int = 0) -> Reply | None:  # noqa: ARG001
    """The message that answered a question was edited: so is its answer, unless it is a text."""
    asked = _asked(request, response_id, index)
    if asked is None:
        return None
    response, answers, item = asked.response, asked.answers, asked.item
    if item.kind is Kind.TEXT:
        return show_item(request, response, answers, item, request.words.writing.EDITED_TEXT)
    match engine.answer(response.questionnaire, answers, item.id, replies.typed(request, response, item, text)):
        case engine.Accepted(changes):
            answering.store(request, response, answers, changes)
            answer = question_cards.brief(request.words, item, changes[item.id])
            return _again(request, request.words.writing.corrected(item.text, answer))
        case engine.Stale():
            return _already(request, asked)
        case engine.Invalid(problem, wrong, meant):
            return show_item(request, response, answers, item, request.words.problem(problem, wrong, meant))
        case engine.Finished():
            return None


def _typed_more(request: Request, asked: _Asked, text: str) -> Reply | None:
    """More words to a text that is answered already."""
    response, answers, item = asked.response, asked.answers, asked.item
    match engine.answer(response.questionnaire, answers, item.id, engine.Added(text)):
        case engine.Accepted(changes):
            answering.store(request, response, answers, changes, same_voice=True)
            added = question_cards.brief(request.words, item, changes[item.id])
            return _again(request, request.words.writing.added(added))
        case engine.Stale():
            return _already(request, asked)
        case engine.Invalid(problem, wrong):  # and what goes on with it is not joined to what stands before
            return replace(_again(request, request.words.problem(problem, wrong)), unread=True)
        case _:
            return None


def _asked(request: Request, response_id: int, index: int) -> _Asked | None:
    """The question; None where its run takes no answers, or none of whoever is here."""
    response = answering.response_here(request, response_id)
    if response is None or not response.open:
        return None
    answers, item = answers_of(request, response), response.questionnaire.items[index]
    return _Asked(response, answers, item) if item in engine.path(response.questionnaire, answers) else None


def _already(request: Request, asked: _Asked) -> Reply:
    """The same words again."""
    held = question_cards.brief(request.words, asked.item, asked.answers.get(asked.item.id))
    return _again(request, request.words.writing.already(held))


def _again(request: Request, note: str) -> Reply:
    return Reply.again(request.view, note=note)
