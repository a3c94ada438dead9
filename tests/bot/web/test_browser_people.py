"""What several people do at real browsers, with scripts and without: one device, its kiosk, recordings that play."""

import pytest
from playwright.async_api import expect
from plugins.web_desk import at_a_browser
from plugins.web_readers import WAY

from bot.texts import kiosk as kiosk_texts
from storage import participants
from storage.schema import EnrolmentState, Role
from tests.bot.web.test_kiosk_journey import BREZICE, FIRST, START, begins, consented

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.asyncio(loop_scope="module")]

WAYS = pytest.mark.parametrize("scripts", [True, False], ids=WAY.get)
PLAYED = """async (sound) => { sound.muted = true; await sound.play();
  await new Promise((done) => sound.addEventListener("ended", done)); return sound.currentTime; }"""


async def state(village, enrolled):
    found = await village.services.database.read(
        lambda c: participants.of_enrolment(c, enrolment_id=enrolled.enrolment)
    )
    return found.state


@WAYS
async def test_two_share_a_device_one_stops_and_the_other_erases_everything(readers, scripts):
    village = readers.village
    cohort = await village.cohort(BREZICE)
    marija, joze = await village.enrol(cohort), await village.enrol(cohort)
    device = await readers.reader(scripts=scripts)
    await device.joins(village.link(marija.token))
    await device.opens(village.link(joze.token))
    await device.presses("Odgovarjam tukaj")
    assert "Na tej napravi že odgovarja nekdo." in await device.text()
    await device.presses("Za drugo osebo")
    await device.presses("Da")
    for name in ("Marija", "Jože"):
        await device.types(name)
    assert (await device.text()).startswith("Za osebo: Jože")
    await device.answers_all()
    await device.presses("Marija")
    await expect(device.heading).to_have_text(FIRST)
    await device.presses("2 · zelo težko")
    await device.commands("Ne želim več sodelovati")
    await device.presses("Marija")
    await device.presses("Ne želim več sodelovati")
    assert "ne sodelujete več. Velja za osebo: Marija." in await device.text()
    assert [await state(village, one) for one in (marija, joze)] == [EnrolmentState.LEFT, EnrolmentState.ACTIVE]
    await device.commands("Izbrišite moje podatke")
    await device.presses("Za vse osebe")
    await device.presses("Da, izbriši vse")
    assert "Vaši podatki so izbrisani." in await device.text()
    assert await device.page.context.cookies() == []


async def test_without_scripts_a_tablet_is_a_kiosk_for_one_after_the_other(readers):
    first, second = (
        await consented(readers.village),
        await readers.village.enrol(await readers.village.cohort(BREZICE, name="Drugi")),
    )
    tablet, number = await begins(readers, scripts=False)
    await tablet.types(first.code)
    await expect(tablet.heading).to_have_text(FIRST)
    await tablet.presses("2 · zelo težko")
    await tablet.presses("Končaj za zdaj")
    await expect(tablet.heading).to_have_text(START)
    await tablet.page.go_back()
    assert "zelo težko" not in await tablet.page.content()
    await tablet.opens("/")
    await expect(tablet.page.get_by_role("button", name=kiosk_texts.SCAN)).to_be_hidden()
    await tablet.types(second.code)
    await tablet.presses("Da, dovolim")
    await tablet.answers_all()
    await tablet.presses("Končano")
    await tablet.types(number)
    assert "Vaša vloga" in await tablet.text()


async def test_what_a_librarian_records_in_the_page_plays_where_it_is_asked(readers):
    village = readers.village
    desk = await at_a_browser(readers, Role.LIBRARIAN, village.programme(BREZICE).code)
    for label in ("Posnetki vprašanj", "izhodišče", "Slovenščina", "🎤"):
        await desk.page.locator("main").get_by_role("button", name=label).first.click()
    await expect(desk.page.get_by_text("Snemam.")).to_be_visible()
    await desk.page.wait_for_timeout(1200)
    await desk.presses("Končaj in pošlji")
    assert "Posnetek je shranjen." in await desk.text()
    await village.ticks()
    person = await readers.reader()
    await person.joins(await readers.link(BREZICE))
    await person.presses("🔊 Poslušaj")
    assert await person.page.locator("audio").evaluate(PLAYED) > 0.5
    await expect(person.heading).to_have_text(FIRST)
