"""/splet in Telegram: the link is the last thing in the chat, and no place is lost by it."""

import pytest
from plugins.web_desk import entrance

BREZICE = "brezice-racunalnik"


async def answering(village):
    """Somebody on a phone, at the first question."""
    phone = village.simulator.person("Marija")
    await phone.follows(village.village.link((await village.enrol(await village.cohort(BREZICE))).token))
    await phone.settles()
    await phone.taps("Da")
    await phone.settles()
    return phone


async def gives_the_link(phone):
    """Nothing stands below the link; »‹ Nazaj« gives the card that was there, to which nothing has happened."""
    before = phone.screen.text, phone.buttons
    link = await entrance(phone)
    assert (link in phone.messages[-1].text, phone.buttons) == (True, ["‹ Nazaj"])
    await phone.taps("‹ Nazaj")
    await phone.settles()
    assert (phone.screen.text, phone.buttons) == before


@pytest.mark.both_databases
async def test_a_participant_sees_the_link_last_and_comes_back_to_the_question(web_village):
    phone = await answering(web_village)
    assert phone.screen.text.startswith("1 od 8")
    await gives_the_link(phone)


@pytest.mark.parametrize("role", ["librarian", "coordinator"])
async def test_staff_see_the_link_last_and_come_back_to_their_card(web_village, role):
    await web_village.cohort(BREZICE)
    phone = await getattr(web_village, role)(BREZICE)
    await phone.says("/skupine")
    await phone.settles()
    await gives_the_link(phone)


async def test_what_is_typed_below_the_link_answers_the_question(web_village):
    phone = await answering(web_village)
    await entrance(phone)
    await phone.says("1")
    await phone.settles()
    assert phone.screen.text.startswith("Shranjeno: ne gre\n\n2 od 8")


async def test_the_browser_shows_the_card_and_not_the_link(web_village):
    phone, browser = await answering(web_village), web_village.surfer()
    await browser.opens(await entrance(phone))
    await browser.presses("Naprej")
    assert browser.question.startswith("1 od 8")
    await browser.presses(browser.buttons[0])
    await phone.waits(lambda: phone.screen.text.startswith("2 od 8"))
