"""A report as one Telegram message: HTML with b, i and blockquote, at most 4,096 characters after entities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import escape, unescape

from reports import texts
from reports.render.words import written
from reports.report import Block, Chart, Copied, Facts, Figure, Paragraph, Quote, Report, ReportPicture, Section, Table
from reports.texts import press

LIMIT = 4096
_PAIRS = 2  # columns of a table that fits one line
_BREAK = "\n\n"  # between sections
_TAG = re.compile(r"<[^>]*>")


def as_text(report: Report) -> str:
    """Title and sections in order.

    Where not everything fits, each section keeps one voice of several; a section that still does not fit is left out.
    The last line then says which sections are in the file alone.
    """
    head = f"<b>{escape(report.title)}</b>\n{texts.KINDS[report.kind]} · {escape(report.subtitle)}"
    head += f"\n<i>{texts.DEMO}</i>" if report.demo else ""
    whole = _BREAK.join([head, *_told(report.sections)])
    if _length(whole) <= LIMIT:
        return whole
    kept = head
    left = [section for section in report.sections if _section(section)]
    for section in tuple(left):
        longer = _BREAK.join([kept, _section(_with_one_voice(section))])
        others = [one for one in left if one is not section]
        if _length(_BREAK.join([longer, _more(others)])) <= LIMIT:
            kept, left = longer, others
    return _BREAK.join([kept, _more(left)])


def _more(left: Sequence[Section]) -> str:
    return f"<i>{escape(texts.more([section.title for section in left]))}</i>"


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
        case Facts(title, figures):
            return "\n".join([*_titled(title), *(_fact(figure) for figure in figures)])
        case Table():
            return _table(block)
        case Chart() | ReportPicture():
            return ""
        case Copied(words, source):
            return f"<code>{escape(words)}\n{escape(press.source(source))}</code>"
        case Quote(source=source):
            return f"<blockquote>{escape(block.said)}\n{escape(source)}</blockquote>"


def _fact(figure: Figure) -> str:
    return f"• {escape(figure.label)}: <b>{escape(written(figure))}</b>"


def _table(table: Table) -> str:
    if table.detail or not table.rows:
        return ""
    if len(table.columns) == _PAIRS:
        told = "; ".join(f"{escape(_words(first))} <b>{escape(_words(cell))}</b>" for first, cell in table.rows)
        return f"• {_asked(table.title)}{told}{_of(table)}"
    lines = _titled(table.title)
    lines += [f"• {escape(_words(first))}: {_row(table.columns[1:], cells)}" for first, *cells in table.rows]
    return "\n".join(lines)


def _row(columns: Sequence[str], cells: Sequence[str | Figure]) -> str:
    """Each number with the name of its column; what is hidden altogether is said once."""
    told = [(column, _words(cell)) for column, cell in zip(columns, cells, strict=True) if _tells(cell)]
    hidden = all(isinstance(cell, str) or cell.value is None for cell in cells)
    if hidden and len({words for _, words in told}) == 1:
        return f"<b>{escape(told[0][1])}</b>"
    worded = [isinstance(cell, str) or cell.value is None for cell in cells if _tells(cell)]
    named = zip(told, worded, strict=True)
    return "; ".join(f"{escape(_lower(column))}{':' * of} <b>{escape(words)}</b>" for (column, words), of in named)


def _titled(title: str) -> list[str]:
    return [f"<i>{escape(title)}</i>"] if title else []


def _of(table: Table) -> str:
    """Of how many people the shares of a pair of columns are, where none of them says it."""
    figures = [cell for row in table.rows for cell in row if isinstance(cell, Figure)]
    of = {figure.n for figure in figures if figure.value is not None and figure.unit == "share"}
    n = next(iter(of)) if len(of) == 1 else None
    return f" ({escape(texts.people(n))})" if n is not None else ""


def _tells(cell: str | Figure) -> bool:
    return not cell.empty if isinstance(cell, Figure) else cell not in {"", texts.NO_VALUE}


def _asked(title: str) -> str:
    """What a pair of columns is about, before its rows."""
    mark = "" if title.endswith(("?", ":")) else ":"
    return f"{escape(title)}{mark} " if title else ""


def _lower(column: str) -> str:
    return column[:1].lower() + column[1:]


def _words(cell: str | Figure) -> str:
    return written(cell) if isinstance(cell, Figure) else cell
