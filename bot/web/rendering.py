"""Pages as HTML, from templates and what stands on them. Knows no request."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.actions.assistance import leave_kiosk_consent
from bot.conversation.handled import CurrentCard
from bot.conversation.request import LONGEST_SECONDS
from bot.conversation.screens import Button, Document, EntryField, Picture, Voice
from bot.texts import desk as desk_texts
from bot.texts import kiosk as kiosk_texts
from bot.texts import languages
from bot.texts.common import Common
from bot.texts.participant import Participant
from bot.web import desk
from bot.web.forms import LONGEST_WORDS
from bot.web.markup import announced, card_text, menu, paragraphs
from storage.web.messages import WebMessage
from storage.web.sessions import SHARED_LIFE
from surveys.languages import NAMES, primary

_SPOKEN = {name: tag for tag, name in NAMES.items()}  # what a button is written in that names a language
ASSETS = {
    "web.css": "text/css",
    "desk.css": "text/css",
    "kiosk.css": "text/css",
    "web.js": "text/javascript",
    "kiosk.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_IDLE_SECONDS = 60  # after which a kiosk warns that it goes back to the start, as its script sees
_READING_SECONDS = 180  # the same below the text of consent, which is read before anything is touched
_UNSEEN_SECONDS = 120  # more before it goes back without a script: nobody sees that somebody reads or types


@dataclass(frozen=True, slots=True)
class Entered:
    """Where something is typed on a card."""

    label: str
    numeric: bool
    lines: bool
    code: bool = False
    example: str = ""  # of an address of e-mail, where one is wanted


@dataclass(frozen=True, slots=True)
class PageButton:
    """A button of a card, or a `link` that looks like one; `attributes`: how it looks and is read."""

    label: str
    action: str
    link: str
    attributes: Markup


@cache
def asset(name: str) -> bytes:
    """The content of a file that pages load."""
    return files("bot.web").joinpath("pages", name).read_bytes()


@cache
def asset_version(name: str) -> str:
    """By which browsers know that it is another one."""
    return hashlib.sha256(asset(name)).hexdigest()[:12]


def card(
    shown: CurrentCard,
    messages: Sequence[WebMessage],
    *,
    token: str,
    nonce: str,
    own_device: bool,
    typed: str = "",
) -> str:
    """The page of a card, with what is said beside it; `typed` stands in the field for an address."""
    messages = [one for one in messages if not shown.screen.text.startswith(f"<i>{one.text}</i>")]
    common = languages.words(shown.language)
    progress = shown.screen.progress
    labels = {name: common.web.COMMANDS.get(name) or _capital(description) for name, description in shown.menu}
    how_far = common.progress(progress.position, progress.total) if progress else ""
    text = card_text(common.on_page(shown.screen.text), labels, how_far)
    at_desk = desk.is_one(shown)
    unnamed = desk_texts.CARD if at_desk else common.web.CARD
    return page(
        "kiosk.html" if shown.kiosk else "desk.html" if at_desk else "card.html",
        shown.language,
        card=shown,
        text=text,
        unnamed=unnamed,
        title=how_far or labels.get(shown.command) or unnamed,  # what is on a card may be about a person
        asked_in=primary(shown.screen.language),
        messages=[(one, paragraphs(common.on_page(one.text), labels)) for one in messages],
        news=" ".join(
            [*(announced(common.on_page(one.text), labels) for one in messages if not one.lasts), text.news]
        ).strip(),
        labels=labels,
        menu=menu(tuple(labels.items()), shown.command),
        rows=[[_button(one, shown, common) for one in row] for row in shown.screen.rows],
        entry=_entry(shown, common),
        typed=typed,
        media=_kind(shown),
        token=token,
        nonce=nonce,
        own_device=own_device,
        longest=LONGEST_WORDS,
        longest_seconds=LONGEST_SECONDS,
        forgets_after=None if own_device or shown.kiosk else int(SHARED_LIFE.total_seconds()) + 1,
        **(_at_desk(messages, labels) if at_desk else _in_kiosk(shown) if shown.kiosk else {}),
    )


def language_of(label: str) -> str:
    """The tag of the language that a button names in its own words; "" of every other button."""
    return primary(_SPOKEN.get(label.removeprefix(Common.CHOSEN).strip(), ""))


def newest(messages: Iterable[WebMessage]) -> int:
    """The number of the newest message that stands until it is forgotten; 0 where there is none."""
    return max((one.id for one in messages if one.lasts), default=0)


def page(template: str, language: str, **content: object) -> str:
    """Any page, in a language."""
    words = languages.words(language)
    return (
        _templates()
        .get_template(template)
        .render(
            words=words.web,
            common=words,
            language=primary(languages.spoken(language)),
            css=asset_version("web.css"),
            desk_css=asset_version("desk.css"),
            kiosk_css=asset_version("kiosk.css"),
            kiosk_js=asset_version("kiosk.js"),
            js=asset_version("web.js"),
            **content,
        )
    )


def _button(button: Button, shown: CurrentCard, common: Participant) -> PageButton:
    """A button in the language that it names, an option in that of the question."""
    asked_in = shown.screen.language if button.chosen is not None and not button.quiet else ""
    tag = language_of(button.label) or primary(asked_in)
    attributes = ' class="quiet"' if button.quiet else ' class="main"' if button.strong else ""
    if button.chosen is not None:
        attributes += f' aria-pressed="{"true" if button.chosen else "false"}"'
    if tag and tag != primary(languages.spoken(shown.language)):
        attributes += f' lang="{tag}"'
    return PageButton(common.on_page(button.label), button.action, button.link, Markup(attributes))  # noqa: S704 - ours


def _at_desk(messages: Sequence[WebMessage], labels: dict[str, str]) -> dict[str, object]:
    return {
        "desk": desk_texts,
        "files": desk.files(messages, labels),
        "newest": newest(messages),
        "finds": desk.FINDS,
        "reports": desk.REPORTS,
    }


def _in_kiosk(shown: CurrentCard) -> dict[str, object]:
    idle = _READING_SECONDS if leave_kiosk_consent.is_name_of(shown.leave) else _IDLE_SECONDS
    return {"kiosk": kiosk_texts, "idle_seconds": idle, "unseen_seconds": idle + _UNSEEN_SECONDS}


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("bot.web", "pages"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _entry(shown: CurrentCard, common: Participant) -> Entered | None:
    words = common.web
    if shown.kiosk and not shown.leave:
        return Entered(kiosk_texts.CODE, numeric=False, lines=False, code=True)
    match shown.entry:
        case EntryField.NUMBER:
            return Entered(words.YOUR_NUMBER, numeric=True, lines=False)
        case EntryField.TEXT:
            return Entered(words.YOUR_WORDS, numeric=False, lines=True)
        case EntryField.EMAIL:
            return Entered(common.mail.ADDRESS, numeric=False, lines=False, example=common.mail.EXAMPLE)
        case EntryField.WORDS:
            return Entered(words.YOUR_WORDS, numeric=False, lines=False)
        case _:
            return None


def _kind(shown: CurrentCard) -> str:
    match shown.screen.media:
        case Picture():
            return "picture"
        case Document():
            return "document"
        case Voice():
            return "voice"
        case _:
            return ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
