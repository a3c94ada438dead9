"""People with a phone: what they can do in their chat with the bot, and what they see there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, Protocol
from urllib.parse import parse_qs, urlsplit

from bot.simulator import queries
from bot.simulator.chat import Button, Message, Toast, find_button
from bot.simulator.desk import BotApiServer
from bot.simulator.faults import Faults
from bot.simulator.markup import utf16
from bot.simulator.media import uploaded
from bot.simulator.state import Account, GroupChat, Query, World
from bot.simulator.texts import TEXT_LIMIT, formatted
from bot.simulator.wire import MethodCall, Upload

VISIBLE = {"sent", "edited", "deleted"}
WAIT_SECONDS = 120.0  # only what fails waits so long: machines are shared
STEP_SECONDS = 0.004
QUIET_AFTER_MESSAGE = 0.06
QUIET_AFTER_ANSWER = 0.25
QUIET_WITHOUT_ANYTHING = 1.0


class NoSuchButton(AssertionError):  # noqa: N818 - what a person would say
    """The person wanted to tap a button that is not there."""


class NotPossible(AssertionError):  # noqa: N818 - what a person would say
    """The phone would not let the person do this."""


class NothingHappened(AssertionError):  # noqa: N818 - what a person would say
    """What the person waited for did not come."""


class WatchedBot(Protocol):
    """A bot whose work can be seen, so that nobody need guess from its silence whether it is done."""

    def answers(self) -> bool:
        """Whether it works on what people did."""

    def works(self) -> bool:
        """Whether it works on anything else, such as what is due."""


class Surroundings(Protocol):
    """Where a person's phone is: the stand-in with its bot."""

    bot: WatchedBot | None
    desk: BotApiServer
    world: World

    @property
    def faults(self) -> Faults:
        """What shall go wrong."""


class Person:
    """Somebody with a phone."""

    def __init__(self, simulator: Surroundings, account: Account) -> None:
        self._simulator = simulator
        self._world = simulator.world
        self.account = account
        self.events = 0  # what the bot has sent, edited or deleted in this chat
        self._acted_at_event = 0
        self._last_event = ""

    def __repr__(self) -> str:
        return f"<{self.account.first_name} {self.id}>"

    def notices(self, what: str) -> None:
        """The bot did something in this chat."""
        if what in VISIBLE:
            self.events += 1
            self._last_event = what
        elif what == "answered" and not self._last_event:
            self._last_event = what

    def _acts(self) -> None:
        self._acted_at_event, self._last_event = self.events, ""

    # What the phone shows

    @property
    def id(self) -> int:
        """Number of the person and of the chat."""
        return self.account.id

    @property
    def messages(self) -> list[Message]:
        """Everything in the chat that was not deleted, oldest first."""
        return [message for message in self.history if not message.deleted]

    @property
    def history(self) -> list[Message]:
        """Everything that was ever in the chat."""
        stored = self._world.messages.get(self.id, {})
        return [Message(self._world, message) for message in stored.values()]

    @property
    def screen(self) -> Message:
        """The newest message of the bot."""
        message = next((message for message in reversed(self.messages) if message.by_bot), None)
        if message is None:
            raise NothingHappened(f"the bot has not written to {self!r} yet")
        return message

    @property
    def buttons(self) -> list[str]:
        """Labels of the newest message of the bot."""
        return self.screen.labels

    @property
    def toasts(self) -> list[Toast]:
        """Answers to this person's taps, oldest first; without text the phone only stops spinning."""
        return [Toast(q.text, q.show_alert, q.id) for q in self._taps() if q.answered]

    @property
    def unanswered(self) -> int:
        """How many taps still spin."""
        return sum(not query.answered for query in self._taps())

    @property
    def typing(self) -> str | None:
        """What the bot is doing, if it says so, for instance `typing`."""
        action, until = self._world.typing.get(self.id, ("", 0.0))
        return action if action and until > self._world.now() else None

    def _taps(self) -> list[Query]:
        return [query for query in self._world.queries.values() if query.user_id == self.id]

    # What the person does

    def _can_write(self) -> None:
        if self.account.deactivated:
            raise NotPossible(f"{self!r} has no account any more")
        if self.account.blocked:
            raise NotPossible(f"{self!r} has blocked the bot: unblocks() first")

    async def says(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Send a text; a very long one goes out in pieces, as apps do. Gives the last piece."""
        self._can_write()
        pieces = [text[start : start + TEXT_LIMIT] for start in range(0, len(text), TEXT_LIMIT)] or [""]
        for piece in pieces:
            plain, entities = formatted(piece, "", None)
            if not plain or utf16(plain) > TEXT_LIMIT:
                raise NotPossible("an app sends neither an empty text nor one beyond the limit")
            sent = self._send(text=plain, entities=entities, reply_to=reply_to.id if reply_to else None)
        return sent

    def _send(self, **content: Any) -> Message:
        self._acts()
        self.account.started = True
        stored = self._world.add(self.id, by_bot=False, **content)
        self._world.updates.add("message", self._world.message_object(stored), self.id, self._world.now())
        return Message(self._world, stored)

    async def edits(self, message: Message, text: str) -> None:
        """Change the words of a message that was sent before."""
        self._can_write()
        stored = self._world.message(self.id, message.id)
        if stored is None or stored.by_bot or stored.text is None:
            raise NotPossible("only one's own texts can be edited")
        self._acts()
        stored.text, stored.entities = formatted(text, "", None)
        stored.edited_at = int(self._world.now())
        self._world.updates.add("edited_message", self._world.message_object(stored), self.id, self._world.now())

    async def causes(self, **content: Any) -> None:
        """A service message: what Telegram notes in the chat when something is pinned, timed or permitted."""
        self._acts()
        stored = self._world.add(self.id, by_bot=False)
        self._world.updates.add("message", self._world.message_object(stored) | content, self.id, self._world.now())

    async def writes_in(self, group: GroupChat, text: str) -> None:
        """Send a text to a group in which the bot is."""
        body = {"chat": group.chat(), "from": self.account.user(), "date": int(self._world.now()), "text": text}
        body["message_id"] = self._world.next_message_id
        self._world.next_message_id += 1
        self._world.updates.add("message", body, group.id, self._world.now())

    async def invites_to(self, group: GroupChat) -> None:
        """Add the bot to a group; it is told."""
        self._world.groups[group.id] = group
        group.present = True
        self._world.updates.add(
            "my_chat_member", self._changes("left", "member", group.chat()), group.id, self._world.now()
        )

    async def follows(self, link: str) -> Message:
        """Open https://t.me/<bot>?start=TOKEN (from a QR code or a message) and press START.

        The bot's own page of a card is passed by: who opens it here has chosen Telegram on it.
        """
        card = f"{self._world.pages}/k/"
        if self._world.pages and link.startswith(card):
            return await self.says(f"/start {link.removeprefix(card)}")
        parts = urlsplit(link)
        if (
            parts.hostname not in {"t.me", "telegram.me"}
            or parts.path.strip("/").lower() != self._world.username.lower()
        ):
            raise NotPossible(f"{link} does not open a chat with @{self._world.username}")
        token = parse_qs(parts.query).get("start", [""])[0]
        return await self.says(f"/start {token}".strip())

    async def sends_voice(self, data: bytes, name: str = "voice.ogg", *, seconds: int = 0) -> Message:
        """Send a recording of so many seconds."""
        return self._send_file("voice", data, name, "audio/ogg", seconds=seconds)

    async def sends_photo(self, data: bytes, name: str = "photo.jpg", caption: str | None = None) -> Message:
        """Send a picture."""
        return self._send_file("photo", data, name, "image/jpeg", caption)

    async def sends_document(
        self, data: bytes, name: str, mime: str = "application/octet-stream", caption: str | None = None
    ) -> Message:
        """Send a file."""
        return self._send_file("document", data, name, mime, caption)

    def _send_file(
        self, kind: str, data: bytes, name: str, mime: str, caption: str | None = None, *, seconds: int = 0
    ) -> Message:
        self._can_write()
        media = uploaded(self._world, kind, Upload(name, mime, data), MethodCall("", {"duration": seconds}))
        thing = next(iter(media.values()))
        file_id = (thing[-1] if isinstance(thing, list) else thing)["file_id"]
        return self._send(media=media, file_id=file_id, caption=caption)

    async def taps(
        self, label: str, message: Message | None = None, *, again: bool = False, new_query_id: bool = False
    ) -> str:
        """Tap the button with this label, or whose label begins so, on the newest message that has one.

        `again` sends the tap a second time under a new update id, with `new_query_id` under a new query id, too.
        Gives the identifier of the query.
        """
        candidates = [message] if message is not None else list(reversed(self.messages))
        for candidate in candidates:
            button = find_button(candidate, label)
            if button is not None:
                return await self._press(candidate, button, again=again, new_query_id=new_query_id)
        visible = [text for candidate in candidates for text in candidate.labels]
        raise NoSuchButton(f"no button {label!r}; visible: {visible}")

    async def _press(self, message: Message, button: Button, *, again: bool, new_query_id: bool) -> str:
        if button.url is not None:
            await self.follows(button.url)
            return ""
        return await self.taps_data(message.id, button.data or "", again=again, new_query_id=new_query_id)

    async def taps_data(
        self,
        message_id: int,
        data: str,
        *,
        again: bool = False,
        new_query_id: bool = False,
        inaccessible: bool = False,
    ) -> str:
        """A tap with any data on any message: an old card, a forged one, one that is not accessible any more."""
        self._can_write()
        self._acts()
        for fault in iter(lambda: self._simulator.faults.take("callback_query", self.id), None):
            again, new_query_id = again or fault.kind == "again", new_query_id or fault.kind == "again"
            inaccessible = inaccessible or fault.kind == "inaccessible"
        query_id = queries.ask(self._world, self.id, message_id, data, inaccessible=inaccessible)
        if again:
            same = None if new_query_id else query_id
            queries.ask(self._world, self.id, message_id, data, same_as=same, inaccessible=inaccessible)
        return query_id

    def blocks(self) -> None:
        """Block the bot; it is told, and cannot write any more."""
        self._can_write()
        self._membership("member", "kicked")
        self.account.blocked = True

    def unblocks(self) -> None:
        """Let the bot write again; it is told."""
        self.account.blocked = False
        self._membership("kicked", "member")

    def deletes_account(self) -> None:
        """Leave Telegram; the bot is not told."""
        self.account.deactivated = True

    def _membership(self, before: str, after: str) -> None:
        self._acts()
        body = self._changes(before, after, self.account.chat())
        self._world.updates.add("my_chat_member", body, self.id, self._world.now())

    def _changes(self, before: str, after: str, chat: dict[str, Any]) -> dict[str, Any]:
        """A ChatMemberUpdated object that this person has caused."""

        def member(status: str) -> dict[str, Any]:
            ended = {"until_date": 0} if status == "kicked" else {}
            return {"user": self._world.bot_user(), "status": status} | ended

        return {
            "chat": chat,
            "from": self.account.user(),
            "date": int(self._world.now()),
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }

    # Waiting

    async def waits(self, until: Callable[[], object] | int = 1, timeout: float = WAIT_SECONDS) -> Message:  # noqa: ASYNC109 - a person's patience
        """Until a condition holds, or until the bot has sent, edited or deleted so much since the last step."""
        if isinstance(until, int):
            wanted = self._acted_at_event + until
            condition: Callable[[], object] = lambda: self.events >= wanted  # noqa: E731 - one of two conditions
        else:
            condition = until
        deadline = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > deadline:
                raise NothingHappened(f"waited {timeout} s in vain; the phone shows {self.messages[-3:]}")
            await asyncio.sleep(STEP_SECONDS)
        return self.screen

    async def settles(self, timeout: float = WAIT_SECONDS) -> Message | None:  # noqa: ASYNC109 - a person's patience
        """Until the bot has confirmed everything that this person did, has answered it, and is quiet.

        Gives the newest message of the bot, if there is one.
        """
        deadline = time.monotonic() + timeout
        quiet_since, seen = time.monotonic(), self._traffic()
        while True:
            if self._busy() or self._traffic() != seen:
                quiet_since, seen = time.monotonic(), self._traffic()
            elif time.monotonic() - quiet_since >= self._patience():
                return self.screen if any(message.by_bot for message in self.messages) else None
            if time.monotonic() > deadline:
                raise NothingHappened(f"the bot did not settle in {timeout} s; the phone shows {self.messages[-3:]}")
            await asyncio.sleep(STEP_SECONDS)

    def _busy(self) -> bool:
        bot = self._simulator.bot
        answers = bot is not None and bot.answers()
        return answers or self._simulator.desk.running[self.id] > 0 or self._world.updates.waiting_for(self.id) > 0

    def _traffic(self) -> tuple[int, int]:
        return self._simulator.desk.served[self.id], self.events

    def _patience(self) -> float:
        """How long the bot must be quiet to be thought done: it may be seen that it is."""
        bot = self._simulator.bot
        if bot is not None and not bot.works():
            return 0
        if self._last_event in VISIBLE:
            return QUIET_AFTER_MESSAGE
        return QUIET_AFTER_ANSWER if self._last_event else QUIET_WITHOUT_ANYTHING
