"""What can be told wrong of an expression before anybody answers: names, functions, options, dates, patterns."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeGuard

from surveys.expressions.flaws import ExpressionError, ExpressionFlaw
from surveys.expressions.flaws import Flaw as F  # noqa: N817 - the names of flaws are the words here
from surveys.expressions.functions import CHOICE_NAME, FUNCTIONS, NOT_TAKEN
from surveys.expressions.lexer import NAME
from surveys.expressions.parser import parse
from surveys.expressions.patterns import compiled
from surveys.expressions.tree import (
    CurrentAnswer,
    Expression,
    FunctionCall,
    Operation,
    Reference,
    TextLiteral,
    parts,
)
from surveys.expressions.values import to_date

_REFERENCE = re.compile(rf"\$\{{\s*({NAME})\s*\}}")


@dataclass(frozen=True, slots=True)
class NameScope:
    """What an expression may look at: items by name, each with the names of its options (None: it has none).

    `current` are those of the item that a dot means; `has_current` whether a dot means anything.
    """

    options: Mapping[str, frozenset[str] | None]
    has_current: bool = False
    current: frozenset[str] | None = None


def read_expression(text: str, scope: NameScope) -> Expression:
    """The tree of an expression in which nothing is wrong. Raises ExpressionError with all that is."""
    expression = parse(text)
    flaws = sorted(check(expression, scope), key=lambda flaw: flaw.at)
    if flaws:
        raise ExpressionError(*flaws)
    return expression


def check(expression: Expression, scope: NameScope) -> Iterator[ExpressionFlaw]:
    """Everything wrong with what stands in a tree."""
    quoted = {part.arguments[1].at for part in parts(expression) if _names_a_choice(part)}
    for part in parts(expression):
        match part:
            case TextLiteral(at=at, value=value) if at not in quoted and (found := _REFERENCE.search(value)):
                yield ExpressionFlaw(F.QUOTED_NAME, at + 1 + found.start(), found[0])
            case Reference(at=at, name=name) if name not in scope.options:
                yield ExpressionFlaw(F.UNKNOWN_NAME, at, name, _close(name, scope.options))
            case CurrentAnswer(at=at) if not scope.has_current:
                yield ExpressionFlaw(F.NO_ANSWER_HERE, at, ".")
            case Operation(operator="=" | "!=", left=left, right=right):
                yield from _compared(left, right, scope)
                yield from _compared(right, left, scope)
            case FunctionCall():
                yield from _called(part, scope)


def _called(call: FunctionCall, scope: NameScope) -> Iterator[ExpressionFlaw]:
    function = FUNCTIONS.get(call.name)
    if function is None:
        known = call.name in NOT_TAKEN
        meant = "" if known else _close(call.name, FUNCTIONS)
        yield ExpressionFlaw(F.FUNCTION_UNSUPPORTED if known else F.UNKNOWN_FUNCTION, call.at, call.name, meant)
        return
    if not function.takes(len(call.arguments)):
        yield ExpressionFlaw(F.ARGUMENTS, call.at, call.name, counts=(function.least, function.most))
        return
    match call.name, call.arguments:
        case "selected", (asked, TextLiteral() as option):
            yield from _compared(asked, option, scope)
        case "date" | "decimal-date-time", (TextLiteral(at=at, value=value),) if value and to_date(value) is None:
            yield ExpressionFlaw(F.NO_DATE, at, f"'{value}'")
        case "regex", (_, TextLiteral(at=at, value=value)):
            yield from _pattern(at, value)
        case "regex", (_, other):
            yield ExpressionFlaw(F.PATTERN_UNSUPPORTED, other.at, "what is calculated")
        case name, (_, quoted) if name == CHOICE_NAME:
            yield from _quoted(quoted, scope)


def _compared(asked: Expression, said: Expression, scope: NameScope) -> Iterator[ExpressionFlaw]:
    """An option that a question does not have can never be its answer."""
    match asked:
        case Reference(name=name):
            options = scope.options.get(name)
        case CurrentAnswer():
            options = scope.current
        case _:
            return
    if options is not None and isinstance(said, TextLiteral):
        option = said.value.strip()
        if option and option not in options:
            yield ExpressionFlaw(F.UNKNOWN_OPTION, said.at, f"'{option}'", _close(option, options))


def _pattern(at: int, pattern: str) -> Iterator[ExpressionFlaw]:
    try:
        compiled(pattern)
    except ExpressionError as error:
        yield from (ExpressionFlaw(flaw.flaw, at, flaw.said) for flaw in error.flaws)


def _names_a_choice(part: Expression) -> TypeGuard[FunctionCall]:
    return isinstance(part, FunctionCall) and part.name == CHOICE_NAME and len(part.arguments) > 1


def _quoted(quoted: Expression, scope: NameScope) -> Iterator[ExpressionFlaw]:
    found = _REFERENCE.fullmatch(quoted.value.strip()) if isinstance(quoted, TextLiteral) else None
    if found is None:
        yield ExpressionFlaw(F.NOT_QUOTED_NAME, quoted.at)
    elif found[1] not in scope.options:
        yield ExpressionFlaw(F.UNKNOWN_NAME, quoted.at, found[1], _close(found[1], scope.options))


def _close(name: str, known: Mapping[str, object] | frozenset[str]) -> str:
    """The known name that is most like this one."""
    return next(iter(difflib.get_close_matches(name, sorted(known), n=1)), "")
