"""An expression as a tree of frozen values. `at` is where a part begins in the text, counted from 0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    """A number as it stands there."""

    at: int
    value: float


@dataclass(frozen=True, slots=True)
class TextLiteral:
    """Words between quotes."""

    at: int
    value: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The answer to an item: ``${name}``."""

    at: int
    name: str


@dataclass(frozen=True, slots=True)
class CurrentAnswer:
    """The answer that is being checked: a dot."""

    at: int


@dataclass(frozen=True, slots=True)
class Negated:
    """A minus before a value."""

    at: int
    operand: Expression


@dataclass(frozen=True, slots=True)
class Operation:
    """Two parts with an operator between them; `at` is where the operator stands."""

    at: int
    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Junction:
    """Two or more parts that are all joined by »and«, or all by »or«; `at` is where the first operator stands."""

    at: int
    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class FunctionCall:
    """A function with its values."""

    at: int
    name: str
    arguments: tuple[Expression, ...]


Expression = NumberLiteral | TextLiteral | Reference | CurrentAnswer | Negated | Operation | Junction | FunctionCall


def inner(expression: Expression) -> tuple[Expression, ...]:
    """The parts that an expression is made of, from left to right."""
    match expression:
        case Negated(operand=operand):
            return (operand,)
        case Operation(left=left, right=right):
            return left, right
        case Junction(operands=operands):
            return operands
        case FunctionCall(arguments=arguments):
            return arguments
        case _:
            return ()


def parts(expression: Expression) -> Iterator[Expression]:
    """The expression and everything within it, outer before inner, left before right."""
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(inner(part)))


def height(expression: Expression) -> int:
    """How many parts stand within one another."""
    level, found = [expression], 0
    while level:
        found += 1
        level = [part for outer in level for part in inner(outer)]
    return found


def names(expression: Expression) -> frozenset[str]:
    """The names of the items that are looked at."""
    return frozenset(part.name for part in parts(expression) if isinstance(part, Reference))
