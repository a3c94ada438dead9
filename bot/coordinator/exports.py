"""/izvoz: the data of a programme under codes, and the choices that reports and data share. It is only ordered here."""

from __future__ import annotations

from bot.actions import coordinator as actions
from bot.actions.choices import DataForm, Purpose
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.coordinator import report_choice, report_scope
from bot.orders import placed
from bot.orders.data import DataOrder
from bot.texts import reports as texts
from bot.texts import staff as staff_texts
from bot.views import coordinator as views
from surveys.model import Programme


def begin(request: Request, page: int = 1) -> Reply:
    """/izvoz asks for the programme, where there are several, and for the form."""
    found = report_scope.begin(request, Purpose.EXPORT, page)
    return _ask_form(request, found) if isinstance(found, Programme) else found


def choose_library(request: Request, purpose: Purpose, library: str) -> Reply | None:
    """The library was chosen: which programme, or what of the only one."""
    found = report_scope.in_library(request, purpose, library)
    return choose(request, purpose, found.slug) if isinstance(found, Programme) else found


def choose(request: Request, purpose: Purpose, subject: str) -> Reply | None:
    """The programme was chosen, or for a weekly report the whole library."""
    match purpose:
        case Purpose.WEEKLY:
            return report_choice.ask_week(request, subject)
        case Purpose.IMPACT:
            return report_choice.ask_what(request, subject)
        case Purpose.EXPORT:
            programme = report_scope.find(request, purpose, subject)
            return None if programme is None else _ask_form(request, programme)


def order(request: Request, programme: str, form: DataForm) -> Reply | None:
    """The form was chosen. A second tap, or one on an old card, orders nothing."""
    found = report_scope.find(request, Purpose.EXPORT, programme)
    if found is None:
        return None
    if request.view != views.export(programme):
        return placed.on_screen(request) or _ask_form(request, found)
    return placed.place(request, DataOrder(programme, form))


def draw(request: Request, programme: str) -> Screen:
    """The forms of data."""
    found = report_scope.find(request, Purpose.EXPORT, programme)
    if found is None:
        return Screen(staff_texts.NOT_STAFF)
    buttons = (Button(words, actions.order_data(programme, form)) for form, words in texts.DATA_FORMS.items())
    return Screen(
        texts.which_data(found.name), column(*buttons, report_scope.back(request, Purpose.EXPORT, found.code))
    )


def _ask_form(request: Request, programme: Programme) -> Reply:
    return Reply(draw(request, programme.slug), views.export(programme.slug))
