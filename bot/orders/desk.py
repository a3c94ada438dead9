"""The desk with what was ordered in another channel, of which there is no file where the desk is looked at."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

from bot.actions import orders as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.orders import placed
from bot.staff import staff_home
from bot.texts import reports as texts
from bot.views import staff as views

_SHOWN = 5


def go_to_desk(request: Request) -> Reply:
    """A tap that leads back to the desk."""
    return Reply(draw_desk(request), views.desk())


def draw_desk(request: Request) -> Screen:
    """What one may do here, and what of one's orders can be made here again, the newest first."""
    screen, orders = staff_home.draw_desk(request), list(placed.elsewhere(request).items())[:_SHOWN]
    if not orders:
        return screen
    again = [Button(unescape(one.named(request)), actions.make_again(number)) for number, one in orders]
    return replace(screen, text=f"{screen.text}\n\n{texts.ORDERED_ELSEWHERE}", rows=(*screen.rows, *column(*again)))
