"""The stand-in for Telegram's Bot API server: real HTTP on loopback, for one bot and its private chats."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import AsyncIterator, Iterable
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.simulator import snapshots
from bot.simulator.desk import BotApiServer, HandledCall
from bot.simulator.faults import Faults
from bot.simulator.people import Person, WatchedBot
from bot.simulator.rates import Rates
from bot.simulator.state import Account, Clock, World
from bot.simulator.webhooks import Courier
from bot.simulator.wire import UPLOAD_LIMIT

SHUTDOWN_SECONDS = 0.05


def real_clock() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


class Simulator:
    """A Bot API server for one bot, with the people who write to it."""

    def __init__(self, token: str, username: str, clock: Clock, *, strict_rate: bool = True) -> None:
        self.token = token
        self.world = World(int(token.partition(":")[0]), username, clock)
        self.desk = BotApiServer(token, self.world, Rates(strict=strict_rate))
        self.people: dict[int, Person] = {}
        self.port = 0
        self.extra_routes: list[web.RouteDef] = []
        self.bot: WatchedBot | None = None
        self.app = web.Application()
        self._runner: web.AppRunner | None = None
        self.world.listeners.append(self._tell)

    def _tell(self, chat_id: int, what: str) -> None:
        if chat_id in self.people:
            self.people[chat_id].notices(what)

    @property
    def username(self) -> str:
        """The bot's name in links, without @."""
        return self.world.username

    @property
    def base_url(self) -> str:
        """What a client puts before the token."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """What a client puts before the token to load a file."""
        return f"http://127.0.0.1:{self.port}/file/bot"

    @property
    def requests(self) -> list[HandledCall]:
        """Every request of the bot, oldest first."""
        return self.desk.requests

    @property
    def unknown(self) -> list[HandledCall]:
        """Requests for methods that the stand-in does not know."""
        return [request for request in self.requests if request.unknown]

    @property
    def problems(self) -> list[str]:
        """What the bot did that Telegram does not know: methods and parameters."""
        return [problem for request in self.requests for problem in request.problems]

    @property
    def faults(self) -> Faults:
        """What shall go wrong."""
        return self.desk.faults

    @property
    def rates(self) -> Rates:
        """How fast the bot may be."""
        return self.desk.rates

    @property
    def courier(self) -> Courier:
        """Who delivers to webhooks."""
        return self.desk.courier

    @property
    def webhook_targets(self) -> list[str]:
        """Addresses that get the deliveries in turn, instead of the address of setWebhook."""
        return self.courier.targets

    @webhook_targets.setter
    def webhook_targets(self, addresses: list[str]) -> None:
        self.courier.targets = list(addresses)

    # Life

    @classmethod
    async def start(
        cls,
        *,
        port: int = 0,
        token: str | None = None,
        username: str = "povezujejo_bot",
        clock: Clock | None = None,
        strict_rate: bool = True,
        extra_routes: Iterable[web.RouteDef] = (),
        state: dict[str, Any] | None = None,
    ) -> Simulator:
        """Listen on 127.0.0.1; port 0 takes a free one. `state` is an earlier snapshot."""
        token = token or f"123456789:AA{secrets.token_urlsafe(24)}"
        simulator = cls(token, username, clock or real_clock, strict_rate=strict_rate)
        simulator.port = port
        simulator.extra_routes = list(extra_routes)
        if state is not None:
            simulator.restore(state)
        await simulator.comes_up()
        return simulator

    @classmethod
    @contextlib.asynccontextmanager
    async def running(cls, **options: Any) -> AsyncIterator[Simulator]:
        """`start` and `stop` around a block."""
        simulator = await cls.start(**options)
        try:
            yield simulator
        finally:
            await simulator.stop()

    async def comes_up(self) -> None:
        """Listen (again) on the same port with the state as it is."""
        self.app = web.Application(client_max_size=UPLOAD_LIMIT + 1024 * 1024)
        self.app.add_routes(self.extra_routes)
        self.app.router.add_route("*", "/bot{token}/{method}", self.desk.answer)
        self.app.router.add_get("/file/bot{token}/{path:.+}", self.desk.file)
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.courier.begin()

    async def goes_down(self) -> None:
        """Refuse connections and end those that are open; the state stays."""
        await self.courier.end()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    stop = goes_down

    def snapshot(self) -> dict[str, Any]:
        """The whole state as JSON: people, messages, files, updates that wait, next numbers."""
        return snapshots.take(self.world)

    def restore(self, state: dict[str, Any]) -> None:
        """Put a snapshot back; the people come back with it."""
        snapshots.put_back(self.world, state)
        self.people = {account.id: Person(self, account) for account in self.world.accounts.values()}

    # People

    def person(self, first_name: str = "Marija", language_code: str = "sl", user_id: int | None = None) -> Person:
        """Somebody with a phone; the bot learns of them when they write."""
        account = Account(user_id or self.world.next_person_id, first_name, language_code)
        self.world.next_person_id = max(self.world.next_person_id, account.id) + 1
        self.world.accounts[account.id] = account
        self.people[account.id] = Person(self, account)
        return self.people[account.id]
