"""»Obrazec za privolitev«: a form to be signed, by language and by who signs, as a PDF that comes into the chat.

It can be ordered before there is a group, and from the card that records a consent, with the code of the person.
"""

from __future__ import annotations

from bot.actions import assistance as actions
from bot.actions.assistance import Signer
from bot.conversation import permissions
from bot.conversation.declared import ForgedError
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import access_links, person
from bot.orders import placed
from bot.orders.consent_form import ConsentFormOrder
from bot.staff import staff_home
from bot.texts import consent_forms as texts
from bot.texts import enrolling as enrolling_texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.texts.spoken_consent import ALOUD
from bot.views import assistance as views
from surveys.languages import NAMES
from surveys.model import Programme


def choose(request: Request, slug: str = "", audience: int = 0) -> Reply | None:
    """Of which programme, where there are several; then in which language, and who signs."""
    programmes = permissions.programmes(request, Permission.ENROL)
    if not programmes:
        return staff_home.refuse(request)
    only = programmes[0] if len(programmes) == 1 else None
    slug = slug or ("" if only is None or len(only.audiences) > 1 else only.slug)
    if slug and _audience(_find(request, slug), audience) is None:
        return None
    audience = audience if slug else 0
    return Reply(draw(request, slug, audience), views.forms(slug, audience))


def order(request: Request, slug: str, audience: int, signer: Signer, language: str) -> Reply | None:
    """Order a form for anybody. A second tap, or one on an old card, orders nothing."""
    programme = _find(request, slug)
    asked = _audience(programme, audience)
    if programme is None or asked is None:
        return None
    if views.forms.arguments_of(request.view) != (slug, audience):
        return placed.on_screen(request) or choose(request, slug, audience)
    if signer not in signers(programme) or language not in ALOUD:
        raise ForgedError(language)
    return placed.place(request, ConsentFormOrder(slug, asked, language, signer is Signer.GUARDIAN))


def order_for(request: Request, enrolment_id: int, language: str) -> Reply | None:
    """Order the form of one person, from the card that records their consent."""
    enrolment = access_links.here(request, enrolment_id)
    if enrolment is None or language not in ALOUD:
        return None
    shown = views.consent.arguments_of(request.view)
    if shown is None or shown[0] != enrolment_id:
        return placed.on_screen(request) or person.show_enrolment(request, enrolment)
    programme = request.services.programmes[enrolment.programme]
    guardian = programme.answered_for_child
    wanted = ConsentFormOrder(programme.slug, enrolment.audience, language, guardian, enrolment.code, enrolment.role)
    return placed.place(request, wanted)


def draw(request: Request, slug: str = "", audience: int = 0) -> Screen:
    """The programmes; of one, in which language and who signs."""
    programme = _find(request, slug)
    if programme is None:
        buttons = [
            Button(_name(one, number), actions.choose_consent_form(one.slug, number))
            for one in permissions.programmes(request, Permission.ENROL)
            for number in range(len(one.audiences))
        ]
        return Screen(
            texts.CHOOSE_PROGRAMME if buttons else staff_texts.NOT_STAFF, column(*buttons, staff_home.to_desk())
        )
    buttons = [
        Button(
            texts.choice(NAMES[language], guardian=signer is Signer.GUARDIAN),
            actions.get_form(slug, audience, signer, language),
        )
        for signer in signers(programme)
        for language in ALOUD
    ]
    back = (
        Button(common.BACK, actions.choose_consent_form())
        if len(permissions.programmes(request, Permission.ENROL)) > 1
        else staff_home.to_desk()
    )
    return Screen(texts.about(_name(programme, audience)), column(*buttons, back))


def button(slug: str, audience: int = 0) -> Button:
    """The button that leads here."""
    return Button(texts.PRINT, actions.choose_consent_form(slug, audience))


def signers(programme: Programme) -> tuple[Signer, ...]:
    """Who may sign: for a child the guardian alone."""
    return (Signer.GUARDIAN,) if programme.answered_for_child else (Signer.PERSON, Signer.GUARDIAN)


def _find(request: Request, slug: str) -> Programme | None:
    return next((one for one in permissions.programmes(request, Permission.ENROL) if one.slug == slug), None)


def _audience(programme: Programme | None, number: int) -> str | None:
    if programme is None or number >= len(programme.audiences):
        return None
    return programme.audiences[number]


def _name(programme: Programme, number: int) -> str:
    """The name of a programme, with the audience where there are several."""
    audience = programme.audiences[min(number, len(programme.audiences) - 1)]
    beside = enrolling_texts.AUDIENCES.get(audience, audience) if len(programme.audiences) > 1 else ""
    return f"{programme.name} · {beside}" if beside else programme.name
