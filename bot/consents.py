"""Every text of consent that was ever shown, by version, language and kind: as it was, under its checksum.

`python -m bot.consents` files what the current version says; what was filed once is never changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bot.texts import consents, languages
from bot.texts.participant import CONSENT_VERSION
from storage.participants import TOMBSTONE
from storage.schema import Giver
from surveys.languages import SLOVENIAN
from surveys.model import Mode

FOLDER = Path(__file__).parent / "texts" / "consented"
SUMS = FOLDER / "sha256.txt"
_LIBRARY, _PROGRAMME = "{library}", "{programme}"


class Key(NamedTuple):
    """Which text: `kind` says in what situation it was shown."""

    version: str
    language: str
    kind: str

    @property
    def file(self) -> str:
        """The name under which it is filed."""
        return f"{self.version}.{self.language}.{self.kind}.txt"


def key(version: str, language: str, giver: Giver, mode: Mode, recorded_by: str) -> Key:
    """Which text somebody consented to, as it follows from the record of a consent."""
    in_chat = mode is Mode.SELF or recorded_by.startswith(("participant:", TOMBSTONE))
    if in_chat:
        kind = "self" if giver is Giver.SELF else "guardian" if mode is Mode.SELF else "mentor"
    else:
        kind = "aloud-guardian" if giver is Giver.GUARDIAN else "aloud"
    return Key(version, language, kind)


def text(wanted: Key) -> str | None:
    """The text as it was shown, with {library} and {programme} where their names stood; None where it is not filed."""
    return _filed().get(wanted.file)


def current() -> Mapping[Key, str]:
    """What is shown now, in every language."""
    found = {
        Key(CONSENT_VERSION, SLOVENIAN, "aloud"): consents.aloud(_LIBRARY, _PROGRAMME),
        Key(CONSENT_VERSION, SLOVENIAN, "aloud-guardian"): consents.aloud_to_guardian(_LIBRARY, _PROGRAMME),
    }
    for language, words in languages.WORDS.items():
        own = words.for_whom(_LIBRARY, _PROGRAMME)
        shown = {
            "self": words.welcome(_LIBRARY, _PROGRAMME),
            "guardian": f"{own}\n\n{words.guardian_consent(own_child=True)}",
            "mentor": f"{own}\n\n{words.guardian_consent(own_child=False)}",
        }
        found |= {Key(CONSENT_VERSION, language, kind): said for kind, said in shown.items()}
    return found


def checksum(said: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(said.encode()).hexdigest()


def main() -> None:
    """File what is shown now and is not filed yet."""
    for one, said in current().items():
        if not (FOLDER / one.file).exists():
            (FOLDER / one.file).write_text(said, "utf-8")
            with SUMS.open("a", encoding="utf-8") as sums:
                sums.write(f"{checksum(said)}  {one.file}\n")


@cache
def _filed() -> Mapping[str, str]:
    return {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.*.txt")}


if __name__ == "__main__":
    main()
