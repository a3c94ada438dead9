"""What each chat should show and what its channel confirmed that it shows. Knows a chat by its sealed address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from storage.engine.prepared import Prepared
from storage.schema import chat, email_address, participant, staff, web_login, web_message, web_pin, web_session
from storage.secrets.addresses import TELEGRAM
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
    chat.c.asked,
    chat.c.said_sealed,
    chat.c.seen_from,
    chat.c.seen_at,
    chat.c.earlier,
    chat.c.earlier_from,
    chat.c.earlier_at,
    chat.c.earlier_message,
    chat.c.channel,
)
_UNSEEN = chat.c.seen_from.is_(None) & chat.c.seen_at.is_(None)
_first_shown = (chat.c.wanted == bindparam("revision")) & _UNSEEN
_LOAD = select(*_COLUMNS).where(chat.c.chat == bindparam("chat_ref"))
_LOCK = Prepared(_LOAD.with_for_update())
_IS_OF_SOMEBODY = select(
    exists(select(participant.c.id).where(participant.c.chat == bindparam("chat_ref")))
    | exists(select(staff.c.id).where(staff.c.chat == bindparam("chat_ref")))
)
_FORGET = [
    delete(table).where(table.c.chat == bindparam("chat_ref"))
    for table in (chat, web_message, web_pin, web_session, web_login, email_address)
]
_told_at = bindparam("told_at", type_=chat.c.changed_at.type)
_contested = (chat.c.wanted > bindparam("revision")) & (chat.c.changed_at <= _told_at)
_edited_card = bindparam("edited", type_=chat.c.card.type)
_is_lowest = _edited_card.is_(None) | chat.c.card.is_(None) | (chat.c.card <= _edited_card)
_STILL_SHOWN = Prepared(
    update(chat)
    .where(
        chat.c.chat == bindparam("chat_ref"),
        _contested | (bindparam("certain", type_=Boolean) & (chat.c.shown < bindparam("revision")) & _is_lowest),
    )
    .values(
        shown=bindparam("revision"),
        seen_at=case((_first_shown, bindparam("at", type_=chat.c.seen_at.type)), else_=chat.c.seen_at),
    )
    .returning(_contested)
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
_SHOWING = select(*_COLUMNS).where(
    chat.c.view.like(bindparam("pattern")), chat.c.changed_at >= bindparam("since", type_=chat.c.changed_at.type)
)
_SET_LANGUAGE = update(chat).where(chat.c.chat == bindparam("chat_ref")).values(language=bindparam("spoken"))
_GIVE_UP = update(chat).where(chat.c.chat == bindparam("chat_ref")).values(shown=chat.c.wanted)
_SHOWN = (
    update(chat)
    .where(
        chat.c.chat == bindparam("chat_ref"),
        (chat.c.shown <= bindparam("revision")) | (chat.c.card < bindparam("message", type_=chat.c.card.type)),
    )
    .values(
        shown=bindparam("revision"),
        card=bindparam("message", type_=chat.c.card.type),
        seen_from=case((_first_shown, bindparam("message", type_=chat.c.card.type)), else_=chat.c.seen_from),
    )
)
_COVER = update(chat).where(chat.c.chat == bindparam("chat_ref")).values(card=None)
_tapped = bindparam("tapped", type_=chat.c.card.type)
_language = bindparam("new_language", type_=chat.c.language.type)
_aloud = bindparam("new_aloud", type_=chat.c.aloud.type)
_kiosk = bindparam("new_kiosk", type_=chat.c.kiosk.type)
_asked = bindparam("new_asked", type_=chat.c.asked.type)
_said = bindparam("new_said", type_=chat.c.said_sealed.type)

_NOTHING = literal(b"", LargeBinary)
_known_from = bindparam("known_from", type_=chat.c.seen_from.type)
_known_at = bindparam("known_at", type_=chat.c.seen_at.type)
_SEEN_FROM = case((_UNSEEN, _known_from), else_=chat.c.seen_from)
_SEEN_AT = case((_UNSEEN, _known_at), else_=chat.c.seen_at)
_seen = or_(_known_from.is_not(None), _known_at.is_not(None), not_(_UNSEEN))
_drawn_in = bindparam("drawn_in", type_=chat.c.card.type)
_is_drawn = _drawn_in.is_not(None)
_answered = bindparam("answered", type_=chat.c.earlier_message.type)


def _show_next_statement(insert: sqlite.Insert | postgresql.Insert) -> ReturningInsert[Any]:
    """Insert the chat, or move the one that is there."""
    same = chat.c.view == insert.excluded.view
    values = {
        "view": insert.excluded.view,
        "wanted": chat.c.wanted + 1,
        "changed_at": insert.excluded.changed_at,
        "shown": case((_is_drawn, chat.c.wanted + 1), else_=chat.c.shown),
        "card": case(
            (_is_drawn, _drawn_in), (bindparam("fresh"), None), (chat.c.card < _tapped, _tapped), else_=chat.c.card
        ),
        "language": func.coalesce(_language, chat.c.language),
        "aloud": func.coalesce(_aloud, chat.c.aloud),
        "kiosk": func.nullif(func.coalesce(_kiosk, chat.c.kiosk), 0),
        "asked": func.nullif(func.coalesce(_asked, chat.c.asked), ""),
        "said_sealed": func.nullif(func.coalesce(_said, chat.c.said_sealed), _NOTHING),
        "seen_from": case((bindparam("unread"), _drawn_in), (same & _seen, _SEEN_FROM), else_=_drawn_in),
        "seen_at": case((bindparam("unread"), None), (same, _SEEN_AT), else_=None),
        "earlier": _left(same, chat.c.earlier, chat.c.view),
        "earlier_from": _left(same, chat.c.earlier_from, _SEEN_FROM),
        "earlier_at": _left(same, chat.c.earlier_at, _SEEN_AT),
        "earlier_message": case((bindparam("unread"), None), (same, chat.c.earlier_message), else_=_answered),
    }
    return insert.on_conflict_do_update(index_elements=[chat.c.chat], set_=values).returning(chat.c.wanted)


def _left(same: ColumnElement[bool], kept: Column[Any], moved: ColumnElement[Any]) -> ColumnElement[Any]:
    """What is remembered of the view that is left, where that was on the screen."""
    return case(
        (bindparam("unread"), None),
        (same, kept),
        (_seen, moved),
        else_=kept,
    )


_SHOW_NEXT = {
    "sqlite": Prepared(_show_next_statement(sqlite.insert(chat))),
    "postgresql": Prepared(_show_next_statement(postgresql.insert(chat))),
}


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat: its view, the number of its live card, the revision that is wanted and the one that is shown.

    `language` is the one in which it reads; `aloud`: a screen reader reads it, so that each card is a message of its
    own; `kiosk` is the number that ends the kiosk that it is.

    `asked` are the views of questions that stand until they are answered, the newest first, with spaces between;
    `said_sealed` is what was typed at the one that asks whether it is an answer.
    `seen_from` and `seen_at` say since when the view is on the screen: from the message that brought it on, or from the
    moment at which a card was edited to it; neither: the channel has not confirmed it. `earlier` is the view that was
    on the screen before, with the same two; `earlier_message` is the message that was taken there
    (docs/decisions/words-before-the-card.md).
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
    asked: str | None = None
    said_sealed: bytes | None = None
    seen_from: int | None = None
    seen_at: datetime | None = None
    earlier: str | None = None
    earlier_from: int | None = None
    earlier_at: datetime | None = None
    earlier_message: int | None = None
    channel: str = TELEGRAM


def load(connection: Connection, chat_ref: bytes) -> Chat | None:
    """The chat, or none when nothing was ever shown in it."""
    row = connection.execute(_LOAD, {"chat_ref": chat_ref}).one_or_none()
    return None if row is None else Chat(*row)


def is_of_somebody(connection: Connection, chat_ref: bytes) -> bool:
    """Whether a participant or a member of staff is behind the chat."""
    return connection.execute(_IS_OF_SOMEBODY, {"chat_ref": chat_ref}).scalar_one()


def lock(connection: Connection, chat_ref: bytes) -> Chat | None:
    """The chat, locked for this transaction: two processes take what comes in one after the other."""
    row = _LOCK.one_or_none(connection, {"chat_ref": chat_ref})
    return None if row is None else Chat(*row)


def show_next(
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
    asked: str | None = None,
    said: bytes | None = None,
    known_from: int | None = None,
    known_at: datetime | None = None,
    answered: int | None = None,
    unread: bool = False,
    channel: str = TELEGRAM,
    drawn_in: int | None = None,
) -> int:
    """Want another card in the chat; gives its revision.

    `fresh`: the live card is let go (something stands below it), so that the next one is a new message.
    `tapped`: the message whose button was tapped. If it stands below the live card (an invitation whose sending
    was cut off, so that nobody noted that it arrived), it is the live card from now on.
    `language` and `aloud` are how the chat reads from now on; None leaves it as it is. So with `kiosk`, which a chat
    that was shown before becomes by a number, and ceases to be by 0; with `asked`, which "" ends, and with what was
    `said`, sealed, which b"" ends.
    `known_from`, `known_at`: since when the view that was there before is on the screen, where that is not stored yet;
    `answered`: the message that was taken there. `unread`: what was sent was not taken, and what comes after it counts
    only once the card that says so is on the screen. `channel`: of a chat that is new. `drawn_in`: in which card it is
    shown at once, as `record_shown` would record.
    """
    values = {"chat": chat_ref, "view": view, "wanted": 1, "changed_at": now, "fresh": fresh, "tapped": tapped}
    values |= {"new_language": language, "new_aloud": aloud, "new_kiosk": kiosk}
    values |= {"language": language or SLOVENIAN, "aloud": bool(aloud), "channel": channel}
    values |= {"new_asked": asked, "new_said": said, "asked": asked or None}
    values |= {"known_from": known_from, "known_at": known_at, "answered": answered, "unread": unread}
    values |= {"drawn_in": drawn_in, "card": drawn_in, "seen_from": drawn_in, "shown": int(drawn_in is not None)}
    revision: int = _SHOW_NEXT[connection.dialect.name].scalar(connection, values)
    return revision


def quiet_kiosks(connection: Connection, since: datetime) -> list[Chat]:
    """The kiosks in which nothing has happened since then, locked for this transaction; not those at work just now."""
    return [Chat(*row) for row in connection.execute(_QUIET_KIOSKS, {"since": since})]


def showing(connection: Connection, view: str, since: datetime) -> list[Chat]:
    """The chats whose screen is a view with this name, and has been since then or later."""
    return [Chat(*row) for row in connection.execute(_SHOWING, {"pattern": f"{view}:%", "since": since})]


def set_language(connection: Connection, chat_ref: bytes, language: str) -> None:
    """A chat reads in this language from now on; what it shows is drawn in it from the next card on."""
    connection.execute(_SET_LANGUAGE, {"chat_ref": chat_ref, "spoken": language})


def record_shown(connection: Connection, chat_ref: bytes, revision: int, card: int | None) -> None:
    """The channel confirmed this revision in message `card`, or nothing more can be shown (None).

    A later revision that was confirmed before stays, unless this message stands below it: then that is drawn again.
    """
    connection.execute(_SHOWN, {"chat_ref": chat_ref, "revision": revision, "message": card})


def record_edited(
    connection: Connection,
    chat_ref: bytes,
    revision: int,
    told_at: datetime,
    at: datetime | None,
    card: int | None = None,
) -> bool:
    """The channel said at `told_at` that the live card shows this revision since `at`; None: it may, nobody knows.

    `card`: which one was edited; where another process has sent one below it meanwhile, that is drawn again.

    Whether another process may have shown a later one before: then that one is drawn again
    (docs/decisions/simulation.md).
    """
    values = {"chat_ref": chat_ref, "revision": revision, "told_at": told_at, "at": at, "certain": at is not None}
    values |= {"edited": card}
    return _STILL_SHOWN.scalar(connection, values) or False


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
    """Nothing of this chat stays, also in the browsers that showed it."""
    for statement in _FORGET:
        connection.execute(statement, {"chat_ref": chat_ref})


def behind(connection: Connection, limit: int, before: datetime) -> list[Chat]:
    """The chats that wait for a card since `before` or longer, those that wait longest first."""
    return [Chat(*row) for row in connection.execute(_BEHIND, {"most": limit, "before": before})]
