"""Pooling against metafor's published example, against statsmodels and a search, and at its edges."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.stats.meta_analysis import combine_effects

from reports.formulas.statistics import (
    TooFewToPool,
    correlation,
    hedges_j,
    paired_change,
    pool,
    standardised_change,
)

# tpos, tneg, cpos, cneg of the 13 BCG trials (Colditz 1994), as in metafor's dat.bcg
BCG = (
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
    (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
)  # fmt: skip
BCG_EFFECTS = [math.log(a / (a + b) / (c / (c + d))) for a, b, c, d in BCG]
BCG_VARIANCES = [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in BCG]

effects = st.floats(-3, 3).map(lambda x: round(x, 3))
variances = st.floats(0.005, 1).map(lambda x: round(x, 3))
programmes = st.lists(st.tuples(effects, variances), min_size=3, max_size=12)
scores = st.integers(1, 5)
people = st.lists(st.tuples(scores, scores), min_size=3, max_size=40)


def sides(values):
    return [x for x, _ in values], [y for _, y in values]


def likelihood(values, tau2):
    """Twice the restricted log-likelihood of normal effects, by its definition over matrices of one column."""
    weights = [1 / (v + tau2) for _, v in values]
    mean = sum(w * y for w, (y, _) in zip(weights, values, strict=True)) / sum(weights)
    scatter = sum(w * (y - mean) ** 2 for w, (y, _) in zip(weights, values, strict=True))
    return sum(map(math.log, weights)) - math.log(sum(weights)) - scatter


def test_the_bcg_trials_come_out_to_the_digits_that_metafor_prints():
    found = pool(BCG_EFFECTS, BCG_VARIANCES)

    assert found.k == 13
    assert (round(found.tau2, 4), round(100 * found.i2, 2), round(found.q, 4)) == (0.3132, 92.22, 152.2330)
    assert (round(found.estimate, 4), round(found.se, 4)) == (-0.7145, 0.1808)
    assert (round(found.ci_low, 4), round(found.ci_high, 4), round(found.p, 4)) == (-1.1084, -0.3206, 0.0019)


def test_the_bcg_trials_have_the_prediction_interval_that_metafor_prints():
    found = pool(BCG_EFFECTS, BCG_VARIANCES)

    assert (round(math.exp(found.prediction_low), 2), round(math.exp(found.prediction_high), 2)) == (0.14, 1.76)


def test_effects_closer_together_than_chance_allows_are_not_taken_for_certainty():
    found = pool([0.5, 0.5, 0.5], [0.04, 0.04, 0.04])

    assert (found.estimate, found.tau2, found.i2) == pytest.approx((0.5, 0, 0))
    assert found.se == pytest.approx(math.sqrt(0.04 / 3))
    assert found.ci_high - found.estimate == pytest.approx(stats.t.ppf(0.975, 2) * found.se)
    assert (found.prediction_low, found.prediction_high) == (found.ci_low, found.ci_high)


@pytest.mark.parametrize("k", [0, 1, 2])
def test_fewer_than_three_programmes_are_not_pooled(k):
    with pytest.raises(TooFewToPool, match=f"{k} effects"):
        pool([0.1, 0.2][:k], [0.04, 0.05][:k])


@pytest.mark.parametrize("bad", [0.0, -0.1, math.nan, math.inf])
def test_a_variance_that_is_none_is_refused(bad):
    with pytest.raises(ValueError, match="above 0"):
        pool([0.1, 0.2, 0.3], [0.04, bad, 0.04])


def test_an_effect_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="finite"):
        pool([0.1, math.nan, 0.3], [0.04, 0.04, 0.04])


def test_effects_without_their_variance_are_refused():
    with pytest.raises(ValueError, match="shorter"):
        pool([0.1, 0.2, 0.3], [0.04, 0.04])


@given(programmes)
def test_fixed_weights_give_the_q_of_statsmodels(values):
    assume(len({y for y, _ in values}) > 1)  # of equal effects it divides by zero
    theirs = combine_effects(*map(np.array, sides(values)))

    assert pool(*sides(values)).q == pytest.approx(theirs.q, abs=1e-9)


@given(programmes)
def test_no_other_tau2_has_a_higher_restricted_likelihood_nearby(values):
    found = pool(*sides(values)).tau2
    around = optimize.minimize_scalar(
        lambda x: -likelihood(values, x), bounds=(found / 2, 2 * found + 0.01), method="bounded"
    )

    assert likelihood(values, found) >= -around.fun - 1e-9


@given(programmes)
def test_given_tau2_the_estimate_is_that_of_the_textbook(values):
    found = pool(*sides(values))
    weights = [1 / (v + found.tau2) for _, v in values]
    mean = sum(w * y for w, (y, _) in zip(weights, values, strict=True)) / sum(weights)
    q = sum(w * (y - mean) ** 2 for w, (y, _) in zip(weights, values, strict=True)) / (found.k - 1)

    assert found.estimate == pytest.approx(mean, abs=1e-12)
    assert found.se == pytest.approx(math.sqrt(max(1, q) / sum(weights)))
    assert found.p == pytest.approx(2 * stats.t.sf(abs(mean) / found.se, found.k - 1))


@given(programmes, effects)
def test_a_shift_of_all_effects_moves_only_the_estimate(values, shift):
    found, moved = pool(*sides(values)), pool(*sides([(y + shift, v) for y, v in values]))

    assert (moved.estimate, moved.ci_low) == pytest.approx((found.estimate + shift, found.ci_low + shift), abs=1e-5)
    assert (moved.tau2, moved.se, moved.q) == pytest.approx((found.tau2, found.se, found.q), rel=1e-5, abs=1e-5)


@given(programmes, st.floats(0.1, 50))
def test_another_unit_changes_units_and_no_shares(values, unit):
    found, scaled = pool(*sides(values)), pool(*sides([(y * unit, v * unit**2) for y, v in values]))

    assert scaled.estimate / unit == pytest.approx(found.estimate, rel=1e-5, abs=1e-5)
    assert scaled.tau2 / unit**2 == pytest.approx(found.tau2, rel=1e-4, abs=1e-5)
    assert (scaled.i2, scaled.q, scaled.p) == pytest.approx((found.i2, found.q, found.p), rel=1e-4, abs=1e-4)


@given(programmes)
def test_turned_effects_turn_the_result(values):
    found, turned = pool(*sides(values)), pool(*sides([(-y, v) for y, v in values]))

    assert (turned.estimate, turned.ci_low) == pytest.approx((-found.estimate, -found.ci_high))
    assert (turned.prediction_low, turned.p, turned.tau2) == pytest.approx(
        (-found.prediction_high, found.p, found.tau2)
    )


@given(programmes, st.randoms(use_true_random=False))
def test_the_order_of_programmes_does_not_matter(values, random):
    assert pool(*sides(random.sample(values, len(values)))) == pool(*sides(values))


@given(programmes)
def test_the_prediction_interval_is_never_narrower_than_that_of_the_mean(values):
    found = pool(*sides(values))

    assert found.prediction_low <= found.ci_low <= found.estimate <= found.ci_high <= found.prediction_high


def test_the_standardised_change_is_that_of_the_formula():
    j = hedges_j(24)
    effect, variance = standardised_change(25, 2.5, 3.1, 1.2, 0.4)

    assert effect == j * (3.1 - 2.5) / 1.2
    assert variance == 2 * 0.6 / 25 + effect**2 / 50


def test_the_correction_is_exact():
    assert hedges_j(2) == pytest.approx(1 / math.sqrt(math.pi))
    assert hedges_j(10) == pytest.approx(24 / math.sqrt(5) / math.gamma(4.5))


@pytest.mark.parametrize("n", [0, 1, 2])
def test_too_few_people_have_no_standardised_change(n):
    assert standardised_change(n, 2.0, 3.0, 1.0, 0.5) == (None, None)


@pytest.mark.parametrize(
    ("before", "after", "sd", "r"),
    [(None, None, None, None), (2.0, 3.0, 0.0, None), (2.0, 3.0, 0.0, 0.5), (2.0, 3.0, 1.0, None)],
)
def test_without_spread_at_the_start_or_correlation_there_is_no_standardised_change(before, after, sd, r):
    assert standardised_change(12, before, after, sd, r) == (None, None)


def test_people_who_all_stayed_where_they_were_have_no_effect_and_no_variance():
    assert standardised_change(12, 3.0, 3.0, 1.0, 1.0) == (0.0, 0.0)


def test_people_who_all_moved_alike_have_a_variance_of_the_effect_alone():
    effect, variance = standardised_change(12, 2.0, 3.0, 1.0, 1.0)

    assert (effect, variance) == (hedges_j(11), effect**2 / 24)


@pytest.mark.parametrize(("n", "sd", "r"), [(-1, 1.0, 0.5), (9, -1.0, 0.5), (9, 1.0, 1.5), (9, 1.0, math.nan)])
def test_impossible_figures_are_refused(n, sd, r):
    with pytest.raises(ValueError, match="not negative"):
        standardised_change(n, 2.0, 3.0, sd, r)


@given(people, st.integers(2, 9), st.integers(-9, 9))
def test_the_standardised_change_knows_neither_unit_nor_zero(values, unit, shift):
    def of(before, after):
        found = paired_change(before, after)
        r = correlation(before, after)
        return standardised_change(found.n, found.mean_before, found.mean_after, found.sd_before, r)

    before, after = sides(values)
    moved = of([unit * x + shift for x in before], [unit * y + shift for y in after])
    assume(of(before, after) != (None, None))

    assert moved == pytest.approx(of(before, after))


@given(people)
def test_a_reverse_scored_item_only_turns_the_sign(values):
    before, after = sides(values)
    plain, turned = (
        (paired_change(x, y), correlation(x, y))
        for x, y in ((before, after), ([6 - x for x in before], [6 - y for y in after]))
    )
    effects_of = [
        standardised_change(one.n, one.mean_before, one.mean_after, one.sd_before, r) for one, r in (plain, turned)
    ]
    assume(effects_of[0] != (None, None))

    assert effects_of[1] == pytest.approx((-effects_of[0][0], effects_of[0][1]))


@given(people)
def test_the_correlation_is_that_of_scipy(values):
    before, after = sides(values)
    assume(len(set(before)) > 1)
    assume(len(set(after)) > 1)

    assert correlation(before, after) == pytest.approx(stats.pearsonr(before, after).statistic)


def test_the_correlation_of_too_few_or_of_equal_answers_is_unknown():
    assert correlation([], []) is None
    assert correlation([2], [3]) is None
    assert correlation([3, 3, 3], [1, 2, 3]) is None
    assert correlation([1, 2, 3], [4, 4, 4]) is None


def test_the_correlation_leaves_out_pairs_with_a_missing_side():
    assert correlation([1, None, 2, math.nan, 5], [2, 4, 3, 1, 4]) == correlation([1, 2, 5], [2, 3, 4])


def test_the_correlation_of_two_people_is_whole():
    assert (correlation([1, 2], [2, 5]), correlation([1, 2], [5, 2])) == (1.0, -1.0)
