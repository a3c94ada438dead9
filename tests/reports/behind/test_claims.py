"""What the national report claims: of these programmes alone, and at once what a further one may do."""

from itertools import product

import pytest

from reports.texts import steps
from reports.texts.pooled import FEW, Claim, claim

UP, DOWN, ACROSS = (0.55, 1.64), (-1.64, -0.55), (-0.2, 0.9)
PREDICTIONS = {UP: (0.12, 2.18), DOWN: (-2.18, -0.12), ACROSS: (-0.47, 2.32)}
WIDE = (-0.47, 2.32)  # a prediction interval that holds zero
PROGRAMMES, DIFFERENCES = (3, 5, FEW - 1, FEW, 40), (0.0, 0.3, 0.5, 0.74, 0.75, 0.84)
ALL = [
    Claim(k, i2, interval, prediction, adults=adults)
    for k, i2, interval, adults in product(PROGRAMMES, DIFFERENCES, (UP, DOWN, ACROSS), (True, False))
    for prediction in (PREDICTIONS[interval], WIDE)
]


def parts(found):
    """The claim and its caveat: the first two sentences."""
    average, further, *_ = claim(found).split(". ")
    return average, further


def test_the_published_case_claims_the_average_and_says_as_loudly_what_it_does_not_say():
    assert claim(Claim(5, 0.84, UP, WIDE)) == (
        "V teh 5 programih za odrasle so odgovori na glavno vprašanje ob zaključku v povprečju višji kot na začetku, "
        "in za povprečje teh programov to verjetno ni naključje. Za naslednji podoben program tega ne moremo trditi: "
        "v njem se odgovori morda sploh ne bi spremenili ali bi bili celo nižji. Programi se med seboj zelo "
        "razlikujejo, zato povprečje o posameznem programu pove malo."
    )


@pytest.mark.parametrize("found", ALL)
def test_more_than_chance_is_claimed_only_of_the_average_and_where_its_interval_leaves_out_zero(found):
    average, further = parts(found)

    assert ("verjetno ni naključje" in average) == (found.interval != ACROSS)
    assert ("povprečje teh programov" in average) == (found.interval != ACROSS)
    assert ("lahko naključna" in average) == (found.interval == ACROSS)
    assert f"V teh {found.k} programih" in average
    assert "naključ" not in further


@pytest.mark.parametrize("found", ALL)
def test_the_next_sentence_is_about_a_further_programme_and_never_promises_anything(found):
    _, further = parts(found)

    assert "naslednj" in further
    assert any(words in further for words in ("ne moremo trditi", "obljubi", "ne moremo reči ničesar"))
    assert "velika" not in claim(found)


@pytest.mark.parametrize("found", [one for one in ALL if one.prediction == WIDE or one.k < FEW])
def test_a_further_programme_may_do_nothing_or_worse_unless_many_programmes_say_otherwise(found):
    _, further = parts(found)
    worse = "višji" if found.interval == DOWN else "nižji"

    assert "ne bi spremenili" in further or "enaki" in further
    assert worse in further


@pytest.mark.parametrize("found", ALL)
def test_only_many_programmes_whose_prediction_leaves_out_zero_say_probably_of_a_further_one_without_but(found):
    _, further = parts(found)
    firm = found.k >= FEW and found.interval != ACROSS and found.prediction != WIDE

    assert further.startswith("Tudi v naslednjem podobnem programu bi bili odgovori verjetno") == firm


@pytest.mark.parametrize("found", ALL)
def test_how_different_the_programmes_are_is_said_from_a_half_on(found):
    assert ("precej razlikujejo" in claim(found)) == (0.5 <= found.i2 < 0.75)
    assert ("zelo razlikujejo" in claim(found)) == (found.i2 >= 0.75)


def test_an_interval_that_is_shown_to_end_at_zero_leaves_nothing_out():
    assert "lahko naključna" in claim(Claim(5, 0.1, (0.004, 0.9), (0.004, 1.2)))
    assert "ne moremo trditi" in claim(Claim(20, 0.1, (0.2, 0.9), (0.004, 1.2)))


def test_a_prediction_on_the_other_side_does_not_reach():
    assert not Claim(20, 0.9, UP, (-2.0, -0.1)).reaches


@pytest.mark.parametrize(
    ("change", "words", "of"),
    [
        (0.0, "skoraj nič", "skoraj nič"),
        (-0.1, "skoraj nič", "skoraj nič"),
        (0.2, "manj kot pol stopnje navzgor", "manj kot pol stopnje navzgor"),
        (0.5, "približno pol stopnje navzgor", "približno pol stopnje navzgor"),
        (-0.5, "približno pol stopnje navzdol", "približno pol stopnje navzdol"),
        (0.7, "manj kot ena stopnja navzgor", "manj kot ene stopnje navzgor"),
        (1.0, "približno ena stopnja navzgor", "približno ene stopnje navzgor"),
        (1.5, "približno stopnja in pol navzgor", "približno stopnje in pol navzgor"),
        (2.0, "približno dve stopnji navzgor", "približno dveh stopenj navzgor"),
        (3.1, "več kot dve stopnji navzgor", "več kot dveh stopenj navzgor"),
    ],
)
def test_a_change_is_said_in_steps_of_its_scale(change, words, of):
    assert (steps.steps(change), steps.of_steps(change)) == (words, of)
