"""People one after the other at a real tablet, each finds nothing of the one before."""

import re

import pytest
from playwright.async_api import expect
from plugins.at_the_desk import say, tap
from plugins.web_desk import entrance

from bot.texts import kiosk as texts

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.asyncio(loop_scope="module")]

BREZICE = "brezice-racunalnik"
START = "Pozdravljeni!"
FIRST = "Kako vam gre delo z računalnikom?"
DETECTOR = """link => { window.BarcodeDetector = class {
  async detect(video) { return video.videoWidth ? [{ rawValue: link }] : []; } }; }"""


async def consented(village):
    """Somebody with a card who has given consent on a form."""
    librarian = await village.librarian(BREZICE)
    enrolled = await village.enrol(await village.cohort(BREZICE, name="Kartice"))
    await say(librarian, f"/udelezenec {enrolled.code}")
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, "Oseba sama, s podpisom")
    return enrolled


async def begins(readers, prepare=None, **how):
    """A tablet that is a kiosk, and the number that ends it."""
    phone = await readers.village.librarian(BREZICE)
    tablet = await readers.reader(width=1024, height=768, **how)
    if prepare is not None:
        await prepare(tablet.page)
    await tablet.opens(await entrance(phone))
    await tablet.presses("Naprej")
    await tablet.page.locator("#menu [value=kiosk]").click()
    await expect(tablet.page.get_by_text("Številka za konec")).to_be_visible()
    number = re.search(r"Številka za konec: (\d{4})", await tablet.text())[1]
    await tablet.presses(texts.BEGIN)
    await expect(tablet.heading).to_have_text(START)
    return tablet, number


async def test_one_after_the_other_from_the_code_to_the_end(readers, axe):
    first = await readers.village.enrol(await readers.village.cohort(BREZICE))
    second = await consented(readers.village)
    tablet, number = await begins(readers)
    await expect(tablet.page.locator("nav")).to_have_count(0)
    await tablet.fits(axe)
    await tablet.types(first.code)
    await tablet.fits(axe)
    await tablet.presses("Da, dovolim")
    await expect(tablet.heading).to_have_text(FIRST)
    await tablet.presses("2 · zelo težko")
    await tablet.presses("Končaj za zdaj")
    await expect(tablet.heading).to_have_text(START)
    for look in (tablet.page.reload, tablet.page.go_back, tablet.page.go_back, tablet.page.go_forward):
        await look()
        assert "zelo težko" not in await tablet.page.content()
        assert first.code not in await tablet.page.content()
    await tablet.opens("/")
    await tablet.types(second.code)
    await expect(tablet.heading).to_have_text(FIRST)
    assert await tablet.page.get_by_role("button", pressed=True).count() == 0
    await tablet.answers_all()
    await tablet.presses("Končano")
    await tablet.types("0000")
    await expect(tablet.heading).to_have_text(START)
    await tablet.types(number)
    await expect(tablet.page.locator("nav")).to_be_visible()
    await expect(tablet.page.get_by_text("Vaša vloga")).to_be_visible()


async def test_who_goes_away_is_forgotten_after_a_warning(readers):
    person = await consented(readers.village)
    tablet, _ = await begins(readers)
    await tablet.types(person.code)
    await expect(tablet.heading).to_have_text(FIRST)
    warning = tablet.page.get_by_role("alert").filter(has_text="Ste še tu?")
    await tablet.page.evaluate("document.querySelector('#idle').dataset.seconds = 2")
    await expect(warning).to_be_visible(timeout=60_000)
    touched = "document.dispatchEvent(new Event('pointerdown')); document.querySelector('#idle').textContent"
    assert await tablet.page.evaluate(touched) == ""
    await expect(tablet.heading).to_have_text(START)
    await tablet.page.go_back()
    assert FIRST not in await tablet.page.content()


async def test_the_camera_reads_a_card(readers):
    person = await consented(readers.village)
    stands_in = f"({DETECTOR})({readers.village.link(person.token)!r})"  # Chromium on Linux reads no codes
    tablet, _ = await begins(readers, prepare=lambda page: page.add_init_script(stands_in))
    await tablet.presses(texts.SCAN)
    await expect(tablet.heading).to_have_text(FIRST)


async def test_the_whole_screen_is_the_kiosk_until_somebody_is_there(readers):
    tablet, _ = await begins(readers)
    await tablet.page.get_by_role("button", name=texts.FULL_SCREEN).click()
    await expect(tablet.page.get_by_role("button", name=texts.FULL_SCREEN)).to_be_hidden()
    assert await tablet.page.evaluate("Boolean(document.fullscreenElement)")
    await tablet.types("BRE-12345")
    assert await tablet.page.evaluate("Boolean(document.fullscreenElement)")
