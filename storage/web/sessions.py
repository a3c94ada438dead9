"""Browsers that show a chat, and links that open one there. Only hashes of what browsers and links hold are stored."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Connection, bindparam, delete, exists, insert, not_, or_, select, update

from storage.schema import chat as chats
from storage.schema import web_login, web_message, web_pin, web_session
from storage.secrets.keys import Keys

OWN_LIFE = timedelta(days=400)  # of a participant's own device, since it was last used: from one wave to the next
STAFF_LIFE = timedelta(hours=8)  # of staff, since they signed in
SHARED_LIFE = timedelta(minutes=10)  # of a device that is somebody else's, since it was last used
KIOSK_LIFE = timedelta(hours=8)  # of a kiosk, since something last happened there: it ends before the kiosk does
LOGIN_LIFE = timedelta(minutes=10)
REMINDER_LIFE = timedelta(days=30)  # of the link in a mail: longer than anything waits
_TOKEN_BYTES = 16
_STEPS = 100  # a life is moved on by its hundredth: not every card is a write

_now = bindparam("now", type_=web_session.c.expires_at.type)
_hash: BindParameter[bytes] = bindparam("hash")
_BEGIN = insert(web_session).returning(web_session.c.id)
_FIND = select(
    web_session.c.id,
    web_session.c.chat,
    web_session.c.own_device,
    not_(or_(web_session.c.without_pin, exists().where(web_pin.c.chat == web_session.c.chat))).label("lacks_pin"),
    web_session.c.begun_at,
    web_session.c.expires_at,
).where(web_session.c.token_hash == _hash, web_session.c.expires_at > _now)
_FIND_UNCHANGED = _FIND.where(
    exists().where(chats.c.chat == web_session.c.chat, chats.c.wanted == bindparam("revision")),
    not_(exists().where(web_message.c.chat == web_session.c.chat, web_message.c.id > bindparam("newest"))),
)
_OF_CHAT = select(web_session.c.id).where(web_session.c.chat == bindparam("of_chat"), web_session.c.expires_at > _now)
_ALL_OF_CHAT = select(web_session).where(web_session.c.chat == bindparam("of_chat"))
_EXTEND = update(web_session).where(web_session.c.id == bindparam("key")).values(expires_at=bindparam("until"))
_SHORTEN = (
    update(web_session)
    .where(web_session.c.chat == bindparam("of_chat"), web_session.c.expires_at > bindparam("until"))
    .values(expires_at=bindparam("until"))
)
_WITHOUT_PIN = update(web_session).where(web_session.c.id == bindparam("key")).values(without_pin=True)
_END = delete(web_session).where(web_session.c.token_hash == _hash)
_END_ALL = delete(web_session).where(web_session.c.chat == bindparam("of_chat"))
_DROP_LOGINS = delete(web_login).where(web_login.c.chat == bindparam("of_chat"))
_OFFER = insert(web_login)
_LOOK = select(web_login.c.id).where(web_login.c.token_hash == _hash, web_login.c.expires_at > _now)
_USE = (
    delete(web_login).where(web_login.c.token_hash == _hash, web_login.c.expires_at > _now).returning(web_login.c.chat)
)


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that shows a chat until it `expires_at`."""

    id: int
    chat: bytes
    own_device: bool
    lacks_pin: bool  # digits by which whoever is there comes back were neither chosen nor declined
    begun_at: datetime
    expires_at: datetime


def begin(connection: Connection, chat: bytes, now: datetime, life: timedelta, *, own_device: bool) -> str:
    """A browser shows this chat from now on; what it is given to say so: 128 random bits, 22 characters."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    values = {"token_hash": Keys.token_hash(token), "chat": chat, "own_device": own_device}
    connection.execute(_BEGIN, values | {"begun_at": now, "expires_at": now + life})
    return token


def find(connection: Connection, token: str, now: datetime) -> Session | None:
    """The session of what a browser says, while it lasts."""
    row = connection.execute(_FIND, {"hash": Keys.token_hash(token), "now": now}).first()
    return None if row is None else Session(*row)


def find_unchanged(connection: Connection, token: str, now: datetime, revision: int, newest: int) -> Session | None:
    """The same, while its chat wants this revision and nothing was said beside it after the message `newest`."""
    values = {"hash": Keys.token_hash(token), "now": now, "revision": revision, "newest": newest}
    row = connection.execute(_FIND_UNCHANGED, values).first()
    return None if row is None else Session(*row)


def is_shown(connection: Connection, chat: bytes, now: datetime) -> bool:
    """Whether any browser shows this chat."""
    return connection.execute(_OF_CHAT, {"of_chat": chat, "now": now}).first() is not None


def extend(connection: Connection, session: Session, life: timedelta, now: datetime) -> None:
    """The browser is used: it lasts so long from now on."""
    if not lasts(session, life, now):
        connection.execute(_EXTEND, {"key": session.id, "until": now + life})


def lasts(session: Session, life: timedelta, now: datetime) -> bool:
    """Whether it lasts so long from now on as it is, or nearly so."""
    return session.expires_at - now > life - life / _STEPS


def shorten(connection: Connection, chat: bytes, now: datetime) -> None:
    """Staff is here from now on: every browser that shows this chat lasts as long as one of staff at most."""
    connection.execute(_SHORTEN, {"of_chat": chat, "until": now + STAFF_LIFE})


def end_kiosk(connection: Connection, chat: bytes, now: datetime) -> None:
    """Browsers that showed a kiosk show what is behind it no longer than they would have without."""
    for row in connection.execute(_ALL_OF_CHAT, {"of_chat": chat}).all():
        allowed = row.begun_at + STAFF_LIFE if row.own_device else now + SHARED_LIFE
        connection.execute(_EXTEND, {"key": row.id, "until": min(row.expires_at, allowed)})


def go_without_pin(connection: Connection, session: Session) -> None:
    """Whoever is there does not want to choose digits."""
    connection.execute(_WITHOUT_PIN, {"key": session.id})


def end(connection: Connection, token: str) -> None:
    """The browser shows nothing any more."""
    connection.execute(_END, {"hash": Keys.token_hash(token)})


def end_all(connection: Connection, chat: bytes) -> None:
    """No browser shows this chat any more, and no link opens it."""
    connection.execute(_END_ALL, {"of_chat": chat})
    connection.execute(_DROP_LOGINS, {"of_chat": chat})


def offer(connection: Connection, chat: bytes, now: datetime, life: timedelta = LOGIN_LIFE) -> str:
    """The token of a link that opens this chat in a browser, once, for so long; an earlier one opens nothing."""
    connection.execute(_DROP_LOGINS, {"of_chat": chat})
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    row = {"token_hash": Keys.token_hash(token), "chat": chat, "expires_at": now + life}
    connection.execute(_OFFER, row)
    return token


def is_offered(connection: Connection, token: str, now: datetime) -> bool:
    """Whether such a link opens something; looking uses nothing up."""
    return connection.execute(_LOOK, {"hash": Keys.token_hash(token), "now": now}).scalar() is not None


def take_offer(connection: Connection, token: str, now: datetime) -> bytes | None:
    """Use such a link up: the chat that it opens; None where it opens nothing (any more)."""
    chat: bytes | None = connection.execute(_USE, {"hash": Keys.token_hash(token), "now": now}).scalar()
    return chat
