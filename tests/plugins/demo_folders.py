"""Folders of demos: the year is sown once, and every demo of a test begins in a copy of it."""

import asyncio
import shutil
from datetime import UTC, datetime

import pytest

from bot.demo.first_start import Folder, remember

TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday


@pytest.fixture(scope="session")
def sown_folder(tmp_path_factory):
    """What a first start on that day leaves before anybody has opened a link."""
    folder = Folder(tmp_path_factory.mktemp("sown") / "demo")
    folder.path.mkdir()
    asyncio.run(remember(folder, TODAY)).save(folder.memory)
    return folder.path


@pytest.fixture(scope="session")
def new_demo_folder(sown_folder):
    """Makes such a folder at a path."""
    return lambda path: shutil.copytree(sown_folder, path)
