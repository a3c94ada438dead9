"""A form for consent to be signed: the very text in three languages, on one page, ordered in the chat."""

import asyncio
import io
import re
from datetime import date
from itertools import product

import pypdf
import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import assistance as actions
from bot.actions.assistance import Signer
from bot.consent import text_archive
from bot.librarian.consent_forms import signers
from bot.texts import consent_forms as texts
from bot.texts.participant import CONSENT_VERSION
from bot.texts.spoken_consent import ALOUD
from bot.worker.printing.consent import ConsentForm, as_pdf
from storage import schema
from surveys.languages import NAMES, group_name
from surveys.load import load, shipped
from surveys.locale_sl import NO_BREAK

PROGRAMMES = load([shipped()]).programmes
BREZICE, CHILDREN = "brezice-racunalnik", "novo-mesto-branje"
EVERY = [
    (slug, audience, language, signer is Signer.GUARDIAN)
    for slug, programme in PROGRAMMES.items()
    for audience, language, signer in product(programme.audiences, ALOUD, signers(programme))
]


def printed(slug, audience, language, *, guardian, code="", contact=""):
    programme = PROGRAMMES[slug]
    text = text_archive.without_chat(programme, audience, language, guardian=guardian)
    made = ConsentForm(
        programme.library,
        group_name(programme, language),
        text,
        CONSENT_VERSION,
        language,
        NAMES[language],
        guardian,
        date(2026, 11, 29),
        code,
        contact,
    )
    return text, pypdf.PdfReader(io.BytesIO(as_pdf(made)))


def words_of(reader):
    return [" ".join(page.extract_text().replace(NO_BREAK, " ").split()) for page in reader.pages]


@pytest.mark.parametrize(("slug", "audience", "language", "guardian"), EVERY)
def test_the_very_text_and_its_version_stand_on_one_page(slug, audience, language, guardian):
    text, reader = printed(slug, audience, language, guardian=guardian)
    [page] = words_of(reader)
    lines = [" ".join(re.sub("^• ", "", line).split()) for line in text.split("\n") if line]
    assert [line for line in lines if line not in page] == []
    words = texts.FORMS[language]
    who = [words.guardian_name, words.child_code] if guardian else [words.name, words.code]
    wanted = [words.title, words.day, words.signature, words.no, *who, f"{CONSENT_VERSION} ({NAMES[language]})"]
    assert [one for one in wanted if one not in page] == []
    assert PROGRAMMES[slug].name not in page
    assert "/zasebnost" not in page
    assert reader.trailer["/Root"]["/Lang"] == language[:2]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_form_of_one_person_carries_the_code_and_how_to_turn_to_the_library():
    _, reader = printed(BREZICE, "participants", "sl", guardian=False, code="BRE-7F3K2", contact="Pokličite 07 123.")
    [page] = words_of(reader)
    assert "Šifra BRE-7F3K2" in page
    assert "Pokličite 07 123." in page


async def file_of(person):
    """The form, as soon as it has come."""
    media = None
    async with asyncio.timeout(60):
        while media is None:
            await asyncio.sleep(0.05)
            media = next((message.media for message in person.messages if message.media), None)
    await person.settles()
    return media.name, words_of(pypdf.PdfReader(io.BytesIO(media.data)))


async def test_a_librarian_has_a_form_before_there_is_a_group(village):
    librarian = await village.librarian(BREZICE)
    await say(librarian, "/skupine")
    card = await tap(librarian, "Obrazec za privolitev")
    assert card.startswith("Obrazec za privolitev\nMigam z računalnikom\n\n")
    assert librarian.buttons == [
        *(f"Oseba sama · {name}" for name in ("Slovenščina", "Lahko branje", "English")),
        *(f"Skrbnik · {name}" for name in ("Slovenščina", "Lahko branje", "English")),
        "Na začetek",
    ]
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    await tap(librarian, "Skrbnik · Lahko branje", again=True, new_query_id=True)
    name, [page] = await file_of(librarian)
    assert name == "privolitev-BRE-sl-x-lahko-skrbnik-2026-03-02.pdf"
    assert "Da, dovolim. Sem starš ali skrbnik." in page
    orders = select(schema.delivery.c.details).where(schema.delivery.c.kind == "report")
    assert len(await query(village, lambda c: c.execute(orders).all())) == 1
    await tap(librarian, "Drug obrazec")
    _, buttons = await drawn_again(village, librarian)
    assert buttons[0] == "Oseba sama · Slovenščina"


async def test_the_form_of_a_person_is_in_the_language_on_the_card_and_so_is_what_is_recorded(village):
    enrolled = await village.enrol(await village.cohort(BREZICE))
    librarian = await village.librarian(BREZICE)
    await say(librarian, f"/udelezenec {enrolled.code}")
    await tap(librarian, "Zapiši privolitev")
    card = await tap(librarian, "English")
    assert "We are Knjižnica Brežice." in card
    assert await drawn_again(village, librarian) == (card, librarian.buttons)
    await tap(librarian, "Obrazec za privolitev")
    name, [page] = await file_of(librarian)
    assert name == "privolitev-BRE-en-2026-03-02.pdf"
    assert f"Code {enrolled.code}" in page
    assert "Do you allow us to ask you questions?" in page

    await say(librarian, f"/udelezenec {enrolled.code}")
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, "English")
    await tap(librarian, "Oseba sama, s podpisom")
    columns = schema.consent.c
    text = (columns.language, columns.text_version, columns.text_kind)
    given = select(columns.giver, columns.mode, *text, columns.recorded_by, columns.text_hash)
    [row] = await query(village, lambda c: c.execute(given).all())
    assert [str(part) for part in row[:-1]] == ["self", "paper", "en", CONSENT_VERSION, "aloud", "staff:1"]
    assert text_archive.text(row.text_hash).endswith("Do you allow us to ask you questions?")


async def test_for_a_child_the_guardian_alone_signs_and_strangers_order_nothing(village):
    librarian = await village.librarian(CHILDREN)
    await say(librarian, "/skupine")
    await tap(librarian, "Obrazec za privolitev")
    if "Slovenščina" not in librarian.buttons[0]:
        await tap(librarian, librarian.buttons[0])
    assert [one.startswith("Skrbnik") for one in librarian.buttons[:3]] == [True] * 3
    assert not any(one.startswith("Oseba sama") for one in librarian.buttons)
    stranger = village.simulator.person("Tujec")
    await say(stranger, "/start")
    form = actions.get_form(BREZICE, 0, Signer.PERSON, "sl")
    for action in (actions.choose_consent_form(), form, actions.order_form_of(1, "sl")):
        await forge(stranger, action)
    assert await query(village, lambda c: c.execute(select(schema.delivery.c.id)).all()) == []
