import asyncio
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import event, select

from storage import access_links, enrolments, participants, privacy
from storage.access_links import Expired, Invitation, Unknown, Used
from storage.answers import definitions
from storage.engine.engines import read_url, transaction
from storage.schema import Role, audit, invite
from tests.storage.conftest import NOW


def invite_librarian(connection, keys):
    return access_links.create_staff(connection, keys, Role.LIBRARIAN, "BRE", NOW, "operator")


def test_a_token_fits_a_link_and_is_not_stored(connection, brezice, keys):
    token = invite_librarian(connection, keys)
    assert len(token) <= 64
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
    row = connection.execute(select(invite)).one()
    assert row.token_hash == keys.token_hash(token)
    assert token.encode() not in row.token_hash


def test_an_invitation_says_for_which_role_and_library(connection, brezice, keys):
    found = access_links.look(connection, invite_librarian(connection, keys), NOW)
    assert found == Invitation(found.id, None, Role.LIBRARIAN, "BRE")
    assert connection.execute(select(audit.c.actor, audit.c.action, audit.c.subject)).all() == [
        ("operator", "staff.invite", f"invite:{found.id}")
    ]


def test_the_national_coordinator_belongs_to_no_library(connection, keys):
    token = access_links.create_staff(connection, keys, Role.NATIONAL, None, NOW, "operator")
    assert access_links.look(connection, token, NOW).library is None


@pytest.mark.parametrize(("role", "library"), [(Role.NATIONAL, "BRE"), (Role.LIBRARIAN, None)])
def test_a_role_without_its_library_is_refused(connection, brezice, keys, role, library):
    with pytest.raises(ValueError, match="belong to a library"):
        access_links.create_staff(connection, keys, role, library, NOW, "operator")


def test_a_token_is_used_once(connection, brezice, keys):
    token = invite_librarian(connection, keys)
    first = access_links.redeem(connection, token, NOW)
    assert isinstance(first, Invitation)
    assert access_links.redeem(connection, token, NOW) == Used(first)
    assert access_links.look(connection, token, NOW + timedelta(days=99)) == Used(first)


def test_the_link_of_somebody_who_was_erased_is_never_given_to_anybody_else(connection, brezice, keys, group):
    tokens = set()
    for _ in range(20):
        new = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
        privacy.erase(connection, [participants.of_enrolment(connection, new.enrolment)], NOW, "self")
        tokens.add(new.token)
    assert len(tokens) == 20
    new = enrolments.enrol(connection, keys, brezice, group, NOW, "staff:1")
    assert {type(access_links.look(connection, token, NOW)) for token in tokens} == {Unknown}
    assert new.token not in tokens


def test_looking_uses_nothing_up(connection, brezice, keys):
    token = invite_librarian(connection, keys)
    assert access_links.look(connection, token, NOW) == access_links.look(connection, token, NOW)


@pytest.mark.parametrize(("days", "kind"), [(6.99, Invitation), (7, Expired), (8, Expired)])
def test_a_staff_link_lives_for_seven_days(connection, brezice, keys, days, kind):
    token = invite_librarian(connection, keys)
    assert isinstance(access_links.redeem(connection, token, NOW + timedelta(days=days)), kind)


@pytest.mark.parametrize("token", ["", "x", "ž" * 64, "A" * 24])
def test_an_invented_token_is_unknown(connection, brezice, keys, token):
    invite_librarian(connection, keys)
    assert access_links.redeem(connection, token, NOW) == Unknown()


async def test_of_many_who_redeem_at_once_one_is_invited(database, programmes, keys):
    await database.write(partial(definitions.sync, programmes=programmes.values(), now=NOW))
    token = await database.write(partial(invite_librarian, keys=keys))
    redeem = partial(access_links.redeem, token=token, now=NOW)
    found = await asyncio.gather(*(database.write(redeem) for _ in range(20)))
    assert sorted(type(one).__name__ for one in found) == ["Invitation", *["Used"] * 19]


def test_who_is_overtaken_between_looking_and_using_finds_it_used(postgresql_url, programmes, keys):
    address = read_url(postgresql_url)
    with transaction(address) as setting_up:
        definitions.sync(setting_up, programmes.values(), NOW)
        token = invite_librarian(setting_up, keys)
    winners = []

    def overtake(_connection, _cursor, statement, *_rest):
        if statement.startswith("UPDATE invite") and not winners:
            with transaction(address) as faster:
                winners.append(access_links.redeem(faster, token, NOW))

    with transaction(address) as slower:
        event.listen(slower, "before_cursor_execute", overtake)
        found = access_links.redeem(slower, token, NOW)
    assert [type(one) for one in winners] == [Invitation]
    assert found == Used(winners[0])
