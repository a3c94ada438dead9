"""Lists of people who are to be enrolled, each a file that a member of staff sent; enrolled once, then forgotten.

Of a list that was enrolled only the names stay, sealed, for as long as it takes to print them. Knows no columns.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Select, bindparam, delete, insert, or_, select, update

from storage import attachments
from storage.schema import attachment, cohort, enrolment, group_import
from storage.secrets.keys import Keys

PRINTED_WITHIN = timedelta(hours=1)  # so long the names of an enrolled list are kept
CONFIRMED_WITHIN = timedelta(days=1)  # so long a list waits to be enrolled


@dataclass(frozen=True, slots=True)
class GroupImport:
    """A list for a cohort, sent by a member of staff."""

    id: int
    cohort: int
    attachment: int
    staff: int
    received_at: datetime
    applied_at: datetime | None


_ADD = insert(group_import).returning(group_import.c.id)
_FIND = select(*group_import.c).where(group_import.c.id == bindparam("key"))
_APPLY = (
    update(group_import)
    .where(group_import.c.id == bindparam("key"), group_import.c.applied_at.is_(None))
    .values(applied_at=bindparam("now"))
)
_INTO = (
    update(group_import)
    .where(group_import.c.id == bindparam("key"), group_import.c.applied_at.is_(None))
    .values(cohort=bindparam("cohort_id"))
)
_KEEP = (
    update(attachment)
    .where(attachment.c.id == bindparam("file"))
    .values(data_sealed=bindparam("names"), file_sealed=None, mime="")
)
_the_one = cohort.alias("the_one")
_beside = select(cohort.c.id).join_from(
    cohort, _the_one, cohort.c.programme == _the_one.c.programme
)  # people are moved
_APPLIED = group_import.c.applied_at.is_not(None)
_NAMES = (
    select(attachment.c.data_sealed)
    .join_from(group_import, attachment)
    .where(
        group_import.c.cohort.in_(_beside.where(_the_one.c.id == bindparam("cohort_id"))),
        _APPLIED,
        attachment.c.data_sealed.is_not(None),
    )
    .order_by(group_import.c.id)
)
_DROP_NAMES = (
    update(attachment)
    .where(
        attachment.c.id.in_(
            select(group_import.c.attachment).where(
                group_import.c.cohort.in_(
                    _beside.join(enrolment, enrolment.c.cohort == _the_one.c.id).where(
                        enrolment.c.id == bindparam("enrolment_id")
                    )
                ),
                _APPLIED,
            )
        )
    )
    .values(data_sealed=None)
)
_moment = group_import.c.received_at.type
_OLD: Select[int, int] = select(group_import.c.id, group_import.c.attachment).where(
    or_(
        group_import.c.applied_at <= bindparam("applied_before", type_=_moment),
        (group_import.c.received_at <= bindparam("received_before", type_=_moment)) & ~_APPLIED,
    )
)
_DROP_LIST = delete(group_import).where(group_import.c.id == bindparam("key"))


def receive(connection: Connection, cohort_id: int, attachment_id: int, staff_id: int, now: datetime) -> int:
    """A list was sent for a cohort; gives its number."""
    values = {"cohort": cohort_id, "attachment": attachment_id, "staff": staff_id, "received_at": now}
    number: int = connection.execute(_ADD, values).scalar_one()
    return number


def find(connection: Connection, import_id: int) -> GroupImport | None:
    """The list with this number; None where it was forgotten."""
    row = connection.execute(_FIND, {"key": import_id}).one_or_none()
    return None if row is None else GroupImport(*row)


def set_cohort(connection: Connection, import_id: int, cohort_id: int) -> None:
    """It is for this cohort, as long as nobody on it was enrolled."""
    connection.execute(_INTO, {"key": import_id, "cohort_id": cohort_id})


def mark_applied(connection: Connection, import_id: int, now: datetime) -> bool:
    """Everybody on it is being enrolled, in this transaction; false when that was done before."""
    return connection.execute(_APPLY, {"key": import_id, "now": now}).rowcount == 1


def keep_names(connection: Connection, keys: Keys, one: GroupImport, names: Mapping[int, str]) -> None:
    """In the place of the file only the names by enrolment stay."""
    sealed = keys.seal_text(json.dumps(dict(names), ensure_ascii=False))
    connection.execute(_KEEP, {"file": one.attachment, "names": sealed})


def names(connection: Connection, keys: Keys, cohort_id: int) -> dict[int, str]:
    """The names by enrolment that are still kept of the lists of a cohort and of those beside it."""
    found: dict[int, str] = {}
    for sealed in connection.execute(_NAMES, {"cohort_id": cohort_id}).scalars():
        found |= {int(number): name for number, name in json.loads(keys.open_text(sealed)).items()}
    return found


def drop_names(connection: Connection, enrolment_id: int) -> None:
    """No name is kept any more of the lists with which somebody may have come into the programme."""
    connection.execute(_DROP_NAMES, {"enrolment_id": enrolment_id})


def drop(connection: Connection, import_id: int, attachment_id: int) -> None:
    """Nothing of a list and its file stays."""
    connection.execute(_DROP_LIST, {"key": import_id})
    attachments.drop(connection, [attachment_id])


def forget(connection: Connection, now: datetime) -> int:
    """Drop the lists whose time to be printed, or to be enrolled, is over; gives how many."""
    bounds = {"applied_before": now - PRINTED_WITHIN, "received_before": now - CONFIRMED_WITHIN}
    old = connection.execute(_OLD, bounds).all()
    for import_id, attachment_id in old:
        drop(connection, import_id, attachment_id)
    return len(old)
