"""Participants from the link to the thank-you, over HTTP, as a person with a phone sees it."""

import json
from datetime import datetime

import pytest
from sqlalchemy import func, select

from storage import chats
from storage.schema import answer, chat, enrolment, participant, run

pytestmark = pytest.mark.both_databases

BREZICE = "brezice-racunalnik"


async def joined(village, name="Marija", slug=BREZICE):
    """Somebody who has just said yes, with the first question on the screen."""
    cohort = await village.cohort(slug, name=f"Pomlad {name}")
    enrolled = await village.enrol(cohort)
    person = village.simulator.person(name)
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da")
    return person


async def tap(person, label, **how):
    await person.taps(label, **how)
    await person.settles()


async def say(person, words):
    await person.says(words)
    await person.settles()


async def finish(person):
    """Answer whatever is asked with its first option until the summary, and hand in."""
    for _ in range(40):
        if "Oddaj odgovore" in person.buttons:
            await tap(person, "Oddaj")
            return
        if "Napišite številko" in person.screen.text:
            await say(person, "1")
        elif "Preskoči" in person.buttons:
            await tap(person, "Preskoči")
        else:
            await person.taps(person.buttons[0])
            await person.settles()
            if "Naprej ›" in person.buttons and person.buttons[0].startswith("✓"):
                await tap(person, "Naprej")
    raise AssertionError("the questionnaire has no end")


def local(village, message):
    return datetime.fromtimestamp(message.date, village.services.policy.zone)


async def stored(village):
    """Every stored answer as (item, value, non-answer)."""

    def read(connection):
        return connection.execute(select(answer.c.item, answer.c.value, answer.c.non_answer)).all()

    return {row.item: (row.value, row.non_answer) for row in await village.services.database.read(read)}


async def test_the_library_speaks_first_and_asks_for_consent(village):
    cohort = await village.cohort(BREZICE)
    enrolled = await village.enrol(cohort)
    person = village.simulator.person()
    await person.follows(village.link(enrolled.token))
    await person.settles()
    assert person.screen.text.startswith("Pozdravljeni!\nTukaj Knjižnica Brežice.")
    assert person.buttons == ["Da, želim sodelovati", "Ne, hvala", "Lahko branje", "Pokličite me"]


async def test_after_yes_the_first_question_is_asked_at_once(village):
    person = await joined(village)
    assert person.screen.text.startswith("1 od 8\n\nKako vam gre delo z računalnikom?")
    assert person.buttons == [
        "1 · ne gre", "2 · zelo težko", "3 · z nekaj pomoči", "4 · precej dobro", "5 · brez težav", "Ne vem"
    ]  # fmt: skip


async def test_after_no_nothing_is_asked_and_the_link_still_holds(village):
    cohort = await village.cohort(BREZICE)
    enrolled = await village.enrol(cohort)
    person = village.simulator.person()
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Ne")
    assert person.screen.text.startswith("V redu, hvala za odgovor.")
    await person.follows(village.link(enrolled.token))
    await person.settles()
    await tap(person, "Da")
    assert person.screen.text.startswith("1 od 8")


async def test_the_card_is_edited_in_place_and_shows_the_chosen_answer_after_going_back(village):
    person = await joined(village)
    card = person.screen.id
    await tap(person, "precej dobro")
    assert person.screen.text.startswith("2 od 8")
    assert person.toasts[-1].text == "Shranjeno"
    await tap(person, "‹ Nazaj")
    assert person.screen.id == card
    assert "Vaš odgovor: precej dobro" in person.screen.text
    assert "✓ 4 · precej dobro" in person.buttons
    await tap(person, "Naprej")
    assert person.screen.text.startswith("2 od 8")


async def test_an_answer_can_be_changed_and_what_it_was_is_kept(village):
    person = await joined(village)
    await tap(person, "precej dobro")
    await tap(person, "‹ Nazaj")
    await tap(person, "ne gre")
    assert (await stored(village))["primary"] == (1, None)


async def test_a_typed_number_or_word_answers_like_a_button(village):
    person = await joined(village)
    await say(person, "2")
    assert (await stored(village))["primary"] == (2, None)
    assert person.screen.text.startswith("Shranjeno: zelo težko\n\n2 od 8")
    await say(person, "kar nekaj")
    assert "Tega odgovora ni med možnostmi" in person.screen.text


async def test_from_the_first_question_to_thanks_and_back_to_rest(village):
    person = await joined(village)
    await finish(person)
    assert person.screen.text.startswith("Hvala! Vaši odgovori so shranjeni.")
    await say(person, "/anketa")
    assert person.screen.text == (
        "Hvala, zdaj ni vprašanj za vas. Naslednji vprašalnik dobite v ponedeljek, 4.\u00a05.\u00a02026."
    )


async def test_a_half_answered_questionnaire_goes_on_after_days(village):
    person = await joined(village)
    await tap(person, "precej dobro")
    await village.wait(days=1)
    await say(person, "/anketa")
    assert person.screen.text.startswith("2 od 8")


async def test_reminders_say_what_is_left_and_end_with_the_answer(village):
    person = await joined(village)
    await tap(person, "precej dobro")
    before = len(person.messages)
    await village.wait(days=3)
    reminders = [message.text for message in person.messages[before:]]
    assert [text.splitlines()[-1] for text in reminders] == ["Vprašalnik vas še čaka. Ostalo je še 7 vprašanj."]
    await tap(person, "Nadaljuj")
    await finish(person)
    after = len(person.messages)
    await village.wait(days=14)
    assert len(person.messages) == after


async def test_the_questionnaire_at_the_end_comes_by_itself_after_the_last_meeting(village):
    person = await joined(village)
    await finish(person)
    before = len(person.messages)
    await village.wait(days=64)
    invitations = person.messages[before:]
    assert invitations[0].text.startswith("Knjižnica Brežice: Vprašalnik ob koncu")
    assert local(village, invitations[0]).strftime("%A %H:%M") == "Monday 17:00"
    await tap(person, "Začni")
    assert "Kako vam gre delo z računalnikom?" in person.screen.text


@pytest.mark.parametrize("new_query_id", [False, True])
async def test_a_tap_sent_twice_is_stored_once_and_always_answered(village, new_query_id):
    person = await joined(village)
    await tap(person, "precej dobro", again=True, new_query_id=new_query_id)
    assert (await stored(village)) == {"primary": (4, None)}
    assert person.screen.text.startswith("2 od 8")
    assert person.unanswered == 0


async def test_an_old_card_changes_nothing_and_shows_where_one_is(village):
    person = await joined(village)
    data = person.screen.buttons[0][0].data
    await tap(person, "precej dobro")
    await person.taps_data(person.screen.id, data)
    await person.settles()
    assert (await stored(village)) == {"primary": (4, None)}
    assert person.screen.text.startswith("2 od 8")
    assert person.unanswered == 0


async def test_a_stranger_with_somebody_elses_button_changes_nothing(village):
    person = await joined(village)
    data = person.screen.buttons[0][0].data
    stranger = village.simulator.person("Tujec")
    await say(stranger, "/start")
    await stranger.taps_data(stranger.screen.id, data)
    await stranger.settles()
    assert (await stored(village)) == {}
    assert stranger.toasts[-1].text == "Ta gumb tukaj ne velja."


async def test_a_forged_button_leads_home(village):
    for data in (
        *("answer_question", "answer_question:1", "answer_question:1:2:3:c9:5", "answer_question:99999999999:0:0:c1"),
        *("answer_question:x:y:z:c1", "agree_to_join:a", "agree_to_join:a:x", "💥", "begin_answering:7"),
    ):
        person = village.simulator.person()
        await say(person, "/start")
        await person.taps_data(person.screen.id, data)
        await person.settles()
        assert (data, person.unanswered) == (data, 0)
        assert person.screen.text.startswith("Pozdravljeni!"), data


async def test_a_link_opens_once(village):
    cohort = await village.cohort(BREZICE)
    enrolled = await village.enrol(cohort)
    first, second = village.simulator.person("Prva"), village.simulator.person("Druga")
    for person in (first, second):
        await person.follows(village.link(enrolled.token))
        await person.settles()
    await tap(first, "Da")
    await tap(second, "Da")
    assert first.screen.text.startswith("1 od 8")
    assert second.screen.text.startswith("Ta povezava je že uporabljena.")


async def test_stop_ends_all_messages(village):
    person = await joined(village)
    await say(person, "/stop")
    await tap(person, "Samo nehajte pisati")
    assert person.screen.text == "V redu, ne bomo vam več pisali. Hvala!"
    before = len(person.messages)
    await village.wait(days=200)
    assert len(person.messages) == before


@pytest.mark.parametrize(
    ("language", "keep", "everything", "yes"),
    [
        ("sl", "Samo nehajte pisati", "Izbrišite vse", "Da, izbriši vse"),
        ("sl-x-lahko", "Samo nehajte pisati", "Izbrišite vse", "Da, izbriši vse"),
        ("en", "Only stop writing", "Delete everything", "Yes, delete everything"),
    ],
)
async def test_what_erases_asks_once_more_also_from_stop(village, language, keep, everything, yes):
    person = await joined(village)
    chat_ref = village.services.keys.seal_id(person.id)
    await village.write(chats.set_language, chat_ref=chat_ref, language=language)
    await tap(person, "precej dobro")
    await say(person, "/stop")
    assert person.buttons[:2] == [keep, everything]
    await tap(person, everything)
    assert person.buttons[0] == yes
    assert await stored(village) == {"primary": (4, None)}
    await tap(person, yes)
    assert await stored(village) == {}


async def test_my_data_gives_everything_and_erasure_leaves_nothing(village):
    person = await joined(village)
    await tap(person, "precej dobro")
    await say(person, "/moji_podatki")
    held = json.loads(
        next(message.media.data for message in person.messages if message.media and ".json" in message.media.name)
    )
    assert [entry["answers"][0]["label"] for entry in held] == ["precej dobro"]
    await say(person, "/izbris")
    await tap(person, "Da, izbriši vse")
    assert person.screen.text == "Vaši podatki so izbrisani. Hvala, da ste bili z nami."

    def rows(connection):
        counts = [
            connection.execute(select(func.count()).select_from(table)).scalar_one() for table in (answer, run, chat)
        ]
        return counts, connection.execute(
            select(participant.c.chat, enrolment.c.state).join_from(participant, enrolment)
        ).all()

    assert await village.services.database.read(rows) == ([0, 0, 0], [(None, "erased")])


async def test_staff_see_what_is_held_about_them_and_can_end_it(village):
    librarian = await village.librarian(BREZICE)
    await say(librarian, "/moji_podatki")
    assert "Vaša vloga: knjižničarka ali knjižničar." in librarian.screen.text
    await say(librarian, "/izbris")
    await tap(librarian, "Da, izbriši vse")
    assert librarian.screen.text == "Vaši podatki so izbrisani. Hvala, da ste bili z nami."
    await say(librarian, "/skupine")
    assert librarian.screen.text.startswith("To je za knjižničarje in koordinatorje.")
    await say(librarian, "/moji_podatki")
    assert librarian.screen.text == (
        "Tukaj o vas ne hranimo ničesar. Če ste odgovarjali na papirju ali z napravo knjižnice, vprašajte v knjižnici."
    )


async def test_privacy_and_help_answer_anybody(village):
    person = village.simulator.person()
    for command, start in (("/privacy", "Zasebnost"), ("/zasebnost", "Zasebnost"), ("/pomoc", "Pomoč")):
        await say(person, command)
        assert person.screen.text.startswith(start)


async def test_what_is_typed_out_of_place_gets_a_helpful_answer(village):
    person = await joined(village)
    await finish(person)
    await say(person, "Banana")
    assert person.screen.text.startswith("Žal tega ne razumemo.")
    await person.sends_document(b"anything", "letter.txt")
    await person.settles()
    assert person.screen.text.startswith("Tukaj potrebujemo besede ali številko.")


async def test_who_blocks_the_bot_is_left_alone_and_can_come_back(village):
    person = await joined(village)
    person.blocks()
    await person.settles()
    requests = len(village.simulator.requests)
    await village.wait(days=8)
    assert [r for r in village.simulator.requests[requests:] if r.method == "sendMessage"] == []
    person.unblocks()
    await person.settles()
    await say(person, "/anketa")
    assert person.screen.text.startswith("1 od 8")


async def test_an_adult_answers_for_a_child_with_a_guardians_consent(village):
    cohort = await village.cohort("novo-mesto-branje")
    enrolled = await village.enrol(cohort)
    person = village.simulator.person("Mama")
    await person.follows(village.link(enrolled.token))
    await person.settles()
    assert person.buttons == ["Za svojega otroka", "Za otroka, s katerim berem", "Lahko branje", "Pokličite me"]
    await tap(person, "Za svojega")
    assert person.buttons == ["Da, dovolim", "Ne dovolim", "Pokličite me"]
    await tap(person, "Da")
    await finish(person)
    modes = await village.services.database.read(lambda c: c.execute(select(run.c.mode)).scalars().all())
    assert modes == ["proxy"]


async def test_nothing_is_sent_in_quiet_hours_on_sundays_or_holidays(village):
    person = await joined(village)
    await finish(person)
    await village.wait(days=200)
    sent = [local(village, message) for message in person.messages if message.by_bot][2:]
    assert len(sent) == 6  # two waves, each an invitation and two reminders
    assert all(8 <= moment.hour < 20 and moment.weekday() != 6 for moment in sent)
