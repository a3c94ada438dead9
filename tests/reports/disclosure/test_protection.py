"""What may be shown of a change: no hidden count may follow from it, which an exhaustive search checks."""

import math
from collections import Counter
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.disclosure.protection import safe_features, safe_mean, safe_summary
from reports.disclosure.suppression import KnownToReader, join_neighbours
from reports.formulas.statistics import hedges_j, paired_change
from surveys.locale_sl import rounded

SCALE = (1, 3)
POINTS = range(1, 4)
CELLS = list(product(POINTS, POINTS))


def features(pairs, k=5, scale=SCALE, *, means=True, answers=True):
    return safe_features(tuple(sorted(Counter(pairs).items())), scale, k, means=means, answers=answers)


def directions(pairs):
    return [sum((y > x) - (y < x) == sign for x, y in pairs) for sign in (-1, 0, 1)]


def distributions(pairs):
    return [[sum(pair[side] == point for pair in pairs) for point in POINTS] for side in (0, 1)]


def joined(rows, groups):
    return tuple(sum(row[at] for at in group) for row in rows for group in groups) if len(groups) > 1 else ()


def groups_of(pairs, k):
    return join_neighbours([directions(pairs)], k), join_neighbours(distributions(pairs), k)


def report(pairs, shown, groups, k):
    """All that a reader sees of these pairs, as it is written, with answers joined into these groups."""
    found = paired_change([x for x, _ in pairs], [y for _, y in pairs])
    ends = (found.ci_low, found.ci_high)
    spread = (found.sd_before + found.sd_after) / 2
    g = rounded(found.change / spread * hedges_j(2 * (len(pairs) - 1)), 1) if spread > 0 else None
    improved = directions(pairs)[-1]
    bound = improved > len(pairs) - k, improved < k
    return (
        *(rounded(mean, 1) for mean in (found.mean_before, found.mean_after, found.change)),
        (ends[0] > 0, ends[1] < 0) if {"verdict", "interval"} & shown else (),
        tuple(rounded(end, 1) for end in ends) if "interval" in shown else (),
        (joined([directions(pairs)], groups[0]) or bound) if "directions" in shown else (),
        joined(distributions(pairs), groups[1]) if "answers" in shown else (),
        g if "effect" in shown else (),
    )


def hidden(pairs, shown, k):
    """The small counts that no reader is told."""
    parts = [([directions(pairs)], "directions"), (distributions(pairs), "answers")]
    return [
        (number, side, at)
        for number, ((rows, name), groups) in enumerate(zip(parts, groups_of(pairs, k), strict=True))
        for side, row in enumerate(rows)
        for at, n in enumerate(row)
        if n < k and (name == "directions" or name in shown) and ((at,) not in groups or name not in shown)
    ]


def count(pairs, cell):
    number, side, at = cell
    return (([directions(pairs)], distributions(pairs))[number])[side][at]


@settings(max_examples=40)
@given(st.lists(st.sampled_from(CELLS), min_size=4, max_size=6))
def test_no_hidden_count_follows_from_what_is_shown_whatever_else_people_could_have_answered(pairs):
    k = 2
    shown = features(pairs, k)
    differences = [y - x for x, y in pairs]
    if shown is None or any(len(set(column)) == 1 for column in (*zip(*pairs, strict=True), differences)):
        return
    groups = groups_of(pairs, k)
    seen = report(pairs, shown, groups, k)
    possible = [other for other in combinations_with_replacement(CELLS, len(pairs)) if _same(other, pairs)]
    alike = [other for other in possible if report(other, shown, groups, k) == seen]

    for cell in hidden(pairs, shown, k):
        assert len({count(other, cell) for other in alike}) > 1, (cell, shown)


def _same(other, pairs):
    """Quickly: whether both means could be written the same."""
    return all(
        math.isclose(sum(pair[side] for pair in other), sum(pair[side] for pair in pairs), abs_tol=len(pairs) * 0.1)
        for side in (0, 1)
    )


def test_everything_may_be_shown_of_many_people_who_answered_in_every_way():
    pairs = [cell for cell in CELLS for _ in range(20)]

    assert features(pairs) == {"verdict", "interval", "directions", "answers", "effect"}


def test_nothing_may_be_shown_where_the_means_alone_tell_every_count():
    assert features([(1, 3)] * 4 + [(2, 2)]) is None  # 1.2 and 2.8 leave no other way for five people


def test_where_a_verdict_would_tell_a_count_the_mean_change_stands_without_it():
    pairs = [(1, 1)] * 4 + [(2, 3)] * 4 + [(3, 3)] * 4  # beyond chance only if nobody answered lower

    assert features(pairs) == {"answers", "directions"}


def test_an_interval_that_would_tell_how_many_answered_lower_is_not_shown():
    pairs = [(1, 2)] * 5 + [(2, 2)] * 4 + [(3, 2)]

    assert features(pairs, scale=(1, 5), means=False) == {"verdict", "directions"}


def test_without_protection_everything_may_be_shown():
    assert features([(1, 2), (2, 2)], k=1) == {"verdict", "interval", "directions", "answers", "effect"}


def test_a_number_without_limits_is_searched_near_what_was_given():
    pairs = [(x, x + change) for x in range(0, 40, 4) for change in (-2, 1, 3)]

    assert "directions" in features(pairs, scale=None, answers=False)


@pytest.mark.parametrize(
    ("scores", "mean", "spread"),
    [
        ([1, 1, 1, 1, 2], False, False),  # the mean tells all
        ([1, 3, 2, 3, 1], True, False),  # the spread with it would
        ([1] * 3 + [2] * 9 + [3] * 9 + [4] * 9 + [5] * 3, True, True),
    ],
)
def test_a_mean_and_a_spread_are_shown_where_no_count_follows(scores, mean, spread):
    assert [safe_summary(scores, (1, 5), 5, spread=wanted) for wanted in (False, True)] == [mean, spread]


ONCE = [1, 2, 2, 3, 3, 4, 4, 5]


def of_one_answer(scores):
    return tuple(sorted(((score, score), many) for score, many in Counter(scores).items()))


@pytest.mark.parametrize(
    ("scores", "then", "shown"),
    [
        (ONCE, None, True),
        (ONCE, ONCE, True),
        ([*ONCE, 1, 2, 3, 4, 5], ONCE, True),
        ([*ONCE, 3, 3, 3, 3, 3], ONCE, False),  # all who came said the same
        ([*ONCE, 1, 1, 1, 1, 2], ONCE, False),  # their mean of 1,2 tells each answer
        ([*ONCE, 2, 4], ONCE, False),  # few came
        ([*ONCE[1:], 1, 2, 3, 4, 5, 5, 5], [*ONCE, 1], False),  # some came while others went
        (ONCE, [*ONCE, 1, 1, 1, 1, 2], False),  # those who went
    ],
)
def test_the_mean_of_one_answer_is_told_beside_the_last_one_only_where_those_between_could_be(scores, then, shown):
    earlier = None if then is None else KnownToReader(of_one_answer(then), frozenset({"interval"}))

    assert (safe_mean(of_one_answer(scores), (1, 5), 5, earlier) is not None) is shown
