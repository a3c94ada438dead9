"""Column types that mean the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum
from sqlalchemy.types import TypeDecorator, TypeEngine

LARGEST = 2**31 - 1
"""What an INTEGER column holds at most, and so the largest number that a row can have."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[datetime]):
    """An aware datetime in UTC: microseconds since 1970 on SQLite, timestamptz on PostgreSQL.

    A naive datetime is refused with ValueError, since SQLAlchemy's own type would lose the offset silently.
    """

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the column type of the dialect."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Write an aware datetime."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC) if dialect.name == "postgresql" else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the signature is SQLAlchemy's
        """Read an aware datetime in UTC."""
        if value is None:
            return None
        stored: datetime | int = value
        return stored.astimezone(UTC) if isinstance(stored, datetime) else _EPOCH + stored * _MICROSECOND


def one_of(kind: type[StrEnum]) -> Enum:
    """A text column that holds a value of the enumeration, guarded by a CHECK."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=24,
        values_callable=lambda members: [member.value for member in members],
        name=kind.__name__.lower(),
    )
