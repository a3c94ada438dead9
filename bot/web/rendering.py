"""Pages as HTML, from templates and what stands on them. Knows no request."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.conversation.handled import CurrentCard
from bot.conversation.screens import Document, EntryField, Picture, Voice
from bot.texts import languages
from bot.texts.web import Web
from bot.web.forms import LONGEST_WORDS
from bot.web.markup import paragraphs, plain
from storage.web.messages import WebMessage

ASSETS = {"web.css": "text/css", "web.js": "text/javascript", "icon.svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Entered:
    """Where something is typed on a card."""

    label: str
    numeric: bool
    lines: bool


@cache
def asset(name: str) -> bytes:
    """The content of a file that pages load."""
    return files("bot.web").joinpath("pages", name).read_bytes()


@cache
def asset_version(name: str) -> str:
    """By which browsers know that it is another one."""
    return hashlib.sha256(asset(name)).hexdigest()[:12]


def card(shown: CurrentCard, messages: Sequence[WebMessage], *, token: str, nonce: str, own_device: bool) -> str:
    """The page of a card, with what is said beside it."""
    words = languages.words(shown.language).web
    messages = [one for one in messages if not shown.screen.text.startswith(f"<i>{one.text}</i>")]
    labels = {name: _capital(description) for name, description in shown.menu}
    return page(
        "card.html",
        shown.language,
        card=shown,
        paragraphs=paragraphs(shown.screen.text, labels),
        messages=[(one, paragraphs(one.text, labels)) for one in messages],
        news=" ".join(plain(one.text) for one in messages if not one.lasts),
        labels=labels,
        entry=_entry(shown, words),
        media=_kind(shown),
        token=token,
        nonce=nonce,
        own_device=own_device,
        longest=LONGEST_WORDS,
    )


def page(template: str, language: str, **content: object) -> str:
    """Any page, in a language."""
    words = languages.words(language)
    return (
        _templates()
        .get_template(template)
        .render(
            words=words.web,
            common=words,
            language=languages.spoken(language),
            css=asset_version("web.css"),
            js=asset_version("web.js"),
            **content,
        )
    )


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("bot.web", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _entry(shown: CurrentCard, words: Web) -> Entered | None:
    match shown.entry:
        case EntryField.NUMBER:
            return Entered(words.YOUR_NUMBER, numeric=True, lines=False)
        case EntryField.TEXT:
            return Entered(words.YOUR_WORDS, numeric=False, lines=True)
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


def markup(words: str) -> Markup:
    """A sentence of ours in lines."""
    return Markup("<br>").join(words.split("\n"))
