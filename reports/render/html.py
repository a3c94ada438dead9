"""A report as one self-contained page: no script, nothing loaded, readable on paper and on a dark screen."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from reports import texts
from reports.render.embedded import address
from reports.render.page_policy import PAGE_POLICY
from reports.render.words import bars, beside, cells_of_words, share, value, written
from reports.report import Block, Chart, Figure, Report
from reports.texts import press


def as_html(report: Report) -> str:
    """The whole page, in UTF-8."""
    return _template().render(
        report=report,
        policy=PAGE_POLICY,
        kind=texts.KINDS[report.kind],
        demo=texts.DEMO,
        contents=texts.CONTENTS,
        made=texts.made_on(report.made_on),
        style=Markup(files("reports.render").joinpath("report.css").read_text("utf-8")),  # noqa: S704 - our own file
        written=written,
        value=value,
        beside=beside,
        words=cells_of_words,
        bars=bars,
        kind_of=_kind_of,
        svg=_svg,
        bar=_bar,
        address=address,
        source=press.source,
    )


@cache
def _template() -> Template:
    rooms = Environment(loader=PackageLoader("reports", "render"), autoescape=True, undefined=StrictUndefined)
    return rooms.get_template("report.html")


def _kind_of(block: Block) -> str:
    return type(block).__name__


def _bar(cell: str | Figure) -> Markup:
    """A share as the length of a bar behind its cell."""
    length = share(cell)
    return Markup() if length is None else Markup(' class="bar" style="--share: {:.1f}%"').format(length * 100)


def _svg(chart: Chart) -> Markup:
    """The drawing as it is: `reports.charts.drawing` has escaped every word in it."""
    return Markup(chart.svg)  # noqa: S704 - see above
