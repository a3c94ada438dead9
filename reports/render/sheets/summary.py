"""The first sheet: all that is said in sentences and facts, in order, and where the tables are."""

from __future__ import annotations

from collections.abc import Mapping

from reports import texts
from reports.render.sheets.cells import bounds, note_cell, people_cell, value_cell
from reports.render.sheets.page import Worksheet
from reports.report import Block, Chart, Copied, Facts, Paragraph, Quote, Report, ReportPicture, Section, Table
from reports.texts import press
from reports.texts import sheets as words

_WIDTHS = (58, 11, 10, 9, 9, 9, 26)
_WIDE = len(_WIDTHS)
_NAMES = (0, 2, 6)


def write_summary(page: Worksheet, report: Report, places: Mapping[Block, str], others: tuple[str, ...]) -> None:
    """`places` says on which sheet a table or a drawing stands; `others` are all sheets after this one."""
    page.widths(_WIDTHS)
    page.title(report.title)
    page.line(f"{texts.KINDS[report.kind]} · {report.subtitle}", "subtitle")
    page.line(texts.made_on(report.made_on), "subtitle")
    for section in report.sections:
        _section(page, section, places)
    page.row += 1
    page.rule(words.CONTENTS, _WIDE, "heading")
    for name in others:
        page.link(name)


def _section(page: Worksheet, section: Section, places: Mapping[Block, str]) -> None:
    page.row += 1
    page.rule(section.title, _WIDE, "heading")
    first = section.id == "summary"
    for block in section.blocks:
        _block(page, block, places, lead=first)
        first = first and not isinstance(block, Paragraph)


def _block(page: Worksheet, block: Block, places: Mapping[Block, str], *, lead: bool) -> None:
    match block:
        case Paragraph(said):
            page.note(said, _WIDE, "lead" if lead else "words")
        case Facts():
            _facts(page, block)
        case Quote(source=source):
            page.note(block.said, _WIDE, "words")
            page.note(source, _WIDE)
        case ReportPicture(alt=alt):
            page.note(alt, _WIDE)
        case Copied(said, source):
            page.note(said, _WIDE, "words")
            page.note(press.source(source), _WIDE)
        case Table(title) if block in places:
            page.link(places[block], words.table_on(title, places[block]))
        case Table(title, caption=caption):
            page.note(words.named(title) + caption, _WIDE, "words")
        case Chart(title=title):
            page.link(places[block], words.chart_on(title, places[block]))


def _facts(page: Worksheet, facts: Facts) -> None:
    page.heads((facts.title or words.FACT, *words.FACT_HEADS[1:]), names=_NAMES)
    for figure in facts.figures:
        low, high = bounds(figure)
        unit = words.UNITS[figure.unit] if figure.unit else ""
        cells = (figure.label, value_cell(figure), unit, low, high, people_cell(figure), note_cell(figure))
        page.cells(cells, names=_NAMES)
