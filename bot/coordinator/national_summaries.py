"""The weeks and months of all libraries, and whether their summaries come by themselves: the card `week:national`."""

from __future__ import annotations

from bot.actions import coordinator as actions
from bot.actions.choices import NATION, Cadence, ReportKind
from bot.conversation import permissions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.coordinator import standing_orders
from bot.orders.report import of_nation
from bot.texts import reports as texts
from bot.texts import staff as staff_texts
from bot.texts.findings import moment
from bot.texts.slovene import common
from bot.views import coordinator as views
from storage import audit
from storage.staff import StaffMember
from surveys.months import month_of
from surveys.weeks import week_of


def draw(request: Request) -> Screen:
    """The card."""
    member = _member(request)
    if member is None:
        return Screen(staff_texts.NOT_STAFF)
    week, month = week_of(request.now), month_of(request.now)
    choices = (
        (texts.last_week(week.previous.first, week.previous.last), week.previous),
        (texts.this_week(week.first, week.last), week),
        (texts.last_month(month.previous.first, month.previous.last), month.previous),
        (texts.this_month(month.first, month.last), month),
    )
    buttons = (Button(words, actions.choose_form(ReportKind.COUNTRY, NATION, str(period))) for words, period in choices)
    wishes = (_wish(request, member, cadence) for cadence in Cadence)
    zone = request.services.policy.zone
    due = [(cadence, standing_orders.coming(request.connection, member.id, cadence)) for cadence in Cadence]
    told = "".join(
        f"\n\n{texts.next_one(cadence, moment(when, zone))}" for cadence, when in due if when and when > request.now
    )
    return Screen(
        f"{texts.WHICH_PERIOD}{told}", column(*buttons, *wishes, Button(common.BACK, actions.tell_of_weeks()))
    )


def choose(request: Request, cadence: Cadence, wanted: bool) -> Reply | None:  # noqa: FBT001 - of a button
    """It is to come by itself, or not any more; a button that is tapped twice changes nothing."""
    member = _member(request)
    if member is None:
        return None
    there = standing_orders.wanted(request.connection, member.id, cadence)
    if wanted and not there:
        standing_orders.begin(request.connection, request.services, member.id, cadence, request.now, request.update)
        audit.record(request.connection, member.actor, "report.standing", f"country:{cadence}", request.now)
    if there and not wanted:
        standing_orders.stop(request.connection, member.id, cadence, request.now)
        audit.record(request.connection, member.actor, "report.stop", f"country:{cadence}", request.now)
    return Reply(draw(request), views.week(NATION))


def _wish(request: Request, member: StaffMember, cadence: Cadence) -> Button:
    there = standing_orders.wanted(request.connection, member.id, cadence)
    return Button(texts.STANDING[cadence][0 if there else 1], actions.send_regularly(cadence, not there))


def _member(request: Request) -> StaffMember | None:
    return permissions.member(request) if of_nation(request) else None
