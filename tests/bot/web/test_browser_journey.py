"""A participant at a real browser, with scripts and without: to the thanks, whatever happens to the page."""

import pytest
from playwright.async_api import expect
from plugins.web_readers import WAY
from sqlalchemy import func, select

from storage.schema import answer, run

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.asyncio(loop_scope="module")]

BREZICE = "brezice-racunalnik"
FIRST, SECOND = "Kako vam gre delo z računalnikom?", "Kako vam gre, ko je treba prepoznati goljufivo sporočilo?"
WAYS = pytest.mark.parametrize("scripts", [True, False], ids=WAY.get)


async def answers(village):
    """How many answers are stored, and how many questionnaires."""
    counts = select(select(func.count(answer.c.run)).scalar_subquery(), select(func.count(run.c.id)).scalar_subquery())
    return await village.services.database.read(lambda c: tuple(c.execute(counts).one()))


@pytest.mark.both_databases
@WAYS
async def test_from_the_card_to_the_thanks(readers, scripts):
    person = await readers.reader(scripts=scripts)
    await person.joins(await readers.link(BREZICE))
    await expect(person.heading).to_have_text(FIRST)
    await person.presses("2 · zelo težko")
    await expect(person.heading).to_have_text(SECOND)
    await person.presses("‹ Nazaj")
    chosen = person.page.get_by_role("button", pressed=True)
    await expect(chosen).to_have_text("✓ 2 · zelo težko")
    await person.presses("4 · precej dobro")
    await person.answers_all()
    assert "Hvala! Vaši odgovori so shranjeni." in await person.text()
    await person.presses("Moji odgovori")
    assert "precej dobro" in await person.text()
    await person.commands("Jezik in branje")
    await person.presses("Lahko branje")
    await person.commands("Izbrišite moje")
    await person.presses("Da")
    assert "pozabila" in await person.text()
    assert await person.page.context.cookies() == []


@WAYS
async def test_back_and_reload_show_what_is_true(readers, scripts):
    person = await readers.reader(scripts=scripts)
    await person.joins(await readers.link(BREZICE))
    await person.presses("2 · zelo težko")
    await person.page.reload()
    await expect(person.heading).to_have_text(SECOND)
    await person.page.go_back()
    await person.opens("/")
    await expect(person.heading).to_have_text(SECOND)
    assert await answers(readers.village) == (1, 1)


@WAYS
async def test_words_typed_on_a_page_that_is_old_stand_beside_the_new_card(readers, scripts):
    person = await readers.reader(scripts=scripts)
    await person.joins(await readers.link(BREZICE))
    await person.presses("2 · zelo težko")
    await person.presses("1 · ne gre")  # the third asks for a number
    other = type(person)(person.village, await person.page.context.new_page())
    await other.opens("/")
    await other.types("3")
    await person.types("5")
    assert "Napisali ste: »5«. Tega nismo shranili" in await person.text()
    assert await person.heading.text_content() == await other.heading.text_content()
    assert await answers(readers.village) == (3, 1)


@WAYS
async def test_words_of_a_page_whose_session_ended_are_given_back(readers, scripts):
    person = await readers.reader(scripts=scripts)
    await person.joins(await readers.link(BREZICE))
    await person.presses("2 · zelo težko")
    await person.presses("1 · ne gre")
    other = type(person)(person.village, await person.page.context.new_page())
    await other.opens("/")
    await other.opens("/odjava")
    await other.presses("Odjava")
    await person.types("5")
    assert "Napisali ste: »5«. Tega nismo shranili" in await person.text()


@WAYS
async def test_a_double_press_answers_once(readers, scripts):
    person = await readers.reader(scripts=scripts)
    await person.joins(await readers.link(BREZICE))
    await person.page.get_by_role("button", name="2 · zelo težko").dblclick()
    await expect(person.heading).to_have_text(SECOND)
    assert await answers(readers.village) == (1, 1)


async def test_without_network_nothing_is_lost_and_nothing_comes_twice(readers):
    person = await readers.reader()
    await person.joins(await readers.link(BREZICE))
    await person.page.context.set_offline(True)
    await person.page.get_by_role("button", name="2 · zelo težko").click()
    await expect(person.page.get_by_text("Ni povezave.")).to_be_visible()
    await person.page.context.set_offline(False)
    await expect(person.heading).to_have_text(SECOND)
    await expect(person.page.get_by_text("Ni povezave.")).to_have_count(0)
    assert await answers(readers.village) == (1, 1)


async def test_the_same_comes_again_where_its_answer_was_lost(readers):
    person = await readers.reader()
    await person.joins(await readers.link(BREZICE))
    lost = []

    async def lose(route):
        if lost:
            await route.continue_()
            return
        lost.append(await route.fetch())
        await route.abort()

    await person.page.route("**/", lose)
    await person.presses("2 · zelo težko")
    await expect(person.heading).to_have_text(SECOND)
    assert (len(lost), await answers(readers.village)) == (1, (1, 1))


async def test_focus_goes_to_the_question_and_stays_with_the_option_of_the_same_one(readers):
    person = await readers.reader()
    await person.joins(await readers.link(BREZICE))
    await person.presses("2 · zelo težko")
    await expect(person.heading).to_be_focused()
    await expect(person.page.get_by_role("status")).to_contain_text("2 od 8")
    await person.presses("1 · ne gre")
    await person.types("3")
    await expect(person.heading).to_have_text("Za kaj uporabljate računalnik?")
    second = person.page.locator("#card .row button").nth(1)
    await second.focus()
    await person.page.keyboard.press("Enter")
    await expect(person.page.locator("#card .row button").nth(1)).to_have_attribute("aria-pressed", "true")
    await expect(person.page.locator("#card .row button").nth(1)).to_be_focused()


@WAYS
async def test_the_keyboard_alone_answers(readers, scripts):
    person = await readers.reader(scripts=scripts)
    await person.joins(await readers.link(BREZICE))
    for key in ("Tab", "Tab", "Space"):
        await person.page.keyboard.press(key)
    await expect(person.heading).to_have_text(SECOND)
    assert await answers(readers.village) == (1, 1)
