"""The adjusted difference of those who take part and those who wait: told only where no hidden count follows."""

from collections import Counter
from itertools import combinations_with_replacement, product
from statistics import fmean

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.disclosure.adjusted import INTERVAL, NOTHING, AdjustedRelease, AdjustedTables, as_told, safe_level
from reports.disclosure.protection import safe_features
from reports.formulas.statistics import paired_change
from surveys.locale_sl import rounded

K = 2
SCALE = (1, 3)
CELLS = list(product(range(1, 4), range(1, 4)))
MANY = [cell for cell in product(range(1, 6), range(1, 6)) for _ in range(3)]
people = st.lists(st.sampled_from(CELLS), min_size=4, max_size=5)


def table_of(pairs):
    return tuple(sorted(Counter(pairs).items()))


def directions(pairs):
    return [sum((y > x) - (y < x) == sign for x, y in pairs) for sign in (-1, 0, 1)]


def known(pairs):
    """All that a reader is thought to know of one group without the difference."""
    return sum(y - x for x, y in pairs), *(rounded(fmean(pair[side] for pair in pairs), 1) for side in (0, 1))


def verdict(pairs):
    found = paired_change([x for x, _ in pairs], [y for _, y in pairs])
    return found.ci_low > 0, found.ci_high < 0


@settings(max_examples=40, suppress_health_check=[HealthCheck.filter_too_much])
@given(taking_part=people, waiting=people)
def test_no_small_count_of_those_who_wait_follows_whatever_else_people_could_have_answered(taking_part, waiting):
    features = safe_features(table_of(waiting), SCALE, K, means=True, answers=False, wanted=("verdict",))
    if features is None or any(len(set(column)) == 1 for column in (*columns(waiting), *columns(taking_part))):
        return
    groups = AdjustedTables(table_of(taking_part), table_of(waiting))
    level = safe_level(groups, (frozenset(), features), SCALE, K)
    seen = as_told(groups, level)
    worlds = [one for one in others(waiting) if not features or verdict(one) == verdict(waiting)]

    for at, n in enumerate(directions(waiting)):
        if level and n < K:
            different = [one for one in worlds if directions(one)[at] != n]
            assert any(
                as_told(AdjustedTables(table_of(other), table_of(one)), level) == seen
                for one, other in product(different, others(taking_part))
            )


def columns(pairs):
    return [*zip(*pairs, strict=True), [y - x for x, y in pairs]]


def others(pairs):
    """Whatever else as many people could have answered by what is known without the difference."""
    return [one for one in combinations_with_replacement(CELLS, len(pairs)) if known(one) == known(pairs)]


def test_the_difference_of_many_people_who_answered_in_every_way_is_told_with_its_interval():
    both = AdjustedTables(table_of([*MANY, (1, 5), (2, 5)]), table_of(MANY))

    assert safe_level(both, (frozenset(), frozenset({"verdict"})), (1, 5), 5) == INTERVAL


def test_a_difference_that_would_tell_how_many_answered_lower_stays_unsaid():
    waiting = [(2, 2), (3, 2), (3, 1), (3, 1), (3, 1)]
    both = AdjustedTables(table_of([(1, 1)] * 3 + [(1, 2), (1, 3), (2, 2)]), table_of(waiting))

    assert safe_level(both, (frozenset(), frozenset({"verdict"})), SCALE, 5) == NOTHING


def test_without_protection_the_whole_difference_is_told():
    both = AdjustedTables(table_of([(1, 2), (2, 2), (2, 3)]), table_of([(1, 1), (2, 2), (1, 2)]))

    assert safe_level(both, (frozenset(), frozenset()), SCALE, 1) == INTERVAL


def test_an_earlier_difference_is_known_as_well():
    """Beside it fewer other answers are possible, never more."""
    now = AdjustedTables(table_of(MANY), table_of(MANY))
    earlier = AdjustedRelease(AdjustedTables(table_of(MANY[:-10]), table_of(MANY[:-10])), frozenset(), INTERVAL)
    alone, beside = (safe_level(now, (frozenset(), frozenset()), (1, 5), 5, one) for one in (None, earlier))

    assert NOTHING < beside <= alone == INTERVAL


@pytest.mark.parametrize("pairs", [[], [(1, 2)], [(2, 2), (2, 2)]])
def test_what_cannot_be_computed_is_told_as_nothing(pairs):
    both = AdjustedTables(table_of(pairs), table_of(pairs))

    assert as_told(both, INTERVAL) is None
    assert safe_level(both, (frozenset(), frozenset()), SCALE, 2) == NOTHING
