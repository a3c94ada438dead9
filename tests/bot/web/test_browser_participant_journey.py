"""A participant in a browser, by forms alone: from the card to the thanks, and back on another device."""

import re
from datetime import UTC, datetime

import pytest
from plugins.web_village import SPACE
from sqlalchemy import select

from storage import access_links
from storage.schema import DeliveryKind, DeliveryState, delivery, run
from surveys.model import Mode

pytestmark = pytest.mark.both_databases

BREZICE = "brezice-racunalnik"
FOUR = "Vpišite natanko štiri številke."
EASY = "Te številke je lahko uganiti. Izberite druge, ne enakih in ne zaporednih."


async def rows(village, statement):
    return await village.services.database.read(lambda c: [tuple(row) for row in c.execute(statement)])


async def card(village):
    """The link of somebody's card."""
    return village.link((await village.enrol(await village.cohort(BREZICE))).token)


async def joined(village, pin="4071"):
    link, person = await card(village), village.surfer()
    await person.joins(link)
    await person.presses("Da")
    assert person.address == "/koda"
    await person.presses("Shrani", pin=pin)
    return person, link


async def answered_to_the_end(person):
    """All questions, but not handed in."""
    while "Oddaj odgovore" not in person.buttons:
        await person.answers_one()


async def test_from_the_card_to_the_thanks(web_village):
    person, _ = await joined(web_village)
    assert person.question.startswith("1 od 8")
    await person.answers_all()
    assert person.question.startswith("Hvala")
    assert await rows(web_village, select(run.c.mode, run.c.channel)) == [(Mode.SELF, "web")]


async def test_looking_at_a_link_uses_nothing_up(web_village):
    link, scanner, person = await card(web_village), web_village.surfer(), web_village.surfer()
    for _ in range(3):
        await scanner.opens(link)
        assert (scanner.status, scanner.headers.get("Set-Cookie")) == (200, None)
    await person.joins(link)
    assert person.buttons[0].startswith("Da")


async def test_whose_device_it_is_stands_before_the_button(web_village):
    person = web_village.surfer()
    await person.opens(await card(web_village))
    (button,) = person.page.xpath("//input[@name='device']/following::button")
    assert button.text_content() == "Odgovarjam tukaj"


async def test_on_another_device_four_digits_open_it_and_nothing_else_does(web_village):
    person, link = await joined(web_village)
    other = web_village.surfer()
    await other.opens(link)
    assert "Čaka vas kratek vprašalnik." in other.text
    assert "1 od 8" not in other.text
    await other.presses("Naprej", pin="0000")
    assert "Te številke niso prave. Imate še 4\xa0poskuse." in other.page.text_content()
    await other.presses("Naprej", pin="4071")
    assert other.question == person.question


async def test_five_wrong_tries_lock_the_digits(web_village):
    _, link = await joined(web_village)
    other = web_village.surfer()
    await other.opens(link)
    left = []
    for number in range(5):
        await other.presses("Naprej", pin=f"000{number}")
        left += re.findall(r"Imate še (\d poskus\w*)", other.text)
    assert left == ["4 poskuse", "3 poskuse", "2 poskusa", "1 poskus"]
    assert "Številke so bile prevečkrat napačne." in other.text
    await other.opens(link)
    assert "Številke so bile prevečkrat napačne." in other.text
    assert "4071" not in other.text


async def test_what_is_no_four_digits_is_said_on_the_page_and_is_no_try(web_village):
    _, link = await joined(web_village)
    other = web_village.surfer()
    await other.opens(link)
    for _ in range(5):
        await other.presses("Naprej", pin="12")
        assert [one.text_content() for one in other.page.xpath("//*[@role='alert']")] == [FOUR]
    await other.presses("Naprej", pin="4071")
    assert other.question.startswith("1 od 8")


@pytest.mark.parametrize(
    ("pin", "problem"), [("12", FOUR), ("", FOUR), ("40711", FOUR), ("0000", EASY), ("1234", EASY), ("9876", EASY)]
)
async def test_digits_that_are_not_four_or_easily_guessed_are_not_kept(web_village, pin, problem):
    person = web_village.surfer()
    await person.joins(await card(web_village))
    await person.presses("Da")
    await person.presses("Shrani", pin=pin)
    assert [one.text_content() for one in person.page.xpath("//*[@role='alert']")] == [problem]
    await person.presses("Shrani", pin="1235")
    assert person.question.startswith("1 od 8")


async def test_who_is_not_written_to_finds_what_is_open(web_village):
    person, link = await joined(web_village)
    await person.answers_all()
    await web_village.travel(datetime(2026, 5, 6, 12, 0, tzinfo=UTC))
    failed = select(delivery.c.kind).where(delivery.c.state == DeliveryState.FAILED)
    assert (DeliveryKind.OPENING,) in await rows(web_village, failed)
    await person.opens(link)
    await person.presses("Naprej")
    assert person.question.startswith("1 od ")


async def test_who_is_still_signed_in_goes_on_from_the_card_without_choosing_again(web_village):
    person, link = await joined(web_village)
    await person.presses("2")
    await person.opens(link)
    assert [one.text_content() for one in person.page.xpath("//button")] == ["Naprej"]
    assert "Čaka vas kratek vprašalnik." in person.text
    await person.presses("Naprej")
    assert person.question.startswith("2 od 8")


@pytest.mark.parametrize(
    ("meanwhile", "told"),
    [
        (lambda person: person.presses("4"), "Na to vprašanje ste že odgovorili. Za spremembo izberite »‹ Nazaj«."),
        (answered_to_the_end, "Na to vprašanje ste že odgovorili. Za spremembo izberite svoj odgovor."),
    ],
    ids=["at the next question", "at the summary"],
)
async def test_another_answer_in_an_earlier_tab_is_told_that_it_does_not_count(web_village, meanwhile, told):
    person, _ = await joined(web_village)
    earlier = person.page
    await meanwhile(person)
    shown, person.page = person.question, earlier
    await person.presses("2")
    assert [one.text_content().strip() for one in person.page.find_class("said")] == [told]
    assert person.question == shown


async def test_after_stopping_the_card_leads_to_the_library_and_not_to_the_card(web_village):
    person, link = await joined(web_village)
    await person.commands("stop")
    await person.presses("Ne želim več sodelovati")
    await person.opens(link)
    await person.presses("Naprej")
    assert "Ne sodelujete več. Če želite spet začeti, povejte v knjižnici." in SPACE.sub(" ", person.text)
    assert "Za začetek odprite povezavo" not in person.text


async def test_a_link_that_begins_nothing_says_so_at_once(web_village):
    enrolled = await web_village.enrol(await web_village.cohort(BREZICE))
    link, person = web_village.link(enrolled.token), web_village.surfer()
    await web_village.write(access_links.void, enrolment_id=enrolled.enrolment, now=web_village.clock())
    await person.opens(link)
    assert "Ta povezava ne velja več." in person.text
    assert person.page.xpath("//form") == []
    await web_village.write(access_links.restore, links=[1])
    await web_village.write(access_links.redeem, token=enrolled.token, now=web_village.clock())
    await person.opens(link)
    assert "Ta povezava je že uporabljena." in person.text


async def test_help_on_the_page_of_a_stranger_is_named_once(web_village):
    person = web_village.surfer()
    await person.joins("/k/neznana-povezava")
    assert "Ne veste, kako naprej? Izberite Pomoč." in person.text
