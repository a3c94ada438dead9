"""Typing the number of a card at a real browser: for everybody, with scripts and without, by keyboard alone."""

import pytest
from playwright.async_api import expect
from plugins.web_readers import WAY

from storage import card_numbers
from tests.bot.web.test_card_number import TYPE, enrolled
from tests.bot.web.test_web_accessibility import is_fine

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.asyncio(loop_scope="module")]

WAYS = pytest.mark.parametrize("scripts", [True, False], ids=WAY.get)


async def typed(person, number):
    await person.page.get_by_label("Številka kartice", exact=True).fill(number)
    await person.presses("Naprej")


@pytest.mark.both_databases
@WAYS
async def test_from_the_start_page_by_typing_to_the_first_question_and_back_later(readers, scripts):
    number = card_numbers.shown((await enrolled(readers.village)).on_card.number).lower()
    person = await readers.reader(scripts=scripts, width=1366)  # a computer of the library
    await person.opens("/")
    await person.page.get_by_role("link", name=TYPE).click()
    await typed(person, number[:-1])
    field = person.page.get_by_label("Številka kartice", exact=True)
    await expect(field).to_have_value(number[:-1])
    await expect(field).to_have_accessible_description(
        "Številka kartice ima 13 znakov, vpisali ste 12 znakov. Preverite, kateri manjka ali je odveč."
        " Na kartici je pod besedami »in nato številko kartice«. Ima štiri skupine, na primer 4KX-72M-9PH-3TWA."
        " Črke so lahko velike ali male, črtic ni treba pisati."
    )
    await field.focus()
    await person.page.keyboard.press("End")
    await person.page.keyboard.type(number[-1])
    await person.page.keyboard.press("Enter")
    await expect(person.page.get_by_role("button", name="Odgovarjam tukaj")).to_be_visible()
    await person.page.reload()
    await person.page.get_by_label("To ni moja naprava").check()
    await person.presses("Odgovarjam tukaj")
    await person.presses("Da")
    await person.page.locator("[name=pin]").fill("4071")
    await person.presses("Shrani")
    await person.presses("2 · zelo težko")
    await person.page.go_back()
    assert number.upper() not in await person.page.content()

    later = await readers.reader(scripts=scripts)
    await later.opens("/k")
    await typed(later, number)
    await later.page.locator("[name=pin]").fill("4071")
    await later.presses("Naprej")
    await expect(later.heading).to_have_text("Kako vam gre, ko je treba prepoznati goljufivo sporočilo?")


@pytest.mark.parametrize("language", ["sl", "en"])
async def test_the_page_to_type_into_is_for_everybody(readers, axe, language):
    code = (await enrolled(readers.village)).code
    person = await readers.reader(width=320, extra_http_headers={"Accept-Language": language})
    for path in ("/", "/takega-naslova-ni", "/k"):
        await person.opens(path)
        await person.fits(axe)
    size = await person.page.locator("#number").evaluate("(field) => parseFloat(getComputedStyle(field).fontSize)")
    assert size >= 24
    await person.page.locator("#number").fill(code)
    await person.page.locator("form button").click()
    await expect(person.page.get_by_role("alert")).to_be_visible()
    await is_fine(person, axe)
