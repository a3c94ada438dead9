"""A report as one slide: its first sentence for the press, the ten people, and the line that says where it is from."""

from __future__ import annotations

from reports import texts
from reports.render import typesetting
from reports.render.embedded import logo
from reports.report import Copied, Paragraph, Report
from reports.texts import press

_DRAWN = "icons"  # the drawing that says what the sentence says


def as_slide(report: Report) -> bytes:
    """A PNG of 1,920 by 1,080 pixels; where nothing may be told of a change, what the page says first."""
    blocks = [block for section in report.sections for block in section.blocks]
    told = next((one for one in blocks if isinstance(one, Copied)), None)
    first = next((one.text for one in blocks if isinstance(one, Paragraph)), "")
    drawn = next((one for one in report.charts if one.id == _DRAWN), None)
    page = {
        "title": report.title,
        "text": first if told is None else told.text,
        "source": f"{report.title}, {report.subtitle}" if told is None else press.source(told.source),
        "svg": "" if drawn is None or told is None else drawn.svg,
        "alt": "" if drawn is None else drawn.alt,
        "demo": texts.DEMO if report.demo else "",
        "logo": logo(report),
    }
    return typesetting.picture("slide.typ", page)
