"""When-rules in words: »samo, kadar je pri »…« odgovor »…«. Knows no columns."""

from __future__ import annotations

from reports.texts import export as words
from surveys.conditions import AllOf, AnyOf, Compare, Condition, Not
from surveys.epoch import day_of
from surveys.locale_sl import day, quoted
from surveys.model import CHOSEN, Item, Kind, Questionnaire


def in_words(rule: Condition, questionnaire: Questionnaire) -> str:
    """The rule as the rest of a sentence that begins with »kadar«."""
    match rule:
        case AllOf(all=parts):
            return words.AND.join(_inner(part, questionnaire) for part in parts)
        case AnyOf(any=parts):
            return words.OR.join(_inner(part, questionnaire) for part in parts)
        case Not(not_=part):
            return words.not_so(_inner(part, questionnaire))
        case _:
            return _compared(rule, questionnaire)


def _inner(rule: Condition, questionnaire: Questionnaire) -> str:
    said = in_words(rule, questionnaire)
    return words.grouped(said) if isinstance(rule, AllOf | AnyOf) else said


def _compared(rule: Compare, questionnaire: Questionnaire) -> str:
    item = questionnaire.item(rule.item)
    question = quoted(rule.item if item is None else item.text)
    codes = rule.value if isinstance(rule.value, tuple) else (rule.value,)
    labels = {choice.code: quoted(choice.label) for choice in item.choices} if item and item.kind in CHOSEN else {}
    value = words.OR.join(_value(code, item, labels) for code in codes if code is not None)
    return words.COMPARED[rule.is_].format(question=question, value=value)


def _value(value: float, item: Item | None, labels: dict[int, str]) -> str:
    if item is not None and item.kind is Kind.DATE:
        return day(day_of(int(value)))
    return labels.get(int(value), str(value).replace(".", ","))
