"""/porocilo and /ucinek: which report, of when, in which form. It is only ordered here; deliveries make and send it."""

from __future__ import annotations

from functools import partial

from bot.actions import coordinator as actions
from bot.actions.choices import NATION, Purpose, ReportForm, ReportKind
from bot.conversation import paging
from bot.conversation.declared import ActionData
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.coordinator import library_page, national_summaries, report_scope
from bot.orders import placed
from bot.orders import report as orders
from bot.orders.report import PARTS, ReportOrder
from bot.staff import staff_home
from bot.texts import library_page as page_texts
from bot.texts import reports as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.views import coordinator as views
from bot.worker.jobs import ReportSpec
from storage import cohorts
from storage.cohorts import Cohort
from surveys.model import Programme
from surveys.weeks import local_day, week_of

_GROUPS_A_PAGE = 8


def weekly(request: Request, page: int = 1) -> Reply:
    """/porocilo asks for the programme, where there are several, and for the week."""
    found = report_scope.begin(request, Purpose.WEEKLY, page)
    return _ask_week(request, found.slug) if isinstance(found, Programme) else found


def impact(request: Request, page: int = 1) -> Reply:
    """/ucinek asks for the programme, where there are several, and for what is to be told of it."""
    found = report_scope.begin(request, Purpose.IMPACT, page)
    return _ask_what(request, found) if isinstance(found, Programme) else found


def ask_week(request: Request, subject: str) -> Reply | None:
    """The programme or the library of a weekly report was chosen, or all libraries."""
    there = orders.of_nation(request) if subject == NATION else _of_week(request, subject)
    return _ask_week(request, subject) if there else None


def ask_what(request: Request, slug: str) -> Reply | None:
    """The programme was chosen whose impact is to be told."""
    programme = report_scope.find(request, Purpose.IMPACT, slug)
    return None if programme is None else _ask_what(request, programme)


def ask_group(request: Request, programme: str, page: int = 1) -> Reply | None:
    """»Primerjava skupine«: which group."""
    if report_scope.find(request, Purpose.IMPACT, programme) is None:
        return None
    return Reply(draw_groups(request, programme, page), views.compared(programme, page))


def ask_form(request: Request, kind: ReportKind, subject: str, extra: str) -> Reply | None:
    """What is to be told is known: in which form."""
    order = orders.read(request, kind, subject, extra)
    return None if order is None else _ask_form(request, order)


def order(request: Request, kind: ReportKind, subject: str, extra: str, form: ReportForm) -> Reply | None:
    """The form was chosen. A second tap, or one on an old card, orders nothing."""
    wanted = orders.read(request, kind, subject, extra)
    if wanted is None or form not in _forms(wanted):
        return None
    if request.view != views.form(*orders.written(wanted)):
        return placed.on_screen(request) or _ask_form(request, wanted)
    return placed.place(request, ReportOrder(wanted, PARTS[form]))


def draw_week(request: Request, subject: str) -> Screen:
    """The weeks of a programme, of a library, or of all of them."""
    if subject == NATION:
        return national_summaries.draw(request)
    found = _of_week(request, subject)
    if found is None:
        return Screen(staff_texts.NOT_STAFF)
    kind, programme = found
    name = programme.name if kind is ReportKind.WEEKLY else programme.library
    this, last = week_of(request.now), week_of(request.now).previous
    rows = column(
        Button(texts.last_week(last.first, last.last), actions.choose_form(kind, subject, str(last))),
        Button(texts.this_week(this.first, this.last), actions.choose_form(kind, subject, str(this))),
        report_scope.back(request, Purpose.WEEKLY, programme.code),
    )
    return Screen(texts.which_week(name), rows)


def draw_what(request: Request, programme: str) -> Screen:
    """What there is to be told of a programme's impact."""
    found = report_scope.find(request, Purpose.IMPACT, programme)
    if found is None:
        return Screen(staff_texts.NOT_STAFF)
    rows = column(
        Button(texts.OF_PROGRAMME, actions.choose_form(ReportKind.IMPACT, programme, "")),
        Button(texts.OF_GROUP, actions.choose_cohort(programme)),
        Button(texts.FOR_MAYOR, actions.choose_form(ReportKind.MAYOR, found.code, "")),
        report_scope.back(request, Purpose.IMPACT, found.code),
    )
    return Screen(texts.which_impact(found.name), rows)


def draw_groups(request: Request, programme: str, page: int) -> Screen:
    """The cohorts of a programme."""
    found = report_scope.find(request, Purpose.IMPACT, programme)
    if found is None:
        return Screen(staff_texts.NOT_STAFF)
    turned = paging.turned(_groups(request, found), page, _GROUPS_A_PAGE)
    buttons = (
        Button(
            texts.group(one.name, one.start, one.end), actions.choose_form(ReportKind.COMPARE, programme, str(one.id))
        )
        for one in turned.shown
    )
    words = texts.which_group(found.name, turned.words) if turned.shown else texts.no_group(found.name)
    back = Button(common.BACK, actions.choose_subject(Purpose.IMPACT, programme))
    return Screen(words, (*column(*buttons), *turned.arrows(partial(actions.choose_cohort, programme)), *column(back)))


def draw_form(request: Request, kind: ReportKind, subject: str, extra: str) -> Screen:
    """The forms of a report."""
    wanted = orders.read(request, kind, subject, extra)
    if wanted is None:
        return Screen(staff_texts.NOT_STAFF)
    buttons = (Button(texts.FORMS[form], actions.order_report(kind, subject, extra, form)) for form in _forms(wanted))
    said = library_page.of_library(request, subject) if wanted.kind == "mayor" else []
    page = [Button(page_texts.BUTTON, actions.show_page(subject))] if said else []
    alone = f"\n\n{page_texts.NO_CONTACT}" if said and not library_page.reachable(request, said[0]) else ""
    rows = column(*buttons, *page, Button(common.BACK, _before(wanted)), staff_home.to_desk())
    return Screen(f"{texts.which_form(orders.named(request, wanted))}{alone}", rows)


def _forms(wanted: ReportSpec) -> list[ReportForm]:
    """The forms of a report; a slide is one of the page for the mayor alone."""
    return [form for form in ReportForm if form is not ReportForm.SLIDE or wanted.kind == "mayor"]


def _before(wanted: ReportSpec) -> ActionData:
    """The button back from the forms."""
    match wanted.kind:
        case "weekly" | "library" | "country":
            return actions.choose_subject(Purpose.WEEKLY, wanted.subject)
        case "impact":
            return actions.choose_subject(Purpose.IMPACT, wanted.subject)
        case "compare":
            return actions.choose_cohort(wanted.subject)
        case "mayor":
            return actions.choose_library(Purpose.IMPACT, wanted.subject)
        case "national":
            return actions.tell_of_impact()


def _ask_week(request: Request, subject: str) -> Reply:
    return Reply(draw_week(request, subject), views.week(subject), soon=True)


def _ask_what(request: Request, programme: Programme) -> Reply:
    return Reply(draw_what(request, programme.slug), views.what(programme.slug), soon=True)


def _ask_form(request: Request, wanted: ReportSpec) -> Reply:
    written = orders.written(wanted)
    return Reply(draw_form(request, *written), views.form(*written), soon=True)


def _of_week(request: Request, subject: str) -> tuple[ReportKind, Programme] | None:
    """The kind of the report, and the programme or one of the library's."""
    for one in report_scope.of(request, Purpose.WEEKLY):
        if subject in {one.slug, one.code}:
            return (ReportKind.WEEKLY if subject == one.slug else ReportKind.LIBRARY), one
    return None


def _groups(request: Request, programme: Programme) -> list[Cohort]:
    """The groups that have begun, the newest first."""
    today = local_day(request.now)
    begun = [one for one in cohorts.listing(request.connection, programme.slug) if one.start <= today]
    return sorted(begun, key=lambda one: (one.start, one.id), reverse=True)
