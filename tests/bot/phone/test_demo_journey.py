"""The journey of the demo in a browser: from a scanned card to the report that the coordinator reads.

With PICTURES=1 in the environment the pictures of the README are taken on the way, into docs/slike.
"""

import asyncio
import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import expect
from plugins.browsers import new_context
from plugins.demo_reader import Reader, travel

from bot.demo.running import running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.asyncio(loop_scope="module")]

TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday
PICTURES = Path(__file__).parents[3] / "docs" / "slike"
SEATED = 5  # phones on the table
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1366, "height": 820}


async def picture(page, name, size=PHONE):
    """Take a picture for the README, where it is asked for."""
    if os.environ.get("PICTURES"):
        await page.set_viewport_size(size)
        await page.mouse.move(1, 1)
        await page.wait_for_timeout(2500)  # until toasts are gone
        PICTURES.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=PICTURES / f"{name}.png")
        await page.set_viewport_size(PHONE)


LIFE = (
    ("vprašanja o vašem življenju", "Naprej ›"),
    ("uspe rešiti težavo", "včasih"),
    ("spadate v svoj kraj", "močno"),
    ("čutite osamljenost", "zelo redko"),
    ("s svojim življenjem", "precej"),
)
BEFORE = (
    ("prepoznati goljufivo sporočilo", "zelo težko"),
    ("Koliko dni na teden", "3"),
    ("Za kaj uporabljate računalnik", "e-pošta"),
    ("Vaš odgovor: e-pošta", "Naprej ›"),
    *LIFE,
)
AFTER = (
    ("delo z računalnikom", "precej dobro"),
    ("Za kaj uporabljate računalnik", "e-pošta"),
    ("Vaš odgovor: e-pošta", "Naprej ›"),
    *LIFE,
    ("znate kaj novega", "da"),
    ("zaupate vase", "da"),
    ("novo znanje uporabljati", "da"),
    ("kaj vse ponuja knjižnica", "da"),
    ("Kaj je za vas zdaj drugače", "Preskoči"),
)
FOLLOWUP = (
    ("delo z računalnikom", "brez težav"),
    ("prepoznati goljufivo sporočilo", "precej dobro"),
    ("Koliko dni na teden", "5"),
    *LIFE,
    ("uporabili, kar ste se naučili", "da"),
)


async def test_from_the_card_to_the_report(browser, tmp_path):
    async with running(tmp_path / "demo", scale=0, today=TODAY) as demo:
        context = await new_context(browser, viewport=PHONE, locale="sl-SI", reduced_motion="reduce")
        page = await context.new_page()
        await page.goto(demo.address)
        marija, coordinator = Reader(page, "Marija"), Reader(page, "Koordinatorka")

        await join_and_answer(page, marija)
        await enrol_somebody(page, Reader(page, "Knjižničarka"))
        await marija.takes_the_phone()
        await wait_for_the_follow_up(page, marija)
        await read_the_reports(page, coordinator)
        await context.close()
        assert demo.simulator.problems == []


async def test_a_card_is_joined_in_the_browser_as_well_and_staff_work_there(browser, tmp_path):
    async with running(tmp_path / "demo", scale=0, today=TODAY) as demo:
        context = await new_context(browser, viewport=DESK, locale="sl-SI", reduced_motion="reduce")
        page = await context.new_page()
        await page.goto(demo.address)
        used = await on_a_phone_by_way_of_the_browser(page, demo)
        await in_the_browser(page, demo, used)
        await at_a_desk(page, demo)
        await context.close()
        assert demo.simulator.problems == []


async def opened(page, link):
    """The tab that a link opens."""
    async with page.context.expect_page() as opening:
        await link.click()
    return await opening.value


async def card_in_the_browser(page, demo, used=""):
    """The tab of the card that lies there, once another one has come in the place of one that is used."""
    while demo.phone.cards[0].link == used:  # noqa: ASYNC110 - no event tells of it
        await asyncio.sleep(0.05)
    await page.get_by_role("button", name="Vabilo", exact=True).click()
    shown = re.compile(re.escape(demo.phone.cards[0].link.rpartition("/")[2]))
    await expect(page.get_by_role("dialog").get_by_role("img")).to_have_attribute("src", shown)
    if used:
        return await opened(page, page.get_by_role("dialog").get_by_role("link", name="Odpri v brskalniku"))
    await page.get_by_role("button", name="Skeniraj s telefonom").click()
    return await opened(page, page.get_by_role("dialog").get_by_role("link", name=re.compile("^V brskalniku")))


async def on_a_phone_by_way_of_the_browser(page, demo):
    """»Odprem v Telegramu« leads to the phones, where somebody takes the card."""
    card, tab = demo.phone.cards[0].link, await card_in_the_browser(page, demo)
    await expect(tab).to_have_url(card)
    await tab.get_by_role("link", name="Odprem v Telegramu").click()
    await expect(tab).to_have_url(demo.address)
    await tab.get_by_role("dialog", name="Kdo skenira kodo?").get_by_role("button", name="Marija").click()
    marija = Reader(tab, "Marija")
    await marija.card.get_by_role("button", name=re.compile("^Da")).click()
    await marija.reads("delo z računalnikom")
    await tab.close()
    return card


async def in_the_browser(page, demo, used):
    """»Odgovarjam tukaj«: the next card, and nobody's phone."""
    tab = await card_in_the_browser(page, demo, used)
    await tab.get_by_role("button", name="Odgovarjam tukaj").click()
    await tab.get_by_role("button", name=re.compile("^Da")).click()
    await tab.get_by_role("button", name="Brez številk").click()
    await expect(tab.get_by_role("heading", level=1)).to_contain_text("delo z računalnikom")
    await tab.close()
    again = await opened(page, page.get_by_role("link", name="Odpri v brskalniku"))
    await expect(again.get_by_role("heading", level=1)).to_contain_text("delo z računalnikom")
    await again.close()
    assert len(demo.phone.owners) == SEATED


async def at_a_desk(page, demo):
    """The librarian's desk in a tab, by /splet."""
    librarian = Reader(page, "Knjižničarka")
    await librarian.takes_the_phone()
    await librarian.writes("/splet")
    tab = await opened(page, librarian.phone.get_by_role("link").filter(has_text="/v/").last)
    await tab.locator("#main").get_by_role("button").first.click()
    await expect(tab.locator("#main")).to_contain_text("knjižničarka ali knjižničar")
    await tab.close()


async def join_and_answer(page, marija):
    await marija.phone.get_by_role("button", name="Odpri vabilo").click()
    await page.get_by_role("button", name="Skeniraj s telefonom").click()
    await page.get_by_role("dialog").get_by_role("button", name="Marija").click()
    await marija.reads("Tukaj Knjižnica Brežice.")
    await marija.card.get_by_role("button", name=re.compile("^Da")).click()

    await marija.answers(("delo z računalnikom", "ne gre"))
    await marija.reads("goljufivo sporočilo")
    await picture(page, "telefon")
    await marija.taps("‹ Nazaj")
    await marija.reads("delo z računalnikom")
    await expect(marija.card.get_by_role("button", name=re.compile("^✓.*ne gre"))).to_be_visible()
    await marija.taps("zelo težko")
    await marija.answers(*BEFORE)
    await marija.reads("Vaši odgovori")
    await marija.taps("Oddaj odgovore")
    await marija.reads("Hvala!")


async def enrol_somebody(page, librarian):
    await librarian.takes_the_phone()
    await librarian.writes("/vpis")
    await librarian.card.get_by_role("button", name="Odprta skupina").click()
    await librarian.card.get_by_role("button", name="1\u00a0oseba").click()
    await expect(librarian.phone.get_by_role("img", name=re.compile("Šifra: BRE-"))).to_be_visible()
    await librarian.phone.locator("button.scan", has_text="/k/").last.click()
    await page.get_by_role("dialog", name="Kdo skenira kodo?").get_by_role("button", name="Nova oseba").click()
    await Reader(page, "Oseba 3").reads("Tukaj Knjižnica Brežice.")


async def wait_for_the_follow_up(page, marija):
    await travel(page, "+1 teden", 2)
    await travel(page, "do naslednjega sporočila")
    await expect(page.locator("#clock")).to_have_text("11.\u00a012.\u00a02026, 17:00")
    await marija.reads("Vprašalnik ob koncu")
    await marija.taps("Začni")
    await marija.answers(*AFTER)
    await marija.taps("Oddaj odgovore")
    await marija.reads("Hvala!")
    await travel(page, "+1 teden", 12)
    await travel(page, "do naslednjega sporočila", 2)  # Monday's summary comes first
    await expect(page.locator("#clock")).to_have_text("11.\u00a03.\u00a02027, 10:00")
    await marija.reads("Vprašalnik nekaj mesecev pozneje")
    await marija.taps("Začni")
    await marija.answers(*FOLLOWUP)
    await marija.taps("Oddaj odgovore")
    await marija.reads("Hvala!")


async def read_the_reports(page, coordinator):
    await coordinator.takes_the_phone()
    for count, form in enumerate(("Besedilo in slika", "Spletna stran (HTML)"), 1):
        await coordinator.writes("/ucinek")
        await coordinator.taps("Učinek programa")
        await coordinator.taps(form)
        await expect(coordinator.phone.locator(".words", has_text="Pripravljeno.")).to_have_count(count)
    report = coordinator.phone.locator(".words", has_text="Kaj se je spremenilo").last
    await expect(report).to_contain_text("Izmišljeni podatki za predstavitev")
    await expect(report).to_contain_text(re.compile(r"Povprečna sprememba: \+\d,\d"))
    await expect(coordinator.phone.get_by_role("img").last).to_be_visible()
    link = coordinator.phone.get_by_role("link", name=re.compile(r"ucinek-brezice-racunalnik-.*\.html")).last
    async with page.context.expect_page() as opening:
        await link.click()
    opened = await opening.value
    await expect(opened.get_by_role("heading", level=1)).to_contain_text("Migam z računalnikom")
    await expect(opened.locator(".demo")).to_have_text("Izmišljeni podatki za predstavitev")
    await picture(opened, "porocilo", {"width": 900, "height": 1200})
    await report.evaluate("words => words.closest('.message').scrollIntoView({ block: 'start' })")
    await picture(page, "tri-telefoni", DESK)
