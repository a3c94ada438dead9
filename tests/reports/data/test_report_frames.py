"""The answers of a programme as columns: types, one value a person, and what a moment and an audience leave."""

from datetime import date

import pytest
from plugins.respondents import DAY, OPENS, grouper

from reports.data.answers import NOT_GIVEN, WantedAnswers
from reports.data.frames import read
from storage.analysis.frames import PACKED
from storage.schema import Allocation, EnrolmentState, OccasionState
from surveys.model import Mode, NonAnswer

SLUG = "kamnik-slovenscina"
ASKED = WantedAnswers(
    ("primary", "slovene_days", "belonging", "never_asked"), ("before", "after", "followup", "volunteer_before")
)


@pytest.fixture
def new_cohort(connection, programmes):
    """Cohorts of a shipped programme, in a database of either kind."""
    return grouper(connection, programmes)


@pytest.fixture
def group(new_cohort):
    return new_cohort(SLUG)


def test_every_column_has_a_type_also_without_a_row(connection, group):
    empty = read(connection, SLUG, ASKED)
    group.answers(group.enrols(), "before", primary=2)
    group.asks(group.enrols(), "before")
    full = read(connection, SLUG, ASKED)

    for name in ("people", "occasions"):
        types = [getattr(data, name).dtypes.astype(str).to_dict() for data in (empty, full)]
        assert types[0] == types[1]


def test_answers_are_columns_by_wave_and_item_with_a_value_a_place(connection, group):
    first, second = group.enrols(), group.enrols()
    group.answers(second, "before", primary=2, slovene_days=0, belonging=NonAnswer.REFUSED)
    group.answers(second, "after", primary=4)
    found = read(connection, SLUG, ASKED)

    assert list(found.people["enrolment"]) == [first, second]
    assert {key: column.tolist() for key, column in found.answers.values.items()} == {
        ("before", "primary"): [NOT_GIVEN, 2],
        ("before", "slovene_days"): [NOT_GIVEN, 0],
        ("after", "primary"): [NOT_GIVEN, 4],
    }
    ended = found.last_ended("primary", "before", "after")
    assert ended.to_dict() == {f"KAM-{group.cohort}0002": (OPENS["after"] + DAY).timestamp() * 1_000_000}


@pytest.mark.parametrize("value", [0, 1, 253, 254, 255, 256, -1, -300, 2**31 - 1])
def test_every_number_is_read_as_it_is(connection, group, value):
    group.answers(group.enrols(), "before", primary=3, slovene_days=value)
    found = read(connection, SLUG, ASKED)

    assert found.values("slovene_days", "before").tolist() == [value]
    assert found.values("primary", "before").tolist() == [3]


def test_more_items_than_a_number_holds_are_read_as_they_are(connection, group):
    given = {f"item{number}": number * 11 for number in range(2 * PACKED + 1)}
    group.answers(group.enrols(), "before", **given)
    found = read(connection, SLUG, WantedAnswers(tuple(given), ("before",)))

    assert {item: found.values(item, "before").tolist() for item in given} == {
        item: [one] for item, one in given.items()
    }


def test_what_was_not_read_is_refused_in_place_of_being_none(connection, group):
    group.answers(group.enrols(), "after", primary=3, belonging=2)
    found = read(connection, SLUG, WantedAnswers(("primary",), ("before",)))

    assert found.values("primary", "before").empty
    for item, wave in (("belonging", "before"), ("primary", "after")):
        with pytest.raises(LookupError, match="not read"):
            found.values(item, wave)


def test_values_are_one_a_person_by_code(connection, group):
    group.answers(group.enrols(), "before", primary=2)
    group.answers(group.enrols(), "before", primary=5)
    data = read(connection, SLUG, ASKED)

    assert data.values("primary", "before").to_dict() == {f"KAM-{group.cohort}0001": 2, f"KAM-{group.cohort}0002": 5}
    assert data.values("primary", "after").to_dict() == {}
    assert data.values("never_asked", "before").to_dict() == {}


def test_pairs_are_those_who_answered_both_times(connection, group):
    group.changes([(1, 3), (2, 2)])
    group.answers(group.enrols(), "before", primary=5)
    pairs = read(connection, SLUG, ASKED).pairs("primary", "before", "after")

    assert list(pairs.itertuples(name=None)) == [(f"KAM-{group.cohort}0001", 1, 3), (f"KAM-{group.cohort}0002", 2, 2)]


def test_who_came_twice_counts_with_the_last_cohort_that_has_the_pair(connection, new_cohort):
    later, earlier = new_cohort(SLUG), new_cohort(SLUG, start=date(2026, 3, 2))
    first = earlier.changes([(1, 2), (1, 3)])
    again = [later.joins(number) for number in first]
    for wave, value in (("before", 4), ("after", 5)):
        later.answers(again[0], wave, primary=value)
    later.answers(again[1], "before", primary=3)
    data = read(connection, SLUG, ASKED)

    assert sorted(data.pairs("primary", "before", "after").itertuples(index=False, name=None)) == [(1, 3), (4, 5)]
    assert sorted(data.values("primary", "before")) == [3, 4]


def test_who_waits_is_beside_those_who_take_part_and_never_among_them(connection, group):
    group.changes([(1, 3), (2, 2)])
    group.changes_waiting([(2, 2), (3, 4), (4, 4)], Allocation.LOT)
    data = read(connection, SLUG, ASKED)

    assert (len(data.people), len(data.occasions), len(data.values("primary", "after"))) == (2, 4, 2)
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
    data = read(connection, SLUG, ASKED)

    assert list(data.pairs("primary", "before", "after").itertuples(index=False, name=None)) == [(2, 5)]
    assert list(data.waiting.pairs("primary", "before", "after").itertuples(index=False, name=None)) == [(1, 2)]
    assert list(data.until(OPENS["followup"] - DAY).values("primary", "before")) == []
    assert list(data.until(OPENS["followup"]).values("primary", "before")) == [2]


def test_an_audience_has_its_own_people_occasions_and_answers(connection, new_cohort):
    adults, helpers = new_cohort(SLUG), new_cohort(SLUG, audience="volunteers")
    adults.answers(adults.enrols(), "before", primary=2)
    helpers.answers(helpers.enrols(), "before", primary=4)
    found = read(connection, SLUG, ASKED).of("volunteers")

    assert (len(found.people), len(found.occasions)) == (1, 1)
    assert list(found.values("primary", "before")) == [4]


def test_what_was_answered_later_is_not_in_it(connection, group):
    group.changes([(1, 3)])
    found = read(connection, SLUG, ASKED).until(OPENS["after"])

    assert (len(found.pairs("primary", "before", "after")), list(found.values("primary", "before"))) == (0, [1])


def test_the_last_hand_of_each_person_is_known(connection, group):
    one = group.enrols()
    group.answers(one, "before", mode=Mode.PAPER, primary=2)
    group.answers(one, "after", mode=Mode.ASSISTED, primary=2)
    data = read(connection, SLUG, ASKED)

    assert list(data.last_modes(OPENS["after"] + 9 * DAY)) == [Mode.ASSISTED]
    assert list(data.last_modes(OPENS["before"] + 9 * DAY)) == [Mode.PAPER]


def test_occasions_are_in_the_order_of_people_and_waves(connection, group):
    one, other = group.enrols(), group.enrols(EnrolmentState.DECLINED)
    group.asks(other, "before", OccasionState.CANCELLED)
    group.asks(one, "after")
    group.asks(one, "before")
    found = read(connection, SLUG, ASKED).occasions

    assert list(zip(found["enrolment"], found["wave"], strict=True)) == [
        (one, "before"),
        (one, "after"),
        (other, "before"),
    ]
