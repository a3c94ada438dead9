"""What is not needed any more: each kind of thing with its time, how many wait to be forgotten, and forgetting them.

In batches, so that nobody who taps waits for long. Knows no clock. Why so long: docs/decisions/retention.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
)

from storage import demonstration, expired_people, expired_words
from storage.attempts import Guess
from storage.schema import (
    DeliveryState,
    attachment,
    audit,
    chat,
    deed,
    delivery,
    email_address,
    enrolment,
    group_import,
    handled_update,
    invite,
    page_picture,
    participant,
    recording,
    staff,
    voice,
    web_login,
    web_message,
    web_pin,
    web_session,
    web_upload,
)
from storage.secrets.keys import Keys

BATCH = 200
"""At once, in one write unit."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is older than these is forgotten; days are of the end of a group."""

    now: datetime
    marks: datetime  # of what came in
    undo: datetime
    files: datetime  # that nothing refers to
    unlink: datetime
    words: date
    anonymise: date
    links: datetime
    orders: datetime
    guesses: datetime
    trail: datetime


Bound = Callable[[Bounds], datetime]
_ALL = true()


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of thing that is kept for a time. `forget` takes at most so many and gives how many it took."""

    name: str
    kept: Callable[[Connection, Keys], int]
    due: Callable[[Connection, Keys, Bounds], int]
    forget: Callable[[Connection, Keys, Bounds, int], int]


@dataclass(frozen=True, slots=True)
class Standing:
    """How many there are of a kind of thing, and how many of them are to be forgotten now."""

    name: str
    kept: int
    due: int


def standings(connection: Connection, keys: Keys, bounds: Bounds) -> list[Standing]:
    """How it stands with everything that is kept for a time; nothing is changed."""
    return [Standing(rule.name, rule.kept(connection, keys), rule.due(connection, keys, bounds)) for rule in RULES]


def _rows(
    name: str,
    moment: Column[datetime],
    bound: Bound,
    of: ColumnElement[bool] = _ALL,
    ended: ColumnElement[bool] = _ALL,
) -> Rule:
    """Rows of a table (those `of` a kind) that are simply deleted: they have `ended` and are as old as the bound."""
    table = moment.table
    key = tuple(table.primary_key.columns)
    old = of & ended & (moment <= bindparam("before", type_=moment.type))
    count = select(func.count()).select_from(table)
    all_of_them, old_ones = count.where(of), count.where(old)
    chosen = select(*key).where(old).order_by(*key).limit(bindparam("most"))
    delete_chosen = delete(table).where(tuple_(*key).in_(chosen))

    def kept(connection: Connection, _keys: Keys) -> int:
        return connection.execute(all_of_them).scalar_one()

    def due(connection: Connection, _keys: Keys, bounds: Bounds) -> int:
        return connection.execute(old_ones, {"before": bound(bounds)}).scalar_one()

    def forget(connection: Connection, _keys: Keys, bounds: Bounds, most: int) -> int:
        return connection.execute(delete_chosen, {"before": bound(bounds), "most": most}).rowcount

    return Rule(name, kept, due, forget)


def _is_nobodys(of: Table) -> ColumnElement[bool]:
    """Whether neither a participant nor a member of staff is behind the chat of a row."""
    return ~exists(select(participant.c.id).where(participant.c.chat == of.c.chat).correlate(of)) & ~exists(
        select(staff.c.id).where(staff.c.chat == of.c.chat).correlate(of)
    )


_REFERRED_TO = or_(
    *(
        exists(select(holder.c.id).where(holder.c.attachment == attachment.c.id).correlate(attachment))
        for holder in (voice, recording, group_import)
    ),
    exists(select(page_picture.c.kind).where(page_picture.c.attachment == attachment.c.id).correlate(attachment)),
)
_BRINGS_BACK = invite.c.used_at.is_not(
    None
) & exists(  # as the card promises: on any device, as long as we know who it is
    select(enrolment.c.id)
    .join_from(enrolment, participant)
    .where(enrolment.c.id == invite.c.enrolment, participant.c.chat.is_not(None))
    .correlate(invite)
)
_ORDER = delivery.c.staff.is_not(None)
_ENDED = delivery.c.state.not_in((DeliveryState.DUE, DeliveryState.SENDING))
_GUESS = audit.c.action.in_(list(Guess))
_LASTS = audit.c.action == demonstration.ACTION

RULES = (
    _rows("marks of what came in", handled_update.c.handled_at, lambda by: by.marks),
    _rows("what can be taken back", deed.c.done_at, lambda by: by.undo),
    _rows("files of nothing", attachment.c.received_at, lambda by: by.files, ~_REFERRED_TO),
    Rule(
        "links to people, voices",
        lambda connection, _keys: expired_people.linked(connection),
        lambda connection, _keys, by: expired_people.unlinkable(connection, by.unlink),
        lambda connection, _keys, by, most: expired_people.unlink(connection, by.unlink, by.now, most),
    ),
    _rows("chats of nobody", chat.c.changed_at, lambda by: by.unlink, _is_nobodys(chat)),
    _rows("browsers that are signed out", web_session.c.expires_at, lambda by: by.now),
    _rows("links into the browser", web_login.c.expires_at, lambda by: by.now),
    _rows("digits of nobody", web_pin.c.chosen_at, lambda by: by.unlink, _is_nobodys(web_pin)),
    _rows("mail addresses of nobody", email_address.c.asked_at, lambda by: by.unlink, _is_nobodys(email_address)),
    _rows("what was said in the browser", web_message.c.said_at, lambda by: by.unlink),
    _rows("files sent in the browser", web_upload.c.received_at, lambda by: by.files),
    Rule(
        "typed words",
        expired_words.kept,
        lambda connection, keys, by: expired_words.due(connection, keys, by.words),
        lambda connection, keys, by, most: expired_words.forget(connection, keys, by.words, most),
    ),
    Rule(
        "codes of people",
        lambda connection, _keys: expired_people.named(connection),
        lambda connection, _keys, by: expired_people.nameable(connection, by.anonymise),
        lambda connection, _keys, by, most: expired_people.anonymise(connection, by.anonymise, by.now, most),
    ),
    _rows("links that were given out", invite.c.expires_at, lambda by: by.links, ~_BRINGS_BACK),
    _rows("orders of staff", delivery.c.planned_at, lambda by: by.orders, _ORDER, _ENDED),
    _rows("wrong guesses", audit.c.at, lambda by: by.guesses, _GUESS),
    _rows("trail of who did what", audit.c.at, lambda by: by.trail, ~_GUESS & ~_LASTS),
)
"""In this order: what a person sent goes before what says who it was."""
