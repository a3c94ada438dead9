"""The calm load of `reports.py`: a few people who look at a question for a moment before they tap.

A process of its own; until it is ended it writes a line a tap, when it was answered and how long that took.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from conversation_people import Person, Server, Village

AT_ONCE = 5
THINKING = 0.1  # seconds


class Calm(Village):
    """A village whose people take their time."""

    def _go_on(self, person: Person) -> None:
        if person.query is None and person.card is not None:
            before = len(self.done)
            asyncio.get_running_loop().call_later(THINKING, self._then, person, person.card)
            if person.counts:
                now = asyncio.get_running_loop().time()
                self.done.append((now, now - person.since))
                person.counts = False
            for when, duration in self.done[before:]:
                print(when, duration, flush=True)

    def _then(self, person: Person, card: dict[str, Any]) -> None:
        if person.card is card:
            super()._go_on(person)


async def live(port: int) -> None:
    """Serve until the end."""
    village = Calm(AT_ONCE)
    await asyncio.get_running_loop().create_server(lambda: Server(village, 0.0), "127.0.0.1", port)
    print("listening", flush=True)
    village.begin()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(live(int(sys.argv[1])))
