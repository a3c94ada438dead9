"""What was typed from paper once more: kept sealed beside the first typing, compared, shown to its person, erased."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from storage import occasions, privacy
from storage.answers import definitions, double_entry, responses
from storage.schema import second_entry
from surveys.engine import NOT_ASKED
from surveys.model import Answer, Mode

NOW = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def run(connection, brezice, joined):
    """A run from paper."""
    first = occasions.of_enrolment(connection, joined.id)[0]
    questionnaire = brezice.questionnaire(brezice.wave(first.wave))
    version = definitions.store_version(connection, questionnaire, brezice, NOW)
    return responses.begin(connection, first.id, version, Mode.PAPER, NOW)


def test_a_second_entry_is_stored_sealed_finished_and_settled(connection, keys, run, joined):
    assert double_entry.find(connection, keys, run.id) is None
    assert double_entry.of_enrolment(connection, keys, joined.id) == []
    double_entry.begin(connection, keys, run.id, NOW, "staff:2")
    begun = double_entry.find(connection, keys, run.id)
    double_entry.store(connection, keys, begun, {"primary": Answer(value=2), "words": Answer(text="Čebelica")})
    double_entry.finish(connection, run.id, NOW)
    double_entry.settle(connection, run.id, NOW)
    said = {"primary": Answer(value=2), "words": Answer(text="Čebelica")}
    wanted = double_entry.SecondEntry(run.id, said, 1, "staff:2", NOW, NOW)
    assert double_entry.look(connection, keys, run.id) == wanted
    assert double_entry.of_enrolment(connection, keys, joined.id) == [wanted]
    assert "Čebelica".encode() not in connection.scalar(select(second_entry.c.answers_sealed))
    assert [one.id for one in responses.of_enrolment(connection, joined.id)] == [run.id]
    assert privacy.held(connection, keys, [joined])[0]["typed_once_more"] == [
        {
            "wave": "before",
            "answers": {"primary": {"value": 2}, "words": {"text": "Čebelica"}},
            "entered_by": "staff:2",
            "finished_at": NOW.isoformat(),
            "settled_at": NOW.isoformat(),
        }
    ]
    privacy.erase(connection, [joined], NOW, "operator")
    assert connection.execute(select(second_entry)).all() == []


def test_a_cohort_knows_what_was_entered_once_and_what_differs(connection, keys, run, joined):
    def waits():
        return double_entry.unsettled(connection, joined.cohort), double_entry.entered_once(connection, joined.cohort)

    assert waits() == ([], 0)
    responses.finish(connection, run.id, NOW)
    assert waits() == ([], 1)
    double_entry.begin(connection, keys, run.id, NOW, "staff:2")
    assert waits() == ([], 1)
    double_entry.finish(connection, run.id, NOW)
    assert waits() == ([double_entry.Unsettled(run.id, joined.code, run.wave)], 0)
    assert double_entry.unsettled(connection, joined.cohort + 1) == []
    double_entry.settle(connection, run.id, NOW)
    assert waits() == ([], 0)


def test_questions_differ_where_they_are_not_answered_alike(run):
    asked = run.questionnaire
    first = {"primary": Answer(value=1), "loneliness": NOT_ASKED}
    second = {"primary": Answer(value=2), "belonging": Answer(value=3)}
    assert [item.id for item in double_entry.differing(asked, first, second)] == ["primary", "belonging"]
    assert double_entry.differing(asked, first, {"primary": Answer(value=1)}) == []
