"""Which use case does what staff ask for about orders, and what draws their cards; the desk names orders, too."""

from __future__ import annotations

from bot.actions import orders as actions
from bot.actions import staff as staff_actions
from bot.conversation.routes import card, tap
from bot.orders import desk, placed
from bot.views import orders as views
from bot.views import staff as staff_views

TAPS = (tap(actions.make_again, placed.make_again), tap(staff_actions.show_desk, desk.go_to_desk))
CARDS = (card(views.order, placed.draw), card(staff_views.desk, desk.draw_desk))
