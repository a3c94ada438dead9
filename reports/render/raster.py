"""A picture that somebody gave (PNG or JPEG by its content), read wholly and drawn anew as a small PNG.

What is drawn anew holds nothing but what is seen: no place where it was taken, no hidden thumbnail, no other file
behind it. The size is read from the head before anything is decoded, so that a few bytes cannot ask for a gigabyte.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

MOST_BYTES = 8 * 2**20
MOST_PIXELS = 25_000_000  # what telephones take, and a little more
SHORTEST, STEEPEST = 32, 12  # pixels of the shorter side; how much longer the other may be
LOGO, PHOTO = (600, 240), (1200, 900)  # pixels into which it is drawn, never larger than it is
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # markers of a JPEG that say how large it is
_SCAN, _ALONE = 0xDA, frozenset((0x01, *range(0xD0, 0xD9)))
_KEPT = frozenset((b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"))  # the chunks of a PNG that are seen
_HEAD = struct.Struct(">I4s")
_PAGE = """
#set page(width: auto, height: auto, margin: 0pt, fill: white)
#let picture = image("/picture")
#context {
  let room = (float(sys.inputs.width) * 1pt, float(sys.inputs.height) * 1pt)
  let own = measure(picture)
  let longer = float(sys.inputs.longer) * 1pt / calc.max(own.width, own.height)
  let part = calc.min(room.at(0) / own.width, room.at(1) / own.height, longer)
  image("/picture", width: own.width * part, height: own.height * part)
}
"""


class RasterFlaw(StrEnum):
    """Why something is no picture that can be printed."""

    NO_PICTURE = "no_picture"  # neither PNG nor JPEG
    TOO_MANY_BYTES = "too_many_bytes"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_SMALL = "too_small"
    TOO_STEEP = "too_steep"  # far longer than wide, or wider than long
    DAMAGED = "damaged"


class UnusableError(ValueError):
    """It is no picture that can be printed."""

    def __init__(self, flaw: RasterFlaw) -> None:
        super().__init__(flaw)
        self.flaw = flaw


def drawn_anew(data: bytes, room: tuple[int, int]) -> bytes:
    """A PNG that fits into so many pixels and looks as the picture does; raises UnusableError."""
    width, height = size(data)
    if data.startswith(_PNG):
        data = b"".join((_PNG, *_seen(data)))
    with TemporaryDirectory() as folder:
        Path(folder, "picture").write_bytes(data)
        page = Path(folder, "page.typ")
        page.write_text(_PAGE, encoding="utf-8")
        given = {"width": str(room[0]), "height": str(room[1]), "longer": str(max(width, height))}
        try:
            return typst.compile(page, root=Path(folder), format="png", ppi=72, sys_inputs=given)
        except typst.TypstError:
            raise UnusableError(RasterFlaw.DAMAGED) from None


def size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels as the head says them, within the bounds; raises UnusableError."""
    if len(data) > MOST_BYTES:
        raise UnusableError(RasterFlaw.TOO_MANY_BYTES)
    if data.startswith(_PNG):
        width, height = _size_of_png(data)
    elif data.startswith(_JPEG):
        width, height = _size_of_jpeg(data)
    else:
        raise UnusableError(RasterFlaw.NO_PICTURE)
    if width * height > MOST_PIXELS:
        raise UnusableError(RasterFlaw.TOO_MANY_PIXELS)
    if min(width, height) < SHORTEST:
        raise UnusableError(RasterFlaw.TOO_SMALL)
    if max(width, height) > STEEPEST * min(width, height):
        raise UnusableError(RasterFlaw.TOO_STEEP)
    return width, height


def _size_of_png(data: bytes) -> tuple[int, int]:
    if data[12:16] != b"IHDR" or len(data) < len(_PNG) + 25:
        raise UnusableError(RasterFlaw.DAMAGED)
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _seen(data: bytes) -> Iterator[bytes]:
    """The chunks without words, profiles and what else may unfold; raises UnusableError where the file is cut off."""
    at, heads = len(_PNG), 0
    while at + _HEAD.size <= len(data):
        length, name = _HEAD.unpack_from(data, at)
        end = at + _HEAD.size + length + 4
        heads += name == b"IHDR"
        if end > len(data) or heads > 1:
            break
        if name in _KEPT:
            yield data[at:end]
        if name == b"IEND":
            return
        at = end
    raise UnusableError(RasterFlaw.DAMAGED)


def _size_of_jpeg(data: bytes) -> tuple[int, int]:
    """As the one frame says it that stands before the first scan."""
    found: list[tuple[int, int]] = []
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:  # noqa: PLR2004 - begins every marker
        marker = data[at + 1]
        if marker == 0xFF or marker in _ALONE:  # noqa: PLR2004 - a byte that fills
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004
            continue
        if marker == _SCAN:
            break
        length = int.from_bytes(data[at + 2 : at + 4])
        if marker in _FRAMES and at + 9 <= len(data):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            found.append((width, height))
        at += 2 + length
    if len(found) != 1:
        raise UnusableError(RasterFlaw.DAMAGED)
    return found[0]
