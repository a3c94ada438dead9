"""The card of an invitation or a reminder: a function of the occasion and of what was answered so far."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.house import House
from bot.participant import questions
from bot.screens import Button, Reply, Screen, column
from bot.texts import languages
from bot.texts.participant import Participant
from bot.visit import Visit, whole
from storage import occasions, runs
from storage.occasions import Occasion
from storage.schema import OccasionState
from surveys import engine
from surveys.languages import localised


def card(connection: Connection, house: House, language: str, occasion: Occasion, *, reminding: bool) -> Screen:
    """Who asks for how much: for who has not begun, who is in the middle, and who has only to hand in."""
    words = languages.words(language)
    programme = house.programmes[occasion.programme]
    run = runs.of_occasion(connection, occasion.id)
    if run is not None:
        left = engine.progress(run.questionnaire, runs.answers(connection, house.keys, run.id)).left
        text = words.reminder_half(programme.library, left) if left else words.reminder_unsent(programme.library)
        return _screen(words, occasion, text, words.CONTINUE)
    wave = programme.wave(occasion.wave)
    if wave is None:
        raise LookupError(f"programme {programme.slug} has no wave {occasion.wave} any more")
    questionnaire = localised(programme.questionnaire(wave), language).questionnaire
    count = engine.progress(questionnaire, {}).total
    if reminding:
        return _screen(words, occasion, words.reminder(programme.library, count), words.START)
    return _screen(words, occasion, words.invitation(programme.library, questionnaire.title, count), words.START)


def draw(visit: Visit, occasion_id: str) -> Screen:
    """The card of `invitation:OCCASION` again."""
    occasion = occasions.load(visit.connection, whole(occasion_id))
    if occasion is None or occasion.state is not OccasionState.OPEN:
        return questions.closed_screen(visit.words, OccasionState.MISSED if occasion is None else occasion.state)
    return card(visit.connection, visit.house, visit.language, occasion, reminding=False)


def typed(visit: Visit, occasion_id: str, _text: str) -> Reply | None:
    """Words below an invitation: the question itself, to be answered."""
    return questions.begin(visit, occasion_id)


def _screen(words: Participant, occasion: Occasion, text: str, label: str) -> Screen:
    return Screen(text, column(Button(label, f"go:{occasion.id}"), Button(words.wishes.NOT_NOW, f"nz:{occasion.id}")))
