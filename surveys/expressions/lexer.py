"""The words of an expression, one after the other, with everything in it that is no word."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from surveys.expressions.flaws import ExpressionError, ExpressionFlaw, Flaw

LONGEST = 8_000  # characters: the longest of real forms has some 4,000
_MOST_FLAWS = 5

_START = r"A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u2c00-\u2fef\u3001-\ud7ff"
NAME = rf"[{_START}][{_START}\-.0-9\u00b7\u0300-\u036f]*"  # of XML, without a colon
CURLY = "‘’‚‛“”„‟«»‹›′″´`"
_CURLY = re.compile(f"[{CURLY}]")
_OPERATOR_NAMES = frozenset({"and", "or", "div", "mod"})
_MEANT = {  # written so by people who know other languages
    "==": "=",
    "<>": "!=",
    "=<": "<=",
    "=>": ">=",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "&&": "and",
    "||": "or",
    "&": "and",
    "!": "not(…)",
    "×": "*",
    "÷": "div",
    "–": "-",
    "−": "-",
    "%": "mod",
    ";": ",",
}


class Sign(StrEnum):
    """The kinds of words."""

    NUMBER = "number"
    TEXT = "text"
    REFERENCE = "reference"
    NAME = "name"
    OPERATOR = "operator"
    OPEN = "("
    CLOSE = ")"
    COMMA = ","
    DOT = "."
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, what it says (a text without its quotes, a reference without its braces), and where it begins."""

    sign: Sign
    said: str
    at: int


_SPACE = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_TEXT = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_REFERENCE = re.compile(rf"\$\{{\s*({NAME})\s*\}}")
_BROKEN_REFERENCE = re.compile(r"\$(?:\{[^}\s]*\}?)?")
_WORD = re.compile(rf"{NAME}(?::{NAME})?")
_PATH = re.compile(r"(?:\.\.|//?|::|[@\[\]|])[\w./:@-]*")
_WRITTEN_OTHERWISE = re.compile("|".join(map(re.escape, sorted(_MEANT, key=len, reverse=True))))
_OPERATOR = re.compile(r"!=|<=|>=|[=<>+\-*]")
_SINGLE = re.compile(r"[(),.]")


def read_tokens(text: str) -> list[Token]:
    """The words of an expression, with an END behind the last. Raises ExpressionError with what is no word."""
    if len(text) > LONGEST:
        raise ExpressionError(ExpressionFlaw(Flaw.TOO_LONG, LONGEST, str(LONGEST)))
    found: list[Token] = []
    flaws: list[ExpressionFlaw] = []
    at = 0
    while at < len(text):
        space = _SPACE.match(text, at)
        if space is not None:
            at = space.end()
            continue
        step = _next(text, at, found)
        if isinstance(step, Token):
            found.append(step)
            at = _end(text, step)
            continue
        flaws.append(step)
        at = len(text) if step.flaw is Flaw.OPEN_QUOTE else step.at + len(step.said)
        if len(flaws) == _MOST_FLAWS:
            break
    if not found and not flaws:
        flaws.append(ExpressionFlaw(Flaw.EMPTY, 0))
    if flaws:
        raise ExpressionError(*flaws)
    return [*found, Token(Sign.END, "", len(text))]


def _next(text: str, at: int, before: list[Token]) -> Token | ExpressionFlaw:
    """The word that begins here, or why there is none."""
    for pattern, made in _READERS:
        match = pattern.match(text, at)
        if match is not None:
            return made(match, before)
    return ExpressionFlaw(Flaw.STRANGE_SIGN, at, text[at])


_Read = Callable[[re.Match[str], list[Token]], Token | ExpressionFlaw]


def _of(sign: Sign) -> _Read:
    return lambda match, _: Token(sign, match[0], match.start())


def _wrong(flaw: Flaw) -> _Read:
    return lambda match, _: ExpressionFlaw(flaw, match.start(), match[0])


def _text(match: re.Match[str], _: list[Token]) -> Token | ExpressionFlaw:
    return Token(Sign.TEXT, match[0][1:-1], match.start())


def _open_quote(match: re.Match[str], _: list[Token]) -> Token | ExpressionFlaw:
    """A quotation mark without its pair: perhaps the pair is there and curly."""
    curly = _CURLY.search(match.string, match.end())
    if curly is not None:
        return ExpressionFlaw(Flaw.CURLY_QUOTE, curly.start(), curly[0])
    return ExpressionFlaw(Flaw.OPEN_QUOTE, match.start(), match[0])


def _word(match: re.Match[str], before: list[Token]) -> Token | ExpressionFlaw:
    """An operator where one can stand, as XPath 1.0 (3.7) tells them from names."""
    after_value = bool(before) and before[-1].sign not in {Sign.OPERATOR, Sign.OPEN, Sign.COMMA}
    operator = after_value and match[0] in _OPERATOR_NAMES
    return Token(Sign.OPERATOR if operator else Sign.NAME, match[0], match.start())


def _otherwise(match: re.Match[str], _: list[Token]) -> Token | ExpressionFlaw:
    return ExpressionFlaw(Flaw.STRANGE_SIGN, match.start(), match[0], _MEANT[match[0]])


def _single(match: re.Match[str], _: list[Token]) -> Token | ExpressionFlaw:
    return Token(Sign(match[0]), match[0], match.start())


_READERS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (_CURLY, _wrong(Flaw.CURLY_QUOTE)),
    (_NUMBER, _of(Sign.NUMBER)),
    (_TEXT, _text),
    (re.compile(r"['\"]"), _open_quote),
    (_REFERENCE, lambda match, _: Token(Sign.REFERENCE, match[1], match.start())),
    (_BROKEN_REFERENCE, _wrong(Flaw.OPEN_REFERENCE)),
    (_WORD, _word),
    (re.compile(r"!="), _of(Sign.OPERATOR)),
    (_WRITTEN_OTHERWISE, _otherwise),
    (_PATH, _wrong(Flaw.PATH)),
    (_OPERATOR, _of(Sign.OPERATOR)),
    (_SINGLE, _single),
)


def _end(text: str, token: Token) -> int:
    match token.sign:
        case Sign.TEXT:
            return token.at + len(token.said) + 2
        case Sign.REFERENCE:
            return text.index("}", token.at) + 1
        case _:
            return token.at + len(token.said)
