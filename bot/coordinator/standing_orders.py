"""What comes by itself to the national coordinator who wants it: the work of all libraries, each week or each month.

The wish is the next delivery (`storage.standing_orders`); the tick plans the one after it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from bot.actions.choices import NATION, Cadence
from bot.orders import placed
from bot.orders.report import ReportOrder
from bot.runtime.services import Services
from bot.worker.jobs import ReportSpec
from storage import staff
from storage import standing_orders as stored_orders
from storage.schema import DeliveryKind, Role
from surveys.contact_policy import sendable
from surveys.months import Period, month_of
from surveys.weeks import Week, week_of

_PARTS = ("text", "pdf")
_SATURDAY = 5


def begin(
    connection: Connection, services: Services, member: int, cadence: Cadence, now: datetime, number: int
) -> None:
    """From now on it comes by itself; `number` is another one each time."""
    _plan(connection, services, member, cadence, now, number)


def stop(connection: Connection, member: int, cadence: Cadence, now: datetime) -> None:
    """It does not come by itself any more."""
    stored_orders.stop(connection, member, _begun(member, cadence), now)


def coming(connection: Connection, member: int, cadence: Cadence) -> datetime | None:
    """When the newest one was or is due; None where it does not come by itself."""
    return stored_orders.newest(connection, member, _begun(member, cadence))


def wanted(connection: Connection, member: int, cadence: Cadence) -> bool:
    """Whether it comes by itself."""
    return coming(connection, member, cadence) is not None


def plan(connection: Connection, services: Services, now: datetime) -> None:
    """Plan the next ones of every order whose newest has been due."""
    for member in staff.listing(connection):
        if member.role is not Role.NATIONAL or member.chat is None:
            continue
        for cadence in Cadence:
            last = stored_orders.newest(connection, member.id, _begun(member.id, cadence))
            if last is not None and last <= now:
                _plan(connection, services, member.id, cadence, now)


def _plan(
    connection: Connection, services: Services, member: int, cadence: Cadence, now: datetime, number: int = 0
) -> None:
    moment, period = _next(services, cadence, now)
    week = isinstance(period, Week)
    spec = ReportSpec("country", NATION, str(period) if week else None, month=None if week else str(period))
    begins = f"{_begun(member, cadence)}{period}:{number}:"
    placed.plan(connection, ReportOrder(spec, _PARTS), begins, DeliveryKind.WEEKLY, moment, member)


def _begun(member: int, cadence: Cadence) -> str:
    return f"country:{member}:{cadence}:"


def _next(services: Services, cadence: Cadence, now: datetime) -> tuple[datetime, Period]:
    """When the next one goes out, and of which week or month it tells: the one that is over by then."""
    at, zone = services.settings.reports.weekly_at, services.policy.zone
    today = now.astimezone(zone).date()
    period: Period = week_of(now) if cadence is Cadence.WEEK else month_of(now)
    while True:
        begins = period.first
        day = begins + timedelta(days=at.weekday) if isinstance(period, Week) else _working(services, begins)
        moment = datetime.combine(day, at.hour, zone)
        if day >= today and moment > now:
            return sendable(moment, services.policy), period.previous
        period = period.next


def _working(services: Services, day: date) -> date:
    """The first day from this one on that is neither at a weekend nor a holiday."""
    while day.weekday() >= _SATURDAY or services.policy.holiday(day):
        day += timedelta(days=1)
    return day
