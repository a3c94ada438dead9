"""Recordings of questions: found by their words, replaced, dropped."""

from sqlalchemy import select

from storage import attachments, audit, occasions, recordings
from storage.answers import definitions, responses
from storage.schema import attachment
from surveys.model import Mode
from tests.storage.conftest import NOW

SLUG = "brezice-racunalnik"
WORDS, OTHER = "a" * 64, "b" * 64


def keep(connection, keys, file, language="sl", words=WORDS):
    number = attachments.receive(connection, keys, file, NOW, mime="audio/ogg", seconds=7)
    recordings.keep(connection, SLUG, language, words, number, NOW, "staff:3")
    return number


def files(connection):
    return list(connection.execute(select(attachment.c.id).order_by(attachment.c.id)).scalars())


def test_words_are_heard_in_every_wave_and_other_words_are_not(connection, keys, brezice):
    number = keep(connection, keys, "voice-1")
    found = recordings.find(connection, keys, SLUG, "sl", WORDS)
    assert (found.attachment, found.file, found.seconds, found.recorded_at) == (number, "voice-1", 7, NOW)
    assert recordings.is_there(connection, SLUG, WORDS)
    assert not recordings.is_there(connection, SLUG, OTHER)
    assert recordings.find(connection, keys, SLUG, "sl", OTHER) is None
    assert recordings.recorded(connection, SLUG, "sl") == {WORDS}
    assert recordings.recorded(connection, SLUG, "en") == frozenset()


def test_a_new_recording_takes_the_place_of_the_earlier_one_and_of_its_file(connection, keys, brezice):
    keep(connection, keys, "voice-1")
    second = keep(connection, keys, "voice-2")
    assert recordings.find(connection, keys, SLUG, "sl", WORDS).file == "voice-2"
    assert files(connection) == [second]


def test_a_run_knows_whether_any_question_of_its_programme_can_be_heard(connection, keys, brezice, joined):
    first = occasions.of_enrolment(connection, joined.id)[0]
    version = definitions.store_version(connection, brezice.questionnaire(brezice.waves[0]), brezice, NOW)
    run = responses.begin(connection, first.id, version, Mode.SELF, NOW)
    assert not run.recorded
    keep(connection, keys, "voice-1")
    assert responses.load(connection, run.id).recorded


def test_of_two_languages_with_the_same_words_ones_own_comes_first(connection, keys, brezice):
    keep(connection, keys, "croatian", "hr")
    keep(connection, keys, "serbian", "sr")
    heard = [recordings.find(connection, keys, SLUG, one, WORDS).file for one in ("hr", "sr", "bs")]
    assert heard == ["croatian", "serbian", "croatian"]


def test_a_dropped_recording_and_its_file_are_gone_and_both_deeds_are_told(connection, keys, brezice):
    keep(connection, keys, "voice-1")
    found = recordings.find(connection, keys, SLUG, "sl", WORDS)
    recordings.drop(connection, found, NOW, "staff:4")
    assert not recordings.is_there(connection, SLUG, WORDS)
    assert files(connection) == []
    rows = connection.execute(select(audit.audit.c.actor, audit.audit.c.action, audit.audit.c.subject)).all()
    subject = f"recording:{found.id}"
    assert [tuple(row) for row in rows] == [
        ("staff:3", "recording.keep", subject),
        ("staff:4", "recording.drop", subject),
    ]


def test_what_could_never_be_fetched_is_not_heard(connection, keys, brezice):
    number = keep(connection, keys, "voice-1")
    attachments.give_up(connection, number, "gone")
    assert not recordings.is_there(connection, SLUG, WORDS)
    assert recordings.find(connection, keys, SLUG, "sl", WORDS) is None
    assert recordings.recorded(connection, SLUG, "sl") == frozenset()
