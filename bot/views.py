"""The screen as a function of stored state: draws again what a view's name says."""

from __future__ import annotations

from bot.screens import Screen
from bot.table import VIEWS
from bot.visit import Visit


def render(visit: Visit, view: str) -> Screen:
    """The card of a stored view; a name that no version knows any more leads home."""
    name, _, argument = view.partition(":")
    draw = VIEWS.get(name, VIEWS["home"])
    return draw(visit, argument)
