"""What `report … --explain` writes: every figure of a report, or one with its formula and the rows behind it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.cli.opening import OPERATOR
from bot.cli.problem import CommandProblem
from bot.runtime.services import Services
from bot.worker import requests
from bot.worker.requests import ReportSpec
from storage import audit

if TYPE_CHECKING:
    from reports.behind.evidence import Row
    from reports.behind.explain import Explanation
    from reports.report import Figure, Report

FORMATS = ("text", "json")
_CODED = frozenset({"group", "state", "mode"})  # cells that hold a code of ours, told in words


async def explained(services: Services, order: ReportSpec, figure: str, form: str) -> bytes:
    """The figures of a report, or (with the id of one) what is behind it, as of one moment."""
    now = services.clock()
    services = replace(services, clock=lambda: now)
    report = await requests.make(services, order)
    if not figure:
        return await asyncio.to_thread(_listing, report, form)
    from reports.behind.explain import UnknownFigureError, explain  # noqa: PLC0415 - pandas comes with it

    work = partial(explain, programmes=services.programmes, report=report, figure_id=figure, now=now)
    try:
        found = await services.database.read(work)
    except UnknownFigureError as problem:
        near = f"; is it one of {', '.join(problem.near)}?" if problem.near else "; --explain alone lists them."
        raise CommandProblem(f"This report has no figure {figure}{near}") from None
    remember = partial(audit.record, actor=OPERATOR, action="report.explain", subject=report.name[:80], now=now)
    await services.database.write(remember)
    return await asyncio.to_thread(_explanation, found, form, demo=report.demo)


def _listing(report: Report, form: str) -> bytes:
    from reports.render.words import written  # noqa: PLC0415 - as above

    figures = list(report.figures.values())
    if form == "json":
        return _as_json([_figure(one) | _mark(demo=report.demo) for one in figures])
    rows = [(one.id, one.label, written(one), "" if one.n is None else str(one.n)) for one in figures]
    return _headed(_as_table([("figure", "label", "value", "n"), *rows]), demo=report.demo)


def _mark(*, demo: bool) -> dict[str, Any]:
    """What JSON says of made-up answers, and only of those."""
    return {"demo": True} if demo else {}


def _headed(content: bytes, *, demo: bool) -> bytes:
    from reports.texts import DEMO  # noqa: PLC0415 - as above

    return f"{DEMO}\n\n".encode() + content if demo else content


def _explanation(found: Explanation, form: str, *, demo: bool) -> bytes:
    from reports.render.words import written  # noqa: PLC0415 - as above
    from reports.texts.formulas import from_where  # noqa: PLC0415 - as above

    figure, formula = found.figure, found.formula
    if form == "json":
        return _as_json(
            {
                **_figure(figure),
                "formula": None if formula is None else formula.words,
                "origin": None if formula is None else formula.origin,
                "as_of": None if found.as_of is None else found.as_of.isoformat(),
                "note": found.note,
                "rows": [dict(row) for row in found.rows],
                **_mark(demo=demo),
            }
        )
    head = [f"{figure.id} · {figure.label}", written(figure) + ("" if figure.n is None else f" · n = {figure.n}")]
    head += [formula.words, from_where(formula)] if formula is not None else []
    head += [found.note] if found.note else []
    body = [line for line in head if line]
    return _headed("\n".join([*body, ""]).encode() + (_rows(found) if found.rows else b""), demo=demo)


def _rows(found: Explanation) -> bytes:
    from reports.texts.formulas import COLUMNS  # noqa: PLC0415 - as above

    heading = tuple(COLUMNS[name] for name in found.columns)
    return b"\n" + _as_table([heading, *(tuple(_cell(row, name) for name in found.columns) for row in found.rows)])


def _cell(row: Row, name: str) -> str:
    from reports.texts.formulas import NO, WORDS, YES  # noqa: PLC0415 - as above

    value = row.get(name, "")
    if isinstance(value, bool):
        return YES if value else NO
    return WORDS[str(value)] if name in _CODED else str(value)


def _figure(figure: Figure) -> dict[str, Any]:
    return {"figure": figure.id, "label": figure.label, "value": figure.value, "n": figure.n, "why": figure.note}


def _as_json(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode()


def _as_table(rows: list[tuple[str, ...]]) -> bytes:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ["  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join([*lines, ""]).encode()
