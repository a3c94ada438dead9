"""Where people wish to be written to by e-mail: asked for, confirmed by a link, ended by a link or a button. Sealed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from storage import audit
from storage.schema import email_address, staff
from storage.secrets.keys import Keys

_TOKEN_BYTES = 18

_of = email_address.c.chat == bindparam("of_chat")
_ADD = insert(email_address).returning(email_address.c.id)
_FIND = select(email_address).where(_of)
_BY_TOKEN = select(email_address).where(email_address.c.token_hash == bindparam("hash"))
_UNMAILED = (
    select(email_address)
    .where(email_address.c.mailed_at.is_(None))
    .order_by(email_address.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_MAIL = update(email_address).where(email_address.c.id == bindparam("key")).values(mailed_at=bindparam("now"))
_CONFIRM = (
    update(email_address)
    .where(email_address.c.token_hash == bindparam("hash"), email_address.c.confirmed_at.is_(None))
    .values(confirmed_at=bindparam("now"))
)
_REFUSE = update(email_address).where(_of).values(refused_at=bindparam("now"))
_DROP = delete(email_address).where(_of)
_OF_STAFF = select(email_address).where(
    email_address.c.confirmed_at.is_not(None),
    email_address.c.chat.in_(select(staff.c.chat).where(staff.c.removed_at.is_(None))),
)


@dataclass(frozen=True, slots=True)
class EmailConsent:
    """Which text was read before an address was given."""

    version: str
    language: str
    hash: str


@dataclass(frozen=True, slots=True)
class EmailAddress:
    """An address of somebody's chat."""

    chat: bytes
    address: str
    token: str  # of its links
    language: str
    confirmed: bool
    refused: bool

    @property
    def usable(self) -> bool:
        """Whether mail may go there."""
        return self.confirmed and not self.refused


def ask(connection: Connection, keys: Keys, chat: bytes, address: str, consent: EmailConsent, now: datetime) -> None:
    """Somebody gave an address; nothing but the mail with its link goes there before that is followed."""
    connection.execute(_DROP, {"of_chat": chat})
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    number = connection.execute(
        _ADD,
        {
            "chat": chat,
            "address_sealed": keys.seal_text(address),
            "token_hash": Keys.token_hash(token),
            "token_sealed": keys.seal_text(token),
            "language": consent.language,
            "text_version": consent.version,
            "text_hash": consent.hash,
            "asked_at": now,
        },
    ).scalar_one()
    audit.record(connection, "system", "email.ask", f"email:{number}", now)


def of_chat(connection: Connection, keys: Keys, chat: bytes) -> EmailAddress | None:
    """The address of a chat."""
    row = connection.execute(_FIND, {"of_chat": chat}).first()
    return None if row is None else _read(row, keys)


def of_token(connection: Connection, keys: Keys, token: str) -> EmailAddress | None:
    """The address whose links carry this token."""
    row = connection.execute(_BY_TOKEN, {"hash": Keys.token_hash(token)}).first()
    return None if row is None else _read(row, keys)


def of_staff(connection: Connection, keys: Keys, address: str) -> EmailAddress | None:
    """The confirmed address of somebody who is staff now, by which they sign in."""
    wanted = address.casefold()
    found = (_read(row, keys) for row in connection.execute(_OF_STAFF))
    return next((one for one in found if one.address.casefold() == wanted), None)


def claim_unmailed(connection: Connection, keys: Keys, now: datetime, most: int) -> list[EmailAddress]:
    """The addresses to which the mail with its link is to go now; each is given out once, whatever becomes of it."""
    rows = connection.execute(_UNMAILED, {"most": most}).all()
    for row in rows:
        connection.execute(_MAIL, {"key": row.id, "now": now})
    return [_read(row, keys) for row in rows]


def confirm(connection: Connection, token: str, now: datetime) -> None:
    """Its link was followed: mail may go there."""
    connection.execute(_CONFIRM, {"hash": Keys.token_hash(token), "now": now})


def refuse(connection: Connection, chat: bytes, now: datetime) -> None:
    """Its server knows nobody there: nothing more goes there."""
    connection.execute(_REFUSE, {"of_chat": chat, "now": now})


def end(connection: Connection, chat: bytes, now: datetime) -> None:
    """No more mail: the address is forgotten."""
    row = connection.execute(_FIND, {"of_chat": chat}).first()
    if row is not None:
        connection.execute(_DROP, {"of_chat": chat})
        audit.record(connection, "system", "email.end", f"email:{row.id}", now)


def _read(row: Row[*tuple[Any, ...]], keys: Keys) -> EmailAddress:
    return EmailAddress(
        row.chat,
        keys.open_text(row.address_sealed),
        keys.open_text(row.token_sealed),
        row.language,
        row.confirmed_at is not None,
        row.refused_at is not None,
    )
