"""What is handed to a person who begins: the QR code as a picture, and the cards of a group, to be printed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.conversation.screens import Picture, Screen
from bot.runtime.services import Services
from bot.texts import enrolling as texts
from bot.texts.waiting_list import ON_WAITING_LIST
from bot.worker.printing import qr
from bot.worker.printing.cards import Card, CardSheet
from storage import access_links, cohort_overview, roster_imports
from storage.cohorts import Cohort
from surveys.weeks import local_day


def picture(card: Card) -> Picture:
    """The QR code as a picture that telephones read from paper and from another screen."""
    return Picture(qr.png(card.address), f"{card.code}.png")


def handed_out(services: Services, card: Card) -> Screen:
    """The same with what whoever hands it out says."""
    words = texts.handed_out(card.code, card.address, pages=bool(services.settings.web.public_url))
    return Screen(words, media=picture(card))


def sheet(
    connection: Connection, services: Services, cohort: Cohort, first: int, last: int, now: datetime
) -> CardSheet:
    """The cards of those of a group, from one enrolment to another, whose link still opens something.

    With the names of a list that was enrolled a moment ago.
    """
    tokens = access_links.open_tokens(connection, services.keys, cohort.id, now)
    names = roster_imports.names(connection, services.keys, cohort.id)
    cards = tuple(
        Card(
            member.code,
            services.link(tokens[member.enrolment]),
            names.get(member.enrolment, ""),
            ON_WAITING_LIST if member.waits else "",
        )
        for member in cohort_overview.members(connection, cohort.id)
        if first <= member.enrolment <= last and member.enrolment in tokens
    )
    return sheet_of(services, cohort, cards, now)


def sheet_of(services: Services, cohort: Cohort, cards: tuple[Card, ...], now: datetime) -> CardSheet:
    """These cards of a group, as its library hands them out."""
    programme = services.programmes[cohort.programme]
    phone, pages = services.contact(programme.code).phone, bool(services.settings.web.public_url)
    return CardSheet(programme.library, programme.group, cohort.name, cards, local_day(now), phone, pages)
