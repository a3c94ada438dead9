"""Faults that are planted into the real bot, each by patching its functions, to see that they are found."""

import asyncio
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import bot.delivery.invitations
import bot.delivery.loop
import bot.routing.dispatch
import bot.routing.floods
import bot.running
import bot.telegram.intake.polling
import bot.telegram.intake.receiver
from bot.routing.floods import Allowance
from bot.telegram.card_state import CardStates
from bot.telegram.edge import Edge
from bot.telegram.intake.polling import Polling
from bot.telegram.intake.receiver import Receiver
from bot.worker.jobs import JobInputs
from reports.disclosure.suppression import Cells
from storage import chats, deliveries, handled_updates, occasions, participants
from tests.simulation.ground import Ground
from tests.simulation.story import World

_accept, _claim, _services = Receiver.accept, deliveries.claim, Ground.services
_record_edited, _mark_handled, _due = chats.record_edited, handled_updates.mark_handled, occasions._due


def _accepts_at_once(self, raw):
    _accept(self, raw).add_done_callback(lambda one: one.cancelled() or one.exception())
    done = asyncio.get_running_loop().create_future()
    done.set_result(None)
    return done


def _marks_and_does_it_again(connection, channel, key, now):
    _mark_handled(connection, channel, key, now)
    return True


def _claims_without_a_lease(connection, now, lease, limit):
    return _claim(connection, now, timedelta(microseconds=1), limit)


def _begins_anyhow(connection, delivery_id, attempt, now):
    return True


def _is_wanted(connection, services, due, now):
    return bot.delivery.invitations.locked(connection, due)


def _due_a_day_early(occasion_id, planned):
    return [(key, kind, moment - timedelta(days=1)) for key, kind, moment in _due(occasion_id, planned)]


def _in_winter_time(self, clock, mode):
    services = _services(self, clock, mode)
    return replace(services, policy=replace(services.policy, zone=ZoneInfo("Etc/GMT-1")))


def _on_any_day(self, clock, mode):
    services = _services(self, clock, mode)
    return replace(services, policy=replace(services.policy, sundays=True, holiday=lambda _: False))


def _tries_again(connection, delivery_id, now):
    return deliveries.retry_at(connection, delivery_id, now + timedelta(minutes=1))


async def _thinks_it_edited(self, handled, card, message):
    return self._services.clock().astimezone(UTC)


def _records_in_order(connection, chat_ref, revision, told_at, at, card):
    return _record_edited(connection, chat_ref, revision, datetime.min.replace(tzinfo=UTC), at)


async def _gives_up_at_once(self, raw, known):
    try:
        return await self._handle(raw, known)
    except Exception:  # noqa: BLE001 - whatever it is
        return await self._give_up(raw)


class _NeverRaised(Exception):  # noqa: N818 - says what it is
    """What nothing raises."""


async def _moves_on(self, batch):
    for raw in batch:
        self._receiver.accept(raw).add_done_callback(lambda one: one.cancelled() or one.exception())
    self._offset = batch[-1]["update_id"] + 1


async def _records_nothing(self, *_):
    pass


PLANTED = {
    "acknowledged before the commit": [(Receiver, "accept", _accepts_at_once)],
    "the offset moves before the commit": [(Polling, "_take", _moves_on)],
    "given up on a full disk": [(bot.telegram.intake.receiver, "Unavailable", _NeverRaised)],
    "given up at the first failure": [(Receiver, "_commit", _gives_up_at_once)],
    "ended by a line that is cut": [(bot.telegram.intake.polling, "TelegramError", _NeverRaised)],
    "no mark of what was handled": [(handled_updates, "mark_handled", lambda *_, **__: True)],
    "handled twice": [(handled_updates, "mark_handled", _marks_and_does_it_again)],
    "sent before its beginning is committed": [(deliveries, "begin_sending", _begins_anyhow)],
    "no lease": [(deliveries, "claim", _claims_without_a_lease), (deliveries, "begin_sending", _begins_anyhow)],
    "uncertain is sent again": [(deliveries, "uncertain", _tries_again)],
    "reminded after /stop": [
        (occasions, "cancel_all", lambda *_: None),
        (bot.delivery.invitations, "_wanted", _is_wanted),
    ],
    "/stop in words alone": [
        (participants, "leave", lambda *_: None),
        (occasions, "cancel_all", lambda *_: None),
    ],
    "planned for a day too early": [(occasions, "_due", _due_a_day_early)],
    "quiet hours are ignored": [(bot.delivery.invitations, "sendable", lambda moment, _: moment)],
    "so many a week is ignored": [(bot.delivery.invitations, "_find_room", lambda *_: None)],
    "winter time in summer": [(Ground, "services", _in_winter_time)],
    "sent on Sundays and holidays": [(Ground, "services", _on_any_day)],
    "typed words without a guard": [(bot.routing.dispatch, "_is_early", lambda *_: False)],
    "a hand that taps fast counts as a flood": [
        (bot.routing.floods, "STRANGERS", Allowance(2, 1.0)),
        (bot.routing.floods, "EVERYBODY", Allowance(2, 0.9)),
    ],
    "a card is not drawn again after a crash": [(bot.running, "redraw", lambda *_, **__: [])],
    "a card counts as shown that was not": [(Edge, "_edit", _thinks_it_edited)],
    "what was shown is not recorded": [(CardStates, "_record", _records_nothing)],
    "two edits out of order": [(chats, "record_edited", _records_in_order)],
    "a limiter for each process": [(World, "shared_rate", lambda _: None)],
    "suppressed one too late": [(JobInputs, "cells", Cells(4, 10))],
}
"""What is planted, as patches of real functions by their names."""


@contextmanager
def planted(name):
    """The bot with this fault."""
    with ExitStack() as stack:
        for where, what, instead in PLANTED[name]:
            stack.enter_context(mock.patch.object(where, what, instead))
        yield
