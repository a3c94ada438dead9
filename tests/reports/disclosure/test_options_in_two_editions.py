"""Answers of which several may be chosen: no hidden count follows from two editions, nor what all newcomers said."""

from itertools import product

import pytest

from reports.disclosure.suppression import Block, Number, Release, admitted


def block(n, **chosen):
    """One wave of n people of whom so many chose each option."""
    counts = {key: value for name, many in chosen.items() for key, value in ((name, many), (f"{name}.not", n - many))}
    options = tuple((((name,), (f"{name}.not",)),) for name in chosen)
    return Block("x", {key: Number(float(value), n) for key, value in counts.items()}, options=options)


@pytest.mark.parametrize(
    ("then", "now", "may"),
    [
        (block(20, a=9), block(25, a=12), True),
        (block(20, a=9), block(25, a=14), False),  # all newcomers chose it
        (block(20, a=9), block(25, a=9), False),  # none did
        (block(20, a=4), block(25, a=9), False),  # hidden then, but what was hidden would follow
        (block(20, a=9), block(15, a=4), False),  # hidden now, but all who left had chosen it
        (block(16, a=4), block(21, a=8), False),  # 4 to 7 then, and hidden: 4
        (block(21, a=8), block(16, a=4), False),
        (block(16, a=4), block(22, a=8), True),  # 3 or 4
        (block(31, a=12), block(16, a=4), True),
        (block(20, a=9), block(31, a=4), False),  # hidden now: others have left
        (block(20, a=0), block(25, a=0), True),  # hidden both times
        (block(20, a=9, b=0), block(25, a=12, b=0), True),
        (block(20, a=9, b=6), block(25, a=12, b=6), False),
    ],
)
def test_an_edition_may_follow_where_newcomers_differ_in_every_option_that_is_shown(then, now, may):
    assert follows(now, then) is may
    assert follows(mirrored(now), mirrored(then)) is may


def follows(now, then, k=5):
    return admitted(now, Release(then.numbers, "2026-12-20", fresh=False), k)


def mirrored(of):
    """The same people, where each option was chosen by those who did not choose it."""
    return block(of.n, **{key.removesuffix(".not"): int(one.value) for key, one in of.numbers.items() if ".not" in key})


def test_nobody_and_everybody_are_among_the_counts_that_may_be_hidden():
    then, now = block(4, a=1), block(10, a=2)  # nobody or one
    assert follows(now, then, k=2)
    assert follows(mirrored(now), mirrored(then), k=2)


def sides(n, before, after):
    counts = {"before": before, "before.not": n - before, "after": after, "after.not": n - after}
    option = tuple(((side,), (f"{side}.not",)) for side in ("before", "after"))
    return Block("x", {key: Number(float(value), n) for key, value in counts.items()}, options=(option,))


def test_two_sides_may_be_hidden_together_where_a_reader_knows_neither_which_nor_how_many():
    assert follows(sides(21, 8, 8), sides(16, 4, 4))
    assert not follows(sides(21, 8, 10), sides(16, 4, 7))


@pytest.mark.parametrize(("n", "more", "k"), [(1, 3, 1), (4, 2, 2), (10, 5, 5), (14, 6, 5)])
def test_a_reader_of_two_editions_learns_neither_a_hidden_count_nor_what_all_newcomers_chose(n, more, k):
    """Every way in which one option may have been chosen, sorted by what the reader sees."""

    def seen(many, *counts):
        return counts if all(k <= count <= many - k for count in counts) else None

    fitting = {}
    for before, after in product(range(n + 1), repeat=2):
        for first, second in product(range(more + 1), repeat=2):
            now = sides(n + more, before + first, after + second)
            told = follows(now, sides(n, before, after), k)
            later = seen(n + more, before + first, after + second) if told else "the same"
            fitting.setdefault((seen(n, before, after), later), []).append((before, after, first, second))
    for (then, _), ways in fitting.items():
        before, after, *newcomers = map(set, zip(*ways, strict=True))
        assert all(len(chosen) > 1 or not chosen & {0, more} for chosen in newcomers)
        assert then is not None or len(before) > 1 < len(after)
