"""Actions of buttons and names of cards: declared once with typed arguments, written as short text, and read back.

A declaration is a function without a body. `action` and `view` make of it a value that is called where a button or a
card is made, and that a router reads (`bot.conversation.routes`, docs/decisions/routes.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from inspect import Parameter, signature
from types import NoneType, UnionType
from typing import Any, Generic, NewType, ParamSpec, get_args, get_type_hints

P = ParamSpec("P")

ActionData = NewType("ActionData", str)  # what a button asks for, as an action writes it; never a text written by hand
Rest = NewType("Rest", str)  # the last argument, that takes whatever is left, separators too

SEPARATOR = ":"
_WORD = re.compile(r"[A-Za-z0-9_+-]{0,48}")
_MOST_DIGITS = 9  # below 2**31, what every column of numbers holds
_MISSING = object()
_PLAIN = (int, str)  # by far the most arguments: looked for first, since a card has many buttons


class ForgedError(ValueError):
    """What stands behind a button or a card is nothing that we write there."""


class Declared(Generic[P]):
    """What may be asked for by its name, with arguments of declared types: int, str, bool, date, StrEnum, or Rest.

    An argument may be `| None`, written as nothing; those with a default may be missing at the end. A name that is a
    word of Python ends with an underscore, which is not written.
    """

    __slots__ = ("_needed", "_parameters", "name")

    def __init__(self, declared: Callable[P, None]) -> None:
        hints = get_type_hints(declared)
        self.name = declared.__name__.removesuffix("_")
        self._parameters = tuple(
            (
                parameter.name,
                hints[parameter.name],
                _MISSING if parameter.default is Parameter.empty else parameter.default,
            )
            for parameter in signature(declared).parameters.values()
        )
        self._needed = sum(default is _MISSING for _, _, default in self._parameters)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """The text with these arguments: `name:argument:argument`."""
        given = list(args)
        if len(given) < len(self._parameters):
            given += [kwargs.get(name, default) for name, _, default in self._parameters[len(given) :]]
        while given and len(given) > self._needed and given[-1] == self._parameters[len(given) - 1][2]:
            given.pop()
        return SEPARATOR.join((self.name, *map(_written, given))) if given else self.name

    def read(self, written: str) -> tuple[Any, ...]:
        """The arguments in what stands behind the name. Raises ForgedError for what this never writes."""
        if not self._parameters:
            if written:
                raise ForgedError(self.name)
            return ()
        splits = len(self._parameters) - 1 if self._parameters[-1][1] is Rest else -1
        parts = written.split(SEPARATOR, splits) if written or self._needed == 1 else []
        if not self._needed <= len(parts) <= len(self._parameters):
            raise ForgedError(self.name)
        given = [_read(kind, part) for (_, kind, _), part in zip(self._parameters, parts, strict=False)]
        return (*given, *(default for _, _, default in self._parameters[len(given) :]))

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the arguments, in the order in which they are written."""
        return tuple(name for name, _, _ in self._parameters)

    def is_name_of(self, text: str) -> bool:
        """Whether a text is one of this name, whatever its arguments."""
        return text.partition(SEPARATOR)[0] == self.name

    def arguments_of(self, text: str) -> tuple[Any, ...] | None:
        """The arguments of such a text; None for one of another name, and for one that this never writes."""
        name, _, written = text.partition(SEPARATOR)
        if name != self.name:
            return None
        try:
            return self.read(written)
        except ForgedError:
            return None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"


class Action(Declared[P]):
    """What a button asks for."""

    __slots__ = ()

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> ActionData:
        """What a button says that asks for this with these arguments."""
        return ActionData(super().__call__(*args, **kwargs))


class View(Declared[P]):
    """A card, by which it is drawn again from what is stored."""

    __slots__ = ()

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """The name of the card with these arguments; one without any ends with the separator, as it is stored."""
        written = super().__call__(*args, **kwargs)
        return written if SEPARATOR in written else written + SEPARATOR


def action(declared: Callable[P, None]) -> Action[P]:
    """Declare an action; its name has to be longer than four letters, which are those of older buttons."""
    return Action(declared)


def view(declared: Callable[P, None]) -> View[P]:
    """Declare a card; its name and arguments stand in databases, so they stay as they are."""
    return View(declared)


def natural_number(written: str) -> int:
    """The whole number of 0 or more that is written. Raises ForgedError for all else, also for what no column holds."""
    if not (written.isascii() and written.isdecimal() and len(written) <= _MOST_DIGITS):
        raise ForgedError(written)
    return int(written)


def _written(value: object) -> str:
    if type(value) in _PLAIN:
        return str(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(kind: Any, written: str) -> object:
    if isinstance(kind, UnionType):
        if not written:
            return None
        (kind,) = (one for one in get_args(kind) if one is not NoneType)
    if kind is int:
        return natural_number(written)
    if kind is Rest:
        return written
    if kind is bool:
        if written not in {"0", "1"}:
            raise ForgedError(written)
        return written == "1"
    if kind is str:
        if _WORD.fullmatch(written) is None:
            raise ForgedError(written)
        return written
    return _of_kind(kind, written)


def _of_kind(kind: Any, written: str) -> object:
    """A day or a member of an enumeration."""
    try:
        return date.fromisoformat(written) if issubclass(kind, date) else kind(written)
    except ValueError:
        raise ForgedError(written) from None
