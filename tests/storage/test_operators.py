from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from storage import operators
from storage.operators import LINK_LIFE, OperatorRow
from storage.schema import audit

NOW = datetime(2026, 11, 30, 2, 30, tzinfo=UTC)
ANA, BOR = b"ana", b"bor"


def invite(connection, now=NOW):
    return operators.invite(connection, now, "operator")


def test_a_link_makes_one_chat_an_operators(connection):
    token = invite(connection)
    assert operators.is_token(token)
    assert operators.listing(connection) == (OperatorRow(1, None, NOW + LINK_LIFE),)
    assert operators.join(connection, token, ANA, NOW)
    assert not operators.join(connection, token, BOR, NOW)
    assert operators.chats(connection) == (ANA,)
    assert operators.listing(connection) == (OperatorRow(1, NOW, None),)


def test_no_link_of_a_person_is_taken_for_an_operators(keys):
    tokens = [keys.token("staff", number) for number in range(10_000)]
    assert any(token.startswith("o_") for token in tokens)
    assert not any(operators.is_token(token) for token in tokens)


def test_who_is_one_already_stays_one_and_leaves_the_link_to_another(connection):
    operators.join(connection, invite(connection), ANA, NOW)
    token = invite(connection)
    assert operators.join(connection, token, ANA, NOW)
    assert operators.join(connection, token, BOR, NOW)
    assert operators.chats(connection) == (ANA, BOR)


def test_a_link_that_is_too_old_opens_nothing_and_is_forgotten(connection):
    token = invite(connection)
    late = NOW + LINK_LIFE
    assert not operators.join(connection, token, ANA, late)
    invite(connection, late)
    assert [one.expires_at for one in operators.listing(connection)] == [late + LINK_LIFE]


def test_a_link_that_was_taken_back_opens_nothing_though_its_number_is_given_away_anew(connection):
    token = invite(connection)
    assert operators.remove(connection, 1, NOW, "operator")
    another = invite(connection)
    assert not operators.join(connection, token, ANA, NOW)
    assert operators.join(connection, another, ANA, NOW)


def test_who_is_removed_is_told_no_more(connection):
    operators.join(connection, invite(connection), ANA, NOW)
    assert operators.remove(connection, 1, NOW + timedelta(days=1), "operator")
    assert not operators.remove(connection, 1, NOW, "operator")
    assert operators.listing(connection) == operators.chats(connection) == ()


def test_the_audit_says_who_did_it_and_no_chat(connection):
    operators.join(connection, invite(connection), ANA, NOW)
    operators.remove(connection, 1, NOW, "operator")
    rows = connection.execute(select(audit.c.actor, audit.c.action, audit.c.subject).order_by(audit.c.id))
    assert [tuple(row) for row in rows] == [
        ("operator", "operator.invite", "operator:1"),
        ("operator:1", "operator.join", "operator:1"),
        ("operator", "operator.remove", "operator:1"),
    ]
