"""The bot as an operator runs it, in a process of its own, and what Linux says of that process under /proc."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.runtime.settings import Settings

ROOT = Path(__file__).parents[1]
LOG = "bot.log"
READY = "the bot is running"
MB = 1_000_000
_PATIENCE = 120.0  # seconds until it is ready, beside whatever else the machine does


@dataclass(frozen=True, slots=True)
class Sample:
    """The process at a moment: seconds since the first one, memory and database in MB, counts, processor seconds."""

    at: float
    rss: float
    pss: float
    descriptors: int
    threads: int
    database: float
    processor: float


@contextmanager
def running(folder: Path, settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """The bot with the clock of every day, which looks every quarter of a minute; its log is in the folder."""
    config = folder / "config.toml"
    telegram = settings.telegram
    config.write_text(
        f'[telegram]\ntoken = "{telegram.token}"\nbase_url = "{telegram.base_url}"\nusername = "{telegram.username}"\n'
        f'[database]\nurl = "{settings.database.url}"\n[keys]\nfile = "{settings.keys.file}"\n[health]\nport = 0\n'
    )
    command = [sys.executable, "-m", "bot", "run", "--config", str(config)]
    with (folder / LOG).open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, stderr=log, env=_compiled())
        try:
            yield process
        finally:
            process.terminate()
            process.wait()


def _compiled() -> dict[str, str]:
    """The environment of this process, but Python keeps what it compiles, as of a program that is installed."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def until_ready(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until it takes updates; raises RuntimeError with its log if it does not."""
    end = time.monotonic() + _PATIENCE
    while READY not in (said := (folder / LOG).read_text("utf-8")):
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"the bot is not ready: {said}")
        time.sleep(0.005)


def sample(pid: int, folder: Path, begun: float) -> Sample:
    """What Linux says now; `begun` is the moment of the first sample, of the monotonic clock."""
    home = Path("/proc") / str(pid)
    memory = dict(line.split(":", 1) for line in (home / "smaps_rollup").read_text().splitlines()[1:])
    rss, pss = (int(memory[key].split()[0]) * 1024 / MB for key in ("Rss", "Pss"))
    database = sum(file.stat().st_size for file in folder.glob("*.db*"))
    open_files, threads = (len(list((home / name).iterdir())) for name in ("fd", "task"))
    return Sample(time.monotonic() - begun, rss, pss, open_files, threads, database / MB, processor(pid))


def processor(pid: int) -> float:
    """Seconds of a processor that a process has taken, without those of its children."""
    words = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
