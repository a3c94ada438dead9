"""Words that are no answer and no command: what is meant is said or asked, and the open card stands again below."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.request import Request
from bot.conversation.screens import Reply
from bot.participant import (
    answering,
    home,
    intents,
    language,
    library_contact,
    pending_questions,
    rights,
    thanks,
    typed_consent,
)
from bot.staff import staff_home
from bot.texts.intents import Intent
from bot.views import participant as views
from storage.answers import responses

_CHOICES = frozenset(
    one.name for one in (views.stop, views.erase, views.whose, views.later, views.never, views.drop_story)
)  # they ask, and only a button answers them
_ANSWERED = (
    *(views.question, views.meant, views.summary, views.invitation, views.name, views.whom, views.wish),
    *(views.tell, views.told, views.publish, views.edited_story),
)
_STAY = frozenset({*(one.name for one in _ANSWERED), *_CHOICES, *typed_consent.ASKING})


def typed(request: Request, text: str) -> Reply | None:
    """Words where none are expected: for what is asked or stands, or something else that is meant; None: neither."""
    if _name(request) in _CHOICES:
        return _at_choice(request, text)
    view, _ = pending_questions.first(request)
    if view.partition(":")[0] in typed_consent.ASKING:
        return at_consent(replace(request, view=view), text)
    intent = intents.read(text)
    return None if intent is None else answer(request, intent)


def unclear(request: Request) -> Reply:
    """Words that say nothing known: staff keep their card, others come to where they are."""
    note = library_contact.lost(request, request.words.NOT_UNDERSTOOD)
    if staff_home.is_member(request):
        return _here(request, note)
    return library_contact.with_call(request, home.home(request, note))


def not_text(request: Request) -> Reply:
    """A picture, a sticker, a recording: what can be read instead, and the card that was there."""
    return _here(request, _lost(request, request.words.NOT_TEXT))


def at_consent(request: Request, text: str, *_: object, **__: object) -> Reply:
    """Words at a question for consent: yes or no to be confirmed, or something else that is meant."""
    if typed_consent.closed(request):
        return home.home(request, request.words.LINK_EXPIRED)
    reply = typed_consent.read(request, text)
    if reply is not None:
        return reply
    intent = intents.read(text)
    return typed_consent.unclear(request) if intent is None else answer(request, intent)


def answer(request: Request, intent: Intent) -> Reply:
    """What is meant is done after one tap, or said."""
    words = request.words.talk
    match intent:
        case Intent.STOP:
            asked = rights.ask_stop(request)
            return asked.noted(words.STOP_MEANT)
        case Intent.HELP:
            return _help(request)
        case Intent.BACK:
            return _back(request)
        case Intent.LANGUAGE:
            return language.choose(request)
        case Intent.THANKS:
            return _here(request, words.WELCOME)
        case Intent.GREETING:
            return _here(request, words.HELLO)
        case Intent.QUESTION:
            return unclear(request) if staff_home.is_member(request) else _to_library(request)


def _at_choice(request: Request, text: str) -> Reply:
    """Words at a card that only a button answers: »ne« is »Prekliči«, anything else leaves the card."""
    intent = intents.read(text)
    if intents.agrees(text) is False:
        return home.home(request)
    return Reply.again(request.view, note=request.words.talk.BY_BUTTON) if intent is None else answer(request, intent)


def _lost(request: Request, words: str) -> str:
    """A sentence with how to turn to the library, also while it still asks for consent."""
    if _name(request) in typed_consent.ASKING:
        return library_contact.lost_at_link(request, words, typed_consent.enrolment(request.view))
    return library_contact.lost(request, words)


def _to_library(request: Request) -> Reply:
    """Nobody reads this: how to turn to the library, and »Pokličite me« where no card waits for an answer."""
    reply = _here(request, _lost(request, request.words.talk.NOBODY_READS))
    return reply if reply.redrawn else library_contact.with_call(request, reply)


def _here(request: Request, note: str) -> Reply:
    """The card that was there with a sentence above it; for others than staff what only says something leads home."""
    if _name(request) in _STAY or (request.view and staff_home.is_member(request)):
        return Reply.again(request.view, note=note)
    return home.home(request, note)


def _name(request: Request) -> str:
    return request.view.partition(":")[0]


def _help(request: Request) -> Reply:
    """Help, and below it the card that was there."""
    help_ = rights.show_help(request)
    below = _here(request, "")
    if staff_home.is_member(request) or below.view == views.home():
        return help_
    told = replace(help_.card, rows=pending_questions.without_home(help_.card.rows))
    return replace(below, extras=(told, *below.extras))


def _back(request: Request) -> Reply:
    """The question before this one; from anywhere else to what is open."""
    if not any(one.is_name_of(request.view) for one in (views.question, views.summary, views.own_change)):
        return home.home(request) if _name(request) in _CHOICES else _here(request, "")
    reply = _before(request)
    if reply is None or reply.view == request.view:
        return _here(request, request.words.talk.NOTHING_BEFORE)
    return reply


def _before(request: Request) -> Reply | None:
    """The card before this one."""
    question = views.question.arguments_of(request.view)
    if question is not None:
        return answering.back(request, *question[:2])
    summary, change = views.summary.arguments_of(request.view), views.own_change.arguments_of(request.view)
    if summary is not None:
        response = responses.load(request.connection, *summary)
        return None if response is None else answering.back(request, response.id, len(response.questionnaire.items))
    return None if change is None else thanks.again(request, *change)
