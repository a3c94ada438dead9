"""How the tests share processors, memory and what is costly to make; see docs/decisions/test-suite.md."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

COSTLY = ("walked", "every_report")  # made once in a run: all tests that ask for one stay in one process
COSTLY_IN_A_FILE = ("browser", "sown", "country_today")  # made once in a file: its tests stay together
MEMORY = Path("/dev/shm")  # where files are in memory and nothing waits for a disk
ROOM = 4 * 2**30  # what a whole run may need there, and more


def pytest_configure(config: pytest.Config) -> None:
    """Files of tests lie in memory where there is room for them."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """What is costly is made in one process; long tests come first, so that no process waits for another's last."""
    for item in items:
        if (group := _group(item)) is not None:
            item.add_marker(pytest.mark.xdist_group(group))
    result = yield
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)  # after they were shuffled
    return result


def _group(item: pytest.Item) -> str | None:
    wanted = getattr(item, "fixturenames", ())
    of_its_file = item.path.stem if any(name in wanted for name in COSTLY_IN_A_FILE) else None
    return next((name for name in COSTLY if name in wanted), of_its_file)


def pytest_collection_finish() -> None:
    """What stands now stands till the end: no collection of garbage need look through it again."""
    gc.collect()
    gc.freeze()
