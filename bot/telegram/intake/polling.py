"""Long polling: the offset moves past a batch only when all of it is committed. Knows no use case."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.telegram.intake.patience import Patience, until
from bot.telegram.intake.problems import AnotherBot, WebhookElsewhere, WrongToken
from bot.telegram.intake.receiver import ALLOWED_UPDATES, Receiver
from bot.telegram.transport import TelegramBot, wait_of
from bot.telegram.webhook_info import ask_webhook

log = logging.getLogger(__name__)

_POLL_SECONDS = 30
_PROBATION_SECONDS = 1.0  # a bot that is disturbed sooner is the one that came second
_FAREWELL_SECONDS = 0.5
_LAST_COMMITS_SECONDS = 0.5


class Polling:
    """Receives until `stop` is set. Raises what `bot.telegram.intake.problems` has where waiting would not help.

    `webhook_url` is the webhook that the configuration still names, from before it polled; `take_over`: remove any.
    """

    def __init__(
        self,
        bot: TelegramBot,
        receiver: Receiver,
        stop: asyncio.Event,
        *,
        webhook_url: str = "",
        take_over: bool = False,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._receiver = receiver
        self._activity = receiver.activity
        self._stop = stop
        self._webhook_url = webhook_url
        self._take_over = take_over
        self._clock = clock
        self._patience = Patience(stop, sleep)
        self._patience_with_us = Patience(stop, sleep)  # while what comes is not committed
        self._offset: int | None = None
        self._beyond: set[int] = set()  # updates that are committed, behind one that is not
        self._alone_since: float | None = None  # when Telegram first gave us updates

    async def run(self, ready: Callable[[], None] | None = None) -> None:
        """Poll, commit, confirm, until told to stop; `ready` is called once Telegram gives us updates."""
        while not self._stop.is_set():
            await self.step()
            if ready is not None and self._alone_since is not None:
                ready()
                ready = None

    async def keep(self) -> None:
        """Nothing is to be looked after: whoever takes the updates away is noticed by the next poll."""

    async def close(self) -> None:
        """Confirm the last batch before leaving; without it, the marks of handled updates do the same."""
        if self._offset is not None:
            with contextlib.suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(_FAREWELL_SECONDS):
                    await self._bot.raw_updates(self._offset, 0, (), most=1)

    async def step(self) -> None:
        """One poll, and the commits of what it brought."""
        seconds = 0 if self._alone_since is None else _POLL_SECONDS
        self._activity.intake_waits(seconds)
        try:
            if self._alone_since is None:
                await until(self._stop, self._make_way())
            batch = await until(self._stop, self._bot.raw_updates(self._offset, seconds, ALLOWED_UPDATES))
        except Conflict as error:
            await self._disturbed(error)
        except InvalidToken:
            raise WrongToken from None
        except RetryAfter as error:
            self._activity.intake_waits(wait_of(error))
            await self._patience.wait("Telegram asks the bot to poll more slowly", at_least=wait_of(error))
        except TelegramError as error:
            await self._patience.wait(f"no connection to Telegram, waiting for it: {error.message}")
        else:
            if self._stop.is_set():
                return
            self._patience.over()
            self._receiver.heard()
            if self._alone_since is None:
                self._alone_since = self._clock()
            if batch:
                await self._take(batch)

    async def _make_way(self) -> None:
        """Nothing is polled while there is a webhook: ours of earlier is removed, and what waits there stays."""
        found = await ask_webhook(self._bot)
        if not found.url:
            return
        if found.url != self._webhook_url and not self._take_over:
            raise WebhookElsewhere(found.place)
        await self._bot.delete_webhook()
        log.warning("the webhook at %s is removed: this bot polls", found.place)

    async def _disturbed(self, error: Conflict) -> None:
        """Somebody else receives. Who came second leaves; who was here first goes on, more and more slowly."""
        if self._alone_since is None or self._clock() - self._alone_since < _PROBATION_SECONDS:
            raise AnotherBot
        how = "has set a webhook for" if "webhook" in error.message.lower() else "polls with"
        await self._patience.wait(f"another bot {how} this token: one of the two must be stopped", at_once=True)

    async def _take(self, batch: list[dict[str, Any]]) -> None:
        """Commit a batch. The offset moves to the first update that is not committed, and it is waited for."""
        left = [raw for raw in batch if raw["update_id"] not in self._beyond]
        commits = [self._receiver.accept(raw) for raw in left]
        all_of_them = asyncio.gather(*commits, return_exceptions=True)
        outcomes = await until(self._stop, asyncio.shield(all_of_them))
        if outcomes is None:  # told to stop: what takes longer now will come again, and change nothing
            await asyncio.wait({all_of_them}, timeout=_LAST_COMMITS_SECONDS)
            if not all_of_them.done():
                return
            outcomes = all_of_them.result()
        failed = {
            raw["update_id"] for raw, outcome in zip(left, outcomes, strict=True) if isinstance(outcome, BaseException)
        }
        self._offset = min(failed, default=batch[-1]["update_id"] + 1)
        self._beyond = {raw["update_id"] for raw in batch if raw["update_id"] > self._offset} - failed
        if failed:
            rest = self._receiver.rest
            self._activity.intake_waits(rest)
            await self._patience_with_us.wait("updates stay with Telegram, since they cannot be taken", at_least=rest)
        else:
            self._patience_with_us.over()
