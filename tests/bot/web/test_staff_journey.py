"""Staff at a desk: the chat's own card in a browser, by /splet or by a staff link, and how it ends."""

import re
from functools import partial

import pytest
from plugins.at_the_desk import query
from plugins.web_desk import at_a_desk, entrance, without_telegram
from sqlalchemy import select

from storage import cohort_overview, staff
from storage.schema import Role, web_session
from storage.web.sessions import STAFF_LIFE
from tests.bot.telegram.test_menus import menus

pytestmark = pytest.mark.both_databases

BREZICE = "brezice-racunalnik"
NOBODY = "Odprite povezavo s svoje kartice"
CSV = "Priimek;Ime\nŽagar;Ana\nKos;Bor\n".encode()


async def enrolled(village, cohort):
    return len(await query(village, cohort_overview.members, cohort_id=cohort.id))


async def uploads(village, desk):
    """Send a list by the field of the card, and look again once it is read."""
    await desk.presses("Pošlji datoteko", file=("seznam.csv", CSV, "text/csv"))
    await village.ticks()
    return await desk.opens("/")


async def test_what_is_done_in_the_browser_stands_on_the_phone(web_village):
    cohort = await web_village.cohort(BREZICE)
    phone = await web_village.librarian(BREZICE)
    desk = await at_a_desk(web_village, phone)
    await desk.commands("vpis")
    await desk.presses("Pomlad")
    await phone.waits(lambda: phone.screen.text.startswith("Vpis: Pomlad"))
    await desk.presses("1\xa0oseba")
    assert await enrolled(web_village, cohort) == 1
    await phone.waits(lambda: phone.buttons == desk.buttons)
    assert phone.screen.text.startswith("Vpis: Pomlad\n\nVpisana je oseba s šifro")
    assert "Vpisana je oseba s šifro" in desk.question


async def test_a_list_comes_by_the_field_of_the_card(web_village):
    cohort = await web_village.cohort(BREZICE)
    phone = await web_village.librarian(BREZICE)
    desk = await at_a_desk(web_village, phone)
    await desk.commands("skupine")
    await desk.presses("Pomlad")
    await desk.presses("Vpis s seznama")
    await uploads(web_village, desk)
    assert "Tako smo prebrali imena: Žagar Ana, Kos Bor." in desk.question
    await phone.waits(lambda: "Žagar Ana" in phone.screen.text)
    await desk.presses("Vpiši 2")
    assert await enrolled(web_village, cohort) == 2


async def test_who_has_no_telegram_joins_by_the_staff_link_and_does_the_same_work(web_village):
    cohort = await web_village.cohort(BREZICE)
    desk = await without_telegram(web_village, Role.LIBRARIAN, web_village.programme(BREZICE).code)
    assert "Vaša vloga: knjižničarka ali knjižničar" in desk.question
    await desk.commands("skupine")
    await desk.presses("Pomlad")
    await desk.presses("Vpis s seznama")
    await uploads(web_village, desk)
    await desk.presses("Vpiši 2")
    assert await enrolled(web_village, cohort) == 2


async def test_staff_without_telegram_keep_nobody_from_their_menu(web_village):
    await without_telegram(web_village, Role.LIBRARIAN, web_village.programme(BREZICE).code)
    phone = await web_village.coordinator(BREZICE)
    await phone.waits(lambda: phone.id in menus(web_village))


async def test_a_link_into_the_browser_holds_once(web_village):
    phone = await web_village.librarian(BREZICE)
    link, first, second = await entrance(phone), web_village.surfer(), web_village.surfer()
    await first.opens(link)
    await second.opens(link)
    assert "Nadaljujte v brskalniku" in first.text
    await first.presses("Naprej")
    assert first.question.startswith("Pozdravljeni!")
    await second.presses("Naprej")
    assert "Ta povezava ne velja več." in second.text
    await second.opens(link)
    assert ("Ta povezava ne velja več." in second.text, "/v/" in second.text) == (True, False)


@pytest.mark.parametrize(("minutes", "opens"), [(9, True), (11, False)])
async def test_a_link_into_the_browser_holds_ten_minutes(web_village, minutes, opens):
    phone = await web_village.librarian(BREZICE)
    link, desk = await entrance(phone), web_village.surfer()
    await web_village.wait(minutes=minutes)
    await desk.opens(link)
    assert ("Ta povezava ne velja več." not in desk.text) == opens
    if opens:
        await desk.presses("Naprej")
        assert desk.question.startswith("Pozdravljeni!")


async def test_a_desk_is_signed_out_after_eight_hours_however_it_is_used(web_village):
    desk = await at_a_desk(web_village, await web_village.librarian(BREZICE))
    await web_village.wait(hours=7, minutes=59)
    await desk.commands("skupine")
    assert desk.question.startswith("Skupine")
    await web_village.wait(minutes=2)
    await desk.opens("/")
    assert NOBODY in desk.text
    assert "če botu v Telegramu pošljete /splet. Kdor nima Telegrama, naj za novo povezavo" in desk.text
    await desk.opens("/prijava")
    assert "pošljete /splet." in desk.text
    assert desk.page.xpath("//main//form") == []  # no address is asked for where no mail is sent


async def test_whose_role_ends_is_signed_out_at_once(web_village):
    desk = await at_a_desk(web_village, await web_village.librarian(BREZICE))
    (member,) = await query(web_village, staff.listing)
    await web_village.write(staff.remove, staff_id=member.id, now=web_village.clock(), actor="operator")
    await desk.commands("skupine")
    assert NOBODY in desk.text


async def test_a_participants_browser_that_becomes_a_desk_lasts_as_long_as_one(web_village):
    card = web_village.link((await web_village.enrol(await web_village.cohort(BREZICE))).token)
    desk = web_village.surfer()
    await desk.joins(card)
    read = partial(web_village.services.database.read, lambda c: c.execute(select(web_session.c.expires_at)).scalar())
    assert await read() - web_village.clock() > STAFF_LIFE
    (chat,) = await web_village.services.database.read(lambda c: c.execute(select(web_session.c.chat)).scalars().all())
    code = web_village.programme(BREZICE).code
    await web_village.write(staff.join, role=Role.LIBRARIAN, library=code, chat=chat, now=web_village.clock())
    assert await read() - web_village.clock() == STAFF_LIFE


async def test_splet_stands_in_the_menu_of_staff_where_there_are_pages(web_village):
    phone = await web_village.librarian(BREZICE)
    assert "/splet – isto v brskalniku" in phone.screen.text


async def test_at_a_desk_each_task_stands_once_and_no_page_is_called_a_card(web_village):
    await web_village.cohort(BREZICE)
    phone = await web_village.librarian(BREZICE)
    desk = await at_a_desk(web_village, phone)
    labels = [one.text_content().strip() for one in desk.page.xpath("//main//button")]
    assert len(labels) == len(set(labels))
    assert "Koga poklicati" in labels
    assert "Vaša kartica" not in desk.page.text_content()
    assert not re.search(r"/[a-z]+ – ", desk.text)


async def test_a_file_is_asked_for_where_the_card_says_so_alone(web_village):
    await web_village.cohort(BREZICE)
    desk = await at_a_desk(web_village, await web_village.librarian(BREZICE))
    asks = {}
    for name in ("Vpiši osebe", "Skupine", "Pomlad", "Prvo srečanje", "V skupino", "Vpis s seznama"):
        await desk.presses(name)
        asks[name] = bool(desk.page.xpath("//input[@type='file']"))
    assert {name for name, does in asks.items() if does} == {"Vpiši osebe", "Vpis s seznama"}


async def test_splet_stands_in_no_menu_where_there_are_none(village):
    phone = await village.librarian(BREZICE)
    assert "/splet" not in phone.screen.text
