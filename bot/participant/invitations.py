"""The card of an invitation or a reminder: a function of the occasion and of what was answered so far."""

from __future__ import annotations

from bot.participant import questions, sharing
from bot.screens import Button, Reply, Screen, column
from bot.visit import Visit, whole
from storage import occasions, runs
from storage.occasions import Occasion
from storage.schema import OccasionState
from surveys import engine
from surveys.languages import localised


def card(visit: Visit, occasion: Occasion, *, reminding: bool) -> Screen:
    """Who asks whom for how much: for who has not begun, who is in the middle, and who has only to hand in."""
    screen = _screen(visit, occasion, *_asked(visit, occasion, reminding=reminding))
    return sharing.with_switch(visit, occasion, sharing.headed(visit.house, visit.words, occasion, screen))


def draw(visit: Visit, occasion_id: str) -> Screen:
    """The card of `invitation:OCCASION` again."""
    occasion = occasions.load(visit.connection, whole(occasion_id))
    if occasion is None or occasion.state is not OccasionState.OPEN:
        return questions.closed_screen(visit.words, OccasionState.MISSED if occasion is None else occasion.state)
    return card(visit, occasion, reminding=False)


def typed(visit: Visit, occasion_id: str, _text: str) -> Reply | None:
    """Words below an invitation: the question itself, to be answered."""
    return questions.begin(visit, occasion_id)


def _asked(visit: Visit, occasion: Occasion, *, reminding: bool) -> tuple[str, str]:
    """The text, and the words on the button that begins or goes on."""
    words, programme = visit.words, visit.house.programmes[occasion.programme]
    run = runs.of_occasion(visit.connection, occasion.id)
    if run is not None:
        left = engine.progress(run.questionnaire, runs.answers(visit.connection, visit.house.keys, run.id)).left
        text = words.reminder_half(programme.library, left) if left else words.reminder_unsent(programme.library)
        return text, words.CONTINUE
    wave = programme.wave(occasion.wave)
    if wave is None:
        raise LookupError(f"programme {programme.slug} has no wave {occasion.wave} any more")
    questionnaire = localised(programme.questionnaire(wave), visit.language).questionnaire
    count = engine.progress(questionnaire, {}).total
    if reminding:
        return words.reminder(programme.library, count), words.START
    return words.invitation(programme.library, questionnaire.title, count), words.START


def _screen(visit: Visit, occasion: Occasion, text: str, label: str) -> Screen:
    later = Button(visit.words.wishes.NOT_NOW, f"nz:{occasion.id}")
    return Screen(text, column(Button(label, f"go:{occasion.id}"), later))
