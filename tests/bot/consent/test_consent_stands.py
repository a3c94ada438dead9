"""The question for consent stands until it is answered, whatever is typed, sent or opened meanwhile."""

from functools import partial

import pytest
from plugins.at_the_desk import drawn_again, query, say, tap
from plugins.forgetting import CHATS, forget
from sqlalchemy import select

from bot.texts.languages import WORDS
from storage import access_links, chats, participants
from storage.schema import EnrolmentState, consent, enrolment
from surveys.languages import EASY, NAMES, SLOVENIAN

BREZICE, NOVO_MESTO, KAMNIK = "brezice-racunalnik", "novo-mesto-branje", "kamnik-slovenscina"
LANGUAGES = (SLOVENIAN, EASY, "en")


async def opens(village, slug=BREZICE, language=SLOVENIAN, person=None, cohort=None):
    """Somebody who has opened a link, in a language, and reads the question."""
    cohort = cohort or await village.cohort(slug)
    enrolled = await village.enrol(cohort)
    person = person or village.simulator.person("Marija")
    await person.follows(village.link(enrolled.token))
    await person.settles()
    if language != SLOVENIAN:
        await tap(person, NAMES[language])
    return person, enrolled


async def state(village, enrolled):
    enrolment = await query(village, participants.of_enrolment, enrolment_id=enrolled.enrolment)
    return enrolment.state


async def consents(village):
    return await query(village, lambda c: len(c.execute(select(consent.c.id)).all()))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_question_comes_again_below_whatever_is_said(village, language):
    person, enrolled = await opens(village, KAMNIK, language)
    words, asked, buttons = WORDS[language], person.screen.text, person.buttons
    below = words.talk.BELOW
    for typed, said in (
        ("/zasebnost", words.PRIVACY),
        ("/pomoc", words.HELP),
        ("/stop", words.NOTHING_TO_STOP),
        ("/moji_podatki", words.NOTHING_HELD),
        ("/izbris", words.NOTHING_HELD),
    ):
        await say(person, typed)
        assert (person.screen.text, person.buttons) == (asked, buttons)
        told = person.messages[-2]
        assert told.text.startswith(plain(said)[:40])
        assert told.text.endswith(below)
        assert words.HOME not in told.labels
    for typed, note in (
        ("/anketa", ""),
        ("/start", ""),
        ("/osebe", ""),
        ("/neznan", words.UNKNOWN_COMMAND),
        ("banana", words.talk.YES_OR_NO),
        ("kaj je to?", words.talk.NOBODY_READS),
        ("hvala", words.talk.WELCOME),
        ("dober dan", words.talk.HELLO),
        ("nazaj", ""),
    ):
        await say(person, typed)
        assert person.screen.text == f"{note}\n\n{asked}" if note else asked
        assert person.buttons == buttons
    await say(person, "pomoč")
    assert (person.screen.text, person.messages[-2].text[:20]) == (asked, plain(words.HELP)[:20])
    await say(person, "stop")
    assert (person.screen.text, person.buttons) == (asked, buttons)
    assert words.talk.STOP_MEANT in person.messages[-2].text
    await person.sends_document(b"anything", "letter.txt")
    await person.settles()
    assert person.screen.text == f"{words.NOT_TEXT}\n\n{asked}"
    await person.sends_voice(b"OggS" + b"a" * 100, seconds=3)
    await person.settles()
    assert person.screen.text == f"{words.NOT_TEXT}\n\n{asked}"
    assert await drawn_again(village, person) == (asked, buttons)
    await tap(person, words.YES)
    assert await state(village, enrolled) is EnrolmentState.ACTIVE
    assert person.screen.text.startswith(words.progress(1, 8)[:4])


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_card_of_language_gives_the_question_back_also_in_another_language(village, language):
    person, _ = await opens(village, KAMNIK, language)
    asked = person.screen.text
    await say(person, "/jezik")
    await say(person, "banana")
    assert person.screen.text == f"{WORDS[language].talk.YES_OR_NO}\n\n{asked}"
    await say(person, "/jezik")
    await tap(person, WORDS[language].BACK)
    assert person.screen.text == asked
    await say(person, "/jezik")
    await say(person, "da")
    assert person.screen.text == plain(WORDS[language].talk.AGREED)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_typed_yes_counts_after_one_tap_that_shows_what_was_understood(village, language):
    words, group = WORDS[language], await village.cohort(KAMNIK)
    for before, typed in enumerate(("da", "Ja!", "yes", "Да", "Так", "da želim sodelovati")):
        person, enrolled = await opens(village, language=language, person=village.simulator.person(), cohort=group)
        asked = person.screen.text
        understood = await say(person, typed)
        assert (typed, understood) == (typed, plain(words.talk.AGREED))
        assert await drawn_again(village, person) == (understood, [words.YES, words.BACK])
        assert (await state(village, enrolled), await consents(village)) == (EnrolmentState.INVITED, before)
        assert await tap(person, words.BACK) == asked
        await say(person, typed)
        await tap(person, words.YES)
        assert (await state(village, enrolled), await consents(village)) == (EnrolmentState.ACTIVE, before + 1)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_typed_no_counts_after_one_tap(village, language):
    words, group = WORDS[language], await village.cohort(KAMNIK)
    for typed in ("ne", "Ne, hvala.", "no", "Не"):
        person, enrolled = await opens(village, language=language, person=village.simulator.person(), cohort=group)
        assert (typed, await say(person, typed)) == (typed, plain(words.talk.REFUSED))
        assert person.buttons == [words.NO, words.BACK]
        assert await tap(person, words.NO) == plain(words.declined(village.programme(KAMNIK).library))
        assert person.buttons == [words.talk.ASK_AGAIN]
        assert await state(village, enrolled) is EnrolmentState.DECLINED


@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_a_typed_no_the_mind_can_be_changed_later(village, language):
    person, enrolled = await opens(village, KAMNIK, language)
    words, asked = WORDS[language], person.screen.text
    await say(person, "ne")
    declined = await tap(person, words.NO)
    await village.wait(days=20)
    for typed_later in ("/anketa", "/start"):
        assert await say(person, typed_later) == declined
    assert (await say(person, "banana")).endswith(f"\n\n{declined}")
    assert await drawn_again(village, person) == (declined, [words.talk.ASK_AGAIN])
    await say(person, "/pomoc")
    assert await tap(person, words.HOME) == declined
    assert await tap(person, words.talk.ASK_AGAIN) == asked
    await say(person, "ne")
    await tap(person, words.NO)
    assert await say(person, "da") == asked
    await tap(person, words.YES)
    assert await state(village, enrolled) is EnrolmentState.ACTIVE


async def test_after_the_link_has_expired_nothing_is_asked_again(village):
    person, _ = await opens(village)
    await tap(person, "Ne, hvala")
    old = person.screen
    await village.wait(days=61)
    await person.taps("Vprašajte me znova", old)
    await person.settles()
    assert person.screen.text.startswith("Ta povezava ne velja več.")
    assert await drawn_again(village, person) == (plain(WORDS[SLOVENIAN].STRANGER), [])
    other, again = await opens(village, cohort=await village.cohort(BREZICE, name="Jesen"))
    await village.write(access_links.void, enrolment_id=again.enrolment, now=village.clock())
    expired, stranger = WORDS[SLOVENIAN].LINK_EXPIRED, plain(WORDS[SLOVENIAN].STRANGER)
    assert await say(other, "da") == f"{expired}\n\n{stranger}"
    row = await query(village, chats.load, chat_ref=village.services.keys.seal_id(other.id))
    assert row.asked is None


@pytest.mark.parametrize("language", [EASY])
async def test_a_guardian_is_asked_again_in_easy_words_too(village, language):
    person, enrolled = await opens(village, NOVO_MESTO, language)
    words, whose = WORDS[language], person.screen.text
    assert await say(person, "/zasebnost") == whose
    asked = await tap(person, words.FOR_MY_CHILD)
    for typed in ("/zasebnost", "/pomoc", "/anketa"):
        assert await say(person, typed) == asked
    await say(person, "ne")
    refused = await tap(person, words.GUARDIAN_NO)
    assert await say(person, "/anketa") == refused
    assert await tap(person, words.talk.ASK_AGAIN) == whose
    await tap(person, words.FOR_MY_CHILD)
    await say(person, "ja")
    await tap(person, words.GUARDIAN_YES)
    assert await state(village, enrolled) is EnrolmentState.ACTIVE


async def test_a_guardian_is_asked_again_at_the_same_place(village):
    person, enrolled = await opens(village, NOVO_MESTO)
    whose = person.screen.text
    assert await say(person, "da") == f"Žal tega ne razumemo. Če ne veste, kako naprej, napišite /pomoc.\n\n{whose}"
    asked = await tap(person, "Za svojega otroka")
    assert await say(person, "/zasebnost") == asked
    assert await say(person, "da") == plain(WORDS[SLOVENIAN].talk.AGREED)
    assert person.buttons == ["Da, dovolim", "‹ Nazaj"]
    assert await say(person, "hm") == f"{WORDS[SLOVENIAN].talk.YES_OR_NO}\n\n{asked}"
    await say(person, "ne dovolim")
    refused = await tap(person, "Ne dovolim")
    assert refused.startswith("Brez privolitve starša ali skrbnika ne sprašujemo.")
    assert await drawn_again(village, person) == (refused, ["Vprašajte me znova"])
    assert await say(person, "ja") == whose
    asked = await tap(person, "Za otroka, s katerim berem")
    assert await say(person, "Da, privolitev je v knjižnici") == plain(WORDS[SLOVENIAN].talk.AGREED)
    await tap(person, "Da, privolitev je v knjižnici")
    assert await state(village, enrolled) is EnrolmentState.ACTIVE


@pytest.mark.parametrize("language", LANGUAGES)
async def test_on_a_shared_phone_the_second_question_stands_too_until_its_last_name(village, language):
    words = WORDS[language]
    cohort = await village.cohort(KAMNIK)
    person, _ = await opens(village, KAMNIK, language, cohort=cohort)
    first = await tap(person, words.YES)
    _, second = await opens(village, KAMNIK, person=person, cohort=cohort)
    which = person.screen.text
    assert which == plain(words.sharing.WHO_IS_IT)
    await say(person, "/zasebnost")
    assert person.screen.text == which
    await say(person, "kaj je to?")
    assert person.screen.text == f"{words.talk.NOBODY_READS}\n\n{which}"
    asked = await tap(person, words.sharing.FOR_ANOTHER)
    assert asked.startswith(words.sharing.DECIDES_ALONE)
    assert person.buttons[-1] == words.sharing.ANOTHER_PERSON
    await say(person, "/pomoc")
    assert person.screen.text == asked
    assert await tap(person, words.sharing.ANOTHER_PERSON) == first
    assert await say(person, "/anketa") == asked
    await say(person, "yes")
    name = await tap(person, words.YES)
    assert await state(village, second) is EnrolmentState.ACTIVE
    assert words.sharing.NO_NAME in person.buttons
    for typed in ("/zasebnost", "/pomoc", "/anketa"):
        assert await say(person, typed) == name
    assert await say(person, "kaj je to?") == f"{words.talk.NOBODY_READS}\n\n{name}"
    await say(person, "Marija")
    await say(person, "/zasebnost")
    assert words.sharing.NO_NAME in person.buttons
    await tap(person, words.sharing.NO_NAME)
    assert "1" in person.screen.text[:60]
    row = await query(village, chats.load, chat_ref=village.services.keys.seal_id(person.id))
    assert row.asked is None


async def test_a_link_opened_for_nobody_here_is_put_aside_and_still_holds(village):
    cohort = await village.cohort(BREZICE)
    person, _ = await opens(village, cohort=cohort)
    question = await tap(person, "Da, želim sodelovati")
    _, second = await opens(village, person=person, cohort=cohort)
    assert await tap(person, "Prekliči") == question
    assert await say(person, "/anketa") == question
    other = village.simulator.person("Jože")
    await other.follows(village.link(second.token))
    await other.settles()
    assert "Da, želim sodelovati" in other.buttons


async def test_two_links_on_one_phone_are_both_answered(village):
    cohort = await village.cohort(BREZICE)
    person, first = await opens(village, cohort=cohort)
    asked = person.screen.text
    _, second = await opens(village, person=person, cohort=cohort)
    declined = await tap(person, "Ne, hvala")
    assert declined == asked
    assert person.messages[-2].text.startswith("V redu, hvala za odgovor.")
    assert person.messages[-2].labels == ["Vprašajte me znova"]
    await tap(person, "Da, želim sodelovati")
    assert [await state(village, one) for one in (first, second)] == [EnrolmentState.ACTIVE, EnrolmentState.DECLINED]


async def test_a_lost_phone_asks_again_whether_to_go_on_here(village):
    person, enrolled = await opens(village)
    await tap(person, "Da, želim sodelovati")
    on_card = await village.write(
        access_links.create_participant,
        keys=village.services.keys,
        enrolment_id=enrolled.enrolment,
        now=village.clock(),
    )
    phone = village.simulator.person("Novi telefon")
    await phone.follows(village.link(on_card.token))
    await phone.settles()
    asked = phone.screen.text
    assert await say(phone, "/zasebnost") == asked
    assert await say(phone, "da") == plain(WORDS[SLOVENIAN].talk.AGREED)
    assert (await tap(phone, "Da, nadaljuj tukaj")).startswith("Od zdaj odgovarjate na tem telefonu.")
    assert (await say(phone, "/anketa")).startswith("1 od 8")


async def test_staff_who_look_at_a_link_come_back_to_their_desk(village):
    librarian = await village.librarian(BREZICE)
    _, enrolled = await opens(village, person=librarian)
    asked = librarian.screen.text
    assert await say(librarian, "banana") == f"{WORDS[SLOVENIAN].talk.YES_OR_NO}\n\n{asked}"
    assert (await say(librarian, "/start")).startswith("Pozdravljeni!\nVaša vloga: knjižničarka ali knjižničar")
    assert await state(village, enrolled) is EnrolmentState.INVITED


async def test_who_is_erased_or_silent_for_long_leaves_no_question(village):
    person, enrolled = await opens(village)
    await village.write(partial(forget, keys=village.services.keys, name=CHATS, unlink=village.clock()))
    assert await query(village, chats.load, chat_ref=village.services.keys.seal_id(person.id)) is None
    assert (await say(person, "da")).startswith("Žal tega ne razumemo.")
    assert await query(village, lambda c: c.execute(select(enrolment.c.state)).scalars().all()) == ["invited"]
    assert await state(village, enrolled) is EnrolmentState.INVITED


def plain(words):
    return words.replace("<b>", "").replace("</b>", "")
