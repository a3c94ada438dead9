"""A device of the library goes from hand to hand, over HTTP: nothing of one person stays for the next."""

import re
from datetime import timedelta
from random import Random

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import assistance
from bot.actions import participant as actions
from bot.actions.librarian import find_person
from bot.actions.staff import show_desk
from bot.texts import kiosk as texts
from storage import chats, codes
from storage.schema import answer, answer_change, audit, occasion, run
from surveys.model import Mode

BREZICE, KAMNIK, CHILDREN = "brezice-racunalnik", "kamnik-slovenscina", "novo-mesto-branje"
ASK = "Pozdravljeni!\n\nVpišite svojo šifro.\n\nStoji na vaši kartici, na primer BRE-7F3K2."
THANKS = "Hvala! Vaši odgovori so shranjeni."
DESK = "Pozdravljeni!\nVaša vloga: knjižničarka ali knjižničar"


async def consented(village, librarian, *, slug=BREZICE, giver="Oseba sama, s podpisom", name="Pomlad"):
    """Somebody without a telephone who has given consent."""
    enrolled = await village.enrol(await village.cohort(slug, name=name))
    await say(librarian, f"/udelezenec {enrolled.code}")
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, giver)
    return enrolled


async def starts(librarian, ask=ASK):
    """The kiosk stands and says `ask`; gives the number that ends it."""
    card = await say(librarian, "/kiosk")
    number = re.search(r"Številka za konec: (\d{4})\n", card)[1]
    assert card == re.sub(r"<[^>]+>", "", texts.offer(int(number), in_browser=False))
    assert await tap(librarian, texts.BEGIN, again=True, new_query_id=True) == ask
    return number


async def finish(librarian):
    for _ in range(30):
        if "Oddaj odgovore" in librarian.buttons:
            return await tap(librarian, "Oddaj odgovore")
        if "Napišite številko" in librarian.screen.text:
            await say(librarian, "1")
        else:
            await tap(librarian, "Preskoči" if "Preskoči" in librarian.buttons else librarian.buttons[0])
            if "Naprej ›" in librarian.buttons and librarian.buttons[0].startswith("✓"):
                await tap(librarian, "Naprej ›")
    raise AssertionError("the questionnaire has no end")


async def modes(village):
    asked = select(run.c.mode, run.c.finished_at.is_not(None)).order_by(run.c.id)
    return await query(village, lambda c: [tuple(row) for row in c.execute(asked)])


async def answers(village):
    return await query(village, lambda c: c.execute(select(answer.c.run, answer.c.item, answer.c.value)).all())


async def test_two_people_answer_one_after_the_other_and_nothing_of_them_stays(village):
    librarian = await village.librarian(BREZICE)
    first, second = await consented(village, librarian), await consented(village, librarian, name="Jesen")
    silent = await consented(village, librarian, name="Ne sodeluje več")
    await tap(librarian, "Konec sodelovanja")
    await tap(librarian, "Da, končaj")
    elsewhere = await village.enrol(await village.cohort(KAMNIK))
    await say(librarian, "/izpolni " + second.code)
    old = librarian.screen
    number = await starts(librarian)
    began = librarian.screen.id
    assert await drawn_again(village, librarian) == (ASK, [])

    for wrong in ("BRE-12345", "0000", "zdravo", elsewhere.code):
        assert await say(librarian, wrong) == f"{texts.WRONG}\n\n{ASK}"
    assert await say(librarian, silent.code) == f"{texts.CALL_STAFF}\n\n{ASK}"
    for command in (f"/izpolni {second.code}", "/start", "/izbris", "/udelezenec", "/kiosk"):
        assert await say(librarian, command) == ASK

    question = await say(librarian, first.code.lower())
    assert question.startswith("Vaš vprašalnik\n\n1 od 8\n\n")
    assert first.code not in question
    assert await drawn_again(village, librarian) == (question, librarian.buttons)
    await tap(librarian, librarian.buttons[0])
    question, held = librarian.screen.text, await answers(village)
    for command in ("/skupine", "/stop", "/izpolni " + second.code):
        assert await say(librarian, command) == question
    await librarian.sends_voice(b"OggS" + b"a" * 400, seconds=3)
    await librarian.settles()
    assert librarian.screen.text.partition("\n\n")[2] == question
    forbidden = (
        *(show_desk(), find_person(), assistance.choose_whom_to_assist(), assistance.assist_person(second.enrolment)),
        *(actions.go_home(), actions.stop_messages(), actions.begin_answering(1)),
        *(actions.show_own_answers(), actions.choose_language()),
    )
    for action in forbidden:
        assert await forge(librarian, action) == "Ta gumb ne velja več."
        assert librarian.screen.text == question
    await librarian.taps_data(old.id, actions.answer_question(held[0].run - 1, 0, 0, "c1"))
    await librarian.settles()
    assert (librarian.screen.text, await answers(village)) == (question, held)
    assert await finish(librarian) == THANKS
    assert librarian.buttons == ["Končano"]
    assert await drawn_again(village, librarian) == (THANKS, ["Končano"])

    assert await tap(librarian, "Končano") == ASK
    card = await say(librarian, second.code)
    assert card.startswith("Vaš vprašalnik\n\n1 od 8")
    for typed in (f"Šifra: {second.code}.", second.code[4:].lower(), second.code.replace("BRE", "ВRЕ")):
        assert await tap(librarian, "Končaj za zdaj") == ASK
        assert await say(librarian, typed) == card
    assert await tap(librarian, "Končaj za zdaj") == ASK
    await say(librarian, second.code)
    assert await say(librarian, first.code) == f"{texts.NOTHING_OPEN}\n\n{ASK}"
    assert await say(librarian, second.code) == card
    await finish(librarian)
    assert await say(librarian, "Hvala") == f"{texts.WRONG}\n\n{ASK}"
    assert [message.id for message in librarian.messages if message.id >= began] == [began]
    assert await modes(village) == [(Mode.ASSISTED, True), (Mode.SELF, True)]

    assert (await say(librarian, number)).startswith(DESK)
    assert [message.id for message in librarian.messages if message.id >= began] == [began]
    assert await forge(librarian, assistance.leave_kiosk(1)) == "Ta gumb tukaj ne velja."
    assert (await say(librarian, "/udelezenec " + first.code)).startswith(first.code)


async def test_what_is_half_answered_goes_on_in_the_kiosk_and_on_ones_own_phone(village):
    librarian, other = await village.librarian(BREZICE), await village.librarian(BREZICE)
    enrolled = await village.enrol(await village.cohort(BREZICE, name="Pomlad"))
    phone = village.simulator.person("Marija")
    await phone.follows(village.link(enrolled.token))
    await phone.settles()
    await tap(phone, "Da, želim sodelovati")
    for one in (librarian, other):
        await starts(one)
        await say(one, enrolled.code)
    await tap(phone, phone.buttons[0])
    assert (await tap(librarian, librarian.buttons[1])).startswith("Vaš vprašalnik\n\n2 od 8\n\n")
    assert librarian.toasts[-1].text == "Na to vprašanje ste že odgovorili. Za spremembo izberite »‹ Nazaj«."
    await tap(librarian, librarian.buttons[1])
    assert (await tap(other, other.buttons[2])).startswith("Vaš vprašalnik\n\n3 od 8\n\n")
    await tap(other, "‹ Nazaj")
    await tap(other, other.buttons[2])
    assert await query(village, lambda c: list(c.scalars(select(answer_change.c.changed_by)))) == [
        f"participant:{enrolled.code}"
    ]
    await finish(phone)
    assert await modes(village) == [(Mode.SELF, True)]
    assert await tap(other, other.buttons[0]) == f"{texts.HANDED_IN}\n\n{ASK}"


async def test_who_went_away_is_forgotten_and_at_night_the_kiosk_ends(village):
    librarian = await village.librarian(BREZICE)
    person = await consented(village, librarian)
    await starts(librarian)
    await say(librarian, person.code)
    await tap(librarian, librarian.buttons[0])
    await village.wait(minutes=9)
    assert librarian.screen.text.startswith("Vaš vprašalnik\n\n2 od 8")
    await village.wait(minutes=1)
    await librarian.settles()
    assert (librarian.screen.text, librarian.buttons) == (ASK, [])
    assert (await say(librarian, person.code)).startswith("Vaš vprašalnik\n\n2 od 8")
    await village.wait(minutes=10)
    await village.wait(hours=10)
    await librarian.settles()
    assert librarian.screen.text.startswith(DESK)


async def test_what_is_meant_for_the_owner_of_the_device_waits_for_the_end(village):
    coordinator = await village.coordinator(BREZICE)
    enrolled = await village.enrol(await village.cohort(BREZICE, name="Pomlad"))
    await coordinator.follows(village.link(enrolled.token))
    await coordinator.settles()
    await tap(coordinator, "Da, želim sodelovati")
    await finish(coordinator)
    await village.wait(minutes=1)  # plans Monday's summary
    opens = await query(village, lambda c: c.scalars(select(occasion.c.opens_at).order_by(occasion.c.id)).all())
    for moment, waited in ((village.clock().replace(day=9), "Dober dan."), (opens[1], "odgovorite na")):
        number = await starts(coordinator)
        shown = [message.id for message in coordinator.messages]
        village.clock.now = moment
        await village.write(
            chats.show_next, chat_ref=village.services.keys.seal_id(coordinator.id), view="kiosk:", now=moment
        )
        await village.wait(minutes=1)
        assert [message.id for message in coordinator.messages] == shown
        await say(coordinator, number)
        await village.wait(hours=1)
        await coordinator.settles()
        [arrived] = [one.text for one in coordinator.messages if one.id > shown[-1]]
        assert waited in arrived


async def test_for_a_child_an_adult_answers_and_in_a_kiosk_it_stays_so(village):
    librarian = await village.librarian(CHILDREN)
    child = await consented(village, librarian, slug=CHILDREN, giver="Starš ali skrbnik podpiše")
    await starts(librarian, ASK.replace("BRE", "NME"))
    await say(librarian, child.code)
    assert await finish(librarian) == THANKS
    assert await modes(village) == [(Mode.PROXY, True)]


async def test_a_kiosk_is_begun_only_by_who_may_and_with_the_number_that_was_shown(village):
    librarian, stranger = await village.librarian(BREZICE), village.simulator.person("Tuja")
    assert "Številka za konec" not in await say(stranger, "/kiosk")
    await say(librarian, "/kiosk")
    assert await forge(librarian, assistance.begin_kiosk(1)) == "Ta gumb tukaj ne velja."
    await starts(librarian)
    assert await say(librarian, "1") == f"{texts.WRONG}\n\n{ASK}"


@pytest.mark.parametrize("between", [" ", "-", " – "])
async def test_the_number_for_the_end_may_be_typed_in_pairs(village, between):
    librarian = await village.librarian(BREZICE)
    number = await starts(librarian)
    assert (await say(librarian, f"{number[:2]}{between}{number[2:]}")).startswith(DESK)


async def test_whoever_guesses_codes_or_the_number_has_to_wait(village):
    librarian = await village.librarian(BREZICE)
    enrolled = await consented(village, librarian)
    number = int(await starts(librarian))
    nobody = [code for code in well_formed("BRE") if code != enrolled.code]
    for code in nobody[:5]:
        assert await say(librarian, code) == f"{texts.WRONG}\n\n{ASK}"
    waits = texts.paused(village.clock().astimezone(village.services.policy.zone) + timedelta(minutes=1))
    for code in (nobody[5], enrolled.code):  # the right one neither
        assert await say(librarian, code) == f"{waits}\n\n{ASK}"
    assert await say(librarian, "BRE-22223") == f"{waits}\n\n{ASK}"

    for wrong in [one for one in range(5000, 5004) if one != number][:3]:
        assert "Poskusite znova" in await say(librarian, str(wrong))  # a code, as which it is read then, waits, too
    waits = texts.paused(village.clock().astimezone(village.services.policy.zone) + timedelta(minutes=5))
    assert await say(librarian, str(number)) == f"{waits}\n\n{ASK}"
    village.clock.now += timedelta(minutes=5)
    assert (await say(librarian, enrolled.code)).startswith("Vaš vprašalnik")
    assert (await say(librarian, str(number))).startswith(DESK)
    tried = await query(
        village, lambda c: [*c.execute(select(audit.c.action).where(audit.c.actor == "kiosk")).scalars()]
    )
    assert sorted(tried) == ["kiosk.wrong_code"] * 5 + ["kiosk.wrong_number"] * 3


def well_formed(prefix):
    """Some codes that could be somebody's."""
    return [codes.draw(prefix, Random(number)) for number in range(8)]
