"""Four digits by which somebody comes back to their questions on another device. Sealed, and counted when wrong."""

from __future__ import annotations

import hmac
from datetime import datetime
from enum import Enum, auto
from itertools import pairwise

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.schema import web_pin
from storage.secrets.keys import Keys

TRIES = 5

_of = web_pin.c.chat == bindparam("of_chat")
_ADD = insert(web_pin)
_FIND = select(web_pin.c.pin_sealed, web_pin.c.wrong).where(_of)
_MISS = update(web_pin).where(_of).values(wrong=web_pin.c.wrong + 1)
_HIT = update(web_pin).where(_of).values(wrong=0)
_FORGET = delete(web_pin).where(_of)


class PinTry(Enum):
    """What became of digits that somebody gave."""

    RIGHT = auto()
    WRONG = auto()
    LOCKED = auto()  # too many were wrong: a new card is needed
    NONE = auto()  # none were ever chosen


def is_easy(digits: str) -> bool:
    """Whether others try these first: one digit four times, or four in a row, up or down."""
    steps = {int(after) - int(before) for before, after in pairwise(digits)}
    return steps in ({0}, {1}, {-1})


def choose(connection: Connection, keys: Keys, chat: bytes, digits: str, now: datetime) -> None:
    """These digits open the chat from now on, in place of earlier ones."""
    connection.execute(_FORGET, {"of_chat": chat})
    connection.execute(_ADD, {"chat": chat, "pin_sealed": keys.seal_text(digits), "chosen_at": now})


def tries_left(connection: Connection, chat: bytes) -> int | None:
    """How many wrong tries in a row are left; 0 where nothing opens it any more, None where there are no digits."""
    row = connection.execute(_FIND, {"of_chat": chat}).first()
    return None if row is None else max(0, TRIES - row.wrong)


def give(connection: Connection, keys: Keys, chat: bytes, digits: str) -> PinTry:
    """Try digits; each wrong one counts, and after five nothing opens it any more."""
    row = connection.execute(_FIND, {"of_chat": chat}).first()
    if row is None:
        return PinTry.NONE
    if row.wrong >= TRIES:
        return PinTry.LOCKED
    if hmac.compare_digest(keys.open_text(row.pin_sealed).encode(), digits.encode()):
        connection.execute(_HIT, {"of_chat": chat})
        return PinTry.RIGHT
    connection.execute(_MISS, {"of_chat": chat})
    return PinTry.LOCKED if row.wrong + 1 >= TRIES else PinTry.WRONG
