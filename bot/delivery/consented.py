"""The list of a group's consents that a member of staff ordered, as a file for the chat."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot import accounting
from bot.house import House
from bot.screens import Document, Screen
from bot.texts import consents as texts
from reports.weeks import local_day
from storage import cohorts, consents
from storage.cohorts import Cohort
from storage.consents import Record


async def screen(house: House, stored: Mapping[str, Any]) -> Screen:
    """The list that a delivery names. Raises LookupError where there is no such group."""
    cohort, records = await house.database.read(partial(_read, cohort_id=int(stored["consents"])))
    content = await asyncio.to_thread(accounting.as_xlsx, records)
    file = Document(content, texts.list_file(house.programmes[cohort.programme].code, local_day(house.clock())))
    return Screen(texts.list_caption(cohort.name, len(records)), media=file)


def _read(connection: Connection, cohort_id: int) -> tuple[Cohort, list[Record]]:
    cohort = cohorts.find(connection, cohort_id)
    if cohort is None:
        raise LookupError("the group is gone")
    return cohort, consents.of_cohort(connection, cohort_id)
