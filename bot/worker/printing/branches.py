"""For whom a question on paper is: the rule of a questionnaire, in words for whoever holds a pen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.texts import paper as texts
from surveys.conditions import AllOf, AnyOf, Compare, Condition, Not, holds
from surveys.model import Item, Questionnaire


@dataclass(frozen=True, slots=True)
class BranchCondition:
    """What somebody did (»ste pri 3. vprašanju napisali 0«); `turned`: the question is for who did not."""

    words: str
    turned: bool = False

    @property
    def straight(self) -> str:
        """For whom the question is, whichever way."""
        return texts.did_not(self.words) if self.turned else self.words


def said(condition: Condition, questionnaire: Questionnaire, numbers: Mapping[str, int]) -> str:
    """Over a question that is not for everybody: who answers it, or who passes over it; whichever is plainer."""
    match condition:
        case AllOf(all=parts) | AnyOf(any=parts):
            found = [_part(part, questionnaire, numbers) for part in parts]
            both = isinstance(condition, AllOf)
            if all(one.turned for one in found):
                return texts.skip_if((texts.OR if both else texts.AND).join(one.words for one in found))
            return texts.only_if((texts.AND if both else texts.OR).join(one.straight for one in found))
        case _:
            one = _part(condition, questionnaire, numbers)
            return texts.skip_if(one.words) if one.turned else texts.only_if(one.words)


def _part(condition: Condition, questionnaire: Questionnaire, numbers: Mapping[str, int]) -> BranchCondition:
    match condition:
        case AllOf(all=parts):
            return BranchCondition(texts.AND.join(_part(one, questionnaire, numbers).straight for one in parts))
        case AnyOf(any=parts):
            return BranchCondition(texts.OR.join(_part(one, questionnaire, numbers).straight for one in parts))
        case Not(not_=inner):
            found = _part(inner, questionnaire, numbers)
            return BranchCondition(found.words, turned=not found.turned)
        case Compare():
            return _compared(condition, questionnaire, numbers)


def _compared(rule: Compare, questionnaire: Questionnaire, numbers: Mapping[str, int]) -> BranchCondition:
    """One comparison: where there are options, those for which it holds, or those for which it does not."""
    item, number = questionnaire.item(rule.item), numbers.get(rule.item, 0)
    if item is None or rule.is_ == "answered":
        return BranchCondition(texts.answered(number))
    if rule.is_ == "has":
        choice = item.choice(rule.value if isinstance(rule.value, int) else 0)
        return BranchCondition(texts.chose(number, ["" if choice is None else choice.label]))
    if item.choices:
        return _chosen(rule, item, number)
    if rule.is_ == "ne":
        return BranchCondition(texts.wrote(number, "eq", rule.value, item), turned=True)
    return BranchCondition(texts.wrote(number, rule.is_, rule.value, item))


def _chosen(rule: Compare, item: Item, number: int) -> BranchCondition:
    fitting = [choice.label for choice in item.choices if holds(rule, {item.id: choice.code})]
    others = [choice.label for choice in item.choices if choice.label not in fitting]
    if others and (not fitting or rule.is_ == "ne"):
        return BranchCondition(texts.chose(number, others), turned=True)
    return BranchCondition(texts.chose(number, fitting))
