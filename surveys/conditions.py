"""When-rules as data: whether an item is asked, by earlier answers. Pure, and free of any expression language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Compare(_Rule):
    """True when the item has an answer and the comparison holds; a non-answer compares with nothing.

    For multiple choice, `has` asks whether an option is among the chosen ones.
    """

    item: str
    is_: Annotated[Literal["eq", "ne", "lt", "le", "gt", "ge", "in", "has", "answered"], Field(alias="is")]
    value: int | tuple[int, ...] | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, populate_by_name=True, serialize_by_alias=True)


class AllOf(_Rule):
    """True when every part is."""

    all: Annotated[tuple[Condition, ...], Field(min_length=1)]


class AnyOf(_Rule):
    """True when at least one part is."""

    any: Annotated[tuple[Condition, ...], Field(min_length=1)]


class Not(_Rule):
    """True when its part is not."""

    not_: Annotated[Condition, Field(alias="not")]

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True, serialize_by_alias=True)


Condition = Compare | AllOf | AnyOf | Not

for _type in (AllOf, AnyOf, Not):
    _type.model_rebuild()


def holds(condition: Condition | None, values: Mapping[str, int | None]) -> bool:
    """Whether the rule holds. `values` maps item ids to stored values; no rule always holds."""
    match condition:
        case None:
            return True
        case AllOf(all=parts):
            return all(holds(part, values) for part in parts)
        case AnyOf(any=parts):
            return any(holds(part, values) for part in parts)
        case Not(not_=part):
            return not holds(part, values)
        case Compare():
            return _compare(condition, values.get(condition.item))


def _compare(rule: Compare, value: int | None) -> bool:
    if value is None:
        return False
    wanted = rule.value
    match rule.is_, wanted:
        case "answered", _:
            return True
        case "in", tuple():
            return value in wanted
        case "eq", int():
            return value == wanted
        case "ne", int():
            return value != wanted
        case "lt", int():
            return value < wanted
        case "le", int():
            return value <= wanted
        case "gt", int():
            return value > wanted
        case "ge", int():
            return value >= wanted
        case "has", int():
            return bool(value >> wanted & 1)
        case _:
            raise ValueError(f"»{rule.is_}« cannot be compared with {wanted!r}")


def items_of(condition: Condition | None) -> frozenset[str]:
    """The ids of the items that a rule looks at."""
    match condition:
        case None:
            return frozenset()
        case AllOf(all=parts) | AnyOf(any=parts):
            return frozenset().union(*(items_of(part) for part in parts))
        case Not(not_=part):
            return items_of(part)
        case Compare(item=item):
            return frozenset({item})
