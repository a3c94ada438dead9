"""What groups may be called, in the chat and on the command line alike. Pure."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

LONGEST = 60
_JOINING = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")  # parts of letters in some scripts
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


class Unfit(StrEnum):
    """Why something is no name."""

    EMPTY = "empty"
    LONG = "long"


def tidy(name: str) -> str:
    """A name on one line, without what nobody sees: control and direction characters, spaces of no width."""
    spaced = "".join(" " if one.isspace() else one for one in unicodedata.normalize("NFC", name))
    seen = (one for one in spaced if one in _JOINING or unicodedata.category(one) not in _UNSEEN)
    return " ".join("".join(seen).split())


def unfit(name: str) -> Unfit | None:
    """Why a tidy name is none; None where it is one."""
    if not any(one.isalnum() for one in name):
        return Unfit.EMPTY
    return Unfit.LONG if len(name) > LONGEST else None
