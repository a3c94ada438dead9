"""Words by which something else is meant: what was meant is done or said, the card stands again, nothing is stored."""

import pytest
from plugins.at_the_desk import drawn_again, forge, query, say, tap
from sqlalchemy import select

from bot.actions import participant as actions
from bot.texts.intents import Intent
from bot.texts.languages import WORDS
from storage import chats
from storage.schema import answer, answer_change, participant, story
from surveys.languages import EASY, SLOVENIAN
from tests.bot.participant.test_voice_answers import at_the_open_question, speak

BREZICE, ITEM = "brezice-racunalnik", "outcome_words"
LANGUAGES = (SLOVENIAN, EASY, "en")
TYPED = {
    Intent.STOP: ("stop", "nehajte mi pisati", "odjava", "please stop writing"),
    Intent.HELP: ("pomoč", "ne razumem", "I do not understand"),
    Intent.BACK: ("nazaj", "back"),
    Intent.LANGUAGE: ("Angleško", "English, please"),
    Intent.THANKS: ("hvala", "Hvala lepa!", "thank you"),
    Intent.GREETING: ("dober dan", "hello"),
    Intent.QUESTION: ("Kdaj je naslednja delavnica?", "when is the next meeting"),
}


async def speaks(village, person, language):
    """From now on the chat reads in this language."""
    await village.write(chats.set_language, chat_ref=village.services.keys.seal_id(person.id), language=language)
    await say(person, "/anketa")
    return WORDS[language]


async def joined(village, language=SLOVENIAN):
    """Somebody with the first question on the screen."""
    enrolled = await village.enrol(await village.cohort(BREZICE))
    person = village.simulator.person("Marija")
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da, želim sodelovati")
    return person, await speaks(village, person, language)


async def stored(village):
    rows = await query(village, lambda c: c.execute(select(answer.c.item, answer.c.value, answer.c.text_sealed)).all())
    return {
        row.item: row.value if row.text_sealed is None else village.services.keys.open_text(row.text_sealed)
        for row in rows
    }


async def kept(village, person):
    """What is kept of words that were asked about, as it is stored and as it is read."""
    row = await query(village, chats.load, chat_ref=village.services.keys.seal_id(person.id))
    sealed = row.said_sealed
    return sealed, None if sealed is None else village.services.keys.open_text(sealed)


def plain(words):
    return words.replace("<b>", "").replace("</b>", "")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_at_a_question_with_buttons_they_answer_nothing_and_the_question_stands_again(village, language):
    person, words = await joined(village, language)
    question = person.screen.text
    talk = words.talk
    notes = {Intent.THANKS: talk.WELCOME, Intent.GREETING: talk.HELLO, Intent.QUESTION: talk.NOBODY_READS}
    for intent, note in notes.items():
        for typed in TYPED[intent]:
            assert await say(person, typed) == f"{note}\n\n{question}"
    for typed in TYPED[Intent.HELP]:
        assert await say(person, typed) == question
        assert person.messages[-2].text.startswith(plain(words.HELP)[:30])
        assert words.HOME not in person.messages[-2].labels
    for typed in TYPED[Intent.BACK]:
        assert await say(person, typed) == f"{talk.NOTHING_BEFORE}\n\n{question}"
    for typed in TYPED[Intent.STOP]:
        assert (await say(person, typed)).startswith(talk.STOP_MEANT)
        assert person.buttons == [words.STOP_KEEP, words.STOP_ERASE, words.CANCEL]
        assert await tap(person, words.CANCEL) == question
    assert await stored(village) == {}
    await tap(person, next(label for label in person.buttons if "zelo težko" in label or label == person.buttons[1]))
    second = person.screen.text
    assert await say(person, "nazaj") != second
    assert words.YOUR_ANSWER in person.screen.text
    await say(person, "stop")
    assert await tap(person, words.STOP_KEEP) == words.STOPPED


@pytest.mark.parametrize("language", LANGUAGES)
async def test_at_a_card_that_only_a_button_answers_they_leave_the_card_and_no_is_cancel(village, language):
    person, words = await joined(village, language)
    question, asked = person.screen.text, plain(words.STOP_ASK)
    for command, ask in (("stop", asked), ("/izbris", plain(words.ERASE_ASK))):
        buttons = [await say(person, command), person.buttons][1]
        for typed in ("da", "2", "dost imam", words.STOP_KEEP, words.ERASE_YES):
            assert await say(person, typed) == f"{words.talk.BY_BUTTON}\n\n{ask}"
            assert person.buttons == buttons
        assert await say(person, "hvala") == f"{words.talk.WELCOME}\n\n{ask}"
        await person.sends_voice(b"OggS" + b"a" * 100, seconds=3)
        await person.settles()
        assert person.screen.text == f"{words.NOT_TEXT}\n\n{ask}"
        assert await say(person, "ne") == question
        await say(person, command)
        assert await say(person, "nazaj") == question
    assert await stored(village) == {}
    await say(person, "stop")
    await say(person, "da")
    assert await tap(person, words.STOP_KEEP) == words.STOPPED_UNANSWERED
    assert "answer" not in words.STOPPED_UNANSWERED
    assert "odgovor" not in words.STOPPED_UNANSWERED


async def test_yes_at_the_card_of_stop_is_no_yes_to_another_question_that_stands(village):
    person, words = await joined(village)
    other = await village.enrol(await village.cohort(BREZICE, name="Jesen"))
    await person.follows(village.link(other.token))
    await person.settles()
    await say(person, "/stop")
    assert await say(person, "da") == f"{words.talk.BY_BUTTON}\n\n{plain(words.STOP_ASK)}"


async def test_who_writes_that_they_want_a_call_gets_the_button_for_it(village):
    person, _ = await joined(village)
    question = person.screen.text
    assert await say(person, "Pokličite me, prosim") == question
    assert "Pokličite me" in person.messages[-2].labels


async def test_what_is_no_words_leaves_the_question_to_which_one_has_gone_back(village):
    person, words = await joined(village)
    await tap(person, person.buttons[1])
    back = await tap(person, "‹ Nazaj")
    await person.sends_voice(b"OggS" + b"a" * 100, seconds=3)
    await person.settles()
    assert person.screen.text == f"{words.NOT_TEXT}\n\n{back}"


async def test_words_that_say_nothing_known_leave_staff_the_card_at_which_they_work(village):
    await village.cohort(BREZICE, name="Pomlad")
    librarian, words = await village.librarian(BREZICE), WORDS[SLOVENIAN]
    card = await say(librarian, "/vpis")
    buttons = librarian.buttons
    for typed in ("12", "da", "Kako natisnem kartice?"):
        assert await say(librarian, typed) == f"{words.NOT_UNDERSTOOD}\n\n{card}"
        assert librarian.buttons == buttons
    assert await say(librarian, "hvala") == f"{words.talk.WELCOME}\n\n{card}"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_where_nothing_is_open_they_get_a_kind_sentence(village, language):
    person, words = await joined(village, language)
    await village.wait(days=30)  # the questionnaire is closed
    nothing = await say(person, "/anketa")
    assert await say(person, "hvala") == f"{words.talk.WELCOME}\n\n{nothing}"
    assert await say(person, "dober dan") == f"{words.talk.HELLO}\n\n{nothing}"
    assert await say(person, "Kdaj imate odprto?") == f"{words.talk.NOBODY_READS}\n\n{nothing}"
    assert await say(person, "banana") == f"{words.NOT_UNDERSTOOD}\n\n{nothing}"
    assert (await say(person, "ne razumem")).startswith(plain(words.HELP)[:30])
    assert (await say(person, "odjava")).startswith(words.talk.STOP_MEANT)


async def test_below_an_invitation_a_reminder_and_at_the_summary_too(village):
    person, words = await joined(village)
    await village.wait(days=3)
    reminder = person.screen.text
    assert await say(person, "hvala") != reminder
    assert person.screen.text.startswith(words.talk.WELCOME)
    assert (await say(person, "stop")).startswith(words.talk.STOP_MEANT)
    await tap(person, "Prekliči")
    for _ in range(40):
        if "Oddaj odgovore" in person.buttons:
            break
        await (say(person, "1") if "Napišite številko" in person.screen.text else tap(person, person.buttons[0]))
        if "Naprej ›" in person.buttons and person.buttons[0].startswith("✓"):
            await tap(person, "Naprej ›")
    summary = person.screen.text
    assert await say(person, "dober dan") == f"{words.talk.HELLO}\n\n{summary}"
    for yes in ("da", "V redu", "oddaj odgovore"):
        assert await say(person, yes) == f"{words.writing.HAND_IN_BY_BUTTON}\n\n{summary}"
        assert "Oddaj odgovore" in person.buttons
    assert words.YOUR_ANSWER in await say(person, "nazaj")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_at_a_question_for_words_they_are_asked_about_and_become_the_answer_only_after_a_yes(village, language):
    person = await at_the_open_question(village)
    words = await speaks(village, person, language)
    before, question = await stored(village), person.screen.text
    for intent, every in TYPED.items():
        for typed in every:
            asked = await say(person, typed)
            assert asked.endswith(f"{words.talk.wrote(typed)}\n\n{plain(words.talk.IS_IT_THE_ANSWER)}")
            assert person.buttons == [words.talk.IT_IS, words.talk.IT_IS_NOT[intent]]
            sealed, opened = await kept(village, person)
            assert (opened, typed.encode() in sealed) == (typed, False)
            assert await stored(village) == before
            await tap(person, words.talk.IT_IS_NOT[intent])
            assert await say(person, "/anketa") == question
    asked = await say(person, typed)
    for detour in ("/zasebnost", "/pomoc", "/anketa", "/jezik"):
        await say(person, detour)
        if detour == "/jezik":
            await tap(person, words.BACK)
        assert (person.screen.text, person.buttons) == (asked, [words.talk.IT_IS, words.talk.IT_IS_NOT[intent]])
    assert await drawn_again(village, person) == (asked, person.buttons)
    await tap(person, words.talk.IT_IS_NOT[Intent.QUESTION])
    assert person.screen.text == f"{words.talk.NOBODY_READS}\n\n{question}"
    assert await kept(village, person) == (None, None)
    await say(person, "hvala")
    old, yes = person.screen, person.screen.buttons[0][0].data
    await tap(person, words.talk.IT_IS)
    assert await stored(village) == before | {ITEM: "hvala"}
    assert await kept(village, person) == (None, None)
    await person.taps_data(old.id, yes)
    await person.settles()
    assert await stored(village) == before | {ITEM: "hvala"}
    assert person.toasts[-1].text == words.WHERE_YOU_ARE


@pytest.mark.parametrize("intent", list(Intent))
async def test_a_no_does_what_was_meant(village, intent):
    person = await at_the_open_question(village)
    words, question, before = WORDS[SLOVENIAN], person.screen.text, await stored(village)
    await say(person, TYPED[intent][0])
    said = await tap(person, words.talk.IT_IS_NOT[intent])
    match intent:
        case Intent.STOP:
            assert said.startswith(words.talk.STOP_MEANT)
            assert await tap(person, words.CANCEL) == question
        case Intent.HELP:
            assert (said, person.messages[-2].text[:20]) == (question, plain(words.HELP)[:20])
        case Intent.BACK:
            assert words.YOUR_ANSWER in said
        case Intent.LANGUAGE:
            assert said == await say(person, "/jezik")
            assert await tap(person, words.BACK) == question
        case Intent.THANKS:
            assert said == f"{words.talk.WELCOME}\n\n{question}"
        case Intent.GREETING:
            assert said == f"{words.talk.HELLO}\n\n{question}"
        case Intent.QUESTION:
            assert said == f"{words.talk.NOBODY_READS}\n\n{question}"
    assert await stored(village) == before
    assert await kept(village, person) == (None, None)


async def test_yes_no_other_words_and_a_recording_count_at_that_card(village):
    person = await at_the_open_question(village)
    words, question, before = WORDS[SLOVENIAN], person.screen.text, await stored(village)
    await say(person, "hvala")
    assert await say(person, "ne") == f"{words.talk.WELCOME}\n\n{question}"
    asked = await say(person, "stop")
    assert await say(person, "pomoč") == asked
    await say(person, "da")
    assert await stored(village) == before | {ITEM: "stop"}
    await tap(person, "‹ Nazaj")
    await say(person, "hvala")
    assert await stored(village) == before | {ITEM: "stop"}
    await say(person, "Zdaj vnukom pišem sama.")
    assert await stored(village) == before | {ITEM: "Zdaj vnukom pišem sama."}
    await tap(person, "‹ Nazaj")
    await say(person, "hvala")
    await speak(person)
    assert await stored(village) == before | {ITEM: "zvočni posnetek, 12 s"}
    assert await kept(village, person) == (None, None)
    changes = await query(village, lambda c: c.execute(select(answer_change.c.text_sealed)).scalars().all())
    assert [village.services.keys.open_text(one) for one in changes] == ["stop", "Zdaj vnukom pišem sama."]


async def test_an_answer_given_otherwise_makes_the_question_about_words_stale(village):
    person = await at_the_open_question(village)
    old, before = person.screen, await stored(village)
    skip = next(button.data for row in old.buttons for button in row if button.label == "Preskoči")
    await say(person, "hvala")
    await person.taps_data(old.id, skip)
    await person.settles()
    assert "Oddaj odgovore" in person.buttons
    assert await say(person, "/anketa") == person.screen.text
    assert "Oddaj odgovore" in person.buttons
    assert await kept(village, person) == (None, None)
    assert await stored(village) == before | {ITEM: None}
    assert await forge(person, actions.confirm_words(9, 9, 9)) == "Ta gumb tukaj ne velja."


async def test_in_a_kiosk_they_are_asked_about_and_forgotten_with_the_person(village):
    await at_the_open_question(village)
    librarian = await village.librarian(BREZICE)
    (code,) = await query(village, lambda c: c.execute(select(participant.c.code)).scalars().all())
    await say(librarian, "/kiosk")
    await tap(librarian, "Začni kiosk")
    await say(librarian, code)
    question = librarian.screen.text
    asked = await say(librarian, "stop")
    words = WORDS[SLOVENIAN].talk
    assert librarian.buttons == [words.IT_IS, words.IT_IS_NOT[Intent.THANKS]]
    assert asked.endswith("Ali je to vaš odgovor?")
    assert await tap(librarian, words.IT_IS_NOT[Intent.THANKS]) == question
    await say(librarian, "hvala")
    assert (await kept(village, librarian))[1] == "hvala"
    assert await say(librarian, code) == question
    assert await kept(village, librarian) == (None, None)


async def test_they_are_no_story_and_nothing_that_goes_on_with_one(village):
    person = await at_the_open_question(village)
    words = WORDS[SLOVENIAN]
    await tap(person, "Preskoči")
    await tap(person, "Oddaj odgovore")
    tell = next(button.data for row in person.screen.buttons for button in row if button.label == words.stories.TELL)
    asked = await tap(person, words.stories.TELL)
    assert await say(person, "hvala") == f"{words.talk.WELCOME}\n\n{asked}"
    assert (await say(person, "stop")).startswith(words.talk.STOP_MEANT)
    assert await query(village, lambda c: c.execute(select(story.c.id)).all()) == []
    await tap(person, words.CANCEL)
    await forge(person, tell)
    read_back = await say(person, "Kako se zdaj znajdem? Sama pišem vnukom.")
    assert "»Kako se zdaj znajdem? Sama pišem vnukom.«" in read_back
    assert await say(person, "dober dan") == f"{words.talk.HELLO}\n\n{read_back}"
    assert await say(person, "pomoč") == read_back


async def test_a_librarian_who_helps_is_asked_about_words_at_a_question_for_words_only(village):
    await at_the_open_question(village)
    (code,) = await query(village, lambda c: c.execute(select(participant.c.code)).scalars().all())
    librarian = await village.librarian(BREZICE)
    question = await say(librarian, f"/izpolni {code}")
    before, words = await stored(village), WORDS[SLOVENIAN].talk
    asked = await say(librarian, "stop")
    assert asked.startswith(f"Odgovori za osebo s šifro {code}.")
    assert librarian.buttons == [words.IT_IS, words.IT_IS_NOT[Intent.THANKS]]
    assert await drawn_again(village, librarian) == (asked, librarian.buttons)
    assert await tap(librarian, words.IT_IS_NOT[Intent.THANKS]) == question
    assert await stored(village) == before
    await say(librarian, "hvala")
    await say(librarian, "da")
    assert await stored(village) == before | {ITEM: "hvala"}
