"""What draws the card of an order."""

from __future__ import annotations

from bot.conversation.routes import card
from bot.orders import placed
from bot.views import orders as views

CARDS = (card(views.order, placed.draw),)
