"""Figures that were published, with how many people stood behind them: the memory of the difference rule.

Knows nothing of what the figures mean or when one may be published again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.schema import published_figure


@dataclass(frozen=True, slots=True)
class Published:
    """One figure of one period: `impact:kamnik-slovenscina:after:primary:change` of `2026-11-22`."""

    figure: str
    period: str
    n: int  # people behind the value
    value: float | None


_NAMED = (
    select(published_figure.c.figure, published_figure.c.period, published_figure.c.n, published_figure.c.value)
    .where(published_figure.c.figure.in_(bindparam("figures", expanding=True)))
    .order_by(published_figure.c.period, published_figure.c.figure)
)
_FORGET = delete(published_figure).where(
    published_figure.c.figure == bindparam("key"), published_figure.c.period == bindparam("of")
)
_STORE = insert(published_figure)


def read(connection: Connection, figures: Sequence[str]) -> list[Published]:
    """What was published under these names, the oldest period first."""
    return [Published(*row) for row in connection.execute(_NAMED, {"figures": list(figures)})]


def store(connection: Connection, figures: Iterable[Published], now: datetime) -> None:
    """Remember the figures; one of the same name and period is replaced."""
    rows = [
        {"figure": one.figure, "period": one.period, "n": one.n, "value": one.value, "published_at": now}
        for one in figures
    ]
    if rows:
        connection.execute(_FORGET, [{"key": row["figure"], "of": row["period"]} for row in rows])
        connection.execute(_STORE, rows)
