"""Walking through the bot as curious people do: every button of every card, in transactions that are taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import count

from sqlalchemy import Connection

from bot.conversation.arrivals import Arrival, Asked, Given, Tap
from bot.conversation.request import Sent
from bot.conversation.screens import Reply, Screen
from bot.routing.dispatch import answer
from bot.routing.handling import handle_once
from bot.routing.routes import SENT, TYPED
from bot.runtime.services import Services
from bot.telegram import updates

SEEN_OFTEN = 2  # how often a button with the same verb is tapped on cards of the same view, from one message on
SEEN_AT_MOST = 8  # and in all: more show next to nothing new
TYPED_AT_MOST = 3  # the same of words and files
DEEPEST = 6
WORDS = ("Ana", "2", "1. 12. 2026", "1. 12. 2026 – 1. 2. 2027", "Zdaj vnukom pišem sama.")  # what is typed everywhere
FILES = (
    Sent("voice", "voice-1", 900, "audio/ogg", seconds=7),
    Sent("document", "file-1", 900, "text/csv", "osebe.csv"),
)
_UPDATES = count(10**9)  # no two visits are the same


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen with the name of its view, and how somebody came there."""

    view: str
    screen: Screen
    path: tuple[str, ...]


@dataclass
class Crawler:
    """One person with a chat: what they do stays done, and what they only look at does not."""

    connection: Connection
    services: Services
    chat: bytes
    now: datetime
    shown: list[Shown] = field(default_factory=list)
    tapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    in_all: Counter[tuple[str, str]] = field(default_factory=Counter)
    explored: dict[tuple[str, Screen], int] = field(default_factory=dict)  # how deep, since something was done for good

    def says(self, text: str) -> Reply:
        """Send a message, for good."""
        return self._done(updates.asked(text))

    def taps(self, action: str) -> Reply:
        """Tap a button by its action, for good."""
        return self._done(Tap(action))

    def sends(self, file: Sent) -> Reply:
        """Send a file, for good."""
        return self._done(Given(file))

    def looks(self, *texts: str) -> None:
        """Begin anew with each of these messages, and go wherever buttons and words lead."""
        for text in texts:
            self._goes(updates.asked(text), (text,))

    def looks_around(self, reply: Reply) -> None:
        """Go wherever the buttons and words of this card, which is on the screen, lead."""
        self._sees(reply, (reply.view,))

    def looks_closely(self, reply: Reply) -> None:
        """See where the buttons and words of this card lead, and no further."""
        self._sees(reply, (reply.view,) * (DEEPEST - 2))

    def _goes(self, asked: Asked, path: tuple[str, ...]) -> None:
        with self._undone():
            self._sees(self._handled(asked), path)

    def _sees(self, reply: Reply, path: tuple[str, ...]) -> None:
        self.shown += [Shown(reply.view, screen, path) for screen in (reply.card, *reply.extras)]
        name = reply.view.partition(":")[0]
        if not name or len(path) >= DEEPEST or self._is_explored(reply, len(path)):
            return
        for button in [button for row in reply.card.rows for button in row if button.action]:
            if self._is_new(name, button.action.partition(":")[0], SEEN_AT_MOST):
                self._goes(Tap(button.action), (*path, button.label))
        for words in (*WORDS, path[0]) if name in TYPED and self._is_new(name, "words", TYPED_AT_MOST) else ():
            self._goes(updates.asked(words), (*path, words))
        for sent in FILES if name in SENT and self._is_new(name, "files", TYPED_AT_MOST) else ():
            self._goes(Given(sent), (*path, sent.kind))

    def _done(self, asked: Asked) -> Reply:
        self.explored.clear()
        return self._handled(asked)

    def _handled(self, asked: Asked) -> Reply:
        arrival = Arrival(self.chat, "telegram", str(next(_UPDATES)), self.now, asked)
        return handle_once(self.connection, self.services, arrival, partial(answer, asked=asked)).reply

    def _is_explored(self, reply: Reply, depth: int) -> bool:
        """Whether the very same card led on before, from as near to the beginning: then it leads nowhere else now."""
        card = (reply.view, reply.card)
        if self.explored.get(card, DEEPEST) <= depth:
            return True
        self.explored[card] = depth
        return False

    def _is_new(self, view: str, what: str, most: int) -> bool:
        self.tapped[view, what] += 1
        if self.tapped[view, what] > SEEN_OFTEN:
            return False
        self.in_all[view, what] += 1
        return self.in_all[view, what] <= most

    @contextmanager
    def _undone(self) -> Iterator[None]:
        nested = self.connection.begin_nested()
        try:
            yield
        finally:
            nested.rollback()
