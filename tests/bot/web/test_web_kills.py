"""The process with the pages is killed while forms come in: what was answered is stored once, the page shows it."""

import asyncio
import random
import signal

import aiohttp
import pytest
from lxml import html
from plugins.processes import Nursery, free_port, run_town
from plugins.web_village import WebVillage
from sqlalchemy import func, select

from bot.routing.looking import look
from storage.schema import answer, run, web_session

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.both_databases]

STEADY = ""
AT_ANY_MOMENT = "at any moment"
DEATHS = (
    "before commit:_commit:1",
    "after commit:_commit:1",
    AT_ANY_MOMENT,
    "reading::2",
    AT_ANY_MOMENT,
    "before commit:_commit:1",
    "after commit:_commit:1",
)
# How many answers there are, and how often one was given: each raises the revision of its questionnaire.
_STORED = select(
    select(func.count(answer.c.item)).scalar_subquery(), select(func.sum(run.c.revision)).scalar_subquery()
)


class MortalPages:
    """A browser whose requests are sent until they are answered, by a bot that is born again whenever it dies."""

    def __init__(self, town, browser, seed):
        self.town, self.browser, self.random = town, browser, random.Random(seed)
        self.life, self.deaths, self._executioner = None, 0, None

    async def lives(self, dies=STEADY):
        """A new life, which ends at this point."""
        if self.life is not None:
            self.life.kill()
            await self.life.gone()
        self.life = await self.town.start(dies="" if dies == AT_ANY_MOMENT else dies)
        await self.life.receives()  # or dies before
        if dies == AT_ANY_MOMENT:
            self._executioner = asyncio.create_task(self._kill_soon(self.life))

    async def _kill_soon(self, life):
        await asyncio.sleep(self.random.random() * 0.1)
        life.kill()

    async def answered(self, method, address, **how):
        """Status and page of the first answer; what is cut off is sent again."""
        while True:
            try:
                async with self.browser.client.request(method, address, allow_redirects=False, **how) as response:
                    return response.status, await response.text()
            except aiohttp.ClientError:
                assert await self.life.gone() == -signal.SIGKILL, self.town.log_text()
                self.deaths += 1
                await self.lives()

    async def looks(self):
        """The page, which shows the card that is stored."""
        status, text = await self.answered("GET", "/")
        assert status == 200
        page = self.browser.page = html.document_fromstring(text)
        (chat,) = await self.town.read(lambda c: c.scalars(select(web_session.c.chat)).all())
        stored = await self.town.read(lambda c: look(c, self.town.services, chat, self.town.clock(), "web"))
        assert page.get_element_by_id("card").get("data-revision") == str(stored.revision)
        shown = [one.get("value") for one in page.xpath("//button[@name='action']")]
        assert shown == [one.action for line in stored.screen.rows for one in line]

    def an_answer(self):
        """The form of some answer to the question on the page."""
        answers = self.browser.page.xpath("//button[starts-with(@value, 'answer_question')]")
        if fields := self.browser.page.xpath("//*[@id='words']"):
            return self.browser.form(fields[0].getparent().xpath("./button")[0], words="1")
        return self.browser.form(self.random.choice(answers))


async def test_what_was_answered_is_stored_once_whenever_the_process_is_killed(database_url, tmp_path):
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    web = {"public_url": address, "port": port}
    async with Nursery.running() as nursery, run_town(database_url, tmp_path / "town", nursery, web=web) as town:
        village = WebVillage(town, address)
        pages = MortalPages(town, village.surfer(), seed=1)
        await pages.lives()
        enrolled = await town.enrol(await town.cohort("brezice-racunalnik"))
        await pages.browser.joins(village.link(enrolled.token))
        await pages.browser.presses("Da")
        await pages.browser.presses("Shrani", pin="4071")
        for number, dies in enumerate(DEATHS, 1):
            await pages.looks()
            action, data = pages.an_answer()
            await pages.lives(dies)
            stored = []
            for _ in range(2):  # the second time it changes nothing
                assert (await pages.answered("POST", action, data=data))[0] == 303
                stored.append(await town.read(lambda c: tuple(c.execute(_STORED).one())))
            assert stored[0] == stored[1]
            assert stored[0][1] == number
            await pages.looks()
        assert pages.deaths >= len([one for one in DEATHS if one != AT_ANY_MOMENT])
        pages.life.kill()
        await pages.life.gone()
        await village.close()
