"""/porocilo and /ucinek: which report, of when, in which form. It is only ordered here; deliveries make and send it."""

from __future__ import annotations

from bot import staffroom
from bot.coordinator import orders, picking
from bot.coordinator.picking import IMPACT, WEEKLY
from bot.librarian import paging
from bot.making import Order
from bot.screens import Button, Reply, Screen, column
from bot.texts import reports as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.visit import Visit
from reports.weeks import local_day, week_of
from storage import cohorts
from storage.cohorts import Cohort
from surveys.model import Programme

_GROUPS_A_PAGE = 8


def weekly(visit: Visit, page: str = "") -> Reply:
    """/porocilo asks for the programme, where there are several, and for the week."""
    found = picking.begin(visit, WEEKLY, page)
    return _ask_week(visit, found.slug) if isinstance(found, Programme) else found


def impact(visit: Visit, page: str = "") -> Reply:
    """/ucinek asks for the programme, where there are several, and for what is to be told of it."""
    found = picking.begin(visit, IMPACT, page)
    return _ask_what(visit, found) if isinstance(found, Programme) else found


def ask_week(visit: Visit, subject: str) -> Reply | None:
    """The programme or the library of a weekly report was chosen."""
    return _ask_week(visit, subject) if _of_week(visit, subject) else None


def ask_what(visit: Visit, slug: str) -> Reply | None:
    """The programme was chosen whose impact is to be told."""
    programme = picking.find(visit, IMPACT, slug)
    return None if programme is None else _ask_what(visit, programme)


def ask_group(visit: Visit, slug: str, page: str = "1") -> Reply | None:
    """»Primerjava skupine«: which group."""
    if picking.find(visit, IMPACT, slug) is None:
        return None
    argument = f"{slug}:{paging.asked(page)}"
    return Reply(draw_groups(visit, argument), f"compared:{argument}", fresh=visit.typed)


def ask_form(visit: Visit, letter: str, subject: str, extra: str) -> Reply | None:
    """What is to be told is known: in which form."""
    order = orders.read(visit, letter, subject, extra)
    return None if order is None else _ask_form(visit, order)


def order(visit: Visit, letter: str, subject: str, extra: str, form: str) -> Reply | None:
    """The form was chosen. A second tap, or one on an old card, orders nothing."""
    wanted = orders.read(visit, letter, subject, extra)
    if wanted is None or form not in orders.PARTS:
        return None
    if visit.view != f"form:{orders.written(wanted)}":
        return orders.on_screen(visit) or _ask_form(visit, wanted)
    subject = f"{wanted.kind}:{wanted.subject}"
    return orders.place(visit, "report.order", subject, orders.details(wanted), orders.PARTS[form])


def draw_week(visit: Visit, subject: str) -> Screen:
    """The card of `week:SUBJECT`, which is a programme or the code of a library."""
    found = _of_week(visit, subject)
    if found is None:
        return Screen(staff_texts.NOT_STAFF)
    letter, programme = found
    name = programme.name if letter == "w" else programme.library
    this = week_of(visit.now)
    rows = column(
        Button(texts.last_week(this.previous.monday, this.previous.sunday), f"rf:{letter}:{subject}:{this.previous}"),
        Button(texts.this_week(this.monday, this.sunday), f"rf:{letter}:{subject}:{this}"),
        picking.back(visit, WEEKLY, programme.code),
    )
    return Screen(texts.which_week(name), rows)


def draw_what(visit: Visit, slug: str) -> Screen:
    """The card of `what:SLUG`."""
    programme = picking.find(visit, IMPACT, slug)
    if programme is None:
        return Screen(staff_texts.NOT_STAFF)
    rows = column(
        Button(texts.OF_PROGRAMME, f"rf:i:{slug}:"),
        Button(texts.OF_GROUP, f"rc:{slug}"),
        Button(texts.FOR_MAYOR, f"rf:m:{programme.code}:"),
        picking.back(visit, IMPACT, programme.code),
    )
    return Screen(texts.which_impact(programme.name), rows)


def draw_groups(visit: Visit, argument: str) -> Screen:
    """The card of `compared:SLUG:PAGE`."""
    slug, _, number = argument.partition(":")
    programme = picking.find(visit, IMPACT, slug)
    if programme is None:
        return Screen(staff_texts.NOT_STAFF)
    page = paging.turned(_groups(visit, programme), number, _GROUPS_A_PAGE)
    buttons = (Button(texts.group(one.name, one.start, one.end), f"rf:c:{slug}:{one.id}") for one in page.shown)
    words = texts.which_group(programme.name, page.words) if page.shown else texts.no_group(programme.name)
    rows = (*column(*buttons), *page.arrows(f"rc:{slug}"), *column(Button(common.BACK, f"rs:i:{slug}")))
    return Screen(words, rows)


def draw_form(visit: Visit, argument: str) -> Screen:
    """The card of `form:LETTER:SUBJECT:EXTRA`."""
    letter, subject, extra = argument.split(":")
    wanted = orders.read(visit, letter, subject, extra)
    if wanted is None:
        return Screen(staff_texts.NOT_STAFF)
    buttons = (Button(texts.FORMS[form], f"ro:{argument}:{form}") for form in orders.PARTS)
    rows = column(*buttons, Button(common.BACK, _before(wanted)), staffroom.to_desk())
    return Screen(texts.which_form(orders.named(visit, wanted)), rows)


def _before(wanted: Order) -> str:
    """The button back from the forms."""
    match wanted.kind:
        case "weekly" | "library":
            return f"rs:w:{wanted.subject}"
        case "impact":
            return f"rs:i:{wanted.subject}"
        case "compare":
            return f"rc:{wanted.subject}"
        case "mayor":
            return f"rl:i:{wanted.subject}"
        case "national":
            return "ucin"


def _ask_week(visit: Visit, subject: str) -> Reply:
    return Reply(draw_week(visit, subject), f"week:{subject}", fresh=visit.typed)


def _ask_what(visit: Visit, programme: Programme) -> Reply:
    return Reply(draw_what(visit, programme.slug), f"what:{programme.slug}", fresh=visit.typed)


def _ask_form(visit: Visit, wanted: Order) -> Reply:
    argument = orders.written(wanted)
    return Reply(draw_form(visit, argument), f"form:{argument}", fresh=visit.typed)


def _of_week(visit: Visit, subject: str) -> tuple[str, Programme] | None:
    """The letter of the report, and the programme or one of the library's."""
    for one in picking.of(visit, WEEKLY):
        if subject in {one.slug, one.code}:
            return ("w" if subject == one.slug else "l"), one
    return None


def _groups(visit: Visit, programme: Programme) -> list[Cohort]:
    """The groups that have begun, the newest first."""
    today = local_day(visit.now)
    begun = [one for one in cohorts.listing(visit.connection, programme.slug) if one.start <= today]
    return sorted(begun, key=lambda one: (one.start, one.id), reverse=True)
