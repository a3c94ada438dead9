"""What is written, said or sent before its question was on the screen never answers it, over HTTP."""

import pytest
from plugins.at_the_desk import query, say, tap
from sqlalchemy import select

from bot.routing.routes import COMMANDS
from bot.simulator.state import GroupChat
from bot.texts.common import ELSEWHERE
from bot.texts.english import participant as english
from bot.texts.slovene import participant as words
from storage.schema import answer, answer_change, run, voice

BREZICE = "brezice-racunalnik"
SOUND = b"OggS" + b"a" * 300


async def joined(village, name="Marija", slug=BREZICE):
    """Somebody who has just said yes, with the first question on the screen."""
    enrolled = await village.enrol(await village.cohort(slug, name=f"Pomlad {name}"))
    person = village.simulator.person(name)
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da")
    return person


async def stored(village):
    """Every answer that holds: its value, its text or its non-answer."""

    def read(connection):
        rows = connection.execute(select(answer.c.item, answer.c.value, answer.c.text_sealed, answer.c.non_answer))
        keys = village.services.keys
        return {
            item: value if value is not None else keys.open_text(text) if text is not None else refused
            for item, value, text, refused in rows
        }

    return await query(village, read)


async def changes(village):
    return await query(village, lambda c: c.execute(select(answer_change.c.item, answer_change.c.value)).all())


async def while_the_bot_is_away(village, *acts):
    """Do all of it while the bot reaches Telegram no more; it comes back and catches up."""
    await village.simulator.goes_down()
    for act in acts:
        await act()
        village.clock.now = village.clock.now.replace(second=village.clock.now.second + 2)
    await village.simulator.comes_up()


async def writes_at_once(person, *texts):
    """Several messages before anything can answer them."""
    for text in texts:
        await person.says(text)
    await person.settles()


async def test_the_same_word_while_the_bot_is_away_answers_one_question(village):
    person = await joined(village)
    await while_the_bot_is_away(village, *[lambda: person.says("4")] * 3)
    await person.settles()
    assert await stored(village) == {"primary": 4}
    assert person.screen.text.startswith(words.writing.already("precej dobro") + "\n\n2 od 8")
    await say(person, "3")
    assert await stored(village) == {"primary": 4, "fraud": 3}


async def test_three_quick_words_answer_one_question(village):
    person = await joined(village)
    await writes_at_once(person, "3", "3", "3")
    assert await stored(village) == {"primary": 3}
    assert person.screen.text.startswith(words.writing.already("z nekaj pomoči") + "\n\n2 od 8")


async def test_another_quick_word_asks_which_of_the_two_holds(village):
    person = await joined(village)
    await writes_at_once(person, "3", "5")
    assert await stored(village) == {"primary": 3}
    assert person.screen.text.startswith(words.writing.which("z nekaj pomoči", "brez težav") + "\n\n1 od 8")
    await tap(person, "brez težav")
    assert await stored(village) == {"primary": 5}
    assert await changes(village) == [("primary", 3)]
    assert person.screen.text.startswith("2 od 8")


async def test_words_sent_with_a_tap_do_not_answer_the_next_question(village):
    person = await joined(village)
    village.simulator.faults.add("editMessageText", "hang", seconds=0.5)
    await person.taps("precej dobro")
    await person.says("3")
    await person.settles()
    assert await stored(village) == {"primary": 4}
    assert person.screen.text.startswith(words.writing.which("precej dobro", "z nekaj pomoči") + "\n\n1 od 8")


async def test_words_sent_with_the_consent_do_not_answer_the_first_question(village):
    enrolled = await village.enrol(await village.cohort(BREZICE))
    person = village.simulator.person()
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await person.taps("Da")
    await person.says("3")
    await person.settles()
    assert await stored(village) == {}
    assert person.screen.text.startswith(words.writing.TOO_EARLY + "\n\n1 od 8")


async def test_a_word_for_a_question_that_was_covered_meanwhile_answers_it(village):
    """/pomoc is answered while the word for the question that stood there is on its way."""
    person = await joined(village)
    await person.says("/pomoc")
    await person.says("4")
    await person.settles()
    assert await stored(village) == {"primary": 4}
    assert person.screen.text.startswith(words.writing.saved("precej dobro") + "\n\n2 od 8")


async def test_a_digit_typed_twice_before_a_choice_of_several_ticks_nothing(village):
    person = await joined(village)
    programme = village.programme(BREZICE)
    items = programme.questionnaire(programme.wave("before")).items
    number = next(place for place, item in enumerate(items) if item.kind == "number")
    for _ in range(number):
        await tap(person, person.buttons[0])
    await writes_at_once(person, "3", "3")
    found = await stored(village)
    assert (len(found), found[items[number].id]) == (number + 1, 3)
    assert person.screen.text.startswith(words.writing.already("3"))


async def at_the_open_question(village):
    """The open question at the end of a programme is on the screen."""
    person = await joined(village)
    await finish(person)
    await village.wait(days=70)
    await tap(person, "Začni")
    for _ in range(40):
        if words.TYPE_TEXT in person.screen.text:
            return person
        await tap(person, person.buttons[0]) if "Napišite številko" not in person.screen.text else await say(
            person, "1"
        )
        if "Naprej ›" in person.buttons and person.buttons[0].startswith("✓"):
            await tap(person, "Naprej")
    raise AssertionError("no question asks for words")


async def finish(person):
    for _ in range(40):
        if "Oddaj odgovore" in person.buttons:
            return await tap(person, "Oddaj")
        if "Napišite številko" in person.screen.text:
            await say(person, "1")
        else:
            await tap(person, "Preskoči" if "Preskoči" in person.buttons else person.buttons[0])
            if "Naprej ›" in person.buttons and person.buttons[0].startswith("✓"):
                await tap(person, "Naprej")
    raise AssertionError("the questionnaire has no end")


async def test_a_thought_in_three_messages_is_one_answer(village):
    person = await at_the_open_question(village)
    await writes_at_once(person, "Zdaj pišem vnukom.", "Vsak dan.", "In ni me več strah.")
    texts = [one for one in (await stored(village)).values() if isinstance(one, str)]
    assert "Zdaj pišem vnukom.\nVsak dan.\nIn ni me več strah." in texts
    assert "Zdaj je shranjeno: Zdaj pišem vnukom.\nVsak dan.\nIn ni me več strah." in person.screen.text


async def test_a_text_that_telegram_cuts_in_two_is_one_answer(village):
    person = await at_the_open_question(village)
    long = "Zelo rada pridem. " * 240
    await person.says(long.strip())
    await person.settles()
    texts = [one for one in (await stored(village)).values() if isinstance(one, str)]
    assert [one.replace("\n", "").replace(" ", "") for one in texts if "rada" in one] == [long.replace(" ", "")]


async def test_the_last_words_of_a_text_that_is_too_long_are_not_joined_to_its_beginning(village):
    person = await at_the_open_question(village)
    before = await stored(village)
    text = "Zelo rada pridem. " * 1000
    pieces = [text[start : start + 4096].strip() for start in range(0, len(text), 4096)]
    await person.says(text)
    await person.settles()
    assert [one for item, one in (await stored(village)).items() if item not in before] == ["\n".join(pieces[:3])]
    assert person.screen.text.startswith(words.writing.TOO_EARLY)


async def test_of_two_recordings_in_a_row_the_second_is_no_other_answer(village):
    person = await at_the_open_question(village)
    before = await stored(village)
    for seconds in (12, 7):
        await person.sends_voice(SOUND, seconds=seconds)
    await person.settles()
    after = await stored(village)
    assert [one for item, one in after.items() if item not in before] == ["zvočni posnetek, 12 s"]
    assert person.screen.text.startswith(words.writing.ONE_RECORDING)
    assert len(await query(village, lambda c: c.execute(select(voice.c.id)).all())) == 1


async def test_words_and_a_recording_in_a_row_are_one_answer(village):
    person = await at_the_open_question(village)
    await person.says("Zdaj pišem vnukom.")
    await person.sends_voice(SOUND, seconds=7)
    await person.settles()
    assert "Zdaj pišem vnukom.\nzvočni posnetek, 7 s" in (await stored(village)).values()


async def test_a_corrected_message_corrects_its_answer(village):
    person = await joined(village)
    sent = await person.says("3")
    await person.settles()
    await person.edits(sent, "5")
    await person.settles()
    assert await stored(village) == {"primary": 5}
    assert await changes(village) == [("primary", 3)]
    question = village.programme(BREZICE).questionnaires[0].items[0].text
    assert person.screen.text.startswith(words.writing.corrected(question, "brez težav") + "\n\n2 od 8")


async def test_a_correction_of_what_was_not_understood_is_the_answer(village):
    person = await joined(village)
    sent = await person.says("trobenta")
    await person.settles()
    await person.edits(sent, "4")
    await person.settles()
    assert await stored(village) == {"primary": 4}


async def test_a_correction_of_an_older_message_says_how_to_correct(village):
    person = await joined(village)
    sent = await person.says("3")
    await person.settles()
    await say(person, "4")
    await person.edits(sent, "5")
    await person.settles()
    assert await stored(village) == {"primary": 3, "fraud": 4}
    assert person.screen.text.startswith(words.writing.EDITED + "\n\n3 od 8")


async def test_an_english_reader_is_told_in_english(village):
    person = await joined(village, slug="kamnik-slovenscina")
    await say(person, "/language")
    await tap(person, "English")
    await writes_at_once(person, "3", "3")
    held = person.screen.text.partition("\n")[0]
    assert held.startswith(english.writing.already(""))


async def test_a_librarian_who_types_ahead_is_guarded_too(village):
    marija = await village.enrol(await village.cohort(BREZICE))
    librarian = await village.librarian(BREZICE)
    await say(librarian, f"/udelezenec {marija.code}")
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, "Oseba sama, s podpisom")
    await say(librarian, f"/izpolni {marija.code}")
    await writes_at_once(librarian, "3", "3", "3")
    assert await stored(village) == {"primary": 3}
    await tap(librarian, "Ne vem")
    assert await stored(village) == {"primary": 3, "fraud": "dont_know"}


async def test_a_kiosk_is_guarded_too(village):
    marija = await village.enrol(await village.cohort(BREZICE))
    librarian = await village.librarian(BREZICE)
    await say(librarian, f"/udelezenec {marija.code}")
    await tap(librarian, "Zapiši privolitev")
    await tap(librarian, "Oseba sama, s podpisom")
    await say(librarian, "/kiosk")
    await tap(librarian, "Začni kiosk")
    await writes_at_once(librarian, marija.code, marija.code, "3")
    assert await stored(village) == {}
    await writes_at_once(librarian, "3", "3")
    assert await stored(village) == {"primary": 3}
    await say(librarian, "2")
    assert await stored(village) == {"primary": 3, "fraud": 2}
    assert len(await query(village, lambda c: c.execute(select(run.c.id)).all())) == 1


@pytest.mark.parametrize(
    "content",
    [{"pinned_message": {"message_id": 5}}, {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
     {"write_access_allowed": {"from_request": True}}, {"something_of_tomorrow": {"x": 1}}],
)  # fmt: skip
async def test_what_telegram_notes_in_a_chat_is_no_input(village, content):
    person = await joined(village)
    card, events = person.screen.id, person.events
    await person.causes(**content)
    await person.settles()
    assert (person.screen.id, person.events) == (card, events)


@pytest.mark.parametrize("odd", [{"poll": {"id": 7}}, {"reply_to_message": "x"}, {"gift": [1]}, {"forward_origin": 3},
                                 {"entities": {"a": 1}}])  # fmt: skip
async def test_an_answer_is_read_whatever_stands_beside_it(village, odd):
    person = await joined(village)
    await person.causes(text="4", **odd)
    await person.settles()
    assert await stored(village) == {"primary": 4}


async def test_in_a_group_the_bot_says_that_it_talks_in_private_and_leaves(village):
    person = await joined(village)
    group = GroupChat(-1001234567890, "Bralni krožek")
    await person.invites_to(group)
    await person.waits(lambda: not group.present)
    assert group.texts == [ELSEWHERE]
    group.present = True  # it was in there before
    await person.writes_in(group, "/start")
    await person.waits(lambda: not group.present)
    assert (group.texts, await stored(village)) == ([ELSEWHERE] * 2, {})


async def test_an_update_that_cannot_be_handled_is_said_and_the_question_stands_again(village, monkeypatch):
    person = await joined(village)

    def broken(*_):
        raise OverflowError("date value out of range")

    monkeypatch.setitem(COMMANDS, "zasebnost", broken)
    await person.says("/zasebnost")
    await person.says("4")  # by which the bot sees that it is not the database
    await person.waits(lambda: person.screen.text.startswith(words.writing.COULD_NOT_TAKE))
    assert person.screen.text.startswith(words.writing.COULD_NOT_TAKE + "\n\n2 od 8")
    assert await stored(village) == {"primary": 4}
