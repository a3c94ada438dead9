"""»Za koga odgovarjate?«: several people in one chat, each with a name of their own choice, never mixed.

Where one person alone is asked in a chat nothing of this is seen, and nothing is read for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.house import House
from bot.screens import Button, Screen, column
from bot.texts.participant import Participant
from bot.visit import Visit
from storage import occasions, runs
from storage import sharing as people
from storage.occasions import Occasion
from storage.runs import Run
from storage.sharing import Person
from storage.stories import Story
from surveys import engine
from surveys.languages import localised

Whose = Run | Occasion | Story


@dataclass(frozen=True, slots=True)
class Waiting:
    """What somebody may answer now, what closes first first."""

    name: str
    occasions: list[Occasion]


def name(house: House, one: Whose) -> str:
    """What the person of this run, occasion or story is called in the chat; their code, where nobody chose a name."""
    return one.code if one.label_sealed is None else house.keys.open_text(one.label_sealed)


def for_whom(house: House, words: Participant, one: Whose) -> str:
    """The line above a card that says for whom it is; nothing where one person alone is asked."""
    return words.sharing.for_whom(name(house, one)) if one.shared else ""


def headed(house: House, words: Participant, one: Whose, screen: Screen) -> Screen:
    """The screen with that line above it."""
    line = for_whom(house, words, one)
    return replace(screen, text=f"<i>{line}</i>\n\n{screen.text}") if line else screen


def everybody(visit: Visit) -> list[Person]:
    """Who is or was asked in this chat."""
    return people.of_chat(visit.connection, visit.house.keys, visit.chat)


def whose_link(visit: Visit, here: list[Person], action: str) -> list[Button]:
    """»Za koga je ta povezava?«: for somebody who is here, or for one more."""
    words = visit.words.sharing
    known = (Button(one.label or words.FOR_ME, f"{action}:{one.number}") for one in here)
    return [*known, Button(words.FOR_ANOTHER, f"{action}:0")]


def waiting(visit: Visit, due: list[Occasion]) -> list[Waiting]:
    """Who of this chat may answer something now, given what is open in it."""
    found: dict[str, Waiting] = {}
    for one in due:
        called = name(visit.house, one)
        person = called if one.label_sealed is not None else ""
        found.setdefault(person, Waiting(called, [])).occasions.append(one)
    return list(found.values())


def due(visit: Visit) -> list[Occasion]:
    """What is open in this chat, what closes first first."""
    return [one for one in occasions.open_of_chat(visit.connection, visit.chat) if one.closes_at > visit.now]


def besides(visit: Visit, one: Run | Occasion) -> list[Waiting]:
    """Which others of the chat may answer something now."""
    if not one.shared or one.chat != visit.chat:
        return []
    called = name(visit.house, one)
    return [other for other in waiting(visit, due(visit)) if other.name != called]


def with_switch(visit: Visit, one: Run | Occasion, screen: Screen) -> Screen:
    """The screen with »Druga oseba«, where somebody else of the chat may answer something now."""
    if not besides(visit, one):
        return screen
    return replace(screen, rows=(*screen.rows, (Button(visit.words.sharing.ANOTHER_PERSON, "who"),)))


def chooser(visit: Visit, those: list[Waiting]) -> Screen:
    """»Za koga odgovarjate?«."""
    return Screen(visit.words.sharing.ask(lines(visit, those)), column(*buttons(visit, those)))


def lines(visit: Visit, those: list[Waiting]) -> list[str]:
    """What each of them may answer, and how much of it is left."""
    return [_line(visit, one.name, occasion) for one in those for occasion in one.occasions]


def buttons(visit: Visit, those: list[Waiting]) -> list[Button]:
    """One button for each of them."""
    return [_button(visit, one.name, one.occasions[0]) for one in those]


def _line(visit: Visit, called: str, occasion: Occasion) -> str:
    run = runs.of_occasion(visit.connection, occasion.id)
    if run is not None:
        left = engine.progress(run.questionnaire, runs.answers(visit.connection, visit.house.keys, run.id)).left
        title = localised(run.questionnaire, visit.language).questionnaire.title
        return visit.words.sharing.waiting(called, title, left, begun=True)
    programme = visit.house.programmes[occasion.programme]
    wave = programme.wave(occasion.wave)
    if wave is None:
        raise LookupError(f"programme {programme.slug} has no wave {occasion.wave} any more")
    questionnaire = localised(programme.questionnaire(wave), visit.language).questionnaire
    left = engine.progress(questionnaire, {}).total
    return visit.words.sharing.waiting(called, questionnaire.title, left, begun=False)


def _button(visit: Visit, called: str, occasion: Occasion) -> Button:
    begun = runs.of_occasion(visit.connection, occasion.id) is not None
    label = visit.words.sharing.go_on(called) if begun else visit.words.sharing.begin(called)
    return Button(label, f"go:{occasion.id}")
