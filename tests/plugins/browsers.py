"""A headless browser and the rules of axe-core, for tests of what is seen on a screen."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from plugins.typefaces import AS_IS, NARROW, WIDE, machine_with

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AXE = "axe-core@4.14.1"
PATIENCE = 120_000.0  # milliseconds; only what fails waits so long: machines are shared
BY_COLOURS = ("color-contrast", "link-in-text-block")  # the rules of axe-core that look at them


expect.set_options(timeout=PATIENCE)


async def new_context(browser: Browser, **how: Any) -> BrowserContext:
    """A browser's new window, in which everything is waited for with patience."""
    context = await browser.new_context(**how)
    context.set_default_timeout(PATIENCE)
    return context


def chromium() -> str:
    """Path of a browser; its absence is an error where CI is set, and a named skip elsewhere."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        words = f"no browser on PATH; looked for {', '.join(NAMES)}"
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(words)
        pytest.skip(words)
    return found


@asynccontextmanager
async def browsing(fonts: dict[str, str], *switches: str) -> AsyncIterator[Browser]:
    """A browser in an environment that says which fonts the machine has, with switches of its command line."""
    path = chromium()
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", *switches], env=dict(fonts)
        )
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Browser]:
    """A browser with one font, the same everywhere; pictures are taken with those of the machine, for their signs."""
    pictures = bool(os.environ.get("PICTURES"))
    fonts = dict(os.environ) if pictures else machine_with(AS_IS, tmp_path_factory.mktemp("fonts"))
    async with browsing(fonts) as started:
        yield started


@pytest_asyncio.fixture(loop_scope="module", scope="module", params=[WIDE, NARROW], ids=["wide font", "narrow font"])
async def other_browser(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Browser]:
    """The browser of somebody whose machine has another font."""
    async with browsing(machine_with(request.param, tmp_path_factory.mktemp("fonts"))) as started:
        yield started


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The rules of axe-core, fetched into a folder of the test run by the npm client; else a named skip."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("axe-core was not asked: there is no npm client; the assertions above hold without it")
    folder = tmp_path_factory.mktemp("axe")

    call = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--silent", AXE]
    try:
        subprocess.run(call, check=True, timeout=60)
    except (subprocess.SubprocessError, OSError):
        pytest.skip("axe-core was not asked: the npm client could not fetch it; the assertions above hold without it")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


async def violations(page: Page, axe: str, rules: Sequence[str] = ()) -> list[tuple[str, list[str]]]:
    """What axe-core has against a page, by all its rules or by these: the rule and the elements."""
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(axe)
    options = {"resultTypes": ["violations"]} | ({"runOnly": list(rules)} if rules else {})
    result = await page.evaluate("options => axe.run(document, options)", options)
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in result["violations"]]
