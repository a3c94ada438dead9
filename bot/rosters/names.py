"""Names as lists write them: in one column or several, some of which say the same."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.rosters.columns import OF_NAMES, RosterColumn, plain

_STRANGE = re.compile(r"[:=@#;|\t]|https?|\d{5,}")


def whole(said: Sequence[tuple[RosterColumn, str]]) -> str | None:
    """The name that the cells of a row say; None where they speak of different people.

    A cell with the whole name holds those beside it with only the name or the surname.
    """
    cells = [(column, cell) for column, cell in said if column in OF_NAMES]
    full = [cell for column, cell in cells if column is RosterColumn.NAME]
    if not full:
        return " ".join(cell for _, cell in cells)
    longest = max(full, key=lambda cell: len(_words(cell)))
    return longest if all(_words(cell) <= _words(longest) for _, cell in cells) else None


def is_strange(name: str) -> bool:
    """Whether it holds what no name does, such as a colon or an address."""
    return _STRANGE.search(name) is not None


def says_who(name: str) -> bool:
    """Whether there is a letter in it, of any script."""
    return any(one.isalpha() for one in name)


def key(name: str) -> str:
    """What is equal for the same name, whether the surname stands before or behind."""
    return " ".join(sorted(plain(name).split())) or name.casefold()


def _words(cell: str) -> frozenset[str]:
    return frozenset(plain(cell).split())
