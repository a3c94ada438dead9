"""A tablet of the library goes from hand to hand, in the browser: what is beside the cards of the kiosk."""

import re

import pytest
from plugins.at_the_desk import query, say, tap
from plugins.web_desk import at_a_desk
from sqlalchemy import select

from bot.texts import kiosk as texts
from storage.schema import chat, web_message
from storage.web import messages
from storage.web.messages import MessageFile, NewMessage

pytestmark = pytest.mark.both_databases

BREZICE, KAMNIK = "brezice-racunalnik", "kamnik-slovenscina"
ASK = "Pozdravljeni! Vpišite svojo šifro."
OTHER_PAGES = ("/koda", "/prijava", "/pregled", "/pregled/pdf", "/k/abcdefgh", "/v/abcdefgh", "/potrdi/abcdefgh")


async def begins(village, slug=BREZICE):
    """A kiosk in the browser of a librarian: the tablet, and what ends it."""
    phone = await village.librarian(slug)
    tablet = await at_a_desk(village, phone)
    await tablet.commands("kiosk")
    number = re.search(r"Številka za konec: (\d{4})", tablet.question)[1]
    assert "izberite »Čez ves zaslon«." in tablet.question
    assert not re.search(r"Telegram|pogovor", tablet.question)
    await tablet.presses(texts.BEGIN)
    return tablet, number


async def consented(village, name="Pomlad"):
    """Somebody with a card who has given consent on a form."""
    librarian = await village.librarian(BREZICE)
    enrolled = await village.enrol(await village.cohort(BREZICE, name=name))
    await say(librarian, f"/udelezenec {enrolled.code}")
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, "Oseba sama, s podpisom")
    return enrolled


def shown(tablet):
    """What can be read and pressed on the page."""
    return tablet.text, [button.text_content().strip() for button in tablet.page.xpath("//main//button")]


async def test_the_page_has_nothing_of_whose_chat_it_is(web_village):
    tablet, _ = await begins(web_village)
    assert shown(tablet) == (
        f"{ASK}Stoji na vaši kartici, na primer BRE-7F3K2. Šifra Pošlji {texts.SCAN} {texts.FULL_SCREEN}",
        ["Pošlji", texts.SCAN, texts.FULL_SCREEN],
    )
    assert tablet.headers["Clear-Site-Data"] == '"cache"'
    assert tablet.headers["Cache-Control"] == "no-store"
    for address in OTHER_PAGES:
        await tablet.opens(address)
        assert (tablet.address, tablet.question[: len(ASK)]) == ("/", ASK)
    assert await tablet.json("/stanje") == {
        "revision": int(tablet.page.get_element_by_id("card").get("data-revision")),
        "newest": 0,
    }


async def test_what_staff_ordered_is_on_no_page_of_a_kiosk(web_village):
    tablet, number = await begins(web_village)
    keys, now = web_village.services.keys, web_village.clock()
    whose = await query(web_village, lambda c: c.execute(select(chat.c.chat).where(chat.c.kiosk.is_not(None))).scalar())
    new = NewMessage("Izvoz", None, MessageFile("document", "izvoz.csv", b"BRE-12345"))
    await web_village.write(messages.add, keys=keys, chat=whose, new=[new], now=now)
    file = await query(web_village, lambda c: c.execute(select(web_message.c.id)).scalar())
    await tablet.opens("/")
    assert "Izvoz" not in tablet.text
    for address in (f"/datoteka/{file}", f"/ogled/{file}"):
        assert (await tablet.opens(address)).address == "/"
    await tablet.types(number)
    assert "Izvoz" in tablet.text
    assert (await tablet.opens(f"/datoteka/{file}")).page.text_content() == "BRE-12345"


async def test_nobody_presses_anything_and_the_page_goes_back_to_the_start(web_village):
    person = await consented(web_village)
    tablet, _ = await begins(web_village)
    await tablet.types(person.code)
    assert tablet.question.startswith("Vaš vprašalnik")
    (refresh,) = tablet.page.xpath("//noscript//meta/@content")
    address = refresh.partition("url=")[2]
    assert (await tablet.opens("/zapusti?1")).question.startswith("Vaš vprašalnik")  # of an older page
    for _ in range(2):
        await tablet.opens(address)
        assert (tablet.address, tablet.question[: len(ASK)]) == ("/", ASK)
        assert tablet.page.xpath("//noscript//meta") == []


def quiet(tablet):
    """After how many seconds the page warns, and after how many it goes back without a script."""
    (bar,), (refresh,) = tablet.page.xpath("//*[@id='idle']/@data-seconds"), tablet.page.xpath("//noscript//@content")
    return int(bar), int(refresh.partition(";")[0])


async def test_the_text_of_consent_may_be_read_for_longer_than_a_question(web_village):
    new = await web_village.enrol(await web_village.cohort(BREZICE))
    tablet, _ = await begins(web_village)
    await tablet.types(new.code)
    assert quiet(tablet) == (180, 300)
    await tablet.presses("Da, dovolim")
    assert quiet(tablet) == (60, 180)


async def test_the_link_of_a_card_opens_what_its_code_does(web_village):
    person = await consented(web_village)
    elsewhere = await web_village.enrol(await web_village.cohort(KAMNIK))
    tablet, _ = await begins(web_village)
    for link in (web_village.link(elsewhere.token), web_village.link("abcdefgh")):
        await tablet.types(link)
        assert texts.WRONG in tablet.text
    await tablet.types(web_village.link(person.token))
    assert tablet.question.startswith("Vaš vprašalnik")


async def test_who_has_a_card_and_has_not_consented_reads_and_agrees_there(web_village):
    new = await web_village.enrol(await web_village.cohort(BREZICE))
    tablet, _ = await begins(web_village)
    await tablet.types(new.code)
    assert "Da, dovolim" in tablet.buttons
    assert "Odgovarja lahko, kdor ima vsaj 15 let." in tablet.text
    assert tablet.page.xpath("//form[@id='leave']")
    await tablet.presses("Da, dovolim")
    assert tablet.question.startswith("Vaš vprašalnik")
    await tablet.answers_all()
    await tablet.presses("Končano")
    assert tablet.question.startswith(ASK)


async def test_a_kiosk_goes_on_for_a_day_and_the_desk_behind_it_does_not(web_village):
    tablet, number = await begins(web_village)
    for _ in range(5):
        await web_village.wait(hours=3)
        await tablet.types("KAM-7F3K2")
        assert tablet.question.startswith(ASK)
    await tablet.types(number)
    assert "Odprite povezavo s svoje kartice" in tablet.text


async def test_the_desk_behind_a_kiosk_is_there_as_long_as_without_it(web_village):
    tablet, number = await begins(web_village)
    await web_village.wait(hours=3)
    await tablet.types(number)
    assert "Vaša vloga" in tablet.question
    await web_village.wait(hours=5, minutes=1)
    assert "Odprite povezavo s svoje kartice" in (await tablet.opens("/")).text


async def test_a_kiosk_that_lies_about_becomes_nobodys_desk(web_village):
    tablet, _ = await begins(web_village)
    await web_village.wait(hours=8, minutes=1)
    assert "Odprite povezavo s svoje kartice" in (await tablet.opens("/")).text
    assert await query(web_village, lambda c: c.execute(select(chat.c.kiosk).where(chat.c.kiosk.is_not(None))).scalar())


async def test_wrong_numbers_are_counted(web_village):
    tablet, number = await begins(web_village)
    wrong = "3000" if number != "3000" else "3001"
    for _ in range(12):
        await tablet.types(wrong)
    assert "Prevečkrat je bilo vpisano nekaj napačnega" in tablet.text
    await tablet.types(number)
    assert tablet.page.find_class("kiosk")
