"""Staff at a real browser, with scripts and without; the desk and the overview are for everybody."""

import pytest
from plugins.at_the_desk import query
from plugins.web_desk import at_a_browser
from plugins.web_readers import BROKEN_WORDS, WAY

from storage import cohort_overview
from storage.schema import Role
from tests.bot.coordinator.test_coordinator_reports import add_programme
from tests.bot.web.test_overview import waits
from tests.bot.web.test_web_accessibility import is_fine

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900), pytest.mark.asyncio(loop_scope="module")]

BREZICE = "brezice-racunalnik"
WAYS = pytest.mark.parametrize("scripts", [True, False], ids=WAY.get)
CSV = "Priimek;Ime\nŽagar;Ana\nKos;Bor\n".encode()


def code(readers):
    return readers.village.programme(BREZICE).code


@pytest.mark.both_databases
@WAYS
async def test_a_librarian_enrols_a_list_and_finds_a_person(readers, scripts):
    cohort = await readers.village.cohort(BREZICE)
    desk = await at_a_browser(readers, Role.LIBRARIAN, code(readers), scripts=scripts, width=1366)
    await desk.presses("Skupine")
    await desk.presses("Pomlad")
    await desk.presses("Vpis s seznama")
    await desk.page.locator("[name=file]").set_input_files({"name": "a.csv", "mimeType": "text/csv", "buffer": CSV})
    await desk.presses("Pošlji datoteko")
    await readers.village.ticks()
    await desk.opens("/")
    await desk.presses("Vpiši 2")
    found = [one.code for one in await query(readers.village, cohort_overview.members, cohort_id=cohort.id)]
    assert len(found) == 2
    await desk.page.get_by_label("Šifra osebe").fill(found[0])
    await desk.presses("Poišči")
    assert found[0] in await desk.page.locator("#card").inner_text()


@pytest.mark.both_databases
@WAYS
async def test_a_coordinator_reads_the_overview_and_a_report_in_the_browser(readers, scripts):
    await readers.village.cohort(BREZICE)
    desk = await at_a_browser(readers, Role.COORDINATOR, code(readers), scripts=scripts, width=1366)
    await desk.page.get_by_role("link", name="Pregled", exact=True).click()
    assert await desk.heading.inner_text() == "Pregled: Knjižnica Brežice"
    async with desk.page.context.expect_page() as opened:
        await desk.page.get_by_role("link", name="Poročilo kot stran").click()
    report = await opened.value
    await report.wait_for_load_state()
    assert "Migam z računalnikom" in await report.locator("body").inner_text()
    await desk.presses("Pomlad")
    assert "Vpisanih: 0" in await desk.page.locator("#card").inner_text()


@pytest.mark.parametrize("width", [320, 390, 1023, 1024, 1366])
async def test_no_word_and_no_number_of_the_groups_is_broken_or_cut_off(readers, width):
    spring = await readers.village.cohort(BREZICE, name="Pomladna")
    for _ in range(11):
        await readers.village.enrol(spring)
    await waits(readers.village, spring)
    desk = await at_a_browser(readers, Role.COORDINATOR, code(readers), width=width)
    await desk.opens("/pregled")
    table = desk.page.get_by_role("table")
    assert await table.evaluate(BROKEN_WORDS) == []
    assert await table.locator("xpath=..").evaluate("(e) => e.scrollWidth - e.clientWidth") <= 0
    assert await table.get_by_role("row").filter(has_text="Pomladna").get_by_role("cell").all_inner_texts() == [
        "11", "1", "0", "0", "0", "0"
    ]  # fmt: skip
    assert await label_is_seen(table, "Na čakalnem seznamu")


async def label_is_seen(table, words):
    """Whether these words stand above a column, or else in the line of their count."""
    if await table.get_by_text(words).is_visible():
        return True
    line = table.locator(f"[data-of='{words}']")
    return await line.evaluate("(e) => getComputedStyle(e, '::before').content") == f'"{words}"'


async def test_the_desk_and_the_overview_are_for_everybody(readers, axe):
    await add_programme(readers.village, slug="brezice-telefon", name="Telefon brez strahu")
    await readers.village.cohort(BREZICE)
    desk = await at_a_browser(readers, Role.COORDINATOR, code(readers), reduced_motion="reduce")
    await is_fine(desk, axe)
    await desk.presses("Tedensko poročilo")
    await desk.presses("Telefon brez strahu")
    await desk.presses("Ta teden")
    await desk.presses("PDF")
    await readers.village.ticks()
    await desk.opens("/")
    await is_fine(desk, axe)
    await desk.opens("/pregled")
    await is_fine(desk, axe)
