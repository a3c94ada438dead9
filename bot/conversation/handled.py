"""One thing that came in and was committed: what its channel is to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.conversation.screens import EntryField, Reply, Screen


@dataclass(frozen=True, slots=True)
class Handled:
    """What a committed request asks the channel to show."""

    chat: bytes
    revision: int  # what the chat row wants; 0 when the chat was forgotten
    card: int | None  # number of the live card among the messages of the chat
    reply: Reply
    receipt: str | None = None  # by which the channel answers the tap
    typed: int = 0  # number of what was typed, where that is taken off the screen
    kiosk: bool = False  # no card stays when another one comes below it
    repeated: bool = False  # it had come in before, and changed nothing now
    again: bool = False  # drawn from what is stored, so that another process may be showing something newer
    language: str = ""  # in which the chat reads from now on; "" where nothing was changed
    aloud: bool = False  # whether a screen reader reads it from now on

    @property
    def forgotten(self) -> bool:
        """Whether everything about this person was erased in this request."""
        return not self.reply.view


Menu = tuple[tuple[str, str], ...]
"""Commands: name without slash, description."""


@dataclass(frozen=True, slots=True)
class CurrentCard:
    """What a chat shows now, for a channel that draws when somebody looks."""

    chat: bytes
    revision: int  # 0: nothing was ever asked there
    screen: Screen
    language: str
    entry: EntryField | None  # what the card asks to be typed
    takes_file: bool  # it asks for a file
    takes_voice: bool  # it takes a recording
    menu: Menu  # what commands are called on buttons
    kiosk: bool
    aloud: bool
    staff: bool
    participant: bool
    idle: bool  # nothing is asked just now: a questionnaire is handed in, or none is open
    next_at: datetime | None  # when the next questionnaire opens, where nothing is asked just now
    command: str = ""  # of the menu, under which this card stands
    leave: str = ""  # by which a kiosk forgets whoever is there; "" where nobody is
