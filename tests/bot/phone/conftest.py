"""A browser, the page, and a tiny bot that speaks HTTP to the stand-in as any bot does."""

import asyncio
import contextlib
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
import pytest_asyncio
from plugins.browsers import new_context

from bot.simulator.phone import Journey, Owner, Phone, ScannedCard
from bot.simulator.server import Simulator


class Village:
    """A clock of its own that can be moved."""

    scale = 1.0

    def __init__(self):
        self.time = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
        self.journeys = []
        self.visited = []  # whose phones get something on the way

    def now(self):
        return self.time

    async def travel(self, step):
        self.journeys.append(step)
        self.time += timedelta(days={"day": 1, "week": 7, "month": 30, "next": 3, "survey": 4}[step])
        return Journey("Ura je prestavljena.", tuple(self.visited))


class ScriptedBot:
    """Long polling and a few fixed answers: what the page needs to show everything that it can."""

    def __init__(self, simulator):
        self.base = f"{simulator.base_url}{simulator.token}/"
        self.taps = []
        self.texts = []

    async def call(self, method, **params):
        async with self.http.post(self.base + method, json=params) as answer:
            body = await answer.json()
            assert body["ok"], body
            return body["result"]

    async def send_file(self, method, kind, chat, data, name, mime, caption):
        form = aiohttp.FormData({"chat_id": str(chat), "caption": caption}, quote_fields=False)
        form.add_field(kind, data, filename=name, content_type=mime)
        async with self.http.post(self.base + method, data=form) as answer:
            assert answer.status == 200, await answer.text()

    async def ask(self, chat, number, message_id=None):
        texts = {
            1: "<b>1 od 2</b>\n\nKako pogosto vam uspe rešiti težavo brez pomoči?",
            2: "<b>2 od 2</b>\n\nKako močno čutite, da spadate v svoj kraj?",
        }
        labels = ["nikoli", "redko", "včasih", "pogosto", "vedno", "Ne vem / ne želim odgovoriti"]
        rows = [[{"text": label, "callback_data": f"a:{number}:{i}"}] for i, label in enumerate(labels)]
        rows.append([{"text": "‹ Nazaj", "callback_data": "back"}, {"text": "Preskoči", "callback_data": "skip"}])
        params = {"text": texts[number], "parse_mode": "HTML", "reply_markup": {"inline_keyboard": rows}}
        if message_id:
            return await self.call("editMessageText", chat_id=chat, message_id=message_id, **params)
        return await self.call("sendMessage", chat_id=chat, **params)

    async def take(self, update):
        if tap := update.get("callback_query"):
            self.taps.append(tap["data"])
            await self.call("answerCallbackQuery", callback_query_id=tap["id"], text="Shranjeno")
            await self.ask(tap["from"]["id"], 2, tap["message"]["message_id"])
        elif message := update.get("message"):
            self.texts.append(message.get("text", "a recording"))
            if self.texts[-1].startswith("/start"):
                await self.ask(message["chat"]["id"], 1)

    async def run(self):
        offset = 0
        async with aiohttp.ClientSession() as self.http:
            commands = [{"command": "anketa", "description": "nadaljuj vprašalnik"}]
            await self.call("setMyCommands", commands=commands)
            self.ready.set()
            while True:
                with contextlib.suppress(aiohttp.ClientError):
                    for update in await self.call("getUpdates", offset=offset, timeout=20):
                        await self.take(update)
                        offset = update["update_id"] + 1
                await asyncio.sleep(0.01)

    @contextlib.asynccontextmanager
    async def working(self):
        self.ready = asyncio.Event()
        task = asyncio.create_task(self.run())
        await self.ready.wait()
        try:
            yield self
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


class Table:
    """The table with the phones: stand-in, page, village clock and scripted bot."""

    def __init__(self, simulator, phone, village, bot):
        self.simulator, self.phone, self.village, self.bot = simulator, phone, village, bot
        self.address = f"http://127.0.0.1:{simulator.port}"
        self.marija, self.librarian, self.coordinator = list(simulator.people.values())


@pytest_asyncio.fixture(loop_scope="module")
async def table():
    village = Village()
    phone = Phone(village)
    async with Simulator.running(clock=village.now, extra_routes=phone.routes) as simulator:
        phone.attach(simulator)
        people = (
            ("Marija", "74 let", "participant"),
            ("Knjižničarka", "vpisuje", "librarian"),
            ("Koordinatorka", "bere poročila", "coordinator"),
        )
        for name, note, role in people:
            phone.owners.append(Owner(simulator.person(name).id, name, note, role))
        link = f"https://t.me/{simulator.username}?start=vabilo-1"
        phone.cards.append(ScannedCard("Migam z računalnikom", "Poskenirajte kodo s telefonom.", link))
        bot = ScriptedBot(simulator)
        async with bot.working():
            yield Table(simulator, phone, village, bot)


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser, table):
    context = await new_context(browser, viewport={"width": 360, "height": 740}, locale="sl-SI")
    opened = await context.new_page()
    problems = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda told: problems.append(told.text) if told.type == "error" else None)  # and CSP
    await opened.goto(table.address)
    await opened.wait_for_selector(".phone")
    yield opened
    await context.close()
    assert [problem for problem in problems if "net::ERR" not in problem] == []  # a stand-in may be away


def phone_of(page, name="Marija"):
    """The phone of one person on the page."""
    return page.get_by_role("region", name=f"Telefon: {name}")


async def scan_the_card(page, who="Marija"):
    """Open the printed card and read it with somebody's phone."""
    await page.get_by_role("button", name="Odpri vabilo").first.click()
    await page.get_by_role("button", name="Skeniraj s telefonom").click()
    await page.get_by_role("dialog").get_by_role("button", name=who).click()


@pytest.fixture
def on_the_table():
    """What tests do with the page, by name."""
    return phone_of, scan_the_card
