"""Routes: which use case takes what is tapped, typed or sent, and which draws a card. Each is checked by its types."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from bot.conversation.declared import Action, View
from bot.conversation.request import Request, Sent
from bot.conversation.screens import Reply, Screen

P = ParamSpec("P")
T = TypeVar("T")


class Named(Protocol):
    """What is found by its name."""

    @property
    def name(self) -> str:
        """The name."""


class Asked(Named, Protocol):
    """What is asked for by a name and arguments: an action or a view."""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the arguments."""

    def read(self, written: str) -> tuple[Any, ...]:
        """The arguments. Raises ForgedError for what we never write."""


@dataclass(frozen=True, slots=True)
class Route(Generic[T]):
    """The way from a declared action or view to the function that does what it asks for."""

    declared: Asked
    use_case: Callable[..., T]
    whenever: bool = False  # what is typed or sent means the same whichever card is on the screen
    unless_meant: bool = False  # words in which something else is meant (to stop, help, …) are not for this
    questions_too: bool = False  # but those that ask something are
    unless_code: bool = False  # a whole code that staff type finds the next person instead
    asks: bool = True  # the card asks for it, and does not only take it
    voice: bool = False  # of what is sent: a recording alone, in place of words where the card asks for these

    @property
    def name(self) -> str:
        """The name that leads here."""
        return self.declared.name

    def arguments(self, written: str) -> tuple[Any, ...]:
        """What the function gets besides the request. Raises ForgedError for what no button or card of ours says."""
        return self.declared.read(written)


def tap(action: Action[P], use_case: Callable[Concatenate[Request, P], Reply | None]) -> Route[Reply | None]:
    """A tapped button; None says that what it names belongs to others."""
    return Route(action, use_case)


def card(view: View[P], draw: Callable[Concatenate[Request, P], Screen]) -> Route[Screen]:
    """A card that is drawn again."""
    return Route(view, draw)


def typed(
    view: View[P],
    take: Callable[Concatenate[Request, str, P], Reply | None],
    *,
    whenever: bool = False,
    unless_meant: bool = False,
    questions_too: bool = False,
    unless_code: bool = False,
    asks: bool = True,
) -> Route[Reply | None]:
    """Words that are typed while a card is on the screen; None says that they are nothing that it asks for.

    The rest says which words are not for it (`Route`); `bot.routing.routes.take` keeps to it.
    """
    return Route(view, take, whenever, unless_meant, questions_too, unless_code, asks)


def sent(
    view: View[P],
    take: Callable[Concatenate[Request, Sent, P], Reply | None],
    *,
    whenever: bool = False,
    asks: bool = True,
    voice: bool = False,
) -> Route[Reply | None]:
    """A file or a recording that is sent while a card is on the screen; None says that it is not of this kind."""
    return Route(view, take, whenever, asks=asks, voice=voice)


@dataclass(frozen=True, slots=True)
class CommandRoute:
    """The way from a command to its use case."""

    name: str
    use_case: Callable[..., Reply]
    takes_words: bool

    def answer(self, request: Request, words: str) -> Reply:
        """What is said to it, with the words behind it."""
        return self.use_case(request, words) if self.takes_words else self.use_case(request)


def command(name: str, use_case: Callable[[Request], Reply]) -> CommandRoute:
    """A command; what stands behind it does not matter."""
    return CommandRoute(name, use_case, takes_words=False)


def command_with_words(name: str, use_case: Callable[[Request, str], Reply]) -> CommandRoute:
    """A command behind which words may stand: a code, a page."""
    return CommandRoute(name, use_case, takes_words=True)


N = TypeVar("N", bound=Named)


def by_name(*tables: Iterable[N]) -> dict[str, N]:
    """What stands in the tables of several rooms, each by its name. Raises ValueError where two have the same."""
    found: dict[str, N] = {}
    for route in (route for table in tables for route in table):
        if found.setdefault(route.name, route) is not route:
            raise ValueError(f"two routes are called {route.name}")
    return found
