"""Whatever somebody taps or types, in every role and language: what they see fits Telegram and a narrow phone.

With SCREENS=FOLDER in the environment every screen is photographed into that folder.
"""

import os
import re
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import expect
from plugins.browsers import new_context, violations
from sqlalchemy import select

from bot.routing.routes import CARDS
from bot.telegram.messages import messages
from bot.telegram.transport import TelegramBot
from bot.texts.waiting_list import BEGINS_WITH
from storage.schema import cohort, library, programme

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.asyncio(loop_scope="module")]

ALONE, BESIDE = 34, 17  # characters of a button that is not cut on 320 px: alone in its row, beside another
NARROW = {"width": 320, "height": 740}
AT_ONCE = 120  # the page shows the newest 150 messages
ELSEWHERE = {  # each is walked to in a journey of its own
    "drop_recording",  # where a question was read aloud
    "differences",  # where a questionnaire from paper was typed twice, in two ways
    "edited_story",  # where a coordinator has changed somebody's story
    "erased",  # on the phone of somebody whom a librarian erased
    "key",  # where several questionnaires of somebody may be typed in from paper
    "key_instead",  # where somebody has begun on the phone what is typed in from paper
    "kiosk_consent",  # where somebody with a card has not consented yet
    "kiosk_thanks",  # at the end of a whole questionnaire in a kiosk
    "library",  # where a library has several programmes
    "mail",  # where who answers in a browser asks for reminders by e-mail
    "own_change",  # where somebody has answered the same question twice
    "page_cost",  # where a coordinator says what a programme costs
    "page_part",  # where a library says something of itself
    "page_picture",  # where it sends a logo or a photograph
    "page_unpicture",  # where that is to be taken away
    "voice",  # where somebody has spoken
}
CUT = """() => [...document.querySelectorAll("button, .words, .choice, .file-name")]
  .filter((e) => e.checkVisibility() && !e.closest(".log .empty") && getComputedStyle(e).clipPath === "none")
  .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth + 0.5)
  .map((e) => e.outerHTML.slice(0, 120))"""


def everything(walked):
    return [*walked.staff, *(one for seen in walked.participants.values() for one in seen)]


def of_each_kind(walked):
    """One screen of each kind: alike but for numbers are alike."""
    found = {}
    for one in everything(walked):
        if one.screen.media is None:
            found.setdefault((one.view.partition(":")[0], re.sub(r"\d+|<[^>]+>", "", one.screen.text)[:30]), one)
    return list(found.values())


async def names(walked):
    """What people have called groups, programmes and libraries."""

    def read(connection):
        return {words for column in (cohort.c.name, programme.c.name, library.c.name)
                for words in connection.execute(select(column)).scalars()}  # fmt: skip

    return await walked.demo.services.database.read(read)


async def test_every_view_of_the_table_is_walked_to(walked):
    assert CARDS.keys() - {one.view.partition(":")[0] for one in everything(walked)} <= ELSEWHERE


async def test_every_screen_is_one_message(walked):
    assert [one.path for one in everything(walked) if len(messages(one.screen)) != 1] == []


async def test_no_button_is_cut_on_a_narrow_phone(walked):
    given = await names(walked)
    cut = {
        (one.view.partition(":")[0], button.label)
        for one in everything(walked)
        for row in one.screen.rows
        for button in row
        if len(button.label) > {1: ALONE, 2: BESIDE}.get(len(row), 4)
        and not any(button.label.removeprefix(f"{BEGINS_WITH} ").startswith(name) for name in given)
    }
    assert cut == set()


async def test_every_button_has_words(walked):
    labels = {button.label for one in everything(walked) for row in one.screen.rows for button in row}
    assert {label for label in labels if not re.search(r"\w", label)} == set()


async def test_every_screen_is_readable_on_narrow_phones(walked, browser, axe):
    demo, screens = walked.demo, of_each_kind(walked)
    marija = next(iter(demo.phone.owners)).id
    demo.simulator.people[marija].account.started = True
    demo.simulator.rates.strict = False
    context = await new_context(browser, viewport=NARROW, locale="sl-SI", reduced_motion="reduce")
    page = await context.new_page()
    await page.goto(demo.address)
    log = page.get_by_role("region", name="Telefon: Marija").locator(".theirs")
    async with telegram(demo) as bot:
        for start in range(0, len(screens), AT_ONCE):
            part = screens[start : start + AT_ONCE]
            for one in part:
                (message,) = messages(one.screen)
                markup = {"parse_mode": "HTML", "reply_markup": message.keyboard}
                sent = await bot.call("sendMessage", chat_id=marija, text=message.text, **markup)
            await expect(page.locator(f"[data-id='{sent['message_id']}']")).to_be_visible()
            for width in (320, 360):
                await page.set_viewport_size({**NARROW, "width": width})
                assert await page.evaluate("document.documentElement.scrollWidth") == width
                assert await page.evaluate(CUT) == []
                await photographed(log, part, width)
            assert await violations(page, axe) == []
    await context.close()


@asynccontextmanager
async def telegram(demo):
    """The bot's side of the line."""
    bot = TelegramBot(demo.simulator.token, demo.simulator.base_url, demo.simulator.base_url)
    await bot.open()
    yield bot
    await bot.close_connections()


async def photographed(log, part, width):
    """Pictures to be looked at, where they are asked for."""
    if folder := os.environ.get("SCREENS"):
        shown = await log.count()
        for place, one in enumerate(part):
            name = one.view.partition(":")[0]
            await log.nth(shown - len(part) + place).screenshot(path=f"{folder}/{width}-{name}-{place}.png")
