"""Operators: who is told when the service needs a person. A link, good once, makes a chat one of theirs."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage import audit
from storage.schema import operator
from storage.secrets.keys import Keys

LINK_LIFE = timedelta(days=7)
_BEGINNING = "o_"
# Links of participants and of staff may begin so, too, but have 24 characters.
_TOKEN = re.compile(rf"{_BEGINNING}[0-9a-f]{{32}}")

_ADD = insert(operator).returning(operator.c.id)
_FORGET_OLD = delete(operator).where(operator.c.expires_at <= bindparam("now", type_=operator.c.expires_at.type))
_JOIN = (
    update(operator)
    .where(
        operator.c.token_hash == bindparam("hash"),
        operator.c.expires_at > bindparam("now", type_=operator.c.expires_at.type),
    )
    .values(token_hash=None, expires_at=None, chat=bindparam("of_chat"), joined_at=bindparam("now"))
    .returning(operator.c.id)
)
_CHATS = select(operator.c.chat).where(operator.c.chat.is_not(None)).order_by(operator.c.id)
_IS_ONE = select(operator.c.id).where(operator.c.chat == bindparam("of_chat"))
_ALL = select(operator.c.id, operator.c.joined_at, operator.c.expires_at).order_by(operator.c.id)
_REMOVE = delete(operator).where(operator.c.id == bindparam("key"))


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """Somebody who has joined, or a link that holds until `expires_at`."""

    id: int
    joined_at: datetime | None
    expires_at: datetime | None


def invite(connection: Connection, now: datetime, actor: str) -> str:
    """The token of a new link; those that are too old are forgotten.

    It is drawn, not derived from the number of its row, which the next one gets when this one is removed.
    """
    connection.execute(_FORGET_OLD, {"now": now})
    token = f"{_BEGINNING}{secrets.token_hex(16)}"
    row = {"token_hash": Keys.token_hash(token), "expires_at": now + LINK_LIFE}
    number = connection.execute(_ADD, row).scalar_one()
    audit.record(connection, actor, "operator.invite", f"operator:{number}", now)
    return token


def is_token(words: str) -> bool:
    """Whether this is what stands in such a link."""
    return _TOKEN.fullmatch(words) is not None


def join(connection: Connection, token: str, chat: bytes, now: datetime) -> bool:
    """The chat is an operator's from now on; false where the token opens nothing, or nothing any more."""
    if is_one(connection, chat):
        return True
    number = connection.execute(
        _JOIN, {"hash": Keys.token_hash(token), "of_chat": chat, "now": now}
    ).scalar_one_or_none()
    if number is not None:
        audit.record(connection, f"operator:{number}", "operator.join", f"operator:{number}", now)
    return number is not None


def is_one(connection: Connection, chat: bytes) -> bool:
    """Whether the chat is an operator's."""
    return connection.execute(_IS_ONE, {"of_chat": chat}).first() is not None


def chats(connection: Connection) -> tuple[bytes, ...]:
    """The chats of all who have joined."""
    return tuple(connection.execute(_CHATS).scalars())


def listing(connection: Connection) -> tuple[OperatorRow, ...]:
    """Everybody, and every link that was made."""
    return tuple(OperatorRow(*row) for row in connection.execute(_ALL))


def remove(connection: Connection, number: int, now: datetime, actor: str) -> bool:
    """Tell somebody no more, or take a link back; false where there is nobody with this number."""
    removed = connection.execute(_REMOVE, {"key": number}).rowcount == 1
    if removed:
        audit.record(connection, actor, "operator.remove", f"operator:{number}", now)
    return removed
