"""When-rules as data: whether an item is asked, by earlier answers. Pure, and free of any expression language."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from surveys.epoch import as_stored

Quantity = Annotated[int | Annotated[float, Field(allow_inf_nan=False)], BeforeValidator(as_stored)]
"""A number, or a date as it is stored."""

_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "has": lambda chosen, code: bool(int(chosen) >> int(code) & 1),
}


class _Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True, serialize_by_alias=True)


class Compare(_Rule):
    """True when the item has an answer and the comparison holds; a non-answer compares with nothing.

    For multiple choice, `has` asks whether an option is among the chosen ones.
    """

    item: str
    is_: Annotated[Literal["eq", "ne", "lt", "le", "gt", "ge", "in", "has", "answered"], Field(alias="is")]
    value: Quantity | tuple[Quantity, ...] | None = None

    @model_validator(mode="after")
    def _fits(self) -> Compare:
        """Each comparison has a value of its shape, so that holding never fails."""
        if self.is_ == "answered" and self.value is not None:
            raise ValueError('"answered" compares with nothing; leave "value" out')
        if self.is_ == "in" and not (isinstance(self.value, tuple) and self.value):
            raise ValueError('"in" needs a list of numbers: value = [ … ]')
        if self.is_ in _OPERATORS and not isinstance(self.value, int | float):
            raise ValueError(f'"{self.is_}" needs one number: value = …')
        if self.is_ == "has" and not (isinstance(self.value, int) and self.value >= 0):
            raise ValueError('"has" needs the code of an option, which is never negative')
        return self


class AllOf(_Rule):
    """True when every part is."""

    all: Annotated[tuple[Condition, ...], Field(min_length=1)]


class AnyOf(_Rule):
    """True when at least one part is."""

    any: Annotated[tuple[Condition, ...], Field(min_length=1)]


class Not(_Rule):
    """True when its part is not."""

    not_: Annotated[Condition, Field(alias="not")]


Condition = Compare | AllOf | AnyOf | Not

for _type in (AllOf, AnyOf, Not):
    _type.model_rebuild()


def holds(condition: Condition | None, values: Mapping[str, float | None]) -> bool:
    """Whether the rule holds. `values` maps item ids to what is compared (`engine`); no rule always holds."""
    match condition:
        case None:
            return True
        case AllOf(all=parts):
            return all(holds(part, values) for part in parts)
        case AnyOf(any=parts):
            return any(holds(part, values) for part in parts)
        case Not(not_=part):
            return not holds(part, values)
        case _:
            return _compare(condition, values.get(condition.item))


def _compare(rule: Compare, value: float | None) -> bool:
    if value is None:
        return False
    match rule.value:
        case None:
            return True
        case tuple():
            return value in rule.value
        case _:
            return _OPERATORS[rule.is_](value, rule.value)


def comparisons_of(condition: Condition | None) -> tuple[Compare, ...]:
    """The comparisons that a rule is made of, in reading order."""
    match condition:
        case None:
            return ()
        case AllOf(all=parts) | AnyOf(any=parts):
            return tuple(rule for part in parts for rule in comparisons_of(part))
        case Not(not_=part):
            return comparisons_of(part)
        case _:
            return (condition,)


def items_of(condition: Condition | None) -> frozenset[str]:
    """The ids of the items that a rule looks at."""
    return frozenset(rule.item for rule in comparisons_of(condition))
