"""/moji_podatki: a file that a person can read, and the same for programs, in step with »Moji odgovori«."""

import html
import json
import re

from plugins.at_the_desk import query, say, tap

from bot.participant.own_data import SECTIONS
from bot.texts.languages import WORDS
from storage import participants, privacy, staff_actions
from storage.schema import CallOutcome
from tests.bot.participant.test_participant_journey import finish, joined

NBSP = "\u00a0"


async def my_data(person):
    """The page and the record that /moji_podatki gives, with what stands beside them."""
    await say(person, "/moji_podatki")
    page, record = [one for one in person.messages if one.media and one.media.kind == "document"][-2:]
    return page, record


def words_of(page):
    """What a person reads, line by line."""
    body = page.media.data.decode().partition("<body>")[2]
    return [html.unescape(one) for one in re.sub(r"<[^>]+>", "\n", body).splitlines() if one.strip()]


async def listed(person):
    """How many answers »Moji odgovori« lists, over all its pages."""
    await tap(person, WORDS["sl"].wishes.MY_ANSWERS)
    count = person.screen.text.count(WORDS["sl"].YOUR_ANSWER)
    while "Naslednje ›" in person.buttons:
        await tap(person, "Naslednje ›")
        count += person.screen.text.count(WORDS["sl"].YOUR_ANSWER)
    return count


async def test_the_file_can_be_read_and_kept_and_the_one_for_programs_lies_beside_it(village):
    person = await joined(village)
    await tap(person, "precej dobro")
    page, record = await my_data(person)
    assert [(one.media.name, one.text, one.protect_content) for one in (page, record)] == [
        ("moji-podatki.html", "Vaši podatki za branje. Datoteko odprete z dotikom.", False),
        ("moji-podatki.json", "Isti podatki za računalniške programe.", False),
    ]
    said = words_of(page)
    [code] = await query(village, lambda c: c.exec_driver_sql("SELECT code FROM participant").scalars().all())
    assert said[:3] == ["Vaši podatki", f"Pripravljeno 2.{NBSP}3.{NBSP}2026 ob 10.00.", WORDS["sl"].own_data.INTRO]
    assert said[3:14] == [
        "Delavnice v knjižnici",
        *("Skupina", "Pomlad Marija"),
        *("Šifra", code),
        *("Sodelovanje", "sodelujete"),
        *("Vpis v skupino", f"2.{NBSP}3.{NBSP}2026 ob 10.00"),
        *("Začetek sodelovanja", f"2.{NBSP}3.{NBSP}2026 ob 10.00"),
    ]
    start = said.index("Odgovori")
    assert said[start : start + 4] == [
        "Odgovori",
        f"Vprašalnik ob začetku (1{NBSP}odgovor, še ni oddano)",
        "1. Kako vam gre delo z računalnikom?",
        "precej dobro",
    ]


async def test_all_count_the_same_answers(village):
    person = await joined(village)
    await finish(person)
    page, record = await my_data(person)
    [held] = json.loads(record.media.data)
    [on_card] = re.findall(r"(\d+) odgovor", person.screen.text)
    [on_page] = re.findall(r"\((\d+)\W+odgovor", "\n".join(words_of(page)))
    assert {int(on_card), int(on_page), len(held["answers"]), await listed(person)} == {8}
    assert [row["item"] for row in held["no_answers"]] == ["about_life"]  # a note that was read


async def test_what_is_chosen_and_not_confirmed_is_no_answer_anywhere(village):
    person = await joined(village)
    for answer in ("precej dobro", "precej dobro"):
        await tap(person, answer)
    await say(person, "3")
    await tap(person, person.buttons[0])
    page, record = await my_data(person)
    [held] = json.loads(record.media.data)
    assert (len(held["answers"]), [row["confirmed"] for row in held["no_answers"]]) == (3, [False])
    said = words_of(page)
    assert said[said.index("Brez odgovora") + 2].startswith("izbrano, ni potrjeno: ")
    assert await listed(person) == 3


async def test_nothing_that_is_held_is_left_out_of_the_page(village):
    await joined(village)

    def keys_of(connection):
        [enrolment] = participants.of_cohort(connection, 1)
        return set(privacy.held(connection, village.services.keys, [enrolment])[0])

    for words in WORDS.values():
        assert {"programme", *words.own_data.FACTS, *SECTIONS} == await query(village, keys_of)
        assert words.own_data.SECTIONS.keys() == SECTIONS.keys()


async def test_calls_changed_answers_and_the_words_of_consent_are_in_it(village):
    person = await joined(village)
    await tap(person, "precej dobro")
    await tap(person, "‹ Nazaj")
    await tap(person, "zelo težko")

    def call(connection):
        [enrolment] = participants.of_cohort(connection, 1)
        staff_actions.called(connection, enrolment, CallOutcome.COMING, village.clock(), "staff:1")

    await village.services.database.write(call)
    page, _ = await my_data(person)
    said = words_of(page)
    at = said.index("Odgovori, ki ste jih spremenili")
    assert said[at + 1 : at + 4] == [
        "Kako vam gre delo z računalnikom?",
        "prej: precej dobro",
        f"spremenjeno: 2.{NBSP}3.{NBSP}2026 ob 10.00, vi",
    ]
    assert said[said.index("Klici iz knjižnice") + 2] == "pridete v knjižnico"
    consented = said[said.index("Privolitve") :]
    assert "Tukaj Knjižnica Brežice." in consented
    assert "Ali želite sodelovati?" in consented
    assert [word for word in ("{library}", "{programme}", "{lasting}") if word in "\n".join(consented)] == []


async def test_what_people_typed_is_words_and_never_markup(village):
    person = await joined(village)
    await finish(person)
    await village.wait(days=64)
    await tap(person, "Začni")
    for _ in range(30):
        if "Kaj je za vas zdaj drugače?" in person.screen.text:
            break
        await tap(person, "Naprej ›" if person.buttons[0].startswith("✓") else person.buttons[0])
    await say(person, "<script>alert('x')</script> & <b>več</b>")
    page, _ = await my_data(person)
    assert b"<script" not in page.media.data
    assert "<script>alert('x')</script> & <b>več</b>" in words_of(page)


async def test_it_is_in_the_language_of_the_chat(village):
    person = await joined(village, slug="kamnik-slovenscina")
    await say(person, "/jezik")
    await tap(person, "English")
    page, record = await my_data(person)
    assert (page.media.name, record.media.name) == ("my-data.html", "my-data.json")
    assert b'<html lang="en">' in page.media.data
    said = words_of(page)
    assert said[:2] == ["Your data", f"Made on 2{NBSP}March{NBSP}2026, 10:00."]
    assert said[said.index("Taking part") + 1] == "you take part"


async def test_staff_read_what_is_held_about_them(village):
    librarian = await village.librarian("brezice-racunalnik")
    page, record = await my_data(librarian)
    assert [one["role"] for one in json.loads(record.media.data)] == ["librarian"]
    said = words_of(page)
    assert said[3:] == [
        "Vaša vloga",
        *("Vaša vloga", "knjižničarka ali knjižničar"),
        *("Knjižnica", "BRE"),
        *("Od", f"2.{NBSP}3.{NBSP}2026 ob 10.00"),
        *("Kje to uporabljate", "v Telegramu; številka vašega računa je shranjena šifrirano"),
    ]
