"""What is compared is named before anybody answers, and every other plan is told apart."""

import pytest

from surveys.analysis_plan import AnalysisPlan, PlanDifference, analysis_plan, differences
from surveys.load import load, shipped
from surveys.model import PlannedComparisons


@pytest.fixture(scope="module")
def programmes():
    return load([shipped()]).programmes


@pytest.fixture
def brezice(programmes):
    return programmes["brezice-racunalnik"]


def reworded(programme):
    first, *others = programme.questionnaires
    intro = first.model_copy(update={"intro": "Z drugimi besedami."})
    return programme.model_copy(update={"questionnaires": (intro, *others)})


def test_every_shipped_programme_names_its_comparisons(programmes):
    for programme in programmes.values():
        plan = analysis_plan(programme)
        assert programme.analysis_plan is not None
        assert plan.primary == "primary"
        assert plan.question.endswith("?")
        assert plan.changes == ("after", "followup")
        assert set(plan.questionnaires) == {"before", "after", "followup"}


def test_without_a_named_plan_every_later_wave_is_compared(brezice):
    bare = brezice.model_copy(update={"analysis_plan": None})
    assert analysis_plan(bare).changes == ("after", "followup")
    assert analysis_plan(bare).waiting_list


def test_the_same_plan_has_the_same_hash_and_comes_back_from_json(brezice):
    plan = analysis_plan(brezice)
    assert AnalysisPlan.model_validate_json(plan.model_dump_json()) == plan
    assert AnalysisPlan.model_validate_json(plan.model_dump_json()).hash == plan.hash
    assert plan.hash != analysis_plan(reworded(brezice)).hash


def test_what_differs_is_named(brezice):
    plan = analysis_plan(brezice)
    fewer = brezice.model_copy(update={"analysis_plan": PlannedComparisons(changes=("after",))})
    alone = brezice.model_copy(
        update={"analysis_plan": PlannedComparisons(changes=("followup", "after"), waiting_list=False)}
    )
    assert differences(plan, plan) == ()
    assert differences(plan, analysis_plan(reworded(brezice))) == (PlanDifference.WORDING,)
    assert differences(plan, analysis_plan(fewer)) == (PlanDifference.COMPARISONS,)
    assert differences(plan, analysis_plan(alone)) == (PlanDifference.COMPARISONS,)
    other = plan.model_copy(update={"primary": "email", "question": "Kako vam gre e-pošta?"})
    assert differences(plan, other) == (PlanDifference.PRIMARY,)
