"""Fonts for the scripts that the typeface of reports lacks, so that names and words of people are printed as they are.

Knows the fonts' files and which letters they have; what is drawn and measured is in the typeface itself.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from struct import Struct
from typing import BinaryIO
from unicodedata import category

_SCRIPTS = (
    "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew", "Kannada",
    "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai",
)  # fmt: skip
_NAMES = {**{f"Noto Sans {one}": f"NotoSans{one}[wght].ttf" for one in _SCRIPTS}, "Noto Sans": "NotoSans[wght].ttf"}
_EAST_ASIAN = "NotoSansCJK-VF.otf.ttc"  # Chinese, Japanese and Korean in one file
FAMILIES = (*_NAMES, "Noto Sans CJK SC")
"""In the order in which they are asked for a letter."""

_COLLECTION = b"ttcf"
_ENTRY, _ENCODING, _GROUP = Struct(">4sLLL"), Struct(">HHL"), Struct(">LLL")
_UNICODE = ((3, 10), (0, 4), (3, 1), (0, 3))  # platform and encoding, the fuller first
_SEGMENTS = 4  # one of the two formats of a table of characters; the other is 12
_KINDS = frozenset("LMNP")  # letters, their marks, digits, punctuation: no signs, which are said in words
_ANYWHERE = (range(0x300, 0x370), range(0x1AB0, 0x1B00), range(0x1DC0, 0x1E00), range(0x20D0, 0x2100),
             range(0xFE00, 0xFE30), range(0xE0100, 0xE01F0))  # marks of no script, which can be piled up  # fmt: skip


def folders() -> list[str]:
    """Where the fonts lie."""
    return [str(_folder("manimgx_fonts")), str(_folder("manimgx_fonts_cjk"))]


@cache
def letters() -> frozenset[str]:
    """Every letter, mark, digit and punctuation of the scripts."""
    found: set[int] = set()
    noto = (_folder("manimgx_fonts") / name for name in _NAMES.values())
    for file in (*noto, _folder("manimgx_fonts_cjk") / _EAST_ASIAN):
        with file.open("rb") as font:
            found.update(_codes(font))
    return frozenset(one for one in map(chr, found) if category(one)[0] in _KINDS and not _is_loose(ord(one)))


def _folder(package: str) -> Path:
    return Path(str(files(package)))


def _is_loose(code: int) -> bool:
    return any(code in marks for marks in _ANYWHERE)


def _codes(font: BinaryIO) -> Iterator[int]:
    """The characters for which a font has a glyph, from its `cmap`."""
    begin = _number(font, 12, 4) if _bytes(font, 0, 4) == _COLLECTION else 0
    entries = _bytes(font, begin + 12, _ENTRY.size * _number(font, begin + 4, 2))
    cmap = next(start for tag, _, start, _ in _ENTRY.iter_unpack(entries) if tag == b"cmap")
    several = _bytes(font, cmap + 4, _ENCODING.size * _number(font, cmap + 2, 2))
    tables = {(platform, encoding): cmap + at for platform, encoding, at in _ENCODING.iter_unpack(several)}
    start = next(tables[one] for one in _UNICODE if one in tables)
    if _number(font, start, 2) == _SEGMENTS:
        yield from _in_segments(font, start)
        return
    for first, last, _ in _GROUP.iter_unpack(_bytes(font, start + 16, _GROUP.size * _number(font, start + 12, 4))):
        yield from range(first, last + 1)


def _in_segments(font: BinaryIO, start: int) -> Iterator[int]:
    """The characters of a table in format 4, whose segments may have holes."""
    table = array("H", _bytes(font, start, _number(font, start + 2, 2) // 2 * 2))
    if sys.byteorder == "little":
        table.byteswap()
    count = table[3] // 2
    ends, starts, deltas, offsets = (7, 8 + count, 8 + 2 * count, 8 + 3 * count)
    for place in range(count - 1):  # the last stands for nothing
        for code in range(table[starts + place], table[ends + place] + 1):
            offset = table[offsets + place]
            at = offsets + place + offset // 2 + code - table[starts + place]
            glyph = (table[at] if offset else code + table[deltas + place]) & 0xFFFF
            if glyph:
                yield code


def _bytes(font: BinaryIO, at: int, size: int) -> bytes:
    font.seek(at)
    return font.read(size)


def _number(font: BinaryIO, at: int, size: int) -> int:
    return int.from_bytes(_bytes(font, at, size), "big")
