"""Cards to cut out for people who begin, and the list on which the librarian notes by hand who has which code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from bot.texts import printed as texts
from bot.worker.printing import qr
from surveys.locale_sl import day


@dataclass(frozen=True, slots=True)
class Card:
    """One person's code and link. `name` is printed on the list alone, never on the card, and kept nowhere.

    `number`: in groups, as it is typed where there is no camera; "" where there are no pages, or it has none.
    """

    code: str
    address: str
    name: str = ""
    note: str = ""  # beside the name
    number: str = ""


@dataclass(frozen=True, slots=True)
class CardSheet:
    """The cards of a group: `group` is the neutral name, which everybody may see; `cohort` stands on the list."""

    library: str
    group: str
    cohort: str
    cards: tuple[Card, ...]
    made_on: date
    phone: str = ""  # of the library, for help
    typed: str = ""  # the short address of the pages to which the links lead; "": to Telegram


def as_pdf(sheet: CardSheet) -> bytes:
    """Eight cards a page, then the list; tagged after PDF/UA-1. Raises `typesetting.RenderError`."""
    from reports.render import typesetting  # noqa: PLC0415 - heavy, and needed only where something is printed

    return typesetting.paper(files("bot.worker.printing").joinpath("cards.typ"), _page(sheet), sheet.made_on)


def _page(sheet: CardSheet) -> dict[str, Any]:
    return {
        "title": texts.TITLE,
        "author": sheet.library,
        "library": sheet.library,
        "group": sheet.group,
        "code": texts.CODE,
        "steps": list(texts.steps(pages=bool(sheet.typed))),
        "no_camera": texts.NO_CAMERA,
        "typed": sheet.typed,
        "then_number": texts.THEN_NUMBER,
        "help": texts.help_on_card(sheet.phone, pages=bool(sheet.typed)),
        "cards": [_card(card) for card in sheet.cards],
        "list": {
            "title": texts.LIST_TITLE,
            "of": texts.list_of(sheet.library, sheet.group, sheet.cohort),
            "made": texts.list_made(day(sheet.made_on)),
            "note": texts.LIST_NOTE,
            "columns": list(texts.LIST_COLUMNS),
            "page": texts.PAGE,
        },
    }


def _card(card: Card) -> dict[str, str]:
    named = " · ".join(filter(None, (card.name, card.note)))
    return {
        "code": card.code,
        "svg": qr.svg(card.address),
        "alt": texts.alt(card.code),
        "name": named,
        "number": card.number,
    }
