"""The formulas against published examples, against scipy, and at their edges."""

import math
from statistics import fmean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from reports.formulas.statistics import (
    Summary,
    hedges_j,
    holm,
    mean_difference,
    paired_change,
    rank_biserial,
    summary,
    wilcoxon,
    wilson,
)

LAKENS_BEFORE = [9, 6, 7, 8, 7, 9, 8, 8, 8, 7]
LAKENS_AFTER = [9, 7, 8, 9, 8, 9, 9, 10, 9, 9]
DARWIN = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75]

scores = st.integers(1, 5)
pairs = st.lists(st.tuples(scores, scores), min_size=2, max_size=40)


def test_the_example_of_lakens_comes_out_to_the_printed_digits():
    found = paired_change(LAKENS_BEFORE, LAKENS_AFTER)

    assert found.n == 10
    assert (found.mean_before, found.mean_after, found.change) == (7.7, 8.7, 1.0)
    assert round(found.t, 2) == 4.74
    assert round(found.d_z, 2) == 1.50
    assert round(found.g_av, 2) == 1.08
    assert round(found.g_av / hedges_j(18), 2) == 1.13


def test_the_example_of_lakens_counts_who_answered_higher():
    found = paired_change(LAKENS_BEFORE, LAKENS_AFTER)

    assert (found.improved, found.same, found.worse) == (8, 2, 0)
    assert (found.improved_low, found.improved_high) == wilson(8, 10)


def test_darwins_maize_has_the_published_exact_p():
    assert wilcoxon(DARWIN) == 0.041259765625


def test_darwins_maize_has_a_rank_sum_of_24_on_the_lower_side():
    assert rank_biserial(DARWIN) == (96 - 24) / 120


def test_equal_sizes_share_their_ranks():
    up, down = 2 + 2 + 4, 2  # of three smaller ones, of which each has the middle of the ranks 1, 2 and 3
    assert rank_biserial([1, 1, -1, 3]) == (up - down) / (up + down)


def test_wilson_has_the_published_digits():
    assert tuple(round(x, 4) for x in wilson(81, 263)) == (0.2553, 0.3662)
    assert tuple(round(x, 4) for x in wilson(0, 20)) == (0.0, 0.1611)


def test_wilson_of_everybody_ends_at_one_and_of_nobody_asked_says_nothing():
    assert {wilson(n, n)[1] for n in range(1, 100)} == {1.0}
    assert {wilson(0, n)[0] for n in range(1, 100)} == {0.0}
    assert wilson(0, 0) == (0.0, 1.0)


def test_wilson_of_one_person_is_the_square_of_the_quantile_to_one_more():
    square = 1.959963985**2  # of the normal distribution, at 0.975

    assert wilson(0, 1) == pytest.approx((0, square / (1 + square)))
    assert wilson(1, 1) == pytest.approx((1 / (1 + square), 1))


def test_wilson_refuses_more_successes_than_people():
    with pytest.raises(ValueError, match=r"^successes lie between 0 and n$"):
        wilson(3, 2)


def test_holm_multiplies_by_what_is_left_and_never_steps_back():
    assert holm([0.01, 0.04, 0.03]) == (0.03, 0.06, 0.06)
    assert holm([0.9, 0.8]) == (1.0, 1.0)
    assert holm([]) == ()


@settings(max_examples=20)  # theirs is slow
@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_is_that_of_statsmodels(p_values):
    assert holm(p_values) == pytest.approx(tuple(multipletests(p_values, method="holm")[1]))


@given(st.integers(1, 400), st.data(), st.sampled_from([0.8, 0.95, 0.99]))
def test_wilson_is_that_of_statsmodels(n, data, confidence):
    successes = data.draw(st.integers(0, n))
    theirs = proportion_confint(successes, n, 1 - confidence, method="wilson")

    assert wilson(successes, n, confidence) == pytest.approx(theirs, abs=1e-12)


def test_nobody_has_counts_and_nothing_else():
    found = paired_change([], [])

    assert (found.n, found.improved, found.same, found.worse) == (0, 0, 0, 0)
    assert (found.change, found.ci_low, found.p, found.g_av, found.wilcoxon_p, found.rank_biserial) == (None,) * 6
    assert (found.improved_low, found.improved_high) == (None, None)


def test_one_person_has_a_change_without_interval_or_test():
    found = paired_change([2], [4])

    assert (found.change, found.wilcoxon_p, found.rank_biserial) == (2.0, 1.0, 1.0)
    assert (found.ci_low, found.t, found.p, found.d_z, found.g_av) == (None,) * 5


def test_two_people_have_an_interval_of_one_degree_of_freedom():
    found = paired_change([1, 2], [2, 4])

    assert found.change == 1.5
    assert found.ci_high - found.change == pytest.approx(12.706204736 * 0.5)


def test_equal_differences_have_an_interval_without_width_and_no_test():
    found = paired_change([1, 2, 3], [2, 3, 4])

    assert (found.ci_low, found.ci_high) == (1.0, 1.0)
    assert (found.t, found.p, found.d_z) == (None, None, None)
    assert found.g_av == pytest.approx(hedges_j(4))


def test_no_difference_at_all_is_no_evidence():
    found = paired_change([3, 4], [3, 4])

    assert (found.change, found.wilcoxon_p, found.rank_biserial) == (0.0, 1.0, 0.0)


def test_no_spread_on_either_side_leaves_the_effect_size_open():
    assert paired_change([3, 3], [4, 4]).g_av is None


def test_no_spread_at_the_start_still_has_an_effect_size():
    assert paired_change([3, 3, 3], [4, 5, 3]).g_av == pytest.approx(1 / (stdev([4, 5, 3]) / 2) * hedges_j(4))


def test_a_pair_with_a_missing_side_is_left_out():
    found = paired_change([1, None, 3, math.nan, 2], [2, 5, None, 4, 4])

    assert found == paired_change([1, 2], [2, 4])


def test_pairs_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        paired_change([1, 2], [1])


@given(pairs)
def test_the_interval_and_test_are_those_of_scipy(values):
    before, after = [x for x, _ in values], [y for _, y in values]
    found = paired_change(before, after)
    if found.t is None:
        assert len({y - x for x, y in values}) == 1
        return
    theirs = stats.ttest_rel(after, before)
    interval = theirs.confidence_interval()

    assert found.t == pytest.approx(theirs.statistic)
    assert found.p == pytest.approx(theirs.pvalue)
    assert (found.ci_low, found.ci_high) == pytest.approx((interval.low, interval.high))


@given(st.lists(st.integers(-20, 20).filter(bool), min_size=1, max_size=20, unique_by=abs))
def test_the_exact_signed_rank_test_without_ties_is_that_of_scipy(differences):
    assert wilcoxon(differences) == pytest.approx(stats.wilcoxon(differences, method="exact").pvalue)


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=9))
def test_the_exact_signed_rank_test_with_ties_and_zeros_counts_every_pattern_of_signs(differences):
    sizes = sorted(abs(d) for d in differences if d)
    rank = {size: fmean(i + 1 for i, other in enumerate(sizes) if other == size) for size in sizes}
    observed = sum(rank[abs(d)] for d in differences if d > 0)
    middle = sum(rank[size] for size in sizes) / 2
    far = 0
    for pattern in range(2 ** len(sizes)):
        total = sum(rank[size] for bit, size in enumerate(sizes) if pattern >> bit & 1)
        far += abs(total - middle) >= abs(observed - middle)

    assert wilcoxon(differences) == pytest.approx(min(1.0, far / 2 ** len(sizes)))


@given(st.lists(st.integers(-4, 4).filter(bool), min_size=26, max_size=60))
def test_the_signed_rank_test_of_many_is_that_of_scipy(differences):
    assert wilcoxon(differences) == pytest.approx(stats.wilcoxon(differences, method="approx", correction=False).pvalue)


@given(pairs, st.integers(2, 50))
def test_another_unit_changes_the_points_and_nothing_else(values, unit):
    before, after = [x for x, _ in values], [y for _, y in values]
    found, scaled = paired_change(before, after), paired_change([x * unit for x in before], [y * unit for y in after])

    assert (scaled.change, scaled.ci_low) == pytest.approx((found.change * unit, found.ci_low * unit))
    assert (scaled.improved, scaled.wilcoxon_p, scaled.rank_biserial) == (
        found.improved,
        found.wilcoxon_p,
        found.rank_biserial,
    )
    assert (scaled.t, scaled.d_z, scaled.g_av) == (
        pytest.approx(found.t),
        pytest.approx(found.d_z),
        pytest.approx(found.g_av),
    )


@given(pairs)
def test_reverse_scoring_turns_the_change_and_exchanges_better_and_worse(values):
    before, after = [x for x, _ in values], [y for _, y in values]
    found, turned = paired_change(before, after), paired_change([6 - x for x in before], [6 - y for y in after])

    assert (turned.improved, turned.same, turned.worse) == (found.worse, found.same, found.improved)
    assert (turned.mean_before, turned.change) == pytest.approx((6 - found.mean_before, -found.change))
    assert (turned.sd_before, turned.wilcoxon_p) == (found.sd_before, found.wilcoxon_p)


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(-100, 100)), min_size=2, max_size=30))
def test_means_and_spreads_are_exact_to_the_last_digits(values):
    before, after = [x for x, _ in values], [y for _, y in values]
    found = paired_change(before, after)

    assert (found.mean_before, found.mean_after) == (pytest.approx(fmean(before)), pytest.approx(fmean(after)))
    assert (found.sd_before, found.sd_after) == (pytest.approx(stdev(before)), pytest.approx(stdev(after)))


def test_twenty_thousand_pairs_have_the_figures_of_scipy():
    before, after = [1 + i * 7 % 5 for i in range(20_000)], [1 + i * 3 % 7 % 5 for i in range(20_000)]
    found = paired_change(before, after)
    theirs = stats.ttest_rel(after, before)
    ranks = stats.wilcoxon(after, before, method="approx", correction=False)

    assert (found.t, found.p, found.sd_before) == pytest.approx((theirs.statistic, theirs.pvalue, stdev(before)))
    assert found.wilcoxon_p == pytest.approx(ranks.pvalue)


@given(pairs, st.integers(-10, 10))
def test_a_shift_of_both_sides_changes_only_the_means(values, shift):
    before, after = [x for x, _ in values], [y for _, y in values]
    found, moved = paired_change(before, after), paired_change([x + shift for x in before], [y + shift for y in after])

    assert moved.mean_before == pytest.approx(found.mean_before + shift)
    assert (moved.improved, moved.worse, moved.wilcoxon_p) == (found.improved, found.worse, found.wilcoxon_p)
    assert (moved.change, moved.ci_low, moved.g_av or 0) == pytest.approx((found.change, found.ci_low, found.g_av or 0))


@given(pairs)
def test_exchanged_sides_turn_every_sign_and_no_size(values):
    before, after = [x for x, _ in values], [y for _, y in values]
    found, turned = paired_change(before, after), paired_change(after, before)

    assert (turned.improved, turned.same, turned.worse) == (found.worse, found.same, found.improved)
    assert turned.wilcoxon_p == pytest.approx(found.wilcoxon_p)
    assert (turned.change, turned.ci_low, turned.rank_biserial) == pytest.approx(
        (-found.change, -found.ci_high, -found.rank_biserial)
    )


@given(pairs, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(values, random):
    mixed = random.sample(values, len(values))
    found, again = (paired_change([x for x, _ in some], [y for _, y in some]) for some in (values, mixed))

    assert (again.wilcoxon_p, again.improved) == (found.wilcoxon_p, found.improved)
    assert (again.change, again.ci_low) == pytest.approx((found.change, found.ci_low))


def test_the_difference_of_two_groups_is_that_of_welch():
    first, second = [1, 2, 4, 4, 5, 3], [2, 5, 5, 4]
    found = mean_difference(summary(first), summary(second))
    theirs = stats.ttest_ind(second, first, equal_var=False).confidence_interval()

    assert found.difference == pytest.approx(4 - 19 / 6)
    assert (found.ci_low, found.ci_high) == pytest.approx((theirs.low, theirs.high))


def test_less_confidence_has_a_narrower_interval():
    first, second = [1, 2, 4, 4, 5, 3], [2, 5, 5, 4]
    found = mean_difference(summary(first), summary(second), 0.8)
    theirs = stats.ttest_ind(second, first, equal_var=False).confidence_interval(0.8)
    assert (found.ci_low, found.ci_high) == pytest.approx((theirs.low, theirs.high))

    paired = paired_change(LAKENS_BEFORE, LAKENS_AFTER, 0.8)
    theirs = stats.ttest_rel(LAKENS_AFTER, LAKENS_BEFORE).confidence_interval(0.8)
    assert (paired.ci_low, paired.ci_high) == pytest.approx((theirs.low, theirs.high))
    assert (paired.improved_low, paired.improved_high) == wilson(8, 10, 0.8)


@pytest.mark.parametrize(("group", "difference"), [([], None), ([5], 2.0), ([4, 4], 1.0)])
def test_a_group_without_spread_has_no_interval(group, difference):
    found = mean_difference(summary([3, 3]), summary(group))

    assert (found.difference, found.ci_low, found.ci_high) == (difference, None, None)


def test_a_group_without_spread_beside_one_with_has_an_interval():
    found = mean_difference(summary([3, 3, 3]), summary([2, 5, 5, 4]))
    half = 3.182446305 * math.sqrt(2 / 4)  # the variance of the second is 2; 3 degrees of freedom are left

    assert (found.difference, found.ci_low, found.ci_high) == pytest.approx((1, 1 - half, 1 + half))


def test_up_to_25_differences_are_counted_exactly_and_26_are_not():
    rising = list(range(1, 26))  # of one sign: only two of all patterns lie as far out
    assert wilcoxon(rising) == 2 / 2**25
    assert wilcoxon([*rising, 26]) == pytest.approx(
        stats.wilcoxon([*rising, 26], method="approx", correction=False).pvalue
    )


def test_less_than_a_point_is_no_improvement_and_a_point_is():
    found = paired_change([1.0, 1.0, 2.0, 2.0, 3.0], [1.5, 2.0, 1.0, 1.5, 4.5])

    assert (found.improved, found.same, found.worse) == (2, 2, 1)


def test_a_summary_says_what_it_can():
    assert summary([]) == Summary(0, None, None)
    assert summary([4]) == Summary(1, 4.0, None)
    assert summary([2, 4]) == Summary(2, 3.0, math.sqrt(2))
