"""The end of an occasion whose time is over: nothing is sent, and what was answered stays."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.delivery.steps import NotWanted, locked
from bot.runtime.services import Services
from storage import deliveries, occasions, waiting_list
from storage.answers import responses
from storage.deliveries import Delivery
from storage.occasions import Occasion
from storage.schema import OccasionState
from surveys import engine


def decide(connection: Connection, services: Services, due: Delivery, now: datetime) -> None:
    """Close the occasion of a claimed row."""
    occasion = locked(connection, due)
    if occasion is None or occasion.state not in (OccasionState.PLANNED, OccasionState.OPEN):
        raise NotWanted("the occasion has ended")
    deliveries.sent(connection, due.id, now)  # before what closing cancels
    _close(connection, services, occasion, now)


def _close(connection: Connection, services: Services, occasion: Occasion, now: datetime) -> None:
    response = responses.of_occasion(connection, occasion.id)
    if response is None:
        occasions.settle(connection, occasion.id, OccasionState.MISSED, now)
        return
    answers = responses.answers(connection, services.keys, response.id)
    added = engine.close(response.questionnaire, answers)
    if added:
        responses.store(connection, services.keys, response.id, added, "system", now)
    is_whole = engine.current(response.questionnaire, {**answers, **added}) is None
    if is_whole:
        responses.finish(connection, response.id, now)
    ended = OccasionState.COMPLETE if is_whole else OccasionState.PARTIAL if answers else OccasionState.MISSED
    occasions.settle(connection, occasion.id, ended, now)
    waiting_list.follow(connection, services.programmes[occasion.programme], occasion.enrolment, services.policy, now)
