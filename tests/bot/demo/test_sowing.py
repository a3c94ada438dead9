"""The year that the first start writes."""

from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import func, select

from bot.demo.beginning import Folder
from bot.demo.groups import MARK, open_group
from bot.demo.sowing import sow
from bot.house import open_house_now
from reports.frames import read
from storage import frames, migrate, stories
from storage.keys import create_key_file
from storage.schema import (
    DeliveryState,
    EnrolmentState,
    OccasionState,
    answer,
    cohort,
    delivery,
    enrolment,
    occasion,
)
from surveys.plan import plan

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


def village(folder):
    folder.mkdir()
    place = Folder(folder)
    create_key_file(place.key)
    migrate.upgrade(f"sqlite:///{place.database}")
    house = open_house_now(place.settings("1:a", "http://127.0.0.1:1/bot"), clock=lambda: NOW)
    sowing = partial(sow, keys=house.keys, programmes=house.programmes, rhythm=house.rhythm, now=NOW)
    return house, house.database.write_now(sowing)


@pytest.fixture(scope="module")
def sown(tmp_path_factory):
    return village(tmp_path_factory.mktemp("demo") / "one")


def rows(house, statement):
    return house.database.read_now(lambda connection: [tuple(row) for row in connection.execute(statement)])


def test_every_programme_has_enough_pairs_for_a_report(sown):
    house, _ = sown
    pairs = {
        slug: len(house.database.read_now(lambda c, slug=slug: read(c, slug)).pairs("primary", "before", "after"))
        for slug in house.programmes
    }
    assert {slug: count for slug, count in pairs.items() if count < 20} == {}


def test_every_group_says_that_it_is_made_up(sown):
    house, _ = sown
    names = [name for (name,) in rows(house, select(cohort.c.name))]
    assert len(names) == 26
    assert [name for name in names if MARK not in name] == []


def test_one_group_is_too_small_to_be_reported(sown):
    house, _ = sown
    data = house.database.read_now(lambda connection: read(connection, "ljutomer-branje"))
    assert len(data.of("volunteers").people) == 4


def test_nothing_lies_in_the_future_and_nothing_is_left_due_in_the_past(sown):
    house, _ = sown
    assert rows(house, select(func.max(answer.c.answered_at)))[0][0] < NOW
    due = select(func.count()).where(delivery.c.state == DeliveryState.DUE, delivery.c.due_at <= NOW)
    assert rows(house, due) == [(0,)]
    still_open = select(func.count()).where(occasion.c.state == OccasionState.OPEN, occasion.c.closes_at <= NOW)
    assert rows(house, still_open) == [(0,)]
    planned = select(func.count()).where(occasion.c.state == OccasionState.PLANNED, occasion.c.opens_at <= NOW)
    assert rows(house, planned) == [(0,)]


def test_people_come_stay_away_decline_and_leave(sown):
    house, _ = sown
    counted = dict(rows(house, select(enrolment.c.state, func.count()).group_by(enrolment.c.state)))
    assert set(counted) == set(EnrolmentState) - {EnrolmentState.ERASED}
    assert counted[EnrolmentState.ACTIVE] > 250


def test_each_programme_of_adults_has_two_stories_that_may_be_published_and_one_that_waits(sown):
    house, _ = sown
    since, most = datetime(2026, 11, 1, tzinfo=UTC), 9
    told = {
        slug: house.database.read_now(lambda c, slug=slug: frames.stories(c, slug, since, NOW, most))
        for slug in house.programmes
    }
    waiting = {
        slug: house.database.read_now(lambda c, slug=slug: stories.waiting(c, [slug])) for slug in house.programmes
    }
    assert {slug: (len(sealed), waiting[slug]) for slug, sealed in told.items()} == {
        slug: (0, 0) if programme.answered_for_child else (2, 1) for slug, programme in house.programmes.items()
    }


def test_the_open_group_has_begun_and_has_not_ended(sown):
    house, sowing = sown
    start, end = rows(house, select(cohort.c.start, cohort.c.end).where(cohort.c.id == sowing.open_cohort))[0]
    assert start < NOW.date() < end


def test_the_same_day_gives_the_same_year(sown, tmp_path):
    house, sowing = sown
    again, sowing_again = village(tmp_path / "two")
    assert sowing_again == sowing
    what = select(answer.c.run, answer.c.item, answer.c.value, answer.c.non_answer, answer.c.answered_at)
    assert rows(again, what) == rows(house, what)


@pytest.mark.parametrize("day", [(2026, 12, 25), (2027, 1, 3), (2028, 2, 29), (2027, 5, 2)])
def test_whoever_joins_on_any_day_is_asked_at_once(sown, day):
    house, _ = sown
    programme = house.programmes["brezice-racunalnik"]
    now = datetime(*day, 9, tzinfo=UTC)
    start, end = open_group().days(now.date())
    waves = plan(programme, start, end, "participants", now, house.rhythm)
    assert [wave.wave for wave in waves] == ["before", "after", "followup"]
    assert waves[0].opens_at == now
