"""Walking through the bot as curious people do: every button of every card, in transactions that are taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from itertools import count

from sqlalchemy import Connection

from bot.handlers import dispatch
from bot.house import House
from bot.librarian import kiosk
from bot.screens import Reply, Screen
from bot.table import SENT, TYPED
from bot.turns import Arrival, Step, take_turn
from bot.visit import Sent

SEEN_OFTEN = 2  # how often a button with the same verb is tapped on cards of the same view
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
    house: House
    chat: bytes
    now: datetime
    shown: list[Shown] = field(default_factory=list)
    tapped: dict[tuple[str, str], int] = field(default_factory=dict)

    def says(self, text: str) -> Reply:
        """Send a message, for good."""
        return self._turn(_message(text), typed=True)

    def taps(self, action: str) -> Reply:
        """Tap a button by its action, for good."""
        return self._turn(_tap(action), typed=False)

    def looks(self, *texts: str) -> None:
        """Begin anew with each of these messages, and go wherever buttons and words lead."""
        for text in texts:
            self._goes(_message(text), (text,), typed=True)

    def looks_around(self, reply: Reply) -> None:
        """Go wherever the buttons and words of this card, which is on the screen, lead."""
        self._sees(reply, (reply.view,))

    def _goes(self, step: Step, path: tuple[str, ...], *, typed: bool) -> None:
        with self._undone():
            self._sees(self._turn(step, typed=typed), path)

    def _sees(self, reply: Reply, path: tuple[str, ...]) -> None:
        self.shown += [Shown(reply.view, screen, path) for screen in (reply.card, *reply.extras)]
        name = reply.view.partition(":")[0]
        if not name or len(path) >= DEEPEST:
            return
        for button in [button for row in reply.card.rows for button in row if button.action]:
            if self._is_new(name, button.action.partition(":")[0]):
                self._goes(_tap(button.action), (*path, button.label), typed=False)
        for words in (*WORDS, path[0]) if name in TYPED and self._is_new(name, "words") else ():
            self._goes(_message(words), (*path, words), typed=True)
        for sent in FILES if name in SENT and self._is_new(name, "files") else ():
            self._goes(kiosk.message("", sent, partial(dispatch._sent, sent=sent)), (*path, sent.kind), typed=True)

    def _turn(self, step: Step, *, typed: bool) -> Reply:
        arrival = Arrival(self.chat, next(_UPDATES), self.now, typed=typed)
        return take_turn(self.connection, self.house, arrival, step).reply

    def _is_new(self, view: str, what: str) -> bool:
        often = self.tapped[view, what] = self.tapped.get((view, what), 0) + 1
        return often <= SEEN_OFTEN

    @contextmanager
    def _undone(self) -> Iterator[None]:
        nested = self.connection.begin_nested()
        try:
            yield
        finally:
            nested.rollback()


def _message(text: str) -> Step:
    """A message, as it would arrive."""
    found = dispatch._COMMAND.fullmatch(text)
    if found is None:
        return kiosk.message(text, None, partial(dispatch._typed, text=text))
    return kiosk.message(text, None, partial(dispatch._command, name=found[1], rest=(found[2] or "").strip()))


def _tap(action: str) -> Step:
    """A tap, as it would arrive."""
    return kiosk.tap(action, partial(dispatch._act, action=action))
