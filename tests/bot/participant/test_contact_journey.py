"""Where somebody may be lost stands how to turn to the library, in their language, in the chat and on paper."""

from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from plugins.village import run_village

from bot.runtime.settings import Library
from bot.staff import handouts, paper_forms
from bot.texts import languages
from storage.schema import Role

BREZICE = "brezice-racunalnik"
LIBRARIES = {
    "BRE": {"phone": "07 620 12 34", "contact": "Ana", "hours": ["mon-fri 8:00-19:00", "sat 8:00-13:00"]},
    "RAD": {"email": "info@knjiznica.si"},
}
ASK = "Za pomoč pokličite 07 620 12 34 (Ana)."
WHOLE = (
    "Knjižnica Brežice\nTelefon: 07 620 12 34 (Ana)\n"
    "Odprto: od ponedeljka do petka od 8.00 do 19.00, v soboto od 8.00 do 13.00"
)


@pytest.fixture
async def village(village_url, tmp_path):
    async with run_village(village_url, tmp_path, libraries=LIBRARIES) as running:
        yield running


async def joined(village, slug=BREZICE, **dates):
    cohort = await village.cohort(slug, **dates)
    enrolled = await village.enrol(cohort)
    person = village.simulator.person("Marija")
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await person.taps("Da")
    await person.settles()
    return person, cohort


async def said(person, words):
    await person.says(words)
    await person.settles()
    return person.screen.text


async def test_help_ends_with_telephone_person_and_opening_hours(village):
    person, _ = await joined(village)
    assert (await said(person, "/pomoc")).endswith(f"se oglasite v knjižnici.\n\n{WHOLE}")


async def test_whoever_is_not_understood_reads_whom_to_call(village):
    village.clock.now = datetime(2026, 2, 2, 10, tzinfo=ZoneInfo("Europe/Ljubljana"))
    person, _ = await joined(village)
    note, *_ = (await said(person, "banana")).split("\n\n")
    assert note == f"{languages.words('sl').NOT_UNDERSTOOD} {ASK}"


async def test_an_invitation_and_its_reminders_say_whom_to_call(village):
    village.clock.now = datetime(2026, 2, 2, 10, tzinfo=ZoneInfo("Europe/Ljubljana"))
    person, _ = await joined(village)
    for day, words in ((1, "Prosimo, odgovorite"), (6, "vas še čaka")):
        await village.travel(village.clock.now.replace(month=3, day=day, hour=12))
        assert words in person.screen.text
        assert person.screen.text.endswith(ASK)


async def test_a_library_without_a_telephone_gives_its_address(village):
    village.clock.now = datetime(2026, 2, 2, 10, tzinfo=ZoneInfo("Europe/Ljubljana"))
    person, _ = await joined(village, "radovljica-zmoremo")
    assert (await said(person, "/pomoc")).endswith("E-pošta: info@knjiznica.si")


async def test_staff_are_not_told_to_call_themselves(village):
    ana = await village.staff(Role.LIBRARIAN, "BRE")
    assert ASK not in await said(ana, "kje pa sem")


async def test_where_nothing_is_configured_nothing_is_said(village):
    person, _ = await joined(village, "kamnik-slovenscina")
    assert (await said(person, "/pomoc")).endswith("se oglasite v knjižnici.")


@pytest.mark.parametrize(
    ("language", "sentence", "hours"),
    [
        (
            "sl",
            "Za pomoč pokličite 07 620 12 34.",
            "Odprto: v ponedeljek od 8.00 do 12.30, od torka do petka od 9.00 do 19.00",
        ),
        (
            "sl-x-lahko",
            "Potrebujete pomoč? Pokličite 07 620 12 34.",
            "Odprto: v ponedeljek od 8.00 do 12.30, od torka do petka od 9.00 do 19.00",
        ),
        (
            "en",
            "For help, call 07 620 12 34.",
            "Open: on Monday from 08:00 to 12:30, from Tuesday to Friday from 09:00 to 19:00",
        ),
    ],
)
def test_each_language_has_its_own_words(language, sentence, hours):
    words = languages.words(language).calling
    one = Library(phone="07 620 12 34", hours=("mon 8:00-12:30", "tue-fri 9:00-19:00"))
    assert words.turn_to(one) == sentence
    assert words.contact("Knjižnica", one).splitlines()[-1] == hours
    assert words.turn_to_when(one) == f"{sentence} {hours}."
    assert words.turn_to(Library(email="a@b.si")).endswith(" a@b.si.")
    assert (words.turn_to(Library()), words.contact("Knjižnica", Library()), words.turn_to_when(Library())) == (
        "",
        "",
        "",
    )


async def test_cards_and_questionnaires_on_paper_say_whom_to_call(village):
    _, cohort = await joined(village)
    sheet = await village.services.database.read(
        partial(handouts.sheet, services=village.services, cohort=cohort, first=0, last=99, now=village.clock())
    )
    assert sheet.phone == "07 620 12 34"
    wave = village.programme(BREZICE).waves[0]
    made = await village.services.database.read(
        partial(paper_forms.papers, services=village.services, cohort=cohort, wave=wave, now=village.clock())
    )
    hours = "Odprto: od ponedeljka do petka od 8.00 do 19.00, v soboto od 8.00 do 13.00."
    assert (made.help, made.made_on) == (f"{ASK} {hours}", date(2026, 3, 2))
