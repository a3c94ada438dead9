"""HTTP to the Bot API on aiohttp, under python-telegram-bot. Never shows an address, since that holds the token."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram import payloads

logging.getLogger("telegram").setLevel(logging.INFO)  # at DEBUG it would tell the token, chats and all texts
os.environ["PTB_TIMEDELTA"] = "1"  # else python-telegram-bot warns whenever it makes a RetryAfter

_CONNECT_SECONDS = 5.0
_READ_SECONDS = 10.0
_UPLOAD_SECONDS = 60.0  # a report on a slow line
_DOWNLOAD_SECONDS = 60.0  # a recording on a slow line
_FILE_BYTES = 20 * 2**20  # what Telegram hands to bots at most
_JSON = {"Content-Type": "application/json"}
_DONE = b'{"ok":true,"result":'


class NotSent(NetworkError):  # noqa: N818 - says what happened
    """The request certainly changed nothing at Telegram: no connection, or refused by the server at once."""


class NoAnswer(NetworkError):  # noqa: N818 - says what the answer is
    """An answer that is none of the Bot API's, such as a proxy's page: nobody knows whether it was acted on."""


class TooBig(TelegramError):  # noqa: N818 - says what it is
    """A file that Telegram does not hand to bots."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The parameters of a request as plain JSON, where python-telegram-bot has a `RequestData`."""

    parameters: dict[str, Any]
    contains_files = False


class AiohttpRequest(BaseRequest):
    """What `telegram.Bot` sends its requests through.

    Raises `NotSent` when nothing can have happened, `TimedOut` or another `NetworkError` when the request
    may have been acted on before the line broke. No error is chained to aiohttp's, whose text has the address.
    """

    __slots__ = ("_connections", "_session", "answered_at")

    def __init__(self, connections: int = 256) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self.answered_at = ""  # the server's clock at its last answer, as HTTP writes it

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return _READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool of connections; a second call does nothing."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = aiohttp.ClientSession(
                connector=connector,
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None),
            )

    async def shutdown(self) -> None:
        """Close all connections; a second call does nothing."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | Fields | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - keyed queue and limiter bound what waits
    ) -> tuple[int, bytes]:
        """Send one request; the status and the body of its answer."""
        if self._session is None:
            raise RuntimeError("the transport is not open")
        uploads = request_data is not None and request_data.contains_files
        reading = _seconds(read_timeout, _READ_SECONDS)
        writing = _seconds(write_timeout, _UPLOAD_SECONDS if uploads else _READ_SECONDS)
        # one clock for the whole request: a timer each for its parts costs more than the rest of the waiting
        total = None if reading is None or writing is None else reading + (writing if uploads else 0.0)
        timeout = _timeout(total, _seconds(connect_timeout, _CONNECT_SECONDS))
        data, headers = _body(request_data)
        failure: TelegramError
        try:
            async with self._session.request(method, url, data=data, headers=headers, timeout=timeout) as response:
                status, payload = response.status, await _content(response)
                self.answered_at = response.headers.get("Date", "")
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            failure = NotSent(f"no connection to the Bot API ({type(error).__name__})")
        except TimeoutError:
            failure = TimedOut("the Bot API did not answer in time")
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            failure = NotSent("the address of the Bot API is not one")
        except (aiohttp.ClientError, OSError) as error:
            failure = NetworkError(f"the line to the Bot API broke ({type(error).__name__})")
        else:
            if status == HTTPStatus.GATEWAY_TIMEOUT:
                raise NetworkError("the Bot API answered 504")
            if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise NotSent(f"the Bot API answered {status}")
            return status, payload
        raise failure

    async def send(self, url: str, fields: Fields, *, reading: float = _READ_SECONDS) -> bytes:
        """POST; the body of the answer. Raises what python-telegram-bot raises for a refusal."""
        # _request_wrapper only hands the fields on to do_request, which is ours
        return await self._request_wrapper(url, "POST", request_data=fields, read_timeout=reading)  # type: ignore[arg-type]

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer. What cannot be read is not logged, since it may name people."""
        try:
            parsed: Any = payloads.read(payload)
        except ValueError:
            raise NoAnswer("the answer of the Bot API is not JSON") from None
        if not isinstance(parsed, dict) or ("result" not in parsed and parsed.get("ok") is not False):
            raise NoAnswer("the answer of the Bot API holds no result")
        return parsed


async def _content(response: aiohttp.ClientResponse) -> bytes:
    """The body of an answer, unpacked. Raises TooBig as soon as it is larger than anything that Telegram sends."""
    if "Content-Encoding" not in response.headers and (response.content_length or _FILE_BYTES) < _FILE_BYTES:
        return await response.read()
    pieces, left = [], _FILE_BYTES
    async for piece in response.content.iter_any():
        left -= len(piece)
        if left < 0:
            raise TooBig("the answer is too big")
        pieces.append(piece)
    return b"".join(pieces)


@lru_cache(maxsize=16)
def _timeout(total: float | None, connecting: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=total, sock_connect=connecting)


def _seconds(given: Any, default: float) -> float | None:
    """The timeout that a caller of python-telegram-bot asked for, or ours."""
    if given is BaseRequest.DEFAULT_NONE:
        return default
    return None if given is None else float(given)


def _body(request_data: RequestData | Fields | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    """JSON, or a multipart form where there are files."""
    if request_data is None:
        return None, {}
    if isinstance(request_data, Fields) or not request_data.contains_files:
        return json.dumps(request_data.parameters).encode(), _JSON
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {}


class TelegramBot(Bot):
    """`telegram.Bot` on this transport, with updates as plain JSON and without the token in its repr."""

    def __init__(self, token: str, base_url: str, base_file_url: str) -> None:
        self._requests = (AiohttpRequest(connections=2), AiohttpRequest())  # for updates, for all else
        polling, sending = self._requests
        super().__init__(token, base_url, base_file_url, request=sending, get_updates_request=polling)

    def __repr__(self) -> str:
        return "<TelegramBot>"

    @property
    def answered_at(self) -> str:
        """What Telegram's clock said at its last answer, as HTTP writes it; "" before."""
        return self._requests[1].answered_at

    async def _post(self, endpoint: str, *given: Any, **more: Any) -> Any:
        """What python-telegram-bot's methods go through, with the same look at what comes back."""
        try:
            return _checked(endpoint, await super()._post(endpoint, *given, **more))
        except KeyError:
            raise NoAnswer("the answer of the Bot API holds no result") from None

    async def open(self) -> None:
        """Open the pools of connections; asks Telegram nothing, unlike `initialize`."""
        for request in self._requests:
            await request.initialize()

    async def close_connections(self) -> None:
        """Close the pools of connections."""
        for request in self._requests:
            await request.shutdown()

    async def call(self, method: str, **parameters: Any) -> Any:
        """A method of the Bot API by its own name, in plain JSON; a parameter that is None is left out.

        For what is called with every tap: building python-telegram-bot's objects costs more than the request.
        """
        return _result(method, await self._call(method, parameters))

    async def tell(self, method: str, **parameters: Any) -> None:
        """`call` where the result is of no interest."""
        payload = await self._call(method, parameters)
        if not payload.startswith(_DONE):  # which every answer of Telegram does: the rest need not be read
            _result(method, payload)

    async def download(self, file_id: str) -> bytes:
        """The content of a file that somebody sent. Raises TooBig where it can never be had."""
        try:
            found = await self.call("getFile", file_id=file_id)
        except BadRequest as error:
            if "too big" in error.message.lower():
                raise TooBig(error.message) from None
            raise
        if found.get("file_size", 0) > _FILE_BYTES:
            raise TooBig("the file is too big")
        address = f"{self._base_file_url}/{found['file_path']}"
        return await self._requests[1].retrieve(address, read_timeout=_DOWNLOAD_SECONDS)

    async def _call(self, method: str, parameters: dict[str, Any]) -> bytes:
        fields = Fields({name: value for name, value in parameters.items() if value is not None})
        return await self._requests[1].send(f"{self._base_url}/{method}", fields)

    async def raw_updates(
        self, offset: int | None, seconds: int, kinds: Sequence[str], *, most: int = 100
    ) -> list[dict[str, Any]]:
        """Updates from `offset` on, waiting up to so many seconds for the first; all below are confirmed.

        They stay JSON, because one that python-telegram-bot cannot read must not hide the others.
        """
        parameters: dict[str, Any] = {"timeout": seconds, "limit": most}
        parameters |= {} if offset is None else {"offset": offset}
        parameters |= {"allowed_updates": list(kinds)} if kinds else {}
        url, fields = f"{self._base_url}/getUpdates", Fields(parameters)
        payload = await self._requests[0].send(url, fields, reading=seconds + _READ_SECONDS)
        updates: list[dict[str, Any]] = _result("getUpdates", payload)
        return updates


def _result(method: str, payload: bytes) -> Any:
    """The result of an answer, where it is one that this method can have. Raises NoAnswer."""
    return _checked(method, AiohttpRequest.parse_json_payload(payload).get("result"))


def _checked(method: str, result: Any) -> Any:
    if result is None or not _EXPECTED.get(method, _anything)(result):
        raise NoAnswer(f"the answer of the Bot API to {method} is none")
    return result


def _anything(_: Any) -> bool:
    return True


def _is_message(result: Any) -> bool:
    return isinstance(result, dict) and _is_whole(result.get("message_id"))


def _is_posted(result: Any) -> bool:
    """A message as python-telegram-bot reads it."""
    return _is_message(result) and _is_whole(result.get("date")) and _is_account(result.get("chat"), "type")


def _is_bot(result: Any) -> bool:
    return _is_account(result, "first_name", "username") and isinstance(result.get("is_bot"), bool)


def _is_account(result: Any, *names: str) -> bool:
    return (
        isinstance(result, dict)
        and _is_whole(result.get("id"))
        and all(isinstance(result.get(name), str) for name in names)
    )


def _is_file(result: Any) -> bool:
    if not isinstance(result, dict):
        return False
    return isinstance(result.get("file_path"), str) and _is_whole(result.get("file_size", 0))


def _are_updates(result: Any) -> bool:
    return isinstance(result, list) and all(isinstance(one, dict) and _is_whole(one.get("update_id")) for one in result)


def _is_whole(number: Any) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


_EXPECTED: Mapping[str, Callable[[Any], bool]] = {
    "getFile": _is_file,
    "getMe": _is_bot,
    "getUpdates": _are_updates,
    "sendDocument": _is_posted,
    "sendMessage": _is_message,
    "sendPhoto": _is_posted,
    "sendVoice": _is_message,
}


def wait_of(error: RetryAfter) -> float:
    """How many seconds Telegram asks to wait."""
    wait = error.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
