"""What was ordered in the chat, seen later at a desk in the browser: what is not there is not said to be."""

import pytest
from plugins.at_the_desk import say, tap
from plugins.web_desk import at_a_desk

BREZICE = "brezice-racunalnik"
pytestmark = pytest.mark.both_databases


async def orders_cards(village, phone, group):
    await village.enrol(await village.cohort(BREZICE, name=group))
    await say(phone, "/skupine")
    await tap(phone, group)
    await tap(phone, "Šifre in kartice")
    await tap(phone, "Kartice za tisk")
    await village.ticks()
    await village.wait(minutes=1)


async def test_a_file_that_came_to_the_chat_alone_is_made_at_the_desk_with_one_press(web_village):
    phone = await web_village.librarian(BREZICE)
    await orders_cards(web_village, phone, "Jesen")
    desk = await at_a_desk(web_village, phone)
    assert "Kartice za tisk · Jesen" in desk.question
    assert ("Tukaj datoteke ni." in desk.question, "kartice-BRE" in desk.text) == (True, False)
    await desk.presses("Pripravi tudi tukaj")
    await web_village.ticks()
    await desk.opens("/")
    assert "Pripravljeno. Najdete spodaj." in desk.question
    assert "kartice-BRE-2026-03-02.pdf" in desk.text


async def test_the_desk_names_what_is_not_there_and_nothing_else(web_village):
    phone = await web_village.librarian(BREZICE)
    await orders_cards(web_village, phone, "Jesen")
    await orders_cards(web_village, phone, "Zima")
    desk = await at_a_desk(web_village, phone)
    await desk.presses("Na začetek")
    assert "To ste naročili v Telegramu." in desk.question
    assert [one for one in desk.buttons if "Kartice za tisk" in one] == [
        "Kartice za tisk · Zima",
        "Kartice za tisk · Jesen",
    ]
    await desk.presses("Kartice za tisk · Jesen")
    await web_village.ticks()
    await desk.opens("/")
    await desk.presses("Na začetek")
    assert [one for one in desk.buttons if "Kartice za tisk" in one] == ["Kartice za tisk · Zima"]
    await web_village.wait(days=31)
    desk = await at_a_desk(web_village, phone)
    assert "To ste naročili v Telegramu." not in desk.question
