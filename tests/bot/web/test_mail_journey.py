"""E-mail against a real SMTP server: asked for, confirmed, sent by the rules, ended; staff sign in by it."""

from datetime import UTC, datetime

import pytest
from plugins.mail_server import mail_server
from plugins.web_village import run_web_village
from sqlalchemy import select

from storage import calls
from storage.calls import CallReason
from storage.schema import DeliveryKind, DeliveryState, Role, delivery, email_address
from storage.web import email_addresses

pytestmark = pytest.mark.both_databases

BREZICE = "brezice-racunalnik"
AFTER = datetime(2026, 5, 6, 12, 0, tzinfo=UTC)  # the questionnaire at the end is open


@pytest.fixture
async def mailing(village_url, tmp_path):
    """A village with pages and a mail server."""
    async with mail_server() as box:
        email = {"host": "127.0.0.1", "port": box.port, "security": "none", "sender": "vpisi@knjiznica.si"}
        async with run_web_village(village_url, tmp_path, email=email) as village:
            village.box = box
            yield village


async def rows(village, statement):
    return await village.services.database.read(lambda c: [tuple(row) for row in c.execute(statement)])


async def answered(village):
    """Somebody who has joined in a browser and answered the first questionnaire."""
    person = village.surfer()
    await person.joins(village.link((await village.enrol(await village.cohort(BREZICE))).token))
    await person.presses("Da")
    await person.presses("Shrani", pin="4071")
    await person.answers_all()
    return person


async def wishes_mail(village, person, address="ana.novak@posta.si"):
    """They give an address; the bot's own tick sends the mail that confirms it."""
    await person.presses("Opomnite me po e-pošti")
    await person.types(address)
    await village.until(lambda: village.box.mails)


async def confirmed(village):
    person = await answered(village)
    await wishes_mail(village, person)
    await person.opens(village.box.links()[0])
    await person.presses("Potrjujem")
    return person


async def test_an_address_is_asked_for_as_one_and_a_slip_stands_there_to_be_found(mailing):
    person = await answered(mailing)
    await person.presses("Opomnite me po e-pošti")
    [field] = person.page.xpath("//*[@name='words']")
    assert (field.get("type"), field.get("inputmode"), field.get("autocomplete")) == ("email", "email", "email")
    assert field.get("title") == "na primer ana.novak@posta.si"
    [label] = person.page.xpath("//label[@for='words']")
    assert label.text == "E-poštni naslov"
    await person.types("ana.novak@posta<b>")
    assert (
        "»ana.novak@posta<b>« ni e-poštni naslov. Napišite ga še enkrat, na primer ana.novak@posta.si." in person.text
    )
    assert mailing.box.mails == []
    [field] = person.page.xpath("//*[@name='words']")
    assert field.get("value") == "ana.novak@posta<b>"
    await person.types("ana.novak@posta.si")
    assert person.page.xpath("//*[@name='words']/@value") != ["ana.novak@posta<b>"]
    await mailing.until(lambda: mailing.box.mails)


async def test_another_day_is_offered_to_who_is_written_to_on_it(mailing):
    person = await confirmed(mailing)
    await mailing.travel(AFTER)
    await person.opens("/")
    await person.presses("Ne zdaj")
    await person.presses("Jutri")
    assert "Spet vam pišemo" in person.text
    (found,) = await rows(mailing, select(email_address.c.chat))
    await mailing.write(email_addresses.end, chat=found[0], now=mailing.clock())
    await person.opens("/")
    assert "vprašalnik vas čaka tukaj in se zapre" in person.text
    assert "pišemo" not in person.text


async def test_no_day_is_offered_to_who_is_not_written_to(mailing):
    person = await confirmed(mailing)
    await mailing.travel(AFTER)
    (found,) = await rows(mailing, select(email_address.c.chat))
    await mailing.write(email_addresses.end, chat=found[0], now=mailing.clock())
    await person.opens("/")
    await person.presses("Ne zdaj")
    assert "vprašalnik vas čaka tukaj in se zapre" in person.text
    assert person.buttons == ["‹ Nazaj"]
    await person.presses("‹ Nazaj")
    assert "Ne zdaj" in person.buttons


async def test_who_is_written__to_reads_of_the_mail(mailing):
    person = await confirmed(mailing)
    await person.opens("/")
    await person.commands("anketa")
    assert "Takrat vam pišemo po e-pošti." in person.text
    assert "povezavo s svoje kartice" not in person.text


async def sent(village):
    reminders = select(delivery.c.state).where(delivery.c.kind == DeliveryKind.OPENING)
    return [state for (state,) in await rows(village, reminders)]


async def test_an_address_is_confirmed_by_its_link_and_only_what_a_person_sends_confirms_it(mailing):
    person = await answered(mailing)
    await wishes_mail(mailing, person)
    assert "ana.novak@posta.si" in person.text
    (mail,) = mailing.box.mails
    assert (mail["To"], mail["Subject"]) == ("ana.novak@posta.si", "Potrdite svoj e-poštni naslov")
    assert mail["List-Unsubscribe"] is None
    scanner = mailing.surfer()
    await scanner.opens(mailing.box.links()[0])
    assert await rows(mailing, select(email_address.c.confirmed_at)) == [(None,)]
    await scanner.presses("Potrjujem")
    assert "Hvala, naslov je potrjen." in scanner.text


async def test_who_wishes_it_is_written_to_when_something_is_open_and_the_link_opens_it_once(mailing):
    await confirmed(mailing)
    await mailing.travel(AFTER)
    mail = mailing.box.last()
    assert mail["Subject"] == "Sporočilo iz knjižnice"
    assert "računal" not in mail.as_string().lower()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert DeliveryState.SENT in await sent(mailing)
    phone, link = mailing.surfer(), mailing.box.links()[0]
    await phone.opens(link)
    await phone.presses("Naprej")
    await phone.commands("anketa")
    assert phone.question.startswith("1 od ")
    other = mailing.surfer()
    await other.opens(link)
    assert "Ta povezava ne velja več." in other.text


async def test_an_address_that_is_not_confirmed_gets_nothing_more_and_its_person_is_to_be_called(mailing):
    person = await answered(mailing)
    await wishes_mail(mailing, person)
    await mailing.travel(AFTER)
    assert len(mailing.box.mails) == 1
    called = await mailing.services.database.read(lambda c: calls.needing(c, [BREZICE], mailing.clock()))
    assert [one.reason for one in called] == [CallReason.BY_BROWSER]


async def test_one_press_in_the_mail_program_ends_it(mailing):
    await confirmed(mailing)
    await mailing.travel(AFTER)
    end = mailing.box.last()["List-Unsubscribe"].strip("<>")
    program = mailing.surfer()
    await program.opens(end)
    assert len(await rows(mailing, select(email_address.c.id))) == 1
    headers = {"Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    await program.client.post(end, data={"List-Unsubscribe": "One-Click"}, headers=headers)
    assert await rows(mailing, select(email_address.c.id)) == []


async def test_an_address_that_nobody_has_any_more_is_not_tried_again(mailing):
    await confirmed(mailing)
    mailing.box.answer = "550 no such user"
    await mailing.travel(AFTER)
    assert DeliveryState.FAILED in await sent(mailing)
    called = await mailing.services.database.read(lambda c: calls.needing(c, [BREZICE], mailing.clock()))
    assert [one.reason for one in called] == [CallReason.MAIL_REFUSED]


async def test_what_the_server_does_not_take_now_is_tried_again_and_what_is_lost_on_the_way_is_not(mailing):
    await confirmed(mailing)
    mailing.box.answer = "451 later"
    await mailing.travel(AFTER)
    assert DeliveryState.DUE in await sent(mailing)
    mailing.box.answer, mailing.box.after_data = "", "hangs up"
    await mailing.wait(days=1)
    assert DeliveryState.UNCERTAIN in await sent(mailing)


@pytest.mark.parametrize("words", ["ana", "ana@posta", "ana@posta.si\nBcc: vsi@posta.si", "ana@@posta.si", "a" * 300])
async def test_what_is_no_address_gets_no_mail(mailing, words):
    person = await answered(mailing)
    await person.presses("Opomnite me po e-pošti")
    await person.types(words)
    assert "ni e-poštni naslov." in person.text
    assert await rows(mailing, select(email_address.c.id)) == []


async def test_staff_without_telegram_come_back_by_a_link_to_their_address(mailing):
    librarian = mailing.surfer()
    await librarian.opens(mailing.link(await mailing.staff_token(Role.LIBRARIAN, BREZICE)))
    assert "To je vaša povezava za delo." in librarian.text
    await librarian.presses("Začnem delo tukaj")
    address = "breda@knjiznica.si"
    await librarian.commands("eposta")
    await librarian.types(address)
    await mailing.until(lambda: mailing.box.mails)
    await librarian.opens(mailing.box.links()[0])
    assert "S tem potrdite, da vam na ta naslov pošljemo povezavo za prijavo" in librarian.text
    await librarian.presses("Potrjujem")
    desk = mailing.surfer()
    for typed in (address, "nobody@knjiznica.si"):
        await desk.opens("/")
        await desk.opens(desk.page.xpath("//a[text()='Za zaposlene: prijava']/@href")[0])
        assert ("pošljete /splet." in desk.text, "Kdor nima" in desk.text) == (True, False)
        await desk.presses("Naprej", address=typed)
        assert "Če naslov poznamo, je povezava na poti." in desk.text
    await mailing.until(lambda: len(mailing.box.mails) == 2)
    await desk.opens(mailing.box.links()[0])
    await desk.presses("Naprej")
    assert "Povezavo za prijavo vam pošljemo na breda@knjiznica.si." in desk.text
    assert desk.page.xpath("//nav//button[@value='vpis']")
    await desk.opens(mailing.box.last()["List-Unsubscribe"].strip("<>"))
    await desk.presses("Odstranite naslov za prijavo")
    assert await rows(mailing, select(email_address.c.id)) == []
