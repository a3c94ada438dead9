"""A form for consent to be signed: the very text that is read aloud, with its version, and room to write."""

from __future__ import annotations

import html
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from bot.texts.consent_forms import FORMS
from surveys.languages import primary

_BULLET = "• "


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """One form. `text` is from `bot.consent.text_archive`, `group` the neutral name; without `code` it is for all."""

    library: str
    group: str
    text: str
    version: str
    language: str
    language_name: str
    guardian: bool
    made_on: date
    code: str = ""
    contact: str = ""  # how to turn to the library, in plain words


def as_pdf(form: ConsentForm) -> bytes:
    """The form on a page; tagged after PDF/UA-1. Raises `typesetting.RenderError`."""
    from reports.render import typesetting  # noqa: PLC0415 - heavy, and needed only where something is printed

    return typesetting.paper(files("bot.worker.printing").joinpath("consent.typ"), _page(form), form.made_on)


def _page(form: ConsentForm) -> dict[str, Any]:
    words = FORMS[form.language]
    *told, asked = html.unescape(form.text).split("\n\n")
    return {
        "title": words.title,
        "author": form.library,
        "language": primary(form.language),  # typst takes two or three letters
        "library": form.library,
        "group": form.group,
        "told": [_block(one) for one in told],
        "asked": asked,
        "answers": [words.guardian_yes if form.guardian else words.yes, words.no],
        "code": words.child_code if form.guardian else words.code,
        "own_code": form.code,
        "fields": [words.guardian_name if form.guardian else words.name, words.day, words.signature],
        "small": [
            words.kept,
            *([form.contact] if form.contact else []),
            f"{words.version}: {form.version} ({form.language_name})",
        ],
    }


def _block(block: str) -> dict[str, Any]:
    """A paragraph by its lines, or a list by its points."""
    lines = block.split("\n")
    points = all(line.startswith(_BULLET) for line in lines)
    return {"points": points, "lines": [line.removeprefix(_BULLET) if points else line for line in lines]}
