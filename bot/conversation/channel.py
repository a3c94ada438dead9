"""The seam between the bot and the channels by which people reach it (docs/decisions/channels.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from bot.conversation.arrivals import Arrival
from bot.conversation.handled import CurrentCard, Handled
from bot.conversation.outcomes import Outcome, Refused
from bot.conversation.screens import Screen
from bot.runtime.exit_codes import ExitCode
from storage.secrets.addresses import TELEGRAM
from storage.secrets.keys import Keys


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do."""

    push: bool  # write to somebody who is not there
    edits: bool  # put another card in the place of one that is on the screen
    voice_in: bool
    voice_out: bool
    files_in: bool
    menus: bool  # show commands to choose from
    longest_text: int  # characters of one message
    longest_action: int  # bytes behind a button


class CannotReceive(Exception):  # noqa: N818 - says what is so
    """A channel cannot receive, and waiting would not help; its text is one sentence for the operator."""

    exit_code = ExitCode.PROBLEM


T = TypeVar("T")


class Handling(Protocol):
    """Something that came in, within the unit that does what it asks for."""

    def handle(self) -> Handled:
        """Do it; to be asked once."""
        ...

    def card(self) -> CurrentCard:
        """What the chat shows after it was handled, as whoever looks next would find it."""
        ...


class Router(Protocol):
    """What a channel hands over what comes in to; each call returns when that is committed."""

    async def handle(self, arrival: Arrival) -> Handled | None:
        """Do what is asked for; what the channel is to show, or None where whoever asks gets no answer any more."""
        ...

    async def handle_within(self, arrival: Arrival, unit: Callable[[Connection, Handling], T]) -> T | None:
        """The same in a unit of the channel's own, which may store and read more in the same transaction."""
        ...

    async def give_up(self, arrival: Arrival) -> Handled | None:
        """What cannot be handled is marked as handled; what to show whoever sent it, where that can be drawn."""
        ...

    async def look(self, chat: bytes, channel: str, language: str, beside: Callable[[Connection, CurrentCard], T]) -> T:
        """What is read of a chat as it is shown now, at one moment with its card.

        `language`: what whoever looks reads, where nothing was ever shown there.
        """
        ...

    async def pass_over(self, channel: str, key: str) -> bool:
        """Mark what asks for nothing; whether it is new."""
        ...

    async def set_reachable(self, channel: str, key: str, chat: bytes, *, reachable: bool) -> None:
        """Somebody can no longer be written to, or can be again."""
        ...


class Outgoing(Protocol):
    """What the bot asks of whoever carries its messages. `chat` is the sealed address of somebody."""

    async def show_in_order(self, handled: Handled) -> None:
        """Show what nobody asked for just now, after what waits for the same chat."""
        ...

    async def send(self, chat: bytes, screen: Screen, *, bulk: bool = True) -> Outcome:
        """Send a new message, once, and say what became of it; `bulk`: people who wait for an answer go first."""
        ...

    async def hand_over(self, chat: bytes, screen: Screen) -> Outcome:
        """Put what somebody ordered where they find it, and say what became of it."""
        ...

    async def retire(self, chat: bytes, card: int, left: Screen | None = None) -> None:
        """Take the buttons off a card that is no longer the live one; `left`: what it says from now on."""
        ...

    async def busy(self, chat: bytes) -> None:
        """Say for a moment that a file is being made. Whether it works is of no weight."""
        ...

    async def fetch(self, file: str) -> bytes | Refused:
        """The content of a file that somebody sent, by the channel's name for it."""
        ...


class Channel(Outgoing, Protocol):
    """One way by which people reach the bot."""

    @property
    def name(self) -> str:
        """By which addresses and files name it: small letters."""
        ...

    @property
    def can(self) -> Capabilities:
        """What it can do."""
        ...

    def link(self, token: str) -> str:
        """What is handed out: opened, it greets whoever the token is for."""
        ...

    async def show(self, handled: Handled) -> bool:
        """Show what was handled, and record that it is shown; whether it is."""
        ...

    async def keep_for_lookers(self, chat: bytes, screen: Screen) -> None:
        """What was handed over by another channel is here, too, for who looks at the chat by this one."""
        ...


class Host(Protocol):
    """What a running channel tells the bot."""

    async def unreachable(self, chat: bytes) -> None:
        """Nothing more can be sent to a chat: whoever is there has blocked the bot or is gone."""
        ...

    async def due(self) -> None:
        """What was handled made something due."""
        ...

    def soon(self) -> None:
        """What takes long may be ordered next."""
        ...

    async def show(self, handled: Handled) -> None:
        """What came in by another channel than that of its chat: the chat shows it, too."""
        ...


class RunningChannel(Protocol):
    """One life of a channel, from start to stop."""

    @property
    def channel(self) -> Channel:
        """What the bot sends by."""
        ...

    async def receive(self, ready: Callable[[], None]) -> None:
        """Take what comes in until told to stop; `ready` is called once it comes."""
        ...

    def show_again(self, handled: Handled) -> None:
        """Show what the database says is behind, unless it is on its way."""
        ...

    async def keep_in_step(self) -> None:
        """Once a tick: what else is to be as the database says, such as menus."""
        ...

    def stop_sending(self) -> None:
        """What is due waits for the next start."""
        ...

    async def stop_receiving(self) -> None:
        """Take nothing new."""
        ...

    async def finish(self) -> None:
        """Commit what was accepted and show what can be shown in time."""
        ...

    async def close(self) -> None:
        """Record what is not recorded yet."""
        ...


class Channels:
    """Several channels as one: each message goes by the channel of its chat, each file comes by that of its name."""

    def __init__(self, keys: Keys, channels: Iterable[Channel]) -> None:
        self._keys = keys
        self._by_name = {one.name: one for one in channels}

    def of(self, chat: bytes) -> Channel | None:
        """The channel of a chat; None where it is not in use any more."""
        return self._by_name.get(self._keys.open_address(chat).channel)

    async def show_in_order(self, handled: Handled) -> None:
        """Show what nobody asked for just now, after what waits for the same chat."""
        channel = self.of(handled.chat)
        if channel is not None:
            await channel.show_in_order(handled)

    async def send(self, chat: bytes, screen: Screen, *, bulk: bool = True) -> Outcome:
        """Send a new message, where the channel writes to people who are not there."""
        channel = self.of(chat)
        if channel is None:
            return _not_in_use()
        if not channel.can.push:
            return Refused(permanent=True, problem="this channel writes to nobody who is not there")
        return await channel.send(chat, screen, bulk=bulk)

    async def hand_over(self, chat: bytes, screen: Screen) -> Outcome:
        """Put what somebody ordered where they find it: by the channel of the chat, and by those that look at it."""
        channel = self.of(chat)
        if channel is None:
            return _not_in_use()
        for other in self._by_name.values():
            if other is not channel:
                await other.keep_for_lookers(chat, screen)
        return await channel.hand_over(chat, screen)

    async def retire(self, chat: bytes, card: int, left: Screen | None = None) -> None:
        """Take the buttons off a card that is no longer the live one; `left`: what it says from now on."""
        channel = self.of(chat)
        if channel is not None:
            await channel.retire(chat, card, left)

    async def busy(self, chat: bytes) -> None:
        """Say for a moment that a file is being made."""
        channel = self.of(chat)
        if channel is not None:
            await channel.busy(chat)

    async def fetch(self, file: str) -> bytes | Refused:
        """The content of a file; Telegram's names stand alone, others after that of their channel."""
        name, separator, _ = file.partition(":")
        return await self._by_name[name if separator else TELEGRAM].fetch(file)


def _not_in_use() -> Refused:
    return Refused(permanent=True, problem="this channel is not in use any more")
