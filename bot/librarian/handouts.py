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
from storage import group_imports, groups, invites
from storage.cohorts import Cohort


def picture(card: Card) -> Picture:
    """The QR code as a picture that telephones read from paper and from another screen."""
    return Picture(qr.png(card.address), f"{card.code}.png")


def sheet(connection: Connection, house: House, cohort: Cohort, first: int, last: int, now: datetime) -> Sheet:
    """The cards of those of a group, from one enrolment to another, whose link still opens something.

    With the names of a list that was enrolled a moment ago.
    """
    programme = house.programmes[cohort.programme]
    tokens = invites.open_tokens(connection, house.keys, cohort.id, now)
    names = group_imports.names(connection, house.keys, cohort.id)
    cards = tuple(
        Card(member.code, link(house.username, tokens[member.enrolment]), names.get(member.enrolment, ""))
        for member in groups.members(connection, cohort.id)
        if first <= member.enrolment <= last and member.enrolment in tokens
    )
    return Sheet(programme.library, programme.group, cohort.name, cards, local_day(now))
