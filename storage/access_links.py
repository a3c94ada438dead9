"""Invitations: single-use links for participants and staff. Stores only the hash of what stands in a link.

A participant's has a number beside it, which is typed where there is no camera: another way to the same door.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from storage import audit, card_numbers
from storage.schema import Role, enrolment, invite
from storage.secrets.keys import Keys

PARTICIPANT_LIFE = timedelta(days=60)
STAFF_LIFE = timedelta(days=7)

_ADD = insert(invite).returning(invite.c.id)
_NAME = update(invite).where(invite.c.id == bindparam("key")).values(token_hash=bindparam("token_hash"))
_NUMBER = update(invite).where(invite.c.id == bindparam("key")).values(number_hash_sealed=bindparam("mark"))
_FIND_NUMBER = select(invite).where(invite.c.number_hash_sealed.in_(bindparam("marks", expanding=True)))
_FIND = select(invite).where(invite.c.token_hash == bindparam("token_hash"))
_OPEN = (
    select(invite)
    .where(invite.c.used_at.is_(None), invite.c.voided_at.is_(None), invite.c.expires_at > bindparam("now"))
    .order_by(invite.c.id.desc())
)
_OPEN_OF_ONE = _OPEN.where(invite.c.enrolment == bindparam("key"))
_OPEN_OF_COHORT = _OPEN.join_from(invite, enrolment).where(enrolment.c.cohort == bindparam("key"))
_USE = (
    update(invite)
    .where(invite.c.id == bindparam("key"), invite.c.used_at.is_(None), invite.c.voided_at.is_(None))
    .values(used_at=bindparam("now"))
)
_VOID = (
    update(invite)
    .where(invite.c.enrolment == bindparam("key"), invite.c.used_at.is_(None), invite.c.voided_at.is_(None))
    .values(voided_at=bindparam("now"))
    .returning(invite.c.id)
)
_RESTORE = update(invite).where(invite.c.id.in_(bindparam("links", expanding=True))).values(voided_at=None)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that holds: for the person of an `enrolment`, or for staff with a `role` (and a `library`)."""

    id: int
    enrolment: int | None
    role: Role | None
    library: str | None


@dataclass(frozen=True, slots=True)
class Used:
    """The link was used before, for what stands in it."""

    invitation: Invitation


@dataclass(frozen=True, slots=True)
class Expired:
    """The link is too old, or a newer one has replaced it."""

    invitation: Invitation


@dataclass(frozen=True, slots=True)
class Unknown:
    """There is no such link."""


Found = Invitation | Used | Expired | Unknown


@dataclass(frozen=True, slots=True)
class OnCard:
    """What opens the door of one person: the token of the link, and the number, "" of cards from before."""

    token: str
    number: str


def create_participant(connection: Connection, keys: Keys, enrolment_id: int, now: datetime) -> OnCard:
    """What stands on a new card for the person of an enrolment. The caller writes the audit row."""
    row = {"enrolment": enrolment_id, "created_at": now, "expires_at": now + PARTICIPANT_LIFE}
    invite_id, token = _create(connection, keys, _purpose(enrolment_id), row)
    number = card_numbers.drawn(keys.digest(_number_purpose(enrolment_id), invite_id))
    connection.execute(_NUMBER, {"key": invite_id, "mark": keys.mark(Keys.token_hash(number))})
    return OnCard(token, number)


def create_staff(connection: Connection, keys: Keys, role: Role, library: str | None, now: datetime, actor: str) -> str:
    """The token of a new link for a member of staff; only the national coordinator belongs to no library."""
    if (library is None) != (role is Role.NATIONAL):
        raise ValueError("librarians and coordinators belong to a library, the national coordinator to none")
    row = {"role": role, "library": library, "created_at": now, "expires_at": now + STAFF_LIFE}
    number, token = _create(connection, keys, "staff", row)
    audit.record(connection, actor, "staff.invite", f"invite:{number}", now)
    return token


def void(connection: Connection, enrolment_id: int, now: datetime) -> list[int]:
    """Open links for this enrolment open nothing any more; gives their numbers."""
    return list(connection.execute(_VOID, {"key": enrolment_id, "now": now}).scalars())


def restore(connection: Connection, links: Sequence[int]) -> None:
    """These links, which were voided by mistake, open something again."""
    connection.execute(_RESTORE, {"links": list(links)})


def look(connection: Connection, token: str, now: datetime) -> Found:
    """What a token opens now, without using it."""
    return _opened(connection.execute(_FIND, {"token_hash": Keys.token_hash(token)}).first(), now)


def look_up_number(connection: Connection, keys: Keys, number: str, now: datetime) -> tuple[Found, str]:
    """What a number opens now, without using it, and the token of its link; "" where no key here made it."""
    bound = {"marks": keys.all_marks(Keys.token_hash(number))}
    row = connection.execute(_FIND_NUMBER, bound).first()
    return _opened(row, now), "" if row is None else _token(row, keys)


def _opened(row: Row[*tuple[Any, ...]] | None, now: datetime) -> Found:
    if row is None:
        return Unknown()
    invitation = Invitation(row.id, row.enrolment, row.role, row.library)
    if row.used_at is not None:
        return Used(invitation)
    if row.voided_at is not None or row.expires_at <= now:
        return Expired(invitation)
    return invitation


def open_token(connection: Connection, keys: Keys, enrolment_id: int, now: datetime) -> str | None:
    """The token of the newest link of an enrolment that still opens something, to be shown again."""
    on_card = open_card(connection, keys, enrolment_id, now)
    return None if on_card is None else on_card.token


def open_card(connection: Connection, keys: Keys, enrolment_id: int, now: datetime) -> OnCard | None:
    """What stands on the newest card of an enrolment that still opens something."""
    return _on_cards(connection.execute(_OPEN_OF_ONE, {"key": enrolment_id, "now": now}).all(), keys).get(enrolment_id)


def open_cards(connection: Connection, keys: Keys, cohort_id: int, now: datetime) -> dict[int, OnCard]:
    """By enrolment, what stands on the cards of all in a cohort whose link still opens something."""
    return _on_cards(connection.execute(_OPEN_OF_COHORT, {"key": cohort_id, "now": now}).all(), keys)


def redeem(connection: Connection, token: str, now: datetime) -> Found:
    """Use a token up; of two who try at once, one gets the `Invitation` and the other `Used`."""
    found = look(connection, token, now)
    if isinstance(found, Invitation) and connection.execute(_USE, {"key": found.id, "now": now}).rowcount != 1:
        return look(connection, token, now)
    return found


def _on_cards(rows: Sequence[Row[*tuple[Any, ...]]], keys: Keys) -> dict[int, OnCard]:
    """By enrolment, what stands on its newest card; `rows` begin with the newest."""
    found: dict[int, OnCard] = {}
    for row in rows:
        if row.enrolment not in found and (token := _token(row, keys)):
            found[row.enrolment] = OnCard(token, _number(row, keys))
    return found


def _token(row: Row[*tuple[Any, ...]], keys: Keys) -> str:
    """The token of a link, made once more; "" where no key here made it."""
    made = (*keys.all_tokens(_purpose(row.enrolment), row.id), *keys.all_tokens("participant", row.id))
    return next((token for token in made if Keys.token_hash(token) == row.token_hash), "")


def _number(row: Row[*tuple[Any, ...]], keys: Keys) -> str:
    """The number beside a link, made once more; "" where there is none, or no key here made it."""
    if row.number_hash_sealed is None:
        return ""
    known = keys.open_bytes(row.number_hash_sealed)
    made = map(card_numbers.drawn, keys.all_digests(_number_purpose(row.enrolment), row.id))
    return next((number for number in made if Keys.token_hash(number) == known), "")


def _purpose(enrolment_id: int) -> str:
    """What the link of a person is for. Numbers of links are given away anew after an erasure, those of enrolments not.

    Older links say no more than `participant`.
    """
    return f"participant:{enrolment_id}"


def _number_purpose(enrolment_id: int) -> str:
    return f"number:{enrolment_id}"


def _create(connection: Connection, keys: Keys, kind: str, row: Mapping[str, object]) -> tuple[int, str]:
    """The token says which invitation it is, so the row stands before its token, under a hash of nothing."""
    number = connection.execute(_ADD, {**row, "token_hash": secrets.token_bytes(32)}).scalar_one()
    token = keys.token(kind, number)
    connection.execute(_NAME, {"key": number, "token_hash": Keys.token_hash(token)})
    return number, token
