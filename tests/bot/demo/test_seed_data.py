"""The year that the first start writes."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import func, select

from bot.demo.cohorts import COMPARED_AT, MARK, TWICE, groups_of, open_group
from bot.demo.first_start import Folder
from bot.demo.seed_data import sow
from bot.runtime.services import open_services_now
from reports.data.frames import read
from reports.data.indicators import everything
from reports.disclosure.suppression import Cells
from reports.kinds.compare import compare
from reports.texts.compare import EXPECTED
from storage import stories
from storage.analysis import frames
from storage.engine import migrate
from storage.schema import (
    Allocation,
    DeliveryState,
    EnrolmentState,
    OccasionState,
    answer,
    cohort,
    delivery,
    enrolment,
    occasion,
)
from storage.secrets.keys import create_key_file
from surveys.plan import plan

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def test_no_two_groups_of_a_programme_have_one_name_on_any_day_of_the_year():
    """A second group of the same name is refused, and the demo would not begin."""
    for number in range(366):
        titles = [
            group.title(group.days((NOW + timedelta(number)).date())[0])
            for group in groups_of(COMPARED_AT, frozenset())
        ]

        assert len(set(titles)) == len(titles)


def village(folder):
    folder.mkdir()
    place = Folder(folder)
    create_key_file(place.key)
    migrate.upgrade(f"sqlite:///{place.database}")
    services = open_services_now(place.settings("1:a", "http://127.0.0.1:1/bot"), clock=lambda: NOW)
    sowing = partial(sow, keys=services.keys, programmes=services.programmes, policy=services.policy, now=NOW)
    return services, services.database.write_now(sowing)


@pytest.fixture(scope="module")
def sown(tmp_path_factory):
    return village(tmp_path_factory.mktemp("demo") / "one")


def rows(services, statement):
    return services.database.read_now(lambda connection: [tuple(row) for row in connection.execute(statement)])


def data_of(services, slug):
    return services.database.read_now(lambda c: read(c, slug, everything(services.programmes[slug])))


def test_every_programme_has_enough_pairs_for_a_report(sown):
    services, _ = sown
    pairs = {slug: len(data_of(services, slug).pairs("primary", "before", "after")) for slug in services.programmes}
    assert {slug: count for slug, count in pairs.items() if count < 20} == {}


def test_every_group_says_that_it_is_made_up(sown):
    services, _ = sown
    names = [name for (name,) in rows(services, select(cohort.c.name))]
    assert len(names) == 30
    assert [name for name in names if MARK not in name] == []


def test_one_group_is_too_small_to_be_reported(sown):
    services, _ = sown
    data = data_of(services, "ljutomer-branje")
    assert len(data.of("volunteers").people) == 4


def test_nothing_lies_in_the_future_and_nothing_is_left_due_in_the_past(sown):
    services, _ = sown
    assert rows(services, select(func.max(answer.c.answered_at)))[0][0] < NOW
    due = select(func.count()).where(delivery.c.state == DeliveryState.DUE, delivery.c.due_at <= NOW)
    assert rows(services, due) == [(0,)]
    still_open = select(func.count()).where(occasion.c.state == OccasionState.OPEN, occasion.c.closes_at <= NOW)
    assert rows(services, still_open) == [(0,)]
    planned = select(func.count()).where(occasion.c.state == OccasionState.PLANNED, occasion.c.opens_at <= NOW)
    assert rows(services, planned) == [(0,)]


def test_people_come_stay_away_decline_and_leave(sown):
    services, _ = sown
    counted = dict(rows(services, select(enrolment.c.state, func.count()).group_by(enrolment.c.state)))
    assert set(counted) == set(EnrolmentState) - {EnrolmentState.ERASED}
    assert counted[EnrolmentState.ACTIVE] > 250


def test_most_gain_some_gain_nothing_and_a_few_lose(sown):
    services, _ = sown
    changes = Counter()
    for slug in services.programmes:
        pairs = data_of(services, slug).pairs("primary", "before", "after")
        changes.update(((pairs["after"] > pairs["before"]) * 1 - (pairs["after"] < pairs["before"]) * 1).tolist())
    shares = {way: count / changes.total() for way, count in changes.items()}
    assert shares == pytest.approx({1: 0.55, 0: 0.35, -1: 0.1}, abs=0.06)


def test_who_waits_does_not_change_and_then_takes_part_in_the_next_group(sown):
    services, _ = sown
    data = data_of(services, "brezice-racunalnik")
    waited = data.waiting.pairs("primary", "before", "after")
    joined = data.pairs("primary", "before", "after").loc[lambda pairs: pairs.index.isin(waited.index)]
    assert len(waited) >= 10
    waiting, taking_part = ((pairs["after"] - pairs["before"]).mean() for pairs in (waited, joined))
    assert abs(waiting) <= 0.5
    assert len(joined) >= 8
    assert taking_part > waiting + 0.4
    assert list(joined["before"]) == list(waited.loc[joined.index, "after"])
    assert set(data.waiting.people["allocation"]) == {Allocation.LOT}


def test_people_drop_out_more_from_wave_to_wave_and_not_everywhere_alike(sown):
    services, _ = sown
    asked = select(cohort.c.programme, occasion.c.wave, occasion.c.state, func.count()).join_from(
        occasion, enrolment, occasion.c.enrolment == enrolment.c.id
    )
    asked = asked.join(cohort, enrolment.c.cohort == cohort.c.id).where(cohort.c.audience == "participants")
    counts = {}
    for slug, wave, state, count in rows(
        services, asked.group_by(cohort.c.programme, occasion.c.wave, occasion.c.state)
    ):
        answered, closed = counts.get((slug, wave), (0, 0))
        over = state in {OccasionState.COMPLETE, OccasionState.PARTIAL, OccasionState.MISSED}
        answers = count if over and state is not OccasionState.MISSED else 0
        counts[slug, wave] = (answered + answers, closed + count * over)
    share = {key: answered / closed for key, (answered, closed) in counts.items()}
    for slug in services.programmes:
        assert share[slug, "before"] > share[slug, "after"] > share[slug, "followup"] > 0.2
    at_end = [share[slug, "after"] for slug in services.programmes]
    assert max(at_end) - min(at_end) > 0.1


def test_each_programme_of_adults_has_two_stories_that_may_be_published_and_one_that_waits(sown):
    services, _ = sown
    since = datetime(2026, 11, 1, tzinfo=UTC)
    told = {
        slug: services.database.read_now(lambda c, slug=slug: frames.stories(c, slug, since, NOW))
        for slug in services.programmes
    }
    waiting = {
        slug: services.database.read_now(lambda c, slug=slug: stories.waiting(c, [slug]))
        for slug in services.programmes
    }
    assert {slug: (len(sealed), waiting[slug]) for slug, sealed in told.items()} == {
        slug: (0, 0) if programme.answered_for_child else (2, 1) for slug, programme in services.programmes.items()
    }


def test_the_open_group_has_begun_and_has_not_ended(sown):
    services, sowing = sown
    start, end = rows(services, select(cohort.c.start, cohort.c.end).where(cohort.c.id == sowing.open_cohort))[0]
    assert start < NOW.date() < end


def test_the_same_day_gives_the_same_year(sown, tmp_path):
    services, sowing = sown
    again, sowing_again = village(tmp_path / "two")
    assert sowing_again == sowing
    what = select(answer.c.run, answer.c.item, answer.c.value, answer.c.non_answer, answer.c.answered_at)
    assert rows(again, what) == rows(services, what)


@pytest.mark.parametrize("day", [(2026, 12, 25), (2027, 1, 3), (2028, 2, 29), (2027, 5, 2)])
def test_whoever_joins_on_any_day_is_asked_at_once(sown, day):
    services, _ = sown
    programme = services.programmes["brezice-racunalnik"]
    now = datetime(*day, 9, tzinfo=UTC)
    start, end = open_group().days(now.date())
    waves = plan(programme, start, end, "participants", now, services.policy)
    assert [wave.wave for wave in waves] == ["before", "after", "followup"]
    assert waves[0].opens_at == now


def test_a_group_of_the_made_up_country_is_compared_with_a_result(sown):
    """Three and more earlier groups make a band, and the group that met twice a week lies above it."""
    services, _ = sown
    programme = services.programmes[COMPARED_AT]
    found = rows(services, select(cohort.c.id).where(cohort.c.name.startswith(TWICE)))
    report = services.database.read_now(lambda c: compare(c, programme, found[0][0], NOW, Cells()))
    figures = report.figures
    first = report.sections[0].blocks[0].text

    assert figures["compare.groups"].value >= 3
    assert figures["compare.change"].value > figures["compare.earlier"].high > 0
    assert re.search(
        r"(nekoliko|verjetno) višja, kot bi po prejšnjih skupinah pričakovali \(od [+−]\d,\d+ do \+\d,\d\)", first
    )
    assert EXPECTED in report.charts[0].svg
