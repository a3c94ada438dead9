"""The first sheet: all that is said in sentences and facts, in order, and where the tables are."""

from __future__ import annotations

from collections.abc import Mapping

from reports import texts
from reports.render.sheets.cells import bounds, note_cell, people_cell, value_cell
from reports.render.sheets.page import Page
from reports.report import Block, Chart, Facts, Paragraph, Quote, Report, Section, Table
from reports.slovenian import quoted
from reports.texts import sheets as words

_WIDTHS = (70, 16, 9, 9, 9, 34)
_NAMES = (0, 5)


def write_summary(page: Page, report: Report, sheets: Mapping[Table, str], others: tuple[str, ...]) -> None:
    """`sheets` says on which sheet a table stands; `others` are the sheets that hold no table."""
    page.widths(_WIDTHS)
    page.title(report.title)
    page.line(f"{texts.KINDS[report.kind]} · {report.subtitle}", "subtitle")
    page.line(texts.made_on(report.made_on), "subtitle")
    for section in report.sections:
        _section(page, section, sheets)
    page.row += 1
    page.line(words.CONTENTS, "heading")
    for name in (*sheets.values(), *others):
        page.link(name)


def _section(page: Page, section: Section, sheets: Mapping[Table, str]) -> None:
    page.row += 1
    page.line(section.title, "heading")
    first = section.id == "summary"
    for block in section.blocks:
        _block(page, block, sheets, lead=first)
        first = first and not isinstance(block, Paragraph)


def _block(page: Page, block: Block, sheets: Mapping[Table, str], *, lead: bool) -> None:
    match block:
        case Paragraph(said):
            page.line(said, "lead" if lead else "words")
        case Facts():
            _facts(page, block)
        case Quote(said, source):
            page.line(quoted(said), "words")
            page.line(source, "muted")
        case Table(title) if block in sheets:
            page.link(sheets[block], words.table_on(title, sheets[block]))
        case Table(title, caption=caption):
            page.line(": ".join(part for part in (title, caption) if part), "words")
        case Chart():
            pass  # its words stand on the sheet of the charts


def _facts(page: Page, facts: Facts) -> None:
    page.heads((facts.title or words.FACT, *words.FACT_HEADS[1:]))
    for figure in facts.figures:
        low, high = bounds(figure)
        cells = (figure.label, value_cell(figure), low, high, people_cell(figure), note_cell(figure))
        page.cells(cells, names=_NAMES)
