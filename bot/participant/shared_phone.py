"""»Za koga odgovarjate?«: several people in one chat, each with a name of their own choice, never mixed.

Where one person alone is asked in a chat nothing of this is seen, and nothing is read for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.actions import participant as actions
from bot.conversation.declared import ActionData
from bot.conversation.request import Request
from bot.conversation.screens import Button, Screen, column
from bot.runtime.services import Services
from bot.texts.participant import Participant
from storage import occasions, shared_phones
from storage.answers import responses
from storage.answers.responses import Response
from storage.occasions import Occasion
from storage.shared_phones import PersonOfChat
from storage.stories import Story
from surveys import engine
from surveys.languages import localised
from surveys.waiting import asked

Whose = Response | Occasion | Story


@dataclass(frozen=True, slots=True)
class OpenFor:
    """What somebody may answer now, what closes first first."""

    name: str
    occasions: list[Occasion]


def name(services: Services, one: Whose) -> str:
    """What the person of this run, occasion or story is called in the chat; their code, where nobody chose a name."""
    return one.code if one.label_sealed is None else services.keys.open_text(one.label_sealed)


def for_whom(services: Services, words: Participant, one: Whose) -> str:
    """The line above a card that says for whom it is; nothing where one person alone is asked."""
    return words.sharing.for_whom(name(services, one)) if one.shared else ""


def headed(services: Services, words: Participant, one: Whose, screen: Screen) -> Screen:
    """The screen with that line above it."""
    line = for_whom(services, words, one)
    return replace(screen, text=f"<i>{line}</i>\n\n{screen.text}") if line else screen


def everybody(request: Request) -> list[PersonOfChat]:
    """Who is or was asked in this chat."""
    return shared_phones.of_chat(request.connection, request.services.keys, request.chat)


def whose_link(request: Request, here: list[PersonOfChat], action: Callable[[int], ActionData]) -> list[Button]:
    """»Za koga je ta povezava?«: for somebody who is here, or for one more."""
    words = request.words.sharing
    known = (Button(one.label or words.FOR_ME, action(one.number)) for one in here)
    return [*known, Button(words.FOR_ANOTHER, action(0))]


def waiting(request: Request, due: list[Occasion]) -> list[OpenFor]:
    """Who of this chat may answer something now, given what is open in it."""
    found: dict[str, OpenFor] = {}
    for one in due:
        called = name(request.services, one)
        person = called if one.label_sealed is not None else ""
        found.setdefault(person, OpenFor(called, [])).occasions.append(one)
    return list(found.values())


def due(request: Request) -> list[Occasion]:
    """What is open in this chat, what closes first first."""
    return [one for one in occasions.open_of_chat(request.connection, request.chat) if one.closes_at > request.now]


def besides(request: Request, one: Response | Occasion) -> list[OpenFor]:
    """Which others of the chat may answer something now."""
    if not one.shared or one.chat != request.chat:
        return []
    called = name(request.services, one)
    return [other for other in waiting(request, due(request)) if other.name != called]


def with_switch(request: Request, one: Response | Occasion, screen: Screen) -> Screen:
    """The screen with »Druga oseba«, where somebody else of the chat may answer something now."""
    if not besides(request, one):
        return screen
    return replace(
        screen, rows=(*screen.rows, (Button(request.words.sharing.ANOTHER_PERSON, actions.answer_for_others()),))
    )


def chooser(request: Request, those: list[OpenFor]) -> Screen:
    """»Za koga odgovarjate?«."""
    return Screen(request.words.sharing.ask(lines(request, those)), column(*buttons(request, those)))


def lines(request: Request, those: list[OpenFor]) -> list[str]:
    """What each of them may answer, and how much of it is left."""
    return [_line(request, one.name, occasion) for one in those for occasion in one.occasions]


def buttons(request: Request, those: list[OpenFor]) -> list[Button]:
    """One button for each of them."""
    return [_button(request, one.name, one.occasions[0]) for one in those]


def _line(request: Request, called: str, occasion: Occasion) -> str:
    response = responses.of_occasion(request.connection, occasion.id)
    if response is not None:
        left = engine.progress(
            response.questionnaire, responses.answers(request.connection, request.services.keys, response.id)
        ).left
        title = localised(response.questionnaire, request.language).questionnaire.title
        return request.words.sharing.waiting(called, title, left, begun=True)
    programme = request.services.programmes[occasion.programme]
    wave = programme.wave(occasion.wave)
    if wave is None:
        raise LookupError(f"programme {programme.slug} has no wave {occasion.wave} any more")
    questionnaire = localised(asked(programme, wave, occasion.role), request.language).questionnaire
    left = engine.progress(questionnaire, {}).total
    return request.words.sharing.waiting(called, questionnaire.title, left, begun=False)


def _button(request: Request, called: str, occasion: Occasion) -> Button:
    begun = responses.of_occasion(request.connection, occasion.id) is not None
    label = request.words.sharing.go_on(called) if begun else request.words.sharing.begin(called)
    return Button(label, actions.begin_answering(occasion.id))
