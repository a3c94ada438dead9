"""People at a real browser, with scripts and without: what they see and press."""

import os
import re
import secrets

import pytest_asyncio
from playwright.async_api import expect
from plugins.browsers import browsing, new_context, violations
from plugins.web_village import run_web_village

WAY = {True: "with scripts", False: "without scripts"}
DEVICES = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")  # what they hear hums
CUT = """() => [...document.querySelectorAll("button, a, summary, h1, h2, p, label, input, textarea")]
  .filter((e) => e.checkVisibility() && getComputedStyle(e).clipPath === "none")
  .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline" && !e.matches("input")
    || e.getBoundingClientRect().right > innerWidth + 0.5 || e.getBoundingClientRect().left < -0.5)
  .map((e) => e.outerHTML.slice(0, 120))"""
BROKEN_WORDS = """(root) => {
  const found = [], texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), range = document.createRange();
  for (let text; (text = texts.nextNode()); ) {
    if (!text.parentElement.checkVisibility() || text.parentElement.closest(".hidden")) continue;
    for (const word of text.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter((box) => box.width).map((box) => Math.round(box.top)));
      if (lines.size > 1) found.push(word[0]);
    }
  }
  return found;
}"""
SMALL_TARGETS = """() => [...document.querySelectorAll("button, .button, summary, textarea, input")]
  .filter((e) => e.checkVisibility() && !e.matches("[type=hidden], [type=checkbox]"))
  .map((e) => [e.getBoundingClientRect(), e.outerHTML.slice(0, 120)])
  .filter(([box]) => box.width < 48 || box.height < 48).map(([, html]) => html)"""


class Reader:
    """Somebody at a page of a browser."""

    def __init__(self, village, page):
        self.village, self.page = village, page

    @property
    def heading(self):
        return self.page.get_by_role("heading", level=1)

    async def text(self):
        """What stands on the page, in one line."""
        return re.sub(r"\s+", " ", await self.page.locator("#main").inner_text()).strip()

    async def opens(self, address):
        await self.page.goto(address)

    async def presses(self, label):
        """Press the button or link whose words begin so, and wait for what comes of it."""
        await self.page.evaluate("document.getElementById('main').dataset.seen = '1'")
        await self.page.locator("#main").get_by_role("button", name=re.compile(f"^{re.escape(label)}")).first.click()
        await expect(self.page.locator("#main[data-seen]")).to_have_count(0)

    async def commands(self, label):
        """A command of the menu, which is opened first."""
        await self.page.locator("summary").click()
        await self.presses(label)

    async def types(self, words, label="Pošlji"):
        await self.page.locator("[name=words]").fill(words)
        await self.presses(label)

    async def joins(self, link, pin="4071"):
        """From a card to the first question."""
        await self.opens(link)
        await self.presses("Odgovarjam tukaj")
        await self.presses("Da")
        await self.page.locator("[name=pin]").fill(pin)
        await self.presses("Shrani")

    async def answers_all(self):
        """Answer whatever is asked with the first option, and hand in."""
        for _ in range(60):
            if await self.kind() == "summary":
                return await self.presses("Oddaj odgovore")
            await self.answers_one()
        raise AssertionError("the questionnaire has no end")

    async def answers_one(self):
        """Answer the question on the page, or go on."""
        if await self.kind() == "number":
            await self.types("1")
        elif await self._has("Preskoči"):
            await self.presses("Preskoči")
        elif await self._has("Naprej ›") and await self.page.locator("#card [aria-pressed=true]").count():
            await self.presses("Naprej ›")
        else:
            await self.presses(await self.page.locator("#card .row button").first.inner_text())

    async def kind(self):
        """What kind of card there is."""
        if await self._has("Oddaj odgovore"):
            return "summary"
        if await self.page.locator("[inputmode=decimal]").count():
            return "number"
        if await self.page.locator("textarea").count():
            return "text"
        return "multiple" if await self._has("Naprej ›") else "choice"

    async def fits(self, axe):
        """Nothing is cut, no word is broken in two, everything is large enough, and axe-core has nothing against it."""
        assert await self.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert await self.page.evaluate(CUT) == []
        assert await self.page.locator("body").evaluate(BROKEN_WORDS) == []
        assert await self.page.evaluate(SMALL_TARGETS) == []
        assert await violations(self.page, axe) == []

    async def _has(self, label):
        return await self.page.locator("#main").get_by_role("button", name=label, exact=True).count() > 0


class Readers:
    """Browsers on the pages of one village."""

    def __init__(self, village, browser):
        self.village, self.browser = village, browser

    async def reader(self, *, scripts=True, width=360, height=740, **more):
        """Somebody with a device of their own."""
        context = await new_context(
            self.browser,
            base_url=self.village.address,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            locale="sl-SI",
            **more,
        )
        return Reader(self.village, await context.new_page())

    async def link(self, slug):
        """The link of somebody's card."""
        return self.village.link(
            (await self.village.enrol(await self.village.cohort(slug, name=secrets.token_hex(4)))).token
        )


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def hearing_browser():
    """A browser with a microphone and a camera that need not be allowed; starting it costs as much as a journey."""
    async with browsing(dict(os.environ), *DEVICES) as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="module")
async def readers(hearing_browser, village_url, tmp_path):
    """People at devices of their own, on the pages of a village; only for tests in the loop of their module."""
    async with run_web_village(village_url, tmp_path) as village:
        try:
            yield Readers(village, hearing_browser)
        finally:
            for context in hearing_browser.contexts:
                await context.close()
