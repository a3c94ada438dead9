"""The printed card of the demo: there is always one unused link to an open group. Knows storage, and no Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.demo.cohorts import OPEN_AT, open_group
from bot.demo.seed_data import ACTOR, found
from bot.runtime.services import Services
from storage import access_links, cohorts, enrolments
from storage.access_links import Invitation


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """The group that takes in whoever scans, and the token on the card."""

    cohort: int
    token: str


def open_place(connection: Connection, services: Services, place: OpenPlace) -> OpenPlace:
    """This place where it is still free; else a new one, in a new group once the old one has ended."""
    now = services.clock()
    if isinstance(access_links.look(connection, place.token, now), Invitation):
        return place
    programme = services.programmes[OPEN_AT]
    cohort = cohorts.find(connection, place.cohort)
    if cohort is None or cohort.end <= now.astimezone(services.policy.zone).date():
        cohort = found(connection, programme, open_group(), services.policy, now)
    enrolled = enrolments.enrol(connection, services.keys, programme, cohort, now, ACTOR)
    return OpenPlace(cohort.id, enrolled.token)
