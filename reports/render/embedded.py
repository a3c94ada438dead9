"""A picture inside a page: as a drawing that holds it, so that pages need no other file."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from reports.render.raster import size
from reports.report import Report


def address(png: bytes) -> str:
    """The picture as an address that holds it."""
    return f"data:image/png;base64,{b64encode(png).decode()}"


def embedded(png: bytes) -> str:
    """The picture as SVG, as large as it is."""
    width, height = size(png)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    return f'{head}<image width="{width}" height="{height}" href="{address(png)}"/></svg>'


def logo(report: Report) -> dict[str, Any] | None:
    """The logo of a report for a template; None where there is none."""
    return None if report.logo is None else {"svg": embedded(report.logo.png), "alt": report.logo.alt}
