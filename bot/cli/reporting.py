"""`report …`: made as the bot makes them, written in the form that was asked for, or explained figure by figure."""

from __future__ import annotations

import asyncio
import re
import sys
from functools import partial
from html import unescape
from types import MappingProxyType

from bot.cli import explaining
from bot.cli.cohort import cohort_of
from bot.cli.opening import library_of, programme_of, settings_of
from bot.cli.options import ReportOptions
from bot.cli.output import write_out
from bot.cli.problem import CommandProblem
from bot.runtime.services import Services, open_services
from bot.worker import requests
from bot.worker.jobs import Form
from bot.worker.requests import ReportSpec
from surveys.analysis_plan import PARTICIPANTS

_TAG = re.compile(r"<[^>]*>")
_FORMS: MappingProxyType[str, Form] = MappingProxyType(
    {"text": "text", "html": "html", "pdf": "pdf", "xlsx": "xlsx", "json": "json", "png": "picture", "slide": "slide"}
)
_BINARY = ("pdf", "xlsx", "png", "slide")  # nothing that a terminal could show


def report(given: ReportOptions) -> None:
    """Make the report and write it, or what is behind its figures."""
    if given.explain is not None and given.format not in explaining.FORMATS:
        raise CommandProblem(f"Explanations are written as {' or '.join(explaining.FORMATS)}, not as {given.format}.")
    if given.format in _BINARY and given.out is None and sys.stdout.isatty():
        raise CommandProblem(f"A terminal cannot show {given.format}: name a file with --out.")
    try:
        content = asyncio.run(_make(given))
    except ValueError as problem:
        raise CommandProblem(f"This report cannot be made: {problem}.") from None
    write_out(given.out, content)


async def _make(given: ReportOptions) -> bytes:
    services = await open_services(settings_of(given))
    try:
        order = await _order(services, given)
        if given.explain is not None:
            return await explaining.explained(services, order, given.explain, given.format)
        made = await requests.render(services, await requests.make(services, order), _FORMS[given.format])
    finally:
        await services.database.close()
    match given.format:
        case "text":  # without Telegram's tags
            return f"{unescape(_TAG.sub('', made.decode()))}\n".encode()
        case "json":
            return made + b"\n"
        case _:
            return made


async def _order(services: Services, given: ReportOptions) -> ReportSpec:
    """What was asked for."""
    match given.kind:
        case "national":
            return ReportSpec("national", "national")
        case "country":
            return ReportSpec("country", "national", week=given.week, month=given.month)
        case "library" | "mayor":
            return ReportSpec(given.kind, _library(services, given.library), week=given.week)
        case "compare":
            return await _comparison(services, given)
        case _ if given.library is None:
            return ReportSpec(given.kind, _slug(services, given.programme), week=given.week)
        case _ if given.programme is None:
            return ReportSpec("library", library_of(services, given.library), week=given.week)
        case _:
            raise CommandProblem("Name a programme or a library, not both.")


async def _comparison(services: Services, given: ReportOptions) -> ReportSpec:
    slug = None if given.programme is None else programme_of(services, given.programme).slug
    cohort = await services.database.read(partial(cohort_of, reference=given.cohort or "", programme=slug))
    if cohort.audience != PARTICIPANTS:
        raise CommandProblem(
            f"»{cohort.name}« is a group of {cohort.audience}; only groups of participants are compared."
        )
    return ReportSpec("compare", programme_of(services, cohort.programme).slug, cohort=cohort.id)


def _slug(services: Services, asked: str | None) -> str:
    """The programme that was asked for, or the only one that there is."""
    if asked is not None:
        return programme_of(services, asked).slug
    if len(services.programmes) == 1:
        return next(iter(services.programmes))
    raise CommandProblem(
        f"Say of which programme with --programme; there are: {', '.join(sorted(services.programmes))}."
    )


def _library(services: Services, asked: str | None) -> str:
    """The library that was asked for, or the only one that there is."""
    codes = {programme.code for programme in services.programmes.values()}
    return codes.pop() if asked is None and len(codes) == 1 else library_of(services, asked)
