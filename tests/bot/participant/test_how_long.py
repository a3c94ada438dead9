"""What people hear of how long a questionnaire takes and how much of it is left: the same everywhere, and true."""

import io

import pypdf
import pytest
from plugins.at_the_desk import query, say, tap

from bot.staff.paper_forms import papers
from bot.texts import easy, english, slovene
from bot.worker.printing.questionnaire import as_pdf
from storage import cohorts

BREZICE = "brezice-racunalnik"
LANGUAGES = {"sl": slovene.participant, "easy": easy.participant, "en": english.participant}


async def test_one_estimate_stands_in_the_consent_the_invitation_the_reminder_and_on_paper(village):
    enrolled = await village.enrol(await village.cohort(BREZICE))
    librarian = await village.librarian(BREZICE)
    await say(librarian, enrolled.code)
    assert "Vsakič traja približno 3 do 5 minut." in await tap(librarian, "Zapiši privolitev")
    person = village.simulator.person("Marija")
    await person.follows(village.link(enrolled.token))
    await person.settles()
    assert "Vsak traja približno 3 do 5 minut." in person.screen.text
    await tap(person, "Da")
    await village.wait(days=64)  # the first questionnaire closed, the second open
    assert "Prosimo, odgovorite na 11 vprašanj. Potrebovali boste približno 5 minut. Hvala!" in person.screen.text
    await village.wait(days=4)
    assert "Vprašanja: 11. Potrebovali boste približno 5 minut. Hvala!" in person.screen.text
    assert "Potrebovali boste približno 5 minut." in " ".join((await printed(village, "after")).split())
    assert "Potrebovali boste približno 3 minute." in " ".join((await printed(village, "before")).split())


async def printed(village, wave):
    programme = village.programme(BREZICE)

    def unit(connection):
        (cohort,) = cohorts.listing(connection, BREZICE)
        return papers(connection, village.services, cohort, programme.wave(wave), village.clock())

    sheets = await query(village, unit)
    return pypdf.PdfReader(io.BytesIO(as_pdf(sheets))).pages[0].extract_text().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "shortest", "longest", "said"),
    [
        ("sl", 1, 1, "1 minuto"),
        ("sl", 2, 2, "2 minuti"),
        ("sl", 3, 3, "3 minute"),
        ("sl", 5, 5, "5 minut"),
        ("sl", 3, 5, "3 do 5 minut"),
        ("easy", 4, 4, "4 minute"),
        ("en", 1, 1, "1 minute"),
        ("en", 2, 4, "2 to 4 minutes"),
    ],
)
def test_minutes_are_said_in_the_right_form(language, shortest, longest, said):
    assert LANGUAGES[language].lasting(shortest, longest) == said


@pytest.mark.parametrize(
    ("language", "left", "said"),
    [
        ("sl", 1, "Skoraj ste že pri koncu. Ostalo je še 1 vprašanje."),
        ("sl", 2, "Skoraj ste že pri koncu. Ostali sta še 2 vprašanji."),
        ("sl", 3, "Skoraj ste že pri koncu. Ostala so še 3 vprašanja."),
        ("sl", 4, "Vprašalnik vas še čaka. Ostala so še 4 vprašanja."),
        ("sl", 8, "Vprašalnik vas še čaka. Ostalo je še 8 vprašanj."),
        ("easy", 3, "Skoraj ste že pri koncu. Ostala so še 3 vprašanja."),
        ("easy", 7, "Vprašalnik vas še čaka. Ostalo je še 7 vprašanj."),
        ("en", 1, "You are nearly at the end. Left: 1 question."),
        ("en", 3, "You are nearly at the end. Left: 3 questions."),
        ("en", 8, "A questionnaire is waiting for you. Left: 8 questions."),
    ],
)
def test_nearly_is_said_only_where_three_questions_are_left_at_most(language, left, said):
    assert LANGUAGES[language].reminder_half("Knjižnica", left) == f"<b>Knjižnica</b>\n\n{said}"
