"""What of a text the printed font can show: everything else is said in words or becomes one small box.

Knows the font's own list of characters (the `cmap` of its OpenType file) and nothing of reports.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from pathlib import Path
from struct import Struct
from textwrap import wrap
from unicodedata import category, name, normalize

import font_source_sans_pro

from reports.texts import paper

LINE_END = "\N{ZERO WIDTH SPACE}"
BOX = "\N{BALLOT BOX}"
_DROPPED = ("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Sk")  # controls, what only changes a neighbour, and no letters
_SPACES = ("Zs", "Zl", "Zp")
_ENTRY, _ENCODING, _GROUP = Struct(">4sLLL"), Struct(">HHL"), Struct(">LLL")
_FULL = (3, 10)  # platform and encoding: all of Unicode
_PIECE = 16  # letters
_ENDLESS = re.compile(r"\S{32,}")
_REPEATED = re.compile(f"{BOX}(?:[ {BOX}]*{BOX})")


def breakable(text: str) -> str:
    """The text with places where a line may end in words that no line would hold, such as an address."""
    return _ENDLESS.sub(lambda found: LINE_END.join(wrap(found[0], _PIECE)), text)


def printable(text: str, *, markup: bool = False) -> str:
    """The text in NFC with nothing outside the font; line feeds stay, other controls go.

    In `markup`, such as a drawing, what stands for something else is escaped as its words are.
    """
    whole = normalize("NFC", text)
    if known().issuperset(whole):
        return whole
    calm = whole.replace("\r\n", "\n").replace("\t", " ")
    shown = (one if one in known() else escape(_instead(one)) if markup else _instead(one) for one in calm)
    return _REPEATED.sub(BOX, "".join(shown))


@cache
def known() -> frozenset[str]:
    """The line feed and every character of the font."""
    data = Path(font_source_sans_pro.font_directory, "SourceSansPro-Regular.ttf").read_bytes()
    return frozenset("\n") | {chr(code) for code in _codes(data) if category(chr(code)) not in ("Cc", "Cf")}


def _instead(one: str) -> str:
    kind = category(one)
    if kind in _SPACES:
        return " "
    if kind in _DROPPED:
        return ""
    simpler = normalize("NFKC", one)
    if known().issuperset(simpler):
        return simpler
    return paper.sign(name(one, "")) or BOX


def _codes(font: bytes) -> Iterator[int]:
    """The Unicode characters that an OpenType font maps, from the groups of its `cmap` subtable in format 12."""
    tables = {tag: start for tag, _, start, _ in _ENTRY.iter_unpack(font[12 : 12 + _ENTRY.size * _number(font, 4, 2)])}
    cmap = tables[b"cmap"]
    several = font[cmap + 4 : cmap + 4 + _ENCODING.size * _number(font, cmap + 2, 2)]
    start = cmap + next(
        at for platform, encoding, at in _ENCODING.iter_unpack(several) if (platform, encoding) == _FULL
    )
    groups = font[start + 16 : start + 16 + _GROUP.size * _number(font, start + 12, 4)]
    for first, last, _ in _GROUP.iter_unpack(groups):
        yield from range(first, last + 1)


def _number(font: bytes, at: int, size: int) -> int:
    return int.from_bytes(font[at : at + size], "big")
