"""A report as one Telegram message: HTML with b, i and blockquote, at most 4,096 characters after entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape, unescape

from reports import texts
from reports.render.words import written
from reports.report import Block, Chart, Facts, Figure, Paragraph, Quote, Report, Section, Table
from reports.slovenian import quoted

LIMIT = 4096
_PAIRS = 2  # columns of a table that fits one line
_BREAK = "\n\n"  # between sections
_TAG = re.compile(r"<[^>]*>")


def as_text(report: Report) -> str:
    """Title and sections in order.

    Where not everything fits, each section keeps one voice of several; a section that still does not fit is left out.
    The last line then says that there is more.
    """
    head = f"<b>{escape(report.title)}</b>\n{texts.KINDS[report.kind]} · {escape(report.subtitle)}"
    head += f"\n<i>{texts.DEMO}</i>" if report.demo else ""
    whole = _BREAK.join([head, *_told(report.sections)])
    if _length(whole) <= LIMIT:
        return whole
    more = f"<i>{texts.MORE}</i>"
    parts, room = [head], LIMIT - _length(head) - _length(_BREAK + more)
    for words in _told(_with_one_voice(section) for section in report.sections):
        length = _length(_BREAK + words)
        if length <= room:
            parts.append(words)
            room -= length
    return _BREAK.join([*parts, more])


def _told(sections: Iterable[Section]) -> list[str]:
    return [words for section in sections if (words := _section(section))]


def _with_one_voice(section: Section) -> Section:
    voice = next((place for place, block in enumerate(section.blocks) if isinstance(block, Quote)), None)
    kept = (block for place, block in enumerate(section.blocks) if place == voice or not isinstance(block, Quote))
    return replace(section, blocks=tuple(kept))


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
        return f"• {_asked(table.title)}{told}"
    lines = [f"<i>{escape(table.title)}</i>"] if table.title else []
    lines += [f"• {escape(_words(first))}: {_row(table.columns[1:], cells)}" for first, *cells in table.rows]
    return "\n".join(lines)


def _row(columns: Sequence[str], cells: Sequence[str | Figure]) -> str:
    """Each number with the name of its column; what is hidden altogether is said once."""
    told = [(column, _words(cell)) for column, cell in zip(columns, cells, strict=True) if cell]
    hidden = all(isinstance(cell, str) or cell.value is None for cell in cells)
    if hidden and len({words for _, words in told}) == 1:
        return f"<b>{escape(told[0][1])}</b>"
    return "; ".join(f"{escape(_lower(column))} <b>{escape(words)}</b>" for column, words in told)


def _asked(title: str) -> str:
    """What a pair of columns is about, before its rows."""
    mark = "" if title.endswith(("?", ":")) else ":"
    return f"{escape(title)}{mark} " if title else ""


def _lower(column: str) -> str:
    return column[:1].lower() + column[1:]


def _words(cell: str | Figure) -> str:
    return written(cell) if isinstance(cell, Figure) else cell
