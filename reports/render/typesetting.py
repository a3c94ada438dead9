"""How typst sets a page: our fonts only, data in and never markup, every warning an error. Knows no report."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

from reports.render.letters import breakable, printable

FONT = "Source Sans Pro"
_DRAWING = "svg"  # under which key markup stands
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


def _compiled(template: str | Traversable, page: dict[str, Any], **options: Any) -> bytes:
    source = files("reports.render").joinpath(template) if isinstance(template, str) else template
    try:
        made, warnings = typst.compile_with_warnings(
            source.read_bytes(),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"report": json.dumps(_printable({**page, "font": FONT}))},
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
            return printable(value, markup=True)
        case str():
            return breakable(printable(value))
        case dict():
            return {name: _printable(one, name) for name, one in value.items()}
        case list() | tuple():
            return [_printable(one) for one in value]
    return value


@cache
def _fonts() -> typst.Fonts:
    folder = str(Path(font_source_sans_pro.font_directory))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
