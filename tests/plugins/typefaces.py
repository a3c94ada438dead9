"""Machines with other fonts: a folder with one font alone, as it is or wider or narrower, for a browser to start with.

The font is the one of the reports, so that no test depends on what is installed where it runs.
"""

from __future__ import annotations

import os
from pathlib import Path

import font_source_sans_pro

AS_IS, WIDE, NARROW = 1.0, 1.25, 0.8  # times as wide: DejaVu Sans is 1.18 times as wide as Source Sans
WEIGHTS = ("Regular", "Semibold", "Bold")
_HEAD, _EM = b"head", 18  # the table, and where in it the units of an em stand


def machine_with(stretch: float, folder: Path) -> dict[str, str]:
    """The environment of a browser on a machine that has this one font."""
    fonts = folder / "fonts"
    fonts.mkdir(parents=True)
    for weight in WEIGHTS:
        font = bytearray(Path(font_source_sans_pro.font_directory, f"SourceSansPro-{weight}.ttf").read_bytes())
        _stretch(font, stretch)
        (fonts / f"{weight}.ttf").write_bytes(font)
    rules = f"<fontconfig><dir>{fonts}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>"
    (folder / "fonts.conf").write_text(rules, "utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}


def _stretch(font: bytearray, stretch: float) -> None:
    """With fewer units in an em, everything of the font is larger at the same size."""
    entry = font.index(_HEAD, 12)
    at = int.from_bytes(font[entry + 8 : entry + 12], "big") + _EM
    em = int.from_bytes(font[at : at + 2], "big")
    font[at : at + 2] = round(em / stretch).to_bytes(2, "big")
