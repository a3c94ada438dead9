"""Reports and data for staff as deliveries: Monday's summary by itself, others on demand. Made beside the bot."""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot import reporting
from bot.coordinator import feedback, orders
from bot.delivery import consented, kiosks, printed
from bot.house import House
from bot.reporting import DataForm, Export, Form
from bot.screens import Document, Picture, Reply, Screen
from bot.texts import reports as texts
from bot.turns import Turn
from bot.visit import Visit
from reports.weeks import local_day, week_of
from storage import chats, deliveries, staff
from storage.deliveries import Delivery
from storage.schema import DeliveryKind, DeliveryState
from surveys.model import Programme
from surveys.plan import sendable

if TYPE_CHECKING:
    from reports.export.make import File

_GIVE_UP = timedelta(minutes=4)  # the fourth try, as `bot.delivery.work` pauses between them
_FORMS: dict[str, Form] = {
    "text": "text",
    "picture": "picture",
    "pdf": "pdf",
    "html": "html",
    "xlsx": "xlsx",
    "file": "html",  # planned before there were PDFs
}  # by the part of a report


def plan(connection: Connection, house: House, now: datetime) -> None:
    """Plan the coming Monday's summaries for every coordinator who is here; those planned before stay."""
    moment = _next(house, now)
    week = week_of(moment).previous
    for member in staff.without_summary(connection, moment):
        for programme in _of_library(house, member.library):
            for part in orders.MONDAY:
                details = {"report": "weekly", "subject": programme.slug, "week": str(week), "part": part}
                key = f"weekly:{member.id}:{week}:{programme.slug}:{part}"
                deliveries.plan_delivery(connection, key, DeliveryKind.WEEKLY, moment, staff=member.id, details=details)


def prepare(connection: Connection, due: Delivery, now: datetime) -> bytes | None:
    """The chat to send to; None when the person is no longer staff."""
    member = None if due.staff is None else staff.find(connection, due.staff)
    if member is None or member.chat is None:
        deliveries.cancelled(connection, due.id, now, "no longer staff")
        return None
    if kiosks.put_off(connection, due, member.chat, now):
        return None
    return member.chat


async def screen(house: House, due: Delivery) -> Screen:
    """The message of this part of a report, of the data, or of cards."""
    if "cards" in due.details:
        return await printed.screen(house, due.details)
    if "consents" in due.details:
        return await consented.screen(house, due.details)
    if "paper" in due.details:
        return await printed.papers(house, due.details)
    if "export" in due.details:
        return await _data(house, due.details["export"], due.details["form"])
    order = orders.of_details(due.details)
    report = await reporting.make(house, order)
    form = _FORMS[due.details["part"]]
    content = await reporting.render(house, report, form)
    match form:
        case "text":
            return Screen(content.decode() + await _reminders(house, due), protect=orders.inside(order))
        case "picture":
            picture = Picture(content, texts.report_file_name(report, "png"))
            return Screen(texts.report_picture(report.title), media=picture, protect=orders.inside(order))
        case _:  # a file is ordered to be kept and passed on: never protected
            file = Document(content, texts.report_file_name(report, form))
            return Screen(texts.report_file(report.title, form), media=file)


def is_hopeless(due: Delivery, now: datetime) -> bool:
    """Whether whoever ordered this has waited long enough for what cannot be made."""
    return due.kind is DeliveryKind.REPORT and now - due.planned_at >= _GIVE_UP


def give_up(connection: Connection, house: House, due: Delivery, now: datetime) -> Screen | None:
    """The sentence for whoever ordered what cannot be made; none where another part of it has said so."""
    number = orders.number(due.key)
    if any(one.state is DeliveryState.FAILED for one in orders.standings(connection, number)):
        return None
    return Screen(orders.sorry(Visit(connection, house, b"", now), due.details))


def settled(connection: Connection, house: House, due: Delivery, now: datetime) -> Turn | None:
    """The card that tells of the order, where it is still on the screen and nothing of the order is to come."""
    member = None if due.staff is None else staff.find(connection, due.staff)
    if member is None or member.chat is None:
        return None
    row = chats.lock(connection, member.chat)
    number = orders.number(due.key)
    if row is None or row.card is None or row.view != f"order:{number}":
        return None
    if not orders.ended(orders.standings(connection, number)):
        return None
    visit = Visit(connection, house, member.chat, now, view=row.view)
    revision = chats.turn(connection, member.chat, row.view, now)
    return Turn(member.chat, revision, row.card, Reply(orders.draw(visit, number), row.view), again=True)


async def _reminders(house: House, due: Delivery) -> str:
    """What Monday's summary adds to the report: which groups wait to hear what was learned."""
    if due.kind is not DeliveryKind.WEEKLY:
        return ""
    slug = orders.of_details(due.details).subject
    asked = await house.database.read(partial(feedback.reminders, house=house, slug=slug, now=due.planned_at))
    return f"\n\n{asked}" if asked else ""


async def _data(house: House, slug: str, form: DataForm) -> Screen:
    """The data of a programme: the file, or several in one archive."""
    files = await reporting.files(house, Export(slug, form))
    name = texts.data_file_name(slug, form, local_day(house.clock()))
    file = await asyncio.to_thread(_packed, files, name)
    return Screen(texts.data_file(house.programmes[slug].name), media=file)


def _packed(files: Sequence[File], name: str) -> Document:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in files:
            archive.writestr(one.name, one.data)
    return Document(packed.getvalue(), f"{name}.zip")


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
