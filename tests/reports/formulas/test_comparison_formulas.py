"""People with a programme beside people without it, and groups of people: published examples, statsmodels, edges."""

import csv
import math
import tracemalloc
import warnings
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from reports.formulas.comparison import TippingPoint, ancova, cr2, difference_in_differences, tipping_point
from reports.formulas.estimates import Estimate, NotEstimable, welch
from reports.formulas.regression import cluster_robust, hc3, least_squares

PUBLISHED = Path(__file__).parent / "published"

# miles per gallon, weight and whether the gears are manual of 32 cars (Henderson and Velleman 1981, mtcars in R)
CARS = (
    (21.0, 2.62, 1), (21.0, 2.875, 1), (22.8, 2.32, 1), (21.4, 3.215, 0), (18.7, 3.44, 0), (18.1, 3.46, 0),
    (14.3, 3.57, 0), (24.4, 3.19, 0), (22.8, 3.15, 0), (19.2, 3.44, 0), (17.8, 3.44, 0), (16.4, 4.07, 0),
    (17.3, 3.73, 0), (15.2, 3.78, 0), (10.4, 5.25, 0), (10.4, 5.424, 0), (14.7, 5.345, 0), (32.4, 2.2, 1),
    (30.4, 1.615, 1), (33.9, 1.835, 1), (21.5, 2.465, 0), (15.5, 3.52, 0), (15.2, 3.435, 0), (13.3, 3.84, 0),
    (19.2, 3.845, 0), (27.3, 1.935, 1), (26.0, 2.14, 1), (30.4, 1.513, 1), (15.8, 3.17, 1), (19.7, 2.77, 1),
    (15.0, 3.57, 1), (21.4, 2.78, 1),
)  # fmt: skip
# how many hours longer ten people slept with each of two drugs (Student 1908, sleep in R)
LONGER = ((0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0), (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4))

scores = st.integers(1, 5)
sides = st.lists(st.tuples(scores, scores), min_size=2, max_size=25)
clusters = st.lists(st.lists(st.integers(-4, 4), min_size=1, max_size=8), min_size=2, max_size=9)


def rows_of(name):
    with (PUBLISHED / f"{name}.csv").open() as file:
        return list(csv.DictReader(file))


def together(first, second):
    """Both groups as the three sequences that the formulas take."""
    people = [*first, *second]
    return [x for x, _ in people], [y for _, y in people], [True] * len(first) + [False] * len(second)


def least_squares_of(design, outcome):
    found = least_squares(design, outcome)
    assert not isinstance(found, NotEstimable)
    return found


# ANCOVA and HC3.


def test_the_cars_have_the_adjusted_difference_that_r_prints():
    found = ancova([weight for _, weight, _ in CARS], [miles for miles, _, _ in CARS], [bool(m) for *_, m in CARS])

    assert round(found.estimate, 5) == -0.02362  # lm(mpg ~ wt + am)
    assert found.df == 29


def test_the_weights_of_72_girls_have_the_coefficients_that_mass_prints():
    """Hand and others 1994, data set 285; the example of `anorexia` in R's MASS: change on weight and treatment."""
    rows = rows_of("hand_1994_anorexia")
    design = [(1, float(row["before"]), row["treatment"] == "Cont", row["treatment"] == "FT") for row in rows]
    found = least_squares_of(design, [float(row["after"]) - float(row["before"]) for row in rows])

    assert [round(one, 4) for one in found.coefficients] == [49.7711, -0.5655, -4.0971, 4.5631]


def test_the_interlocks_of_248_firms_have_the_hc3_covariance_that_car_prints():
    """Ornstein 1976; the example of `hccm` in R's car, to the four digits printed."""
    rows = rows_of("ornstein_1976")
    nations = ("OTH", "UK", "US")
    design = [(1, float(row["assets"]), *(row["nation"] == nation for nation in nations)) for row in rows]
    found = hc3(least_squares_of(design, [float(row["interlocks"]) for row in rows]))

    assert [f"{one:.3e}" for one in np.diag(found)] == [
        "1.664e+00", "6.752e-09", "8.209e+00", "4.476e+00", "1.946e+00",
    ]  # fmt: skip
    assert [f"{one:.3e}" for one in found[0, 1:]] == ["-3.957e-05", "-1.569e+00", "-1.611e+00", "-1.572e+00"]


@pytest.fixture(scope="module")
def sm():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is imported with a deprecated part of pandas
        import statsmodels.api  # noqa: PLC0415 - only where its warnings are ignored
    return statsmodels.api


@given(first=sides, second=sides)
@settings(max_examples=150, deadline=None)
def test_ancova_is_that_of_statsmodels_with_hc3(sm, first, second):
    before, after, group = together(first, second)
    found = ancova(before, after, group)
    if isinstance(found, NotEstimable):
        return
    design = np.column_stack([np.ones(len(before)), before, group]).astype(float)
    expected = sm.OLS(after, design).fit(cov_type="HC3", use_t=True)

    assert found.estimate == pytest.approx(expected.params[2], abs=1e-9)
    assert found.se == pytest.approx(expected.bse[2], rel=1e-7)
    assert (found.ci_low, found.ci_high) == pytest.approx(tuple(expected.conf_int()[2]), abs=1e-7)
    assert found.p == pytest.approx(expected.pvalues[2], abs=1e-9)


@given(sides, sides)
@settings(max_examples=150, deadline=None)
def test_no_formula_of_a_comparison_ever_gives_nan(first, second):
    for formula in (ancova, difference_in_differences):
        found = formula(*together(first, second))
        if isinstance(found, Estimate):
            assert all(math.isfinite(getattr(found, name)) for name in Estimate.__slots__)


def test_who_has_one_score_only_is_left_out_of_a_comparison():
    first, second = [(1, 3), (2, 3), (2, 5), (4, 4)], [(1, 1), (2, 3), (3, 3), (5, 4)]
    holes = [(None, 4), (2, math.nan)]

    for formula in (ancova, difference_in_differences):
        assert formula(*together([*first, *holes], second)) == formula(*together(first, second))


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ([], [], "too_few"),
        ([(1, 2)], [(1, 2), (2, 2), (3, 4)], "too_few"),
        ([(2, 3), (2, 4)], [(2, 2), (2, 1)], "collinear"),
        ([(2, 3), (2, 4)], [(1, 2), (1, 1)], "collinear"),
        ([(1, 2), (2, 3), (3, 4)], [(1, 1), (2, 2), (3, 3)], "no_spread"),
        ([(2, 2), (2, 4), (2, 3)], [(2, 1), (2, 2), (5, 3)], "leverage"),
    ],
)
def test_an_analysis_of_covariance_says_why_there_is_none(first, second, reason):
    assert ancova(*together(first, second)) == NotEstimable(reason)


def test_a_comparison_wants_three_sequences_of_one_length():
    for formula in (ancova, difference_in_differences):
        with pytest.raises(ValueError, match="shorter"):
            formula([1, 2, 3], [1, 2], [True, False])


# Difference in differences.


def test_the_longer_sleep_has_the_interval_that_r_prints():
    """Changes of two groups: t.test(extra ~ group) in R, t = -1.8608, df = 17.776, p = 0.07939."""
    first, second = ([(0.0, one) for one in hours] for hours in LONGER)
    found = difference_in_differences(*together(first, second))

    assert (round(found.estimate / found.se, 4), round(found.df, 3), round(found.p, 5)) == (-1.8608, 17.776, 0.07939)
    assert (round(found.ci_low, 7), round(found.ci_high, 7)) == (-3.3654832, 0.2054832)


def test_card_and_krueger_s_difference_follows_from_the_changes_that_they_print():
    """American Economic Review 84, table 3, balanced sample: 0.47 (0.48) and -2.28 (1.25) give 2.75 (1.34)."""
    new_jersey, pennsylvania = (0.47, 0.48, 309), (-2.28, 1.25, 75)
    change = round(new_jersey[0] - pennsylvania[0], 2)
    found = welch(change, *((se * math.sqrt(n), n) for _, se, n in (new_jersey, pennsylvania)))

    assert (found.estimate, round(found.se, 2)) == (2.75, 1.34)


@given(sides, sides)
@settings(max_examples=100, deadline=None)
def test_the_difference_in_differences_is_welch_s_test_of_the_changes(first, second):
    found = difference_in_differences(*together(first, second))
    changes = [[y - x for x, y in side] for side in (first, second)]
    if any(len(set(one)) == 1 for one in changes):  # of which scipy warns
        assert (found == NotEstimable("no_spread")) is all(len(set(one)) == 1 for one in changes)
        return
    expected = stats.ttest_ind(*changes, equal_var=False)

    assert (found.df, found.p) == pytest.approx((expected.df, expected.pvalue))
    assert (found.ci_low, found.ci_high) == pytest.approx(tuple(expected.confidence_interval()))
    assert found.estimate == pytest.approx(fmean(changes[0]) - fmean(changes[1]))


def test_a_difference_in_differences_says_why_there_is_none():
    assert difference_in_differences([1, 2], [2, 2], [True, False]) == NotEstimable("too_few")
    assert difference_in_differences([1, 2, 1, 2], [2, 3, 1, 2], [True, True, False, False]) == NotEstimable(
        "no_spread"
    )


# CR2.


def test_the_chicks_have_the_clustered_tests_that_clubsandwich_prints():
    """Crowder and Hand 1990, ChickWeight in R; the example of `coef_test` in clubSandwich: diet by time, by chick."""
    design, weights, chicks = chick_weights()
    found = [cluster_robust(design, weights, chicks, column) for column in (5, 6, 7)]

    assert [(f"{one.estimate:.2f}", f"{one.se:.2f}", f"{one.df:.1f}", f"{one.p:.4f}") for one in found] == [
        ("1.77", "1.49", "18.8", "0.2497"),
        ("4.58", "1.35", "18.8", "0.0031"),
        ("2.87", "1.01", "18.3", "0.0105"),
    ]


def test_the_chicks_have_the_clustered_variances_that_clubsandwich_prints():
    """The example of `vcovCR` for lm: weight on time and diet by time, CR2 by chick."""
    design, weights, chicks = chick_weights()
    found = [cluster_robust(design[:, [0, 4, 5, 6, 7]], weights, chicks, column) for column in range(5)]

    assert [round(one.se**2, 7) for one in found] == [3.9317840, 0.4360726, 1.3680862, 1.1195632, 0.5416587]


def chick_weights():
    days = (0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 21)
    design, weights, chicks = [], [], []
    for chick, row in enumerate(rows_of("crowder_hand_1990")):
        diet = [float(row["diet"] == other) for other in "234"]
        for day, weight in zip(days, row["weights"].split(), strict=False):
            design.append((1.0, *diet, day, *(there * day for there in diet)))
            weights.append(float(weight))
            chicks.append(chick)
    return np.array(design), weights, chicks


@given(st.lists(st.tuples(*[st.integers(-4, 4)] * 3), min_size=2, max_size=9))
@settings(max_examples=100, deadline=None)
def test_clusters_of_one_size_are_compared_as_student_compares_their_means(same_size):
    found = cr2(same_size)
    means = [fmean(one) for one in same_size]
    if len(set(means)) == 1:
        assert found == NotEstimable("no_spread")
        return
    expected = stats.ttest_1samp(means, 0.0).confidence_interval()

    assert found.df == pytest.approx(len(same_size) - 1)
    assert (found.ci_low, found.ci_high) == pytest.approx((expected.low, expected.high))


def test_the_memory_of_many_clusters_grows_with_their_people_alone():
    groups = [[(row * at) % 5 for row in range(1, 5)] for at in range(3000)]
    tracemalloc.start()
    cr2(groups)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 20_000_000  # a table of clusters × people would take 288 MB


@given(clusters)
@settings(max_examples=150, deadline=None)
def test_the_mean_over_clusters_is_that_of_all_people_with_fewer_degrees_than_clusters(groups):
    found = cr2(groups)
    if isinstance(found, NotEstimable):
        assert found == NotEstimable("no_spread")
        return

    assert found.estimate == pytest.approx(fmean(one for group in groups for one in group))
    assert 1 <= found.df <= len(groups) - 1 + 1e-9
    assert all(math.isfinite(getattr(found, name)) for name in Estimate.__slots__)


@given(st.lists(st.integers(-4, 4), min_size=2, max_size=20))
def test_people_who_are_each_a_cluster_have_student_s_interval(values):
    found = cr2([[one] for one in values])
    if len(set(values)) == 1:
        assert found == NotEstimable("no_spread")
        return
    expected = stats.ttest_1samp(values, 0.0).confidence_interval()

    assert (found.ci_low, found.ci_high) == pytest.approx((expected.low, expected.high))


def test_clusters_say_why_there_is_no_interval():
    assert cr2([]) == cr2([[], []]) == NotEstimable("too_few")
    assert cr2([[1, 2, 3], []]) == NotEstimable("one_cluster")
    assert cr2([[1, 1], [1, 1]]) == NotEstimable("no_spread")


def test_one_big_and_one_small_cluster_leave_one_degree_of_freedom():
    assert cr2([[1, 2] * 40, [3]]).df == pytest.approx(1)


def test_designs_of_another_length_are_refused():
    with pytest.raises(ValueError, match="a row for each outcome"):
        least_squares([(1.0,), (1.0,)], [1.0])
    with pytest.raises(ValueError, match="each outcome has a cluster"):
        cluster_robust([(1.0,), (1.0,)], [1.0, 2.0], [1], 0)


# Tipping point.


def test_the_change_of_all_is_zero_where_those_without_an_answer_fare_as_the_tipping_point_says():
    found = tipping_point(0.6, 0.2, 1.0, answered=30, silent=10)

    assert found == TippingPoint(*(pytest.approx(one) for one in (2.4, -1.8, 0.8, -0.2)))
    assert (30 * 0.6 + 10 * found.change) / 40 == pytest.approx(0)
    assert (30 * 0.2 + 10 * (0.2 - found.limit_delta)) / 40 == pytest.approx(0)


def test_a_change_for_the_worse_tips_the_other_way():
    assert tipping_point(-0.6, -1.0, -0.2, answered=30, silent=10) == TippingPoint(
        *(pytest.approx(one) for one in (-2.4, 1.8, -0.8, 0.2))
    )


def test_an_interval_that_holds_zero_has_no_limit_to_tip():
    for low, high in ((-0.1, 0.9), (0.0, 0.8), (None, None)):
        found = tipping_point(0.4, low, high, answered=30, silent=10)
        assert (found.limit_delta, found.limit_change) == (None, None)


def test_a_tipping_point_says_why_there_is_none():
    assert tipping_point(0.4, 0.1, 0.7, answered=30, silent=0) == NotEstimable("too_few")
    assert tipping_point(0.4, 0.1, 0.7, answered=0, silent=3) == NotEstimable("too_few")
    assert tipping_point(0.0, -0.1, 0.1, answered=30, silent=3) == NotEstimable("no_change")
    with pytest.raises(ValueError, match="not negative"):
        tipping_point(0.4, 0.1, 0.7, answered=-1, silent=3)
