"""Reports for staff as deliveries: Monday's summary by itself, others on demand. Rendered outside the event loop."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot import reporting
from bot.house import House
from bot.screens import Document, Picture, Screen
from bot.texts import reports as texts
from reports.weeks import week_of
from storage import deliveries, staff
from storage.deliveries import Delivery
from storage.schema import DeliveryKind
from surveys.model import Programme
from surveys.plan import sendable

if TYPE_CHECKING:
    from reports.report import Report

PARTS = ("text", "picture", "file")


def plan(connection: Connection, house: House, now: datetime) -> None:
    """Plan the coming Monday's summaries for every coordinator who is here; those planned before stay."""
    moment = _next(house, now)
    week = week_of(moment).previous
    for member in staff.without_summary(connection, moment):
        for programme in _of_library(house, member.library):
            for part in PARTS:
                details = {"report": "weekly", "programme": programme.slug, "week": str(week), "part": part}
                key = f"weekly:{member.id}:{week}:{programme.slug}:{part}"
                deliveries.plan_delivery(connection, key, DeliveryKind.WEEKLY, moment, staff=member.id, details=details)


def prepare(connection: Connection, due: Delivery, now: datetime) -> bytes | None:
    """The chat to send to; None when the person is no longer staff."""
    member = None if due.staff is None else staff.find(connection, due.staff)
    if member is None or member.chat is None:
        deliveries.cancelled(connection, due.id, now, "no longer staff")
        return None
    return member.chat


async def screen(house: House, due: Delivery) -> Screen:
    """The message of this part of the report."""
    order = reporting.Order(due.details["report"], due.details["programme"], due.details.get("week"))
    report = await reporting.make(house, order)
    return await asyncio.to_thread(_part, report, due.details["part"])


def _next(house: House, now: datetime) -> datetime:
    """The next moment of the weekly summary, moved out of quiet hours and free days."""
    at = house.settings.reports.weekly_at
    local = now.astimezone(house.rhythm.zone)
    day = local.date() + timedelta(days=(at.weekday - local.weekday()) % 7)
    for candidate in (day, day + timedelta(days=7)):
        moment = datetime.combine(candidate, at.hour, house.rhythm.zone)
        if moment > local:
            return sendable(moment, house.rhythm)
    raise AssertionError("one of two successive weeks lies ahead")


def _of_library(house: House, library: str | None) -> list[Programme]:
    return [one for one in house.programmes.values() if one.code == library]


def _part(report: Report, part: str) -> Screen:
    from reports.render.html import as_html  # noqa: PLC0415 - jinja2 and typst only when needed
    from reports.render.png import as_png  # noqa: PLC0415
    from reports.render.text import as_text  # noqa: PLC0415

    if part == "text":
        return Screen(as_text(report), protect=True)
    name = f"{report.kind}-{report.subject}-{report.period}"
    if part == "picture":
        picture = Picture(as_png(report), f"{name}.png")
        return Screen(texts.report_picture(report.title), media=picture, protect=True)
    file = Document(as_html(report).encode(), f"{name}.html")
    return Screen(texts.report_file(report.title), media=file, protect=True)
