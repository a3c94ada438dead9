"""The words of a question as they are read aloud, and the button that plays them where somebody has recorded them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Screen
from storage import recordings
from storage.answers.responses import Response
from surveys.model import CHOSEN, Item
from surveys.reading import named


def words(item: Item) -> tuple[str, ...]:
    """What is read aloud: the question, its hint, and the options with their numbers."""
    return tuple(line for line in (item.text, item.hint, *(named(item.choices) if item.kind in CHOSEN else ())) if line)


def key(item: Item) -> str:
    """The name of exactly these words: others have another."""
    return hashlib.sha256("\n".join(words(item)).encode()).hexdigest()


def offered(request: Request, response: Response, item: Item, card: Screen, times: int = 0) -> Screen:
    """The card of a question with »Poslušaj« above its answers, where it can be heard. `times`: how often it was."""
    if not response.recorded or not recordings.is_there(request.connection, response.programme, key(item)):
        return card
    action = actions.hear_question(response.id, response.questionnaire.place(item), times)
    return replace(card, rows=((Button(request.words.LISTEN, action),), *card.rows))
