"""A channel in memory: people who come and look, as at a web page. It writes to nobody, and changes no card.

Nothing of Telegram is in it: it shows what the seam of channels is enough for.
"""

import html
import re
import secrets
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count

import pytest
from plugins.village import Clock, Village

from bot.conversation.arrivals import Arrival, Command, Given, Tap, Typed
from bot.conversation.channel import Capabilities, Channels
from bot.conversation.outcomes import Delivered, Refused
from bot.delivery import tick
from bot.routing import Dispatcher
from bot.runtime.services import open_services
from bot.runtime.settings import Settings
from storage import access_links, chats
from storage.schema import Role
from storage.secrets.addresses import Address
from storage.secrets.keys import create_key_file

COMMAND = re.compile(r"(?<![\w/<:.])/([a-z_]+)")


@dataclass
class Page:
    """What one person sees: cards one below the other, of which the last one has buttons."""

    screens: list = field(default_factory=list)
    toast: str = ""

    @property
    def text(self):
        return html.unescape(re.sub(r"<[^>]+>", "", said(self.screens[-1].text)))

    @property
    def buttons(self):
        return [button.label for row in self.screens[-1].rows for button in row]


class MemoryChannel:
    """A `bot.conversation.channel.Channel`."""

    name = "memory"
    can = Capabilities(
        push=False,
        edits=False,
        voice_in=False,
        voice_out=False,
        files_in=True,
        menus=False,
        longest_text=100_000,
        longest_action=200,
    )

    def __init__(self):
        self.pages, self.files, self.waited = {}, {}, []
        self.database = None

    def link(self, token):
        return f"memory:{token}"

    async def show(self, handled):
        """Show it below what is there, and record that it is seen."""
        page = self.pages.setdefault(handled.chat, Page())
        page.screens += [*handled.reply.extras, handled.reply.card]
        page.toast = handled.reply.toast
        if not handled.forgotten:
            shown = {"chat_ref": handled.chat, "revision": handled.revision, "card": next(_numbers)}
            await self.database.write(partial(chats.record_shown, **shown))
        return True

    async def show_in_order(self, handled):
        await self.show(handled)

    async def send(self, *_, **__):
        raise AssertionError("nobody is written to here")

    async def hand_over(self, chat, screen):
        self.pages[chat].screens.insert(-1, screen)
        return Delivered(next(_numbers))

    async def keep_for_lookers(self, *_):
        raise AssertionError("there is no other channel")

    async def retire(self, *_):
        raise AssertionError("only the last card has buttons here")

    async def busy(self, chat):
        self.waited.append(chat)

    async def fetch(self, file):
        return self.files.get(file) or Refused(permanent=True, problem="no such file")


_numbers = count(1)  # of all that is shown and said, one after the other


class Visitor:
    """Somebody who reaches the bot by this channel."""

    def __init__(self, village):
        self._village = village
        self.address = Address("memory", secrets.token_bytes(16))
        self.chat = village.services.keys.seal_address(self.address)

    @property
    def page(self):
        return self._village.channel.pages[self.chat]

    @property
    def text(self):
        return self.page.text

    @property
    def buttons(self):
        return self.page.buttons

    async def opens(self, link):
        return await self.asks(Command("start", link.removeprefix("memory:")))

    async def commands(self, name, rest=""):
        return await self.asks(Command(name, rest))

    async def says(self, words):
        return await self.asks(Typed(words))

    async def sends(self, file, content):
        self._village.channel.files[file.file] = content
        return await self.asks(Given(file))

    async def taps(self, label):
        buttons = [button for row in self.page.screens[-1].rows for button in row]
        (action, *_) = [button.action for button in buttons if button.label.startswith(label)]
        return await self.asks(Tap(action))

    async def asks(self, asked, key=None):
        """Ask, and see what is shown; `key` where the same comes again."""
        key = key or secrets.token_hex(8)
        number = {} if isinstance(asked, Tap) else {"message": next(_numbers)}
        arrival = Arrival(self.chat, "memory", key, self._village.clock(), asked, **number)
        handled = await self._village.router.handle(arrival)
        await self._village.channel.show(handled)
        if handled.reply.due:
            await tick(self._village.services, self._village.edge)
        return self.text


class MemoryVillage(Village):
    """A village that is reached by this channel alone."""

    def __init__(self, services, clock, channel):
        super().__init__(None, services, clock, Channels(services.keys, [channel]))
        self.channel, self.router = channel, Dispatcher(services)

    async def ticks(self):
        await tick(self.services, self.edge)  # there is no bot that ticks by itself

    def link(self, token):
        return self.services.link(token)

    def visitor(self):
        return Visitor(self)

    async def librarian(self, slug):
        token = await self.write(
            access_links.create_staff,
            keys=self.services.keys,
            role=Role.LIBRARIAN,
            library=self.programme(slug).code,
            now=self.clock(),
            actor="operator",
        )
        librarian = self.visitor()
        await librarian.opens(self.link(token))
        return librarian


def said(text):
    """A text as it is read where there are no commands: their names stand in quotation marks."""
    return COMMAND.sub(r"»\1«", text)


@asynccontextmanager
async def run_memory_village(url, folder):
    """A village on this migrated database, without any line to Telegram."""
    clock, channel = Clock(), MemoryChannel()
    create_key_file(folder / "memory.key")
    settings = Settings.model_validate({"database": {"url": url}, "keys": {"file": str(folder / "memory.key")}})
    services = replace(await open_services(settings, clock=clock), link=channel.link)
    channel.database = services.database
    try:
        yield MemoryVillage(services, clock, channel)
    finally:
        await services.database.close()


@pytest.fixture
async def memory_village(village_url, tmp_path):
    async with run_memory_village(village_url, tmp_path) as running:
        yield running
