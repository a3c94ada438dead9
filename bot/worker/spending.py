"""What programmes took: each half of a year as it was typed in the chat, else as it is configured."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from bot.runtime.settings import ProgrammePage
from storage import library_pages
from storage.library_pages import Cost


def spent(connection: Connection, code: str, configured: Mapping[str, ProgrammePage]) -> list[Cost]:
    """Every year of which anything is known, by programme and year; `configured` is what is of this library."""
    found = {
        (slug, int(year)): Cost(slug, int(year), page.euros.get(year), page.hours.get(year))
        for slug, page in configured.items()
        for year in {**page.euros, **page.hours}
    }
    for one in library_pages.costs(connection, code):
        key = one.programme, one.year
        found[key] = over(one, found[key]) if key in found else one
    return [found[key] for key in sorted(found)]


def over(new: Cost, there: Cost | None) -> Cost:
    """The new one, with the half that it does not name as it was."""
    if there is None:
        return new
    euros = there.euros if new.euros is None else new.euros
    hours = there.hours if new.hours is None else new.hours
    return Cost(new.programme, new.year, euros, hours)
