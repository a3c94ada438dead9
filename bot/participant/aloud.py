"""The words of a question as they are read aloud, and the button that plays them where somebody has recorded them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from bot.screens import Button, Screen
from bot.visit import Visit
from storage import recordings
from storage.runs import Run
from surveys.model import CHOSEN, Item


def words(item: Item) -> tuple[str, ...]:
    """What is read aloud: the question, its hint, and the options with their numbers."""
    options = [f"{number} · {choice.label}" for number, choice in enumerate(item.choices, 1)]
    return tuple(line for line in (item.text, item.hint, *(options if item.kind in CHOSEN else ())) if line)


def key(item: Item) -> str:
    """The name of exactly these words: others have another."""
    return hashlib.sha256("\n".join(words(item)).encode()).hexdigest()


def offered(visit: Visit, run: Run, item: Item, card: Screen, times: int = 0) -> Screen:
    """The card of a question with »Poslušaj« above its answers, where it can be heard. `times`: how often it was."""
    if not run.recorded or not recordings.is_there(visit.connection, run.programme, key(item)):
        return card
    action = f"au:{run.id}:{run.questionnaire.items.index(item)}:{times}"
    return replace(card, rows=((Button(visit.words.LISTEN, action),), *card.rows))
