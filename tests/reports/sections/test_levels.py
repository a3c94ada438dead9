"""Which level of Nesta's Standards of Evidence a report reaches, and what it says is lacking."""

from dataclasses import replace
from itertools import product

import pytest

from reports.formulas.levels import FEWEST, Evidence, Lacking, Level, level
from reports.texts import levels as words

BARE = Evidence(logic=False, change_low=None)
ALL = Evidence(
    logic=True,
    change_low=0.2,
    compared=True,
    by_lot=True,
    difference_low=0.1,
    fewest=FEWEST,
    replications=1,
    manual=True,
)


@pytest.mark.parametrize(
    ("lacks", "reached", "lacking"),
    [
        ({"logic": False}, 0, Lacking.LOGIC),
        ({"change_low": None}, 1, Lacking.ANSWERS),
        ({"change_low": -0.1}, 1, Lacking.CHANGE),
        ({"compared": False}, 2, Lacking.COMPARISON),
        ({"by_lot": False}, 2, Lacking.LOT),
        ({"difference_low": None}, 2, Lacking.DIFFERENCE),
        ({"difference_low": -0.2}, 2, Lacking.DIFFERENCE),
        ({"fewest": FEWEST - 1}, 2, Lacking.PEOPLE),
        ({"replications": 0}, 3, Lacking.REPLICATION),
        ({"manual": False}, 4, Lacking.MANUAL),
        ({}, 5, None),
    ],
)
def test_a_level_is_reached_where_all_below_it_are(lacks, reached, lacking):
    assert level(replace(ALL, **lacks)) == Level(reached, lacking)


def test_what_is_known_above_a_gap_raises_nothing():
    for logic, compared, manual in product((True, False), repeat=3):
        known = replace(BARE, logic=logic, compared=compared, difference_low=0.5, fewest=99, manual=manual)
        assert level(known).reached == logic


def test_every_level_and_everything_that_may_be_lacking_has_words():
    assert set(words.MEANING) == set(range(6))
    assert set(words.NEXT) == set(Lacking)


def test_the_sentence_says_the_level_and_what_is_lacking():
    assert words.told(Level(2, Lacking.COMPARISON)).startswith(
        "Raven dokazov: 2\N{NO-BREAK SPACE}od\N{NO-BREAK SPACE}5 – pri istih ljudeh je izmerjena jasna sprememba na "
        "bolje. Do naslednje ravni manjka: primerjava z ljudmi, ki programa še niso imeli"
    )
    assert "manjka" not in words.told(Level(5, None)) + words.line(Level(5, None))


def test_over_programmes_each_level_stands_with_how_many_reach_it():
    assert words.over([2, 1, 2]).startswith(
        "Raven dokazov po programih: raven 1 pri 1\N{NO-BREAK SPACE}od\N{NO-BREAK SPACE}3, "
        "raven 2 pri 2\N{NO-BREAK SPACE}od\N{NO-BREAK SPACE}3. "
    )
