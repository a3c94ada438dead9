"""A bare client of the Bot API, without any library in between."""

import asyncio
import io
from dataclasses import dataclass

import aiohttp
import pytest


@dataclass
class Client:
    """Calls methods; gives results, or the refusal as `(code, description)`."""

    simulator: object
    http: aiohttp.ClientSession

    def url(self, method):
        return f"{self.simulator.base_url}{self.simulator.token}/{method}"

    async def raw(self, method, **parameters):
        async with self.http.post(self.url(method), json=parameters) as response:
            return response.status, response.headers, await response.json()

    async def __call__(self, method, **parameters):
        _, _, body = await self.raw(method, **parameters)
        return body["result"] if body["ok"] else (body["error_code"], body["description"])

    async def upload(self, method, field, data, name="file.bin", **parameters):
        form = aiohttp.FormData()
        for key, value in parameters.items():
            form.add_field(key, str(value))
        form.add_field(field, io.BytesIO(data), filename=name)
        async with self.http.post(self.url(method), data=form) as response:
            body = await response.json()
        return body["result"] if body["ok"] else (body["error_code"], body["description"])


@pytest.fixture
async def bot(simulator):
    async with aiohttp.ClientSession() as session:
        yield Client(simulator, session)


@pytest.fixture
async def marija(simulator):
    """Somebody who has pressed START."""
    person = simulator.person()
    await person.says("/start")
    return person


def button(text="Da", **kind):
    return {"text": text, **(kind or {"callback_data": "a"})}


@pytest.fixture
def keyboard():
    """Builds an inline keyboard: one row per label."""

    def build(*labels):
        return {"inline_keyboard": [[button(label, callback_data=f"data:{label}")] for label in labels]}

    return build


@pytest.fixture
def until():
    """Waits, for at most five seconds, until a condition of the stand-in's own state holds."""

    async def wait(condition):
        async with asyncio.timeout(60):
            while not condition():  # noqa: ASYNC110 - the stand-in has no event for each of its states
                await asyncio.sleep(0.005)

    return wait
