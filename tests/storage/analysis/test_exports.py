"""The SELECTs of the exports: whose rows they give, in databases of either kind."""

import pytest
from plugins.respondents import DAY, OPENS, grouper
from sqlalchemy import insert

from storage import schema
from storage.analysis import exports
from storage.analysis.exports import ExportedAnswer, ExportedPerson, ExportedResponse
from storage.answers import definitions
from storage.schema import EnrolmentState, OccasionState
from surveys.model import Mode, NonAnswer

SLUG = "kamnik-slovenscina"


@pytest.fixture
def new_group(connection, programmes):
    """A function that adds a cohort of a shipped programme, in a database of either kind."""
    return grouper(connection, programmes)


@pytest.fixture
def group(new_group):
    return new_group(SLUG)


def test_versions_are_all_that_was_ever_stored(connection, group):
    now = group.programme.questionnaires[0]
    newer = now.model_copy(update={"title": "Nov naslov"})
    definitions.store_version(connection, newer, group.programme, OPENS["after"])
    found = exports.versions(connection, SLUG)
    hashes = sorted(questionnaire.hash for questionnaire in group.programme.questionnaires)
    assert [one.hash for one in found] == [*hashes, newer.hash]
    assert (found[-1].questionnaire, found[-1].stored_at) == (newer, OPENS["after"])


def test_a_version_under_the_name_of_another_programme_is_found_by_its_runs(connection, group, new_group):
    shared = group.programme.questionnaires[0].model_copy(update={"title": "Skupni naslov"})
    definitions.store_version(connection, shared, new_group("brezice-racunalnik").programme, OPENS["before"])
    known = len(exports.versions(connection, SLUG))
    waves = group.programme.questionnaires
    group.programme = group.programme.model_copy(update={"questionnaires": (shared, *waves[1:])})
    group.answers(group.enrols(), "before", primary=3)
    found = exports.versions(connection, SLUG)
    assert (len(found), shared.hash in {one.hash for one in found}) == (known + 1, True)


def test_people_are_everybody_but_the_erased(connection, group, new_group):
    states = [EnrolmentState.ACTIVE, EnrolmentState.INVITED, EnrolmentState.DECLINED, EnrolmentState.LEFT]
    kept = [group.enrols(state) for state in states]
    group.enrols(EnrolmentState.ERASED)
    new_group("brezice-racunalnik").enrols()
    found = exports.people(connection, SLUG)
    assert [(one.enrolment, one.state) for one in found] == list(zip(kept, states, strict=True))
    cohort = found[0]
    assert cohort == ExportedPerson(
        kept[0], cohort.code, group.cohort, "jesen", "participants", cohort.start, cohort.end, EnrolmentState.ACTIVE
    )


def test_runs_and_replies_are_those_of_closed_occasions_and_of_who_agreed(connection, group):
    one = group.enrols()
    group.answers(one, "before", Mode.PAPER, primary=2, loneliness=NonAnswer.REFUSED)
    group.answers(one, "after", state=OccasionState.OPEN, primary=3)
    for state in (EnrolmentState.DECLINED, EnrolmentState.ERASED, EnrolmentState.INVITED):
        group.answers(group.enrols(state), "before", primary=5)
    (run,) = exports.runs(connection, SLUG)
    version = group.programme.questionnaires[0].hash
    at = OPENS["before"] + DAY
    assert run == ExportedResponse(run.id, one, "before", version, Mode.PAPER, None, at)
    assert sorted(exports.replies(connection, SLUG), key=lambda reply: reply.item) == [
        ExportedAnswer(run.id, "loneliness", None, None, NonAnswer.REFUSED, at),
        ExportedAnswer(run.id, "primary", 2, None, None, at),
    ]


def test_what_was_never_confirmed_is_no_answer(connection, group):
    group.answers(group.enrols(), "before", state=OccasionState.PARTIAL, primary=2)
    (run,) = exports.runs(connection, SLUG)
    draft = {"run": run.id, "item": "days", "value": 1, "draft": True, "answered_at": run.ended_at}
    connection.execute(insert(schema.answer), draft)
    assert [reply.item for reply in exports.replies(connection, SLUG)] == ["primary"]


def test_a_run_that_was_never_handed_in_ends_when_its_occasion_closes(connection, group):
    group.answers(group.enrols(), "before", primary=2)
    connection.execute(schema.run.update().values(finished_at=None))
    assert [run.ended_at for run in exports.runs(connection, SLUG)] == [OPENS["before"] + 14 * DAY]
