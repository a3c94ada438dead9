"""A questionnaire on paper, for people who would rather write: one for each person and wave, to be typed in later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from bot.printing import qr
from bot.texts import paper as texts
from surveys import engine
from surveys.conditions import AllOf, AnyOf, Compare, Condition, Not, holds
from surveys.model import CHOSEN, Item, Kind, NonAnswer, Questionnaire


@dataclass(frozen=True, slots=True)
class Paper:
    """The sheets of one person: the questionnaire in their language, and how it calls not answering."""

    code: str
    address: str
    questionnaire: Questionnaire
    non_answers: Mapping[NonAnswer, str]
    language: str = "sl"


@dataclass(frozen=True, slots=True)
class Papers:
    """What is printed at once: `group` is the neutral name, which everybody may see."""

    library: str
    group: str
    people: tuple[Paper, ...]
    made_on: date


def as_pdf(papers: Papers) -> bytes:
    """Each person's sheets on pages of their own; tagged after PDF/UA-1. Raises `typesetting.RenderError`."""
    from reports.render import typesetting  # noqa: PLC0415 - heavy, and needed only where something is printed

    page = {
        "title": texts.TITLE,
        "author": papers.library,
        "library": papers.library,
        "group": papers.group,
        "code": texts.CODE,
        "how": texts.HOW,
        "day": texts.DAY,
        "give": texts.GIVE_BACK,
        "people": [_person(one) for one in papers.people],
    }
    return typesetting.paper(files("bot.printing").joinpath("questionnaire.typ"), page, papers.made_on)


def _person(one: Paper) -> dict[str, Any]:
    asked = [item for item in one.questionnaire.items if item.asks]
    numbers = {item.id: number for number, item in enumerate(asked, start=1)}
    return {
        "code": one.code,
        "svg": qr.svg(one.address),
        "alt": texts.alt(one.code),
        "language": one.language,
        "title": one.questionnaire.title,
        "intro": one.questionnaire.intro,
        "items": [_item(one, item, numbers) for item in one.questionnaire.items],
    }


def _item(one: Paper, item: Item, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "number": str(numbers[item.id]) if item.asks else "",
        "text": item.text,
        "hint": item.hint,
        "only": "" if item.when is None else texts.only_if(said(item.when, one.questionnaire, numbers)),
        "how": _how(item),
        "room": {Kind.NUMBER: "number", Kind.TEXT: "lines"}.get(item.kind, ""),
        "choices": [choice.label for choice in item.choices] if item.kind in CHOSEN else [],
        "declines": [one.non_answers[way] for way in engine.allowed(item) if way is not NonAnswer.SKIPPED],
    }


def _how(item: Item) -> str:
    match item.kind:
        case Kind.MULTIPLE:
            return "" if item.hint else texts.SEVERAL
        case Kind.NUMBER:
            return texts.number(item.minimum, item.maximum)
        case _:
            return ""


def said(condition: Condition, questionnaire: Questionnaire, numbers: Mapping[str, int]) -> str:
    """A rule in words, with the numbers that the questions have on paper."""
    match condition:
        case AllOf(all=parts):
            return texts.AND.join(said(part, questionnaire, numbers) for part in parts)
        case AnyOf(any=parts):
            return texts.OR.join(said(part, questionnaire, numbers) for part in parts)
        case Not(not_=Compare() as rule):
            return _compared(rule, condition, questionnaire, numbers)
        case Not(not_=part):
            return texts.not_so(said(part, questionnaire, numbers))
        case _:
            return _compared(condition, condition, questionnaire, numbers)


def _compared(rule: Compare, condition: Condition, questionnaire: Questionnaire, numbers: Mapping[str, int]) -> str:
    """One comparison, or its opposite: where there are options, those for which it holds."""
    item, number, opposite = questionnaire.item(rule.item), numbers.get(rule.item, 0), rule is not condition
    if item is None or rule.is_ == "answered":
        return texts.answered(number, opposite=opposite)
    if rule.is_ == "has":
        choice = item.choice(rule.value if isinstance(rule.value, int) else 0)
        return texts.is_one_of(number, ["" if choice is None else choice.label], opposite=opposite)
    if item.choices:
        fitting = [choice.label for choice in item.choices if holds(condition, {item.id: choice.code})]
        return texts.is_one_of(number, fitting)
    return texts.compared(number, rule.is_, rule.value, opposite=opposite)
