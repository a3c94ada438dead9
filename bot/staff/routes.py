"""Which use case does what librarians and coordinators ask for alike, and which draws their cards."""

from __future__ import annotations

from bot.actions import staff as actions
from bot.conversation.routes import card, tap
from bot.staff import staff_home
from bot.views import staff as views

TAPS = (tap(actions.show_desk, staff_home.go_to_desk),)

CARDS = (card(views.desk, staff_home.draw_desk),)
