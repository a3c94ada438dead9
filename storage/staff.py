"""Staff: librarians and coordinators, known by role, library and sealed chat. No names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, bindparam, case, exists, insert, select, update

from storage import audit
from storage.schema import DeliveryKind, Role, delivery, participant, staff
from storage.types import LARGEST
from storage.web import sessions

_RANK = case({Role.NATIONAL: 0, Role.COORDINATOR: 1, Role.LIBRARIAN: 2}, value=staff.c.role)
_ADD = insert(staff).returning(staff.c.id)
_BY_CHAT = (
    select(staff).where(staff.c.chat == bindparam("chat"), staff.c.removed_at.is_(None)).order_by(_RANK, staff.c.id)
)
_WHO = select(
    exists(select(participant.c.id).where(participant.c.chat == bindparam("chat"))),
    _BY_CHAT.with_only_columns(staff.c.role).limit(1).scalar_subquery(),
)
_BY_ID = select(staff).where(staff.c.id == bindparam("key"))
_ALL = select(staff).order_by(staff.c.library.nulls_first(), _RANK, staff.c.id)
_WITHOUT_SUMMARY = (
    select(staff)
    .where(
        staff.c.role == Role.COORDINATOR,
        staff.c.chat.is_not(None),
        ~exists(
            select(delivery.c.id)
            .where(
                delivery.c.staff == staff.c.id,
                delivery.c.kind == DeliveryKind.WEEKLY,
                delivery.c.planned_at == bindparam("moment", type_=delivery.c.planned_at.type),
            )
            .correlate(staff)
        ),
    )
    .order_by(staff.c.id)
)
_REMOVE = (
    update(staff)
    .where(staff.c.id == bindparam("key"), staff.c.removed_at.is_(None))
    .values(removed_at=bindparam("now"), chat=None)
)


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One person in one role. `library` is None for the national coordinator, `chat` after removal."""

    id: int
    role: Role
    library: str | None
    chat: bytes | None
    joined_at: datetime
    removed_at: datetime | None = None

    @property
    def actor(self) -> str:
        """How the audit names this person."""
        return f"staff:{self.id}"


def join(connection: Connection, role: Role, library: str | None, chat: bytes, now: datetime) -> StaffMember:
    """The member that this chat is from now on; who already has the role in the library keeps the number."""
    for row in connection.execute(_BY_CHAT, {"chat": chat}):
        if (row.role, row.library) == (role, library):
            return _member(row)
    values = {"role": role, "library": library, "chat": chat, "joined_at": now}
    member = StaffMember(connection.execute(_ADD, values).scalar_one(), role, library, chat, now)
    sessions.shorten(connection, chat, now)
    audit.record(connection, member.actor, "staff.join", member.actor, now)
    return member


def by_chat(connection: Connection, chat: bytes) -> StaffMember | None:
    """The member of staff in this chat, in the widest role that the person has; None for everybody else."""
    row = connection.execute(_BY_CHAT, {"chat": chat}).first()
    return None if row is None else _member(row)


def who(connection: Connection, chat: bytes) -> tuple[bool, Role | None]:
    """Whether whoever is behind a chat takes part, and the widest role that they have there."""
    takes_part, role = connection.execute(_WHO, {"chat": chat}).one()
    return takes_part, role


def find(connection: Connection, staff_id: int) -> StaffMember | None:
    """The member with this number, present or removed."""
    row = connection.execute(_BY_ID, {"key": staff_id}).first()
    return None if row is None else _member(row)


def listing(connection: Connection) -> tuple[StaffMember, ...]:
    """Everybody, also who was removed, by library and role."""
    return tuple(_member(row) for row in connection.execute(_ALL))


def without_summary(connection: Connection, moment: datetime) -> tuple[StaffMember, ...]:
    """The coordinators for whom no weekly summary is planned at this moment yet."""
    return tuple(_member(row) for row in connection.execute(_WITHOUT_SUMMARY, {"moment": moment}))


def remove(connection: Connection, staff_id: int, now: datetime, actor: str) -> bool:
    """End somebody's role, sign them out of browsers and forget the chat; False where there is nobody to remove."""
    member = None if abs(staff_id) > LARGEST else find(connection, staff_id)
    if member is None or connection.execute(_REMOVE, {"key": staff_id, "now": now}).rowcount != 1:
        return False
    if member.chat is not None:
        sessions.end_all(connection, member.chat)
    audit.record(connection, actor, "staff.remove", f"staff:{staff_id}", now)
    return True


def _member(row: Row[tuple[object, ...]]) -> StaffMember:
    return StaffMember(row.id, row.role, row.library, row.chat, row.joined_at, row.removed_at)
