"""Consent without Telegram: the librarian reads the text aloud, hears the answer and records it.

An older version that holds is no reason to ask anew; who wishes may agree to the newer one.
"""

from __future__ import annotations

from bot import roles
from bot.librarian import caring, people
from bot.screens import Button, Reply, Screen, column
from bot.texts import consents as texts
from bot.texts.participant import CONSENT_VERSION
from bot.texts.slovene import common
from bot.visit import ForgedError, Visit
from storage import consents, occasions, participants
from storage.participants import Place
from storage.schema import EnrolmentState, Giver
from surveys.model import Mode

GIVERS = {
    "w": (Giver.WITNESS, Mode.ASSISTED, texts.ALOUD_AGREED),
    "h": (Giver.GUARDIAN, Mode.ASSISTED, texts.ALOUD_AGREED),
    "s": (Giver.SELF, Mode.PAPER, texts.SIGNED),
    "g": (Giver.GUARDIAN, Mode.PAPER, texts.SIGNED_BY_GUARDIAN),
}
_OF_CHILD, _OF_ADULT = ("h", "g"), ("w", "s", "g")


def ask(visit: Visit, enrolment: str) -> Reply | None:
    """»Zapiši privolitev«: the text that is to be read aloud."""
    place = caring.here(visit, enrolment)
    return None if place is None else Reply(draw(visit, enrolment), f"consent:{place.enrolment}")


def record(visit: Visit, enrolment: str, giver: str) -> Reply | None:
    """Consent was given; what is due now is open from now on, for the librarian to fill in."""
    place = caring.here(visit, enrolment)
    if place is None or not _asks(visit, place) or is_settled(visit, place):
        return people.show(visit, enrolment)
    if giver not in _givers(visit, place):
        raise ForgedError(giver)
    who, mode, _ = GIVERS[giver]
    participants.join(visit.connection, place, None, who, mode, CONSENT_VERSION, visit.now, roles.actor(visit))
    programme = visit.house.programmes[place.programme]
    occasions.replan_one(visit.connection, programme, place.enrolment, visit.house.rhythm, visit.now)
    for occasion in occasions.waiting(visit.connection, place.enrolment):
        if occasion.opens_at <= visit.now < occasion.closes_at:
            occasions.open_now(visit.connection, occasion.id, visit.now, invited=True)
    return people.show_place(visit, place, texts.RECORDED)


def decline(visit: Visit, enrolment: str) -> Reply | None:
    """»Ne dovoli«: a no counts as much, and the link still holds."""
    place = caring.here(visit, enrolment)
    if place is None or not _asks(visit, place) or place.state is not EnrolmentState.INVITED:
        return people.show(visit, enrolment)
    participants.decline(visit.connection, place, visit.now, roles.actor(visit))
    return people.show_place(visit, place, texts.RECORDED_NO)


def is_settled(visit: Visit, place: Place) -> bool:
    """Whether the person takes part and agreed to the text of today."""
    return place.state is EnrolmentState.ACTIVE and consents.holds(visit.connection, place.enrolment, CONSENT_VERSION)


def draw(visit: Visit, enrolment: str) -> Screen:
    """The card of `consent:ENROLMENT`."""
    place = caring.here(visit, enrolment)
    if place is None:
        return people.draw(visit, enrolment)
    programme = visit.house.programmes[place.programme]
    child = programme.answered_for_child
    aloud = (texts.aloud_to_guardian if child else texts.aloud)(programme.library, programme.group)
    buttons = [Button(GIVERS[key][2], f"pcx:{place.enrolment}:{key}") for key in _givers(visit, place)]
    if place.state is EnrolmentState.INVITED:
        buttons.append(Button(texts.NOT_AGREED, f"pcn:{place.enrolment}"))
    rows = column(*buttons, Button(common.CANCEL, f"per:{place.enrolment}"))
    return Screen(texts.ask(place.code, aloud, child=child), rows)


def _asks(visit: Visit, place: Place) -> bool:
    """Whether the card on the screen is the one that asks this."""
    return visit.view == f"consent:{place.enrolment}"


def _givers(visit: Visit, place: Place) -> tuple[str, ...]:
    """Who may consent: for a child the guardian alone."""
    return _OF_CHILD if visit.house.programmes[place.programme].answered_for_child else _OF_ADULT
