"""The phone in the browser: a page with chats of several people, beside the stand-in of the Bot API.

Knows the stand-in and its people, and nothing of the bot or of what the demo measures.
"""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, Protocol
from urllib.parse import quote

import segno
from aiohttp import web

from bot.simulator.people import NotPossible
from bot.simulator.phone_access import FILE_POLICY, Handler, body_of, guarded
from bot.simulator.phone_feed import Event, Feed
from bot.simulator.server import Simulator

PAGE = Path(__file__).parent / "page"
PAGE_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
SANDBOXED = ("text/html", "image/svg+xml", "text/plain", "application/json", "image/png", "image/jpeg")
HEARTBEAT_SECONDS = 15.0
NEWCOMERS = 20
MADE_UP_SOUND, MADE_UP_SECONDS = b"OggS" + bytes(60), 7  # what a phone in a browser sends as a recording
Step = Literal["day", "week", "month", "next", "survey"]
Part = Literal["participant", "librarian", "coordinator", "national"]


@dataclass(frozen=True, slots=True)
class Journey:
    """What came of moving the clock: a sentence, and whose phones got something, the last one last."""

    words: str
    people: tuple[int, ...] = ()


class Travel(Protocol):
    """A clock that can be moved ahead."""

    @property
    def scale(self) -> float:
        """Seconds of its time in one second of ours."""

    def now(self) -> datetime:
        """The time that it shows."""

    async def travel(self, step: Step) -> Journey:
        """Move ahead."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose phone lies on the table."""

    id: int
    name: str
    note: str
    role: Part


@dataclass(frozen=True, slots=True)
class ScannedCard:
    """A printed card with a link to scan."""

    title: str
    text: str
    link: str


async def nothing(_token: str) -> None:
    """What happens after a scan where nobody asked for more."""


class Phone:
    """The page and its routes: pass `routes` to the stand-in, then `attach` it."""

    def __init__(self, travel: Travel | None = None) -> None:
        self.owners: list[Owner] = []
        self.cards: list[ScannedCard] = []
        self.after_scan: Callable[[str], Awaitable[None]] = nothing
        self._travel = travel
        self._travelling = False
        self._feeds: set[Feed] = set()
        self._simulator: Simulator | None = None

    @property
    def routes(self) -> list[web.RouteDef]:
        """Everything that the page asks for."""
        return [
            web.get("/", guarded(self._page)),
            web.get("/phone/page/{name}", guarded(self._part)),
            web.get("/phone/people", guarded(self._who)),
            web.get("/phone/events", guarded(self._events)),
            web.get("/phone/file/{file_id}/{name}", guarded(self._file)),
            web.get("/phone/card/{number}.svg", guarded(self._card)),
            web.post("/phone/say", guarded(self._polite(self._say))),
            web.post("/phone/speak", guarded(self._polite(self._speak))),
            web.post("/phone/file", guarded(self._polite(self._hand))),
            web.post("/phone/tap", guarded(self._polite(self._tap))),
            web.post("/phone/scan", guarded(self._polite(self._scan))),
            web.post("/phone/travel", guarded(self._polite(self._move))),
        ]

    @property
    def simulator(self) -> Simulator:
        """The stand-in that this page belongs to."""
        if self._simulator is None:
            raise RuntimeError("the phone page is not attached to a stand-in")
        return self._simulator

    def attach(self, simulator: Simulator) -> None:
        """Listen to what the bot does."""
        self._simulator = simulator
        simulator.world.listeners.append(self._notice)

    def refresh(self) -> None:
        """People, cards or the clock have changed: tell every open page."""
        for feed in self._feeds:
            feed.waiting.put_nowait(("people", self._people()))
            feed.waiting.put_nowait(("clock", self._clock()))

    def _notice(self, chat_id: int, what: str) -> None:
        for feed in self._feeds:
            feed.waiting.put_nowait((chat_id, what))

    def _people(self) -> dict[str, Any]:
        cards = [asdict(card) | {"picture": _picture(number, card)} for number, card in enumerate(self.cards)]
        bot = {"username": self.simulator.username, "pages": self.simulator.world.pages}
        return {"bot": bot, "people": [asdict(owner) for owner in self.owners], "cards": cards}

    def _clock(self) -> dict[str, Any]:
        now = self._travel.now() if self._travel else self.simulator.world.clock()
        scale = self._travel.scale if self._travel else 1.0
        return {
            "now": now.timestamp() * 1000,
            "scale": scale,
            "travels": self._travel is not None,
            "busy": self._travelling,
        }

    # What the page reads

    async def _page(self, _request: web.Request) -> web.StreamResponse:
        return web.Response(body=(PAGE / "index.html").read_bytes(), content_type="text/html", charset="utf-8")

    async def _part(self, request: web.Request) -> web.StreamResponse:
        path = PAGE / Path(request.match_info["name"]).name
        if path.suffix not in PAGE_TYPES or not path.is_file():
            raise web.HTTPNotFound
        return web.Response(body=path.read_bytes(), content_type=PAGE_TYPES[path.suffix], charset="utf-8")

    async def _who(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response(self._people())

    async def _card(self, request: web.Request) -> web.StreamResponse:
        number = request.match_info["number"]
        if not number.isdigit() or int(number) >= len(self.cards):
            raise web.HTTPNotFound
        picture = BytesIO()
        segno.make(self.cards[int(number)].link, error="m", micro=False).save(picture, kind="svg", scale=6, border=2)
        return web.Response(body=picture.getvalue(), content_type="image/svg+xml")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = self.simulator.world.files.get(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        opens = file.mime in SANDBOXED or file.mime == "application/pdf"
        headers = {"Content-Disposition": f"{'inline' if opens else 'attachment'}; filename*=UTF-8''{quote(file.name)}"}
        if file.mime != "application/pdf":  # a browser shows no PDF in a sandbox
            headers["Content-Security-Policy"] = FILE_POLICY
        charset = "utf-8" if file.mime.startswith("text/") else None
        kind = file.mime if opens else "application/octet-stream"
        return web.Response(body=file.data, content_type=kind, charset=charset, headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        feed = Feed(self.simulator.world)
        self._feeds.add(feed)
        try:
            await _tell(response, ("people", self._people()), ("clock", self._clock()))
            for owner in self.owners:
                await _tell(response, *feed.events(owner.id, ""))
            while True:
                await self._tell_next(response, feed)
        except (ConnectionResetError, asyncio.CancelledError):
            return response
        finally:
            self._feeds.discard(feed)

    async def _tell_next(self, response: web.StreamResponse, feed: Feed) -> None:
        try:
            async with asyncio.timeout(HEARTBEAT_SECONDS):
                first, second = await feed.waiting.get()
        except TimeoutError:
            await _tell(response, ("clock", self._clock()))
            return
        if isinstance(first, int) and isinstance(second, str):
            if first in {owner.id for owner in self.owners}:
                await _tell(response, *feed.events(first, second))
        elif isinstance(first, str) and isinstance(second, dict):
            await _tell(response, (first, second))
            if first == "people":
                for owner in self.owners:
                    await _tell(response, *feed.events(owner.id, ""))

    # What the page does

    def _polite(self, act: Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]) -> Handler:
        async def handler(request: web.Request) -> web.StreamResponse:
            try:
                return web.json_response(await act(await body_of(request)))
            except NotPossible:
                return web.json_response({"problem": "Ta telefon botu zdaj ne more pisati."}, status=409)
            except (KeyError, ValueError, TypeError):
                return web.json_response({"problem": "Tega predstavitev ne razume."}, status=400)

        return handler

    async def _say(self, body: dict[str, Any]) -> dict[str, Any]:
        person = self.simulator.people[int(body["person"])]
        await person.says(str(body["text"]))
        self._notice(person.id, "said")
        return {}

    async def _speak(self, body: dict[str, Any]) -> dict[str, Any]:
        person = self.simulator.people[int(body["person"])]
        await person.sends_voice(MADE_UP_SOUND, seconds=MADE_UP_SECONDS)
        self._notice(person.id, "said")
        return {}

    async def _hand(self, body: dict[str, Any]) -> dict[str, Any]:
        """A file of this machine; raises ValueError where there is nothing in it."""
        person = self.simulator.people[int(body["person"])]
        data = b64decode(str(body["data"]), validate=True)
        if not data:
            raise ValueError("an app sends no empty file")
        await person.sends_document(data, Path(str(body["name"])).name, str(body["mime"]))
        self._notice(person.id, "said")
        return {}

    async def _tap(self, body: dict[str, Any]) -> dict[str, Any]:
        person = self.simulator.people[int(body["person"])]
        return {"query": await person.taps_data(int(body["message"]), str(body["data"]))}

    async def _scan(self, body: dict[str, Any]) -> dict[str, Any]:
        person, token = body["person"], str(body["token"])
        number = self._newcomer() if person is None else int(person)
        await self.simulator.people[number].says(f"/start {token}".strip())
        self._notice(number, "said")
        await self.after_scan(token)
        return {"person": number}

    def _newcomer(self) -> int:
        known = sum(owner.role == "participant" for owner in self.owners)
        if known >= NEWCOMERS:
            raise NotPossible("there are enough phones on the table")
        person = self.simulator.person(f"Oseba {known + 1}")
        self.owners.append(Owner(person.id, f"Oseba {known + 1}", "nov telefon", "participant"))
        self.refresh()
        return person.id

    async def _move(self, body: dict[str, Any]) -> dict[str, Any]:
        if self._travel is None or body["to"] not in Step.__args__:  # type: ignore[attr-defined]  # a Literal's values
            raise ValueError("there is no such journey")
        if self._travelling:
            return asdict(Journey("Ura se že premika."))
        self._travelling = True
        self.refresh()
        try:
            return asdict(await self._travel.travel(body["to"]))
        finally:
            self._travelling = False
            self.refresh()


def _picture(number: int, card: ScannedCard) -> str:
    """Where a page finds the code of a card; another card is another picture."""
    return f"/phone/card/{number}.svg?{card.link.rpartition('/')[2]}"


async def _tell(response: web.StreamResponse, *events: Event) -> None:
    for name, value in events:
        await response.write(f"event: {name}\ndata: {json.dumps(value)}\n\n".encode())
