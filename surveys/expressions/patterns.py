"""Regular expressions of forms, matched in time proportional to the text, whatever pattern an author wrote.

Python's `re` tries one way after the other: ``(a+)+b`` keeps it busy for years. Here all ways are followed at once
(Thompson, 1968). A pattern fits when it fits the whole text, as in XForms.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from surveys.expressions.flaws import ExpressionError, ExpressionFlaw, Flaw

_MOST_STATES = 2_000
_DEEPEST = 30  # groups within one another
_LONGEST = 500  # characters of a pattern
_TIMES = re.compile(r"\{(\d{1,4})(?:(,)(\d{0,4}))?\}")
_CLASSES = "dDwWsS"
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r"}
_INNER_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")

Fits = Callable[[str], bool]


def matches(pattern: str, text: str) -> bool:
    """Whether the whole text fits the pattern. Raises ExpressionError where that is none, or is not taken."""
    return compiled(pattern).fits(text)


@dataclass(slots=True)
class _State:
    """Where one may be: a character leads on to `then`, or (without `fits`) one is in `then` and `other` at once."""

    fits: Fits | None = None
    then: int = -1
    other: int = -1


class Pattern:
    """A compiled pattern."""

    def __init__(self, states: list[_State], first: int) -> None:
        self._states = states
        self._first = first

    def fits(self, text: str) -> bool:
        """Whether the whole text fits."""
        here = self._reached({self._first})
        for sign in text:
            if not here:
                return False
            steps = (self._states[place] for place in here)
            here = self._reached({state.then for state in steps if state.fits is not None and state.fits(sign)})
        return _END in here

    def _reached(self, places: set[int]) -> set[int]:
        """The places and all that are reached from them without a character."""
        found: set[int] = set()
        waiting = list(places)
        while waiting:
            place = waiting.pop()
            if place in found:
                continue
            found.add(place)
            state = self._states[place]
            if state.fits is None and place != _END:
                waiting.extend(one for one in (state.then, state.other) if one >= 0)
        return found


_END = 0


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Pattern:
    """A pattern made ready. Raises ExpressionError."""
    if len(pattern) > _LONGEST:
        raise ExpressionError(ExpressionFlaw(Flaw.PATTERN_UNSUPPORTED, 0, f"{pattern[:20]}…"))
    return _Builder(pattern).whole()


@dataclass(frozen=True, slots=True)
class _Sequence:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Either:
    parts: tuple[_Node, ...]


@dataclass(frozen=True, slots=True)
class _Repeated:
    part: _Node
    least: int
    most: int | None


_Node = Fits | _Sequence | _Either | _Repeated


class _Builder:
    """Reads a pattern from left to right, then lays its states from the end to the beginning."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._depth = 0
        self._states = [_State()]

    def whole(self) -> Pattern:
        node = self._either()
        if self._at < len(self._pattern):
            raise self._broken()
        return Pattern(self._states, self._laid(node, _END))

    def _either(self) -> _Node:
        parts = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else _Either(tuple(parts))

    def _sequence(self) -> _Node:
        parts: list[_Node] = []
        if self._peek() == "^" and self._at == 0:
            self._at += 1
        while self._at < len(self._pattern) and self._peek() not in {"|", ")"}:
            if self._peek() == "$" and self._at == len(self._pattern) - 1:
                self._at += 1
                break
            parts.append(self._times(self._one()))
        return _Sequence(tuple(parts))

    def _times(self, node: _Node) -> _Node:
        """The node with what is said of how often it comes."""
        sign = self._peek()
        least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(sign, (1, 1))
        if sign == "{":
            found = _TIMES.match(self._pattern, self._at)
            if found is None:
                raise self._broken()
            least = int(found[1])
            most = least if not found[2] else int(found[3]) if found[3] else None
            if most is not None and most < least:
                raise self._broken()
            self._at = found.end()
        elif sign and sign in "*+?":
            self._at += 1
        else:
            return node
        if self._peek() and self._peek() in "*+?{":
            raise self._unsupported(self._pattern[self._at - 1 : self._at + 1])
        return _Repeated(node, least, most)

    def _one(self) -> _Node:
        """A character, a class of them, or a group."""
        sign = self._peek()
        match sign:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case "\\":
                return self._escaped()
            case ".":
                self._at += 1
                return lambda one: one not in "\n\r\u0085\u2028\u2029"
            case "*" | "+" | "?" | "{":
                raise self._broken()
            case "^" | "$":
                raise self._unsupported(sign)
        self._at += 1
        return lambda one: one == sign

    def _group(self) -> _Node:
        self._at += 1
        if self._peek() == "?":
            if self._pattern[self._at : self._at + 2] != "?:":
                raise self._unsupported(self._pattern[self._at - 1 : self._at + 3])
            self._at += 2
        self._depth += 1
        if self._depth > _DEEPEST:
            raise self._unsupported("(((")
        node = self._either()
        if self._peek() != ")":
            raise self._broken()
        self._at += 1
        self._depth -= 1
        return node

    def _escaped(self) -> Fits:
        written = self._pattern[self._at : self._at + 2]
        if len(written) == 1:
            raise self._broken()
        self._at += 2
        return _fits_class(written) if written[1] in _CLASSES else _is(self._literal(written))

    def _literal(self, written: str) -> str:
        """The character that an escape stands for."""
        if written[1].isalnum() and written[1] not in _ESCAPES:
            raise self._unsupported(written)
        return _ESCAPES.get(written[1], written[1])

    def _class(self) -> Fits:
        found = _INNER_CLASS.match(self._pattern, self._at)
        if found is None:
            raise self._broken()
        inside = found[0][1:-1]
        if "[" in inside.replace("\\[", "") or "&&" in inside:
            raise self._unsupported(found[0])
        self._at = found.end()
        turned = inside.startswith("^")
        members = self._members(inside[turned:])
        return lambda one: any(fits(one) for fits in members) is not turned

    def _members(self, inside: str) -> list[Fits]:
        signs = re.findall(r"\\.|[^\\]", inside)
        found: list[Fits] = []
        while signs:
            first = signs.pop(0)
            if len(first) > 1 and first[1] in _CLASSES:
                found.append(_fits_class(first))
                continue
            low = self._literal(first) if len(first) > 1 else first
            if len(signs) > 1 and signs[0] == "-" and signs[1][1:] not in set(_CLASSES):
                last = signs[1]
                del signs[:2]
                high = self._literal(last) if len(last) > 1 else last
                if high < low:
                    raise self._broken()
                found.append(_is_between(low, high))
            else:
                found.append(_is(low))
        return found

    def _laid(self, node: _Node, then: int) -> int:
        """The place from which the node leads to `then`."""
        match node:
            case _Sequence(parts):
                for part in reversed(parts):
                    then = self._laid(part, then)
                return then
            case _Either(parts):
                first = self._laid(parts[-1], then)
                for part in reversed(parts[:-1]):
                    first = self._add(_State(None, self._laid(part, then), first))
                return first
            case _Repeated(part, least, most):
                return self._laid_often(part, least, most, then)
        return self._add(_State(node, then))

    def _laid_often(self, part: _Node, least: int, most: int | None, then: int) -> int:
        if most is None:
            fork = self._add(_State(None, -1, then))
            self._states[fork].then = self._laid(part, fork)
            then = fork
        else:
            end = then
            for _ in range(most - least):
                then = self._add(_State(None, self._laid(part, then), end))
        for _ in range(least):
            then = self._laid(part, then)
        return then

    def _add(self, state: _State) -> int:
        if len(self._states) >= _MOST_STATES:
            raise self._unsupported(f"{self._pattern[:20]}…")
        self._states.append(state)
        return len(self._states) - 1

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _broken(self) -> ExpressionError:
        return ExpressionError(ExpressionFlaw(Flaw.PATTERN, 0, self._pattern))

    def _unsupported(self, said: str) -> ExpressionError:
        return ExpressionError(ExpressionFlaw(Flaw.PATTERN_UNSUPPORTED, 0, said))


def _is(sign: str) -> Fits:
    return lambda one: one == sign


def _is_between(low: str, high: str) -> Fits:
    return lambda one: low <= one <= high


def _fits_class(written: str) -> Fits:
    """Digits, letters of words, space, of ASCII as in Java, and their opposites."""
    pattern = re.compile(written, re.ASCII)
    return lambda one: pattern.fullmatch(one) is not None
