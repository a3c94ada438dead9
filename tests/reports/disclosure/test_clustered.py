"""People of one group resemble each other: the interval that allows for it, the sentence, and what it may tell."""

import tracemalloc
from collections import Counter
from datetime import UTC, date, datetime
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plugins.respondents import DAY, open_text

from reports import texts
from reports.disclosure.clusters import GroupTables, safe_by_group
from reports.disclosure.protection import safe_features
from reports.disclosure.publishing import publish
from reports.disclosure.suppression import Cells
from reports.formulas.comparison import cr2
from reports.kinds.impact import impact
from reports.kinds.weekly import weekly
from reports.report import Paragraph
from reports.texts import clustered as words
from surveys.locale_sl import rounded
from surveys.weeks import week_of

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
SLUG = "kamnik-slovenscina"
GROUPS = [
    [(1, 3), (2, 3), (2, 4), (3, 3), (1, 2), (2, 2), (4, 5)],
    [(1, 1), (2, 2), (3, 3), (2, 3), (4, 3), (1, 2)],
    [(2, 5), (1, 4), (3, 5), (2, 3), (1, 2), (2, 2), (3, 4), (2, 4)],
    [(3, 3), (2, 3), (4, 4), (1, 2), (2, 1)],
    [(1, 3), (2, 4), (2, 2), (3, 4), (2, 3), (5, 4)],
    [(2, 3), (1, 1), (3, 3), (2, 2), (2, 4)],
]
CELLS = list(product(range(1, 4), range(1, 4)))


@pytest.fixture
def make(memory, programmes, new_group):
    """Makes and publishes the report over so many groups."""

    def made(groups, k=1, now=NOW):
        for number, pairs in enumerate(groups):
            new_group(start=date(2026, 8, 3 + number)).changes(pairs)
        report = impact(memory, programmes[SLUG], now, Cells(k, 10), open_text)
        assert publish(memory, report, now, Cells(k, 10))
        return report

    return made


def told(report, id_="change"):
    section = next(one for one in report.sections if one.id == id_)
    return [block.text for block in section.blocks if isinstance(block, Paragraph)]


def test_over_six_groups_the_interval_is_that_of_cr2(make):
    report = make(GROUPS)
    expected = cr2([[after - before for before, after in pairs] for pairs in GROUPS])
    figure = report.figures["groups.change"]

    assert figure.value == report.figures["primary.change"].value
    assert (figure.low, figure.high) == (rounded(expected.ci_low, 1), rounded(expected.ci_high, 1))
    assert any(one.startswith("Ljudje iz iste skupine so si podobni. Če to upoštevamo (6") for one in told(report))


def test_too_few_groups_have_a_sentence_and_no_interval(make):
    report = make(GROUPS[:3])

    assert words.too_few(3) in told(report)
    assert "groups.change" not in report.figures


def test_one_group_speaks_for_itself_alone(make):
    assert words.ONE in told(make(GROUPS[:1]))


def test_one_big_group_among_small_ones_leaves_too_few_degrees_of_freedom(make):
    groups = [GROUPS[0] * 10, *([(1, 2)], [(2, 3)], [(3, 3)], [(1, 1)], [(2, 4)])]

    assert words.too_few(6) in told(make(groups))


def test_without_a_change_nothing_is_said_of_groups(make):
    assert not any("skupin" in one for one in told(make([[(1, 2), (2, 2)]], k=5)))


def test_the_interval_of_many_people_is_told_inside_the_library_and_repeated(make, memory, programmes):
    first = make([pairs * 3 for pairs in GROUPS], k=5)
    again = impact(memory, programmes[SLUG], NOW + 7 * DAY, Cells(5, 10), open_text)

    assert first.figures["groups.change"].low is not None
    assert again.figures["groups.change"] == first.figures["groups.change"]


def test_a_change_that_is_repeated_has_no_interval_of_other_people(make, memory, programmes, new_group):
    make([pairs * 3 for pairs in GROUPS], k=5)
    new_group(start=date(2026, 8, 20)).changes([(1, 5), (1, 5)])
    again = impact(memory, programmes[SLUG], NOW + 7 * DAY, Cells(5, 10), open_text)

    assert again.figures["groups.change"].n == again.figures["primary.n"].value


@settings(max_examples=40)
@given(st.lists(st.lists(st.sampled_from(CELLS), min_size=2, max_size=3), min_size=2, max_size=2))
def test_no_hidden_count_follows_even_for_who_knows_the_sum_of_each_group(groups):
    k = 2
    people = [cell for group in groups for cell in group]
    features = safe_features(table_of(people), (1, 3), k, means=True, answers=False, wanted=())
    if features is None or not safe_by_group(tables_of(groups), (1, 3), k, features, None, ordered=True):
        return
    worlds = [
        [*one, *other]
        for one, other in product(*(alike(group) for group in groups))
        if means([*one, *other]) == means(people)
    ]
    for at, n in enumerate(directions(people)):
        assert n >= k or len({directions(one)[at] for one in worlds}) > 1


@pytest.mark.parametrize("small", [3, 30])
def test_what_follows_from_ten_groups_more_is_looked_for_among_as_many_people(small):
    """People of the first groups alone are moved, so that thousands of groups take no longer than some dozens."""
    groups = [CELLS[at % 4 : at % 4 + 5] for at in range(400)]
    few, many = (
        safe_by_group(tables_of(part), (1, 3), small, frozenset(), None, ordered=True) for part in (groups[:60], groups)
    )
    tracemalloc.start()
    assert safe_by_group(tables_of(groups * 10), (1, 3), small, frozenset(), None, ordered=True) == few == many
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 30_000_000  # a fact over all people for each of the groups would take 2.3 GB


def table_of(pairs):
    return tuple(sorted(Counter(pairs).items()))


def tables_of(groups):
    cells = sorted({cell for group in groups for cell in group})
    return GroupTables(tuple(cells), np.array([[group.count(cell) for cell in cells] for group in groups]))


def alike(group):
    """Whatever else as many people could have answered with the same sum of changes."""
    found = combinations_with_replacement(CELLS, len(group))
    return [one for one in found if sum(y - x for x, y in one) == sum(y - x for x, y in group)]


def means(pairs):
    return [rounded(sum(pair[side] for pair in pairs) / len(pairs), 1) for side in (0, 1)]


def directions(pairs):
    return [sum((y > x) - (y < x) == sign for x, y in pairs) for sign in (-1, 0, 1)]


def test_groups_have_the_forms_of_their_number():
    for form in (words.too_few, words.hidden, lambda n: words.told(n, (0.2, 0.9), "branje")):
        assert len({form(n).replace(f"{n}\N{NO-BREAK SPACE}", "") for n in (1, 2, 3, 5)}) == 4


def test_an_interval_around_zero_says_that_the_change_may_be_chance():
    assert "tako gledano je sprememba lahko tudi naključna." in words.told(6, (-0.2, 0.9), "branje")
    assert "naključna" not in words.told(6, (0.2, 0.9), "branje")


def test_the_interval_says_of_what_it_is_and_that_the_others_do_not_allow_for_groups():
    told = words.told(6, (0.2, 0.9), "branje")

    assert "je razpon spremembe (branje) od +0,2 do +0,9." in told
    assert told.endswith("Drugi razponi tega ne upoštevajo in so verjetno preozki.")
    assert "nekoliko" not in words.too_few(3)


def test_the_verdict_and_the_level_follow_the_wider_interval_in_every_report(make, memory, programmes):
    groups = [[(1, 4)] * 6, [(1, 4)] * 6, [(3, 3)] * 6, [(3, 3), (4, 3)] * 3, [(1, 3)] * 6, [(4, 3)] * 6]
    report = make(groups)
    week = weekly(memory, programmes[SLUG], week_of(NOW), NOW, Cells(1, 10), open_text)
    primary, cautious = report.figures["primary.change"], report.figures["groups.change"]

    assert primary.low > 0 > cautious.low
    assert any(texts.CHANCE_BY_GROUP in one for one in told(report, "summary"))
    assert any(texts.CHANCE_BY_GROUP in one for one in told(week, "change"))
    assert told(report, "evidence")[0].startswith("Raven dokazov: 1\N{NO-BREAK SPACE}od")


def test_the_verdict_stays_where_the_wider_interval_lies_on_one_side_too(make):
    report = make(GROUPS)

    assert report.figures["groups.change"].low > 0
    assert any("Sprememba verjetno ni naključna." in one for one in told(report, "summary"))
