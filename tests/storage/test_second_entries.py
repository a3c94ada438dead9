"""What was typed from paper once more: kept sealed beside the first typing, compared, shown to its person, erased."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from storage import definitions, occasions, privacy, runs, second_entries
from storage.schema import second_entry
from surveys.engine import NOT_ASKED
from surveys.model import Answer, Mode

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def run(connection, brezice, joined):
    """A run from paper."""
    first = occasions.of_enrolment(connection, joined.enrolment)[0]
    questionnaire = brezice.questionnaire(brezice.wave(first.wave))
    version = definitions.store_version(connection, questionnaire, brezice, NOW)
    return runs.begin(connection, first.id, version, Mode.PAPER, NOW)


def test_a_second_typing_is_stored_sealed_finished_and_settled(connection, keys, run, joined):
    assert second_entries.find(connection, keys, run.id) is None
    assert second_entries.of_enrolment(connection, keys, joined.enrolment) == []
    second_entries.begin(connection, keys, run.id, NOW, "staff:2")
    begun = second_entries.find(connection, keys, run.id)
    second_entries.store(connection, keys, begun, {"primary": Answer(value=2), "words": Answer(text="Čebelica")})
    second_entries.finish(connection, run.id, NOW)
    second_entries.settle(connection, run.id, NOW)
    said = {"primary": Answer(value=2), "words": Answer(text="Čebelica")}
    wanted = second_entries.Second(run.id, said, 1, "staff:2", NOW, NOW)
    assert second_entries.look(connection, keys, run.id) == wanted
    assert second_entries.of_enrolment(connection, keys, joined.enrolment) == [wanted]
    assert "Čebelica".encode() not in connection.scalar(select(second_entry.c.answers_sealed))
    assert [one.id for one in runs.of_enrolment(connection, joined.enrolment)] == [run.id]
    assert privacy.held(connection, keys, [joined])[0]["typed_once_more"] == [
        {
            "answers": {"primary": {"value": 2}, "words": {"text": "Čebelica"}},
            "entered_by": "staff:2",
            "finished_at": NOW.isoformat(),
            "settled_at": NOW.isoformat(),
        }
    ]
    privacy.erase(connection, [joined], NOW, "operator")
    assert connection.execute(select(second_entry)).all() == []


def test_a_cohort_knows_what_was_typed_once_and_what_differs(connection, keys, run, joined):
    def waits():
        return second_entries.unsettled(connection, joined.cohort), second_entries.typed_once(connection, joined.cohort)

    assert waits() == ([], 0)
    runs.finish(connection, run.id, NOW)
    assert waits() == ([], 1)
    second_entries.begin(connection, keys, run.id, NOW, "staff:2")
    assert waits() == ([], 1)
    second_entries.finish(connection, run.id, NOW)
    assert waits() == ([second_entries.Unsettled(run.id, joined.code, run.wave)], 0)
    assert second_entries.unsettled(connection, joined.cohort + 1) == []
    second_entries.settle(connection, run.id, NOW)
    assert waits() == ([], 0)


def test_questions_differ_where_they_are_not_answered_alike(run):
    asked = run.questionnaire
    first = {"primary": Answer(value=1), "loneliness": NOT_ASKED}
    second = {"primary": Answer(value=2), "belonging": Answer(value=3)}
    assert [item.id for item in second_entries.differing(asked, first, second)] == ["primary", "belonging"]
    assert second_entries.differing(asked, first, {"primary": Answer(value=1)}) == []
