"""Names of authors as ids of a definition: small ASCII letters, digits and underscores, each once."""

from __future__ import annotations

import re

from surveys.item_checks import CORE
from surveys.signs import fold

_LONGEST = 32
_PLAIN = re.compile(r"[a-z][a-z0-9_]{0,31}")


class Identifiers:
    """Gives each name an id: the same name the same one, in all the forms of a programme."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def of(self, name: str) -> str:
        """The id of a name: itself where it can be one."""
        if name not in self._ids:
            wanted = name if _PLAIN.fullmatch(name) else _plain(name)
            taken = {*self._ids.values(), *CORE}
            endings = (f"_{number}" for number in range(2, len(taken) + 3))
            candidates = (wanted, *(f"{wanted[: _LONGEST - len(end)]}{end}" for end in endings))
            self._ids[name] = next(one for one in candidates if one not in taken)
        return self._ids[name]


def _plain(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")
    return (words if words[:1].isalpha() else f"q_{words}")[:_LONGEST].rstrip("_")
