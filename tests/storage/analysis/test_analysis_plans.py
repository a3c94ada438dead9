"""The plan that a cohort was begun with stays, whatever its programme says later."""

from datetime import timedelta

import pytest

from storage import cohorts, enrolments, occasions, participants
from storage.analysis import analysis_plans
from storage.answers import definitions, responses
from storage.schema import Giver
from surveys.analysis_plan import analysis_plan
from surveys.model import Mode, PlannedComparisons
from tests.plugins.consent_texts import text_read
from tests.storage.conftest import CHAT, NOW, RHYTHM

LATER = NOW + timedelta(days=30)


@pytest.fixture
def begin(connection, brezice, joined):
    """The first questionnaire of the group is begun."""
    first, second, *_ = occasions.of_enrolment(connection, joined.id)

    def begin(moment, one=first):
        occasions.open_now(connection, one.id, moment, invited=True)
        return responses.begin(connection, one.id, brezice.questionnaire(brezice.waves[0]).hash, Mode.SELF, moment)

    begin.second = second
    return begin


def begun(connection, programme):
    return analysis_plans.begun(connection, programme.slug, "participants")


def other_plan(programme):
    return programme.model_copy(update={"analysis_plan": PlannedComparisons(changes=("followup",), waiting_list=False)})


def test_a_group_in_which_nobody_has_begun_has_no_plan_yet(connection, brezice, joined):
    assert begun(connection, brezice) == []


def test_the_first_questionnaire_that_is_begun_fixes_the_plan(connection, brezice, group, begin):
    begin(LATER)
    (one,) = begun(connection, brezice)
    assert (one.cohort, one.plan, one.known_since, one.fixed_at) == (group.id, analysis_plan(brezice), NOW, LATER)
    assert one.first_begun_at == LATER
    assert one.before_answers


def test_a_later_plan_is_that_of_later_groups_alone(connection, brezice, begin):
    begin(LATER)
    definitions.sync(connection, [other_plan(brezice)], LATER)
    begin(LATER + timedelta(days=1), begin.second)
    (one,) = begun(connection, brezice)
    assert (one.plan, one.fixed_at) == (analysis_plan(brezice), LATER)
    assert analysis_plans.known_since(connection, brezice.slug) == LATER


def test_a_plan_that_comes_back_is_known_since_it_was_first_there(connection, brezice):
    definitions.sync(connection, [other_plan(brezice)], LATER)
    definitions.sync(connection, [brezice], LATER + timedelta(days=1))
    assert analysis_plans.known_since(connection, brezice.slug) == NOW


def test_a_plan_that_came_after_an_answer_is_not_taken_for_one_from_before(connection, brezice, begin):
    begin(NOW - timedelta(days=1))
    (one,) = begun(connection, brezice)
    assert not one.before_answers


def test_groups_of_others_are_told_apart(connection, programmes, brezice, begin):
    begin(LATER)
    assert analysis_plans.begun(connection, brezice.slug, "volunteers") == []
    assert begun(connection, programmes["kamnik-slovenscina"]) == []


def test_groups_come_in_the_order_of_their_start(connection, keys, brezice, group, begin):
    dates = {"start": group.start - timedelta(days=90), "end": group.start}
    earlier = cohorts.add(connection, brezice, name="Poletje", now=NOW, actor="operator", **dates)
    enrolled = enrolments.enrol(connection, keys, brezice, earlier, NOW, "staff:1")
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    participants.join(
        connection, enrolment, CHAT, Giver.SELF, Mode.SELF, text_read("v1"), NOW, f"participant:{enrolment.code}"
    )
    occasions.replan_one(connection, brezice, enrolment.id, RHYTHM, NOW)
    begin(LATER)
    begin(LATER, occasions.of_enrolment(connection, enrolment.id)[0])
    assert earlier.id > group.id
    assert [one.name for one in begun(connection, brezice)] == ["Poletje", "Jesen"]
