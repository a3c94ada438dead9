"""A page to read or print: headings and pairs of words as one HTML file, with nothing to load. Knows no person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from reports.render.page_policy import PAGE_POLICY

Pairs = tuple[tuple[str, str], ...]


def told(pairs: Iterable[tuple[str, str]]) -> Pairs:
    """The pairs of which there is something to say."""
    return tuple((label, said) for label, said in pairs if said)


@dataclass(frozen=True, slots=True)
class Part:
    """Pairs of a label and what it says, perhaps under a heading and before a note."""

    pairs: Pairs
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class PrintableSection:
    """Parts under a heading."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Sections about one thing, here one programme."""

    title: str
    facts: Part
    sections: tuple[PrintableSection, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintablePage:
    """A whole page in one language, written as its tag."""

    language: str
    title: str
    notes: tuple[str, ...]
    chapters: tuple[Chapter, ...]


_STYLE = (
    "body{font:1.125rem/1.55 system-ui,sans-serif;color:#111;background:#fff;max-width:42rem;margin:1.5rem auto;"
    "padding:0 1rem;overflow-wrap:anywhere}"
    "h1{font-size:1.8rem}h2{font-size:1.45rem;margin-top:2.5rem;border-top:3px solid #111;padding-top:1rem}"
    "h3{font-size:1.2rem;margin-top:2rem}h4{font-size:1.05rem;margin:1.4rem 0 0}"
    "dl{margin:.4rem 0 1rem}dt{margin-top:.7rem;color:#3f4851}dd{margin:0;font-weight:600;white-space:pre-line}"
    "p.note{white-space:pre-line}"
    "@media print{body{font-size:12pt;max-width:none}h3,h4,dt{break-after:avoid}dd{break-inside:avoid}}"
)


def as_html(page: PrintablePage) -> str:
    """The page; every word of it is escaped."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: PrintablePage) -> Iterator[str]:
    yield "<!doctype html>"
    yield f'<html lang="{escape(page.language)}">'
    yield '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(PAGE_POLICY)}">'
    yield f"<title>{escape(page.title)}</title><style>{_STYLE}</style></head>"
    yield f"<body><main><h1>{escape(page.title)}</h1>"
    yield from (f"<p>{escape(note)}</p>" for note in page.notes)
    for chapter in page.chapters:
        yield f"<section><h2>{escape(chapter.title)}</h2>"
        yield from _part(chapter.facts)
        for section in chapter.sections:
            yield f"<h3>{escape(section.title)}</h3>"
            for part in section.parts:
                yield from _part(part)
        yield "</section>"
    yield "</main></body></html>"


def _part(part: Part) -> Iterator[str]:
    if part.title:
        yield f"<h4>{escape(part.title)}</h4>"
    if part.pairs:
        yield "<dl>"
        yield from (f"<dt>{escape(label)}</dt><dd>{escape(said)}</dd>" for label, said in part.pairs)
        yield "</dl>"
    if part.note:
        yield f'<p class="note">{escape(part.note)}</p>'
