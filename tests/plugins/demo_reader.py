"""Somebody at the table of the demo: reads and taps on one phone of the page, and moves the clock."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect


class Reader:
    """What is read and tapped on one phone of the page."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name
        self.phone = page.get_by_role("region", name=f"Telefon: {name}")
        self.card = self.phone.locator(".theirs").last

    async def takes_the_phone(self) -> None:
        await self.page.get_by_role("button", name=self.name).click()

    async def reads(self, words: str) -> None:
        await expect(self.card.locator(".words")).to_contain_text(words)

    async def taps(self, label: str) -> None:
        await self.card.get_by_role("button", name=re.compile(rf"^(✓ )?(\d+ · )?{re.escape(label)}$")).click()

    async def writes(self, words: str) -> None:
        await self.phone.get_by_role("textbox").fill(words)
        await self.page.keyboard.press("Enter")

    async def answers(self, *steps: tuple[str, str]) -> None:
        """Pairs of what is read and what is tapped; a number is typed."""
        for words, reply in steps:
            await self.reads(words)
            await (self.writes(reply) if reply.isdigit() else self.taps(reply))


async def travel(page: Page, name: str, times: int = 1) -> None:
    """Move the clock of the demo by one of its buttons, which on a small screen are away again once one was used."""
    button = page.locator("[data-travel]", has_text=name)
    for _ in range(times):
        if not await button.is_visible():
            await page.get_by_role("button", name="Možnosti").click()
        async with page.expect_response("**/phone/travel", timeout=60_000):
            await button.click()
        await expect(button).to_be_enabled()
