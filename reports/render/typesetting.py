"""How typst sets a page: fonts of packages only, data in and never markup, every warning an error. Knows no report."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

from reports.render import scripts
from reports.render.letters import breakable, printable

FONT = "Source Sans Pro"
_DRAWING = "svg"  # under which key markup stands
_LENGTH = re.compile(r' textLength="[^"]*" lengthAdjust="[^"]*"')  # of a text, for readers with another font than ours
PPI = 144  # two pixels for each point: 1,176 pixels wide


class RenderError(RuntimeError):
    """The page could not be set as it should be."""


def picture(template: str, page: dict[str, Any]) -> bytes:
    """A PNG of one page, two pixels for each point; raises RenderError."""
    return _compiled(template, page, format="png", ppi=PPI)


def paper(template: str | Traversable, page: dict[str, Any], made_on: date) -> bytes:
    """A tagged PDF after PDF/UA-1, the same bytes for the same page and day; raises RenderError.

    `template` is one of this folder, or another room's own file.
    """
    made = datetime.combine(made_on, time(12), UTC)
    return _compiled(template, page, format="pdf", pdf_standards=["ua-1"], timestamp=made)


def places(template: str, page: dict[str, Any]) -> list[tuple[int, float]]:
    """Where the blocks of a page begin and end, as its template tells it under `<places>`; raises RenderError."""
    try:
        told = typst.query(
            files("reports.render").joinpath(template).read_bytes(),
            "<places>",
            field="value",
            one=True,
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs=_inputs(page),
        )
    except typst.TypstError as error:
        raise RenderError(error.message) from error
    return [(number, y) for number, y in json.loads(told)]


def _inputs(page: dict[str, Any]) -> dict[str, str]:
    return {"report": json.dumps(_printable({**page, "font": [FONT, *scripts.FAMILIES]}))}


def _compiled(template: str | Traversable, page: dict[str, Any], **options: Any) -> bytes:
    source = files("reports.render").joinpath(template) if isinstance(template, str) else template
    try:
        made, warnings = typst.compile_with_warnings(
            source.read_bytes(),
            font_paths=fonts(),
            ignore_system_fonts=True,
            sys_inputs=_inputs(page),
            **options,
        )
    except typst.TypstError as error:
        raise RenderError(error.message) from error
    if warnings:
        raise RenderError("; ".join(str(warning.message) for warning in warnings))
    return bytes(made)


def _printable(value: Any, key: str = "") -> Any:
    """The same, with every string made of what the font holds."""
    match value:
        case str() if key == _DRAWING:
            return printable(_LENGTH.sub("", value), markup=True)
        case str():
            return breakable(printable(value))
        case dict():
            return {name: _printable(one, name) for name, one in value.items()}
        case list() | tuple():
            return [_printable(one) for one in value]
    return value


@cache
def fonts() -> typst.Fonts:
    """Those of packages, looked through once in a process."""
    folders = [str(Path(font_source_sans_pro.font_directory)), *scripts.folders()]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
