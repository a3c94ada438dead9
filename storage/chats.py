"""What each chat should show and what Telegram confirmed that it shows. Knows a chat by its sealed id alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from storage.schema import chat
from surveys.languages import SLOVENIAN

_COLUMNS = (
    chat.c.chat,
    chat.c.view,
    chat.c.card,
    chat.c.wanted,
    chat.c.shown,
    chat.c.changed_at,
    chat.c.language,
    chat.c.aloud,
    chat.c.kiosk,
)
_LOAD = select(*_COLUMNS).where(chat.c.chat == bindparam("chat_ref"))
_LOCK = _LOAD.with_for_update()
_FORGET = delete(chat).where(chat.c.chat == bindparam("chat_ref"))
_STILL_SHOWN = (
    update(chat)
    .where(chat.c.chat == bindparam("chat_ref"), chat.c.shown < bindparam("revision"))
    .values(shown=bindparam("revision"))
)
_BEHIND = (
    select(*_COLUMNS)
    .where(chat.c.shown < chat.c.wanted, chat.c.changed_at <= bindparam("before"))
    .order_by(chat.c.changed_at)
    .limit(bindparam("most"))
)
_CLAIM = (
    update(chat)
    .where(chat.c.chat == bindparam("chat_ref"), chat.c.changed_at == bindparam("seen", type_=chat.c.changed_at.type))
    .values(changed_at=bindparam("now", type_=chat.c.changed_at.type))
)
_QUIET_KIOSKS = (
    select(*_COLUMNS)
    .where(chat.c.kiosk.is_not(None), chat.c.changed_at <= bindparam("since"))
    .order_by(chat.c.changed_at)
    .with_for_update(skip_locked=True)
)
_SET_LANGUAGE = update(chat).where(chat.c.chat == bindparam("chat_ref")).values(language=bindparam("spoken"))
_GIVE_UP = update(chat).where(chat.c.chat == bindparam("chat_ref")).values(shown=chat.c.wanted)
_SHOWN = (
    update(chat)
    .where(chat.c.chat == bindparam("chat_ref"), chat.c.shown <= bindparam("revision"))
    .values(shown=bindparam("revision"), card=bindparam("message"))
)
_COVER = update(chat).where(chat.c.chat == bindparam("chat_ref")).values(card=None)
_tapped = bindparam("tapped", type_=chat.c.card.type)
_language = bindparam("new_language", type_=chat.c.language.type)
_aloud = bindparam("new_aloud", type_=chat.c.aloud.type)
_kiosk = bindparam("new_kiosk", type_=chat.c.kiosk.type)


def _turn_statement(insert: sqlite.Insert | postgresql.Insert) -> ReturningInsert[Any]:
    """Insert the chat, or move the one that is there."""
    values = {
        "view": insert.excluded.view,
        "wanted": chat.c.wanted + 1,
        "changed_at": insert.excluded.changed_at,
        "card": case((bindparam("fresh"), None), (chat.c.card < _tapped, _tapped), else_=chat.c.card),
        "language": func.coalesce(_language, chat.c.language),
        "aloud": func.coalesce(_aloud, chat.c.aloud),
        "kiosk": func.nullif(func.coalesce(_kiosk, chat.c.kiosk), 0),
    }
    return insert.on_conflict_do_update(index_elements=[chat.c.chat], set_=values).returning(chat.c.wanted)


_TURN = {
    "sqlite": _turn_statement(sqlite.insert(chat)),
    "postgresql": _turn_statement(postgresql.insert(chat)),
}


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat: its view, the message id of its live card, the revision that is wanted and the one that is shown.

    `language` is the one in which it reads; `aloud`: a screen reader reads it, so that each card is a message of its
    own; `kiosk` is the number that ends the kiosk that it is.
    """

    chat: bytes
    view: str
    card: int | None
    wanted: int
    shown: int
    changed_at: datetime
    language: str = SLOVENIAN
    aloud: bool = False
    kiosk: int | None = None


def load(connection: Connection, chat_ref: bytes) -> Chat | None:
    """The chat, or none when nothing was ever shown in it."""
    row = connection.execute(_LOAD, {"chat_ref": chat_ref}).one_or_none()
    return None if row is None else Chat(*row)


def lock(connection: Connection, chat_ref: bytes) -> Chat | None:
    """The chat, locked for this transaction: two processes take its turns one after the other."""
    row = connection.execute(_LOCK, {"chat_ref": chat_ref}).one_or_none()
    return None if row is None else Chat(*row)


def turn(
    connection: Connection,
    chat_ref: bytes,
    view: str,
    now: datetime,
    *,
    fresh: bool = False,
    tapped: int = 0,
    language: str | None = None,
    aloud: bool | None = None,
    kiosk: int | None = None,
) -> int:
    """Want another card in the chat; gives its revision.

    `fresh`: the live card is let go (something stands below it), so that the next one is a new message.
    `tapped`: the message whose button was tapped. If it stands below the live card (an invitation whose sending
    was cut off, so that nobody noted that it arrived), it is the live card from now on.
    `language` and `aloud` are how the chat reads from now on; None leaves it as it is. So with `kiosk`, which a chat
    that was shown before becomes by a number, and ceases to be by 0.
    """
    values = {"chat": chat_ref, "view": view, "wanted": 1, "changed_at": now, "fresh": fresh, "tapped": tapped}
    values |= {"new_language": language, "new_aloud": aloud, "new_kiosk": kiosk}
    values |= {"language": language or SLOVENIAN, "aloud": bool(aloud)}
    revision: int = connection.execute(_TURN[connection.dialect.name], values).scalar_one()
    return revision


def quiet_kiosks(connection: Connection, since: datetime) -> list[Chat]:
    """The kiosks in which nothing has happened since then, locked for this transaction; not those at work just now."""
    return [Chat(*row) for row in connection.execute(_QUIET_KIOSKS, {"since": since})]


def set_language(connection: Connection, chat_ref: bytes, language: str) -> None:
    """A chat reads in this language from now on; what it shows is drawn in it with its next turn."""
    connection.execute(_SET_LANGUAGE, {"chat_ref": chat_ref, "spoken": language})


def record_shown(connection: Connection, chat_ref: bytes, revision: int, card: int | None) -> None:
    """Telegram confirmed this revision in message `card`, or nothing more can be shown (None).

    A later revision that was confirmed before stays.
    """
    connection.execute(_SHOWN, {"chat_ref": chat_ref, "revision": revision, "message": card})


def record_edited(connection: Connection, chat_ref: bytes, revision: int) -> None:
    """Telegram confirmed this revision in the live card."""
    connection.execute(_STILL_SHOWN, {"chat_ref": chat_ref, "revision": revision})


def claim(connection: Connection, behind: Chat, now: datetime) -> bool:
    """Take a chat that is behind, to be drawn by this process alone; it waits anew from now on."""
    return connection.execute(_CLAIM, {"chat_ref": behind.chat, "seen": behind.changed_at, "now": now}).rowcount == 1


def give_up(connection: Connection, chat_ref: bytes) -> None:
    """Nothing can be shown in this chat: the person has blocked the bot or is gone."""
    connection.execute(_GIVE_UP, {"chat_ref": chat_ref})


def cover(connection: Connection, chat_ref: bytes) -> None:
    """A message that is no card stands below the live card: that can still be tapped, and the next one is new."""
    connection.execute(_COVER, {"chat_ref": chat_ref})


def forget(connection: Connection, chat_ref: bytes) -> None:
    """Nothing of this chat stays."""
    connection.execute(_FORGET, {"chat_ref": chat_ref})


def behind(connection: Connection, limit: int, before: datetime) -> list[Chat]:
    """The chats that wait for a card since `before` or longer, those that wait longest first."""
    return [Chat(*row) for row in connection.execute(_BEHIND, {"most": limit, "before": before})]
