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
from storage import access_links, card_numbers, cohort_overview, roster_imports
from storage.access_links import OnCard
from storage.cohorts import Cohort
from surveys.weeks import local_day


def picture(card: Card) -> Picture:
    """The QR code as a picture that telephones read from paper and from another screen."""
    return Picture(qr.png(card.address), f"{card.code}.png")


def handed_out(services: Services, card: Card) -> Screen:
    """The same with what whoever hands it out says."""
    words = texts.handed_out(card.code, card.address, services.settings.web.typed, card.number)
    return Screen(words, media=picture(card))


def card(services: Services, code: str, on_card: OnCard, name: str = "", note: str = "") -> Card:
    """What is handed to one person; the number, where there are pages on which it is typed."""
    number = card_numbers.shown(on_card.number) if services.settings.web.typed and on_card.number else ""
    return Card(code, services.link(on_card.token), name, note, number)


def sheet(
    connection: Connection, services: Services, cohort: Cohort, first: int, last: int, now: datetime
) -> CardSheet:
    """The cards of those of a group, from one enrolment to another, whose link still opens something.

    With the names of a list that was enrolled a moment ago.
    """
    on_cards = access_links.open_cards(connection, services.keys, cohort.id, now)
    names = roster_imports.names(connection, services.keys, cohort.id)
    cards = tuple(
        card(
            services,
            member.code,
            on_cards[member.enrolment],
            names.get(member.enrolment, ""),
            ON_WAITING_LIST if member.waits else "",
        )
        for member in cohort_overview.members(connection, cohort.id)
        if first <= member.enrolment <= last and member.enrolment in on_cards
    )
    return sheet_of(services, cohort, cards, now)


def sheet_of(services: Services, cohort: Cohort, cards: tuple[Card, ...], now: datetime) -> CardSheet:
    """These cards of a group, as its library hands them out."""
    programme = services.programmes[cohort.programme]
    phone, typed = services.contact(programme.code).phone, services.settings.web.typed
    return CardSheet(programme.library, programme.group, cohort.name, cards, local_day(now), phone, typed)
