"""`report weekly` and `report impact`: made as the bot makes them, written in the form that was asked for."""

from __future__ import annotations

import asyncio
import re
import sys
from argparse import Namespace
from html import unescape
from typing import TYPE_CHECKING

from bot import reporting
from bot.cli.opening import programme_of, settings_of
from bot.cli.output import write_out
from bot.cli.problem import Problem
from bot.config import Settings
from bot.house import House, open_house

if TYPE_CHECKING:
    from reports.report import Kind, Report

_TAG = re.compile(r"<[^>]*>")


def weekly(given: Namespace) -> None:
    """What happened in a week."""
    _report(given, "weekly", given.week)


def impact(given: Namespace) -> None:
    """What changed for the people of a programme."""
    _report(given, "impact", None)


def _report(given: Namespace, kind: Kind, week: str | None) -> None:
    if given.format == "png" and given.out is None and sys.stdout.isatty():
        raise Problem("A picture needs a file: name one with --out.")
    try:
        report = asyncio.run(_make(settings_of(given), kind, given.programme, week))
    except ValueError as problem:
        raise Problem(f"This report cannot be made: {problem}.") from None
    write_out(given.out, _written(report, given.format))


async def _make(settings: Settings, kind: Kind, asked: str | None, week: str | None) -> Report:
    house = await open_house(settings)
    try:
        return await reporting.make(house, reporting.Order(kind, _slug(house, asked), week))
    finally:
        await house.database.close()


def _slug(house: House, asked: str | None) -> str:
    """The programme that was asked for, or the only one that there is."""
    if asked is not None:
        return programme_of(house, asked).slug
    if len(house.programmes) == 1:
        return next(iter(house.programmes))
    raise Problem(f"Say of which programme with --programme; there are: {', '.join(sorted(house.programmes))}.")


def _written(report: Report, form: str) -> bytes:
    """The report in one of the forms of the command line; text goes without Telegram's tags."""
    from reports.render.html import as_html  # noqa: PLC0415 - pandas, jinja2 and typst only once a report is there
    from reports.render.json import as_json  # noqa: PLC0415
    from reports.render.png import as_png  # noqa: PLC0415
    from reports.render.text import as_text  # noqa: PLC0415

    match form:
        case "html":
            return as_html(report).encode()
        case "json":
            return f"{as_json(report)}\n".encode()
        case "png":
            return as_png(report)
        case _:
            return f"{unescape(_TAG.sub('', as_text(report)))}\n".encode()
