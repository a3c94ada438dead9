"""The printed card of the demo: there is always one unused link to an open group. Knows storage, and no Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.demo.groups import OPEN_AT, open_group
from bot.demo.sowing import ACTOR, found
from bot.house import House
from storage import cohorts, enrolments, invites
from storage.invites import Invitation


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """The group that takes in whoever scans, and the token on the card."""

    cohort: int
    token: str


def open_place(connection: Connection, house: House, place: OpenPlace) -> OpenPlace:
    """This place where it is still free; else a new one, in a new group once the old one has ended."""
    now = house.clock()
    if isinstance(invites.look(connection, place.token, now), Invitation):
        return place
    programme = house.programmes[OPEN_AT]
    cohort = cohorts.find(connection, place.cohort)
    if cohort is None or cohort.end <= now.astimezone(house.rhythm.zone).date():
        cohort = found(connection, programme, open_group(), house.rhythm, now)
    enrolled = enrolments.enrol(connection, house.keys, programme, cohort, now, ACTOR)
    return OpenPlace(cohort.id, enrolled.token)
