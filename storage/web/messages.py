"""What is said beside a card in the browser: sentences and pictures as long as that card stands, files for a while."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select

from storage.schema import web_message
from storage.secrets.keys import Keys

_of = web_message.c.chat == bindparam("of_chat")
_ADD = insert(web_message)
_SIZE = func.coalesce(func.length(web_message.c.data_sealed), 0).label("size")
_BESIDE = (
    select(*(one for one in web_message.c if one is not web_message.c.data_sealed), _SIZE)
    .where(_of, or_(web_message.c.revision == bindparam("card"), web_message.c.revision.is_(None)))
    .order_by(web_message.c.id)
)
_ONE = select(web_message).where(_of, web_message.c.id == bindparam("key"))
_CAME = (
    select(web_message.c.id)
    .where(_of, web_message.c.revision.is_(None))
    .where(web_message.c.said_at.between(bindparam("first"), bindparam("last")))
    .limit(1)
)
_PASSED = delete(web_message).where(_of, web_message.c.revision < bindparam("card"))


@dataclass(frozen=True, slots=True)
class MessageFile:
    """A picture, a document or a recording: its content, or the attachment that holds it."""

    kind: str
    name: str = ""
    data: bytes | None = None
    attachment: int | None = None


@dataclass(frozen=True, slots=True)
class NewMessage:
    """What is to be said. `revision`: of the card beside which it stands; None: until it is forgotten."""

    text: str  # as a Screen writes it
    revision: int | None
    media: MessageFile | None = None


@dataclass(frozen=True, slots=True)
class WebMessage:
    """What is said, without the content of its file."""

    id: int
    text: str
    lasts: bool  # stands until it is forgotten, whatever the card
    kind: str | None
    name: str
    said_at: datetime
    size: int  # bytes of the file, as it is sealed


def add(connection: Connection, keys: Keys, chat: bytes, new: Iterable[NewMessage], now: datetime) -> None:
    """Say these, in this order."""
    for one in new:
        connection.execute(_ADD, _values(keys, one) | {"chat": chat, "revision": one.revision, "said_at": now})


def beside(connection: Connection, keys: Keys, chat: bytes, revision: int) -> list[WebMessage]:
    """What stands beside this card, the oldest first."""
    return [
        WebMessage(
            row.id,
            keys.open_text(row.text_sealed),
            row.revision is None,
            row.media,
            "" if row.name_sealed is None else keys.open_text(row.name_sealed),
            row.said_at,
            row.size,
        )
        for row in connection.execute(_BESIDE, {"of_chat": chat, "card": revision})
    ]


def media(connection: Connection, keys: Keys, chat: bytes, message_id: int) -> MessageFile | None:
    """The file of a message of this chat."""
    row = connection.execute(_ONE, {"of_chat": chat, "key": message_id}).first()
    if row is None or row.media is None:
        return None
    name = "" if row.name_sealed is None else keys.open_text(row.name_sealed)
    data = None if row.data_sealed is None else keys.open_bytes(row.data_sealed)
    return MessageFile(row.media, name, data, row.attachment)


def came(connection: Connection, chat: bytes, first: datetime, last: datetime) -> bool:
    """Whether something that stands until it is forgotten was said between these moments."""
    return connection.execute(_CAME, {"of_chat": chat, "first": first, "last": last}).scalar() is not None


def pass_by(connection: Connection, chat: bytes, revision: int) -> None:
    """What stood beside earlier cards than this one goes."""
    connection.execute(_PASSED, {"of_chat": chat, "card": revision})


def _values(keys: Keys, new: NewMessage) -> dict[str, object]:
    given = new.media
    return {
        "text_sealed": keys.seal_text(new.text),
        "media": None if given is None else given.kind,
        "name_sealed": None if given is None else keys.seal_text(given.name),
        "data_sealed": None if given is None or given.data is None else keys.seal_bytes(given.data),
        "attachment": None if given is None else given.attachment,
    }
