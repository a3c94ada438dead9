"""The demo for somebody at this machine: starts it, says where it is, opens the browser, ends it with Ctrl-C."""

from __future__ import annotations

import asyncio
import sys
import webbrowser
from pathlib import Path

from bot.app import told_to_stop
from bot.cli.problem import CommandProblem
from bot.demo.ports import free_port, is_free
from bot.demo.running import running

USUAL_PORT = 8674


async def run_demo(port: int | None, data_dir: Path, time_scale: float = 1.0, *, browser: bool = True) -> None:
    """Run the demo until Ctrl-C or SIGTERM. Port None: the usual one where it is free, else any.

    Raises Problem with one sentence where the demo cannot be.
    """
    chosen = _port(port)
    stop = told_to_stop()
    _say("The demo is being prepared; on its first start this takes some seconds.")
    async with running(data_dir, port=chosen, scale=time_scale) as demo:
        _say(f"The phones are at {demo.address} – Ctrl-C ends the demo, and the next start goes on from there.")
        if browser:
            await asyncio.to_thread(webbrowser.open, demo.address)
        await stop.wait()
    _say("The demo has ended.")


def _port(asked: int | None) -> int:
    if asked is None:
        return free_port(USUAL_PORT)
    if not is_free(asked):
        raise CommandProblem(f"Port {asked} is in use: choose another with --port, or leave it out.")
    return asked


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
