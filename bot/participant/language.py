"""/jezik: in which language one is asked, and whether a screen reader reads the chat. No place is lost by it."""

from __future__ import annotations

from bot.actions import participant as actions
from bot.conversation.declared import ForgedError, Rest
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.participant import pending_questions
from bot.views import participant as views
from storage import participants
from storage.participants import Enrolment
from surveys.languages import NAMES, SLOVENIAN
from surveys.model import Programme


def choose(request: Request) -> Reply:
    """/jezik: the card of choice stands over the one that was there, and gives it back."""
    before = Rest(_over(request) if views.language.is_name_of(request.view) else request.view)
    return Reply(draw(request, before), views.language(before))


def speak(request: Request, language: str) -> Reply:
    """A language was chosen: for the chat, and for all who answer in it."""
    if language not in NAMES:
        raise ForgedError(language)
    for enrolment in participants.of_chat(request.connection, request.chat):
        participants.set_language(request.connection, enrolment, language, request.now, f"participant:{enrolment.code}")
    return Reply.again(_before(request), language=language)


def read_aloud(request: Request, on: bool) -> Reply:  # noqa: FBT001 - a value of a button
    """»Telefon mi bere na glas«: each card is a message of its own from now on, or is edited in place again.

    What was on the screen before comes again by itself.
    """
    note = request.words.ALOUD_ON if on else request.words.ALOUD_OFF
    return Reply.again(_before(request), note=note, aloud=on)


def back(request: Request) -> Reply:
    """»‹ Nazaj«: what was on the screen."""
    return Reply.again(_before(request))


def draw(request: Request, before: Rest) -> Screen:  # noqa: ARG001 - the view that it gives back
    """The choice."""
    offered = offers(request)
    buttons = (
        [Button(_named(request, one), actions.read_in_language(one)) for one in offered] if len(offered) > 1 else []
    )
    label = request.words.EDIT_IN_PLACE if request.aloud else request.words.READ_ALOUD
    switch = Button(label, actions.read_chat_aloud(not request.aloud))
    text = request.words.choose_language(NAMES[request.language], several=len(offered) > 1, aloud=request.aloud)
    return Screen(text, column(*buttons, switch, Button(request.words.BACK, actions.back_from_language())))


def offers(request: Request) -> tuple[str, ...]:
    """The languages in which something may be asked in this chat, also by a link that waits; Slovenian always."""
    linked = (participants.of_enrolment(request.connection, one) for one in pending_questions.links(request))
    enrolments = [*participants.of_chat(request.connection, request.chat), *(one for one in linked if one is not None)]
    offered = {language for enrolment in enrolments for language in _programme(request, enrolment).languages}
    return tuple(language for language in NAMES if language in offered | {SLOVENIAN})


def _programme(request: Request, enrolment: Enrolment) -> Programme:
    return request.services.programmes[enrolment.programme]


def _named(request: Request, language: str) -> str:
    name = NAMES[language]
    return f"{request.words.CHOSEN} {name}" if language == request.language else name


def _before(request: Request) -> str:
    """The view that was on the screen before /jezik."""
    return _over(request) or views.home()


def _over(request: Request) -> str:
    """The view over which the choice stands; "" where it stands over none."""
    found = views.language.arguments_of(request.view)
    return "" if found is None else str(found[0])
