"""What it costs that several processes keep Telegram's rate together on PostgreSQL (docs/decisions/shared-rate.md).

    python benchmarks/shared_rate.py        # about a minute

How long a reply waits for its place while nothing else is sent, with a budget of its own and with the shared one; and
how many messages a second leave one, two and three processes that have enough to send, with how many statements.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import TypeVar

from sqlalchemy import Connection

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]

from plugins.databases import start  # noqa: E402 - after the path

from bot.telegram.limiter import Limiter, Rates  # noqa: E402 - after the path
from bot.telegram.shared_budget import SharedBudget  # noqa: E402 - after the path
from storage.engine.migrate import upgrade  # noqa: E402 - after the path
from storage.engine.single_statements import SingleStatements  # noqa: E402 - after the path

T = TypeVar("T")
QUIET, BUSY_SECONDS = 200, 8.0


class Counted(SingleStatements):
    """Statements that are counted."""

    asked = 0

    async def run(self, fn: Callable[[Connection], T]) -> T:
        """As it is."""
        self.asked += 1
        return await super().run(fn)


async def quiet(limiter: Limiter) -> list[float]:
    """Milliseconds that each of a few replies a second waits."""
    found = []
    for chat in range(QUIET):
        await asyncio.sleep(0.05)
        begun = time.perf_counter()
        await limiter.admit(chat)
        found.append((time.perf_counter() - begun) * 1000)
    return found


async def busy(limiters: list[Limiter], *, bulk: bool) -> tuple[float, int]:
    """Messages a second after the first burst, and the most in any second."""
    left: list[float] = []
    chats = count()

    async def send(limiter: Limiter) -> None:
        while True:
            await limiter.admit(next(chats), bulk=bulk)
            left.append(time.monotonic())

    sending = [asyncio.create_task(send(limiter)) for limiter in limiters for _ in range(40)]
    await asyncio.sleep(BUSY_SECONDS)
    for one in sending:
        one.cancel()
    later = [moment for moment in left if moment > left[0] + 1]
    most = max(sum(begin <= moment < begin + 1 for moment in left) for begin in left)
    return len(later) / (later[-1] - later[0]), most


async def measure(url: str) -> None:
    """Print both tables."""
    statements = [Counted(url) for _ in range(3)]
    gap = 1.0 / Rates().overall

    def shared(processes: int) -> list[Limiter]:
        return [Limiter(shared=SharedBudget(one, gap)) for one in statements[:processes]]

    print("| a reply waits, ms | median | 95 of 100 |\n|---|---|---|")
    for name, limiter in (("a budget of its own", Limiter()), ("the shared one", shared(1)[0])):
        waited = await quiet(limiter)
        print(f"| {name} | {median(waited):.2f} | {quantiles(waited, n=20)[-1]:.2f} |", flush=True)
    print("\n| enough to send | processes | messages a second | most in a second | statements a second |")
    print("|---|---|---|---|---|")
    await asyncio.sleep(1)
    for kind, bulk in (("replies", False), ("bulk", True)):
        for name, limiters in (("1, alone", [Limiter()]), *((str(many), shared(many)) for many in (1, 2, 3))):
            for one in statements:
                one.asked = 0
            rate, most = await busy(limiters, bulk=bulk)
            asked = sum(one.asked for one in statements) / BUSY_SECONDS
            print(f"| {kind} | {name} | {rate:.1f} | {most} | {asked:.1f} |", flush=True)
            await asyncio.sleep(2)
    for one in statements:
        await one.close()


def main() -> None:
    """Measure on a PostgreSQL of its own."""
    folder = Path(tempfile.mkdtemp(prefix="povezujejo-pg-"))
    cluster, keeper = start(folder)
    try:
        cluster.run("CREATE DATABASE benchmark")
        upgrade(cluster.url("benchmark"))
        asyncio.run(measure(cluster.url("benchmark")))
    finally:
        if keeper.stdin is not None:
            keeper.stdin.close()
        keeper.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
