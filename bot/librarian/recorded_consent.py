"""Consent without Telegram: the librarian reads the text aloud, hears the answer and records it.

An older version that holds is no reason to ask anew; who wishes may agree to the newer one.
"""

from __future__ import annotations

from bot.actions import assistance as actions
from bot.actions import librarian
from bot.actions.assistance import ConsentGiven
from bot.consent import text_archive
from bot.conversation import permissions
from bot.conversation.declared import ForgedError
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import access_links, person
from bot.texts import consent_forms as form_texts
from bot.texts import consents as texts
from bot.texts.slovene import common
from bot.texts.spoken_consent import ALOUD
from bot.views import assistance as views
from storage import occasions, participants
from storage.consents import Consent
from storage.participants import Enrolment
from storage.schema import EnrolmentState, Giver
from surveys.languages import NAMES, SLOVENIAN
from surveys.model import EnrolmentRole, Mode

_WAYS = {
    ConsentGiven.ALOUD: (Giver.WITNESS, Mode.ASSISTED, texts.ALOUD_AGREED),
    ConsentGiven.ALOUD_BY_GUARDIAN: (Giver.GUARDIAN, Mode.ASSISTED, texts.ALOUD_AGREED),
    ConsentGiven.SIGNED: (Giver.SELF, Mode.PAPER, texts.SIGNED),
    ConsentGiven.SIGNED_BY_GUARDIAN: (Giver.GUARDIAN, Mode.PAPER, texts.SIGNED_BY_GUARDIAN),
}
_OF_CHILD = (ConsentGiven.ALOUD_BY_GUARDIAN, ConsentGiven.SIGNED_BY_GUARDIAN)
_OF_WHO_WAITS = (ConsentGiven.ALOUD, ConsentGiven.SIGNED)
_OF_ADULT = (*_OF_WHO_WAITS, ConsentGiven.SIGNED_BY_GUARDIAN)


def ask(request: Request, enrolment_id: int, language: str = "") -> Reply | None:
    """»Zapiši privolitev«: the text that is to be read aloud, or was signed, in the person's language or another."""
    if access_links.here(request, enrolment_id) is None:
        return None
    language = language if language in ALOUD else ""
    return Reply(draw(request, enrolment_id, language), views.consent(enrolment_id, language))


def record(request: Request, enrolment_id: int, given: ConsentGiven, role: EnrolmentRole) -> Reply | None:
    """Consent was given; what is due now is open from now on, for the librarian to fill in."""
    enrolment, asked = access_links.here(request, enrolment_id), _asked(request, enrolment_id)
    if enrolment is None or asked is None or is_settled(request, enrolment):
        return person.show(request, enrolment_id)
    if role is not enrolment.role:  # the person was put on the waiting list, or begins, since the text was drawn
        return Reply.again(request.view, note=texts.HAS_CHANGED)
    if given not in _ways(request, enrolment):
        raise ForgedError(given)
    giver, mode, _ = _WAYS[given]
    text = text_archive.shown(enrolment, text_archive.aloud(giver), _language(enrolment, asked))
    take_part(request, enrolment, Consent(giver, mode, text), permissions.actor(request))
    return person.show_enrolment(request, enrolment, texts.RECORDED)


def take_part(request: Request, enrolment: Enrolment, given: Consent, actor: str) -> None:
    """Consent without Telegram was given: what is due now is open from now on."""
    participants.join(request.connection, enrolment, None, given.giver, given.mode, given.text, request.now, actor)
    programme = request.services.programmes[enrolment.programme]
    occasions.replan_one(request.connection, programme, enrolment.id, request.services.policy, request.now)
    for occasion in occasions.waiting(request.connection, enrolment.id):
        if occasion.opens_at <= request.now < occasion.closes_at:
            occasions.open_now(request.connection, occasion.id, request.now, invited=True)


def decline(request: Request, enrolment_id: int) -> Reply | None:
    """»Ne dovoli«: a no counts as much, and the link still holds."""
    enrolment = access_links.here(request, enrolment_id)
    if enrolment is None or _asked(request, enrolment_id) is None or enrolment.state is not EnrolmentState.INVITED:
        return person.show(request, enrolment_id)
    participants.decline(request.connection, enrolment, request.now, permissions.actor(request))
    return person.show_enrolment(request, enrolment, texts.RECORDED_NO)


def is_settled(request: Request, enrolment: Enrolment) -> bool:
    """Whether the person takes part and agreed to the text of today."""
    return enrolment.state is EnrolmentState.ACTIVE and text_archive.agreed(request.connection, enrolment)


def draw(request: Request, enrolment_id: int, language: str = "") -> Screen:
    """The text of consent, in the language that is asked for or the person's own, with who may consent how."""
    enrolment = access_links.here(request, enrolment_id)
    if enrolment is None:
        return person.draw(request, enrolment_id)
    programme = request.services.programmes[enrolment.programme]
    child = programme.answered_for_child
    language = _language(enrolment, language)
    aloud = text_archive.without_chat(programme, enrolment.audience, language, guardian=child, role=enrolment.role)
    buttons = [
        Button(_WAYS[way][2], actions.record_consent(enrolment_id, way, enrolment.role))
        for way in _ways(request, enrolment)
    ]
    if enrolment.state is EnrolmentState.INVITED:
        buttons.append(Button(texts.NOT_AGREED, actions.record_refusal(enrolment_id)))
    others = tuple(
        Button(NAMES[one], actions.ask_recorded_consent(enrolment_id, one)) for one in ALOUD if one != language
    )
    last = column(
        Button(form_texts.PRINT, actions.order_form_of(enrolment_id, language)),
        Button(common.CANCEL, librarian.show_person(enrolment.id)),
    )
    rows = (*column(*buttons), others, *last)
    return Screen(texts.ask(enrolment.code, aloud, child=child), rows)


def _asked(request: Request, enrolment_id: int) -> str | None:
    """The language that the card on the screen asks for; None where it is not the one that asks this."""
    shown = views.consent.arguments_of(request.view)
    return shown[1] if shown is not None and shown[0] == enrolment_id else None


def _language(enrolment: Enrolment, asked: str) -> str:
    """In which the text stands on a card: the one that is asked for, else the person's, where there is a text in it."""
    return next((one for one in (asked, enrolment.language) if one in ALOUD), SLOVENIAN)


def _ways(request: Request, enrolment: Enrolment) -> tuple[ConsentGiven, ...]:
    """How one may consent: for a child the guardian alone, and who waits alone."""
    if enrolment.waits:
        return _OF_WHO_WAITS
    return _OF_CHILD if request.services.programmes[enrolment.programme].answered_for_child else _OF_ADULT
