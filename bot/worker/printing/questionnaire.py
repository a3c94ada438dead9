"""A questionnaire on paper, for people who would rather write: one for each person and wave, to be typed in later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from bot.texts import paper as texts
from bot.worker.printing import branches, qr
from surveys import engine
from surveys.languages import primary
from surveys.model import CHOSEN, Item, Kind, NonAnswer, Questionnaire
from surveys.options import numbered


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheets of one person: the questionnaire in their language, how it calls not answering, how long it takes."""

    code: str
    address: str
    questionnaire: Questionnaire
    non_answers: Mapping[NonAnswer, str]
    takes: str
    language: str = "sl"


@dataclass(frozen=True, slots=True)
class Papers:
    """What is printed at once: `group` is the neutral name, which everybody may see."""

    library: str
    group: str
    people: tuple[Paper, ...]
    made_on: date
    help: str = ""  # how to turn to the library


def as_pdf(papers: Papers) -> bytes:
    """Each person's sheets on pages of their own; tagged after PDF/UA-1. Raises `typesetting.RenderError`."""
    from reports.render import typesetting  # noqa: PLC0415 - heavy, and needed only where something is printed

    page = {
        "title": texts.TITLE,
        "author": papers.library,
        "library": papers.library,
        "group": papers.group,
        "code": texts.CODE,
        "day": texts.DAY,
        "give": " ".join(part for part in (texts.GIVE_BACK, papers.help) if part),
        "people": [_person(one) for one in papers.people],
    }
    return typesetting.paper(files("bot.worker.printing").joinpath("questionnaire.typ"), page, papers.made_on)


def _person(one: Paper) -> dict[str, Any]:
    asked = [item for item in one.questionnaire.items if item.asks]
    numbers = {item.id: number for number, item in enumerate(asked, start=1)}
    return {
        "code": one.code,
        "svg": qr.svg(one.address),
        "alt": texts.alt(one.code),
        "language": primary(one.language),  # typst takes two or three letters
        "title": one.questionnaire.title,
        "intro": " ".join(part for part in (one.questionnaire.intro, one.takes) if part),
        "how": texts.how(
            several=_asks_any(one, Kind.MULTIPLE), words=_asks_any(one, Kind.NUMBER, Kind.DATE, Kind.TEXT)
        ),
        "items": [_item(one, item, numbers) for item in one.questionnaire.items],
    }


def _asks_any(one: Paper, *kinds: Kind) -> bool:
    return any(item.kind in kinds for item in one.questionnaire.items)


def _item(one: Paper, item: Item, numbers: Mapping[str, int]) -> dict[str, Any]:
    rule = one.questionnaire.rule(item)
    return {
        "section": one.questionnaire.heading(item),
        "number": str(numbers[item.id]) if item.asks else "",
        "text": item.text,
        "hint": item.hint,
        "only": "" if rule is None else branches.said(rule, one.questionnaire, numbers),
        "how": _how(item),
        "room": {Kind.NUMBER: "number", Kind.DATE: "number", Kind.TEXT: "lines"}.get(item.kind, ""),
        "choices": _choices(item) if item.kind in CHOSEN else [],
        "declines": [one.non_answers[way] for way in engine.allowed(item) if way is not NonAnswer.SKIPPED],
    }


def _choices(item: Item) -> list[dict[str, str]]:
    """The options, each with the number under which whoever types the sheet in finds it."""
    numbers = numbered(item.choices)
    return [
        {"number": number or "", "label": choice.label} for number, choice in zip(numbers, item.choices, strict=True)
    ]


def _how(item: Item) -> str:
    match item.kind:
        case Kind.MULTIPLE:
            return texts.several(item)
        case Kind.NUMBER:
            return texts.number(item)
        case Kind.DATE:
            return texts.DATES[item.accuracy]
        case _:
            return ""
