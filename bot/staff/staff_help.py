"""/pomoc of staff: the manual by topics, where the whole of it is, and whom to ask."""

from __future__ import annotations

from bot.actions import assistance as actions
from bot.conversation import permissions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.staff import staff_home
from bot.texts import staff as staff_texts
from bot.texts import staff_help as texts
from bot.views import assistance as views


def show(request: Request, topic: int | None = None) -> Reply:
    """/pomoc, and one topic of it."""
    return Reply(draw(request, topic), views.staff_help(topic))


def draw(request: Request, topic: int | None = None) -> Screen:
    """The topics, or one of them."""
    here = permissions.member(request)
    if here is None:
        return Screen(staff_texts.NOT_STAFF)
    topics = texts.TOPICS[here.role]
    if topic is not None and topic < len(topics):
        back = Button(texts.BACK, actions.show_staff_help())
        return Screen(texts.topic(*topics[topic]), column(back, staff_home.to_desk()))
    staff = request.services.settings.staff
    manual = [Button(texts.MANUAL, link=staff.manual)] if staff.manual else []
    buttons = [Button(title, actions.show_staff_help(place)) for place, (title, _) in enumerate(topics)]
    return Screen(texts.help_(here.role, staff.contact, staff.manual), column(*buttons, *manual, staff_home.to_desk()))
