"""The demo as a whole: stand-in, phones, village clock and the real bot, in one process and one folder."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.app import serve
from bot.demo.cards import OpenPlace, number_of, open_place
from bot.demo.clock import VillageClock
from bot.demo.cohorts import OPEN_AT
from bot.demo.first_start import SEATS, USERNAME, Folder, remember, settle_villagers
from bot.demo.memory import Memory
from bot.demo.ports import free_port
from bot.demo.time_travel import Traveller, every
from bot.runtime.services import Services, open_services
from bot.simulator.phone import Owner, Phone, ScannedCard
from bot.simulator.server import Simulator
from bot.texts.printed import NO_CAMERA, THEN_NUMBER
from storage import access_links, demonstration
from storage.schema import Role

CHORES_SECONDS = 30.0
SAVED_SECONDS = 10.0
CARD_WORDS = "Poskenirajte kodo s telefonom ali jo odprite v brskalniku. Pogovor se začne sam."


class Demo:
    """One running demo; made by `running`."""

    def __init__(self, folder: Folder, memory: Memory, clock: VillageClock) -> None:
        self.clock = clock
        self.phone: Phone
        self.simulator: Simulator
        self.services: Services
        self._folder = folder
        self._memory = memory
        self._arrived: list[int] = []
        self._saved_at = 0.0
        self._wake = asyncio.Event()
        self._stop = asyncio.Event()
        self.traveller = Traveller(clock, memory.last_villager, self._arrived)

    @property
    def address(self) -> str:
        """Where the browser finds the phones."""
        return f"http://127.0.0.1:{self.simulator.port}/"

    async def set_up(self, port: int, stack: contextlib.AsyncExitStack) -> None:
        """Put everything in its place; `stack` takes it away again, in the other order."""
        memory = self._memory
        self.phone = Phone(self.traveller)
        self.simulator = await Simulator.start(
            port=port,
            token=memory.token,
            username=USERNAME,
            clock=self.clock.now,
            extra_routes=self.phone.routes,
            state=memory.telegram,
        )
        stack.push_async_callback(self.simulator.stop)
        self.phone.attach(self.simulator)
        self._seat_people()
        self.simulator.world.listeners.append(self._notice)
        settings = self._folder.settings(memory.token, self.simulator.base_url, free_port(self.simulator.port + 1))
        self.simulator.world.pages = settings.web.public_url
        self.services = await open_services(settings, clock=self.clock.now)
        self.services = replace(self.services, link=settings.web.link)
        stack.push_async_callback(self.services.database.close)
        if not self.services.demo:  # sown before databases said so
            await self.services.database.write(partial(demonstration.mark, now=self.clock.now()))
            self.services = replace(self.services, demo=True)
        await self._switch_on(stack)
        if memory.telegram is None:
            await self._open_links()
        await self._lay_card()
        self._save()
        chores = asyncio.create_task(every(CHORES_SECONDS, self._chores, self._wake))
        stack.push_async_callback(_end, chores)

    async def _switch_on(self, stack: contextlib.AsyncExitStack) -> None:
        """Start the bot, and wait until it receives."""
        ready = asyncio.Event()
        serving = serve(
            self.services,
            self._stop,
            deliver=self.traveller.deliver,
            ready=ready.set,
            telegram_link=lambda token: f"{self.address}#start={token}",
        )
        bot = asyncio.create_task(serving)
        stack.push_async_callback(self._switch_off, bot)
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait({bot, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if bot.done():
            await bot

    async def _switch_off(self, bot: asyncio.Task[None]) -> None:
        self._stop.set()
        await asyncio.wait({bot})
        self._save()

    def _seat_people(self) -> None:
        memory = self._memory
        if memory.telegram is None:
            settle_villagers(self.simulator, memory.villagers)
            memory.villagers = []
            for seat in SEATS:
                person = self.simulator.person(seat.name, seat.language)
                memory.owners.append(Owner(person.id, seat.name, seat.note, seat.role))
        self.phone.owners = memory.owners

    async def _open_links(self) -> None:
        """Staff and the guest open their links, as real people do."""
        seated = []
        for seat, owner in zip(SEATS, self._memory.owners, strict=True):
            token = self._memory.guest if seat.guest else await self._staff_token(seat.staff) if seat.staff else None
            if token is not None:
                seated.append(self.simulator.people[owner.id])
                await seated[-1].follows(self.services.link(token))
        for person in seated:
            await person.settles()
        self._memory.guest = ""

    async def _staff_token(self, role: Role) -> str:
        library = None if role is Role.NATIONAL else self.services.programmes[OPEN_AT].code
        invite = partial(
            access_links.create_staff, keys=self.services.keys, role=role, library=library, actor="operator"
        )
        return await self.services.database.write(partial(invite, now=self.services.clock()))

    def _notice(self, chat_id: int, what: str) -> None:
        self._wake.set()
        if what == "sent" and any(owner.id == chat_id for owner in self._memory.owners):
            self._arrived.append(chat_id)

    async def _chores(self) -> None:
        """A fresh card where the old one was used, and everything remembered now and then."""
        await self._lay_card()
        if time.monotonic() - self._saved_at > SAVED_SECONDS:
            self._save()

    async def _lay_card(self) -> None:
        memory = self._memory
        before = OpenPlace(memory.open_cohort, memory.card)
        place = await self.services.database.write(partial(open_place, services=self.services, place=before))
        if place == before and self.phone.cards:
            return
        memory.open_cohort, memory.card = place.cohort, place.token
        programme = self.services.programmes[OPEN_AT]
        title = f"{programme.library}: {programme.group}"
        number = await self.services.database.read(partial(number_of, services=self.services, place=place))
        typed = f" {NO_CAMERA} {self.services.settings.web.typed} {THEN_NUMBER} {number}" if number else ""
        self.phone.cards = [ScannedCard(title, f"{CARD_WORDS}{typed}", self.services.link(place.token))]
        self.phone.refresh()

    def _save(self) -> None:
        self._memory.now = self.clock.now()
        self._memory.telegram = self.simulator.snapshot()
        self._memory.save(self._folder.memory)
        self._saved_at = time.monotonic()


@contextlib.asynccontextmanager
async def running(
    data_dir: Path, *, port: int = 0, scale: float = 1.0, today: datetime | None = None
) -> AsyncIterator[Demo]:
    """Start, hand out, and stop a demo. `today` is the day of its first start, where it must always be the same.

    Raises Problem where another demo runs in the folder.
    """
    folder = Folder(await asyncio.to_thread(data_dir.absolute))
    async with contextlib.AsyncExitStack() as stack:
        stack.enter_context(folder.occupied())
        memory = await remember(folder, today or datetime.now(UTC))
        demo = Demo(folder, memory, VillageClock(memory.now, scale))
        await demo.set_up(port, stack)
        yield demo


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})
