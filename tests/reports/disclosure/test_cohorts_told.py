"""Groups beside their programme: whoever subtracts published groups from published wholes finds nobody, or k people."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import numpy as np
import pytest
from plugins.respondents import DAY
from sqlalchemy import select

from reports.data.answers import WantedAnswers
from reports.data.frames import read
from reports.data.indicators import PARTICIPANTS, indicators
from reports.disclosure.cohort_releases import part, told
from reports.disclosure.release_units import who
from reports.disclosure.suppression import Cells
from storage.analysis import published
from storage.cohorts import listing
from storage.schema import EnrolmentState, published_figure

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
SLOVENE = "kamnik-slovenscina"
PRIMARY = WantedAnswers(("primary",), ("before", "after"))
K = Cells(5, 10)
PAIRS = [(1, 3), (2, 3), (2, 2), (3, 4), (3, 3), (4, 3), (2, 4), (1, 2), (2, 1), (3, 5), (1, 1), (2, 4)]


@pytest.fixture
def groups(new_group):
    """Groups of so many people, ending one day after the other."""

    def added(*sizes):
        found = [new_group(SLOVENE, start=date(2026, 8, 28) + timedelta(days=day)) for day in range(len(sizes))]
        for group, size in zip(found, sizes, strict=True):
            group.changes(PAIRS[:size])
        return found

    return added


@pytest.fixture
def look(memory, programmes):
    """What is told of each group, in people; it is remembered as published, or the whole programme alone."""

    def looked(now=NOW, *, groups=True):
        there = sorted(listing(memory, SLOVENE), key=lambda one: (one.end, one.id))
        primary = indicators(programmes[SLOVENE])[0]
        data = read(memory, SLOVENE, PRIMARY).of(PARTICIPANTS)
        found = told(memory, SLOVENE, primary, data, there, there, now, K)
        published.store(memory, [one for one in found.published if groups or ":cohort:" not in one.figure], now)
        return [release.n for release in found.releases.values()]

    return looked


def late(group, pairs, finished):
    """More people of a group, whose second answer comes only then."""
    for before, after in pairs:
        one = group.enrols()
        group.answers(one, "before", primary=before)
        group.answers(one, "after", finished=finished, primary=after)


def test_a_group_that_is_the_whole_programme_is_told(groups, look):
    groups(8)

    assert look() == [8]


def test_nobody_is_told_where_the_rest_is_too_few(groups, look):
    groups(8, 3)

    assert look() == [0, 0]


def test_groups_of_k_people_are_all_told(groups, look):
    groups(8, 5, 12)

    assert look() == [8, 5, 12]


def test_a_small_group_hides_a_second_one_with_it(groups, look):
    groups(8, 3, 8)

    assert look() == [8, 0, 0]


def test_a_group_grows_only_by_k_people_and_then_with_the_whole(groups, look):
    group, _ = groups(6, 8)
    assert look() == [6, 8]

    late(group, PAIRS[2:5], NOW + DAY)
    assert look(NOW + 7 * DAY) == [6, 8]
    late(group, PAIRS[5:8], NOW + 8 * DAY)
    assert look(NOW + 14 * DAY) == [12, 8]


def test_a_group_is_told_as_it_stood_and_hides_another_that_would_tell_its_late_people(groups, look, new_group):
    group = groups(8)[0]
    assert look() == [8]

    late(group, PAIRS[:2], NOW + DAY)
    new_group(SLOVENE, start=date(2026, 9, 20)).changes(PAIRS)
    assert look(NOW + 7 * DAY) == [8, 0]


def test_what_was_told_stays_told_though_the_people_cannot_be_found_again(groups, look):
    first, _ = groups(8, 8)
    assert look() == [8, 8]

    first.becomes(1, EnrolmentState.ERASED)
    assert look(NOW + 7 * DAY) == [8, 8]


def test_somebody_in_two_groups_counts_with_the_last_one(groups, look):
    _, second = groups(8, 8)
    for person in (1, 2):
        again = second.joins(person)
        second.answers(again, "before", primary=2)
        second.answers(again, "after", primary=4)

    assert look() == [6, 10]


def test_a_part_has_the_people_occasions_and_answers_of_one_group(groups, memory):
    first, second = groups(3, 5)
    data = part(read(memory, SLOVENE, PRIMARY), second.cohort)

    assert set(data.people["cohort"]) == {second.cohort}
    assert (len(data.people), len(data.occasions), len(data.pairs("primary", "before", "after"))) == (5, 10, 5)
    assert len(part(data, first.cohort).people) == 0


@pytest.mark.parametrize("seed", range(8, 12))
def test_whoever_solves_all_that_was_published_finds_nobody(new_group, memory, look, seed):
    chance = Random(seed)
    groups = [new_group(SLOVENE, start=date(2026, 8, 28) + timedelta(days=day)) for day in range(4)]
    for week in range(6):
        for group in groups[: week + 1]:
            came = chance.choice([0, 1, 3, 4, 7])
            late(group, [(chance.randint(1, 4), chance.randint(2, 5)) for _ in range(came)], NOW + week * 7 * DAY)
        look(NOW + week * 7 * DAY + DAY, groups=chance.random() < 0.7)
    everybody = read(memory, SLOVENE).of(PARTICIPANTS).people["code"].tolist()
    sets = np.array([[code in people for code in everybody] for people in _published(memory)], dtype=float)

    assert len(sets) > 0
    found = np.linalg.pinv(sets) @ sets  # projects onto what follows from the sums
    assert [code for at, code in enumerate(everybody) if found[at, at] > 1 - 1e-9] == []


def _published(memory):
    """The people behind every edition that was ever published, found by their fingerprint."""
    rows = memory.execute(select(published_figure.c.figure, published_figure.c.n, published_figure.c.value)).all()
    data = read(memory, SLOVENE, PRIMARY).of(PARTICIPANTS)
    for figure, n, value in {tuple(row) for row in rows if row.figure.endswith(":who")}:
        there = data if ":cohort:" not in figure else part(data, int(figure.split(":")[3]))
        ended = there.last_ended("primary", "before", "after")
        people = {code for _, code in sorted(zip(ended, ended.index, strict=True))[:n]}
        assert who(people) == value
        yield people
