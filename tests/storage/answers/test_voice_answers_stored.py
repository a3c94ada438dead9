"""What people said: an answer or a story, erased with it, listened to and typed in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from storage import attachments, audit, expired_people, occasions, participants, privacy, stories
from storage.answers import definitions, responses, voice_answers
from storage.schema import OccasionState, attachment, voice
from surveys.model import Answer, Mode
from tests.storage.conftest import CHAT, NOW

LATER = NOW + timedelta(hours=1)
SLUG, ITEM = "brezice-racunalnik", "best"
SAID, WORDS = Answer(text="zvočni posnetek, 12 s"), Answer(text="Zdaj pišem vnukom.")


@pytest.fixture
def begun(connection, brezice, joined):
    """A run of somebody who answers at the end."""
    last = occasions.of_enrolment(connection, joined.id)[1]
    occasions.open_now(connection, last.id, NOW, invited=True)
    version = definitions.store_version(connection, brezice.questionnaire(brezice.waves[1]), brezice, NOW)
    return responses.begin(connection, last.id, version, Mode.SELF, NOW)


def speak(connection, keys, run, file="voice-1"):
    """Answer by voice, as a visit does."""
    responses.store(connection, keys, run.id, {ITEM: SAID}, f"participant:{run.code}", NOW)
    number = attachments.receive(connection, keys, file, NOW, mime="audio/ogg", seconds=12)
    voice_answers.answered(connection, run.id, ITEM, number)
    return number


def tell(connection, keys, enrolment):
    number = stories.tell(connection, keys, enrolment.id, "after", SAID.text, NOW)
    file = attachments.receive(connection, keys, "voice-2", NOW, seconds=30)
    voice_answers.told(connection, number, file)
    return number


def hand_in(connection, run):
    responses.finish(connection, run.id, NOW)
    occasions.settle(connection, run.occasion, OccasionState.COMPLETE, NOW)


def left(connection):
    """The numbers of recordings and of files that are there."""
    columns = (voice.c.id, attachment.c.id)
    return [list(connection.execute(select(column)).scalars()) for column in columns]


def waiting(connection, keys, slugs=(SLUG,)):
    return voice_answers.waiting(connection, keys, slugs)


def test_an_answer_waits_to_be_typed_once_it_is_handed_in(connection, keys, joined, begun):
    number = speak(connection, keys, begun)
    assert waiting(connection, keys) == []
    hand_in(connection, begun)
    [one] = waiting(connection, keys)
    assert one == voice_answers.VoiceAnswer(
        one.id, number, begun.id, ITEM, None, "after", joined.id, SLUG, joined.code, 12, NOW, None, "voice-1"
    )
    assert waiting(connection, keys, ["kamnik-slovenscina"]) == []
    assert voice_answers.load(connection, keys, one.id) == voice_answers.lock(connection, keys, one.id) == one
    attachments.give_up(connection, number, "gone")
    assert waiting(connection, keys) == []
    assert voice_answers.load(connection, keys, one.id).file == ""


def test_an_answer_of_a_questionnaire_that_closed_waits_too(connection, keys, begun):
    speak(connection, keys, begun)
    occasions.settle(connection, begun.occasion, OccasionState.PARTIAL, NOW)
    assert [one.run for one in waiting(connection, keys)] == [begun.id]


def test_another_answer_erases_what_was_said(connection, keys, begun):
    speak(connection, keys, begun)
    second = speak(connection, keys, begun, "voice-2")
    [[_], files] = left(connection)
    assert files == [second]
    responses.store(connection, keys, begun.id, {ITEM: WORDS}, "participant:x", LATER)
    assert left(connection) == [[], []]


def test_its_own_words_leave_the_recording_and_are_remembered_as_typed_once(connection, keys, begun):
    speak(connection, keys, begun)
    hand_in(connection, begun)
    [one] = waiting(connection, keys)
    responses.store(connection, keys, begun.id, {ITEM: WORDS}, "staff:3", LATER, same_voice=True)
    voice_answers.typed(connection, one, LATER, "staff:3")
    voice_answers.typed(connection, one, LATER + timedelta(hours=1), "staff:4")
    assert responses.answers(connection, keys, begun.id) == {ITEM: WORDS}
    assert waiting(connection, keys) == []
    row = connection.execute(select(voice)).one()
    assert (row.typed_at, row.typed_by) == (LATER, "staff:3")
    deeds = connection.execute(select(audit.audit.c.actor).where(audit.audit.c.action == "voice.type")).scalars()
    assert list(deeds) == ["staff:3"]


def test_a_story_keeps_its_recording_while_it_goes_on_and_loses_it_when_it_is_told_anew_or_dropped(
    connection, keys, joined, begun
):
    number = tell(connection, keys, joined)
    assert voice_answers.of_story(connection, keys, number).seconds == 30
    more = f"{SAID.text}\nIn še to."
    stories.tell(connection, keys, joined.id, "after", more, LATER, more=True)
    assert voice_answers.of_story(connection, keys, number).wave == "after"
    stories.tell(connection, keys, joined.id, "after", "Napisano.", LATER)
    assert voice_answers.of_story(connection, keys, number) is None
    assert left(connection) == [[], []]
    tell(connection, keys, joined)
    stories.drop(connection, stories.load(connection, keys, number), LATER)
    assert left(connection) == [[], []]


def test_what_was_said_is_held_and_is_erased_with_the_person(connection, keys, joined, begun):
    speak(connection, keys, begun)
    tell(connection, keys, joined)
    [held] = privacy.held(connection, keys, [joined])
    said = {"wave": "after", "received_at": NOW.isoformat(), "typed_in_at": None}
    assert held["recordings"] == [{**said, "of": ITEM, "seconds": 12}, {**said, "of": "story", "seconds": 30}]
    privacy.erase(connection, [joined], LATER, "self")
    assert left(connection) == [[], []]


def test_a_voice_goes_with_the_link_to_the_person(connection, keys, joined, begun):
    speak(connection, keys, begun)
    tell(connection, keys, joined)
    for one in occasions.of_enrolment(connection, joined.id):
        occasions.settle(connection, one.id, OccasionState.MISSED, NOW)
    assert expired_people.unlink(connection, NOW + timedelta(days=1000), LATER) == 1
    assert left(connection) == [[], []]
    assert participants.of_chat(connection, CHAT) == []


def test_a_voice_of_somebody_without_telegram_goes_with_the_code(connection, keys, group, joined, begun):
    speak(connection, keys, begun)
    assert expired_people.anonymise(connection, group.end, LATER) == 1
    assert left(connection) == [[], []]
