"""From the order of sheets over the QR code on them to a finished run from paper, and who else may scan it."""

import io
import re
from datetime import UTC, date, datetime

import pypdf
import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from plugins.printed_pages import dark, modules
from plugins.village import run_village
from sqlalchemy import select, update

from bot.actions import assistance as actions
from bot.actions.assistance import Entry
from bot.participant import localised
from bot.staff import paper_forms
from bot.texts import paper as texts
from bot.texts.slovene import participant
from bot.worker.printing import qr
from storage.schema import answer, answer_change, audit, occasion, run
from storage.schema import participant as people
from surveys.model import Mode

FIRST = select(occasion.c.id).order_by(occasion.c.opens_at).limit(1)
BREZICE, KAMNIK = "brezice-racunalnik", "kamnik-slovenscina"
EASY = "sl-x-lahko"


async def nothing(_installation, _edge):
    return 0


@pytest.fixture
async def village(village_url, tmp_path):
    """A village whose bot delivers only when the test says so."""
    async with run_village(village_url, tmp_path, deliver=nothing) as running:
        yield running


async def consented(librarian, person):
    await say(librarian, f"/udelezenec {person.code}")
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, "Oseba sama, s podpisom")


async def types_in(librarian):
    for _ in range(30):
        if "Oddaj odgovore" in librarian.buttons:
            return await tap(librarian, "Oddaj odgovore")
        if "Napišite številko" in librarian.screen.text:
            await say(librarian, "1")
            continue
        await tap(librarian, librarian.buttons[0])
        if "Naprej ›" in librarian.buttons and librarian.buttons[0].startswith("✓"):
            await tap(librarian, "Naprej")
    raise AssertionError("the questionnaire has no end")


async def stored(village):
    def read(connection):
        runs = connection.execute(select(run.c.mode, run.c.finished_at, occasion.c.state).join_from(run, occasion))
        moments = connection.execute(select(answer.c.answered_at).distinct()).scalars()
        return [tuple(row) for row in runs], list(moments)

    return await village.services.database.read(read)


async def test_a_group_is_printed_scanned_and_typed_in(village):
    cohort = await village.cohort(BREZICE, name="Pomlad")
    marija, silent = await village.enrol(cohort), await village.enrol(cohort)
    librarian = await village.librarian(BREZICE)
    await consented(librarian, marija)
    await say(librarian, "/skupine")
    await tap(librarian, "Pomlad")
    card = await tap(librarian, "Natisni vprašalnik")
    assert card == "Natisni vprašalnik: Pomlad\n\nZa katero merjenje?"
    assert librarian.buttons == ["izhodišče", "zaključek", "spremljanje", "‹ Nazaj"]
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    card = await tap(librarian, "izhodišče", again=True, new_query_id=True)
    assert card == ("Vprašalnik na papirju · Pomlad · izhodišče\n\nPripravljamo … Listi pridejo sem. Ni treba čakati.")
    await village.ticks()
    [file] = [one for one in librarian.messages if one.media and one.media.kind == "document"]
    assert file.media.name == "vprasalniki-BRE-pomlad-izhodisce-2026-03-02.pdf"
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file.media.data)).pages)
    assert set(re.findall(r"BRE-[2-9A-Z]{5}", words)) == {marija.code}
    assert silent.code not in words

    sheet = village.link(paper_forms.token(marija.code, marija.enrolment, "before"))
    wanted = [list(row) for row in qr.code(sheet).matrix]
    assert modules(dark(file.media.data, 0), 158, 10, len(wanted), room=38) == wanted
    stranger = village.simulator.person("Tujec")
    other = await village.librarian(KAMNIK)
    for person in (stranger, other):
        await person.follows(sheet)
        await person.settles()
        assert texts.LIBRARY_SHEET in person.screen.text or person is other
        assert marija.code not in person.screen.text
        assert "Vnesi" not in "".join(person.buttons)

    village.clock.now = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    await librarian.follows(sheet)
    await librarian.settles()
    assert librarian.screen.text == (
        f"Vnesi s papirja: {marija.code}\nizhodišče\n\nKdaj je bil list izpolnjen? Izberite ali napišite dan "
        "od 2.\xa03.\xa02026 do 4.\xa03.\xa02026."
    )
    assert librarian.buttons == ["Danes", "Včeraj", "Prekliči"]
    assert await drawn_again(village, librarian) == (librarian.screen.text, librarian.buttons)
    assert (await say(librarian, "sredi marca")).startswith(texts.NO_DAY)
    assert (await say(librarian, "1. 2. 2026")).startswith(texts.OTHER_DAY)
    card = await tap(librarian, "Včeraj")
    assert card.startswith(f"Odgovori za osebo s šifro {marija.code}.\n\n1 od 8")
    await types_in(librarian)
    noon = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
    assert await stored(village) == ([(Mode.PAPER, noon, "complete")], [noon])
    await librarian.follows(sheet)
    await librarian.settles()
    assert librarian.screen.text.startswith(
        "»izhodišče« je že oddano ali zaprto; odgovorov s papirja tam ne moremo več vnesti."
    )
    await librarian.follows(village.link(paper_forms.token(marija.code, marija.enrolment, "after")))
    await librarian.settles()
    assert librarian.screen.text.startswith("»zaključek« se odpre 4.\xa05.\xa02026; prej odgovorov ne moremo vnesti.")

    def deeds(connection):
        return connection.scalars(select(audit.c.action).where(audit.c.subject == marija.code)).all()

    assert "paper.begin" in await village.services.database.read(deeds)


async def test_what_was_missed_is_typed_in_later_and_late_taps_begin_nothing_anew(village):
    marija = await village.enrol(await village.cohort(BREZICE, name="Pomlad"))
    librarian = await village.librarian(BREZICE)
    await consented(librarian, marija)
    await village.travel(datetime(2026, 3, 25, 9, 0, tzinfo=UTC))
    await say(librarian, "/izpolni")
    asks = await tap(librarian, "Vnesi s papirja")
    assert asks == texts.ASK_CODE.replace("<b>", "").replace("</b>", "")
    assert librarian.buttons == ["‹ Nazaj", "Na začetek"]
    assert await drawn_again(village, librarian) == (asks, librarian.buttons)
    assert (await say(librarian, "KAM-7F3K2")).endswith(asks)
    card = await say(librarian, marija.code.lower())
    assert librarian.buttons == ["Prekliči"]
    await say(librarian, "5. 3. 2026")
    number = await query(village, lambda connection: connection.scalar(FIRST))
    of_another_day = actions.enter_paper_as_of(number, date(2026, 3, 6))
    await forge(librarian, of_another_day)
    assert librarian.screen.text.startswith(f"Odgovori za osebo s šifro {marija.code}.\n\n1 od 8"), card
    await types_in(librarian)
    noon = datetime(2026, 3, 5, 11, 0, tzinfo=UTC)
    assert await stored(village) == ([(Mode.PAPER, noon, "complete")], [noon])
    assert await forge(librarian, of_another_day) == "Ta gumb tukaj ne velja."
    assert await forge(librarian, f"{actions.enter_paper_as_of.name}:{number}:never") == "Ta gumb ne velja več."


async def test_a_begun_paper_run_that_the_person_goes_on_with_is_assisted(village):
    marija = await village.enrol(await village.cohort(BREZICE, name="Pomlad"))
    librarian = await village.librarian(BREZICE)
    phone = village.simulator.person("Marija")
    await phone.follows(village.link(marija.token))
    await phone.settles()
    await tap(phone, "Da")
    await say(librarian, f"/udelezenec {marija.code}")
    card = await tap(librarian, "Vnesi s papirja")  # on its first day there is no other that could be chosen
    assert card.startswith(f"Odgovori za osebo s šifro {marija.code}.\n\n1 od 8")
    assert [mode for mode, *_ in (await stored(village))[0]] == [Mode.PAPER]
    await tap(librarian, librarian.buttons[0])
    assert [mode for mode, *_ in (await stored(village))[0]] == [Mode.PAPER]
    await tap(phone, phone.buttons[0])  # on the card of before, which changes nothing
    assert [mode for mode, *_ in (await stored(village))[0]] == [Mode.PAPER]
    await tap(phone, phone.buttons[0])
    assert [mode for mode, *_ in (await stored(village))[0]] == [Mode.ASSISTED]


async def test_paper_that_was_opened_by_mistake_is_answered_on_the_phone_by_the_person(village):
    marija = await village.enrol(await village.cohort(BREZICE, name="Pomlad"))
    librarian, phone = await village.librarian(BREZICE), village.simulator.person("Marija")
    await phone.follows(village.link(marija.token))
    await phone.settles()
    await tap(phone, "Da")
    await say(librarian, f"/udelezenec {marija.code}")
    await tap(librarian, "Vnesi s papirja")
    await tap(phone, phone.buttons[0])
    assert [mode for mode, *_ in (await stored(village))[0]] == [Mode.SELF]


async def test_what_was_begun_on_the_phone_is_replaced_by_the_sheet_only_when_somebody_says_so(village):
    marija = await village.enrol(await village.cohort(BREZICE, name="Pomlad"))
    librarian, phone = await village.librarian(BREZICE), village.simulator.person("Marija")
    await phone.follows(village.link(marija.token))
    await phone.settles()
    await tap(phone, "Da")
    await tap(phone, phone.buttons[1])
    await tap(phone, phone.buttons[0])
    begun = set(await answers(village))
    await say(librarian, f"/udelezenec {marija.code}")
    card = await tap(librarian, "Vnesi s papirja")
    assert card == (
        f"Vnesi s papirja: {marija.code}\nizhodišče\n\nTa vprašalnik je že začet (odgovori: 2 od 8). "
        "Ali naj namesto teh odgovorov velja list? Dosedanji odgovori potem ostanejo samo v sledi sprememb."
    )
    assert librarian.buttons == [texts.SHEET_INSTEAD, "Prekliči"]
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    await tap(phone, phone.buttons[0])
    assert (await tap(librarian, texts.SHEET_INSTEAD)).startswith(card.replace("2 od 8", "3 od 8"))
    assert begun < set(await answers(village))
    card = await tap(librarian, texts.SHEET_INSTEAD, again=True, new_query_id=True)
    assert card.startswith(f"Odgovori za osebo s šifro {marija.code}.\n\n1 od 8")
    assert (await answers(village), (await stored(village))[0][0][0]) == ([], Mode.PAPER)

    def past(connection):
        return {tuple(row) for row in connection.execute(select(answer_change.c.item, answer_change.c.value))}

    assert begun < await village.services.database.read(past)
    said = await say(phone, "3")
    assert said.startswith(f"{participant.writing.MOVED_ON}\n\n1 od 8")
    assert await answers(village) == []
    await types_in(librarian)
    assert [row[0] for row in (await stored(village))[0]] == [Mode.PAPER]


async def test_what_is_typed_twice_is_compared_until_no_difference_is_left(village):
    cohort = await village.cohort(BREZICE, name="Pomlad")
    marija, ana = await village.enrol(cohort), await village.enrol(cohort)
    librarian, colleague = await village.librarian(BREZICE), await village.librarian(BREZICE)
    for person in (marija, ana):
        await consented(librarian, person)
        await tap(librarian, "Vnesi s papirja")
        await types_in(librarian)
    await say(colleague, f"/udelezenec {marija.code}")
    card = await tap(colleague, "Drugi vnos")
    assert card.startswith(f"Drugi vnos s papirja za {marija.code}. Najbolje ga opravi nekdo drug.\n\n1 od 8")
    assert "Vaš odgovor" not in card
    assert await drawn_again(village, colleague) == (card, colleague.buttons)
    wrong = colleague.buttons[1]
    assert wrong == "2 · zelo težko"
    await tap(colleague, wrong, again=True, new_query_id=True)
    await tap(colleague, "‹ Nazaj")
    await tap(colleague, "Naprej ›")
    await types_in(colleague)
    card = colleague.screen.text
    assert card.startswith(f"Drugi vnos: {marija.code}\n1\xa0razlika\n\n")
    assert "Drugi vnos: zelo težko\n\nPoglejte na list: kateri vnos je pravi?" in card
    assert colleague.buttons == ["Velja prvi vnos", "Velja drugi vnos"]
    assert await drawn_again(village, colleague) == (card, colleague.buttons)
    assert await say(colleague, "drugi") == card
    stranger = village.simulator.person("Tujec")
    await stranger.follows(village.link("x"))
    await stranger.settles()
    for action in (
        actions.settle_difference(1, 0, 0, Entry.SECOND),
        actions.finish_second_entry(1, 0),
        actions.enter_twice(9),
    ):
        await forge(colleague, action)
    await forge(stranger, actions.enter_twice(1))
    [first, _] = [one for one in await answers(village) if one[0] == "primary"]
    await say(colleague, "/skupine")
    await tap(colleague, "Pomlad")
    card = await tap(colleague, "Razlike s papirja")
    once = "1\xa0vprašalnik je vnesen samo enkrat."
    assert card == f"Razlike s papirja: Pomlad\n\n{marija.code} · izhodišče: 1\xa0razlika\n\n{once}"
    assert colleague.buttons == [f"{marija.code} · izhodišče", "‹ Nazaj", "Na začetek"]
    assert await drawn_again(village, colleague) == (card, colleague.buttons)
    assert await forge(stranger, actions.show_entry_differences(1)) == "Ta gumb tukaj ne velja."
    await tap(colleague, f"{marija.code} · izhodišče")
    assert (
        await tap(colleague, "Velja drugi vnos") == f"Drugi vnos: {marija.code}\n\nRazlik ni. Odgovori so preverjeni."
    )
    [second, _] = [one for one in await answers(village) if one[0] == "primary"]
    assert (first[1], second[1]) == (1, 2)
    assert colleague.buttons[0] == "Pregled osebe"
    await tap(colleague, "Pregled osebe")
    assert "Drugi vnos" not in colleague.buttons
    await forge(colleague, actions.show_entry_differences(1))
    assert colleague.screen.text == f"Razlike s papirja: Pomlad\n\nRazlik ni.\n\n{once}"
    await tap(colleague, "‹ Nazaj")
    assert "Razlike s papirja" not in colleague.buttons
    noon = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert await stored(village) == ([(Mode.PAPER, noon, "complete")] * 2, [noon])


async def answers(village):
    def read(connection):
        return [tuple(row) for row in connection.execute(select(answer.c.item, answer.c.value))]

    return await village.services.database.read(read)


async def test_sheets_of_who_is_asked_in_other_words_are_typed_in_on_cards_in_these_words(village, monkeypatch):
    cohort = await village.cohort(KAMNIK, name="Pomlad")
    person = await village.enrol(cohort)
    librarian = await village.librarian(KAMNIK)
    await consented(librarian, person)
    await village.services.database.write(lambda connection: connection.execute(update(people).values(language=EASY)))
    monkeypatch.setattr(localised, "_localised", {})  # a process that has just begun
    village.clock.now = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
    await say(librarian, f"/udelezenec {person.code}")
    await tap(librarian, "Vnesi s papirja")
    card = await tap(librarian, "Danes")
    assert card.startswith(f"Odgovori za osebo s šifro {person.code}.\n\n1 od ")
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    await types_in(librarian)
    runs, _ = await stored(village)
    assert [(mode, state) for mode, _, state in runs] == [(Mode.PAPER, "complete")]
