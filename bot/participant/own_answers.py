"""The way to one's own answers. Knows none of the cards from which it leads."""

from __future__ import annotations

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button


def answers(request: Request) -> Button:
    """»Moji odgovori«."""
    return Button(request.words.wishes.MY_ANSWERS, actions.show_own_answers())
