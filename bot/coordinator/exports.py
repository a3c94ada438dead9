"""/izvoz: the data of a programme under codes, and the choices that reports and data share. It is only ordered here."""

from __future__ import annotations

from bot.coordinator import orders, picking, reports
from bot.coordinator.picking import EXPORT
from bot.screens import Button, Reply, Screen, column
from bot.texts import reports as texts
from bot.texts import staff as staff_texts
from bot.visit import Visit
from surveys.model import Programme


def begin(visit: Visit, page: str = "") -> Reply:
    """/izvoz asks for the programme, where there are several, and for the form."""
    found = picking.begin(visit, EXPORT, page)
    return _ask_form(visit, found) if isinstance(found, Programme) else found


def choose_library(visit: Visit, purpose: str, code: str) -> Reply | None:
    """The library was chosen: which programme, or what of the only one."""
    found = picking.in_library(visit, purpose, code)
    return choose(visit, purpose, found.slug) if isinstance(found, Programme) else found


def choose(visit: Visit, purpose: str, subject: str) -> Reply | None:
    """The programme was chosen, or for a weekly report the whole library."""
    match purpose:
        case picking.WEEKLY:
            return reports.ask_week(visit, subject)
        case picking.IMPACT:
            return reports.ask_what(visit, subject)
        case _:
            programme = picking.find(visit, EXPORT, subject)
            return None if programme is None else _ask_form(visit, programme)


def order(visit: Visit, slug: str, form: str) -> Reply | None:
    """The form was chosen. A second tap, or one on an old card, orders nothing."""
    programme = picking.find(visit, EXPORT, slug)
    if programme is None or form not in texts.DATA_FORMS:
        return None
    if visit.view != f"export:{slug}":
        return orders.on_screen(visit) or _ask_form(visit, programme)
    return orders.place(visit, "export.order", f"{form}:{slug}", {"export": slug, "form": form}, ("data",))


def draw(visit: Visit, slug: str) -> Screen:
    """The card of `export:SLUG`."""
    programme = picking.find(visit, EXPORT, slug)
    if programme is None:
        return Screen(staff_texts.NOT_STAFF)
    buttons = (Button(words, f"xo:{slug}:{form}") for form, words in texts.DATA_FORMS.items())
    return Screen(texts.which_data(programme.name), column(*buttons, picking.back(visit, EXPORT, programme.code)))


def _ask_form(visit: Visit, programme: Programme) -> Reply:
    return Reply(draw(visit, programme.slug), f"export:{programme.slug}", fresh=visit.typed)
