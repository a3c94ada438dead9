"""The SELECTs of the reports: whose rows they give, and that they use indexes."""

from datetime import UTC, datetime, timedelta

import pytest
from plugins.query_plans import plans_of
from plugins.respondents import DAY, OPENS, grouper, seal
from sqlalchemy import text

from storage.analysis import frames, published
from storage.analysis.published import Published
from storage.schema import Decision, EnrolmentState, OccasionState
from surveys.model import Mode, NonAnswer

SLUG = "kamnik-slovenscina"


@pytest.fixture
def group(connection, programmes):
    """A cohort of a shipped programme, in a database of either kind."""
    return grouper(connection, programmes)(SLUG)


def table(columns):
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def microseconds(moment):
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def test_people_are_everybody_but_the_erased(connection, group):
    states = [EnrolmentState.ACTIVE, EnrolmentState.INVITED, EnrolmentState.DECLINED, EnrolmentState.LEFT]
    kept = [group.enrols(state) for state in states]
    group.enrols(EnrolmentState.ERASED)
    found = table(frames.people(connection, SLUG))

    assert [(row["enrolment"], row["state"]) for row in found] == list(zip(kept, states, strict=True))
    assert found[0]["joined_at"] == microseconds(OPENS["before"] - 9 * DAY)


def test_occasions_have_their_run_and_when_it_ended(connection, group):
    one = group.enrols()
    group.answers(one, "before", mode=Mode.PAPER, primary=2)
    group.asks(one, "after")
    found = {row["wave"]: row for row in table(frames.occasions(connection, SLUG))}

    assert {wave: (row["mode"], row["ended_at"]) for wave, row in found.items()} == {
        "before": (Mode.PAPER, microseconds(OPENS["before"] + DAY)),
        "after": (None, microseconds(OPENS["after"] + 14 * DAY)),
    }


def test_a_moment_is_read_to_the_microsecond(connection, group):
    finished = OPENS["before"] + timedelta(hours=3, microseconds=123_457)
    group.answers(group.enrols(), "before", finished=finished, primary=2)

    assert table(frames.occasions(connection, SLUG))[0]["ended_at"] == microseconds(finished)


def test_a_run_that_was_never_handed_in_ends_when_its_occasion_closes(connection, group):
    group.answers(group.enrols(), "before", state=OccasionState.OPEN, primary=2)

    assert table(frames.occasions(connection, SLUG))[0]["ended_at"] == microseconds(OPENS["before"] + 14 * DAY)


def test_answers_are_values_of_closed_occasions_of_people_who_agreed(connection, group):
    group.answers(group.enrols(), "before", primary=2, belonging=NonAnswer.REFUSED)
    group.answers(group.enrols(), "before", state=OccasionState.PARTIAL, primary=3)
    group.answers(group.enrols(), "before", state=OccasionState.OPEN, primary=4)
    group.answers(group.enrols(EnrolmentState.LEFT), "before", primary=5)
    group.answers(group.enrols(EnrolmentState.ERASED), "before", primary=1)
    group.answers(group.enrols(EnrolmentState.DECLINED), "before", primary=1)

    found = table(frames.occasions(connection, SLUG, ["belonging", "primary"], ["before"]))

    assert sorted(row["answers0"] or 0 for row in found) == [0, 0, 3 * 256, 4 * 256, 6 * 256]


def test_the_answers_of_a_run_are_bytes_of_numbers_in_the_order_of_the_items(connection, group):
    given = {"primary": 2, "belonging": 5, "loneliness": 4, "slovene_days": 253}
    group.answers(group.enrols(), "before", life_satisfaction=NonAnswer.DONT_KNOW, **given)
    items = ["life_satisfaction", *(f"other{number}" for number in range(frames.PACKED)), *given]
    row = table(frames.occasions(connection, SLUG, items, ["before"]))[0]
    digits = b"".join(row[f"answers{number}"].to_bytes(frames.PACKED, "little") for number in range(2))

    assert digits[: len(items)] == bytes([0] * (1 + frames.PACKED) + [value + 1 for value in given.values()])
    assert table(frames.large(connection, SLUG, items, ["before"])) == []


def test_what_needs_more_than_a_byte_is_read_apart(connection, group):
    one = group.enrols()
    group.answers(one, "before", primary=2, slovene_days=254, belonging=-1)
    asked = (["primary", "slovene_days"], ["before"])

    assert table(frames.occasions(connection, SLUG, *asked))[0]["answers0"] == 3 + frames.BEYOND * 256
    assert table(frames.large(connection, SLUG, *asked)) == [
        {"enrolment": one, "wave": "before", "item": "slovene_days", "value": 254}
    ]


def test_answers_of_other_waves_are_not_read(connection, group):
    group.answers(group.enrols(), "after", primary=2)

    assert table(frames.occasions(connection, SLUG, ["primary"], ["before"]))[0]["answers0"] is None
    assert "answers0" not in frames.occasions(connection, SLUG)


def test_another_programme_is_not_in_it(connection, group):
    group.answers(group.enrols(), "before", primary=2)

    assert table(frames.occasions(connection, "brezice-racunalnik")) == []
    assert table(frames.people(connection, "brezice-racunalnik")) == []


def test_stories_are_those_with_consent_that_were_approved_in_the_time_the_newest_first(connection, group):
    one = group.enrols()
    told = OPENS["after"]
    group.tells(one, "prva", told, told)
    group.tells(one, "druga", told, told + DAY)
    group.tells(one, "brez dovoljenja", told, None)
    group.tells(one, "prepozno", told, told + 7 * DAY)
    group.tells(one, "nihče še ni odločil", told, told, None)
    group.tells(one, "zavrnjeno", told, told, Decision.DECLINED)
    group.tells(group.enrols(EnrolmentState.ERASED), "izbrisano", told, told)

    assert frames.stories(connection, SLUG, told, told + 7 * DAY) == [
        frames.SealedStory(seal("druga"), None, agreed=False),
        frames.SealedStory(seal("prva"), None, agreed=False),
    ]


def test_of_an_edited_story_both_are_read(connection, group):
    group.tells(group.enrols(), "kot je povedano", OPENS["after"], OPENS["after"], edited="kot je za objavo")

    both = frames.SealedStory(seal("kot je povedano"), seal("kot je za objavo"), agreed=False)
    assert frames.stories(connection, SLUG, OPENS["after"], OPENS["after"] + DAY) == [both]


def test_published_figures_are_read_by_name_the_oldest_first(connection):
    rows = [
        Published("a:x", "2026-11-22", 12, 1.5),
        Published("a:x", "2026-11-15", 7, None),
        Published("b:x", "2026", 1, 0.0),
    ]
    published.store(connection, rows, OPENS["after"])

    assert published.read(connection, ["a:x", "c"]) == [rows[1], rows[0]]
    assert published.read(connection, []) == []


def test_a_figure_of_the_same_period_is_replaced(connection):
    published.store(connection, [Published("a:x", "2026-11-22", 12, 1.5)], OPENS["after"])
    published.store(connection, [Published("a:x", "2026-11-22", 17, 2.5)], OPENS["after"])

    assert published.read(connection, ["a:x"]) == [Published("a:x", "2026-11-22", 17, 2.5)]


READS = {
    "people": lambda connection: frames.people(connection, SLUG),
    "no answers": lambda connection: frames.occasions(connection, SLUG),
    "one item": lambda connection: frames.occasions(connection, SLUG, ["primary"], ["before", "after"]),
    "many items": lambda connection: frames.occasions(connection, SLUG, [f"item{at}" for at in range(9)], ["before"]),
    "large": lambda connection: frames.large(connection, SLUG, ["primary"], ["before"]),
    "stories": lambda connection: frames.stories(connection, SLUG, OPENS["before"], OPENS["after"]),
}


@pytest.mark.parametrize("name", READS)
def test_no_table_is_read_whole(connection, group, name):
    """On PostgreSQL, which reads tables whole while they are small: there is an index for every step."""
    group.answers(group.enrols(), "before", primary=2)
    if connection.dialect.name == "postgresql":
        for way in ("seqscan", "hashjoin", "mergejoin"):
            connection.execute(text(f"SET LOCAL enable_{way} = off"))
    with plans_of(connection) as plans:
        READS[name](connection)
    steps = [step.strip() for plan in plans for step in plan.splitlines()]

    if connection.dialect.name == "sqlite":
        assert {step.split()[0] for step in steps} - {"USE", "REUSE", "CORRELATED", "LIST"} == {"SEARCH"}
        assert not any("AUTOMATIC" in step for step in steps)
    else:
        assert not any("Seq Scan" in step for step in steps), steps


def test_a_single_item_is_looked_up_in_the_answers_of_a_run_and_many_are_read_beside_each_other(memory):
    with plans_of(memory) as plans:
        READS["one item"](memory)
        READS["many items"](memory)

    one, many = (next(step for step in plan.splitlines() if " answer " in step) for plan in plans)
    assert "(run=? AND item=?)" in one
    assert "(run=?)" in many
