"""What is handed to a person who begins: the QR code as a picture, and the cards of a group, to be printed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.house import House
from bot.links import link
from bot.printing import qr
from bot.printing.cards import Card, Sheet
from bot.screens import Picture
from reports.weeks import local_day
from storage import groups, invites
from storage.cohorts import Cohort


def picture(card: Card) -> Picture:
    """The QR code as a picture that telephones read from paper and from another screen."""
    return Picture(qr.png(card.address), f"{card.code}.png")


def sheet(connection: Connection, house: House, cohort: Cohort, first: int, last: int, now: datetime) -> Sheet:
    """The cards of those of a group, from one enrolment to another, whose link still opens something."""
    programme = house.programmes[cohort.programme]
    cards = []
    for member in groups.members(connection, cohort.id):
        if first <= member.enrolment <= last:
            token = invites.open_token(connection, house.keys, member.enrolment, now)
            if token is not None:
                cards.append(Card(member.code, link(house.username, token)))
    return Sheet(programme.library, programme.group, cohort.name, tuple(cards), local_day(now))
