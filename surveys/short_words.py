"""Short words that somebody types or writes, such as a name or a place: one rule for chat, commands and files. Pure.

They stand on buttons, cards, paper and in logs of offices: on one line, with nothing that nobody sees.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum

NAME, PLACE, PICTURE, LINE = 60, 200, 200, 160  # characters: of a group, of what is to be seen, of a library
_JOINING = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")  # parts of letters in some scripts
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


class Unfit(StrEnum):
    """Why something is no name."""

    EMPTY = "empty"
    LONG = "long"


def tidy(words: str) -> str:
    """Words on one line, without what nobody sees: control and direction characters, spaces of no width."""
    composed = unicodedata.normalize("NFC", words)
    if composed.isprintable():
        return " ".join(composed.split())
    spaced = "".join(" " if one.isspace() else one for one in composed)
    return " ".join("".join(one for one in spaced if not _is_unseen(one)).split())


def tidy_lines(words: str) -> str:
    """Each line tidy, for what may have several."""
    return "\n".join(map(tidy, words.splitlines())).strip()


def unfit(words: str, longest: int) -> Unfit | None:
    """Why tidy words are none; None where they are."""
    if not any(one.isalnum() for one in words):
        return Unfit.EMPTY
    return Unfit.LONG if len(words) > longest else None


def unseen(words: str, *, lines: bool = False) -> str:
    """The first character that nobody sees, as U+202E; empty where there is none. `lines`: there may be several."""
    if words.isprintable():
        return ""
    found = (one for one in words if _is_unseen(one) and not (lines and one == "\n"))
    return next((f"U+{ord(one):04X}" for one in found), "")


def _is_unseen(one: str) -> bool:
    return one not in _JOINING and unicodedata.category(one) in _UNSEEN
