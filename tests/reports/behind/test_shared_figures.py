"""What stands in two reports is the same number in both: over the made-up country and over small programmes of chance.

`plugins.shared_figures` says which figures are one; the formats of one report are compared in `test_same_numbers`.
"""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plugins.respondents import DAY, grouper
from plugins.shared_figures import contradictions, reports_of
from sqlalchemy import create_engine, update

from bot.demo.seed_data import sow
from reports.disclosure.suppression import Cells
from reports.report import Facts, Figure, Table
from storage import schema
from storage.answers import definitions
from storage.schema import EnrolmentState, OccasionState
from storage.secrets.keys import Keys
from surveys.contact_policy import ContactPolicy
from surveys.locale_sl import rounded

CELLS = Cells(5, 10)
NOW = datetime(2026, 12, 16, 12, tzinfo=UTC)
SLUGS = ("brezice-racunalnik", "ljutomer-branje", "novo-mesto-branje")


@contextmanager
def empty():
    """A connection to an empty database in memory."""
    engine = create_engine("sqlite://")
    schema.metadata.create_all(engine)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


@pytest.fixture(scope="module")
def country_today(programmes):
    """All reports of the made-up country."""
    policy = ContactPolicy(ZoneInfo("Europe/Ljubljana"), time(10), lambda _: False)
    with empty() as connection:
        definitions.sync(connection, programmes.values(), NOW)
        sow(connection, keys := Keys({1: b"k" * 32}), programmes, policy, NOW)
        yield list(reports_of(connection, programmes, NOW, CELLS, keys.open_text))


def test_no_two_reports_of_the_made_up_country_contradict_one_another(country_today):
    assert contradictions(country_today) == []


def test_the_made_up_country_has_figures_that_stand_in_several_reports(country_today):
    figures = [figure for report in country_today for figure in report.figures.values()]
    told = [figure.source for figure in figures if figure.source is not None and figure.value is not None]
    shared = {source for source in told if told.count(source) > 1}

    assert {"rate", "responded", "early", "eligible", "open", "enrolled", "consented", "pairs", "improved_share"} <= {
        source.formula for source in shared
    }


def test_every_share_of_answers_can_be_divided_from_the_numbers_of_its_row(country_today):
    rows = [
        [cell for cell in row if isinstance(cell, Figure) and cell.source is not None]
        for report in country_today
        for section in report.sections
        for table in section.blocks
        if isinstance(table, Table)
        for row in table.rows
    ]
    divided = [(report_row, cell) for report_row in rows for cell in report_row if cell.source.formula == "rate"]

    assert divided
    for cells, rate in divided:
        of = {cell.source.formula: cell.value for cell in cells if replace(cell.source, formula="rate") == rate.source}
        shown = None if rate.value is None else rounded(of["responded"] / of["eligible"], 2)
        assert (rate.value, rate.n) == (shown, of["eligible"]), rate.id


def test_one_number_that_is_another_in_one_report_is_noticed(country_today):
    report = next(one for one in country_today if one.kind == "weekly")
    wrong = [
        replace(section, blocks=tuple(_one_more(block) for block in section.blocks)) for section in report.sections
    ]

    assert contradictions([report, replace(report, sections=tuple(wrong))]) != []


def _one_more(block):
    if not isinstance(block, Facts):
        return block
    return replace(block, figures=tuple(replace(one, value=(one.value or 0) + 1) for one in block.figures))


# Small programmes of chance.


answers = st.integers(1, 5)
states = st.sampled_from([*[OccasionState.COMPLETE] * 6, OccasionState.PARTIAL, *[OccasionState.MISSED] * 2])
person = st.tuples(
    st.sampled_from([*[EnrolmentState.ACTIVE] * 8, EnrolmentState.LEFT, EnrolmentState.INVITED,
                     EnrolmentState.DECLINED, EnrolmentState.ERASED]),
    st.lists(st.tuples(states, answers), min_size=3, max_size=3),
    st.booleans(),  # whether they wait for the next group
)  # fmt: skip
cohort = st.tuples(
    st.sampled_from(SLUGS),
    st.integers(-300, 20),  # when it began, in days from now
    st.booleans(),  # whether it was ended early
    st.lists(person, max_size=20),
)


def plant(connection, programmes, cohorts):
    """Groups of these people, whose waves opened, are open or are still to come by what the days say."""
    new_group = grouper(connection, programmes)
    for slug, begins, closed, people in cohorts:
        start = (NOW + begins * DAY).date()
        group = new_group(slug, start=start)
        ends = datetime.combine(start, time(8), UTC) + 40 * DAY
        over = {"end": ends.date(), "closed_at": ends - DAY if closed else None}
        connection.execute(update(schema.cohort).where(schema.cohort.c.id == group.cohort).values(over))
        opens = {"before": ends - 41 * DAY, "after": ends, "followup": ends + 90 * DAY}
        for state, lived, waits in people:
            _lives(group, state, lived, opens, waits=waits and state is EnrolmentState.ACTIVE)


def _lives(group, state, lived, opens, *, waits):
    enrolled = opens["before"] - 10 * DAY
    one = group.waits() if waits else group.enrols(state)
    moments = {"enrolled_at": enrolled, "left_at": opens["before"] + 20 * DAY}
    if state in (EnrolmentState.ACTIVE, EnrolmentState.LEFT):
        moments["joined_at"] = enrolled + DAY
    if state in (EnrolmentState.ACTIVE, EnrolmentState.INVITED):
        del moments["left_at"]
    group.connection.execute(update(schema.enrolment).where(schema.enrolment.c.id == one).values(moments))
    if "joined_at" in moments:
        _is_asked(group, one, state, lived, opens)


def _is_asked(group, one, state, lived, opens):
    for (wave, opens_at), (became, value) in zip(opens.items(), lived, strict=True):
        if group.programme.wave(wave) is None:
            continue
        at = opens_at + timedelta(days=1 + value)
        gone = state is EnrolmentState.LEFT and wave != "before"
        if gone:
            group.asks(one, wave, OccasionState.CANCELLED, opens_at)
        elif opens_at > NOW:
            group.asks(one, wave, OccasionState.PLANNED, opens_at)
        elif became is OccasionState.COMPLETE and at <= NOW:
            group.answers(one, wave, finished=at, primary=value, belonging=6 - value)
            group.connection.execute(
                update(schema.occasion)
                .where(schema.occasion.c.enrolment == one, schema.occasion.c.wave == wave)
                .values(opens_at=opens_at, closes_at=opens_at + 14 * DAY)
            )
        elif opens_at + 14 * DAY > NOW:
            group.asks(one, wave, OccasionState.OPEN, opens_at)
        else:
            group.asks(one, wave, OccasionState.MISSED, opens_at)


@settings(max_examples=15)
@given(cohorts=st.lists(cohort, min_size=1, max_size=4))
def test_no_two_reports_of_small_programmes_contradict_one_another(programmes, cohorts):
    some = {slug: programmes[slug] for slug in SLUGS}
    with empty() as connection:
        plant(connection, some, cohorts)

        assert contradictions(reports_of(connection, some, NOW, CELLS)) == []
