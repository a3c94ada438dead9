"""The typeface of reports: which characters it has and how wide they are, read from its own OpenType files.

What is drawn is measured with it, whatever font a reader's machine then takes.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import Struct
from sys import byteorder

import font_source_sans_pro

_ENTRY, _ENCODING, _GROUP = Struct(">4sLLL"), Struct(">HHL"), Struct(">LLL")
_FULL = (3, 10)  # platform and encoding: all of Unicode
_UNKNOWN = 1.0  # of the font size: signs of other scripts and little pictures are as wide as high
_METRIC = 4  # bytes of one glyph in `hmtx`


@dataclass(frozen=True, slots=True)
class Face:
    """One weight: the advance of each character that it has, as a share of the font size."""

    advances: Mapping[str, float]

    def width(self, text: str, size: float) -> float:
        """How wide a line of text is; pairs that stand closer together are not counted."""
        return size * sum(self.advances.get(one, _UNKNOWN) for one in text)


@cache
def face(weight: str = "Regular") -> Face:
    """The face of a weight: `Regular` or `Semibold`."""
    data = Path(font_source_sans_pro.font_directory, f"SourceSansPro-{weight}.ttf").read_bytes()
    tables = {tag: start for tag, _, start, _ in _ENTRY.iter_unpack(data[12 : 12 + _ENTRY.size * _number(data, 4, 2)])}
    em, count = _number(data, tables[b"head"] + 18, 2), _number(data, tables[b"hhea"] + 34, 2)
    metrics = array("H", data[tables[b"hmtx"] : tables[b"hmtx"] + _METRIC * count])
    if byteorder == "little":
        metrics.byteswap()
    glyphs = _glyphs(data, tables[b"cmap"])
    return Face({one: metrics[2 * min(glyph, count - 1)] / em for one, glyph in glyphs.items()})


def _glyphs(font: bytes, cmap: int) -> dict[str, int]:
    """The number of the glyph of each character, from the groups of the `cmap` subtable in format 12."""
    several = font[cmap + 4 : cmap + 4 + _ENCODING.size * _number(font, cmap + 2, 2)]
    start = cmap + next(
        at for platform, encoding, at in _ENCODING.iter_unpack(several) if (platform, encoding) == _FULL
    )
    groups = font[start + 16 : start + 16 + _GROUP.size * _number(font, start + 12, 4)]
    return {
        chr(code): glyph + code - first
        for first, last, glyph in _GROUP.iter_unpack(groups)
        for code in range(first, last + 1)
    }


def _number(font: bytes, at: int, size: int) -> int:
    return int.from_bytes(font[at : at + size], "big")
