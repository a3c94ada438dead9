"""Librarians answer for people who speak their answers, on the same cards."""

import pytest
from plugins.at_the_desk import drawn_again, query, say, tap
from sqlalchemy import select

from storage import participants
from storage.schema import answer, answer_change, run
from surveys.model import Mode

BREZICE = "brezice-racunalnik"


@pytest.fixture
async def marija(village):
    return await village.enrol(await village.cohort(BREZICE, name="Pomlad"))


@pytest.fixture
async def librarian(village, marija):
    return await village.librarian(BREZICE)


async def consented(librarian, person):
    await say(librarian, f"/udelezenec {person.code}")
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, "Oseba sama, s podpisom")


async def finish(librarian):
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


async def runs_of(village):
    def read(connection):
        return [tuple(row) for row in connection.execute(select(run.c.mode, run.c.finished_at.is_not(None)))]

    return await village.services.database.read(read)


async def test_a_whole_questionnaire_is_answered_without_a_phone(village, marija, librarian):
    await consented(librarian, marija)
    first = await say(librarian, f"/izpolni {marija.code}")
    assert first.startswith(f"Odgovori za osebo s šifro {marija.code}.\n\n1 od 8\n\n")
    assert await drawn_again(village, librarian) == (first, librarian.buttons)
    assert await finish(librarian) == f"Hvala! Odgovori osebe s šifro {marija.code} so shranjeni."
    assert librarian.buttons == ["Naslednja oseba", "Na začetek"]
    assert await runs_of(village) == [(Mode.ASSISTED, True)]
    await tap(librarian, "Naslednja oseba")
    assert await say(librarian, marija.code) == (
        "Zdaj ni odprtega vprašalnika. Naslednji se odpre v ponedeljek, 4.\xa05.\xa02026.\n\n"
        f"{marija.code}\nPomlad\n\nSodeluje.\nPrivolitev: 2.\xa03.\xa02026\n"
        "Brez Telegrama: sporočil ne dobiva, odgovore vnesete vi.\n\n"
        "• izhodišče: odgovorjeno\n• zaključek: od 4.\xa05.\xa02026\n• spremljanje: od 3.\xa08.\xa02026"
    )
    await tap(librarian, "Na začetek")
    assert librarian.screen.text.startswith("Pozdravljeni!\nVaša vloga: knjižničarka ali knjižničar\nKnjižnica Brežice")


async def test_without_consent_nothing_is_asked(village, marija, librarian):
    words = await say(librarian, f"/izpolni {marija.code}")
    assert words == f"Najprej potrebujemo privolitev te osebe.\n\n{marija.code}\nPomlad\n\nŠe ni privolitve."
    assert librarian.buttons[0] == "Zapiši privolitev"


async def test_what_somebody_began_alone_is_finished_together(village, marija, librarian):
    phone = village.simulator.person("Marija")
    await phone.follows(village.link(marija.token))
    await phone.settles()
    await tap(phone, "Da")
    await tap(phone, phone.buttons[0])
    words = await say(librarian, f"/izpolni {marija.code.lower()}")
    assert words.startswith(f"Odgovori za osebo s šifro {marija.code}.\n\n2 od 8\n\n")
    await finish(librarian)
    assert await runs_of(village) == [(Mode.ASSISTED, True)]
    assert (await say(phone, "/anketa")).startswith("Hvala, zdaj ni vprašanj za vas.")


async def test_who_changed_an_answer_is_remembered(village, marija, librarian):
    await consented(librarian, marija)
    await tap(librarian, "Odgovori za to osebo")
    await tap(librarian, librarian.buttons[0])
    await tap(librarian, "‹ Nazaj")
    await tap(librarian, librarian.buttons[1])

    def read(connection):
        return list(connection.scalars(select(answer_change.c.changed_by))), len(
            connection.execute(select(answer)).all()
        )

    assert await village.services.database.read(read) == (["staff:1"], 1)


async def test_a_planned_questionnaire_is_opened_on_its_day(village, marija, librarian):
    await consented(librarian, marija)
    village.clock.now = village.clock.now.replace(month=5, day=4, hour=15, minute=0)  # 17:00, before any tick
    words = await say(librarian, f"/izpolni {marija.code}")
    assert words.startswith(f"Odgovori za osebo s šifro {marija.code}.\n\n1 od ")
    enrolment = await query(village, participants.of_enrolment, enrolment_id=marija.enrolment)
    assert enrolment.chat is None


async def test_the_code_of_the_next_person_is_never_an_answer_of_the_one_before(village, marija, librarian):
    await consented(librarian, marija)
    following = await village.enrol(await village.cohort(BREZICE, name="Jesen"))
    await say(librarian, f"/izpolni {marija.code}")
    for typed in (following.code, following.code.lower().replace("-", "")):
        assert (await say(librarian, typed)).startswith(f"{following.code}\nJesen\n")
        await say(librarian, f"/izpolni {marija.code}")
    for _ in range(30):
        if "Oddaj odgovore" in librarian.buttons:
            break
        await tap(librarian, "Ne vem" if "Ne vem" in librarian.buttons else "Naprej ›")
    assert (await say(librarian, following.code)).startswith(f"{following.code}\nJesen\n")
    await say(librarian, f"/izpolni {marija.code}")
    await tap(librarian, "Oddaj odgovore")
    assert (await say(librarian, following.code)).startswith(f"{following.code}\nJesen\n")
