"""A device that is somebody else's forgets everything; one's own keeps the day of the next questionnaire."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from playwright.async_api import expect
from sqlalchemy import func, select

from bot.conversation.request import LONGEST_BYTES
from bot.web import responses
from storage import attachments
from storage.schema import attachment, web_session
from storage.web.sessions import SHARED_LIFE

BREZICE = "brezice-racunalnik"
FORGET = "Končaj: naprava naj vse pozabi"
BACK_BY_DIGITS = (
    "Vaši odgovori so shranjeni. Vrnete se s kartico (s povezavo, kodo ali številko na njej) in štirimi številkami."
)


async def joined(village, device=None):
    person = village.surfer()
    await person.joins(village.link((await village.enrol(await village.cohort(BREZICE))).token), device=device)
    await person.presses("Da")
    await person.presses("Shrani", pin="4071")
    return person


@pytest.mark.both_databases
async def test_at_the_end_a_device_of_somebody_else_is_made_to_forget(web_village):
    person = await joined(web_village, device="other")
    await person.answers_all()
    (button,) = person.page.xpath("//article//form[@action='/odjava']/button")
    assert (button.text_content(), button.get("class")) == (FORGET, "main")
    await person.presses(FORGET)
    assert f"{BACK_BY_DIGITS} Ta naprava je vse pozabila." in person.text
    assert list(person.client.cookie_jar) == []
    sessions = select(func.count(web_session.c.id))
    assert await web_village.services.database.read(lambda c: c.execute(sessions).scalar()) == 0


@pytest.mark.both_databases
async def test_on_a_device_of_somebody_else_nobody_can_go_without_the_digits_by_which_they_come_back(web_village):
    person = web_village.surfer()
    await person.joins(
        web_village.link((await web_village.enrol(await web_village.cohort(BREZICE))).token), device="other"
    )
    await person.presses("Da")
    assert "Brez številk" not in person.text
    async with person.client.post(
        "/koda", data=person.form(person.page.xpath("//button")[0])[1] | {"none": "1"}
    ) as told:
        assert told.url.path == "/koda"
    (leaves,) = person.page.xpath("//main//a/@href")
    await person.opens(leaves)
    assert "Štirih številk niste izbrali." in person.text
    (choose,) = person.page.xpath("//a[contains(., 'Izberem štiri številke')]/@href")
    await person.opens(choose)
    await person.presses("Shrani", pin="4071")
    assert person.question.startswith("1 od 8")


@pytest.mark.both_databases
async def test_digits_are_chosen_and_given_with_spaces_and_dashes(web_village):
    link = web_village.link((await web_village.enrol(await web_village.cohort(BREZICE))).token)
    person = web_village.surfer()
    await person.joins(link)
    await person.presses("Da")
    for given in ("73 9", "73 911", "73,91", "ab cd", " - "):
        await person.presses("Shrani", pin=given)
        assert "Vpišite natanko štiri številke." in person.text
    await person.presses("Shrani", pin="12 - 34")
    assert "Te številke je lahko uganiti." in person.text
    await person.presses("Shrani", pin=" 73–91 ")
    for given in ("7391", "73 91", "73-91", "7 3 9 1", "73\xa091"):
        other = web_village.surfer()
        await other.opens(link)
        await other.presses("Naprej", pin=given)
        assert other.question.startswith("1 od 8")


async def test_one_presses_twice_to_leave_and_is_told_how_to_come_back(web_village):
    person = await joined(web_village)
    (leaves,) = person.page.xpath("//nav//a[contains(., 'Odjava')]/@href")
    await person.opens(leaves)
    assert BACK_BY_DIGITS in person.text
    await person.opens("/")
    assert person.question.startswith("1 od 8")
    await person.opens(leaves)
    await person.presses("Odjava")
    assert f"{BACK_BY_DIGITS} Ta naprava je vse pozabila." in person.text
    await person.opens(leaves)
    assert person.address == "/"


async def test_who_has_chosen_no_digits_reads_before_and_after_what_that_means(web_village):
    person = web_village.surfer()
    await person.joins(web_village.link((await web_village.enrol(await web_village.cohort(BREZICE))).token))
    await person.presses("Da")
    assert "Brez številk se z druge naprave ne morete vrniti." in person.text
    await person.presses("Brez številk")
    assert person.question.startswith("1 od 8")
    await person.opens("/odjava")
    await person.presses("Odjava")
    assert "Brez njih se ne morete vrniti" in person.text


async def test_who_has_not_begun_leaves_without_a_word_of_answers(web_village):
    person = web_village.surfer()
    await person.joins(web_village.link((await web_village.enrol(await web_village.cohort(BREZICE))).token))
    await person.opens("/odjava")
    await person.presses("Odjava")
    assert "Ta naprava je vse pozabila." in person.text
    assert "odgovori" not in person.text


@pytest.mark.both_databases
async def test_without_use_a_device_of_somebody_else_shows_nothing_after_ten_minutes(web_village):
    person, own = await joined(web_village, device="other"), web_village.surfer()
    (refresh,) = person.page.xpath("//noscript/meta[@http-equiv='refresh']/@content")
    assert refresh == "601;url=/?konec=stevilke"
    web_village.clock.now += SHARED_LIFE - timedelta(minutes=1)
    await person.presses("2")  # used: ten minutes from now on
    web_village.clock.now += SHARED_LIFE - timedelta(minutes=1)
    async with person.client.get("/stanje?tukaj") as answered:
        assert (await answered.json())["revision"] > 0
    web_village.clock.now += SHARED_LIFE - timedelta(minutes=1)
    await person.opens("/")
    assert person.question.startswith("2 od 8")
    web_village.clock.now += SHARED_LIFE
    await person.opens("/")
    assert "Odprite povezavo s svoje kartice" in person.text
    await own.opens("/")
    assert own.page.xpath("//noscript/meta[@http-equiv='refresh']") == []


async def test_the_day_of_the_next_questionnaire_is_offered_for_a_calendar(web_village):
    person = await joined(web_village)
    async with person.client.get("/naslednjic.ics") as answered:
        assert answered.status == 404  # nothing is over yet
    await person.answers_all()
    (address,) = person.page.xpath("//a[contains(., 'koledar')]/@href")
    async with person.client.get(address) as answered:
        assert answered.content_type == "text/calendar"
        written = await answered.text()
    assert "DTSTART;VALUE=DATE:20260504\r\n" in written
    assert "SUMMARY:Knjižnica\r\n" in written
    assert "vprašalnik" not in written.lower()


@pytest.mark.slow
@pytest.mark.asyncio(loop_scope="module")
async def test_a_page_left_open_on_such_a_device_warns_and_then_shows_nothing(readers):
    person = await readers.reader()
    await person.page.clock.install()
    await person.opens(await readers.link(BREZICE))
    await person.page.get_by_label("To ni moja naprava").check()
    await person.presses("Odgovarjam tukaj")
    await person.page.clock.fast_forward(545_000)
    await expect(person.page.get_by_role("alert")).to_contain_text("Čez eno minuto bo ta naprava vse pozabila.")
    await person.page.keyboard.press("Shift")
    await expect(person.page.get_by_role("alert")).to_have_count(0)
    readers.village.clock.now += SHARED_LIFE + timedelta(seconds=1)
    await person.page.clock.fast_forward(602_000)
    await expect(person.page.get_by_text("Odprite povezavo s svoje kartice")).to_be_visible()


async def telling_a_story(readers, **how):
    """Somebody who is asked for words: at the end one may tell a story."""
    person, link = await readers.reader(**how), await readers.link(BREZICE)
    await person.joins(link)
    await person.answers_all()
    await readers.village.travel(datetime(2026, 5, 6, 12, 0, tzinfo=UTC))
    await person.opens(link)
    await person.presses("Naprej")
    await person.answers_all()
    await person.presses("Povem svojo zgodbo")
    return person


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.asyncio(loop_scope="module")
async def test_a_spoken_story_is_recorded_in_the_page_and_kept(readers):
    person = await telling_a_story(readers)
    await expect(person.page.locator("input[type=file]")).to_have_count(0)
    await person.page.get_by_role("button", name="Odgovorim z glasom").click()
    await expect(person.page.get_by_text("Snemam.")).to_be_visible()
    await person.page.wait_for_timeout(500)
    await person.presses("Končaj in pošlji")
    await readers.village.ticks()
    rows = select(attachment.c.mime, attachment.c.id)
    ((mime, number),) = await readers.village.services.database.read(lambda c: c.execute(rows).all())
    read = partial(attachments.content, keys=readers.village.services.keys, attachment_id=number)
    content = await readers.village.services.database.read(read)
    assert (mime, responses.sound(content).content_type, len(content) < LONGEST_BYTES) == (mime, mime, True)
    assert mime.startswith("audio/")


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.asyncio(loop_scope="module")
async def test_without_scripts_nobody_is_asked_for_a_file_where_a_recording_is_meant(readers):
    person = await telling_a_story(readers, scripts=False)
    await expect(person.page.locator(".recorder")).to_be_hidden()
    await expect(person.page.locator("input[type=file]")).to_have_count(0)
    await expect(person.page.locator("textarea")).to_be_visible()
