"""HTTP at the edge of the stand-in: request bodies of every encoding become a `MethodCall` with typed readers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from bot.simulator.refusals import Refusal, bad_request, too_large

UPLOAD_LIMIT = 50 * 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file that came with a request."""

    name: str
    mime: str
    data: bytes = field(repr=False)


@dataclass
class MethodCall:
    """One request of the bot: method, parameters as they came, uploaded files."""

    method: str
    params: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A parameter as a string; missing is empty."""
        value = self.params.get(name)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        return json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0, low: int | None = None, high: int | None = None) -> int:
        """A whole number, pressed into its limits; what is none counts as the default."""
        try:
            value = int(self.text(name))
        except ValueError:
            value = default
        value = value if low is None else max(value, low)
        return value if high is None else min(value, high)

    def flag(self, name: str) -> bool:
        """True for `true`, `yes` and `1`."""
        return self.text(name).lower() in {"true", "yes", "1"}

    def structure(self, name: str, what: str = "") -> Any:
        """A JSON value, native or serialised in a string; missing is None."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as broken:
            raise bad_request(f"can't parse {what or name} JSON object") from broken


async def read_call(request: web.Request, method: str) -> MethodCall:
    """Parameters from the query string and from a JSON, urlencoded or multipart body."""
    call = MethodCall(method, dict(request.query))
    if request.content_length and request.content_length > UPLOAD_LIMIT + 64 * 1024:
        raise too_large()
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError as broken:
            raise bad_request("can't parse JSON object") from broken
        call.params |= {key: value for key, value in body.items() if value is not None}
    elif request.content_type == "multipart/form-data":
        await _read_parts(request, call)
    else:
        call.params |= {key: str(value) for key, value in (await request.post()).items()}
    return call


async def _read_parts(request: web.Request, call: MethodCall) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytes(await part.read(decode=True))
        if part.filename is None:
            call.params[part.name] = data.decode()
        elif len(data) > UPLOAD_LIMIT:
            raise too_large()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            call.files[part.name] = Upload(part.filename, mime, data)


def accepted(result: Any, description: str | None = None) -> web.Response:
    """`ok: true` with a result."""
    body: dict[str, Any] = {"ok": True, "result": result}
    if description:
        body["description"] = description
    return web.json_response(body)


def refused(refusal: Refusal) -> web.Response:
    """`ok: false`, with a Retry-After header where Telegram sends one."""
    headers = {} if refusal.retry_after is None else {"Retry-After": str(refusal.retry_after)}
    return web.json_response(refusal.body(), status=refusal.code, headers=headers)
