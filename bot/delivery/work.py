"""The loop of deliveries, made of steps: claim, decide, send, record, each in its own transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection

from bot.delivery import feedback, fetching, kiosks, people, summaries
from bot.edge import Edge, Refused, Sent, Uncertain
from bot.failures import described
from bot.house import House
from bot.screens import Screen
from storage import deliveries, group_imports
from storage.deliveries import Delivery
from storage.schema import DeliveryKind

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
_CLAIMED_AT_ONCE = 32
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(hours=6)  # between two tries
_GIVE_UP = timedelta(days=30)
_BUSY_SECONDS = 4.0  # Telegram forgets after five


async def tick(house: House, edge: Edge) -> int:
    """Do everything that is due now; gives how many rows were worked on."""
    await kiosks.tidy(house, edge)
    fetched = await fetching.fetch_due(house, edge)
    await house.database.write(partial(group_imports.forget, now=house.clock()))
    await house.database.write(partial(summaries.plan, house=house, now=house.clock()))
    for lost in await house.database.write(partial(deliveries.cut_off, now=house.clock())):
        if lost.kind is DeliveryKind.REPORT:
            await _tell(house, edge, lost)
    done = 0
    while claimed := await house.database.write(_claim(house)):
        await asyncio.gather(*(_in_order(house, edge, rows) for rows in _by_receiver(claimed)))
        done += len(claimed)
    return fetched + done


def _by_receiver(claimed: list[Delivery]) -> list[list[Delivery]]:
    """The rows of one person stay in order; people are served side by side."""
    rows: dict[tuple[int | None, int | None], list[Delivery]] = {}
    for one in claimed:
        rows.setdefault((one.occasion, one.staff), []).append(one)
    return list(rows.values())


async def _in_order(house: House, edge: Edge, rows: list[Delivery]) -> None:
    for one in rows:
        await deliver(house, edge, one)


async def deliver(house: House, edge: Edge, due: Delivery) -> None:
    """Work on one claimed row. One bad row cannot stop the house: it is set aside."""
    try:
        if due.kind in (DeliveryKind.WEEKLY, DeliveryKind.REPORT):
            await _to_staff(house, edge, due)
        else:
            await _to_participant(house, edge, due)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with this row is wrong with this row only
        log.error("delivery %d failed: %s", due.id, type(error).__name__)  # noqa: TRY400 - a traceback may hold words
        await house.database.write(partial(set_aside, house=house, due=due, problem=type(error).__name__))
    if due.kind is DeliveryKind.REPORT:
        await _tell(house, edge, due)


async def _to_participant(house: House, edge: Edge, due: Delivery) -> None:
    room = feedback if due.kind is DeliveryKind.FEEDBACK else people
    post = await house.database.write(partial(room.prepare, house=house, due=due, now=house.clock()))
    if post is None:
        return
    outcome = await edge.send(post.chat, post.screen)
    if isinstance(outcome, Sent):
        recorded = partial(room.record_sent, post=post, message_id=outcome.message_id, now=house.clock())
        await house.database.write(recorded)
        if post.old_card is not None:
            await edge.retire(post.chat, post.old_card)
        return
    await house.database.write(partial(_record, house=house, due=due, outcome=outcome))


async def _to_staff(house: House, edge: Edge, due: Delivery) -> None:
    addressed = await house.database.write(partial(summaries.prepare, due=due, now=house.clock()))
    if addressed is None:
        return
    made, problem = await _made(house, edge, due, addressed)
    if made is None:
        await house.database.write(partial(deliveries.failed, delivery_id=due.id, problem=problem, now=house.clock()))
        return
    if not await house.database.write(
        partial(deliveries.begin_sending, delivery_id=due.id, attempt=due.attempt, now=house.clock())
    ):
        return
    outcome = await edge.send(addressed, made)
    if problem and isinstance(outcome, Sent):
        outcome = Refused(permanent=True, problem=problem)  # what arrived was the sentence, not the report
    await house.database.write(partial(_record, house=house, due=due, outcome=outcome))


async def _made(house: House, edge: Edge, due: Delivery, chat: bytes) -> tuple[Screen | None, str]:
    """What is to be sent. With a problem it is the sentence that says so, or nothing where that was said before."""
    try:
        if due.kind is DeliveryKind.WEEKLY:
            return await summaries.screen(house, due), ""
        async with _seen_at_work(edge, chat):
            return await summaries.screen(house, due), ""
    except Exception as error:
        if not summaries.is_hopeless(due, house.clock()):
            raise
        log.error("a report was given up: %s", described(error))  # noqa: TRY400 - a traceback may hold words
        sentence = partial(summaries.give_up, house=house, due=due, now=house.clock())
        return await house.database.read(sentence), type(error).__name__


@asynccontextmanager
async def _seen_at_work(edge: Edge, chat: bytes) -> AsyncIterator[None]:
    """Meanwhile Telegram says over the chat that a file is coming."""

    async def say() -> None:
        while True:
            await edge.busy(chat)
            await asyncio.sleep(_BUSY_SECONDS)

    saying = asyncio.create_task(say())
    try:
        yield
    finally:
        saying.cancel()
        await asyncio.gather(saying, return_exceptions=True)


async def _tell(house: House, edge: Edge, due: Delivery) -> None:
    """The card that said that it is being made says how it went. Whether that works is of no weight."""
    try:
        turn = await house.database.write(partial(summaries.settled, house=house, due=due, now=house.clock()))
        if turn is not None:
            await edge.show_in_turn(turn)
    except Exception as error:  # noqa: BLE001 - the report itself has arrived
        log.error("the card of an order was not drawn: %s", described(error))  # noqa: TRY400 - no words of people


def _claim(house: House) -> partial[list[Delivery]]:
    return partial(deliveries.claim, now=house.clock(), lease=LEASE, limit=_CLAIMED_AT_ONCE)


def _record(connection: Connection, house: House, due: Delivery, outcome: Sent | Refused | Uncertain) -> None:
    now = house.clock()
    match outcome:
        case Sent():
            deliveries.sent(connection, due.id, now)
        case Refused(permanent=True, problem=problem):
            deliveries.failed(connection, due.id, problem, now)
        case Refused(problem=problem):
            _put_off(connection, house, due, problem)
        case Uncertain():
            deliveries.uncertain(connection, due.id, now)


def set_aside(connection: Connection, house: House, due: Delivery, problem: str) -> None:
    """After a fault of ours: what may have left already is uncertain, so never sent again; the rest is put off."""
    if not deliveries.uncertain(connection, due.id, house.clock()):
        _put_off(connection, house, due, problem)


def _put_off(connection: Connection, house: House, due: Delivery, problem: str) -> None:
    """Try again after a pause that grows with the delay; the rules for people (quiet hours) are asked again then."""
    now = house.clock()
    late = now - due.planned_at
    if late > _GIVE_UP:
        deliveries.failed(connection, due.id, problem, now)
    else:
        deliveries.retry_at(connection, due.id, now + min(max(late, _SHORTEST), _LONGEST), problem)
