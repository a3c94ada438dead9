"""The printed card of the demo: there is always one unused link to an open group. Knows storage, and no Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.demo.cohorts import OPEN_AT, open_group
from bot.demo.seed_data import ACTOR, found
from bot.runtime.services import Services
from storage import access_links, card_numbers, cohorts, enrolments
from storage.access_links import Invitation


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """The group that takes in whoever scans, and the token on the card."""

    cohort: int
    token: str


def number_of(connection: Connection, services: Services, place: OpenPlace) -> str:
    """The number on the card of a free place, as it is printed; "" on one of before there were any."""
    found = access_links.look(connection, place.token, services.clock())
    if not isinstance(found, Invitation) or found.enrolment is None:
        return ""
    on_card = access_links.open_card(connection, services.keys, found.enrolment, services.clock())
    return card_numbers.shown(on_card.number) if on_card is not None and on_card.number else ""


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
