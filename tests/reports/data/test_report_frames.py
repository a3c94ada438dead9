"""The answers of a programme as columns: types, one value a person, and what a moment and an audience leave."""

from datetime import date

import pytest
from plugins.respondents import DAY, OPENS, grouper

from reports.data.frames import read
from storage.schema import Allocation, EnrolmentState, OccasionState
from surveys.model import Mode, NonAnswer

SLUG = "kamnik-slovenscina"


@pytest.fixture
def new_cohort(connection, programmes):
    """Cohorts of a shipped programme, in a database of either kind."""
    return grouper(connection, programmes)


@pytest.fixture
def group(new_cohort):
    return new_cohort(SLUG)


def test_every_column_has_a_type_also_without_a_row(connection, group):
    empty = read(connection, SLUG)
    group.answers(group.enrols(), "before", primary=2)
    group.asks(group.enrols(), "before")
    full = read(connection, SLUG)

    for name in ("people", "occasions", "answers"):
        types = [getattr(data, name).dtypes.astype(str).to_dict() for data in (empty, full)]
        assert types[0] == types[1]


def test_answers_stand_beside_their_person_wave_and_moment(connection, group):
    one = group.enrols()
    group.answers(one, "before", primary=2, slovene_days=0, belonging=NonAnswer.REFUSED)
    group.answers(one, "after", primary=4)
    found = read(connection, SLUG).answers.sort_values(["wave", "item"])

    assert [tuple(row) for row in found[["code", "wave", "item", "value"]].itertuples(index=False)] == [
        (f"KAM-{group.cohort}0001", "after", "primary", 4),
        (f"KAM-{group.cohort}0001", "before", "primary", 2),
        (f"KAM-{group.cohort}0001", "before", "slovene_days", 0),
    ]
    assert list(found["ended_at"]) == [OPENS["after"] + DAY, OPENS["before"] + DAY, OPENS["before"] + DAY]


def test_values_are_one_a_person_by_code(connection, group):
    group.answers(group.enrols(), "before", primary=2)
    group.answers(group.enrols(), "before", primary=5)
    data = read(connection, SLUG)

    assert data.values("primary", "before").to_dict() == {f"KAM-{group.cohort}0001": 2, f"KAM-{group.cohort}0002": 5}
    assert data.values("primary", "after").to_dict() == {}
    assert data.values("never_asked", "before").to_dict() == {}


def test_pairs_are_those_who_answered_both_times(connection, group):
    group.changes([(1, 3), (2, 2)])
    group.answers(group.enrols(), "before", primary=5)
    pairs = read(connection, SLUG).pairs("primary", "before", "after")

    assert list(pairs.itertuples(name=None)) == [(f"KAM-{group.cohort}0001", 1, 3), (f"KAM-{group.cohort}0002", 2, 2)]


def test_who_came_twice_counts_with_the_last_cohort_that_has_the_pair(connection, new_cohort):
    later, earlier = new_cohort(SLUG), new_cohort(SLUG, start=date(2026, 3, 2))
    first = earlier.changes([(1, 2), (1, 3)])
    again = [later.joins(number) for number in first]
    for wave, value in (("before", 4), ("after", 5)):
        later.answers(again[0], wave, primary=value)
    later.answers(again[1], "before", primary=3)
    data = read(connection, SLUG)

    assert sorted(data.pairs("primary", "before", "after").itertuples(index=False, name=None)) == [(1, 3), (4, 5)]
    assert sorted(data.values("primary", "before")) == [3, 4]


def test_who_waits_is_beside_those_who_take_part_and_never_among_them(connection, group):
    group.changes([(1, 3), (2, 2)])
    group.changes_waiting([(2, 2), (3, 4), (4, 4)], Allocation.LOT)
    data = read(connection, SLUG)

    assert (len(data.people), len(data.occasions), len(data.answers)) == (2, 4, 4)
    assert sorted(data.pairs("primary", "before", "after").itertuples(index=False, name=None)) == [(1, 3), (2, 2)]
    assert data.waiting is not None
    assert set(data.waiting.people["allocation"]) == {Allocation.LOT}
    for waiting in (data.waiting, data.of("participants").waiting, data.until(OPENS["after"] + 2 * DAY).waiting):
        pairs = waiting.pairs("primary", "before", "after")
        assert sorted(pairs.itertuples(index=False, name=None)) == [(2, 2), (3, 4), (4, 4)]
    assert list(data.until(OPENS["after"]).waiting.pairs("primary", "before", "after").index) == []
    assert len(data.of("volunteers").waiting.people) == 0


def test_who_waited_and_joined_counts_once_in_each_role(connection, new_cohort):
    autumn, spring = new_cohort(SLUG), new_cohort(SLUG, start=date(2026, 11, 2))
    waited = autumn.waits()
    autumn.answers(waited, "before", primary=1)
    autumn.answers(waited, "after", primary=2)
    joined = spring.joins(waited)
    spring.brings(joined, waited, OPENS["followup"])
    spring.answers(joined, "after", primary=5, finished=OPENS["followup"] + 9 * DAY)
    data = read(connection, SLUG)

    assert list(data.pairs("primary", "before", "after").itertuples(index=False, name=None)) == [(2, 5)]
    assert list(data.waiting.pairs("primary", "before", "after").itertuples(index=False, name=None)) == [(1, 2)]
    assert list(data.until(OPENS["followup"] - DAY).values("primary", "before")) == []
    assert list(data.until(OPENS["followup"]).values("primary", "before")) == [2]


def test_an_audience_has_its_own_people_occasions_and_answers(connection, new_cohort):
    adults, helpers = new_cohort(SLUG), new_cohort(SLUG, audience="volunteers")
    adults.answers(adults.enrols(), "before", primary=2)
    helpers.answers(helpers.enrols(), "before", primary=4)
    found = read(connection, SLUG).of("volunteers")

    assert (len(found.people), len(found.occasions), len(found.answers)) == (1, 1, 1)
    assert list(found.values("primary", "before")) == [4]


def test_what_was_answered_later_is_not_in_it(connection, group):
    group.changes([(1, 3)])
    found = read(connection, SLUG).until(OPENS["after"])

    assert (len(found.pairs("primary", "before", "after")), list(found.values("primary", "before"))) == (0, [1])


def test_the_last_hand_of_each_person_is_known(connection, group):
    one = group.enrols()
    group.answers(one, "before", mode=Mode.PAPER, primary=2)
    group.answers(one, "after", mode=Mode.ASSISTED, primary=2)
    data = read(connection, SLUG)

    assert list(data.last_modes(OPENS["after"] + 9 * DAY)) == [Mode.ASSISTED]
    assert list(data.last_modes(OPENS["before"] + 9 * DAY)) == [Mode.PAPER]


def test_occasions_are_in_the_order_of_people_and_waves(connection, group):
    one, other = group.enrols(), group.enrols(EnrolmentState.DECLINED)
    group.asks(other, "before", OccasionState.CANCELLED)
    group.asks(one, "after")
    group.asks(one, "before")
    found = read(connection, SLUG).occasions

    assert list(zip(found["enrolment"], found["wave"], strict=True)) == [
        (one, "before"),
        (one, "after"),
        (other, "before"),
    ]
