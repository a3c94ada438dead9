"""For everybody: axe-core's rules, narrow screens and 400 % zoom, large targets, dark, forced colours, order."""

import re

import pytest
from playwright.async_api import expect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.asyncio(loop_scope="module")]

BREZICE, KAMNIK = "brezice-racunalnik", "kamnik-slovenscina"
LARGEST_PAGE = 30_000  # bytes, with all that it loads
WIDTHS = (320, 360, 768, 1366)


async def is_fine(person, axe):
    """The page on every width, light and dark, with forced colours."""
    for width in WIDTHS:
        await person.page.set_viewport_size({"width": width, "height": 740})
        await person.fits(axe)
    for media in ({"color_scheme": "dark"}, {"forced_colors": "active"}):
        await person.page.emulate_media(**media)
        await person.fits(axe)
        await person.page.emulate_media(color_scheme="light", forced_colors="none")


async def test_every_page_of_a_participant_is_for_everybody(readers, axe):
    link, person = await readers.link(BREZICE), await readers.reader(reduced_motion="reduce")
    await person.opens(link)
    await is_fine(person, axe)
    await person.presses("Odgovarjam tukaj")
    await is_fine(person, axe)
    await person.presses("Da")
    await is_fine(person, axe)
    await person.page.locator("[name=pin]").fill("4071")
    await person.presses("Shrani")
    seen = set()
    for _ in range(30):
        kind = await person.kind()
        if kind not in seen:
            seen.add(kind)
            await is_fine(person, axe)
        if kind == "summary":
            break
        await person.answers_one()
    assert {"choice", "number", "multiple", "summary"} <= seen
    await person.presses("Oddaj odgovore")
    await is_fine(person, axe)
    for command in ("Jezik in branje", "Kaj hranite", "Izbrišite moje", "Pomoč"):
        await person.commands(command)
        await is_fine(person, axe)
    await person.page.get_by_role("link", name="Odjava").click()
    await is_fine(person, axe)
    await person.presses("Odjava")
    await is_fine(person, axe)


async def test_the_way_back_and_links_that_begin_nothing_are_for_everybody(readers, axe):
    link, person, again = await readers.link(BREZICE), await readers.reader(), await readers.reader()
    await person.joins(link)
    await person.opens(link)  # goes on with one button
    await is_fine(person, axe)
    await again.opens(link)
    await is_fine(again, axe)
    for digits in ("12", "4072"):
        await again.page.locator("[name=pin]").fill(digits)
        await again.presses("Naprej")
        await expect(again.page.get_by_role("alert")).to_be_visible()
        await is_fine(again, axe)
    for _ in range(4):
        await again.page.locator("[name=pin]").fill("4072")
        await again.presses("Naprej")
    await expect(again.page.get_by_role("alert")).to_contain_text("prevečkrat")
    await is_fine(again, axe)
    for address in ("/k/NiTakePovezave", "/v/NiTakePovezave", "/ni"):
        await again.opens(address)
        await is_fine(again, axe)
    await again.opens("/v/NiTakePovezave")
    await expect(again.page.locator("main")).to_contain_text("ne velja več")


@pytest.mark.parametrize("language", ["Lahko branje", "English"])
async def test_other_languages_are_for_everybody_and_say_which_they_are(readers, axe, language):
    person = await readers.reader()
    await person.opens(await readers.link(KAMNIK))
    await person.presses("Odgovarjam tukaj")
    button = person.page.get_by_role("button", name=language)
    assert await button.get_attribute("lang") == ("en" if language == "English" else None)
    await person.presses(language)
    assert await person.page.evaluate("document.documentElement.lang") == ("en" if language == "English" else "sl")
    await is_fine(person, axe)
    await person.page.locator("#card .row button").first.click()
    await expect(person.page.locator("[name=pin]")).to_be_visible()
    await is_fine(person, axe)


async def test_what_is_read_aloud_comes_in_the_order_of_the_page(readers):
    person = await readers.reader()
    await person.joins(await readers.link(BREZICE))
    tree = await person.page.locator("body").aria_snapshot()
    said = re.findall(
        r'(heading|button|progressbar|group|banner|main|article|navigation|paragraph)(?: "([^"]*)")?', tree
    )
    roles = [role for role, _ in said if role in {"banner", "main", "article", "progressbar", "heading", "navigation"}]
    assert roles == ["banner", "main", "article", "progressbar", "heading", "navigation"]
    buttons = [name for role, name in said if role == "button"]
    assert buttons[:3] == ["1 · ne gre", "2 · zelo težko", "3 · z nekaj pomoči"]
    assert buttons[-1] == "Ne vem"
    assert 'link "Odjava"' in tree


async def test_a_page_with_all_that_it_loads_is_small(readers):
    person, sizes = await readers.reader(), []

    async def weigh(response):
        if response.ok and response.request.resource_type != "other":
            sizes.append(len(await response.body()))

    await person.joins(await readers.link(BREZICE))
    person.page.on("response", weigh)
    await person.page.reload(wait_until="networkidle")
    assert len(sizes) == 3  # the page, its style and its script
    assert sum(sizes) <= LARGEST_PAGE
