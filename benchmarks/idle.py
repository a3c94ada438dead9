"""What the bot takes while nobody writes to it: from its start until it is ready, memory, processor.

    python benchmarks/idle.py                       # about eight minutes
    python benchmarks/idle.py --minutes 1 --starts 1

The bot is a process of its own on SQLite with a group of forty, as an operator runs it; the stand-in of Telegram is
another. Says one line of JSON and a table; ends with status 1 where a goal is missed. Linux only: it reads /proc.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bot_process import processor, running, sample, until_ready
from conversation import line_of, python
from conversation_bots import prepare, settings_in

from bot.runtime.settings import Settings

PEOPLE = 40
GOALS = {"start_s": 2.0, "memory_mb": 120.0, "processor_percent": 0.1}
TITLES = {
    "start_s": "from the start until it is ready, s",
    "start_processor_s": "processor time until then, s",
    "memory_mb": "memory (RSS) of the idle bot, MB",
    "memory_pss_mb": "the same, what it shares divided by who shares it (PSS), MB",
    "processor_percent": "processor of the idle bot, % of one core",
}


@contextmanager
def started(folder: Path, settings: Settings, took: list[tuple[float, float]]) -> Iterator[int]:
    """The ready bot by its number; `took` gets the seconds of the clock and of a processor until then."""
    begun = time.monotonic()
    with running(folder, settings) as bot:
        until_ready(bot, folder)
        took.append((time.monotonic() - begun, processor(bot.pid)))
        yield bot.pid


def watched(pid: int, folder: Path, settle: float, seconds: float) -> dict[str, float]:
    """The bot after it has settled: memory at the end, the share of a processor over so many seconds."""
    time.sleep(settle)
    begun = time.monotonic()
    first = sample(pid, folder, begun)
    time.sleep(seconds)
    last = sample(pid, folder, begun)
    share = 100 * (last.processor - first.processor) / (last.at - first.at)
    return {"memory_mb": last.rss, "memory_pss_mb": last.pss, "processor_percent": share}


def main() -> int:
    """Measure, print, and say whether the goals are met: exit status 1 if one is not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=5.0, help="how long it is watched (default: 5)")
    parser.add_argument("--settle", type=float, default=1.5, help="minutes before that (default: 1.5)")
    parser.add_argument("--starts", type=int, default=5, help="how often it is started (default: 5)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, PEOPLE, datetime.now(UTC))
        telegram = python("soak_people.py", 0, 0, 0, "")
        try:
            settings = settings_in(folder, line_of(telegram).strip())
            took: list[tuple[float, float]] = []
            for _ in range(given.starts - 1):
                with started(folder, settings, took):
                    pass
            with started(folder, settings, took) as pid:
                figures = watched(pid, folder, 60 * given.settle, 60 * given.minutes)
        finally:
            telegram.kill()
            telegram.wait()
    clock, taken = zip(*took, strict=True)
    figures |= {"start_s": median(clock), "start_processor_s": median(taken)}
    print(json.dumps(figures | {"starts": clock, "minutes": given.minutes}), flush=True)
    print("\n| what | measured | goal |\n|---|---|---|")
    for key, title in TITLES.items():
        print(f"| {title} | {figures[key]:.2f} | {f'at most {GOALS[key]:g}' if key in GOALS else ''} |")
    missed = [TITLES[key] for key, goal in GOALS.items() if figures[key] > goal]
    print(f"\nMISSED: {'; '.join(missed)}" if missed else "\nmet: all goals")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
