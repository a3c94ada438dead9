"""What a librarian does for one person: a link again, a new link, consent without Telegram, the end of taking part.

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
from bot.texts.participant import CONSENT_VERSION
from bot.texts.slovene import common
from bot.visit import ForgedError, Visit
from storage import changes, enrolments, occasions, participants
from storage.participants import Place
from storage.schema import EnrolmentState, Giver
from surveys.model import Mode

GIVERS = {
    "s": (Giver.SELF, Mode.PAPER, texts.CONSENT_ON_PAPER),
    "w": (Giver.WITNESS, Mode.ASSISTED, texts.CONSENT_BY_WITNESS),
    "g": (Giver.GUARDIAN, Mode.PAPER, texts.CONSENT_BY_GUARDIAN),
}


def show_link(visit: Visit, enrolment: str) -> Reply | None:
    """The link of a person once more, with its picture."""
    place = _here(visit, enrolment)
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
    place = _here(visit, enrolment)
    if place is None or not _asks(visit, place, "new_link"):
        return people.show(visit, enrolment)
    new = enrolments.reissue(visit.connection, visit.house.keys, place.enrolment, visit.now, roles.actor(visit))
    return _with_picture(visit, place, Card(place.code, link(visit.house.username, new.token)))


def ask_leave(visit: Visit, enrolment: str) -> Reply | None:
    """»Konec sodelovanja«, to be confirmed."""
    return _ask(visit, enrolment, "leaving")


def leave(visit: Visit, enrolment: str) -> Reply | None:
    """The person takes part no longer; the answers stay."""
    place = _here(visit, enrolment)
    if place is None or place.state is EnrolmentState.LEFT or not _asks(visit, place, "leaving"):
        return undoing.again(visit) or people.show(visit, enrolment)
    return undoing.show(visit, changes.leave(visit.connection, place, visit.now, roles.actor(visit)))


def ask_consent(visit: Visit, enrolment: str) -> Reply | None:
    """»Zapiši privolitev«: who gave it?."""
    return _ask(visit, enrolment, "consent")


def record_consent(visit: Visit, enrolment: str, giver: str) -> Reply | None:
    """Consent without Telegram; what is due now is open from now on, for the librarian to fill in."""
    place = _here(visit, enrolment)
    if place is None or place.state is EnrolmentState.ACTIVE or not _asks(visit, place, "consent"):
        return people.show(visit, enrolment)
    if giver not in _givers(visit, place):
        raise ForgedError(giver)
    who, mode, _ = GIVERS[giver]
    version = CONSENT_VERSION
    participants.join(visit.connection, place, place.chat, who, mode, version, visit.now, roles.actor(visit))
    programme = visit.house.programmes[place.programme]
    occasions.replan_one(visit.connection, programme, place.enrolment, visit.house.rhythm, visit.now)
    for occasion in occasions.waiting(visit.connection, place.enrolment):
        if occasion.opens_at <= visit.now < occasion.closes_at:
            occasions.open_now(visit.connection, occasion.id, visit.now, invited=True)
    return people.show_place(visit, place, texts.CONSENT_RECORDED)


def draw_new_link(visit: Visit, enrolment: str) -> Screen:
    """The card of `new_link:ENROLMENT`."""
    place = _here(visit, enrolment)
    if place is None:
        return people.draw(visit, enrolment)
    rows = column(Button(texts.NEW_LINK_YES, f"prx:{place.enrolment}"), Button(common.CANCEL, f"per:{place.enrolment}"))
    return Screen(texts.ask_new_link(place.code, moves=place.chat is not None), rows)


def draw_leaving(visit: Visit, enrolment: str) -> Screen:
    """The card of `leaving:ENROLMENT`."""
    place = _here(visit, enrolment)
    if place is None:
        return people.draw(visit, enrolment)
    rows = column(Button(texts.LEAVE_YES, f"plx:{place.enrolment}"), Button(common.CANCEL, f"per:{place.enrolment}"))
    return Screen(texts.ask_leave(place.code), rows)


def draw_consent(visit: Visit, enrolment: str) -> Screen:
    """The card of `consent:ENROLMENT`."""
    place = _here(visit, enrolment)
    if place is None:
        return people.draw(visit, enrolment)
    buttons = [Button(GIVERS[key][2], f"pcx:{place.enrolment}:{key}") for key in _givers(visit, place)]
    child = visit.house.programmes[place.programme].answered_for_child
    rows = column(*buttons, Button(common.CANCEL, f"per:{place.enrolment}"))
    return Screen(texts.ask_consent(place.code, child=child), rows)


_ASKING = {"new_link": draw_new_link, "leaving": draw_leaving, "consent": draw_consent}


def _ask(visit: Visit, enrolment: str, name: str) -> Reply | None:
    place = _here(visit, enrolment)
    return None if place is None else Reply(_ASKING[name](visit, enrolment), f"{name}:{place.enrolment}")


def _asks(visit: Visit, place: Place, name: str) -> bool:
    """Whether the card on the screen is the one that asks this."""
    return visit.view == f"{name}:{place.enrolment}"


def _here(visit: Visit, enrolment: str) -> Place | None:
    """The place of an enrolment, where whoever is here may act for the person."""
    place = people.here(visit, enrolment)
    return place if place is not None and roles.may(visit, Action.ENROL, place.programme) else None


def _givers(visit: Visit, place: Place) -> tuple[str, ...]:
    """Who may consent: for a child the guardian alone."""
    return ("g",) if visit.house.programmes[place.programme].answered_for_child else tuple(GIVERS)


def _with_picture(visit: Visit, place: Place, card: Card) -> Reply:
    extra = Screen(enrolling_texts.handed_out(card.code, card.address), media=handouts.picture(card))
    shown = people.show_place(visit, place)
    return Reply(shown.card, shown.view, fresh=True, extras=(extra,))
