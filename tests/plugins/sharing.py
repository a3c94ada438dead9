"""How the tests share processors, memory and what is costly to make; see docs/decisions/test-suite.md."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

MADE_ONCE = "every_report"  # what all files that name it share, once in a run
MEMORY = Path("/dev/shm")  # where files are in memory and nothing waits for a disk
ROOM = 4 * 2**30  # what a whole run may need there, and more


class FileByFile(LoadScopeScheduling):
    """Each file of tests goes to one process, which makes what its tests share once; in the order they come in."""

    def __init__(self, config: pytest.Config, log: Producer) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return _company(nodeid.partition("::")[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FileByFile:
    """In place of groups of single tests, which pytest-xdist 3.8 does not see under pytest 9.2."""
    return FileByFile(config, log)


@cache
def _company(file: str) -> str:
    """The files that go to one process together, by a name."""
    return MADE_ONCE if MADE_ONCE in Path(file).read_text("utf-8") else file


def pytest_configure() -> None:
    """Files lie in memory where there is room for them: those of tests, of PostgreSQL, of programs that tests start."""
    if "TMPDIR" in os.environ or not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return
    if shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Long tests come first, so that no process waits for another's last."""
    result = yield
    items.sort(key=_short)  # after they were shuffled
    return result


def _short(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is None and MADE_ONCE not in getattr(item, "fixturenames", ())


def pytest_collection_finish() -> None:
    """What stands now stands till the end: no collection of garbage need look through it again, and few are needed."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)  # as the bot itself does
