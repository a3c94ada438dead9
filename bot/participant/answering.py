"""Answering: one write unit loads the response, asks the engine, stores, and draws the next card."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from bot.conversation import permissions
from bot.conversation.request import Request, Sent, receive
from bot.conversation.screens import Reply
from bot.participant import (
    corrections,
    intents,
    library_contact,
    question_cards,
    replies,
    response_modes,
    thanks,
)
from bot.participant.localised import spoken
from bot.participant.replies import Answers, Way
from bot.participant.response_cards import answers_of, closed, closed_screen, left_above, next_card, show_item
from bot.texts.recording import spoken as spoken_words
from bot.views import participant as views
from storage import audit, occasions, waiting_list
from storage.answers import responses, voice_answers
from storage.answers.definitions import store_version
from storage.answers.responses import Response
from storage.occasions import Occasion
from storage.schema import OccasionState
from surveys import engine
from surveys.model import Item, Kind
from surveys.reading import Problem
from surveys.waiting import asked


@dataclass(frozen=True, slots=True)
class Opened:
    """A response that takes answers from whoever is here, and those that hold."""

    response: Response
    answers: Answers


def begin(request: Request, occasion_id: int) -> Reply | None:
    """»Začni« or »Nadaljuj« of an invitation; None where this chat has no such occasion."""
    occasion = occasions.load(request.connection, occasion_id)
    if occasion is None or not permissions.may_answer(request, occasion.programme, occasion.chat):
        return None
    if occasion.state is not OccasionState.OPEN:
        return Reply(closed_screen(request.words, occasion.state), views.closed(occasion.state))
    return open_question(request, occasion)


def open_question(request: Request, occasion: Occasion, note: str = "") -> Reply:
    """The open question of an occasion, beginning its run where it has not begun."""
    response = spoken(responses.of_occasion(request.connection, occasion.id) or _begin(request, occasion))
    return next_card(request, response, answers_of(request, response), note)


def tap(request: Request, response_id: int, index: int, revision: int, key: str) -> Reply | None:
    """A tap on a card. A card of an earlier revision changes nothing and shows the open question."""
    found = opened(request, response_id)
    if not isinstance(found, Opened):
        return found
    response, answers = found.response, found.answers
    said = replies.tapped(response.questionnaire, response.revision, index, revision, key)
    if said is None:
        return next_card(request, response, answers).toasted(_too_late(request, response, answers, index))
    return take_reply(request, response, answers, *said)


def typed(request: Request, text: str, response_id: int, index: int, times: int = 0) -> Reply | None:  # noqa: ARG001
    """A message while a question is on the screen."""
    found = opened(request, response_id)
    if not isinstance(found, Opened):
        return found
    item = found.response.questionnaire.items[index]
    return take_reply(
        request, found.response, found.answers, item, replies.typed(request, found.response, item, text), told=True
    )


def said(request: Request, sent: Sent, response_id: int, index: int, times: int = 0) -> Reply | None:  # noqa: ARG001
    """A recording while a question is on the screen; None where it asks for no words."""
    response = response_here(request, response_id)
    if response is None or sent.kind != "voice" or response.questionnaire.items[index].kind is not Kind.TEXT:
        return None
    if not response.open:
        return closed(request, response)
    answers, item = answers_of(request, response), response.questionnaire.items[index]
    if item not in engine.path(response.questionnaire, answers):
        return next_card(request, response, answers, request.words.writing.MOVED_ON)
    if sent.too_long:
        return show_item(request, response, answers, item, request.words.VOICE_TOO_LONG)
    reply = take_reply(request, response, answers, item, engine.Typed(spoken_words(sent.seconds)), told=True)
    voice_answers.answered(request.connection, response.id, item.id, receive(request, sent))
    return replace(reply, due=True)


def typed_at_summary(request: Request, text: str, response_id: int) -> Reply | None:
    """A message where only buttons help: the summary again, below it; who says yes to it is told which one."""
    found = opened(request, response_id)
    if intents.agrees(text) or intents.same(text, request.words.HAND_IN):
        if not isinstance(found, Opened):
            return found
        return next_card(request, found.response, found.answers, request.words.writing.HAND_IN_BY_BUTTON)
    if isinstance(found, Opened):
        note = library_contact.lost(request, request.words.NOT_UNDERSTOOD)
        found = next_card(request, found.response, found.answers, note)
    return None if found is None else library_contact.with_call(request, found)


def back(request: Request, response_id: int, index: int) -> Reply | None:
    """»‹ Nazaj«: the question before, with its answer."""
    return _turn_page(request, response_id, index, engine.back)


def forward(request: Request, response_id: int, index: int) -> Reply | None:
    """»Naprej ›« on an answered question."""
    return _turn_page(request, response_id, index, engine.forward)


def change(request: Request, response_id: int, index: int) -> Reply | None:
    """An answer of the summary was tapped: its question, to answer it anew."""
    return _turn_page(request, response_id, index, engine.reached)


def hand_in(request: Request, response_id: int, revision: int) -> Reply | None:
    """»Oddaj odgovore«: the response is finished, once."""
    found = opened(request, response_id)
    if not isinstance(found, Opened):
        return found
    response, answers = found.response, found.answers
    if revision != response.revision or engine.current(response.questionnaire, answers) is not None:
        return next_card(request, response, answers).toasted(request.words.WHERE_YOU_ARE)
    return thanks.reply(request, complete(request, response_modes.taken_over(request, response), answers))


def reopen(request: Request, response_id: int) -> Reply | None:
    """»Popravi odgovore«: what is handed in stays so, and each answer may be given anew until the occasion closes."""
    response = response_here(request, response_id)
    if response is None or not (response.open or corrections.is_offered(request, response)):
        return None if response is None else closed(request, response)
    if not response.open:
        responses.reopen(request.connection, response.id, request.now)
        audit.record(
            request.connection, response_modes.actor(request, response), "run.reopen", response.code, request.now
        )
        response = replace(response, reopened_at=request.now)
    return next_card(request, response, answers_of(request, response), request.words.CORRECTING)


def complete(request: Request, response: Response, answers: Answers) -> Response:
    """Store what finishing adds, and end the occasion; what was corrected stays handed in as of then."""
    added = engine.close(response.questionnaire, answers)
    if added:
        responses.store(
            request.connection,
            request.services.keys,
            response.id,
            added,
            response_modes.actor(request, response),
            response_modes.moment(request, response),
        )
    if response.reopened_at is not None:
        responses.reopen(request.connection, response.id, None)
        return replace(response, reopened_at=None)
    responses.finish(request.connection, response.id, response_modes.moment(request, response))
    occasions.settle(request.connection, response.occasion, OccasionState.COMPLETE, request.now)
    waiting_list.follow(
        request.connection,
        request.services.programmes[response.programme],
        response.enrolment,
        request.services.policy,
        request.now,
    )
    return replace(response, finished_at=request.now, state=OccasionState.COMPLETE)


def opened(request: Request, response_id: int) -> Opened | Reply | None:
    """A response that takes answers, else why it takes none; None where it is not for whoever is here."""
    response = response_here(request, response_id)
    if response is None:
        return None
    return Opened(response, answers_of(request, response)) if response.open else closed(request, response)


def take_reply(
    request: Request, response: Response, answers: Answers, item: Item, reply: engine.Reply, *, told: bool = False
) -> Reply:
    """Store what a reply says to an item and go on, or say why it cannot be taken.

    `told`: the next card says what was stored, since it is not on a button.
    """
    match engine.answer(response.questionnaire, answers, item.id, reply, finished=not response.open):
        case engine.Accepted(changes):
            revision = store(request, response, answers, changes)
            now_holds, moved = {**answers, **changes}, replace(response, revision=revision)
            left = left_above(request, moved, now_holds, item)
            if now_holds[item.id].draft:
                return replace(show_item(request, moved, now_holds, item), left=left)
            note = question_cards.saved(request.words, item, now_holds[item.id]) if told else ""
            return replace(next_card(request, moved, now_holds, note), left=left, toast=request.words.SAVED)
        case engine.Invalid(problem, wrong, meant):
            note = request.words.problem(problem, wrong, meant)
            invalid = show_item(request, response, answers, wrong, note).toasted(note)
            return replace(
                invalid, unread=problem is Problem.TOO_LONG
            )  # its last words may come as a message of their own
        case engine.Stale() if told and engine.reached(response.questionnaire, answers, item.id) == item:
            note = question_cards.saved(request.words, item, answers[item.id])  # the same again
            return next_card(request, response, answers, note).toasted(request.words.SAVED)
        case engine.Stale() | engine.Finished():
            note = request.words.writing.MOVED_ON if request.typed else ""  # nobody sees a toast after words
            return next_card(request, response, answers, note).toasted(request.words.WHERE_YOU_ARE)
        case outcome:
            assert_never(outcome)


def store(request: Request, response: Response, answers: Answers, changes: Answers, *, same_voice: bool = False) -> int:
    """Store changes of a response whose answers were just read; its new revision."""
    response = response_modes.taken_over(request, response)
    return responses.store(
        request.connection,
        request.services.keys,
        response.id,
        changes,
        response_modes.actor(request, response),
        response_modes.moment(request, response),
        held=answers,
        same_voice=same_voice,
    )


def _too_late(request: Request, response: Response, answers: Answers, index: int) -> str:
    """What a tap on an earlier card is told, which changes nothing: that another answer holds, where one does."""
    items, now_open = response.questionnaire.items, engine.current(response.questionnaire, answers)
    if index >= len(items) or items[index] == now_open or items[index].id not in answers:
        return request.words.WHERE_YOU_ARE
    return request.words.ANSWERED_AT_SUMMARY if now_open is None else request.words.ANSWERED_BEFORE


def _turn_page(request: Request, response_id: int, index: int, way: Way) -> Reply | None:
    found = opened(request, response_id)
    if not isinstance(found, Opened):
        return found
    response, answers = found.response, found.answers
    item = replies.led(response.questionnaire, answers, index, way)
    return next_card(request, response, answers) if item is None else show_item(request, response, answers, item)


def _begin(request: Request, occasion: Occasion) -> Response:
    programme = request.services.programmes[occasion.programme]
    wave = programme.wave(occasion.wave)
    if wave is None:
        raise LookupError(f"programme {programme.slug} has no wave {occasion.wave} any more")
    version = store_version(request.connection, asked(programme, wave, occasion.role), programme, request.now)
    mode = response_modes.mode(request, occasion)
    return responses.begin(request.connection, occasion.id, version, mode, request.now, request.channel)


def response_here(request: Request, response_id: int) -> Response | None:
    """The response, if whoever is here may answer it."""
    response = responses.lock(request.connection, response_id)
    if response is None or not permissions.may_answer(request, response.programme, response.chat):
        return None
    return spoken(response).at(request.now)
