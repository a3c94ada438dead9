"""The fewest people whose sum follows from published sums, against trying every set of people."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure.cuts import fewest

PEOPLE = 7


def tried(sets):
    """The size of the smallest set of people outside of which some combination of the sums is zero."""
    rows = np.array([[person in one for person in range(PEOPLE)] for one in sets], dtype=float).reshape(-1, PEOPLE)
    rank = np.linalg.matrix_rank(rows)
    for size in range(1, PEOPLE + 1):
        for few in combinations(range(PEOPLE), size):
            others = [person for person in range(PEOPLE) if person not in few]
            if np.linalg.matrix_rank(rows[:, others]) < rank if others else rank:
                return size
    return None


@st.composite
def families(draw):
    """Wholes that grow, and groups that grow within them."""
    ends = sorted(draw(st.sets(st.integers(1, PEOPLE), min_size=1, max_size=3)))
    wholes = [frozenset(range(end)) for end in ends]
    of = draw(st.lists(st.integers(0, 2), min_size=PEOPLE, max_size=PEOPLE))
    groups = []
    for group in range(2):
        chosen = draw(st.sets(st.sampled_from(wholes), max_size=len(wholes)))
        groups.append([frozenset(one for one in whole if of[one] == group) for whole in chosen])
    return wholes, [[one for one in releases if one] for releases in groups]


@given(families())
@settings(max_examples=300)
def test_it_is_what_trying_every_set_of_people_finds(sets):
    wholes, groups = sets

    assert fewest(wholes, groups) == tried([*wholes, *(one for releases in groups for one in releases)])


def test_a_group_that_is_the_whole_tells_no_more_than_both():
    assert fewest([frozenset(range(6))], [[frozenset(range(6))]]) == 6


def test_a_group_beside_which_two_people_stand_tells_these():
    assert fewest([frozenset(range(9))], [[frozenset(range(7))]]) == 2


def test_layers_and_slices_that_differ_in_one_person_tell_that_one():
    wholes = [frozenset(range(10)), frozenset(range(16))]
    groups = [[frozenset(range(5)), frozenset([*range(5), *range(10, 15)])]]

    assert fewest(wholes, groups) == 1


def test_of_nothing_nothing_follows():
    assert fewest([], [[]]) is None
