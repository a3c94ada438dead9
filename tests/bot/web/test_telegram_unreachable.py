"""Telegram cannot be reached when the bot starts: people answer in the browser meanwhile, in the chat afterwards."""

import asyncio

import aiohttp
import pytest
from plugins.web_village import run_web_village

BREZICE = "brezice-racunalnik"
IN_TELEGRAM = "//a[starts-with(@href, 'https://t.me/')]/@href"


async def opens(surfer, link):
    """The page of a link, once the pages are heard."""
    while True:
        try:
            return await surfer.opens(link)
        except aiohttp.ClientConnectorError:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(("configured", "offered"), [("povezujejo_bot", 1), ("", 0)])
async def test_people_answer_in_the_browser_before_telegram_can_be_reached(sqlite_url, tmp_path, configured, offered):
    async with run_web_village(sqlite_url, tmp_path, cut_off=True, username=configured) as web:
        cohort = await web.cohort(BREZICE)
        here, there = [(await web.enrol(cohort)).token for _ in range(2)]
        surfer = web.surfer()
        await opens(surfer, web.link(here))
        assert len(surfer.page.xpath(IN_TELEGRAM)) == offered
        await surfer.presses("Odgovarjam tukaj")
        await surfer.presses("Da")
        await surfer.presses("Shrani", pin="4071")
        await surfer.answers_all()
        assert surfer.question.startswith("Hvala")

        await web.simulator.comes_up()
        looks = web.surfer()
        known = []
        while not known:
            await asyncio.sleep(0.01)
            known = (await looks.opens(web.link(there))).page.xpath(IN_TELEGRAM)
        assert known == [web.village.link(there)]
        phone = web.simulator.person("Marija")
        await phone.follows(known[0])
        await phone.waits()
        assert phone.buttons[0] == "Da, želim sodelovati"
