"""How made-up people answer."""

from collections import Counter
from datetime import date
from random import Random
from statistics import mean, pstdev

import pytest

from bot.demo.answering import Villager, answer_all
from bot.demo.cohorts import MANNERS, Manner, SeedCohort
from surveys.engine import current
from surveys.load import load, shipped

PROGRAMMES = load([shipped()]).programmes
WAVES = [(slug, wave.id) for slug, programme in PROGRAMMES.items() for wave in programme.waves]


def answers_of(slug, wave_id, number):
    programme = PROGRAMMES[slug]
    questionnaire = programme.questionnaire(programme.wave(wave_id))
    chance, manner = Random(f"{slug}:{number}"), MANNERS[slug]
    villager = Villager.born(manner, chance)
    return questionnaire, answer_all(questionnaire, wave_id, villager, manner, chance)


@pytest.mark.parametrize(("slug", "wave"), WAVES)
def test_everything_is_answered_with_what_may_be_answered(slug, wave):
    for number in range(40):
        questionnaire, answers = answers_of(slug, wave, number)
        assert current(questionnaire, answers) is None
        assert set(answers) == {item.id for item in questionnaire.items}
        for item in questionnaire.items:
            value = answers[item.id].value
            if value is not None and item.kind in {"scale", "faces", "choice"}:
                assert item.choice(value) is not None
            if value is not None and item.kind == "number":
                assert item.minimum <= value <= item.maximum


def test_chance_that_is_the_same_answers_the_same():
    assert answers_of("brezice-racunalnik", "after", 3)[1] == answers_of("brezice-racunalnik", "after", 3)[1]


@pytest.mark.parametrize("slug", sorted(PROGRAMMES))
def test_people_learn_what_the_programme_teaches(slug):
    def level(wave):
        values = [answers_of(slug, wave, number)[1]["primary"].value for number in range(200)]
        return mean(value for value in values if value is not None)

    before, after = level("before"), level("after")
    assert 0.2 < after - before < 2


def values_of(slug, wave, item, people=400):
    found = [answers_of(slug, wave, number)[1][item].value for number in range(people)]
    return [value for value in found if value is not None]


def skewness(values):
    middle, spread = mean(values), pstdev(values)
    return mean(((value - middle) / spread) ** 3 for value in values)


def test_questions_differ_from_each_other_as_among_people():
    """Content with life, seldom lonely: each question has its own middle and its own shape."""
    life = {item: values_of("brezice-racunalnik", "before", item) for item in ("life_satisfaction", "loneliness")}
    assert mean(life["life_satisfaction"]) > 3.6
    assert mean(life["loneliness"]) < 2.5
    assert skewness(life["life_satisfaction"]) < -0.2
    assert skewness(life["loneliness"]) > 0.2
    days = values_of("brezice-racunalnik", "before", "computer_days")
    assert skewness(days) > 0.8
    assert Counter(days).most_common(1)[0][0] in {0, 1}


def test_programmes_differ_in_where_people_begin_and_in_what_they_gain():
    five = ("kamnik-slovenscina", "brezice-racunalnik", "ljutomer-branje", "ljubljana-karierni-coaching")
    begun = {slug: mean(values_of(slug, "before", "primary")) for slug in five}
    gained = {slug: mean(values_of(slug, "after", "primary")) - begun[slug] for slug in five}
    assert max(begun.values()) - min(begun.values()) > 0.6
    assert max(gained.values()) - min(gained.values()) > 0.5


def test_every_shipped_programme_has_people_of_its_own_manner():
    assert set(MANNERS) == set(PROGRAMMES)


def test_who_has_nothing_to_say_writes_nothing():
    programme = PROGRAMMES["brezice-racunalnik"]
    questionnaire = programme.questionnaire(programme.wave("after"))
    answers = answer_all(questionnaire, "after", Villager(0, 1), Manner(), Random(1))
    assert answers["outcome_words"].non_answer == "skipped"


def test_a_group_is_named_by_its_season_and_says_that_it_is_made_up():
    assert SeedCohort("", 0, 9, 5).title(date(2026, 1, 5)) == "Zimska skupina, januar 2026 (izmišljeno)"
    assert SeedCohort("", 0, 9, 5).title(date(2025, 12, 5)) == "Zimska skupina, december 2025 (izmišljeno)"
    assert SeedCohort("", 0, 9, 5).title(date(2026, 9, 5)) == "Jesenska skupina, september 2026 (izmišljeno)"
    assert SeedCohort("Odprta skupina", 0, 9, 5).title(date(2026, 5, 5)) == "Odprta skupina, maj 2026 (izmišljeno)"
