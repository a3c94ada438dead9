"""The stand-in of Telegram for `soak.py` and `idle.py`, with people who do something so many times a second.

A process of its own. It says its address, lives until SIGTERM and then says as JSON what was done. Who has finished
makes room for the next. Mostly they fill in; some tap an old card, type at the wrong moment, ask for help; a
coordinator orders a report every few minutes; and now and then a request fails, is refused or is cut off.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections import Counter
from contextlib import suppress
from itertools import cycle
from random import Random

from conversation_bots import SLUG, TOKEN
from conversation_people import FIRST_PERSON, choice

from bot.actions import coordinator as actions
from bot.actions.choices import ReportForm
from bot.orders import report as orders
from bot.simulator.people import Person
from bot.simulator.server import Simulator
from bot.worker.jobs import ReportSpec

FAULT_EVERY, REPORT_EVERY = 60, 360  # turns
FAULTS = cycle(("cut_after", "too_many", "cut_before", "server_error"))
FAILING = cycle(("*", "editMessageText", "getUpdates"))
FORMS = cycle((ReportForm.CHAT, ReportForm.PDF))


class Load:
    """Whose turn it is and what they do; `done` counts it."""

    def __init__(self, telegram: Simulator, people: int, at_once: int, staff_token: str) -> None:
        self.telegram = telegram
        self.chance = Random(1)
        self.done: Counter[str] = Counter()
        self.left = iter(range(FIRST_PERSON, FIRST_PERSON + people))
        self.present = [person for _ in range(at_once) if (person := self._next()) is not None]
        self.aside: set[int] = set()  # who has to come back to the questionnaire
        self.seen: dict[int, int] = {}  # what had come to somebody before their last turn
        self.coordinator = telegram.person("Breda", user_id=FIRST_PERSON - 1)
        self.staff_token = staff_token

    def _next(self) -> Person | None:
        number = next(self.left, None)
        return None if number is None else self.telegram.person("Ana", user_id=number)

    async def turn(self, number: int) -> None:
        """Something happens."""
        if number % FAULT_EVERY == FAULT_EVERY - 1:
            self.telegram.faults.clear()
            self.telegram.faults.add(next(FAILING), next(FAULTS))
            self.done["failing requests"] += 1
        if number % REPORT_EVERY == REPORT_EVERY // 4:
            await self._order()
        place = number % len(self.present)
        person = self.present[place]
        if self._has_finished(person):
            self.done["finished"] += 1
            following = self._next()
            if following is None:
                raise RuntimeError("there are too few people for so long a time")
            person = self.present[place] = following
        await self._act(person)

    def _has_finished(self, person: Person) -> bool:
        shown = [message for message in person.messages if message.by_bot]
        return bool(shown) and person.id not in self.aside and (not shown[-1].buttons or "Hvala" in shown[-1].text)

    async def _act(self, person: Person) -> None:
        if self.seen.get(person.id) == person.events:
            self.done["turns after silence"] += 1
        self.seen[person.id] = person.events
        if not person.events or person.id in self.aside:
            self.aside.discard(person.id)
            await person.says("/anketa")
            self.done["commands"] += 1
            return
        card, chance = person.screen, self.chance.random()
        if chance < 0.03:
            self.aside.add(person.id)
            await person.says("/pomoc")
            self.done["commands"] += 1
        elif chance < 0.07 or not card.buttons:
            self.aside.add(person.id)
            await person.says("Kaj pa zdaj?")
            self.done["words"] += 1
        elif "Napišite številko" in card.text:
            await person.says("1")
            self.done["words"] += 1
        else:
            buttons = [button for row in card.buttons for button in row]
            chosen = buttons[choice([button.label for button in buttons])]
            await person.taps_data(card.id, chosen.data or "", again=chance < 0.1, new_query_id=True)
            self.done["taps"] += 1 + (chance < 0.1)

    async def _order(self) -> None:
        """A coordinator asks for a report, which is made in a process beside the bot."""
        if not self.coordinator.events:
            await self.coordinator.says(f"/start {self.staff_token}")
            await self.coordinator.waits()
        written = orders.written(ReportSpec("impact", SLUG))
        screen = self.coordinator.screen.id
        await self.coordinator.taps_data(screen, actions.choose_form(*written))
        await self.coordinator.taps_data(screen, actions.order_report(*written, next(FORMS)))
        self.done["reports ordered"] += 1


async def live(rate: float, people: int, at_once: int, staff_token: str) -> Counter[str]:
    """Serve until SIGTERM, with so many turns a second; without any where the rate is 0. What was done."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with Simulator.running(token=TOKEN) as telegram:
        print(telegram.base_url, flush=True)
        load, number = Load(telegram, people, at_once, staff_token), 0
        while not stop.is_set():
            if rate and telegram.requests:
                await load.turn(number)
                number += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1 / rate if rate else None)
        came = Counter(message.media.kind for message in load.coordinator.messages if message.media)
        load.done["files that came"] = came.total()
        load.done["updates that wait"] = sum(telegram.world.updates.waiting_for(person.id) for person in load.present)
        load.done["problems"] = len(telegram.problems)
        return load.done


if __name__ == "__main__":
    rate, people, at_once, token = sys.argv[1:]
    print(json.dumps(asyncio.run(live(float(rate), int(people), int(at_once), token))), flush=True)
