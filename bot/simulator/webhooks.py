"""Updates pushed to the bot: one lane per person and kind, each in order, with retries until they are too old."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.simulator.receiving import take_allowed
from bot.simulator.refusals import bad_request
from bot.simulator.state import World
from bot.simulator.updates import PendingUpdate
from bot.simulator.wire import MethodCall

PORTS = (443, 80, 88, 8443)
SECRET = re.compile(r"[A-Za-z0-9_-]*")
SECRET_LENGTH = 256
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
ANSWER_SECONDS = 60.0
LONGEST_DELAY = 60.0
LONGEST_RETRY_AFTER = 3600
MOST_CONNECTIONS = 100


def growing_delay(failures: int) -> float:
    """Seconds before the next attempt: at once, then 2, 4, 8 … up to a minute."""
    return 0.0 if failures <= 1 else min(2.0 ** (failures - 1), LONGEST_DELAY)


class Courier:
    """Delivers while a webhook is set. `targets` overrides its address: deliveries go to them in turn."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.targets: list[str] = []
        self.delay: Callable[[int], float] = growing_delay
        self.timeout = ANSWER_SECONDS
        self.delivered: list[tuple[str, int]] = []  # address and update, each attempt that was accepted
        self._turn = 0
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._watch: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None

    def begin(self) -> None:
        """Watch the queue."""
        self._watch = asyncio.create_task(self._dispatch())

    async def end(self) -> None:
        """Stop delivering; what is not accepted stays in the queue."""
        tasks = [task for task in [self._watch, *self._lanes.values()] if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._lanes.clear()
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _dispatch(self) -> None:
        while True:
            self.world.updates.forget_old(self.world.now())
            if self.world.webhook.url:
                for update in self.world.updates.pending:
                    if update.lane not in self._lanes and len(self._lanes) < self.world.webhook.max_connections:
                        self._lanes[update.lane] = asyncio.create_task(self._run_lane(update.lane))
            self.world.updates.pushed.clear()
            await self.world.updates.pushed.wait()

    async def _run_lane(self, lane: str) -> None:
        failures = 0
        try:
            while self.world.webhook.url:
                update = next((one for one in self.world.updates.pending if one.lane == lane), None)
                if update is None:
                    return
                pause = await self._deliver(update)
                if pause is None:
                    failures = 0
                    self.world.updates.confirm([update.update_id])
                    continue
                failures += 1
                await asyncio.sleep(pause or self.delay(failures))
                self.world.updates.forget_old(self.world.now())
        finally:
            self._lanes.pop(lane, None)
            self.world.updates.pushed.set()

    async def _deliver(self, update: PendingUpdate) -> float | None:
        """None when the bot accepted; else the seconds that it asked to wait, or 0."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self.timeout))
        headers = {SECRET_HEADER: self.world.webhook.secret} if self.world.webhook.secret else {}
        address = self._next_address()
        try:
            async with self._session.post(address, json=update.wire(), headers=headers) as response:
                if 200 <= response.status < 300:  # noqa: PLR2004 - every 2xx
                    self.delivered.append((address, update.update_id))
                    return None
                self._failed(f"Wrong response from the webhook: {response.status} {response.reason}")
                asked = response.headers.get("Retry-After", "")
                return float(min(int(asked), LONGEST_RETRY_AFTER)) if asked.isdigit() else 0.0
        except TimeoutError:
            self._failed("Read timeout expired")
        except aiohttp.ClientError:
            self._failed("Connection failed")
        return 0.0

    def _next_address(self) -> str:
        if not self.targets:
            return self.world.webhook.url
        self._turn += 1
        return self.targets[(self._turn - 1) % len(self.targets)]

    def _failed(self, words: str) -> None:
        self.world.webhook.last_error = words
        self.world.webhook.last_error_at = int(self.world.now())

    async def set_webhook(self, call: MethodCall) -> bool:
        """Play setWebhook; an empty address deletes it."""
        url, secret = call.text("url"), call.text("secret_token")
        if not url:
            return await self.delete_webhook(call)
        _check_address(url)
        if len(secret) > SECRET_LENGTH:
            raise bad_request("secret token is too long")
        if not SECRET.fullmatch(secret):
            raise bad_request("secret token contains unallowed characters")
        take_allowed(self.world, call)
        if call.flag("drop_pending_updates"):
            self.world.updates.confirm([update.update_id for update in self.world.updates.pending])
        webhook = self.world.webhook
        webhook.url, webhook.secret = url, secret
        webhook.max_connections = call.integer("max_connections", 40, 1, MOST_CONNECTIONS)
        webhook.last_error = webhook.last_error_at = None
        self.world.updates.pushed.set()
        return True

    async def delete_webhook(self, call: MethodCall) -> bool:
        """Play deleteWebhook."""
        self.world.webhook.url = self.world.webhook.secret = ""
        if call.flag("drop_pending_updates"):
            self.world.updates.confirm([update.update_id for update in self.world.updates.pending])
        return True

    async def get_webhook_info(self, _call: MethodCall) -> dict[str, Any]:
        """Play getWebhookInfo."""
        webhook, updates = self.world.webhook, self.world.updates
        updates.forget_old(self.world.now())
        info: dict[str, Any] = {
            "url": webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(updates.pending),
        }
        if webhook.url:
            info["max_connections"] = webhook.max_connections
        if updates.allowed:
            info["allowed_updates"] = updates.allowed
        if webhook.last_error is not None:
            info |= {"last_error_date": webhook.last_error_at, "last_error_message": webhook.last_error}
        return info


def _check_address(url: str) -> None:
    """HTTPS on four ports; plain HTTP on loopback, where no certificate can be had."""
    parts = urlsplit(url)
    if parts.hostname == "localhost":
        return
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(parts.hostname or "").is_loopback:
            return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not parts.hostname or "." not in parts.hostname:
        raise bad_request("bad webhook: Failed to resolve host: Name or service not known")
    if (parts.port or 443) not in PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
