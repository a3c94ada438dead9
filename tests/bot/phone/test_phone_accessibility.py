"""For everybody: small screens, large letters and targets, light and dark, little motion, and axe-core's rules."""

import pytest
from playwright.async_api import expect
from plugins.browsers import violations

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

CUT = """() => [...document.querySelectorAll("button, a, .words, h1, h2, h3, time, .choice, .file-name")]
  .filter((e) => e.checkVisibility() && !e.closest(".log .empty") && getComputedStyle(e).clipPath === "none")
  .filter((e) => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline"
    || e.getBoundingClientRect().right > innerWidth + 0.5 || e.getBoundingClientRect().left < -0.5)
  .map((e) => e.outerHTML.slice(0, 120))"""
SMALL_TYPE = """() => [...document.querySelectorAll("body *")]
  .filter((e) => e.checkVisibility() && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
  .filter((e) => parseFloat(getComputedStyle(e).fontSize) < 16).map((e) => e.outerHTML.slice(0, 120))"""
SMALL_TARGETS = """() => [...document.querySelectorAll("button, a, textarea")]
  .filter((e) => e.checkVisibility() && getComputedStyle(e).display !== "inline")
  .map((e) => [e.getBoundingClientRect(), e.outerHTML.slice(0, 120)])
  .filter(([box]) => box.width < 44 || box.height < 44).map(([, html]) => html)"""
WORDLESS = """() => [...document.querySelectorAll("button, a, textarea, img, dialog[open]")]
  .filter((e) => e.checkVisibility() && !(e.innerText?.trim() || e.getAttribute("aria-label")
    || e.getAttribute("alt") || e.getAttribute("aria-labelledby"))).map((e) => e.outerHTML.slice(0, 120))"""


async def long_words(table):
    """A card with the longest words that the questionnaires have, and a file with a long name."""
    await table.marija.says("/start")
    rows = [[{"text": "izboljšanje najzahtevnejših sporazumevalnih spretnosti", "callback_data": "a"}]]
    rows.append([{"text": "‹ Nazaj", "callback_data": "b"}, {"text": "Ne želim odgovoriti", "callback_data": "c"}])
    text = "Kako vam gre, ko je treba prepoznati najnevarnejša goljufiva spletna sporočila, kadar nikogar ni ob vas?"
    await table.bot.call("sendMessage", chat_id=table.marija.id, text=text, reply_markup={"inline_keyboard": rows})
    name = "impact-ljubljana-karierni-coaching-2026-11-22-celotno-porocilo.html"
    await table.bot.send_file("sendDocument", "document", table.marija.id, b"<p>x", name, "text/html", "Celotno")


async def everything_is_large_enough(page, width):
    assert await page.evaluate("document.documentElement.scrollWidth") == width
    assert await page.evaluate(CUT) == []
    assert await page.evaluate(SMALL_TYPE) == []
    assert await page.evaluate(SMALL_TARGETS) == []
    assert await page.evaluate(WORDLESS) == []


@pytest.mark.parametrize("width", [320, 360, 700, 1366])
async def test_no_word_is_cut_and_everything_is_large_enough(page, table, width):
    await page.set_viewport_size({"width": width, "height": 740})
    await long_words(table)
    await expect(page.locator(".file")).to_be_visible()
    if width <= 700:
        await page.get_by_role("button", name="Možnosti").click()
    await everything_is_large_enough(page, width)
    await page.get_by_role("button", name="Vabilo").click()
    await everything_is_large_enough(page, width)


@pytest.mark.parametrize("width", [320, 360, 1366])
async def test_no_word_is_cut_with_whatever_font_the_machine_has(other_browser, table, width):
    page = await other_browser.new_page(viewport={"width": width, "height": 740}, locale="sl-SI")
    await page.goto(table.address)
    await long_words(table)
    await expect(page.locator(".file")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth") == width
    assert await page.evaluate(CUT) == []
    await page.close()


async def test_nothing_moves_for_who_wants_no_motion(page, table):
    await page.emulate_media(reduced_motion="reduce")
    await table.marija.says("/start")
    await expect(page.locator(".theirs")).to_be_visible()
    moving = "[...document.querySelectorAll('*')].filter((e) => getComputedStyle(e).animationName !== 'none').length"
    assert await page.evaluate(moving) == 0


async def test_what_comes_is_announced(page, table):
    phone = page.get_by_role("region", name="Telefon: Marija")
    await expect(phone.get_by_role("log", name="Sporočila: Marija")).to_be_visible()
    await table.marija.says("/start")
    await expect(phone.locator(".theirs .unseen")).to_have_text("Knjižnica: ")
    assert (
        await page.locator(".toast").evaluate_all("all => all.map((e) => e.getAttribute('aria-live'))")
        == ["polite"] * 4
    )
    assert await page.evaluate("document.documentElement.lang") == "sl"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1366])
async def test_axe_core_finds_nothing(axe, page, table, scheme, width):
    await page.set_viewport_size({"width": width, "height": 740})
    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    await long_words(table)
    await expect(page.locator(".file")).to_be_visible()
    found = []
    for name in ("Vabilo", "Kako začeti", None):
        found += await violations(page, axe)
        if name:
            await page.keyboard.press("Escape")
            if width == 320:
                await page.get_by_role("button", name="Možnosti").click()
            await page.get_by_role("button", name=name).click()
    assert found == []
