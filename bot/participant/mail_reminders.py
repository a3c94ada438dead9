"""/eposta: who answers in the browser is reminded by e-mail, where they wish so; the address is confirmed by a link."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, EntryField, Reply, Screen, column
from bot.staff import staff_home
from bot.texts import email as texts
from bot.texts import languages
from bot.views import participant as views
from storage import chats
from storage.secrets.addresses import WEB
from storage.web import email_addresses
from storage.web.email_addresses import EmailAddress, EmailConsent

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63})+")
_LONGEST = 254  # characters, RFC 5321
_SHOWN = 80  # of what is no address


def offer(request: Request) -> Button | None:
    """The button that leads here, for who has no other way to be reminded."""
    if not is_offered(request) or _address(request) is not None:
        return None
    return Button(request.words.mail.OFFER, actions.ask_for_mail())


def next_questionnaire(request: Request, moment: datetime) -> str:
    """When the next questionnaire comes, or waits on the page for who is written to by e-mail at most."""
    day = request.words.day(moment, request.services.policy.zone)
    if request.lives_in != WEB:
        return request.words.next_questionnaire(day)
    return request.words.waits_on_page(day, mailed=is_written_to(request))


def is_written_to(request: Request) -> bool:
    """Whether a message reaches who is here by itself: in a browser by e-mail alone."""
    found = _address(request) if request.lives_in == WEB else None
    return request.lives_in != WEB or (found is not None and found.usable)


def ask(request: Request) -> Reply:
    """What it means, and where mail goes now."""
    if not is_offered(request):
        return Reply.again(request.view or views.home(), note=request.words.mail.NOT_OFFERED)
    return Reply(draw(request), views.mail())


def typed(request: Request, text: str) -> Reply | None:
    """An address: the mail with its link goes there, and nothing else before that is followed."""
    if not is_offered(request):
        return None
    address = text.strip()
    if len(address) > _LONGEST or not _ADDRESS.fullmatch(address):
        return Reply.again(views.mail(), note=request.words.mail.no_address(address[:_SHOWN]))
    spoken = languages.spoken(request.language)
    consent = EmailConsent(texts.EMAIL_VERSION, spoken, hashlib.sha256(_consent(request).encode()).hexdigest())
    email_addresses.ask(request.connection, request.services.keys, request.chat, address, consent, request.now)
    return Reply(draw(request), views.mail(), due=True)


def end(request: Request) -> Reply:
    """No more mail, and the address is forgotten."""
    email_addresses.end(request.connection, request.chat, request.now)
    return Reply.again(views.home(), note=request.words.mail.ENDED)


def draw(request: Request) -> Screen:
    """The question, or how it stands with the address."""
    words, found = request.words, _address(request)
    home = Button(words.HOME, actions.go_home())
    if found is None:
        return Screen(_consent(request), column(home), entry=EntryField.EMAIL)
    end_it = texts.STAFF_END if staff_home.is_member(request) else words.mail.END
    rows = column(Button(end_it, actions.end_mail()), home)
    return Screen(_standing(request, found), rows, entry=EntryField.EMAIL)


def _consent(request: Request) -> str:
    """What is read before an address is given; staff are told of signing in."""
    words = request.words.mail
    return texts.STAFF_CONSENT if staff_home.is_member(request) else words.CONSENT


def _standing(request: Request, found: EmailAddress) -> str:
    words = request.words.mail
    if found.refused:
        return words.was_refused(found.address)
    if not found.confirmed:
        return words.waits_for_confirmation(found.address)
    written_to = texts.staff_is_written_to if staff_home.is_member(request) else words.is_written_to
    return written_to(found.address)


def _address(request: Request) -> EmailAddress | None:
    return email_addresses.of_chat(request.connection, request.services.keys, request.chat)


def is_offered(request: Request) -> bool:
    """Whether there is a mail server, and this chat has no other way to be written to."""
    offered = request.services.settings.email.host and request.lives_in == WEB
    return bool(offered) and chats.is_of_somebody(request.connection, request.chat)
