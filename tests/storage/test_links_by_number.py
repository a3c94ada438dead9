"""The number of a card is another way to the door of its link, and lives and ends with it."""

from datetime import date

import pytest
from sqlalchemy import select, update

from storage import access_links, card_numbers, cohorts, enrolments
from storage.access_links import Expired, Invitation, Unknown, Used
from storage.schema import Role, invite
from storage.secrets.keys import Keys
from storage.secrets.rotation import rotate
from tests.storage.conftest import NOW

BOTH = Keys({1: b"o" * 32, 2: b"n" * 32})
OLD, NEW = Keys({1: b"o" * 32}), Keys({2: b"n" * 32})
LONG = access_links.PARTICIPANT_LIFE


@pytest.fixture
def person(connection, brezice, group):
    return enrolments.enrol(connection, OLD, brezice, group, NOW, "operator")


def opens(connection, number, keys=OLD, now=NOW):
    return access_links.look_up_number(connection, keys, number, now)


def test_link_and_number_open_the_same_and_end_together(connection, person):
    number, token = person.on_card.number, person.token
    assert opens(connection, number) == (access_links.look(connection, token, NOW), token)
    assert isinstance(opens(connection, number)[0], Invitation)
    assert isinstance(opens(connection, number, now=NOW + LONG)[0], Expired)
    access_links.redeem(connection, token, NOW)
    assert isinstance(opens(connection, number)[0], Used)
    assert opens(connection, number)[1] == token  # by which whoever answered before comes back


def test_a_new_card_ends_the_number_of_the_old_one(connection, person):
    new = enrolments.reissue(connection, OLD, person.enrolment, NOW, "staff:3")
    assert new.on_card.number != person.on_card.number
    assert isinstance(opens(connection, person.on_card.number)[0], Expired)
    assert isinstance(opens(connection, new.on_card.number)[0], Invitation)


def test_neither_token_nor_code_nor_another_number_opens_anything(connection, person):
    for typed in (person.token, person.code, card_numbers.drawn(b"x" * 32)):
        assert opens(connection, typed) == (Unknown(), "")
    assert isinstance(access_links.look(connection, person.on_card.number, NOW), Unknown)  # nor the number as a token


def test_what_is_stored_of_a_number_is_its_hash_and_tells_nothing_without_the_key(connection, person):
    stored = connection.execute(select(invite.c.number_hash_sealed)).scalar_one()
    number = person.on_card.number
    assert OLD.open_bytes(stored) == Keys.token_hash(number)
    for known in (number.encode(), card_numbers.shown(number).encode(), Keys.token_hash(number)):
        assert known not in stored
    assert opens(connection, number, NEW) == (Unknown(), "")


def test_a_card_is_printed_again_with_the_same_number(connection, group, person):
    assert access_links.open_card(connection, OLD, person.enrolment, NOW) == person.on_card
    assert access_links.open_cards(connection, BOTH, group.id, NOW) == {person.enrolment: person.on_card}


def test_a_card_of_before_there_were_numbers_has_none(connection, person):
    connection.execute(update(invite).values(number_hash_sealed=None))
    on_card = access_links.open_card(connection, OLD, person.enrolment, NOW)
    assert (on_card.token, on_card.number) == (person.token, "")
    assert opens(connection, person.on_card.number) == (Unknown(), "")


def test_links_of_staff_have_no_number(connection, group):
    access_links.create_staff(connection, OLD, Role.LIBRARIAN, "BRE", NOW, "operator")
    assert connection.execute(select(invite.c.number_hash_sealed)).scalars().all() == [None]


def test_after_a_rotation_the_number_opens_its_door_also_when_the_old_key_is_gone(connection, brezice, group, person):
    from storage.secrets.keys import check_keys  # noqa: PLC0415 - here alone

    check_keys(connection, OLD)
    assert opens(connection, person.on_card.number, BOTH)[1] == person.token
    rotate(connection, BOTH)
    assert opens(connection, person.on_card.number, BOTH)[1] == person.token
    assert access_links.open_card(connection, BOTH, person.enrolment, NOW) == person.on_card
    found, token = opens(connection, person.on_card.number, NEW)
    assert (isinstance(found, Invitation), token) == (True, "")


def test_everybody_has_a_number_of_their_own(connection, brezice):
    days = {"start": date(2026, 9, 2), "end": date(2026, 12, 2)}
    group = cohorts.add(connection, brezice, name="Jesen", **days, now=NOW, actor="operator")
    made = [enrolments.enrol(connection, OLD, brezice, group, NOW, "operator").on_card.number for _ in range(50)]
    assert len(set(made)) == 50
    assert [number for number in made if card_numbers.read(number) != number] == []
