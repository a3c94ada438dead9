"""Who has no camera types the number of the card: the same door, the same rules, and guessing comes to nothing."""

import logging
import os
import re
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select, update

from storage import access_links, card_numbers, enrolments, participants, privacy
from storage.attempts import STEPS, Guess
from storage.schema import audit, invite, web_session

BREZICE = "brezice-racunalnik"
TYPE = "Vtipkam številko s kartice"
GUESSES = select(func.count(audit.c.id)).where(audit.c.action == Guess.CARD_NUMBER.value)
both_databases = pytest.mark.both_databases


async def enrolled(village):
    return await village.enrol(await village.cohort(BREZICE, name=os.urandom(4).hex()))


async def types(person, number):
    """Somebody comes to the page that is named on the card, and types what stands there."""
    await person.opens("/k")
    return await person.presses("Naprej", number=number)


async def joined(village, number, *, device=None):
    """Somebody at the first question, who came by typing."""
    person = village.surfer()
    await types(person, number)
    await person.presses("Odgovarjam tukaj", **({"device": device} if device else {}))
    await person.presses("Da")
    return await person.presses("Shrani", pin="4071")


def typed(person):
    """What stands in the field."""
    return person.page.get_element_by_id("number").get("value")


def problem(person):
    (found,) = person.page.xpath("//*[@role='alert']")
    assert person.page.get_element_by_id("number").get("aria-describedby") == "problem where"
    assert person.page.get_element_by_id("number").get("aria-invalid") == "true"
    return found.text_content()


async def count(village, query):
    return await village.services.database.read(lambda c: c.execute(query).scalar())


@both_databases
async def test_from_the_typed_number_to_the_first_question_and_back_on_another_device(web_village):
    card = (await enrolled(web_village)).on_card
    printed = card_numbers.shown(card.number)
    person = await joined(web_village, printed.lower().replace("-", " "), device="other")
    assert person.question.startswith("1 od 8")
    await person.presses("2")
    other = web_village.surfer()
    await types(other, printed)
    assert "Čaka vas kratek vprašalnik." in other.text
    await other.presses("Naprej", pin="1111")
    assert "Imate še 4 poskuse." in other.text.replace("\xa0", " ")
    await other.presses("Naprej", pin="4071")
    assert other.question.startswith("2 od 8")
    await other.opens("/kartica")  # the back button: the number has opened its door
    assert other.question.startswith("2 od 8")


async def test_who_types_where_they_answer_goes_on(web_village):
    card = (await enrolled(web_village)).on_card
    person = await joined(web_village, card.number)
    await types(person, card.number)
    assert "Lepo, da ste spet tukaj" in person.text
    await person.presses("Naprej")
    assert person.question.startswith("1 od 8")


@both_databases
async def test_the_link_and_the_number_are_one_door(web_village):
    card = (await enrolled(web_village)).on_card
    await joined(web_village, card.number)
    other = web_village.surfer()
    await other.opens(web_village.link(card.token))
    await other.presses("Naprej", pin="4071")
    assert other.question.startswith("1 od 8")


@both_databases
async def test_a_new_card_ends_the_number_of_the_old_one(web_village):
    old = await enrolled(web_village)
    keys, now = web_village.services.keys, web_village.clock()
    new = await web_village.write(enrolments.reissue, keys=keys, enrolment_id=old.enrolment, now=now, actor="staff:1")
    person = web_village.surfer()
    await types(person, old.on_card.number)
    assert "Ta povezava ne velja več." in person.text
    assert person.page.xpath("//form") == []
    await person.opens(person.page.xpath(f"//a[.='{TYPE}']/@href")[0])
    await person.presses("Naprej", number=new.on_card.number)
    assert "Odgovarjam tukaj" in person.text


@both_databases
async def test_after_an_erasure_the_number_is_nobodys(web_village):
    card = await enrolled(web_village)
    await joined(web_village, card.on_card.number)
    person, now = web_village.surfer(), web_village.clock()
    await types(person, card.on_card.number)
    erased = await web_village.services.database.read(partial(participants.of_enrolment, enrolment_id=card.enrolment))
    await web_village.write(privacy.erase, enrolments=[erased], now=now, actor="operator")
    await person.opens("/kartica")
    assert "Ta povezava ne velja več." in person.text
    await types(person, card.on_card.number)
    assert problem(person).startswith("Te številke ne poznamo.")


async def test_a_slip_is_told_with_what_was_typed_and_is_no_guess(web_village):
    card = (await enrolled(web_village)).on_card
    last = card.number[-1]
    slips = {
        "": "Vpišite številko s kartice.",
        card.number[:-1]: "Številka kartice ima 13 znakov, vpisali ste 12 znakov.",
        card.number[:2]: "Številka kartice ima 13 znakov, vpisali ste 2 znaka.",
        f"{card.number[:-1]}{next(sign for sign in card_numbers.ALPHABET if sign != last)}": "Nekaj je vtipkano narobe",
        f"{card.number[:-1]}L": "Znaka »L« ni na nobeni kartici.",
        f'{card.number}"><b>': "Številka kartice ima 13 znakov",
    }
    person = web_village.surfer()
    for given, told in slips.items():
        await types(person, given)
        assert problem(person).replace("\xa0", " ").startswith(told)
        assert typed(person) == given
        assert person.address == "/k"
    assert await count(web_village, GUESSES) == 0
    await person.presses("Naprej", number=card.number)
    assert "Odgovarjam tukaj" in person.text


async def test_a_participants_code_opens_nothing_and_is_told_what_to_type_instead(web_village):
    card = await enrolled(web_village)
    person = web_village.surfer()
    for given in (card.code, card.code.lower(), card.code.replace("-", ""), f"šifra {card.code}"):
        await types(person, given)
        assert problem(person).startswith("To je šifra, ki tukaj ne odpre ničesar. Vpišite daljšo številko kartice")
        assert typed(person) == given
    assert await count(web_village, GUESSES) == 0
    assert list(person.client.cookie_jar) == []


@both_databases
async def test_looking_and_typing_use_nothing_up_and_leave_nothing(web_village):
    card = (await enrolled(web_village)).on_card
    for _ in range(3):
        person = web_village.surfer()
        await types(person, card.number)
        await person.opens("/kartica")
        assert "Odgovarjam tukaj" in person.text
    for path in ("/k", "/k/", "/kartica"):
        await web_village.surfer().opens(path)
    used = await count(web_village, select(func.count(invite.c.id)).where(invite.c.used_at.is_not(None)))
    assert (used, await count(web_village, select(func.count(web_session.c.id)))) == (0, 0)


async def test_the_number_is_in_no_address_no_log_no_title_and_no_page_after_it(web_village, caplog):
    caplog.set_level(logging.DEBUG)
    card = (await enrolled(web_village)).on_card
    person = web_village.surfer()
    await types(person, card.number)
    seen = [person.address, person.page.findtext(".//title"), person.text, str(list(person.client.cookie_jar))]
    assert seen[:2] == ["/kartica", "Povezava iz knjižnice · Knjižnica vpraša"]
    await person.presses("Odgovarjam tukaj")
    seen += [person.address, str(list(person.client.cookie_jar))]
    log = "\n".join([caplog.text, *(str(one.__dict__) for one in caplog.records)])
    for secret in (card.number, card_numbers.shown(card.number), card.token):
        assert secret not in "\n".join([*seen, log])


async def test_after_ten_minutes_the_number_is_typed_again(web_village):
    card = (await enrolled(web_village)).on_card
    person = web_village.surfer()
    await types(person, card.number)
    web_village.clock.now += timedelta(minutes=11)
    await person.presses("Odgovarjam tukaj")
    assert "Odprite povezavo s svoje kartice" in person.text
    assert await count(web_village, select(func.count(web_session.c.id))) == 0


async def test_a_forged_cookie_is_no_number(web_village):
    card = (await enrolled(web_village)).on_card
    person = web_village.surfer()
    for forged in (card.number, "", "é", "AAAA", os.urandom(80).hex()):
        person.client.cookie_jar.update_cookies({"kartica": forged}, person.client._base_url)
        await person.opens("/kartica")
        assert person.address == "/"


async def test_a_form_from_another_place_is_refused(web_village):
    person = web_village.surfer()
    for path in ("/k", "/kartica", "/nazaj"):
        async with person.client.post(path, data={"number": "x"}, headers={"Sec-Fetch-Site": "cross-site"}) as answered:
            assert answered.status == 403


@both_databases
async def test_who_guesses_from_one_address_waits_and_who_types_rightly_never_does(web_village):
    card = (await enrolled(web_village)).on_card
    person = web_village.surfer()
    for _ in range(2):
        await types(person, card.number)
        assert "Odgovarjam tukaj" in person.text
    for _ in range(60):
        await types(person, card_numbers.drawn(os.urandom(32)))
        assert problem(person).startswith("Te številke ne poznamo.")
    for number in (card_numbers.drawn(os.urandom(32)), card.number):  # else waiting would stop nobody
        await types(person, number)
        said = problem(person).replace("\xa0", " ")
        assert re.match(r"Od tod je prišlo preveč napačnih številk\. Poskusite znova čez (59 minut|60 minut) ", said)
    assert await count(web_village, GUESSES) == 60 < STEPS[Guess.CARD_NUMBER][0].free


async def test_the_same_wrong_number_again_counts_once_and_locks_nobody_out(web_village):
    card = (await enrolled(web_village)).on_card
    unknown = card_numbers.drawn(os.urandom(32))
    person = web_village.surfer()
    for given in [unknown, card_numbers.shown(unknown).lower()] * 40:
        await types(person, given)
        assert problem(person).startswith("Te številke ne poznamo.")
    assert await count(web_village, GUESSES) == 1
    other = web_village.surfer()  # at the next computer, behind the same address
    await types(other, card.number)
    assert "Odgovarjam tukaj" in other.text


async def test_who_answers_is_not_held_up_by_wrong_numbers_from_the_same_address(web_village):
    answering = await joined(web_village, (await enrolled(web_village)).on_card.number)
    person = web_village.surfer()
    for _ in range(61):
        await types(person, card_numbers.drawn(os.urandom(32)))
    assert problem(person).startswith("Od tod je prišlo preveč")
    await answering.presses("2")
    assert answering.question.startswith("2 od 8")


@pytest.mark.parametrize("path", ["/K", "/K/"])
async def test_an_address_in_capitals_leads_to_the_page(web_village, path):
    person = web_village.surfer()
    await person.opens(path)
    assert person.address == "/k"


@both_databases
async def test_who_guesses_from_many_addresses_is_stopped_over_all_of_them(web_village):
    [step] = STEPS[Guess.CARD_NUMBER]
    now = web_village.clock()
    rows = [{"at": now, "actor": "stranger", "action": Guess.CARD_NUMBER.value, "subject": "web"}] * step.free
    await web_village.write(lambda connection: connection.execute(audit.insert(), rows))
    card = (await enrolled(web_village)).on_card
    person = web_village.surfer()
    for number in (card_numbers.drawn(os.urandom(32)), card.number):
        await types(person, number)
        said = problem(person).replace("\xa0", " ")
        assert said.startswith("Številk zdaj ne moremo preveriti, ker jih nekdo ugiba. Poskusite znova čez 1 minuto ")
    assert await count(web_village, GUESSES) == step.free
    await person.opens(web_village.link(card.token))  # the code on the card opens the door all the same
    assert "Odgovarjam tukaj" in person.text
    web_village.clock.now += step.pause
    await types(person, card.number)
    assert "Odgovarjam tukaj" in person.text


async def test_an_older_card_without_a_number_still_opens_by_its_link(web_village):
    card = (await enrolled(web_village)).on_card
    await web_village.write(lambda connection: connection.execute(update(invite).values(number_hash_sealed=None)))
    person = web_village.surfer()
    await types(person, card.number)
    assert problem(person).startswith("Te številke ne poznamo.")
    await person.joins(web_village.link(card.token))
    assert "Da, želim sodelovati" in person.text


@pytest.mark.parametrize("page", ["/", "/takega-naslova-ni"])
async def test_the_way_to_typing_stands_where_nobody_knows_on(web_village, page):
    person = web_village.surfer()
    await person.opens(page)
    assert "vtipkajte njeno številko" in person.text
    await person.opens(person.page.xpath(f"//main//a[.='{TYPE}']/@href")[0])
    field = person.page.get_element_by_id("number")
    assert {name: field.get(name) for name in ("inputmode", "autocomplete", "autocapitalize", "spellcheck")} == {
        "inputmode": "text", "autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}  # fmt: skip
    assert re.search(r"na primer 4KX-72M-9PH-3TWA", person.text)


async def test_a_dead_link_leads_to_typing(web_village):
    card = await enrolled(web_village)
    await web_village.write(access_links.void, enrolment_id=card.enrolment, now=web_village.clock())
    person = web_village.surfer()
    await person.opens(web_village.link(card.token))
    assert person.page.xpath(f"//main//a[.='{TYPE}']/@href") == ["/k"]
