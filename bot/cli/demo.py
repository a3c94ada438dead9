"""`demo`: everything on this machine. Reads no configuration."""

from __future__ import annotations

import asyncio
import os
import sys

from bot.cli.options import DemoOptions
from bot.demo import run_demo


def run(given: DemoOptions) -> None:
    """Run the demo until Ctrl-C."""
    browser = not given.no_browser and sys.stdout.isatty() and _has_desktop()
    asyncio.run(run_demo(given.port, given.data_dir, given.time_scale, browser=browser))


def _has_desktop() -> bool:
    """Elsewhere a browser of the terminal would open, and take the terminal."""
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
