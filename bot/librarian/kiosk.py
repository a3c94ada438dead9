"""/kiosk: a device of the library goes from hand to hand; one code is answered for, forgotten, and the next is asked.

What may be tapped and typed in such a chat says `bot.routing.kiosk_policy`; the questions are those of everybody.
"""

from __future__ import annotations

import base64
import re
from dataclasses import replace

from bot.actions import assistance as actions
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import assisted_answering, kiosk_consent, person
from bot.participant import answering
from bot.staff import staff_home
from bot.texts import kiosk as texts
from bot.texts.spoken_consent import ALOUD
from bot.views import assistance as views
from storage import access_links, attempts, codes
from storage.attempts import Guess
from storage.participants import Enrolment
from storage.schema import EnrolmentState
from storage.secrets.addresses import WEB
from storage.web import sessions
from surveys.languages import SLOVENIAN
from surveys.model import EnrolmentRole

_DIGITS = 4
_LINK = re.compile(r"https?://\S+(?:/k/|[?&]start=)([A-Za-z0-9_-]{4,64})")  # of a card
_ENDS = range(3000, 10000)  # four digits that are no year and no count: nobody gives them as an answer


def offer(request: Request, _rest: str = "") -> Reply:
    """/kiosk: what will happen, and the number that ends it."""
    if not permissions.programmes(request, Permission.ASSIST):
        return staff_home.refuse(request)
    number = _number(request)
    return Reply(draw_offer(request, number), views.kiosk_start(number))


def begin(request: Request, number: int) -> Reply | None:
    """»Začni kiosk«, on the card that shows the number."""
    if request.view != views.kiosk_start(number) or not permissions.programmes(request, Permission.ASSIST):
        return None
    return replace(ask(request), kiosk=number)


def done(request: Request, response_id: int) -> Reply | None:  # noqa: ARG001 - of the person who is there, by the policy
    """»Končano« or »Končaj za zdaj«: the next one, please."""
    return None if request.kiosk is None else ask(request)


def left_alone(request: Request, *, over: bool) -> Reply | None:
    """What a kiosk shows that nobody touches; `over`: the library has closed. None: what it shows anyway."""
    if over:
        return end(request)
    return None if request.view == views.kiosk() else ask(request)


def draw_offer(request: Request, number: int) -> Screen:
    """What a kiosk is, where it is offered, and the number that ends it."""
    told = texts.offer(number, in_browser=request.channel == WEB)
    return Screen(told, column(Button(texts.BEGIN, actions.begin_kiosk(number)), staff_home.to_desk()))


def draw_ask(request: Request) -> Screen:
    """The question for a code, with one of this library as an example."""
    programmes = permissions.programmes(request, Permission.ASSIST)
    return Screen(texts.ask(programmes[0].code if programmes else ""))


def consent(request: Request, enrolment_id: int, role: EnrolmentRole) -> Reply | None:
    """»Da, dovolim«: what is due now is asked at once. `role`: for whom the text is that stood above it."""
    enrolment = kiosk_consent.enrolment_of(request, enrolment_id)
    if enrolment is None:
        return None
    if role is not enrolment.role:  # the person was put on the waiting list since, or begins
        return _ask_consent(request, enrolment_id, request.language).noted(request.words.waiting.TEXT_HAS_CHANGED)
    kiosk_consent.give(request, enrolment)
    reply = open_for(request, person.by_code(request, enrolment.code)[0] or enrolment)
    return ask(request, request.words.KIOSK_AGREED) if reply.view == views.kiosk() else reply


def decline(request: Request, enrolment_id: int) -> Reply | None:
    """»Ne, hvala«."""
    enrolment = kiosk_consent.enrolment_of(request, enrolment_id)
    if enrolment is None:
        return None
    kiosk_consent.decline(request, enrolment)
    return ask(request, request.words.KIOSK_DECLINED)


def leave_consent(request: Request, enrolment_id: int) -> Reply | None:
    """»Končaj za zdaj«: neither yes nor no."""
    return None if kiosk_consent.enrolment_of(request, enrolment_id) is None else ask(request)


def speak(request: Request, enrolment_id: int, language: str) -> Reply | None:
    """The same text in another language."""
    if kiosk_consent.enrolment_of(request, enrolment_id) is None or language not in ALOUD:
        return None
    return _ask_consent(request, enrolment_id, language)


def hear(request: Request, enrolment_id: int, times: int) -> Reply | None:
    """»Poslušaj«: the recording, and the card below it; a tap that is repeated sends nothing."""
    enrolment = kiosk_consent.enrolment_of(request, enrolment_id)
    if enrolment is None:
        return None
    voice = kiosk_consent.voice(request, enrolment)
    if voice is None or views.kiosk_consent.arguments_of(request.view) != (enrolment_id, times):
        return Reply.again(request.view)
    card = kiosk_consent.draw(request, enrolment_id, times + 1)
    return Reply(card, views.kiosk_consent(enrolment_id, times + 1), extras=(voice,))


def draw_thanks(request: Request, response_id: int) -> Screen:
    """What stands after »Oddaj odgovore«."""
    return Screen(request.words.THANKS, column(Button(request.words.KIOSK_DONE, actions.leave_kiosk(response_id))))


def end_typed(request: Request, text: str) -> Reply | None:
    """A number was typed that may end the kiosk; None where it does not, so that it is something else."""
    if not (text.isdecimal() and text.isascii() and len(text) == _DIGITS and int(text) in _ENDS):
        return None
    pause = _pause(request, Guess.KIOSK_NUMBER)
    if pause:
        return Reply.again(request.view, note=pause)
    if text == str(request.kiosk):
        return end(request)
    _note(request, Guess.KIOSK_NUMBER)
    return None


def open_typed(request: Request, text: str) -> Reply:
    """A code was typed; one that is well-formed and of nobody here may be a guess."""
    pause = _pause(request, Guess.KIOSK_CODE)
    if pause:
        return ask(request, pause)
    enrolment, _ = person.by_code(request, _code_behind(request, text) or text)
    if enrolment is not None:
        return open_for(request, enrolment)
    if codes.read_code(text, person.libraries(request)) is not None:
        _note(request, Guess.KIOSK_CODE)
    return ask(request, texts.WRONG)


def _code_behind(request: Request, text: str) -> str:
    """The code of whoever holds the card with this link, which a camera has read; "" for other words.

    It opens what the code on the same card opens, so a link that is used, or too old to join by, does as well.
    """
    link = _LINK.fullmatch(text)
    found = access_links.Unknown() if link is None else access_links.look(request.connection, link[1], request.now)
    if isinstance(found, access_links.Unknown):
        return ""
    invitation = found if isinstance(found, access_links.Invitation) else found.invitation
    enrolment = None if invitation.enrolment is None else person.here(request, invitation.enrolment)
    return "" if enrolment is None else enrolment.code


def open_for(request: Request, enrolment: Enrolment) -> Reply:
    """The open question of this person, in their language."""
    if enrolment.state in kiosk_consent.ASKED:
        return _ask_consent(request, enrolment.id, kiosk_consent.language_for(enrolment))
    if enrolment.state is not EnrolmentState.ACTIVE:
        return ask(request, texts.CALL_STAFF)
    occasion = assisted_answering.open_occasion(request, enrolment)
    if occasion is None:
        return ask(request, texts.NOTHING_OPEN)
    reply = answering.open_question(replace(request, language=enrolment.language), occasion)
    return replace(reply, language=enrolment.language, asked="")


def _ask_consent(request: Request, enrolment_id: int, language: str) -> Reply:
    """The text of consent, for whoever has a card and has not answered yet."""
    card = kiosk_consent.draw(replace(request, language=language), enrolment_id)
    return Reply(card, views.kiosk_consent(enrolment_id), language=language)


def ask(request: Request, note: str = "") -> Reply:
    """The question for a code: nothing of whoever was here before is left."""
    return Reply(draw_ask(request).noted(note), views.kiosk(), language=SLOVENIAN, asked="")


def thanks(request: Request, response_id: int) -> Reply:
    """After »Oddaj odgovore«."""
    return Reply(draw_thanks(request, response_id), views.kiosk_thanks(response_id))


def end(request: Request) -> Reply:
    """The number was typed, or the library has closed: the desk of whose chat it is."""
    sessions.end_kiosk(request.connection, request.chat, request.now)
    return replace(staff_home.desk(request), kiosk=0, language=SLOVENIAN, asked="")


def _pause(request: Request, guess: Guess) -> str:
    """What is said while nothing may be tried on this device, the right one neither; "" where something may."""
    until = attempts.paused_until(request.connection, guess, _device(request), request.now)
    return "" if until is None else texts.paused(until.astimezone(request.services.policy.zone))


def _note(request: Request, guess: Guess) -> None:
    attempts.note(request.connection, guess, _device(request), request.now, "kiosk")


def _device(request: Request) -> str:
    """Whose device it is, as the audit names them; whoever is not of the staff any more has none."""
    here = permissions.member(request)
    return "kiosk" if here is None else here.actor


def _number(request: Request) -> int:
    """The number that ends the kiosk: not to be guessed, and the same when the update is repeated."""
    secret = base64.urlsafe_b64decode(request.services.keys.token("kiosk", request.update))
    return _ENDS[int.from_bytes(secret) % len(_ENDS)]
