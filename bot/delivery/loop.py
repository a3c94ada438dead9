"""The loop of deliveries, made of steps: claim, decide, send, record, each in its own transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.conversation.channel import Outgoing
from bot.conversation.outcomes import Delivered, Refused
from bot.conversation.screens import Screen
from bot.coordinator import standing_orders
from bot.delivery import (
    closing,
    edited_stories,
    file_downloads,
    findings,
    first_meetings,
    invitations,
    kiosks,
    staff_orders,
)
from bot.delivery.results import record_outcome, record_sent, set_aside
from bot.delivery.rounds import Round
from bot.delivery.steps import Post, prepare
from bot.runtime.failures import described
from bot.runtime.services import Services
from bot.worker.requests import Batch
from storage import deliveries, roster_imports
from storage.deliveries import Delivery
from storage.engine.errors import Unavailable
from storage.schema import DeliveryKind

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
_CLAIMED_AT_ONCE = 32
_BUSY_SECONDS = 4.0  # what is said so is forgotten after five
_DECIDES: Mapping[DeliveryKind, Callable[[Connection, Services, Delivery, datetime], Post | None]] = {
    DeliveryKind.OPENING: invitations.decide,
    DeliveryKind.REMINDER: invitations.decide,
    DeliveryKind.CLOSING: closing.decide,
    DeliveryKind.FEEDBACK: findings.decide,
    DeliveryKind.STORY: edited_stories.decide,
}  # what is sent to a person


async def tick(services: Services, channels: Outgoing) -> int:
    """Do everything that is due now, one after the other; gives how many rows were worked on."""
    return await file_downloads.fetch_due(services, channels) + await deliver_due(services, channels)


async def deliver_due(services: Services, channels: Outgoing) -> int:
    """All of it but files that are to be fetched and read, which may take long; gives how many rows were worked on.

    Raises Unavailable where the database was lost; what was claimed then and not begun comes back with its lease.
    """
    await kiosks.tidy(services, channels)
    await first_meetings.refresh(services, channels)
    await services.database.write(partial(roster_imports.forget, now=services.clock()))
    await services.database.write(partial(staff_orders.plan, services=services, now=services.clock()))
    await services.database.write(partial(standing_orders.plan, services=services, now=services.clock()))
    for lost in await services.database.write(partial(deliveries.cut_off, now=services.clock())):
        if lost.kind is DeliveryKind.REPORT:
            await _tell(services, channels, lost)
    done = 0
    while claimed := await services.database.write(_claim(services)):
        this = Round(services)
        await asyncio.gather(*(_in_order(services, channels, rows, this) for rows in _by_receiver(claimed)))
        if this.problem is not None:
            raise this.problem
        done += len(claimed)
    return done


def _by_receiver(claimed: list[Delivery]) -> list[list[Delivery]]:
    """The rows of one person stay in order; people are served side by side."""
    rows: dict[tuple[int | None, int | None], list[Delivery]] = {}
    for one in claimed:
        rows.setdefault((one.occasion, one.staff), []).append(one)
    return list(rows.values())


async def _in_order(services: Services, channels: Outgoing, rows: list[Delivery], this: Round) -> None:
    batch = Batch(services)
    for one in rows:
        if this.problem is not None:
            return
        try:
            await deliver(services, channels, one, batch, this)
        except Unavailable as problem:
            this.lost(problem)


async def deliver(services: Services, channels: Outgoing, due: Delivery, batch: Batch, this: Round) -> None:
    """Work on one claimed row. One bad row cannot stop the others: it is set aside."""
    try:
        if due.kind in (DeliveryKind.WEEKLY, DeliveryKind.REPORT):
            await _to_staff(services, channels, due, batch, this)
        else:
            await _to_participant(services, channels, due, this)
    except Unavailable:  # nothing is wrong with this row
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with this row is wrong with this row only
        log.error("delivery %d failed: %s", due.id, described(error))  # noqa: TRY400 - a traceback may hold words
        await services.database.write(partial(set_aside, services=services, due=due, problem=type(error).__name__))
    if due.kind is DeliveryKind.REPORT:
        await _tell(services, channels, due)


async def _to_participant(services: Services, channels: Outgoing, due: Delivery, this: Round) -> None:
    post = await services.database.write(
        partial(prepare, decide=_DECIDES[due.kind], services=services, due=due, now=services.clock())
    )
    if post is None:
        return
    outcome = await channels.send(post.chat, post.screen)
    if not isinstance(outcome, Delivered):
        await this.record(partial(record_outcome, services=services, due=due, outcome=outcome))
        return
    recorded = partial(record_sent, post=post, message_id=outcome.message_id, now=services.clock())
    await this.record(recorded)
    if post.old_card is not None:
        await channels.retire(post.chat, post.old_card)


async def _to_staff(services: Services, channels: Outgoing, due: Delivery, batch: Batch, this: Round) -> None:
    addressed = await services.database.write(
        partial(prepare, decide=staff_orders.decide, services=services, due=due, now=services.clock())
    )
    if addressed is None:
        return
    made, problem = await _made(services, channels, due, addressed, batch)
    if made is None:
        await services.database.write(
            partial(deliveries.failed, delivery_id=due.id, problem=problem, now=services.clock())
        )
        return
    if not await services.database.write(
        partial(deliveries.begin_sending, delivery_id=due.id, attempt=due.attempt, now=services.clock())
    ):
        return
    outcome = await channels.hand_over(addressed, made)
    if problem and isinstance(outcome, Delivered):
        outcome = Refused(permanent=True, problem=problem)  # what arrived was the sentence, not the report
    if isinstance(outcome, Delivered):
        recorded = partial(staff_orders.record_sent, due=due, chat=addressed, now=services.clock())
        await this.record(recorded)
        return
    await this.record(partial(record_outcome, services=services, due=due, outcome=outcome))


async def _made(
    services: Services, channels: Outgoing, due: Delivery, chat: bytes, batch: Batch
) -> tuple[Screen | None, str]:
    """What is to be sent. With a problem it is the sentence that says so, or nothing where that was said before."""
    try:
        if due.kind is DeliveryKind.WEEKLY:
            return await staff_orders.screen(services, due, batch), ""
        async with _seen_at_work(channels, chat):
            return await staff_orders.screen(services, due, batch), ""
    except Unavailable:
        raise
    except Exception as error:
        if not staff_orders.is_hopeless(due, error, services.clock()):
            raise
        log.error("a report was given up: %s", described(error))  # noqa: TRY400 - a traceback may hold words
        sentence = partial(staff_orders.give_up, services=services, due=due, error=error, now=services.clock())
        return await services.database.read(sentence), type(error).__name__


@asynccontextmanager
async def _seen_at_work(channels: Outgoing, chat: bytes) -> AsyncIterator[None]:
    """Meanwhile is said over the chat that a file is coming."""

    async def say() -> None:
        while True:
            await channels.busy(chat)
            await asyncio.sleep(_BUSY_SECONDS)

    saying = asyncio.create_task(say())
    try:
        yield
    finally:
        saying.cancel()
        await asyncio.gather(saying, return_exceptions=True)


async def _tell(services: Services, channels: Outgoing, due: Delivery) -> None:
    """The card that said that it is being made says how it went. Whether that works is of no weight."""
    try:
        handled = await services.database.write(
            partial(staff_orders.settled, services=services, due=due, now=services.clock())
        )
        if handled is not None:
            await channels.show_in_order(handled)
    except Exception as error:  # noqa: BLE001 - the report itself has arrived
        log.error("the card of an order was not drawn: %s", described(error))  # noqa: TRY400 - no words of people


def _claim(services: Services) -> partial[list[Delivery]]:
    return partial(deliveries.claim, now=services.clock(), lease=LEASE, limit=_CLAIMED_AT_ONCE)
