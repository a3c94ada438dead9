"""Several people on one phone: each has a name there, every card says for whom it is, and nothing is mixed."""

import json
from functools import partial

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import participant as actions
from bot.routing.handling import redraw
from storage import occasions, participants, shared_phones
from storage.answers import responses
from storage.schema import EnrolmentState, OccasionState, audit, consent, participant

BREZICE, NOVO_MESTO = "brezice-racunalnik", "novo-mesto-branje"
HELLO = "Živjo! Izberi obraz, ki je najbolj tvoj."


async def opens(village, enrolled, phone):
    await phone.follows(village.link(enrolled.token))
    await phone.settles()
    return phone.screen.text


async def joins_child(village, child, phone):
    await opens(village, child, phone)
    await tap(phone, "Za svojega otroka")
    return await tap(phone, "Da, dovolim")


async def named(phone, *names):
    for name in names:
        await say(phone, name)


async def hands_in(phone):
    """Answer what is still asked of whoever is on the screen, and hand in."""
    for _ in range(40):
        if "Oddaj odgovore" in phone.buttons:
            return await tap(phone, "Oddaj odgovore")
        if "Napišite številko" in phone.screen.text:
            await say(phone, "3")
        elif "Preskoči" in phone.buttons:
            await tap(phone, "Preskoči")
        else:
            await tap(phone, phone.buttons[0])
            if "Naprej ›" in phone.buttons and phone.buttons[0].startswith("✓"):
                await tap(phone, "Naprej")
    raise AssertionError("the questionnaire has no end")


async def answered(village, person):
    """The values that are stored for the first questionnaire of a person."""

    def read(connection):
        response = responses.of_occasion(connection, occasions.of_enrolment(connection, person.enrolment)[0].id)
        held = {} if response is None else responses.answers(connection, village.services.keys, response.id)
        return {item: one.value for item, one in held.items()}

    return await query(village, read)


async def called(village, phone):
    """What those who share a phone are called, as it is stored."""
    chat = village.services.keys.seal_id(phone.id)
    here = await query(village, shared_phones.of_chat, keys=village.services.keys, chat=chat)
    return [one.name for one in here]


@pytest.fixture
async def children(village):
    """A mother's phone with two children who are called Ana and Bor there; the questions of Bor are on the screen."""
    cohort = await village.cohort(NOVO_MESTO)
    ana, bor = await village.enrol(cohort), await village.enrol(cohort)
    phone = village.simulator.person("Mama")
    await joins_child(village, ana, phone)
    await joins_child(village, bor, phone)
    await named(phone, "Ana", "Bor")
    return phone, ana, bor


@pytest.fixture
async def couple(village):
    """Marija and Jože with one phone, both of the same group; Jože has joined second."""
    cohort = await village.cohort(BREZICE)
    marija, joze = await village.enrol(cohort), await village.enrol(cohort)
    phone = village.simulator.person("Marija")
    await opens(village, marija, phone)
    await tap(phone, "Da")
    await opens(village, joze, phone)
    await tap(phone, "Za drugo osebo")
    await tap(phone, "Da")
    await named(phone, "Marija", "Jože")
    return phone, marija, joze


async def test_who_is_alone_on_a_phone_reads_nothing_of_it(village):
    child = await village.enrol(await village.cohort(NOVO_MESTO))
    phone = village.simulator.person("Mama")
    assert await joins_child(village, child, phone) == HELLO
    assert "Druga oseba" not in phone.buttons
    assert await say(phone, "/osebe") == HELLO
    assert (await say(phone, "/moji_podatki")).startswith("Vaši podatki")
    assert "Imena oseb" not in phone.buttons
    rows = await query(
        village, lambda connection: connection.execute(select(participant.c.label_sealed)).scalars().all()
    )
    assert rows == [None]


async def test_a_mother_answers_for_two_children_and_each_card_says_for_whom(village):
    cohort = await village.cohort(NOVO_MESTO)
    ana, bor = await village.enrol(cohort), await village.enrol(cohort)
    phone = village.simulator.person("Mama")
    await joins_child(village, ana, phone)
    asked = await joins_child(village, bor, phone)
    assert asked.startswith("Na tem telefonu odgovarja več ljudi.\n\nKako naj imenujemo osebo s šifro " + ana.code)
    assert await drawn_again(village, phone) == (asked, ["Brez imena"])
    assert (await say(phone, "A" * 21)).startswith("Ime je predolgo. Napišite ga v največ 20 znakih.\n\nNa tem")
    assert (await say(phone, " ... ")).startswith("Tu ni nobene besede.")
    assert f"osebo s šifro {bor.code}" in await say(phone, "Ana")
    assert (await say(phone, "ana")).startswith("Tako se na tem telefonu imenuje že nekdo drug.")
    assert await say(phone, " <Bor>  & co ") == f"Za osebo: <Bor> & co\n\n{HELLO}"
    assert phone.buttons[-1] == "Druga oseba"
    chooser = await tap(phone, "Druga oseba")
    waiting = "Vprašalnik ob začetku, še 5 vprašanj"
    assert chooser == f"Za koga odgovarjate?\n\n• Ana: {waiting}\n• <Bor> & co: {waiting}"
    assert await drawn_again(village, phone) == (chooser, ["Ana: naprej", "<Bor> & co: naprej"])
    assert await tap(phone, "Ana") == f"Za osebo: Ana\n\n{HELLO}"
    thanks = await hands_in(phone)
    assert thanks.startswith("Za osebo: Ana\n\nHvala!")
    assert f"Odgovorite lahko še za:\n• <Bor> & co: {waiting}" in thanks
    assert await drawn_again(village, phone) == (thanks, phone.buttons)
    assert await answered(village, bor) == {}
    await tap(phone, "<Bor>")
    assert "Druga oseba" not in phone.buttons
    thanks = await hands_in(phone)
    assert thanks.startswith("Za osebo: <Bor> & co\n\nHvala!")
    assert "Odgovorite lahko še" not in thanks
    assert (await say(phone, "/anketa")).startswith("Hvala, zdaj ni vprašanj za vas.")
    assert len(await answered(village, ana)) == len(await answered(village, bor)) > 3


async def test_a_couple_in_the_same_group_joins_on_one_phone_each_with_consent_of_their_own(village):
    cohort = await village.cohort(BREZICE)
    marija, joze = await village.enrol(cohort), await village.enrol(cohort)
    phone = village.simulator.person("Marija")
    await opens(village, marija, phone)
    question = await tap(phone, "Da")
    which = await opens(village, joze, phone)
    assert which == "Na tem telefonu že odgovarja nekdo.\n\nZa koga je ta povezava?"
    assert await drawn_again(village, phone) == (which, ["Zame", "Za drugo osebo", "Prekliči"])
    assert await tap(phone, "Zame") == f"V tej skupini že sodelujete, zato te povezave ne potrebujete.\n\n{question}"
    await opens(village, joze, phone)
    welcome = await tap(phone, "Za drugo osebo")
    assert welcome.startswith("Ta povezava je za drugo osebo. Naj prebere ta oseba in se sama odloči.\n\nPozdravljeni!")
    assert await drawn_again(village, phone) == (welcome, phone.buttons)
    await tap(phone, "Da")
    await tap(phone, "Brez imena")
    assert (await say(phone, "Jože")).startswith("Za osebo: Jože\n\n1 od 8")
    assert await called(village, phone) == [marija.code, "Jože"]
    given = await query(village, lambda connection: connection.execute(select(consent.c.enrolment)).scalars().all())
    assert given == [marija.enrolment, joze.enrolment]


async def test_the_same_person_with_two_codes_is_one_person_and_needs_no_name(village):
    morning = await village.enrol(await village.cohort(BREZICE, name="Jutro"))
    evening = await village.enrol(await village.cohort(BREZICE, name="Večer"))
    phone = village.simulator.person("Marija")
    await opens(village, morning, phone)
    await tap(phone, "Da")
    await opens(village, evening, phone)
    assert (await tap(phone, "Zame")).startswith("Pozdravljeni!")
    assert (await tap(phone, "Da")).startswith("1 od 8")
    assert (await say(phone, "/anketa")).startswith("1 od 8")
    assert (await say(phone, "/moji_podatki")).count("šifra") == 2
    assert await called(village, phone) == [morning.code]


async def test_a_late_tap_goes_to_whose_card_it_is_and_never_to_the_other(village, children):
    phone, ana, bor = children
    of_bor = phone.screen.buttons[0][0].data
    await tap(phone, "Druga oseba")
    assert await tap(phone, "Ana") == f"Za osebo: Ana\n\n{HELLO}"
    await phone.taps_data(phone.screen.id, of_bor)
    await phone.settles()
    assert phone.screen.text.startswith("Za osebo: Bor\n\n1 od ")
    assert (await answered(village, ana), await answered(village, bor)) == ({}, {"hello": 1})
    await tap(phone, "Druga oseba")
    await say(phone, "ana")  # a name typed at the chooser
    await tap(phone, "Naprej ›")
    await say(phone, "2")
    assert phone.screen.text.startswith("Za osebo: Ana\nShranjeno: dobro\n\n2 od ")
    assert (await answered(village, ana), await answered(village, bor)) == ({"hello": 1, "primary": 2}, {"hello": 1})
    await phone.taps_data(phone.screen.id, of_bor)  # too late, and the other is on the screen
    await phone.settles()
    assert phone.screen.text.startswith("Za osebo: Bor\n\n1 od ")
    assert (await answered(village, ana), await answered(village, bor)) == ({"hello": 1, "primary": 2}, {"hello": 1})


async def test_two_invitations_at_once_leave_both_within_reach_and_say_for_whom(village, couple):
    phone, _, _ = couple
    await hands_in(phone)
    await tap(phone, "Marija: naprej")
    await hands_in(phone)
    seen = len(phone.messages)
    await village.wait(days=64)
    invitations = [message.text for message in phone.messages[seen:] if "Vprašalnik ob koncu" in message.text]
    assert sorted(text.splitlines()[0] for text in invitations) == ["Za osebo: Jože", "Za osebo: Marija"]
    on_screen = phone.screen.text.splitlines()[0].removeprefix("Za osebo: ")
    assert phone.buttons == ["Začni", "Ne zdaj", "Druga oseba"]
    assert (await tap(phone, "Ne zdaj")).startswith(f"Za osebo: {on_screen}\n\nV redu. Kdaj naj vas spet")
    wish = await tap(phone, "Jutri")
    assert wish.startswith(f"Za osebo: {on_screen}\n\nVelja.")
    assert await drawn_again(village, phone) == (wish, ["Začni", "Druga oseba"])
    chooser = await tap(phone, "Druga oseba")
    assert sorted(phone.buttons) == ["Jože: začni", "Marija: začni"]
    assert chooser.count("Vprašalnik ob koncu, 11 vprašanj") == 2
    assert (await tap(phone, "Jože")).startswith("Za osebo: Jože\n\n1 od ")


async def test_names_are_changed_at_any_time_and_librarians_do_not_see_them(village, couple):
    phone, marija, _ = couple
    await say(phone, "/moji_podatki")
    assert phone.buttons == ["Marija", "Jože", "Za vse osebe", "Prekliči"]
    mine = await tap(phone, "Marija")
    assert mine.startswith("Za osebo: Marija\n\nVaši podatki")
    assert await drawn_again(village, phone) == (mine, phone.buttons)
    held = json.loads(
        next(message.media.data for message in phone.messages if message.media and ".json" in message.media.name)
    )
    assert [(entry["code"], entry["name_on_this_phone"]) for entry in held] == [(marija.code, "Marija")]
    names = await tap(phone, "Imena oseb")
    assert await drawn_again(village, phone) == (names, ["Marija", "Jože", "Nazaj na začetek"])
    assert "Kako naj imenujemo osebo »Marija«" in await tap(phone, "Marija")
    await tap(phone, "Prekliči")
    await tap(phone, "Marija")
    assert "• Micka (" in await say(phone, "Micka")
    assert await called(village, phone) == ["Micka", "Jože"]
    receipt = await hands_in_and_reads(phone)
    assert receipt.count("Za osebo: Jože") == 1
    librarian = await village.librarian(BREZICE)
    await say(librarian, f"/udelezenec {marija.code}")
    assert "Micka" not in "\n".join(message.text for message in librarian.messages)

    def written(connection):
        actions = connection.execute(select(audit.c.actor, audit.c.subject).where(audit.c.action == "participant.name"))
        return [row.subject for row in actions if row.actor == f"participant:{row.subject}"]

    assert (await query(village, written)).count(marija.code) == 2


async def hands_in_and_reads(phone):
    await say(phone, "/anketa")
    await tap(phone, "Jože")
    await hands_in(phone)
    return await tap(phone, "Moji odgovori")


async def test_one_of_them_is_erased_alone_and_the_other_goes_on(village, couple):
    phone, marija, joze = couple
    await tap(phone, phone.buttons[0])
    old = phone.screen.buttons[0][0].data
    await say(phone, "/izbris")
    asked = await tap(phone, "Jože")
    assert asked.startswith("Za osebo: Jože\n\nŽelite izbrisati vse svoje podatke?")
    assert await drawn_again(village, phone) == (asked, ["Da, izbriši vse", "Ne, obdrži"])
    gone = await tap(phone, "Da, izbriši vse")
    assert gone.startswith("Podatki so izbrisani. Velja za osebo: Jože.\n\n1 od 8")
    assert await called(village, phone) == ["Marija"]
    enrolments = [await query(village, participants.of_enrolment, enrolment_id=one.enrolment) for one in (marija, joze)]
    assert [one.state for one in enrolments] == [EnrolmentState.ACTIVE, EnrolmentState.ERASED]
    labels = await query(
        village, lambda connection: connection.execute(select(participant.c.label_sealed)).scalars().all()
    )
    assert [one is None for one in labels] == [False, True]
    await phone.taps_data(phone.screen.id, old)
    await phone.settles()
    assert phone.toasts[-1].text == "Ta gumb tukaj ne velja."
    await tap(phone, phone.buttons[0])
    assert (len(await answered(village, marija)), phone.screen.text[:6]) == (1, "2 od 8")


async def test_erasing_asked_for_from_stop_asks_of_whom_where_somebody_has_come_since(village, couple):
    phone, *_ = couple
    await say(phone, "/stop")
    await tap(phone, "Jože")
    assert (await tap(phone, "Izbrišite vse")).startswith("Za osebo: Jože\n\nŽelite izbrisati vse svoje podatke?")
    await forge(phone, actions.ask_to_erase())  # the button of a time when one person was alone here
    assert phone.screen.text == "Čigave podatke želite izbrisati?"


async def test_one_of_them_stops_alone_or_all_at_once(village, couple):
    phone, marija, joze = couple
    await say(phone, "/stop")
    assert (await tap(phone, "Marija")).startswith("Za osebo: Marija\n\nŽelite, da vam nehamo pisati?")
    stopped = await tap(phone, "Samo nehajte pisati")
    assert stopped.startswith("V redu, ne bomo vam več pisali. Velja za osebo: Marija.\n\n1 od 8")
    await say(phone, "/stop")
    await tap(phone, "Za vse osebe")
    assert await tap(phone, "Samo nehajte pisati") == "V redu, ne bomo vam več pisali. Hvala!"
    enrolments = [await query(village, participants.of_enrolment, enrolment_id=one.enrolment) for one in (marija, joze)]
    assert [one.state for one in enrolments] == [EnrolmentState.LEFT, EnrolmentState.LEFT]
    await say(phone, "/izbris")
    await tap(phone, "Za vse osebe")
    assert await tap(phone, "Da, izbriši vse") == "Vaši podatki so izbrisani. Hvala, da ste bili z nami."
    assert await called(village, phone) == []


async def test_a_button_of_before_the_second_person_asks_for_whom(village):
    cohort = await village.cohort(NOVO_MESTO)
    ana, bor = await village.enrol(cohort), await village.enrol(cohort)
    phone = village.simulator.person("Mama")
    await joins_child(village, ana, phone)
    await say(phone, "/stop")
    stop, erase = (row[0].data for row in phone.screen.buttons[:2])
    await joins_child(village, bor, phone)
    await named(phone, "Ana", "Bor")
    for old, asked in ((stop, "Za koga naj nehamo pisati?"), (erase, "Čigave podatke želite izbrisati?")):
        await phone.taps_data(phone.screen.id, old)
        await phone.settles()
        assert phone.screen.text == asked
    await phone.taps_data(phone.screen.id, actions.erase_everything(999))
    await phone.settles()
    assert phone.toasts[-1].text == "Ta gumb tukaj ne velja."
    assert await called(village, phone) == ["Ana", "Bor"]


async def test_who_moves_to_a_phone_with_somebody_on_it_is_one_more_there(village, couple):
    phone, _, joze = couple
    librarian = await village.librarian(BREZICE)
    child = await village.enrol(await village.cohort(NOVO_MESTO))
    other = village.simulator.person("Vnukinja")
    await joins_child(village, child, other)
    await say(librarian, f"/udelezenec {joze.code}")
    await tap(librarian, "Nova povezava")
    await tap(librarian, "Da, naredi")
    link = next(word for word in librarian.messages[-2].text.split() if "start=" in word)
    await other.follows(link)
    await other.settles()
    assert other.buttons == ["Zame", "Za drugo osebo", "Prekliči"]
    assert (await tap(other, "Za drugo osebo")).startswith("Na tem telefonu odgovarja več ljudi.")
    await say(other, "Vnuk")
    assert await called(village, other) == ["Jože", "Vnuk"]
    drawn = await village.write(partial(redraw, services=village.services, now=village.clock(), before=village.clock()))
    for turn in drawn:
        await village.edge.show(turn)
    assert phone.screen.text.startswith("Ena od oseb odslej odgovarja na drugi napravi.")
    assert (await tap(phone, "Nazaj na začetek")).startswith("1 od 8")


async def test_the_chooser_knows_what_has_ended_meanwhile(village, children):
    phone, ana, bor = children
    await tap(phone, "Druga oseba")
    for child, left in ((ana, ["Bor: naprej"]), (bor, [])):
        occasion = (await query(village, occasions.of_enrolment, enrolment_id=child.enrolment))[0]
        ended = {"occasion_id": occasion.id, "state": OccasionState.MISSED, "now": village.clock()}
        await village.write(occasions.settle, **ended)
        text, buttons = await drawn_again(village, phone)
        assert buttons == left
    assert text.startswith("Hvala, zdaj ni vprašanj za vas.")
    await say(phone, "Ana")
    assert phone.screen.text.startswith(
        "Žal tega ne razumemo. Če ne veste, kako naprej, napišite /pomoc.\n\nHvala, zdaj ni vprašanj za vas."
    )
