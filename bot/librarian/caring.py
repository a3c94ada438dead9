"""What a librarian does for one person: a link again, a new link, the end of taking part.

What cannot be undone is asked once more, and happens only from the card that asks.
"""

from __future__ import annotations

from bot import roles
from bot.librarian import enrolling, handouts, people, undoing
from bot.links import link
from bot.printing.cards import Card
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import enrolling as enrolling_texts
from bot.texts import staff as texts
from bot.texts.slovene import common
from bot.visit import Visit
from storage import changes, enrolments
from storage.participants import Place
from storage.schema import EnrolmentState


def show_link(visit: Visit, enrolment: str) -> Reply | None:
    """The link of a person once more, with its picture."""
    place = here(visit, enrolment)
    if place is None:
        return None
    address = enrolling.address_of(visit, place)
    if address is None:
        return people.show_place(visit, place, texts.NO_OPEN_LINK)
    return _with_picture(visit, place, Card(place.code, address))


def ask_new_link(visit: Visit, enrolment: str) -> Reply | None:
    """»Nova povezava«, to be confirmed."""
    return _ask(visit, enrolment, "new_link")


def make_new_link(visit: Visit, enrolment: str) -> Reply | None:
    """A new link; the old one opens nothing any more."""
    place = here(visit, enrolment)
    if place is None or not _asks(visit, place, "new_link"):
        return people.show(visit, enrolment)
    new = enrolments.reissue(visit.connection, visit.house.keys, place.enrolment, visit.now, roles.actor(visit))
    return _with_picture(visit, place, Card(place.code, link(visit.house.username, new.token)))


def ask_leave(visit: Visit, enrolment: str) -> Reply | None:
    """»Konec sodelovanja«, to be confirmed."""
    return _ask(visit, enrolment, "leaving")


def leave(visit: Visit, enrolment: str) -> Reply | None:
    """The person takes part no longer; the answers stay."""
    place = here(visit, enrolment)
    if place is None or place.state is EnrolmentState.LEFT or not _asks(visit, place, "leaving"):
        return undoing.again(visit) or people.show(visit, enrolment)
    return undoing.show(visit, changes.leave(visit.connection, place, visit.now, roles.actor(visit)))


def draw_new_link(visit: Visit, enrolment: str) -> Screen:
    """The card of `new_link:ENROLMENT`."""
    place = here(visit, enrolment)
    if place is None:
        return people.draw(visit, enrolment)
    rows = column(Button(texts.NEW_LINK_YES, f"prx:{place.enrolment}"), Button(common.CANCEL, f"per:{place.enrolment}"))
    return Screen(texts.ask_new_link(place.code, moves=place.chat is not None), rows)


def draw_leaving(visit: Visit, enrolment: str) -> Screen:
    """The card of `leaving:ENROLMENT`."""
    place = here(visit, enrolment)
    if place is None:
        return people.draw(visit, enrolment)
    rows = column(Button(texts.LEAVE_YES, f"plx:{place.enrolment}"), Button(common.CANCEL, f"per:{place.enrolment}"))
    return Screen(texts.ask_leave(place.code), rows)


def here(visit: Visit, enrolment: str) -> Place | None:
    """The place of an enrolment, where whoever is here may act for the person."""
    place = people.here(visit, enrolment)
    return place if place is not None and roles.may(visit, Action.ENROL, place.programme) else None


_ASKING = {"new_link": draw_new_link, "leaving": draw_leaving}


def _ask(visit: Visit, enrolment: str, name: str) -> Reply | None:
    place = here(visit, enrolment)
    return None if place is None else Reply(_ASKING[name](visit, enrolment), f"{name}:{place.enrolment}")


def _asks(visit: Visit, place: Place, name: str) -> bool:
    """Whether the card on the screen is the one that asks this."""
    return visit.view == f"{name}:{place.enrolment}"


def _with_picture(visit: Visit, place: Place, card: Card) -> Reply:
    extra = Screen(enrolling_texts.handed_out(card.code, card.address), media=handouts.picture(card))
    shown = people.show_place(visit, place)
    return Reply(shown.card, shown.view, fresh=True, extras=(extra,))
