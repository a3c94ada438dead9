"""A report as one Telegram message: HTML with b, i and blockquote, at most 4,096 characters after entities."""

from __future__ import annotations

import re
from html import escape, unescape

from reports import texts
from reports.render.words import written
from reports.report import Block, Chart, Facts, Figure, Paragraph, Quote, Report, Section, Table
from reports.slovenian import quoted

LIMIT = 4096
_PAIRS = 2  # columns of a table that fits one line
_SHORT = 3  # columns that need no names
_TAG = re.compile(r"<[^>]*>")


def as_text(report: Report) -> str:
    """Title and sections in order; a section that no longer fits is left out, and the last line says so."""
    head = f"<b>{escape(report.title)}</b>\n{texts.KINDS[report.kind]} · {escape(report.subtitle)}"
    parts = [f"{head}\n<i>{texts.DEMO}</i>" if report.demo else head]
    room = LIMIT - _length(parts[0]) - len(texts.MORE) - 2
    left_out = False
    for section in report.sections:
        words = _section(section)
        if not words:
            continue
        if _length(words) + 2 > room:
            left_out = True
            continue
        parts.append(words)
        room -= _length(words) + 2
    return "\n\n".join([*parts, *([f"<i>{texts.MORE}</i>"] if left_out else [])])


def _length(words: str) -> int:
    """As Telegram counts: UTF-16 units without tags."""
    return len(unescape(_TAG.sub("", words)).encode("utf-16-le")) // 2


def _section(section: Section) -> str:
    blocks = [words for block in section.blocks if (words := _block(block))]
    return "\n".join([f"<b>{escape(section.title)}</b>", *blocks]) if blocks else ""


def _block(block: Block) -> str:
    match block:
        case Paragraph(words):
            return escape(words)
        case Facts(_, figures):
            return "\n".join(_fact(figure) for figure in figures)
        case Table():
            return _table(block)
        case Chart():
            return ""
        case Quote(words, source):
            return f"<blockquote>{escape(quoted(words))}\n{escape(source)}</blockquote>"


def _fact(figure: Figure) -> str:
    return f"• {escape(figure.label)}: <b>{escape(written(figure))}</b>"


def _table(table: Table) -> str:
    if table.detail or not table.rows:
        return ""
    if len(table.columns) == _PAIRS:
        told = "; ".join(f"{escape(_words(first))} <b>{escape(_words(cell))}</b>" for first, cell in table.rows)
        return f"• {escape(table.title)} {told}"
    named = len(table.columns) > _SHORT
    lines = [f"<i>{escape(table.title)}</i>"] if table.title else []
    for first, *cells in table.rows:
        told = "; ".join(
            (f"{escape(_lower(column))} " if named else "") + f"<b>{escape(_words(cell))}</b>"
            for column, cell in zip(table.columns[1:], cells, strict=True)
            if cell
        )
        lines.append(f"• {escape(_words(first))}: {told}")
    return "\n".join(lines)


def _lower(column: str) -> str:
    return column[:1].lower() + column[1:]


def _words(cell: str | Figure) -> str:
    return written(cell) if isinstance(cell, Figure) else cell
