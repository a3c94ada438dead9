"""The line to Telegram without sockets: what aiohttp's session is to the bot, with the stand-in's methods behind it.

Fails in every way: 429, 5xx, silence, cuts before and after acting.
"""

import asyncio
import json
from urllib.parse import urlsplit

import aiohttp

from bot.simulator.methods import METHODS
from bot.simulator.receiving import file_path, take_allowed
from bot.simulator.refusals import POLLED_ELSEWHERE, Refusal, conflict
from bot.simulator.wire import MethodCall, Upload
from tests.simulation.deaths import here

SHOWS = {"sendMessage", "sendPhoto", "sendDocument", "sendVoice", "editMessageText"}


class Session:
    """Where the bot has an `aiohttp.ClientSession`."""

    def __init__(self, telegram):
        self._telegram, self._life = telegram, here.get()

    def request(self, _, url, *, data=None, timeout=None, **_headers):
        return _Exchange(self._telegram, self._life, url, data, timeout)

    async def close(self):
        pass


class _Exchange:
    """One request and its answer."""

    def __init__(self, telegram, life, url, data, timeout):
        self._telegram, self._life, self._timeout = telegram, life, timeout
        self._path, self._data = urlsplit(url).path, data
        self.status, self._body, self.headers = 200, b"", {}

    async def __aenter__(self):
        self._life.mortality.passes("before sending")
        if self._path.startswith("/file/"):
            self._body = self._telegram.file(self._path)
        else:
            await self._calls(_read_call(self._path.rpartition("/")[2], self._data))
        self._life.mortality.passes("after sending")
        return self

    async def __aexit__(self, *problem):
        pass

    @property
    def content(self):
        return self

    @property
    def content_length(self):
        return len(self._body)

    async def read(self):
        return self._body

    async def iter_any(self):
        yield self._body

    async def _calls(self, call):
        telegram = self._telegram
        if call.method in SHOWS:
            telegram.watch.leaves()
        await asyncio.sleep(telegram.troubles.sending_takes())
        self._life.mortality.passes("on its way")
        if call.method == "getUpdates":
            self._answers(*await telegram.updates(call))
            return
        trouble = telegram.troubles.of_line(call.method)
        match trouble:
            case "no connection":
                raise aiohttp.ClientConnectorError(_CONNECTION, OSError("refused"))
            case "cut before":
                raise aiohttp.ServerDisconnectedError
            case "silent":
                await self._is_silent()
            case "bad gateway":
                self.status, self._body = 502, b"<html>Bad Gateway</html>"
                return
            case "too many":
                self._answers(429, telegram.too_many())
                return
        answer = telegram.act(call)
        match trouble:
            case "cut after":
                raise aiohttp.ServerDisconnectedError
            case "acts and is silent":
                await self._is_silent()
            case "gateway timeout":
                self.status, self._body = 504, b"<html>Gateway Timeout</html>"
                return
        await asyncio.sleep(telegram.troubles.sending_takes())
        self._answers(*answer)

    async def _is_silent(self):
        await asyncio.sleep(self._timeout.total or 60)
        raise TimeoutError

    def _answers(self, status, body):
        self.status, self._body = status, json.dumps(body).encode()


class _CONNECTION:
    """What aiohttp names when there is no connection."""

    host, port, ssl, is_ssl = "telegram", 443, True, True


def _read_call(method, data):
    if data is None:
        return MethodCall(method)
    if isinstance(data, bytes):
        return MethodCall(method, {name: value for name, value in json.loads(data).items() if value is not None})
    call = MethodCall(method)
    for options, headers, value in data._fields:
        if "filename" in options:
            kind = headers.get("Content-Type", "application/octet-stream")
            call.files[options["name"]] = Upload(options["filename"], kind, bytes(value))
        else:
            call.params[options["name"]] = value
    return call


class Polls:
    """Long polls that cost nothing while nothing comes; a second poller ends the first one's."""

    def __init__(self, world):
        self._world, self._waiting = world, None

    async def poll(self, call):
        take_allowed(self._world, call)
        offset, limit = call.integer("offset"), call.integer("limit", 100, 1, 100)
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(conflict(POLLED_ELSEWHERE))
        ended = self._waiting = asyncio.get_running_loop().create_future()
        queue = self._world.updates
        while True:
            queue.arrived.clear()
            batch = queue.fetch(offset, limit, self._world.now())
            if batch or not call.integer("timeout"):
                return 200, {"ok": True, "result": batch}
            arrival = asyncio.ensure_future(queue.arrived.wait())
            try:
                await asyncio.wait([arrival, ended], return_when=asyncio.FIRST_COMPLETED)
            finally:
                arrival.cancel()
            if ended.done():
                return 409, ended.result().body()


def act(world, call):
    """What the stand-in does and answers."""
    if call.method in _WEBHOOKS:
        return 200, {"ok": True, "result": _WEBHOOKS[call.method](world, call)}
    try:
        return 200, {"ok": True, "result": METHODS[call.method].act(world, call)}
    except Refusal as refusal:
        return refusal.code, refusal.body()


def _set_webhook(world, call):
    take_allowed(world, call)
    world.webhook.url = call.text("url")
    return True


def _webhook_info(world, call):
    return {"url": world.webhook.url, "has_custom_certificate": False, "pending_update_count": 0}


_WEBHOOKS = {"setWebhook": _set_webhook, "deleteWebhook": _set_webhook, "getWebhookInfo": _webhook_info}


def content_of(world, path):
    """The content of a file that somebody sent."""
    return next(file.data for file in world.files.values() if path.endswith(file_path(file)))
