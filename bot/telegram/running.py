"""Telegram from start to stop: what comes in, what waits to be shown, menus. Knows no use case."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from sqlalchemy import Connection

from bot.conversation.channel import Host, Router
from bot.conversation.handled import Handled, Menu
from bot.runtime.http_server import HttpServer
from bot.runtime.services import Services
from bot.runtime.settings import Telegram
from bot.telegram.card_state import CardStates
from bot.telegram.edge import Edge
from bot.telegram.intake.polling import Polling
from bot.telegram.intake.receiver import Receiver
from bot.telegram.intake.webhook import Webhook
from bot.telegram.introduction import Introduction
from bot.telegram.limiter import Limiter, shared_budget
from bot.telegram.menus import Menus
from bot.telegram.outbox import Outbox
from bot.telegram.transport import TelegramBot

_COMMIT_SECONDS = 1.5
_SHOW_SECONDS = 1.5


@asynccontextmanager
async def connected(settings: Telegram) -> AsyncIterator[tuple[TelegramBot, Introduction]]:
    """A line to Telegram, whether it answers or not, and what the bot is called."""
    bot = TelegramBot(settings.token, settings.base_url, settings.file_url)
    await bot.open()
    try:
        yield bot, Introduction(bot, settings)
    finally:
        await bot.close_connections()


class RunningTelegram:
    """One life of the channel, as a `bot.conversation.channel.RunningChannel`."""

    def __init__(
        self,
        bot: TelegramBot,
        introduction: Introduction,
        services: Services,
        router: Router,
        stop: asyncio.Event,
        host: Host,
        limiter: Limiter | None,
        menus_of_staff: Callable[[Connection], Mapping[bytes, Menu]],
        server: HttpServer | None = None,
        *,
        take_over: bool = False,
    ) -> None:
        self._introduction, self._stop = introduction, stop
        card_states = CardStates(services.database)
        self._budget = shared_budget(services.settings.database.url) if limiter is None else None
        limiter = limiter or Limiter(shared=self._budget)
        self.channel = Edge(bot, services, limiter, unreachable=host.unreachable, card_states=card_states)
        self._outbox = Outbox(self.channel, services.activity)
        self.channel.queued = self._outbox.put
        self._menus = Menus(services, self.channel, menus_of_staff)
        self._receiver = Receiver(services, self.channel, self._outbox, router, on_due=host.due, on_soon=host.soon)
        settings = services.settings.telegram
        self._intake: Polling | Webhook = (
            Webhook(bot, self._receiver, stop, settings, server=server, take_over=take_over)
            if settings.mode == "webhook"
            else Polling(bot, self._receiver, stop, webhook_url=settings.webhook_url, take_over=take_over)
        )

    async def receive(self, ready: Callable[[], None]) -> None:
        """Take what comes in until told to stop; `ready` is called once it comes. Raises `CannotReceive`."""

        def received() -> None:
            self._receiver.activity.receives = True
            ready()

        if await self._introduction.made(self._stop):
            await self._intake.run(received)

    def show_again(self, handled: Handled) -> None:
        """Show what the database says is behind, unless it is on its way."""
        self._outbox.put_again(handled)

    async def keep_in_step(self) -> None:
        """Set every menu that is not yet what the role says, and the webhook where it is not ours any more."""
        if not self._introduction.over:
            return  # each of them would wait for a Telegram that does not answer, and the tick with it
        await self._intake.keep()
        await self._menus.keep_in_step()

    def stop_sending(self) -> None:
        """What is due waits for the next start."""
        self.channel.stop_deliveries()

    async def stop_receiving(self) -> None:
        """Take nothing new; Telegram keeps what comes."""
        await self._intake.close()

    async def finish(self) -> None:
        """Commit what was accepted and show what can be shown in time; the rest is drawn at the next start."""
        await self._receiver.close(_COMMIT_SECONDS)
        await self._outbox.close(_SHOW_SECONDS)

    async def close(self) -> None:
        """Record what is not recorded yet."""
        await self.channel.close()
        if self._budget is not None:
            await self._budget.close()
