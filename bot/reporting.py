"""Making a report: read in one transaction, remembered as published in another, outside the event loop."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.house import House
from reports.weeks import read_week, week_of

if TYPE_CHECKING:
    from reports.report import Report

_TRIES = 5


async def make(house: House, kind: str, slug: str, week: str | None = None) -> Report:
    """The weekly summary (of last week where none is named) or the impact of a programme, as it may be handed out."""
    from reports.publishing import publish  # noqa: PLC0415 - pandas comes only when a report is asked for

    k = house.settings.reports.minimum_cell
    for _ in range(_TRIES):
        report = await house.database.read(partial(_report, house=house, kind=kind, slug=slug, week=week))
        if await house.database.write(partial(publish, report=report, now=house.clock(), k=k)):
            return report
    raise RuntimeError("other reports keep coming between")


def _report(connection: Connection, house: House, kind: str, slug: str, week: str | None) -> Report:
    from reports.impact import impact  # noqa: PLC0415 - pandas comes only when a report is asked for
    from reports.suppression import Cells  # noqa: PLC0415
    from reports.weekly import weekly  # noqa: PLC0415

    programme, now = house.programmes[slug], house.clock()
    minimum, open_text = house.settings.reports, house.keys.open_text
    cells = Cells(minimum.minimum_cell, minimum.published_cell)
    if kind == "impact":
        return impact(connection, programme, now, cells, open_text, demo=house.demo)
    of = week_of(now).previous if week is None else read_week(week)
    return weekly(connection, programme, of, now, cells, open_text, demo=house.demo)
