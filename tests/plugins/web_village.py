"""A village whose cards lead to our pages, and people who use these without any script, by their forms alone."""

import asyncio
import re
from contextlib import asynccontextmanager

import aiohttp
import pytest
from lxml import html
from plugins.processes import free_port
from plugins.village import run_village

from storage import access_links

SPACE = re.compile(r"\s+")
SAID_OF_A_CHAT = re.compile(
    r"v (ta|tem) pogovor|v pogovoru|glasovn\w+ sporočil|tem sporočilom|z ukazom|napišite /|»Start«"
)


class Surfer:
    """A browser that knows forms and cookies, and no script."""

    def __init__(self, village, client):
        self.village, self.client = village, client
        self.page, self.status, self.address, self.headers = None, 0, "", {}

    @property
    def text(self):
        """What stands on the page, in one line."""
        main = self.page.get_element_by_id("main")
        return SPACE.sub(" ", main.text_content()).strip()

    @property
    def question(self):
        """The text of the card."""
        return SPACE.sub(" ", self.page.find_class("text")[0].text_content()).strip()

    @property
    def buttons(self):
        return [button.text_content().strip() for button in self.page.xpath("//*[@class='row']/*")]

    async def opens(self, address):
        """A link of a card, or a path."""
        return await self._arrives(await self.client.get(address))

    async def json(self, address):
        """What a page's script is told."""
        async with self.client.get(address) as response:
            return await response.json()

    async def joins(self, link, *, device=None):
        """Open the link of a card, or one of staff, and choose to go on here."""
        await self.opens(link)
        return await self.presses(("Odgovarjam tukaj", "Začnem delo tukaj"), **({"device": device} if device else {}))

    async def presses(self, label, **more):
        """Press the first button that begins so, or in one of these ways, with what its form holds."""
        button = next(one for one in self.page.xpath("//main//button") if one.text_content().strip().startswith(label))
        return await self._sends(button, **more)

    def form(self, button, **more):
        """The address and the fields that a button sends."""
        named = button.get("form")
        form = self.page.get_element_by_id(named) if named else next(button.iterancestors("form"))
        fields = {one.get("name"): one.get("value", "") for one in form.xpath(".//input[@type='hidden']")}
        if button.get("name"):
            fields[button.get("name")] = button.get("value")
        return form.get("action"), _data(fields | more)

    async def types(self, words):
        """Type into the only field of the card and send it."""
        button = next(one for one in self.page.xpath("//main//button") if one.text_content().strip() == "Pošlji")
        return await self._sends(button, words=words)

    async def commands(self, name):
        """A command of the menu."""
        (button,) = self.page.xpath(f"//nav//button[@value='{name}']")
        return await self._sends(button)

    async def answers_all(self):
        """Answer whatever is asked with the first option, and hand in."""
        for _ in range(60):
            if "Oddaj odgovore" in self.buttons:
                return await self.presses("Oddaj odgovore")
            await self.answers_one()
        raise AssertionError("the questionnaire has no end")

    async def answers_one(self):
        """Answer the question on the page, or go on."""
        if self.page.xpath("//input[@inputmode='decimal']"):
            return await self.types("1")
        if "Preskoči" in self.buttons:
            return await self.presses("Preskoči")
        if self.buttons[0].startswith("✓") and "Naprej ›" in self.buttons:
            return await self.presses("Naprej")
        return await self.presses(self.buttons[0])

    async def _sends(self, button, **more):
        action, data = self.form(button, **more)
        return await self._arrives(await self.client.post(action, data=data))

    async def _arrives(self, response):
        async with response:
            self.status, self.address, self.headers = response.status, str(response.url.path), response.headers
            self.page = html.document_fromstring(await response.text())
        assert SAID_OF_A_CHAT.search(self.page.text_content()) is None
        return self


def _data(fields):
    """As a form without files is sent; a file makes it one of several parts."""
    if not any(isinstance(value, tuple) for value in fields.values()):
        return fields
    form = aiohttp.FormData()
    for name, value in fields.items():
        if isinstance(value, tuple):
            form.add_field(name, value[1], filename=value[0], content_type=value[2])
        else:
            form.add_field(name, value)
    return form


class WebVillage:
    """A village and its pages."""

    def __init__(self, village, address):
        self.village, self.address = village, address
        self._clients = []

    def __getattr__(self, name):
        return getattr(self.village, name)

    def link(self, token):
        return self.village.services.settings.web.link(token)

    async def staff_token(self, role, slug):
        """What stands in the link of somebody who is to be staff."""
        library = self.village.programme(slug).code
        keys, now = self.village.services.keys, self.village.clock()
        return await self.village.write(
            access_links.create_staff, keys=keys, role=role, library=library, now=now, actor="operator"
        )

    async def until(self, holds):
        """Wait for what the bot does beside its answers."""
        while not holds():  # noqa: ASYNC110 - what is waited for is a mail in another server's box
            await asyncio.sleep(0.01)

    def surfer(self, connector=None):
        """Somebody with a browser of their own; `connector`: how it reaches the pages, where that is another way."""
        headers = {"Origin": self.address, "Sec-Fetch-Site": "same-origin", "Accept-Language": "sl"}
        jar = aiohttp.CookieJar(unsafe=True)
        self._clients.append(aiohttp.ClientSession(self.address, headers=headers, cookie_jar=jar, connector=connector))
        return Surfer(self, self._clients[-1])

    async def close(self):
        for client in self._clients:
            await client.close()


@asynccontextmanager
async def run_web_village(url, folder, **more):
    """A running village with pages."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    async with run_village(url, folder, web={"public_url": address, "port": port}, **more) as village:
        web = WebVillage(village, address)
        try:
            yield web
        finally:
            await web.close()


@pytest.fixture
async def web_village(village_url, tmp_path):
    async with run_web_village(village_url, tmp_path) as running:
        yield running
