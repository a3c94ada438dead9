"""What a card in the browser costs the server, as a ratio to a tap in the chat, and 300 people at once on one process.

    python benchmarks/web.py            # about four minutes
    python benchmarks/web.py --rounds 1 --seconds 2

One process of our bot does everything, on SQLite with synchronous=FULL: first people tap in the chat
(`conversation_people.py`), then others answer in browsers with script (the next card comes with the answer) and without
(a form, then the page). Server time is processor time of that process: what else the machine does weighs little.
Each way is held against the chat of the same round, a life of that process; the median over the rounds counts.
Ends with status 1 where the goal is missed or anything is not answered as it should be. Linux only: it reads /proc.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
from bot_process import processor
from conversation import free_port, line_of, python
from conversation_bots import MORNING, enrol, ours, prepare, settings_in
from conversation_people import choice

PEOPLE = 300
GOAL = 1.5  # times the server time of a tap
_HIDDEN = re.compile(r'name="(token|nonce|revision)" value="([^"]*)"')
_BUTTON = re.compile(r'<button name="action" value="([^"]+)"[^>]*>([^<]*)</button>')


@dataclass(frozen=True)
class Figures:
    """One way of answering: server time of an answer in ms, answers a second, time until it is there in ms."""

    server_ms: float
    per_second: float
    p50: float
    p99: float
    problems: int = 0


def sow(folder: Path, people: int, name: str) -> list[str]:
    """People of a group who answer in browsers; what their cookies hold."""
    from bot.runtime.services import open_services_now  # noqa: PLC0415 - the load does without
    from bot.web.channel import WebChannel  # noqa: PLC0415
    from storage.web import pins, sessions  # noqa: PLC0415

    services = open_services_now(settings_in(folder, ""), clock=lambda: MORNING)
    chats = [WebChannel(services).new_chat() for _ in range(people)]

    def unit(connection: Any) -> list[str]:
        enrol(connection, services, chats, name)
        for chat in chats:
            pins.choose(connection, services.keys, chat, "4071", MORNING)
        return [sessions.begin(connection, chat, MORNING, sessions.OWN_LIFE, own_device=True) for chat in chats]

    return services.database.write_now(unit)


class Surfers:
    """People who answer what is asked as soon as it is there."""

    def __init__(self, address: str, cookies: list[str], *, script: bool) -> None:
        self.address, self.cookies, self.script = address, [f"seja={one}" for one in cookies], script
        self.took: list[float] = []
        self.problems = 0

    async def answer(self, seconds: float, pid: int) -> Figures:
        """All of them at once, for so long, after each has come to the first question."""
        headers = {"Origin": self.address, "Sec-Fetch-Site": "same-origin"} | ({"X-Card": "1"} if self.script else {})
        async with aiohttp.ClientSession(
            self.address,
            headers=headers,
            connector=aiohttp.TCPConnector(limit=0),
            cookie_jar=aiohttp.DummyCookieJar(),
        ) as client:
            pages = await asyncio.gather(*(self._comes(client, one) for one in self.cookies))
            begun, used = time.monotonic(), processor(pid)
            await asyncio.gather(
                *(self._goes_on(client, *one, begun + seconds) for one in zip(self.cookies, pages, strict=True))
            )
            length, used, took = time.monotonic() - begun, processor(pid) - used, sorted(self.took)
        p50, p99 = (1000 * took[int(len(took) * share)] for share in (0.5, 0.99))
        return Figures(1000 * used / len(took), len(took) / length, p50, p99, self.problems)

    async def _comes(self, client: aiohttp.ClientSession, cookie: str) -> str:
        async with client.get("/", headers={"Cookie": cookie}) as response:
            page = await response.text()
        return await self._sends(client, cookie, page, command="anketa")

    async def _goes_on(self, client: aiohttp.ClientSession, cookie: str, page: str, end: float) -> None:
        while time.monotonic() < end and (buttons := _BUTTON.findall(page)) and "Hvala" not in page:
            begun = time.perf_counter()
            page = await self._sends(client, cookie, page, action=buttons[choice([label for _, label in buttons])][0])
            self.took.append(time.perf_counter() - begun)

    async def _sends(self, client: aiohttp.ClientSession, cookie: str, page: str, **asked: str) -> str:
        """A form of a page; the page that comes then."""
        async with client.post(
            "/", data={**dict(_HIDDEN.findall(page)), **asked}, headers={"Cookie": cookie}
        ) as response:
            page = await response.text()
            self.problems += not response.ok or 'id="card"' not in page
        return page


def taps(bot: int, load: Any) -> Figures:
    """The same in the chat: the load says when it measures, and how many there were."""
    line_of(load)
    begun, used = time.monotonic(), processor(bot)
    found = json.loads(line_of(load))
    share = (processor(bot) - used) / (time.monotonic() - begun)
    return Figures(1000 * share / found["per_second"], *(found[key] for key in ("per_second", "p50", "p99")))


def measure(folder: Path, cookies: dict[bool, list[str]], people: int, seconds: float) -> dict[str, Figures]:
    """The three ways, one after the other, in one life of the bot."""
    telegram, web = free_port(), free_port()
    load = python("conversation_people.py", telegram, 0, people, seconds / 4, seconds)
    line_of(load)
    bot = python("web.py", "--bot", telegram, web, folder)
    processes = [load, bot]
    try:
        line_of(bot)
        found = {"chat": taps(bot.pid, load)}
        processes.append(python("conversation_people.py", telegram, 0, 0, 0, 0))  # nobody writes any more
        line_of(processes[-1])
        for script, key in ((True, "script"), (False, "forms")):
            people_there = Surfers(f"http://127.0.0.1:{web}", cookies[script], script=script)
            found[key] = asyncio.run(people_there.answer(seconds, bot.pid))
    finally:
        for process in processes:
            process.kill()
            process.wait()
    return found


def ratio(rounds: list[dict[str, Figures]], key: str, figure: str) -> float:
    """How many times as much as in the chat of the same round: the median over the rounds."""
    return median(getattr(found[key], figure) / getattr(found["chat"], figure) for found in rounds)


TITLES = {"chat": "tap in the chat", "script": "card in a browser with script", "forms": "form and page, no script"}


def main() -> int:
    """Measure, print, and say whether the goals are met: exit status 1 if one is not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=12.0, help="how long each way is measured (default: 12)")
    parser.add_argument("--rounds", type=int, default=5, help="how often (default: 5)")
    parser.add_argument("--people", type=int, default=PEOPLE, help=f"how many at once (default: {PEOPLE})")
    parser.add_argument("--bot", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.bot:
        telegram, web, folder = given.bot
        pages = {"public_url": f"http://127.0.0.1:{web}", "port": int(web)}
        ours(f"http://127.0.0.1:{telegram}/bot", Path(folder), web=pages)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        cookies = {script: sow(folder, given.people, f"Skupina {script}") for script in (True, False)}
        rounds = [measure(folder, cookies, given.people, given.seconds) for _ in range(given.rounds)]
    print(f"{given.people} people at once, {len(rounds)} rounds\n")
    print("| way | server time | answers/s | p50 | p99 |\n|---|---|---|---|---|")
    for key, title in TITLES.items():
        ratios = [ratio(rounds, key, figure) for figure in ("server_ms", "per_second", "p50", "p99")]
        print(f"| {title} | {' | '.join(f'{one:.2f} ×' for one in ratios)} |")
    problems, card = (
        sum(one.problems for found in rounds for one in found.values()),
        ratio(rounds, "script", "server_ms"),
    )
    told = {key: [round(found[key].server_ms, 3) for found in rounds] for key in TITLES}
    print(json.dumps({"server_ms": told, "ratio": card, "problems": problems}))
    return 1 if problems or card > GOAL else 0


if __name__ == "__main__":
    sys.exit(main())
