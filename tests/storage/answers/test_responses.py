"""One answering of an occasion: what holds, and what it was before."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from storage import occasions, participants
from storage.answers import definitions, responses
from storage.schema import EnrolmentState, OccasionState, answer, answer_change, run
from surveys.model import Answer, Mode, NonAnswer
from tests.storage.conftest import CHAT, NOW

LATER = NOW + timedelta(hours=1)
PERSON = "participant:BRE-2222X"
LIBRARIAN = "staff:3"


@pytest.fixture
def first(connection, joined):
    """The first occasion of somebody, open."""
    occasion = occasions.of_enrolment(connection, joined.id)[0]
    occasions.open_now(connection, occasion.id, NOW, invited=True)
    return occasion


@pytest.fixture
def begun(connection, brezice, first):
    """The run of that occasion, without an answer."""
    return responses.begin(connection, first.id, brezice.questionnaire(brezice.waves[0]).hash, Mode.SELF, NOW)


def changed(connection):
    columns = (answer_change.c.item, answer_change.c.value, answer_change.c.non_answer)
    how = (answer_change.c.changed_at, answer_change.c.changed_by)
    return [tuple(row) for row in connection.execute(select(*columns, *how).order_by(answer_change.c.id))]


def test_a_run_knows_where_it_belongs(connection, brezice, joined, first, begun):
    assert begun == responses.Response(
        id=begun.id,
        occasion=first.id,
        enrolment=joined.id,
        programme=brezice.slug,
        wave="before",
        code=joined.code,
        chat=CHAT,
        label_sealed=None,
        shared=False,
        questionnaire=brezice.questionnaire(brezice.waves[0]),
        version=brezice.questionnaire(brezice.waves[0]).hash,
        language="sl",
        mode=Mode.SELF,
        revision=0,
        started_at=begun.started_at,
        finished_at=None,
        reopened_at=None,
        closes_at=first.closes_at,
        state=OccasionState.OPEN,
        enrolment_state=EnrolmentState.ACTIVE,
        recorded=False,
    )


def test_a_run_is_found_by_its_number_and_by_its_occasion(connection, first, begun):
    assert responses.load(connection, begun.id) == begun
    assert responses.lock(connection, begun.id) == begun
    assert responses.of_occasion(connection, first.id) == begun


def test_where_there_is_no_run_none_is_found(connection, first):
    assert responses.load(connection, 999) is None
    assert responses.lock(connection, 999) is None
    assert responses.of_occasion(connection, first.id) is None


def test_answers_are_taken_until_the_run_is_handed_in(connection, begun):
    assert begun.open is True
    responses.finish(connection, begun.id, LATER)
    finished = responses.load(connection, begun.id)
    assert (finished.open, finished.finished_at) == (False, LATER)


def test_no_answers_are_taken_once_the_occasion_has_ended(connection, first, begun):
    occasions.settle(connection, first.id, OccasionState.PARTIAL, LATER)
    assert responses.load(connection, begun.id).open is False


def test_no_answers_are_taken_of_somebody_who_left(connection, joined, begun):
    participants.leave(connection, joined, LATER, PERSON)
    assert responses.load(connection, begun.id).open is False


def test_a_run_stays_on_the_version_it_began_with(connection, brezice, begun):
    newer = begun.questionnaire.model_copy(update={"title": "Drug naslov"})
    definitions.store_version(connection, newer, brezice, LATER)
    assert responses.load(connection, begun.id).questionnaire.title == begun.questionnaire.title


def test_versions_are_read_anew_when_too_many_are_remembered(connection, brezice, begun, monkeypatch):
    monkeypatch.setattr(responses, "_VERSIONS", 1)
    newer = begun.questionnaire.model_copy(update={"title": "Drug naslov"})
    version = definitions.store_version(connection, newer, brezice, LATER)
    older = connection.execute(select(run.c.questionnaire)).scalar_one()
    connection.execute(update(run).values(questionnaire=version))
    assert responses.load(connection, begun.id).questionnaire == newer
    connection.execute(update(run).values(questionnaire=older))
    assert responses.load(connection, begun.id).questionnaire == begun.questionnaire


@pytest.mark.parametrize("said", [*(Answer(non_answer=why) for why in NonAnswer), Answer(value=0)])
def test_every_way_of_answering_comes_back_as_it_was(connection, keys, begun, said):
    responses.store(connection, keys, begun.id, {"primary": said}, PERSON, NOW)
    assert responses.answers(connection, keys, begun.id) == {"primary": said}


def test_a_text_comes_back_though_it_is_stored_sealed(connection, keys, begun):
    words = "Zdaj si upam sama. 🙂"
    responses.store(connection, keys, begun.id, {"hope": Answer(text=words)}, PERSON, NOW)
    sealed = connection.execute(select(answer.c.text_sealed)).scalar_one()
    assert words.encode() not in sealed
    assert keys.open_text(sealed) == words
    assert responses.answers(connection, keys, begun.id) == {"hope": Answer(text=words)}


def test_the_revision_moves_once_a_store_however_much_is_stored(connection, keys, begun):
    three = {"primary": Answer(value=3), "fraud": Answer(value=2), "computer_days": Answer(value=5)}
    assert responses.store(connection, keys, begun.id, three, PERSON, NOW) == 1
    assert responses.store(connection, keys, begun.id, {"primary": Answer(value=4)}, PERSON, NOW) == 2
    assert responses.store(connection, keys, begun.id, {}, PERSON, NOW) == 3
    assert responses.load(connection, begun.id).revision == 3


def test_what_an_answer_was_before_is_remembered_with_when_and_by_whom(connection, keys, begun):
    responses.store(connection, keys, begun.id, {"primary": Answer(value=3), "fraud": Answer(value=1)}, PERSON, NOW)
    responses.store(connection, keys, begun.id, {"primary": Answer(non_answer=NonAnswer.DONT_KNOW)}, PERSON, LATER)
    responses.store(connection, keys, begun.id, {"primary": Answer(value=4)}, LIBRARIAN, LATER + timedelta(hours=1))
    assert changed(connection) == [
        ("primary", 3, None, LATER, PERSON),
        ("primary", None, NonAnswer.DONT_KNOW, LATER + timedelta(hours=1), LIBRARIAN),
    ]
    assert responses.answers(connection, keys, begun.id) == {"primary": Answer(value=4), "fraud": Answer(value=1)}


def test_an_earlier_text_stays_sealed_and_can_be_opened(connection, keys, begun):
    responses.store(connection, keys, begun.id, {"hope": Answer(text="Prej")}, PERSON, NOW)
    responses.store(connection, keys, begun.id, {"hope": Answer(text="Potem")}, PERSON, LATER)
    assert keys.open_text(connection.execute(select(answer_change.c.text_sealed)).scalar_one()) == "Prej"


def test_drafts_are_not_remembered(connection, keys, begun):
    for value in (1, 3):
        responses.store(connection, keys, begun.id, {"purposes": Answer(value=value, draft=True)}, PERSON, NOW)
    responses.store(connection, keys, begun.id, {"purposes": Answer(value=3)}, PERSON, LATER)
    assert changed(connection) == []
    assert responses.answers(connection, keys, begun.id) == {"purposes": Answer(value=3)}


def test_who_has_just_read_what_is_held_need_not_read_it_again(connection, keys, begun):
    responses.store(connection, keys, begun.id, {"primary": Answer(value=3)}, PERSON, NOW, held=set())
    responses.store(connection, keys, begun.id, {"fraud": Answer(value=2)}, PERSON, NOW, held={"primary"})
    responses.store(connection, keys, begun.id, {"fraud": Answer(value=1)}, PERSON, LATER, held={"primary", "fraud"})
    assert responses.answers(connection, keys, begun.id) == {"primary": Answer(value=3), "fraud": Answer(value=1)}
    assert changed(connection) == [("fraud", 2, None, LATER, PERSON)]


def test_when_the_last_answer_came(connection, keys, begun):
    assert responses.last_answered_at(connection, begun.id) is None
    responses.store(connection, keys, begun.id, {"fraud": Answer(value=2)}, PERSON, LATER)
    responses.store(connection, keys, begun.id, {"primary": Answer(value=2)}, PERSON, NOW)
    assert responses.last_answered_at(connection, begun.id) == LATER


def test_another_hand_may_go_on(connection, begun):
    responses.set_mode(connection, begun.id, Mode.ASSISTED)
    assert responses.load(connection, begun.id).mode is Mode.ASSISTED
