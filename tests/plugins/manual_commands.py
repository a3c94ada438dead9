"""The command lines that a page of the documentation holds, in its order: of its blocks and of running text."""

from __future__ import annotations

import re
from pathlib import Path

_PIECE = re.compile(r"^ *```\w*\n(?P<block>.*?)^ *```$|`(?P<inline>povezujejo [^`]+)`", re.MULTILINE | re.DOTALL)
_OURS = re.compile(r" *(?:\S+/)?(povezujejo .+)")


def blocks_in(page: Path) -> list[list[str]]:
    """The lines of each block of code, without their indentation."""
    found = _PIECE.finditer(page.read_text("utf-8"))
    return [[line.strip() for line in one["block"].splitlines()] for one in found if one["block"]]


def commands_in(page: Path) -> list[str]:
    """Every whole command line of ours."""
    found: list[str] = []
    for piece in _PIECE.finditer(page.read_text("utf-8")):
        lines = piece["block"].splitlines() if piece["block"] else [piece["inline"].replace("\n", " ")]
        found += [ours[1] for line in lines if (ours := _OURS.fullmatch(line))]
    return found
