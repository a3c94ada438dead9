"""Reports and data for staff as deliveries: Monday's message by itself, others on demand. Made beside the bot."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256

from sqlalchemy import Connection

from bot.conversation.handled import Handled
from bot.conversation.request import Request
from bot.conversation.screens import Reply, Screen
from bot.coordinator import monday_message
from bot.coordinator.monday_message import MondayMessage
from bot.delivery.steps import NotWanted, reach
from bot.orders import kinds, placed
from bot.orders.report import ReportOrder
from bot.runtime.services import Services
from bot.texts import reports as texts
from bot.views import orders as views
from bot.worker.requests import Batch
from reports.report import Report
from storage import chats, deliveries, staff
from storage.deliveries import Delivery
from storage.schema import DeliveryKind, DeliveryState
from surveys.contact_policy import sendable
from surveys.model import Programme
from surveys.weeks import week_of

_GIVE_UP = timedelta(minutes=4)  # the fourth try, as `bot.delivery.loop` pauses between them
_WEEK = timedelta(days=7)


class PartsDifferError(Exception):
    """The report of an order has changed since another part of it was made."""


def plan(connection: Connection, services: Services, now: datetime) -> None:
    """Plan the coming Monday's messages for every coordinator who is here; those planned before stay."""
    moment = _next(services, now)
    week = week_of(moment).previous
    for member in staff.without_summary(connection, moment):
        if member.library is not None and _of_library(services, member.library):
            key, details = f"weekly:{member.id}:{week}", MondayMessage(week, member.library).stored()
            deliveries.plan_delivery(connection, key, DeliveryKind.WEEKLY, moment, staff=member.id, details=details)


def decide(connection: Connection, services: Services, due: Delivery, now: datetime) -> bytes:
    """The chat to send to: of somebody who is staff, who may still have it, and who alone sits there."""
    member = None if due.staff is None else staff.find(connection, due.staff)
    if member is None or member.chat is None:
        raise NotWanted("no longer staff")
    if due.kind is DeliveryKind.WEEKLY:
        _check_by_itself(Request(connection, services, member.chat, now), due)
    return reach(connection, member.chat, None, now)


def _check_by_itself(request: Request, due: Delivery) -> None:
    """What comes by itself was planned long ago: whether it is still what this person gets."""
    if MondayMessage.read(due.details) is not None:
        if request.now - due.planned_at >= _WEEK:
            raise NotWanted("its week is over")
    elif not kinds.read(due.details).allowed(request):
        raise NotWanted("no longer allowed")


async def screen(services: Services, due: Delivery, batch: Batch) -> Screen:
    """Monday's message, or the one of this part of an order. Raises PartsDifferError."""
    monday = MondayMessage.read(due.details)
    if monday is not None:
        return await services.database.read(partial(_monday, services=services, monday=monday, due=due))
    order = kinds.read(due.details)
    if isinstance(order, ReportOrder):
        await _agree(services, due, await batch.report(order.spec))
    return await order.made(services, due.details["part"], batch)


async def _agree(services: Services, due: Delivery, report: Report) -> None:
    """All parts of an order are of one report: what each was made of is remembered."""
    shown = replace(report, published=())  # what is new of it is so only once
    digest = sha256(repr(shown).encode()).hexdigest()
    agree = partial(deliveries.agree, delivery_id=due.id, keys=placed.beside(due.key), name="made_of", value=digest)
    if not await services.database.write(agree):
        raise PartsDifferError


def record_sent(connection: Connection, due: Delivery, chat: bytes, now: datetime) -> None:
    """Record that it has arrived. Below Monday's message, which is no card, the chat's next card comes anew."""
    deliveries.sent(connection, due.id, now)
    if due.kind is DeliveryKind.WEEKLY:
        chats.cover(connection, chat)


def is_hopeless(due: Delivery, error: Exception, now: datetime) -> bool:
    """Whether it is no use to try again: the parts would differ, or whoever ordered this has waited long enough."""
    waited = due.kind is DeliveryKind.REPORT and now - due.planned_at >= _GIVE_UP
    return waited or isinstance(error, PartsDifferError)


def give_up(
    connection: Connection, services: Services, due: Delivery, error: Exception, now: datetime
) -> Screen | None:
    """The sentence for whoever ordered what cannot be made; none where another part of it has said so."""
    if any(one.state is DeliveryState.FAILED for one in placed.standings(connection, due.key)):
        return None
    what = kinds.read(due.details).named(Request(connection, services, b"", now))
    return Screen(texts.parts_differ(what) if isinstance(error, PartsDifferError) else texts.not_made(what))


def settled(connection: Connection, services: Services, due: Delivery, now: datetime) -> Handled | None:
    """The card that tells of the order, where it is still on the screen and nothing of the order is to come."""
    member = None if due.staff is None else staff.find(connection, due.staff)
    if member is None or member.chat is None:
        return None
    row = chats.lock(connection, member.chat)
    number = placed.number_of(due.key)
    if row is None or row.card is None or row.view != views.order(number):
        return None
    if not placed.ended(placed.standings(connection, due.key)):
        return None
    request = Request(connection, services, member.chat, now, view=row.view)
    revision = chats.show_next(connection, member.chat, row.view, now)
    return Handled(member.chat, revision, row.card, Reply(placed.draw(request, number), row.view), again=True)


def _monday(connection: Connection, services: Services, monday: MondayMessage, due: Delivery) -> Screen:
    programmes = _of_library(services, monday.library)
    return monday_message.message(connection, services, programmes, monday.week, due.planned_at)


def _next(services: Services, now: datetime) -> datetime:
    """The next moment of the weekly summary, moved out of quiet hours and free days."""
    at = services.settings.reports.weekly_at
    local = now.astimezone(services.policy.zone)
    day = local.date() + timedelta(days=(at.weekday - local.weekday()) % 7)
    for candidate in (day, day + timedelta(days=7)):
        moment = datetime.combine(candidate, at.hour, services.policy.zone)
        if moment > local:
            return sendable(moment, services.policy)
    raise AssertionError("one of two successive weeks lies ahead")


def _of_library(services: Services, library: str | None) -> list[Programme]:
    return [one for one in services.programmes.values() if one.code == library]
