"""What an expression is worth, by the answers and by what today is."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from surveys.expressions.functions import CHOICE_NAME, FUNCTIONS
from surveys.expressions.tree import (
    CurrentAnswer,
    Expression,
    FunctionCall,
    Junction,
    Negated,
    NumberLiteral,
    Operation,
    Reference,
    TextLiteral,
)
from surveys.expressions.values import NOTHING, Value, are_equal, to_boolean, to_number, to_text


@dataclass(frozen=True, slots=True)
class ExpressionContext:
    """What an expression looks at.

    `answers` by the names of items: a number as a float, a date as a date, an option by its name, several with spaces
    between them; what is unanswered, hidden or no answer is left out, and reads as empty. `current` is what a dot
    means. `labels` are the words of options, by item and name. `today` is a date, or a moment for `now`.
    """

    today: date
    answers: Mapping[str, Value] = field(default_factory=dict)
    current: Value = NOTHING
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def evaluate(expression: Expression, given: ExpressionContext) -> Value:
    """The value of a checked expression; no answers make it fail."""
    match expression:
        case NumberLiteral(value=value) | TextLiteral(value=value):
            return value
        case Reference(name=name):
            return given.answers.get(name, NOTHING)
        case CurrentAnswer():
            return given.current
        case Negated(operand=operand):
            return -to_number(evaluate(operand, given))
        case Junction(operator=operator, operands=operands):
            holding = (to_boolean(evaluate(operand, given)) for operand in operands)
            return any(holding) if operator == "or" else all(holding)
        case Operation(operator=operator, left=left, right=right):
            return _OPERATIONS[operator](evaluate(left, given), evaluate(right, given))
        case FunctionCall(name=name, arguments=arguments):
            return _called(name, arguments, given)


def holds(expression: Expression, given: ExpressionContext) -> bool:
    """Whether a rule or a limit holds."""
    return to_boolean(evaluate(expression, given))


def _called(name: str, arguments: tuple[Expression, ...], given: ExpressionContext) -> Value:
    if name == "if":  # the other branch is not looked at
        return evaluate(arguments[1 if holds(arguments[0], given) else 2], given)
    values = [evaluate(argument, given) for argument in arguments]
    if name == CHOICE_NAME:
        item = to_text(values[1]).strip().removeprefix("${").removesuffix("}").strip()
        return given.labels.get(item, {}).get(to_text(values[0]), NOTHING)
    return FUNCTIONS[name].value(values, given.today)


def _divided(left: float, right: float) -> float:
    if right:
        return left / right
    return (
        math.nan if math.isnan(left) or left == 0 or math.isnan(right) else math.copysign(math.inf, left * _sign(right))
    )


def _sign(number: float) -> float:
    return math.copysign(1.0, number)


def _remainder(left: float, right: float) -> float:
    """With the sign of what is divided."""
    return math.fmod(left, right) if right and math.isfinite(left) and not math.isnan(right) else math.nan


def _numeric(calculate: Callable[[float, float], Value]) -> Callable[[Value, Value], Value]:
    return lambda left, right: calculate(to_number(left), to_number(right))


_OPERATIONS: Mapping[str, Callable[[Value, Value], Value]] = {
    "=": are_equal,
    "!=": lambda left, right: not are_equal(left, right),
    "<": _numeric(lambda left, right: left < right),
    "<=": _numeric(lambda left, right: left <= right),
    ">": _numeric(lambda left, right: left > right),
    ">=": _numeric(lambda left, right: left >= right),
    "+": _numeric(lambda left, right: left + right),
    "-": _numeric(lambda left, right: left - right),
    "*": _numeric(lambda left, right: left * right),
    "div": _numeric(_divided),
    "mod": _numeric(_remainder),
}
