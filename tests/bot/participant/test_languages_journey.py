"""The same questionnaires in other words: chosen at the start, changed on the way, read aloud, and stored alike."""

import re

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import participant as actions
from bot.texts import easy, english
from bot.texts.slovene import common, participant
from storage import schema
from surveys.languages import EASY, NAMES, localised
from surveys.load import load, shipped
from surveys.model import Kind

PROGRAMMES = load([shipped()]).programmes
KAMNIK = "kamnik-slovenscina"


async def invited(village, slug, name="Marija", **how):
    """Somebody who has opened the link and has not said yes."""
    enrolled = await village.enrol(await village.cohort(slug))
    person = village.simulator.person(name, **how)
    await person.follows(village.link(enrolled.token))
    await person.settles()
    return person


async def joins(person, words):
    for label in (words.FOR_MY_CHILD, words.GUARDIAN_YES, words.YES):
        if label in person.buttons:
            await tap(person, label)


def first(village, slug, language):
    programme = village.programme(slug)
    return localised(programme.questionnaire(programme.waves[0]), language).questionnaire


async def answers(person, item, words):
    """The first option, or what comes nearest."""
    match item.kind:
        case Kind.NOTE:
            await tap(person, words.FORWARD)
            return
        case Kind.NUMBER:
            await say(person, str(item.maximum))
            return
        case Kind.TEXT:
            await tap(person, words.NON_ANSWERS["skipped"])
            return
    await tap(person, next(label for label in person.buttons if label.endswith(item.choices[0].label)))
    if item.kind is Kind.MULTIPLE:
        await tap(person, words.FORWARD)


def value(item):
    """What is stored of that answer."""
    match item.kind:
        case Kind.NOTE:
            return 1
        case Kind.NUMBER:
            return item.maximum
        case Kind.TEXT:
            return None
        case Kind.MULTIPLE:
            return 1 << item.choices[0].code
    return item.choices[0].code


async def stored(village):
    return {
        row.item: row.value
        for row in await query(village, lambda c: c.execute(select(schema.answer.c.item, schema.answer.c.value)).all())
    }


@pytest.mark.parametrize("slug", sorted(PROGRAMMES))
async def test_every_programme_is_answered_in_easy_reading(village, slug):
    person = await invited(village, slug)
    await tap(person, NAMES[EASY])
    assert person.screen.text.startswith("Pozdravljeni!\nTukaj")
    words = easy.participant
    await joins(person, words)
    questionnaire = first(village, slug, EASY)
    for item in questionnaire.items:
        assert item.text in person.screen.text
        assert words.UNTRANSLATED not in person.screen.text
        below = re.sub(r"\AShranjeno: .*\n\n", "", person.screen.text)  # said once of what was typed
        assert await drawn_again(village, person) == (below, person.buttons)
        await answers(person, item, words)
    await tap(person, words.HAND_IN)
    assert person.screen.text.startswith("Hvala!")
    asked = PROGRAMMES[slug].questionnaire(PROGRAMMES[slug].waves[0]).items
    assert await stored(village) == {item.id: value(item) for item in asked}


async def test_a_language_is_changed_on_the_way_and_no_place_is_lost(village):
    person = await invited(village, KAMNIK, language_code="en-GB")
    assert person.screen.text.startswith("Hello!")  # the phone speaks English, and the programme does, too
    texts = english.participant
    assert person.buttons == [texts.YES, texts.NO, NAMES["sl"], NAMES[EASY], texts.calling.CALL_ME]
    await joins(person, english.participant)
    spoken = {language: first(village, KAMNIK, language) for language in ("sl", EASY, "en")}
    primary, understanding = spoken["en"].items[:2]
    assert primary.text in person.screen.text
    await tap(person, primary.choices[3].label)
    await tap(person, english.participant.BACK)
    assert f"Your answer: {primary.choices[3].label}" in person.screen.text
    await say(person, "/jezik")
    assert person.buttons == [
        NAMES["sl"], NAMES[EASY], f"✓ {NAMES['en']}", english.participant.READ_ALOUD, english.participant.BACK
    ]  # fmt: skip
    await tap(person, NAMES["sl"])
    here = spoken["sl"].items[0]
    assert here.text in person.screen.text
    assert f"Vaš odgovor: {here.choices[3].label}" in person.screen.text
    await tap(person, common.FORWARD)
    await say(person, spoken["sl"].items[1].choices[1].label)  # words of the language that is on the screen
    await say(person, "/jezik")
    await tap(person, NAMES[EASY])
    assert spoken[EASY].items[2].text in person.screen.text
    assert await stored(village) == {"primary": primary.choices[3].code, "understanding": understanding.choices[1].code}
    await forge(person, actions.read_in_language("xx"))
    assert person.toasts[-1].text == easy.participant.NOT_YOURS
    assert await query(village, lambda c: c.execute(select(schema.participant.c.language)).scalars().all()) == [EASY]
    assert await query(village, lambda c: c.execute(select(schema.chat.c.language)).scalars().all()) == [EASY]


async def test_invitations_speak_the_language_of_the_chat(village):
    person = await invited(village, KAMNIK)
    await tap(person, NAMES["en"])
    await joins(person, english.participant)
    await village.wait(days=64)
    after = localised(village.programme(KAMNIK).questionnaires[1], "en").questionnaire
    assert person.screen.text.startswith(f"{PROGRAMMES[KAMNIK].library}: {after.title}\n\nPlease answer")
    assert person.buttons == [english.participant.START, english.wishes.NOT_NOW]


async def test_what_is_not_translated_is_asked_in_slovenian_and_says_so(village):
    programmes = village.services.programmes
    programme = programmes[KAMNIK]
    before = programme.questionnaires[0]
    told = {key: words for key, words in before.translations["en"].items() if key != "understanding.text"}
    changed = before.model_copy(update={"translations": {**before.translations, "en": told}})
    programmes[KAMNIK] = programme.model_copy(update={"questionnaires": (changed, *programme.questionnaires[1:])})
    person = await invited(village, KAMNIK)
    await tap(person, NAMES["en"])
    await joins(person, english.participant)
    assert english.participant.UNTRANSLATED not in person.screen.text
    await tap(person, person.buttons[0])
    assert person.screen.text.startswith(f"{english.participant.UNTRANSLATED}\n\n2 of 8\n\n{before.items[1].text}")
    assert person.buttons[0] == f"1 · {before.items[1].choices[0].label}"


async def test_who_is_read_to_gets_a_new_message_for_each_card(village):
    person = await invited(village, "brezice-racunalnik")
    await joins(person, participant)
    await tap(person, person.buttons[0])
    edited = person.screen.id
    await say(person, "/jezik")
    question = await tap(person, participant.READ_ALOUD)
    assert question.startswith(f"{participant.ALOUD_ON}\n\n2 od 8\n\n")  # the open card comes again by itself
    assert "\n1 · " in question
    cards = [person.screen.id]
    for _ in range(2):
        await tap(person, person.buttons[0])
        cards.append(person.screen.id)
    assert edited < cards[0] < cards[1] < cards[2]
    told = {message.id: (message.text, message.labels) for message in person.messages}
    assert told[cards[0]] == (
        "2 od 8\n\nKako vam gre, ko je treba prepoznati goljufivo sporočilo?\n\nVaš odgovor: ne gre", []
    )  # fmt: skip
    await say(person, "/jezik")
    assert (await tap(person, participant.EDIT_IN_PLACE)).startswith(f"{participant.ALOUD_OFF}\n\n4 od 8\n\n")
    last = person.screen.id
    await tap(person, person.buttons[0])
    assert person.screen.id == last


async def test_a_librarian_chooses_the_language_for_somebody(village):
    librarian = await village.librarian(KAMNIK)
    person = await invited(village, KAMNIK)
    await joins(person, participant)
    code = await query(village, lambda c: c.execute(select(schema.participant.c.code)).scalar_one())
    await say(librarian, code)
    await tap(librarian, "Jezik vprašanj")
    assert librarian.buttons == [f"✓ {NAMES['sl']}", NAMES[EASY], NAMES["en"], "Prekliči"]
    await tap(librarian, NAMES["en"])
    assert librarian.screen.text.startswith("Jezik vprašanj: English\n\n")
    await tap(librarian, "Odgovori za to osebo")
    item = first(village, KAMNIK, "en").items[0]
    assert item.text in librarian.screen.text  # is read aloud as the person understands it
    assert "Ne vem" in librarian.buttons  # the librarian's own words stay Slovenian
    await tap(person, person.buttons[0])
    assert english.participant.BACK in person.buttons  # and the phone goes on in English


@pytest.mark.parametrize("typed", ["/jezik", "/language", "english", "I don't speak Slovenian"])
async def test_who_is_still_asked_for_consent_is_offered_its_languages(village, typed):
    person = await invited(village, KAMNIK)
    await say(person, "pomoč")
    await say(person, typed)
    assert person.buttons[:3] == [f"{participant.CHOSEN} {NAMES['sl']}", NAMES[EASY], NAMES["en"]]
    await tap(person, NAMES["en"])
    assert english.participant.YES in person.buttons
