"""`report …`: made as the bot makes them, written in the form that was asked for, or explained figure by figure."""

from __future__ import annotations

import asyncio
import re
import sys
from argparse import Namespace
from functools import partial
from html import unescape
from types import MappingProxyType

from bot import reporting
from bot.cli import explaining
from bot.cli.cohort import cohort_of
from bot.cli.opening import library_of, programme_of, settings_of
from bot.cli.output import write_out
from bot.cli.problem import Problem
from bot.house import House, open_house
from bot.making import Form
from bot.reporting import Order

_TAG = re.compile(r"<[^>]*>")
_FORMS: MappingProxyType[str, Form] = MappingProxyType(
    {"text": "text", "html": "html", "pdf": "pdf", "xlsx": "xlsx", "json": "json", "png": "picture"}
)
_BINARY = ("pdf", "xlsx", "png")  # nothing that a terminal could show


def report(given: Namespace) -> None:
    """Make the report and write it, or what is behind its figures."""
    if given.explain is not None and given.format not in explaining.FORMATS:
        raise Problem(f"Explanations are written as {' or '.join(explaining.FORMATS)}, not as {given.format}.")
    if given.format in _BINARY and given.out is None and sys.stdout.isatty():
        raise Problem(f"A terminal cannot show {given.format}: name a file with --out.")
    try:
        content = asyncio.run(_make(given))
    except ValueError as problem:
        raise Problem(f"This report cannot be made: {problem}.") from None
    write_out(given.out, content)


async def _make(given: Namespace) -> bytes:
    house = await open_house(settings_of(given))
    try:
        order = await _order(house, given)
        if given.explain is not None:
            return await explaining.explained(house, order, given.explain, given.format)
        made = await reporting.render(house, await reporting.make(house, order), _FORMS[given.format])
    finally:
        await house.database.close()
    match given.format:
        case "text":  # without Telegram's tags
            return f"{unescape(_TAG.sub('', made.decode()))}\n".encode()
        case "json":
            return made + b"\n"
        case _:
            return made


async def _order(house: House, given: Namespace) -> Order:
    """What was asked for."""
    match given.kind:
        case "national":
            return Order("national", "national")
        case "library" | "mayor":
            return Order(given.kind, _library(house, given.library), week=given.week)
        case "compare":
            return await _comparison(house, given)
        case _ if given.library is None:
            return Order(given.kind, _slug(house, given.programme), week=given.week)
        case _ if given.programme is None:
            return Order("library", library_of(house, given.library), week=given.week)
        case _:
            raise Problem("Name a programme or a library, not both.")


async def _comparison(house: House, given: Namespace) -> Order:
    cohort = await house.database.read(partial(cohort_of, reference=given.cohort))
    slug = programme_of(house, given.programme or cohort.programme).slug
    if slug != cohort.programme:
        raise Problem(f"»{cohort.name}« is a group of {cohort.programme}, not of {slug}.")
    return Order("compare", slug, cohort=cohort.id)


def _slug(house: House, asked: str | None) -> str:
    """The programme that was asked for, or the only one that there is."""
    if asked is not None:
        return programme_of(house, asked).slug
    if len(house.programmes) == 1:
        return next(iter(house.programmes))
    raise Problem(f"Say of which programme with --programme; there are: {', '.join(sorted(house.programmes))}.")


def _library(house: House, asked: str | None) -> str:
    """The library that was asked for, or the only one that there is."""
    codes = {programme.code for programme in house.programmes.values()}
    return codes.pop() if asked is None and len(codes) == 1 else library_of(house, asked)
