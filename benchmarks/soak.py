"""Whether the bot stays as it is: memory, descriptors, threads and database of the real process under a long load.

    python benchmarks/soak.py                        # an hour
    python benchmarks/soak.py --minutes 10 --rate 2  # shorter, with so many turns of people a second

The bot is a process of its own on SQLite, as an operator runs it; the stand-in of Telegram and its people are another
(soak_people.py). Memory is fitted after warming. Says one line of JSON and a table; ends with status 1 where memory
grows by more than 1 MB an hour, descriptors grow, or nobody was answered. Linux only: it reads /proc.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from bot_process import LOG, Sample, running, sample, until_ready
from conversation import line_of, python
from conversation_bots import SLUG, prepare, settings_in
from soak_figures import BLOCKS, GOAL, blocks, lost, slope

from bot.runtime.services import open_services
from storage import access_links
from storage.schema import Role

TURNS_OF_ONE = 8  # nobody is done with the questionnaire in fewer
EVERY = 5.0  # seconds from sample to sample, at most


async def invited(folder: Path) -> str:
    """The token of a link for a coordinator."""
    services = await open_services(settings_in(folder, ""))
    try:
        create = partial(
            access_links.create_staff,
            keys=services.keys,
            role=Role.COORDINATOR,
            library=services.programmes[SLUG].code,
            now=services.clock(),
            actor="operator",
        )
        return await services.database.write(create)
    finally:
        await services.database.close()


def soak(folder: Path, seconds: float, warm: float, rate: float, at_once: int) -> tuple[list[Sample], dict[str, int]]:
    """Samples of the process over so many seconds after so many of warming, and what people did meanwhile."""
    people = at_once + int(rate * (seconds + warm)) // TURNS_OF_ONE
    prepare(folder, people, datetime.now(UTC))
    load = python("soak_people.py", rate, people, at_once, asyncio.run(invited(folder)))
    try:
        with running(folder, settings_in(folder, line_of(load).strip())) as bot:
            until_ready(bot, folder)
            time.sleep(warm)
            begun, found = time.monotonic(), list[Sample]()
            every = min(EVERY, seconds / (2 * BLOCKS))
            while time.monotonic() < begun + seconds or len(found) < BLOCKS:
                if bot.poll() is not None:
                    raise RuntimeError(f"the bot ended with {bot.returncode}: {(folder / LOG).read_text('utf-8')}")
                found.append(sample(bot.pid, folder, begun))
                time.sleep(every)
            load.terminate()
            done: dict[str, int] = json.loads(line_of(load))
    finally:
        load.kill()
        load.wait()
    return found, done


def told(found: list[Sample], done: dict[str, int], errors: int) -> dict[str, Any]:
    """All figures: memory in MB, its growth in MB an hour, the course in twenty pieces."""
    grows = {name: slope([one.at for one in found], [getattr(one, name) for one in found]) for name in ("rss", "pss")}
    took = found[-1].at - found[0].at
    return {
        "minutes": round(took / 60, 2),
        "rss_slope": asdict(grows["rss"]),
        "pss_slope": asdict(grows["pss"]),
        "met": grows["rss"].met,
        "sure": grows["rss"].sure,
        "descriptors_lost": lost([one.descriptors for one in found]),
        "threads_more": lost([one.threads for one in found]),
        "processor_percent": round(100 * (found[-1].processor - found[0].processor) / took, 2),
        "errors_in_log": errors,
        "people": done,
        "course": {
            name: [round(mean, 2) for mean in blocks([getattr(one, name) for one in found])]
            for name in Sample.__slots__
        },
    }


def table(figures: dict[str, Any]) -> str:
    """Markdown: at the beginning, at the end, growth."""
    course, rss, pss = figures["course"], figures["rss_slope"], figures["pss_slope"]
    growth = {name: f"{of['an_hour']:+.2f} ± {of['off']:.2f} MB an hour" for name, of in (("rss", rss), ("pss", pss))}
    growth |= {"descriptors": f"{figures['descriptors_lost']} lost", "threads": f"{figures['threads_more']} more"}
    lines = ["| what | first twentieth | last twentieth | growth |", "|---|---|---|---|"]
    for name, title in (
        ("rss", "memory (RSS), MB"),
        ("pss", "memory (PSS), MB"),
        ("descriptors", "file descriptors"),
        ("threads", "threads"),
        ("database", "database with its log, MB"),
    ):
        first, last = course[name][0], course[name][-1]
        lines.append(f"| {title} | {first:.1f} | {last:.1f} | {growth.get(name, '')} |")
    return "\n".join(lines)


def main() -> int:
    """Measure, print, and say whether the goals are met: exit status 1 if one is not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60.0, help="how long in all (default: 60)")
    parser.add_argument("--warm", type=float, help="how many of them for warming (default: a third, 15 at most)")
    parser.add_argument("--rate", type=float, default=2.0, help="turns of people a second (default: 2)")
    parser.add_argument("--at-once", type=int, default=40, help="how many people fill in at once (default: 40)")
    given = parser.parse_args()
    warm = min(given.minutes / 3, 15.0) if given.warm is None else given.warm
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        found, done = soak(folder, 60 * (given.minutes - warm), 60 * warm, given.rate, given.at_once)
        log = (folder / LOG).read_text("utf-8").splitlines()
    errors = [line for line in log if " ERROR " in line or " CRITICAL " in line]
    figures = told(found, done, len(errors))
    print(json.dumps(figures), flush=True)
    print(f"\n{table(figures)}\n", *errors[:10], sep="\n")
    sure = "" if figures["sure"] else "; the interval reaches over it, a longer soak says more"
    goals = {
        f"memory grows by at most {GOAL:g} MB an hour after warming{sure}": figures["met"],
        "no descriptor is lost": not figures["descriptors_lost"],
        "people were answered": done.get("finished", 0) + done.get("taps", 0) > 0,
    }
    for words, met in goals.items():
        print(f"{'met' if met else 'MISSED'}: {words}")
    return 0 if all(goals.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
