"""The few SVG shapes that charts are made of, as strings. Colours are classes with a printed fallback.

The fallback is what PNG and PDF show; a page may give the classes other colours for a dark screen. Type is never
smaller than 17 px on the 540 px wide canvas, so that it stays readable when a phone shows it at two thirds. Each line
of text says how long it is in the typeface of reports, so that it is as long in whatever font a reader's machine has.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Literal

from reports.charts.typeface import face

WIDTH = 540
SIZE = 19
SMALL = 17
FONT = "Source Sans Pro, Source Sans 3, Segoe UI, Roboto, Helvetica, Arial, sans-serif"
TONES = ("#dbe7f1", "#a9cbe6", "#6ba3d0", "#2f77b3", "#0f4c75")  # from low to high; in grey they stay apart
_ON_TONES = ("ink", "ink", "ink", "paper", "paper")
_COLOURS = {"ink": "#1b1f24", "muted": "#4d5761", "line": "#8c96a0", "paper": "#ffffff", "accent": TONES[-1]}
Anchor = Literal["start", "middle", "end"]


def tones(n: int) -> tuple[int, ...]:
    """Which tones n ordered groups get, the ends first."""
    return {1: (4,), 2: (1, 4), 3: (0, 2, 4), 4: (0, 1, 3, 4)}.get(n, tuple(min(i, 4) for i in range(n)))


def colour(name: str) -> str:
    """Class and fallback of a colour: `ink`, `muted`, `line`, `paper`, `accent`, `tone0` … `tone4`."""
    code = TONES[int(name[-1])] if name.startswith("tone") else _COLOURS[name]
    return f'class="{name}" fill="{code}"'


def on_tone(tone: int) -> str:
    """The colour of words on a tone."""
    return _ON_TONES[tone]


def words(
    x: float,
    y: float,
    text: str,
    *,
    name: str = "ink",
    size: int = SIZE,
    anchor: Anchor = "start",
    bold: bool = False,
) -> str:
    """One line of text whose baseline is at y, as wide as it is in the typeface of reports."""
    weight = ' font-weight="600"' if bold else ""
    look = f'{colour(name)} font-size="{size}" text-anchor="{anchor}"{weight}'
    length = f' textLength="{wide(text, size, bold=bold):.1f}" lengthAdjust="spacingAndGlyphs"' if text else ""
    return f'<text x="{x:g}" y="{y:g}" {look}{length}>{escape(text)}</text>'


def box(x: float, y: float, width: float, height: float, name: str, radius: float = 0) -> str:
    """A filled rectangle."""
    return f'<rect x="{x:g}" y="{y:g}" width="{max(width, 0):g}" height="{height:g}" rx="{radius:g}" {colour(name)}/>'


def line(x1: float, y1: float, x2: float, y2: float, name: str = "line", width: float = 1, dash: str = "") -> str:
    """A straight line."""
    code = TONES[int(name[-1])] if name.startswith("tone") else _COLOURS[name]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" class="{name}" stroke="{code}" '
        f'stroke-width="{width:g}"{dashes}/>'
    )


def dot(x: float, y: float, radius: float, *, hollow: bool = False) -> str:
    """A filled point, or a hollow one that differs in grey too."""
    if not hollow:
        return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" {colour("accent")}/>'
    accent = _COLOURS["accent"]
    return (
        f'<circle cx="{x:g}" cy="{y:g}" r="{radius - 1:g}" class="hollow" fill="#ffffff" '
        f'stroke="{accent}" stroke-width="2.5"/>'
    )


def person(x: float, y: float, name: str, *, outlined: bool = False) -> str:
    """A person 30 px wide and 60 px high, whose upper left corner is at x, y."""
    code = TONES[int(name[-1])] if name.startswith("tone") else _COLOURS[name]
    look = (
        f'class="{name} outlined" fill="none" stroke="{_COLOURS["muted"]}" stroke-width="2"'
        if outlined
        else f'class="{name}" fill="{code}"'
    )
    body = f"M{x + 3:g} {y + 58:g} v-20 a12 12 0 0 1 24 0 v20 z"
    return f'<circle cx="{x + 15:g}" cy="{y + 11:g}" r="9" {look}/><path d="{body}" {look}/>'


def wide(text: str, size: int = SIZE, *, bold: bool = False) -> float:
    """How wide a line of text is, in pixels of the canvas."""
    return face("Semibold" if bold else "Regular").width(text, size)


def lines(text: str, width: float, size: int = SIZE, *, bold: bool = False) -> list[str]:
    """The text broken so that each line fits the width; a word that no line would hold is broken, too."""
    found = [""]
    for word in filter(None, text.split(" ")):
        longer = f"{found[-1]} {word}" if found[-1] else word
        if wide(longer, size, bold=bold) <= width:
            found[-1] = longer
            continue
        *whole, rest = _pieces(word, width, size, bold=bold)
        found = [*filter(None, found), *whole, rest]
    return found


def _pieces(word: str, width: float, size: int, *, bold: bool) -> list[str]:
    found = [""]
    for letter in word:
        if found[-1] and wide(found[-1] + letter, size, bold=bold) > width:
            found.append("")
        found[-1] += letter
    return found


def drawing(id_: str, height: float, title: str, alt: str, parts: Iterable[str]) -> str:
    """The whole picture, with title and description for screen readers."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" width="{WIDTH}" height="{height:g}" '
        f'role="img" aria-labelledby="{id_}-title {id_}-alt" font-family="{FONT}">'
        f'<title id="{id_}-title">{escape(title)}</title><desc id="{id_}-alt">{escape(alt)}</desc>'
        f"{''.join(parts)}</svg>"
    )
