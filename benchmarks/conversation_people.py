"""The load of `conversation.py`: a bare Bot API server whose people tap as soon as their last tap was answered.

A process of its own, on raw sockets, so that it is quicker than whatever it measures. A person's tap counts
when it was answered and the card has changed; then the person taps again.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import sys
import time
from collections import deque
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

_PART = re.compile(rb'name="(\w+)"[^\r]*(?:\r\n[^\r]+)*\r\n\r\n(.*?)\r\n--', re.DOTALL)
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_LONGEST_POLL = 10.0
FIRST_PERSON = 10_000
PEOPLE = 4_000
BOT = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "benchmark_bot"}


@dataclass(slots=True)
class Person:
    """Somebody with a phone: what they wait for, and since when."""

    id: int
    since: float = 0.0
    query: str | None = None  # the tap that is not answered yet
    card: dict[str, Any] | None = None  # what the bot showed since
    message: int = 0
    counts: bool = False  # a first message does not


class Village:
    """So many people at once; who has finished makes room for the next."""

    def __init__(self, at_once: int) -> None:
        self.people: dict[int, Person] = {}
        self.left = iter(range(FIRST_PERSON, FIRST_PERSON + PEOPLE))
        self.updates: deque[dict[str, Any]] = deque()
        self.arrived = asyncio.Event()
        self.numbers = iter(range(1, sys.maxsize))
        self.done: list[tuple[float, float]] = []  # when, and how long it took
        self.at_once = at_once

    def begin(self) -> None:
        """Let the first people write."""
        for _ in range(self.at_once):
            self._next_person()

    def _next_person(self) -> None:
        number = next(self.left, None)
        if number is not None:
            self.people[number] = Person(number)
            self._says(self.people[number], "/anketa")

    def _update(self, **content: Any) -> None:
        self.updates.append({"update_id": next(self.numbers), **content})
        self.arrived.set()

    def _user(self, person: Person) -> dict[str, Any]:
        return {"id": person.id, "is_bot": False, "first_name": "A", "language_code": "sl"}

    def message(self, person: Person, number: int, *, text: str, **more: Any) -> dict[str, Any]:
        """A Message object in the chat of a person."""
        chat = {"id": person.id, "type": "private", "first_name": "A"}
        return {"message_id": number, "date": int(time.time()), "chat": chat, "text": text, **more}

    def _says(self, person: Person, text: str, *, counts: bool = False) -> None:
        person.since, person.card, person.counts = time.perf_counter(), None, counts
        entities = {"entities": [{"type": "bot_command", "offset": 0, "length": len(text)}]} if text[0] == "/" else {}
        sent = self.message(person, next(self.numbers), text=text, **entities)
        self._update(message=sent | {"from": self._user(person)})

    def _taps(self, person: Person, data: str, keyboard: dict[str, Any]) -> None:
        person.since, person.card, person.counts = time.perf_counter(), None, True
        number = next(self.numbers)
        person.query = f"{person.id}-{number}"
        card = self.message(person, person.message, text="?", reply_markup=keyboard) | {"from": BOT}
        tap = {"id": person.query, "from": self._user(person), "chat_instance": "1", "data": data, "message": card}
        self._update(callback_query=tap)

    def answered(self, query: str) -> None:
        """The bot answered a tap."""
        person = self.people.get(int(query.partition("-")[0]))
        if person is not None and person.query == query:
            person.query = None
            self._go_on(person)

    def shown(self, chat: int, card: dict[str, Any]) -> dict[str, Any]:
        """The bot sent or edited a message; gives the Message object."""
        person = self.people.get(chat, Person(chat))
        person.message = int(card.get("message_id") or next(self.numbers))
        person.card = card
        keyboard = card.get("reply_markup")
        markup = {"reply_markup": keyboard} if keyboard else {}
        answer = self.message(person, person.message, text=card["text"], **markup)
        self._go_on(person)
        return answer | {"from": BOT}

    def _go_on(self, person: Person) -> None:
        if person.query is not None or person.card is None or person.id not in self.people:
            return
        now = time.perf_counter()
        if person.counts:
            self.done.append((now, now - person.since))
        keyboard = person.card.get("reply_markup") or {}
        buttons = [button for row in keyboard.get("inline_keyboard", []) for button in row]
        if not buttons or "Hvala" in person.card["text"]:
            del self.people[person.id]
            self._next_person()
        elif "Napišite številko" in person.card["text"]:
            self._says(person, "1", counts=True)
        else:
            chosen = choice([button["text"] for button in buttons])
            self._taps(person, buttons[chosen]["callback_data"], keyboard)


def choice(labels: list[str]) -> int:
    """Hand in where one can, skip what can be skipped, go on from what is chosen, else the first answer."""
    by_word = {label.partition(" ")[0]: number for number, label in reversed(list(enumerate(labels)))}
    chosen = labels[0].startswith("✓")
    for word in ("Oddaj", "Preskoči", *(["Naprej"] if chosen else [])):
        if word in by_word:
            return by_word[word]
    return 0


class Server(asyncio.Protocol):
    """One connection: HTTP/1.1 as far as a Bot API client speaks it."""

    def __init__(self, village: Village, latency: float) -> None:
        self.village, self.latency = village, latency
        self.buffer = b""
        self.transport: asyncio.Transport | None = None
        self.loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete."""
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end]
            found = _LENGTH.search(head)
            whole = end + 4 + (int(found[1]) if found else 0)
            if len(self.buffer) < whole:
                return
            body, self.buffer = self.buffer[end + 4 : whole], self.buffer[whole:]
            self._act(head.split(b" ", 2)[1].rpartition(b"/")[2].decode().lower(), _fields(head, body))

    def _act(self, method: str, fields: dict[str, Any]) -> None:
        if method == "getupdates":
            self.poll = self.loop.create_task(self._poll(float(fields.get("timeout") or 0)))
        elif method == "getme":
            self._answer(BOT | {"can_join_groups": True, "can_read_all_group_messages": False})
        elif method == "getwebhookinfo":
            self._answer({"url": "", "has_custom_certificate": False, "pending_update_count": 0})
        elif method in {"sendmessage", "editmessagetext"}:
            self._later(self._show, fields)
        elif method == "answercallbackquery":
            self._later(self._answered, fields)
        else:
            self._answer(True)

    def _later(self, act: Any, fields: dict[str, Any]) -> None:
        if self.latency:
            self.loop.call_later(self.latency, act, fields)
        else:
            act(fields)

    def _show(self, fields: dict[str, Any]) -> None:
        self._answer(self.village.shown(int(fields["chat_id"]), fields))

    def _answered(self, fields: dict[str, Any]) -> None:
        self._answer(True)
        self.village.answered(fields["callback_query_id"])

    async def _poll(self, seconds: float) -> None:
        """Handing out confirms, since no bot is killed here."""
        if not self.village.updates and seconds:
            self.village.arrived.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.village.arrived.wait(), min(seconds, _LONGEST_POLL))
        if self.latency:
            await asyncio.sleep(self.latency)
        waiting = self.village.updates
        self._answer([waiting.popleft() for _ in range(min(100, len(waiting)))])

    def _answer(self, result: Any) -> None:
        body = json.dumps({"ok": True, "result": result}).encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(head.encode() + body)


def _fields(head: bytes, body: bytes) -> dict[str, Any]:
    """The parameters of a request in any of the three encodings."""
    kind = head.lower()
    fields: dict[str, Any] = {}
    if b"application/json" in kind:
        fields = json.loads(body or b"{}")
    elif b"multipart/form-data" in kind:
        fields = {name.decode(): value.decode() for name, value in _PART.findall(body)}
    elif body:
        fields = {name: values[0] for name, values in parse_qs(body.decode()).items()}
    if isinstance(fields.get("reply_markup"), str):
        fields["reply_markup"] = json.loads(fields["reply_markup"])
    return fields


async def live(port: int, latency: float, at_once: int, warm: float, seconds: float) -> dict[str, Any]:
    """Serve, wait for the bot, warm up, measure; taps a second and how long each took, in milliseconds."""
    village = Village(at_once)
    server = await asyncio.get_running_loop().create_server(lambda: Server(village, latency), "127.0.0.1", port)
    print("listening", flush=True)
    village.begin()
    while not village.done:  # noqa: ASYNC110 - a list that grows
        await asyncio.sleep(0.05)
    await asyncio.sleep(warm)
    print("measuring", flush=True)
    begin, first = time.perf_counter(), len(village.done)
    await asyncio.sleep(seconds)
    took = sorted(duration for _, duration in village.done[first:])
    length = (village.done[-1][0] if not village.people else time.perf_counter()) - begin
    server.close()
    if not took:
        return {"answers": 0, "per_second": 0.0, "p50": 0.0, "p99": 0.0}
    p50, p99 = (1000 * took[min(int(len(took) * share), len(took) - 1)] for share in (0.5, 0.99))
    return {"answers": len(took), "per_second": len(took) / length, "p50": p50, "p99": p99}


if __name__ == "__main__":
    port, latency, at_once, warm, seconds = sys.argv[1:]
    figures = live(int(port), float(latency), int(at_once), float(warm), float(seconds))
    print(json.dumps(asyncio.run(figures)), flush=True)
