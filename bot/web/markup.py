"""From the text of a Screen to HTML of a page: a heading, paragraphs, lines, commands as buttons. Sends nothing."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from bot.conversation.screens import Button

_COMMAND = re.compile(r"(?<![\w/<:.])/([a-z_]+)")
_TAG = re.compile(r"<[^>]+>")
_BLANK = re.compile(r"\n{2,}")
_HEADING = re.compile(r"<b>((?:(?!</?b>).)+)</b>", re.DOTALL)
_SECTION = re.compile(r"<u>([^<]+)</u>")  # over the question that begins it
_ACTION = re.compile(r'<a href="action:([^"]+)">')

_NOTHING = Markup()
_SHORT = 240  # characters, with which nobody has to wait long for the question


@dataclass(frozen=True, slots=True)
class CardText:
    """What stands on a page of the text of a card. The heading is the first paragraph that is bold as a whole."""

    above: Markup
    heading: Markup  # "" where there is none
    below: Markup
    news: str = ""  # of what stands above, what a screen reader says at once
    section: Markup = _NOTHING  # that begins with this card


def card_text(text: str, labels: dict[str, str], progress: str) -> CardText:
    """The text of a card, without the line that says how far somebody has come: that is shown in its own way."""
    blocks = [block for block in _BLANK.split(text.strip("\n")) if block != progress]
    for place, block in enumerate(blocks):
        if found := _HEADING.fullmatch(block):
            begins = _SECTION.fullmatch(blocks[place - 1]) if place else None
            above, below = blocks[: place - 1 if begins else place], blocks[place + 1 :]
            section = _line(begins[1], labels) if begins else Markup()
            news = announced("\n\n".join(above), labels)
            return CardText(_written(above, labels), _line(found[1], labels), _written(below, labels), news, section)
    return CardText(Markup(), Markup(), _written(blocks, labels))


@lru_cache(maxsize=256)
def menu(labels: tuple[tuple[str, str], ...], current: str) -> Markup:
    """Commands as buttons; under `current` stands the card."""
    here = {current: Markup(' aria-current="true"')}
    one = Markup('<button name="command" value="{}"{}>{}</button>')
    return Markup("\n").join(one.format(name, here.get(name, ""), label) for name, label in labels)


def paragraphs(text: str, labels: dict[str, str]) -> Markup:
    """The text, which is escaped HTML already. What commands are called is in `labels`; others stand as they are."""
    return _written(_BLANK.split(text.strip("\n")), labels)


def action_link(button: Button) -> str:
    """A button as it is written in what is said beside a card."""
    return f'<a href="action:{button.action}">{html.escape(button.label, quote=False)}</a>'


def announced(text: str, labels: dict[str, str]) -> str:
    """What a screen reader says of a text at once: all that is short, else how it begins."""
    named = _COMMAND.sub(lambda found: labels.get(found[1], found[0]), text)
    said = [" ".join(html.unescape(_TAG.sub("", one)).split()) for one in _BLANK.split(named.strip("\n"))]
    whole = " ".join(said)
    return whole if len(whole) <= _SHORT else said[0]


def _written(blocks: list[str], labels: dict[str, str]) -> Markup:
    return Markup("".join(f"<p>{_line(block, labels)}</p>" for block in blocks if block))  # noqa: S704 - each is


def _line(block: str, labels: dict[str, str]) -> Markup:
    if found := _ACTION.match(block):
        label = _TAG.sub("", block)
        return Markup(f'<button form="menu" name="action" value="{found[1]}">{label}</button>')  # noqa: S704 - ours
    with_buttons = _COMMAND.sub(lambda found: _button(found, labels), block)
    return Markup(with_buttons.replace("\n", "<br>"))  # noqa: S704 - escaped by whoever wrote the screen


def _button(found: re.Match[str], labels: dict[str, str]) -> str:
    name = found[1]
    if name not in labels:
        return found[0]
    label = html.escape(labels[name], quote=False)
    return f'<button class="word" form="menu" name="command" value="{name}">{label}</button>'
