"""What is read on a page holds there: no word of a chat, nothing said twice, and all that is offered can be pressed."""

import re

import pytest
from plugins.web_desk import without_telegram

from bot.texts import languages
from bot.web.channel import NAME
from storage.schema import Role
from tests.bot.web.test_attacks import BREZICE, joined

OF_A_CHAT = re.compile(
    r"Telegram|v (ta |tem )?pogovor|glasovn|tem sporočilom|(novo|istem) sporočil|ukazom /|tudi ukaz /|apišite /"
    r"|chat|(voice|new|same|above this) message|write /|t(em|his) (telefonu|phone)"
)
OF_WRITING = re.compile(r"pisati|pisali|pišemo|pošilja|poročil[ao] (lahko|ustavi)|writ(e|ing) |send|stop")
ONLY_IN_TELEGRAM = {
    *("EDITED", "EDITED_TEXT", "IN_TELEGRAM", "ON_ANOTHER_PHONE", "LINK_IS_OLD", "SHORT_DESCRIPTION"),
    *("STAFF_IN_TELEGRAM", "STAFF_WITHOUT_MAIL", "CHANNELS telegram"),
}


def said(words):
    """Every text of a language that stands by itself, by its name."""
    for name in dir(words):
        value = getattr(words, name)
        if isinstance(value, str) and name.isupper():
            yield name, value
        elif isinstance(value, dict) and name.isupper():
            yield from ((f"{name} {key}", said) for key, said in value.items())
        elif not name.startswith("_") and type(value).__module__.startswith("bot.texts."):
            yield from said(value)


@pytest.mark.parametrize("language", languages.WORDS)
def test_no_text_speaks_of_a_chat_on_a_page(language):
    words = languages.words(language)
    texts = dict(said(words)) | {
        f"language {aloud}": words.choose_language("x", several=True, aloud=aloud) for aloud in (True, False)
    }
    found = {name for name, text in texts.items() if OF_A_CHAT.search(words.on_page(words.read_in(NAME, text)))}
    assert found <= ONLY_IN_TELEGRAM
    for in_chat, _ in words.ON_A_PAGE:
        assert any(in_chat in text for text in texts.values()), in_chat


async def at_a_number(village):
    """Somebody at a question that asks for a number."""
    person, _ = await joined(village)
    while not person.page.xpath("//input[@inputmode='decimal']"):
        await person.presses(person.buttons[0])
    return person


async def test_a_typed_number_is_said_to_be_saved_once(web_village):
    person = await at_a_number(web_village)
    await person.types("1")
    assert [one.text_content().strip() for one in person.page.find_class("said")] == ["Shranjeno: 1"]


async def test_who_types_in_an_old_tab_and_is_not_understood_can_ask_for_a_call(web_village):
    person = await at_a_number(web_village)
    old = person.page
    await person.answers_all()
    person.page = old
    await person.types("hm, tako tako")
    assert "Žal tega ne razumemo" in person.text
    await person.presses("Pokličite me")
    assert person.text.startswith("Knjižnica Brežice vas bo poklicala.")


async def test_where_links_lead_to_pages_staff_read_of_pages(web_village):
    marija = await web_village.enrol(await web_village.cohort(BREZICE))
    person = web_village.surfer()
    await person.joins(web_village.link(marija.token))
    await person.presses("Da")
    desk = await without_telegram(web_village, Role.LIBRARIAN, web_village.programme(BREZICE).code)
    await desk.commands("vpis")
    await desk.presses(desk.buttons[0])
    await desk.presses("1\xa0oseba")
    assert "Poskenirajte jo s telefonom in izberite, kje želite odgovarjati." in desk.text
    await desk.presses("Poišči", words=marija.code)
    assert "Odgovarja v brskalniku." in desk.question


@pytest.mark.parametrize("language", languages.WORDS)
def test_no_text_before_consent_says_in_a_browser_that_something_is_sent(language):
    words = languages.words(language)
    for text in (words.welcome("L", "P", "m"), words.declined("L"), words.for_whom("L", "P")):
        read = words.on_page(words.read_in(NAME, text))
        assert re.search(r"pošlj|pošilj|oslali|send|chat|pogovor", read) is None


async def test_a_screen_reader_hears_one_short_announcement_and_never_a_command(web_village):
    person = web_village.surfer()
    await person.joins(web_village.link((await web_village.enrol(await web_village.cohort(BREZICE))).token))

    def announced():
        [news] = person.page.xpath("//*[@role='status'][@id='news']")
        return news.text_content().strip()

    assert announced() == "Pozdravljeni! Tukaj Knjižnica Brežice."
    await person.commands("zasebnost")
    assert announced() == "Zasebnost Pozdravljeni! Tukaj Knjižnica Brežice."


async def test_where_nothing_is_sent_the_thanks_say_how_to_come_back(web_village):
    person, _ = await joined(web_village)
    await person.answers_all()
    back = re.compile(
        r"vas tukaj čaka v ponedeljek, [\d.\s]+ "
        r"Takrat spet odprite povezavo s svoje kartice ali vtipkajte njeno številko\."
    )
    assert back.search(person.text)
    await person.commands("anketa")
    assert back.search(person.text)
    assert "dobite" not in person.text


@pytest.mark.parametrize("language", languages.WORDS)
def test_help_on_a_page_says_what_can_be_done_there_and_nothing_twice(language):
    words = languages.words(language)
    read = words.on_page(words.HELP)
    named = [f"/{name}" for name in words.web.COMMANDS]
    assert [line for line in read.splitlines() if line.startswith("/")] == [one for one in named if one in words.HELP]
    assert re.search(r"tudi napišete|can also write", read) is None


@pytest.mark.parametrize("language", languages.WORDS)
def test_whoever_stops_on_a_page_ends_taking_part_and_no_messages(language):
    words = languages.words(language)
    texts = (
        *(words.STOP_KEEP, words.STOP_ASK, words.STOPPED, words.STOPPED_UNANSWERED, words.NOTHING_TO_STOP),
        *(words.sharing.STOP_FOR, words.sharing.stopped("x"), words.talk.STOP_MEANT, words.web.COMMANDS["stop"]),
        words.PRIVACY,
    )
    for text in texts:
        assert OF_WRITING.search(words.on_page(text).replace("/stop", "")) is None


async def test_who_stops_on_a_page_reads_that_they_no_longer_take_part(web_village):
    person, _ = await joined(web_village)
    await person.commands("pomoc")
    assert "Nadaljujem" in person.buttons
    await person.commands("stop")
    assert person.question.startswith("Ne želite več sodelovati?")
    await person.presses("Ne želim več sodelovati")
    assert "V redu, ne sodelujete več. Hvala" in person.text


async def test_saved_is_said_to_who_has_just_answered_and_not_on_another_device_or_later(web_village):
    person, link = await joined(web_village)
    await person.presses(person.buttons[0])

    def said():
        return [one.text_content().strip() for one in person.page.find_class("said")]

    assert said() == ["Shranjeno"]
    await web_village.wait(minutes=1)
    other = web_village.surfer()
    await other.opens(link)
    await other.presses("Naprej", pin="4071")
    assert (other.question, other.page.find_class("said")) == (person.question, [])
    await person.opens("/")
    assert said() == ["Shranjeno"]
    await web_village.wait(days=7)
    await person.opens("/")
    assert said() == []


async def test_handing_in_is_the_strong_button_of_its_page(web_village):
    person, _ = await joined(web_village)
    while "Oddaj odgovore" not in person.buttons:
        await person.answers_one()
    assert [one.text for one in person.page.xpath("//*[@class='row']/button[@class='main']")] == ["Oddaj odgovore"]


async def test_who_agreed_without_a_chat_is_said_to_have_a_card_for_the_browser(web_village):
    marija = await web_village.enrol(await web_village.cohort(BREZICE))
    desk = await without_telegram(web_village, Role.LIBRARIAN, web_village.programme(BREZICE).code)
    await desk.presses("Poišči", words=marija.code)
    await desk.presses("Zapiši privolitev")
    await desk.presses("Prebrano in dovoljeno")
    assert "Sporočil ne dobiva. Odgovore vnesete vi; lahko odgovarja tudi v brskalniku s svojo kartico." in desk.text
