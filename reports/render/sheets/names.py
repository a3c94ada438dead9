"""How sheets are called: what Excel allows, each name once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reports.texts.sheets import SHEET_LIMIT

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_RESERVED = ("", "history")


def sheet_names(wishes: Sequence[str]) -> list[str]:
    """A name for each wish: cut at a word, without forbidden signs, numbered where it was taken."""
    found: list[str] = []
    for wish in wishes:
        taken = {name.casefold() for name in found} | set(_RESERVED)
        name, number = _allowed(wish, SHEET_LIMIT), 1
        while name.casefold() in taken:
            number += 1
            tail = f" {number}"
            name = (_allowed(wish, SHEET_LIMIT - len(tail)) + tail).strip()
        found.append(name)
    return found


def _allowed(wish: str, longest: int) -> str:
    name = " ".join(_FORBIDDEN.sub(" ", wish).split()).strip("'")
    if len(name) > longest:
        name = name[: longest - 1].rsplit(" ", 1)[0].rstrip(" '–,;(»") + "…"
    return name.strip("'").strip()
