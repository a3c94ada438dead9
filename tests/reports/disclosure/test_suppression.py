"""Small groups: cells are joined until each is big enough, and successive reports are never too close."""

from hypothesis import given
from hypothesis import strategies as st

from reports.disclosure.suppression import (
    CELL,
    FEATURES,
    NOTHING,
    SHOWN,
    Block,
    Number,
    Release,
    admitted,
    choose,
    constant,
    editions_of,
    enough,
    join_neighbours,
    join_smallest,
    mask,
)
from storage.analysis.published import Published

counts = st.lists(st.integers(0, 30), min_size=1, max_size=6)
k = 5


def sums(row, groups):
    return [sum(row[position] for position in group) for group in groups]


def block(n, value=1.0, **counts):
    numbers = {"mean": Number(value, n), **{key: Number(count, n) for key, count in counts.items()}}
    return Block("impact:x", numbers, (tuple((key,) for key in counts),) if counts else ())


def release(n, period, value=1.0, **counts):
    return Release(block(n, value, **counts).numbers, period, fresh=False)


def test_a_group_of_k_is_big_enough():
    assert enough(5, 5)
    assert not enough(4, 5)


def test_a_column_that_says_the_same_of_everybody_is_constant():
    assert constant([1, 2], [3, 3])
    assert constant([])
    assert not constant([1, 2], [3, 2])


def test_neighbours_are_joined_only_where_they_must_be():
    assert join_neighbours([[5, 6, 7]], 5) == ((0,), (1,), (2,))
    assert join_neighbours([[2, 6, 7]], 5) == ((0, 1), (2,))
    assert join_neighbours([[1, 2, 16]], 5) == ((0, 1, 2),)
    assert join_neighbours([[4, 3, 16, 1]], 5) == ((0, 1), (2, 3))


def test_a_division_serves_every_row():
    assert join_neighbours([[10, 10, 1], [1, 10, 10]], 5) == ((0, 1, 2),)
    assert join_neighbours([[10, 10, 6], [7, 1, 10]], 5) == ((0,), (1, 2))


def test_no_categories_have_no_division():
    assert join_neighbours([], 5) == ()
    assert join_smallest([], 5) == ()


def test_the_smallest_are_joined_with_the_next_one_until_they_are_enough():
    assert join_smallest([20, 3, 9], 5) == ((0,), (1, 2))
    assert join_smallest([20, 3, 2, 9], 5) == ((0,), (3,), (1, 2))
    assert join_smallest([20, 8], 5) == ((0,), (1,))
    assert join_smallest([20, 1], 5) == ((0, 1),)
    assert join_smallest([20, 5], 5) == ((0,), (1,))
    assert join_smallest([20, 3, 5, 2], 5) == ((0,), (2,), (1, 3))


@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 30), min_size=n, max_size=n), min_size=1, max_size=2)
    )
)
def test_joined_neighbours_are_a_division_in_order_whose_cells_are_all_big_enough(rows):
    groups = join_neighbours(rows, k)

    assert [position for group in groups for position in group] == list(range(len(rows[0])))
    if len(groups) > 1:
        assert min(sum_ for row in rows for sum_ in sums(row, groups)) >= k


@given(counts)
def test_joined_small_categories_are_a_division_whose_cells_are_all_big_enough(row):
    groups = join_smallest(row, k)

    assert sorted(position for group in groups for position in group) == list(range(len(row)))
    if len(groups) > 1:
        assert min(sums(row, groups)) >= k


@given(st.lists(counts, min_size=1, max_size=2).filter(lambda rows: len({len(row) for row in rows}) == 1))
def test_the_groups_of_a_greater_k_are_made_of_whole_groups_of_a_smaller_one(rows):
    fine, coarse = join_neighbours(rows, 5), join_neighbours(rows, 10)

    assert all(any(set(group) <= set(wider) for wider in coarse) for group in fine)


def test_a_block_is_admitted_beside_the_same_people_or_k_more_or_less():
    assert admitted(block(12), release(12, "2026-11-15"), k)
    assert admitted(block(12), release(7, "2026-11-15"), k)
    assert admitted(block(12), release(17, "2026-11-15"), k)
    assert not admitted(block(12), release(16, "2026-11-15"), k)


def test_as_many_but_other_people_are_not_admitted():
    assert admitted(block(12, who=3.0), release(12, "2026-11-15", who=3.0), k)
    assert not admitted(block(12, who=4.0), release(12, "2026-11-15", who=3.0), k)


def test_newcomers_who_all_answered_alike_are_not_told_apart():
    before = release(12, "2026-11-15", no=6, yes=6)

    assert not admitted(block(17, no=6, yes=11), before, k)
    assert admitted(block(17, no=7, yes=10), before, k)


def test_an_edition_without_the_counts_tells_nobody_apart():
    assert admitted(block(17, no=6, yes=11), release(12, "2026-11-15"), k)


def test_features_are_remembered_as_one_number_and_found_again():
    assert [mask([feature]) for feature in FEATURES] == [1, 2, 4, 8, 16]
    found = Release({SHOWN: Number(float(mask(["verdict", "directions"])), 12)}, "2026-11-15", fresh=False)

    assert found.features == {"directions", "verdict"}
    assert [found.shows(feature) for feature in FEATURES] == [False, True, False, False, True]
    assert NOTHING.features == frozenset()


def test_the_table_of_both_scores_holds_the_cells_in_which_somebody_is():
    cells = {f"{CELL}2/4": Number(3.0, 12), f"{CELL}1/5": Number(9.0, 12), f"{CELL}3/3": Number(0.0, 12)}
    found = Release({"mean": Number(1.0, 12), **cells}, "2026-11-15", fresh=False)

    assert found.table == (((1, 5), 9), ((2, 4), 3))


def test_a_count_that_is_unknown_counts_nobody():
    found = Release({"yes": Number(None, 12), "no": Number(7.0, 12)}, "2026-11-15", fresh=False)

    assert (found.count("yes"), found.count("no")) == (0, 7)


def test_the_people_and_the_figures_of_a_block_are_those_of_its_numbers():
    assert (block(12, yes=7).n, release(12, "2026-11-15", yes=7).n) == (12, 12)
    assert (Block("impact:x", {}).n, NOTHING.n) == (0, 0)
    assert block(12, yes=7).figures == ["impact:x:mean", "impact:x:yes"]


def test_the_first_edition_is_the_new_one():
    found = choose(block(12), [], "2026-11-22", k)

    assert (found["mean"], found.n, found.fresh) == (1.0, 12, True)


def test_a_group_that_grew_by_less_than_k_repeats_what_was_last_published():
    found = choose(block(14, 2.0), [release(7, "2026-11-01", 0.5), release(12, "2026-11-15")], "2026-11-22", k)

    assert (found["mean"], found.n, found.period, found.fresh) == (1.0, 12, "2026-11-15", False)


def test_a_group_that_grew_by_k_has_a_new_edition():
    assert choose(block(17, 2.0), [release(12, "2026-11-15")], "2026-11-22", k)["mean"] == 2.0


def test_of_one_day_only_the_first_edition_is_told():
    assert choose(block(17, 2.0), [release(12, "2026-11-22")], "2026-11-22", k)["mean"] == 1.0
    assert choose(block(12, 2.0), [release(12, "2026-11-22")], "2026-11-22", k)["mean"] == 2.0


def test_a_small_group_has_no_edition():
    assert choose(block(4), [], "2026-11-22", k) is NOTHING


def test_a_hidden_block_has_no_numbers_and_says_that_it_is_hidden():
    found = choose(Block("impact:x", {}, hidden=True), [release(12, "2026-11-15")], "2026-11-22", k)

    assert found == Release({}, "2026-11-22", fresh=True, hidden=True)
    assert not found


def test_an_earlier_week_is_not_told_with_later_numbers():
    found = choose(block(11), [release(12, "2026-11-15")], "2026-11-08", k)
    assert (bool(found), found.hidden) == (False, True)
    assert choose(block(k - 1), [release(k, "2026-11-15")], "2026-11-08", k) == NOTHING


def test_an_earlier_edition_without_all_the_numbers_of_today_is_not_repeated():
    assert not choose(block(13, sd=1.0), [release(12, "2026-11-15")], "2026-11-22", k)


def test_what_was_remembered_becomes_editions_by_period():
    rows = [
        Published("impact:x:sd", "2026-11-22", 17, 0.5),
        Published("impact:x:mean", "2026-11-22", 17, 2.0),
        Published("impact:x:mean", "2026-11-15", 12, 1.0),
    ]

    assert editions_of(block(12), rows) == [
        release(12, "2026-11-15"),
        Release({"sd": Number(0.5, 17), "mean": Number(2.0, 17)}, "2026-11-22", fresh=False),
    ]


@given(st.lists(st.integers(0, 40), max_size=12))
def test_over_any_history_shown_groups_are_big_enough_and_equal_or_k_apart(sizes):
    history = []
    for day, n in enumerate(sizes, 10):
        found = choose(block(n, float(day)), history, f"2026-01-{day}", k)
        if found and found.fresh:
            history.append(found)
    shown = [one.n for one in history]

    assert all(n >= k for n in shown)
    assert all(a == b or abs(a - b) >= k for a in shown for b in shown)
