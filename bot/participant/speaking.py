"""/jezik: in which language one is asked, and whether a screen reader reads the chat. No place is lost by it."""

from __future__ import annotations

from bot.screens import Button, Reply, Screen, column
from bot.visit import ForgedError, Visit
from storage import participants
from storage.participants import Place
from surveys.languages import NAMES, SLOVENIAN
from surveys.model import Programme


def choose(visit: Visit, _rest: str = "") -> Reply:
    """/jezik: the card of choice stands over the one that was there, and gives it back."""
    name, _, argument = visit.view.partition(":")
    before = argument if name == "language" else visit.view
    return Reply(draw(visit, before), f"language:{before}", fresh=visit.typed)


def speak(visit: Visit, language: str) -> Reply:
    """A language was chosen: for the chat, and for all who answer in it."""
    if language not in NAMES:
        raise ForgedError(language)
    for place in participants.of_chat(visit.connection, visit.chat):
        participants.set_language(visit.connection, place, language, visit.now, f"participant:{place.code}")
    return Reply.again(_before(visit), language=language)


def read_aloud(visit: Visit, on: str) -> Reply:
    """»Berem na glas«: each card is a message of its own from now on, or is edited in place again."""
    return Reply.again(visit.view if _asks(visit) else _HOME, aloud=on == "1")


def back(visit: Visit) -> Reply:
    """»‹ Nazaj«: what was on the screen."""
    return Reply.again(_before(visit))


def draw(visit: Visit, _before: str) -> Screen:
    """The card of `language:VIEW`, where VIEW is what was on the screen."""
    offered = offers(visit)
    buttons = [Button(_named(visit, one), f"jz:{one}") for one in offered] if len(offered) > 1 else []
    switch = Button(visit.words.EDIT_IN_PLACE, "jzg:0") if visit.aloud else Button(visit.words.READ_ALOUD, "jzg:1")
    text = visit.words.choose_language(NAMES[visit.language], several=len(offered) > 1, aloud=visit.aloud)
    return Screen(text, column(*buttons, switch, Button(visit.words.BACK, "jzb")))


def offers(visit: Visit) -> tuple[str, ...]:
    """The languages in which something may be asked in this chat; Slovenian always."""
    places = participants.of_chat(visit.connection, visit.chat)
    offered = {language for place in places for language in _programme(visit, place).languages}
    return tuple(language for language in NAMES if language in offered | {SLOVENIAN})


_HOME = "home:"


def _programme(visit: Visit, place: Place) -> Programme:
    return visit.house.programmes[place.programme]


def _named(visit: Visit, language: str) -> str:
    name = NAMES[language]
    return f"{visit.words.CHOSEN} {name}" if language == visit.language else name


def _asks(visit: Visit) -> bool:
    return visit.view.partition(":")[0] == "language"


def _before(visit: Visit) -> str:
    """The view that was on the screen before /jezik."""
    name, _, argument = visit.view.partition(":")
    return argument if name == "language" and argument else _HOME
