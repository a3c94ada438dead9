"""Consent in a kiosk: somebody with a card reads or hears the text on a device of the library and answers alone.

Recorded as given by the person's own hand in the kiosk of that library. Knows not what the kiosk shows next.
"""

from __future__ import annotations

from bot.actions import assistance as actions
from bot.consent import text_archive
from bot.conversation.request import Request
from bot.conversation.screens import Button, Screen, Voice, column
from bot.librarian import recorded_consent
from bot.participant import question_audio
from bot.texts.spoken_consent import ALOUD
from bot.views import assistance as views
from storage import participants, recordings
from storage.consents import Consent
from storage.participants import Enrolment
from storage.recordings import Recording
from storage.schema import EnrolmentState, Giver
from surveys.languages import NAMES, SLOVENIAN
from surveys.model import Mode, Programme

ASKED = frozenset({EnrolmentState.INVITED, EnrolmentState.DECLINED})
"""Who may be asked: nobody has answered yet, or thinks again. Who has left turns to the staff."""


def language_for(enrolment: Enrolment) -> str:
    """In which language somebody is asked first."""
    return enrolment.language if enrolment.language in ALOUD else SLOVENIAN


def asked(request: Request) -> Enrolment | None:
    """The place that the card on the screen asks about, as long as it may be asked."""
    shown = views.kiosk_consent.arguments_of(request.view)
    if request.kiosk is None or shown is None:
        return None
    enrolment = participants.of_enrolment(request.connection, shown[0])
    return enrolment if enrolment is not None and enrolment.state in ASKED else None


def enrolment_of(request: Request, enrolment_id: int) -> Enrolment | None:
    """The same, where it is this one."""
    enrolment = asked(request)
    return enrolment if enrolment is not None and enrolment.id == enrolment_id else None


def give(request: Request, enrolment: Enrolment) -> None:
    """»Da, dovolim«: what was on the screen, in the language in which it stood there."""
    giver = Giver.GUARDIAN if _programme(request, enrolment).answered_for_child else Giver.SELF
    text = text_archive.shown_in_kiosk(enrolment, giver, _language(request))
    recorded_consent.take_part(request, enrolment, Consent(giver, Mode.SELF, text), _actor(request, enrolment))
    if text.language in _programme(request, enrolment).languages:
        participants.set_language(request.connection, enrolment, text.language, request.now, _actor(request, enrolment))


def decline(request: Request, enrolment: Enrolment) -> None:
    """»Ne, hvala«: the link and the code still hold."""
    if enrolment.state is EnrolmentState.INVITED:
        participants.decline(request.connection, enrolment, request.now, _actor(request, enrolment))


def voice(request: Request, enrolment: Enrolment) -> Screen | None:
    """What is heard; None where nobody has read just this text aloud."""
    found = _recording(request, enrolment)
    return None if found is None else Screen("", media=Voice(found.attachment, found.file, found.seconds))


def draw(request: Request, enrolment_id: int, times: int = 0) -> Screen:
    """The text of consent; `times`: how often it was heard."""
    enrolment = participants.of_enrolment(request.connection, enrolment_id)
    if enrolment is None:
        return Screen(request.words.KIOSK_DECLINED)
    words, language = request.words, _language(request)
    child = _programme(request, enrolment).answered_for_child
    hear = [Button(words.LISTEN, actions.hear_in_kiosk(enrolment_id, times))] if _recording(request, enrolment) else []
    agreed = words.KIOSK_CONSENT_GUARDIAN if child else words.KIOSK_CONSENT_YES
    yes = Button(agreed, actions.consent_in_kiosk(enrolment_id, enrolment.role))
    no = Button(words.KIOSK_CONSENT_NO, actions.decline_in_kiosk(enrolment_id))
    others = tuple(Button(NAMES[one], actions.speak_in_kiosk(enrolment_id, one)) for one in ALOUD if one != language)
    leave = Button(words.KIOSK_LEAVE, actions.leave_kiosk_consent(enrolment_id))
    return Screen(_text(request, enrolment), (*column(*hear, yes, no), others, *column(leave)))


def _text(request: Request, enrolment: Enrolment) -> str:
    programme = _programme(request, enrolment)
    return text_archive.in_kiosk(programme, enrolment.audience, _language(request), enrolment.role)


def _recording(request: Request, enrolment: Enrolment) -> Recording | None:
    programme = _programme(request, enrolment)
    item = text_archive.read_out(programme, enrolment.audience, _language(request), enrolment.role)
    return recordings.find(
        request.connection, request.services.keys, programme.slug, _language(request), question_audio.key(item)
    )


def _language(request: Request) -> str:
    return request.language if request.language in ALOUD else SLOVENIAN


def _programme(request: Request, enrolment: Enrolment) -> Programme:
    return request.services.programmes[enrolment.programme]


def _actor(request: Request, enrolment: Enrolment) -> str:
    return f"kiosk:{_programme(request, enrolment).code}"
