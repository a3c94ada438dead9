"""The six programmes that come along are whole, and none of their words needs advice."""

import pytest

from surveys.engine import current, progress
from surveys.item_checks import CORE
from surveys.lint import lint
from surveys.load import load, shipped
from surveys.model import Questionnaire

SLUGS = [
    "brezice-racunalnik",
    "kamnik-slovenscina",
    "ljubljana-karierni-coaching",
    "ljutomer-branje",
    "novo-mesto-branje",
    "radovljica-zmoremo",
]


@pytest.fixture(scope="module")
def loaded():
    return load([shipped()])


def test_all_load_without_a_problem_or_a_warning(loaded):
    assert loaded.problems == ()
    assert lint(loaded) == ()
    assert sorted(loaded.programmes) == SLUGS


def test_each_library_has_a_code_of_its_own(loaded):
    codes = {programme.code for programme in loaded.programmes.values()}
    assert codes == {"BRE", "KAM", "LJT", "LJU", "NME", "RAD"}


def test_the_core_is_word_for_word_the_same_in_every_wave_of_adults(loaded):
    asked = [
        [programme.questionnaire(wave).item(core) for core in CORE]
        for programme in loaded.programmes.values()
        for wave in programme.waves
        if wave.audience == "participants" and not programme.answered_for_child
    ]
    assert asked == [asked[0]] * len(asked)
    assert [item.text for item in asked[0]] == [
        "Kako pogosto vam uspe rešiti težavo brez pomoči?",
        "Kako močno čutite, da spadate v svoj kraj?",
        "Kako pogosto čutite osamljenost?",
        "Koliko ste zdaj zadovoljni s svojim življenjem?",
    ]
    assert [item.reverse for item in asked[0]] == [False, False, True, False]


@pytest.mark.parametrize("slug", SLUGS)
def test_each_is_asked_before_after_and_later(loaded, slug):
    waves = [wave.id for wave in loaded.programmes[slug].waves if wave.audience == "participants"]
    assert waves == ["before", "after", "followup"]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_questionnaire_survives_json_and_can_be_begun(loaded, slug):
    for questionnaire in loaded.programmes[slug].questionnaires:
        assert Questionnaire.model_validate_json(questionnaire.model_dump_json()) == questionnaire
        assert current(questionnaire, {}) == questionnaire.items[0]
        assert 1 <= progress(questionnaire, {}).left <= 16


def test_reports_can_say_what_improved_in_every_programme(loaded):
    for programme in loaded.programmes.values():
        reversed_ = {item.id for one in programme.questionnaires for item in one.items if item.reverse}

        assert set(programme.improvement) == {"primary"}
        assert programme.improvement["primary"].endswith(" kot na začetku")
        assert set(programme.better) == reversed_
