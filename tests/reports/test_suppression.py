"""Small groups: cells are joined until each is big enough, and successive reports are never too close."""

from hypothesis import given
from hypothesis import strategies as st

from reports.suppression import (
    NOTHING,
    Block,
    Number,
    admitted,
    choose,
    constant,
    enough,
    join_neighbours,
    join_smallest,
)
from storage.published import Published

counts = st.lists(st.integers(0, 30), min_size=1, max_size=6)
k = 5


def sums(row, groups):
    return [sum(row[position] for position in group) for group in groups]


def published(n, period, value=1.0):
    return Published("impact:x:mean", period, n, value)


def block(n, value=1.0):
    return Block("impact:x", {"mean": Number(value, n)})


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


def test_a_value_is_admitted_beside_the_same_number_of_people_or_k_more_or_less():
    assert admitted(12, [], k)
    assert admitted(12, [12, 7, 17], k)
    assert not admitted(12, [12, 16], k)


def test_the_first_edition_is_the_new_one():
    found = choose(block(12), [], "2026-11-22", k)

    assert (found["mean"], found.people("mean"), found.fresh) == (1.0, 12, True)


def test_a_group_that_grew_by_less_than_k_repeats_what_was_last_published():
    found = choose(block(14, 2.0), [published(7, "2026-11-01", 0.5), published(12, "2026-11-15")], "2026-11-22", k)

    assert (found["mean"], found.people("mean"), found.period, found.fresh) == (1.0, 12, "2026-11-15", False)


def test_a_group_that_grew_by_k_has_a_new_edition():
    assert choose(block(17, 2.0), [published(12, "2026-11-15")], "2026-11-22", k)["mean"] == 2.0


def test_a_small_group_has_no_edition():
    assert choose(block(4), [], "2026-11-22", k) is NOTHING


def test_an_earlier_week_is_not_told_with_later_numbers():
    assert not choose(block(11), [published(12, "2026-11-15")], "2026-11-08", k)


def test_an_earlier_edition_without_all_the_numbers_of_today_is_not_repeated():
    two = Block("impact:x", {"mean": Number(1.0, 13), "sd": Number(1.0, 13)})

    assert not choose(two, [published(12, "2026-11-15")], "2026-11-22", k)


@given(st.lists(st.integers(0, 40), max_size=12))
def test_over_any_history_shown_groups_are_big_enough_and_equal_or_k_apart(sizes):
    history = []
    for day, n in enumerate(sizes, 10):
        edition = choose(block(n, float(day)), history, f"2026-01-{day}", k)
        if edition and edition.fresh:
            history.append(published(n, edition.period, edition["mean"]))
    shown = [one.n for one in history]

    assert all(n >= k for n in shown)
    assert all(a == b or abs(a - b) >= k for a in shown for b in shown)
