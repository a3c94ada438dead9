"""The link of a person can be shown again for as long as it opens something, also after new keys came."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, update

from storage import access_links, cohorts, enrolments
from storage.answers.definitions import sync
from storage.schema import invite
from storage.secrets.keys import Keys
from surveys.load import load, shipped

NOW = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
PROGRAMME = load([shipped()]).programmes["brezice-racunalnik"]
OLD, NEW = Keys({1: b"o" * 32}), Keys({1: b"o" * 32, 2: b"n" * 32})


@pytest.fixture
def group(connection):
    sync(connection, [PROGRAMME], NOW)
    days = {"start": date(2026, 3, 2), "end": date(2026, 5, 2)}
    return cohorts.add(connection, PROGRAMME, name="Pomlad", **days, now=NOW, actor="operator")


@pytest.fixture
def person(connection, group):
    return enrolments.enrol(connection, OLD, PROGRAMME, group, NOW, "operator")


def test_an_unused_link_is_shown_again(connection, person):
    assert access_links.open_token(connection, OLD, person.enrolment, NOW) == person.token


def test_a_link_made_under_an_older_key_is_found(connection, person):
    assert access_links.open_token(connection, NEW, person.enrolment, NOW) == person.token


def test_a_link_of_before_enrolments_stood_in_it_is_shown_again(connection, person):
    [number] = connection.execute(select(invite.c.id)).scalars()
    old = OLD.token("participant", number)
    connection.execute(update(invite).values(token_hash=Keys.token_hash(old)))
    assert access_links.open_token(connection, NEW, person.enrolment, NOW) == old


def test_a_link_whose_key_is_gone_cannot_be_shown(connection, person):
    assert access_links.open_token(connection, Keys({2: b"n" * 32}), person.enrolment, NOW) is None


def test_the_newer_of_two_links_is_shown(connection, person):
    newer = access_links.create_participant(connection, OLD, person.enrolment, NOW)
    assert access_links.open_token(connection, OLD, person.enrolment, NOW) == newer.token


def test_a_link_that_opens_nothing_any_more_is_not_shown(connection, person):
    assert access_links.open_token(connection, OLD, person.enrolment, NOW + access_links.PARTICIPANT_LIFE) is None
    assert access_links.open_token(connection, OLD, person.enrolment + 1, NOW) is None
    access_links.redeem(connection, person.token, NOW)
    assert access_links.open_token(connection, OLD, person.enrolment, NOW) is None


def test_a_link_that_was_replaced_is_not_shown(connection, person):
    access_links.void(connection, person.enrolment, NOW)
    assert access_links.open_token(connection, OLD, person.enrolment, NOW) is None


def test_the_open_links_of_a_group_are_found_at_once(connection, group, person):
    other, used = [enrolments.enrol(connection, OLD, PROGRAMME, group, NOW, "operator") for _ in range(2)]
    access_links.redeem(connection, used.token, NOW)
    newer = access_links.create_participant(connection, NEW, person.enrolment, NOW)
    days = {"start": date(2026, 9, 2), "end": date(2026, 12, 2)}
    autumn = cohorts.add(connection, PROGRAMME, name="Jesen", **days, now=NOW, actor="operator")
    elsewhere = enrolments.enrol(connection, OLD, PROGRAMME, autumn, NOW, "operator")
    assert access_links.open_cards(connection, NEW, group.id, NOW) == {
        person.enrolment: newer,
        other.enrolment: other.on_card,
    }
    assert access_links.open_cards(connection, OLD, autumn.id, NOW) == {elsewhere.enrolment: elsewhere.on_card}
    assert access_links.open_cards(connection, OLD, group.id, NOW + access_links.PARTICIPANT_LIFE) == {}
