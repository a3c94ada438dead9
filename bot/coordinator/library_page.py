"""»Podatki za stran za občino«: what a library says of itself in words, typed part by part; it counts at once."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import TypeAdapter, ValidationError

from bot.actions import coordinator as actions
from bot.actions.choices import ReportKind
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request, Sent
from bot.conversation.screens import Button, Reply, Screen, column
from bot.runtime.settings import Library, ProgrammePage
from bot.runtime.settings_values import Mail, Page, Phone
from bot.texts import library_page as texts
from bot.texts import staff as staff_texts
from bot.texts.slovene import common
from bot.views import coordinator as views
from bot.worker import spending
from storage import library_pages
from storage.library_pages import Cost, LibraryPicture
from storage.schema import PagePart, PagePicture
from surveys import short_words
from surveys.model import Programme

_LONGEST = {PagePart.ABOUT: 300}
_OF_LIBRARY = tuple(part for part in PagePart if part is not PagePart.ABOUT)  # and not of each programme
_CHECKS = {
    PagePart.PHONE: TypeAdapter(Phone),
    PagePart.EMAIL: TypeAdapter(Mail),
    PagePart.WEB: TypeAdapter(Page),
}


def of_library(request: Request, code: str) -> list[Programme]:
    """The programmes of a library, where whoever is here may say what stands on its page."""
    return [one for one in permissions.programmes(request, Permission.EDIT_PAGE) if one.code == code]


def of_slug(request: Request, slug: str) -> Programme | None:
    """The same for one programme."""
    return next((one for one in permissions.programmes(request, Permission.EDIT_PAGE) if one.slug == slug), None)


def show(request: Request, library: str) -> Reply | None:
    """Everything that is known, and what can be changed."""
    return shown(request, library) if of_library(request, library) else None


def shown(request: Request, code: str, note: str = "") -> Reply:
    """Everything that is known, with what was just done above it."""
    return Reply(draw(request, code), views.page(code)).noted(note)


def draw(request: Request, library: str) -> Screen:
    """All that a library says of itself."""
    programmes = of_library(request, library)
    if not programmes:
        return Screen(staff_texts.NOT_STAFF)
    rows = column(*_ways(request, programmes), Button(common.BACK, actions.choose_form(ReportKind.MAYOR, library, "")))
    return Screen(texts.page(programmes[0].library, _told(request, programmes)), rows)


def _told(request: Request, programmes: Sequence[Programme]) -> list[tuple[str, str]]:
    """What is known of each part, by its name."""
    pictures = library_pages.pictures(request.connection, programmes[0].code)
    configured = request.services.contact(programmes[0].code)
    costs = {one.slug: spent(request, [one]) for one in programmes}
    return [
        *((texts.about_of(_name(one, programmes)), said(request, PagePart.ABOUT, one)) for one in programmes),
        *((texts.PARTS[part], said(request, part, programmes[0])) for part in _OF_LIBRARY),
        *((texts.PICTURES[one], _stands(pictures.get(one), configured, one)) for one in PagePicture),
        *(
            (
                texts.costs_of(_name(one, programmes)),
                "; ".join(texts.spent(cost.year, cost.euros, cost.hours) for cost in costs[one.slug]),
            )
            for one in programmes
        ),
    ]


def _ways(request: Request, programmes: Sequence[Programme]) -> list[Button]:
    """The buttons to what can be changed, in the same order."""
    code, year = programmes[0].code, request.now.year
    return [
        *(
            Button(texts.about_of(_name(one, programmes)), actions.type_part(code, PagePart.ABOUT, one.slug))
            for one in programmes
        ),
        *(Button(texts.PARTS[part], actions.type_part(code, part, "")) for part in _OF_LIBRARY),
        *(Button(texts.PICTURES[one], actions.send_picture(code, one)) for one in PagePicture),
        *(Button(texts.costs_of(_name(one, programmes)), actions.type_costs(one.slug, year)) for one in programmes),
    ]


def _name(one: Programme, programmes: Sequence[Programme]) -> str:
    """A programme's name where a library has several."""
    return one.name if len(programmes) > 1 else ""


def spent(request: Request, programmes: Sequence[Programme]) -> list[Cost]:
    """What is known of what these programmes of one library took, typed here or configured."""
    pages_ = request.services.settings.programmes
    configured = {one.slug: pages_[one.slug] for one in programmes if one.slug in pages_}
    slugs = {one.slug for one in programmes}
    return [one for one in spending.spent(request.connection, programmes[0].code, configured) if one.programme in slugs]


def reachable(request: Request, programme: Programme) -> bool:
    """Whether the page says whom to ask, or how."""
    ways = (PagePart.CONTACT, PagePart.PHONE, PagePart.EMAIL, PagePart.WEB)
    return any(said(request, part, programme) for part in ways)


def said(request: Request, part: PagePart, programme: Programme) -> str:
    """What stands on the page now: typed here, else configured, else of the definition."""
    slug = programme.slug if part is PagePart.ABOUT else ""
    typed = library_pages.words(request.connection, programme.code).get((part, slug))
    if typed:
        return typed
    if part is PagePart.ABOUT:
        return request.services.settings.programmes.get(slug, ProgrammePage()).about or programme.about
    library = request.services.contact(programme.code)
    return str(getattr(library, "when" if part is PagePart.HOURS else part))


def ask(request: Request, library: str, part: PagePart, programme: str) -> Reply | None:
    """One part is to be typed."""
    if _of_part(request, library, part, programme) is None:
        return None
    return Reply(draw_ask(request, library, part, programme), views.page_part(library, part, programme))


def draw_ask(request: Request, library: str, part: PagePart, programme: str) -> Screen:
    """A part is to be typed."""
    of = _of_part(request, library, part, programme)
    if of is None:
        return Screen(staff_texts.NOT_STAFF)
    typed = library_pages.words(request.connection, library).get((part, programme))
    forget = [Button(texts.FORGET, actions.forget_part(library, part, programme))] if typed else []
    rows = column(*forget, Button(common.BACK, actions.show_page(library)))
    name = of.name if part is PagePart.ABOUT else ""
    return Screen(texts.ask(part, name, said(request, part, of), longest(part)), rows)


def typed(request: Request, text: str, library: str, part: PagePart, programme: str) -> Reply | None:
    """A part was typed: it stands, or what is wrong with it is said."""
    if _of_part(request, library, part, programme) is None:
        return None
    words = short_words.tidy(text)
    problem = _problem(part, words)
    if problem:
        asked = Reply(draw_ask(request, library, part, programme), views.page_part(library, part, programme))
        return asked.noted(problem)
    _write(request, library, part, programme, words)
    return shown(request, library, texts.SAVED)


def forget(request: Request, library: str, part: PagePart, programme: str) -> Reply | None:
    """What was typed here goes; what is configured counts again."""
    if _of_part(request, library, part, programme) is None:
        return None
    there = library_pages.words(request.connection, library).get((part, programme), "")
    if request.view != views.page_part(library, part, programme) or not there:
        return shown(request, library)
    _write(request, library, part, programme, "")
    return shown(request, library, texts.forgotten(there))


def _write(request: Request, library: str, part: PagePart, programme: str, words: str) -> None:
    actor = permissions.actor(request)
    library_pages.write(request.connection, library, part, words, of=programme, now=request.now, actor=actor)


def longest(part: PagePart) -> int:
    """How many characters a part may have."""
    return _LONGEST.get(part, short_words.LINE)


def sent(request: Request, file: Sent, library: str) -> Reply | None:
    """A picture was sent at the card of everything: which of the two it is must be said first."""
    if file.kind == "voice" or not of_library(request, library):
        return None
    return shown(request, library, texts.WHICH_PICTURE)


def _problem(part: PagePart, words: str) -> str:
    if not words or len(words) > longest(part):
        return texts.too_long(longest(part), len(words))
    address = words if part is not PagePart.WEB or "://" in words else f"https://{words}"
    try:
        if part in _CHECKS:
            _CHECKS[part].validate_python(address)
    except ValidationError:
        return texts.WRONG[part]
    return ""


def _of_part(request: Request, library: str, part: PagePart, programme: str) -> Programme | None:
    """The programme of a description; for every other part one of the library."""
    programmes = of_library(request, library)
    if not programmes or (part is PagePart.ABOUT) != bool(programme):
        return None
    return next((one for one in programmes if one.slug == programme), None) if programme else programmes[0]


def _stands(picture: LibraryPicture | None, library: Library, kind: PagePicture) -> str:
    """Whether there is one, in words."""
    if picture is None:
        return texts.CONFIGURED if getattr(library, kind) else ""
    if picture.waits:
        return texts.COMING
    if picture.png is None:
        return ""
    return texts.there(picture.alt) if kind is PagePicture.LOGO or picture.alt else texts.NOT_DESCRIBED
