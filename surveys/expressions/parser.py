"""The tree of an expression, by the grammar of XPath 1.0 without paths: or, and, =, <, +, *, minus, values."""

from __future__ import annotations

from collections.abc import Sequence

from surveys.expressions.flaws import ExpressionError, ExpressionFlaw, Flaw
from surveys.expressions.lexer import Sign, Token, read_tokens
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
    height,
)

BRACKETS = 40  # within one another
HIGHEST = 120  # parts within one another: a sum of as many items
_JUNCTIONS = ("or", "and")  # what binds least comes first
_LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
_OPERATOR_NAMES = {"and", "or", "div", "mod"}


def parse(text: str) -> Expression:
    """The tree of an expression. Raises ExpressionError with what is wrong, and where."""
    return _Parser(read_tokens(text)).whole()


class _Parser:
    """Goes through the words once; which word is next is all it remembers."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._place = 0
        self._depth = 0

    def whole(self) -> Expression:
        """The expression that all words make."""
        found = self._junction(0)
        if not self._is(Sign.END):
            raise self._left_over()
        if height(found) > HIGHEST:
            raise ExpressionError(ExpressionFlaw(Flaw.TOO_DEEP, found.at, str(HIGHEST)))
        return found

    @property
    def _next(self) -> Token:
        return self._tokens[self._place]

    def _is(self, sign: Sign) -> bool:
        return self._next.sign is sign

    def _take(self) -> Token:
        token = self._next
        self._place += 1
        return token

    def _junction(self, level: int) -> Expression:
        """Parts joined by »or«, or by »and« within them."""
        if level == len(_JUNCTIONS):
            return self._level(0)
        found = [self._junction(level + 1)]
        at = self._next.at
        while self._is_operator(frozenset({_JUNCTIONS[level]})):
            self._take()
            found.append(self._junction(level + 1))
        return found[0] if len(found) == 1 else Junction(at, _JUNCTIONS[level], tuple(found))

    def _level(self, level: int) -> Expression:
        """Everything that binds at least as strongly as this level, from left to right."""
        if level == len(_LEVELS):
            return self._signed()
        found = self._level(level + 1)
        while self._is_operator(_LEVELS[level]):
            operator = self._take()
            found = Operation(operator.at, operator.said, found, self._level(level + 1))
        return found

    def _is_operator(self, among: frozenset[str]) -> bool:
        return self._is(Sign.OPERATOR) and self._next.said in among

    def _signed(self) -> Expression:
        if self._is_operator(frozenset({"-"})):
            minus = self._deeper()
            operand = self._signed()
            self._depth -= 1
            return Negated(minus.at, operand)
        return self._value()

    def _deeper(self) -> Token:
        """Take a word behind which something stands within."""
        self._depth += 1
        if self._depth > BRACKETS:
            raise ExpressionError(ExpressionFlaw(Flaw.TOO_DEEP, self._next.at, str(BRACKETS)))
        return self._take()

    def _value(self) -> Expression:
        token = self._next
        match token.sign:
            case Sign.NUMBER:
                return NumberLiteral(self._take().at, float(token.said))
            case Sign.TEXT:
                return TextLiteral(self._take().at, token.said)
            case Sign.REFERENCE:
                return Reference(self._take().at, token.said)
            case Sign.DOT:
                return CurrentAnswer(self._take().at)
            case Sign.OPEN:
                return self._within()
            case Sign.NAME:
                return self._called()
            case _:
                raise ExpressionError(ExpressionFlaw(Flaw.NO_VALUE, token.at, token.said or "»…«"))

    def _within(self) -> Expression:
        opened = self._deeper()
        found = self._junction(0)
        self._close(opened)
        return found

    def _called(self) -> Expression:
        name = self._take()
        if name.said in _OPERATOR_NAMES and not self._is(Sign.OPEN):
            raise ExpressionError(ExpressionFlaw(Flaw.NO_VALUE, name.at, name.said))
        if not self._is(Sign.OPEN):
            lowered = name.said.lower()
            meant = lowered if lowered in _OPERATOR_NAMES else f"${{{name.said}}}, '{name.said}'"
            raise ExpressionError(ExpressionFlaw(Flaw.BARE_NAME, name.at, name.said, meant))
        opened = self._deeper()
        arguments: list[Expression] = []
        while not self._is(Sign.CLOSE):
            if arguments and not self._is(Sign.COMMA):
                break
            if arguments:
                self._take()
            arguments.append(self._junction(0))
        self._close(opened)
        return FunctionCall(name.at, name.said, tuple(arguments))

    def _close(self, opened: Token) -> None:
        if self._is(Sign.END):
            raise ExpressionError(ExpressionFlaw(Flaw.OPEN_BRACKET, opened.at, opened.said))
        if not self._is(Sign.CLOSE):
            raise self._left_over()
        self._take()
        self._depth -= 1

    def _left_over(self) -> ExpressionError:
        """A word where the expression could have ended: an operator in capitals, or two values side by side."""
        token = self._next
        lowered = token.said.lower()
        if token.sign is Sign.NAME and lowered in _OPERATOR_NAMES:
            return ExpressionError(ExpressionFlaw(Flaw.BARE_NAME, token.at, token.said, lowered))
        return ExpressionError(ExpressionFlaw(Flaw.LEFT_OVER, token.at, token.said or "»…«"))
