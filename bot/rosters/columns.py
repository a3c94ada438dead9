"""What the columns of a list are called, and what stands in them. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum

from surveys.languages import NAMES

ABOVE = 5  # rows above the heading: a title, a date


class RosterColumn(StrEnum):
    """What a column can say."""

    GIVEN = "given"  # »Ime«, which is the whole name where there is no surname
    SURNAME = "surname"
    NAME = "name"  # both
    CODE = "code"  # of somebody who has one already, in another group
    LANGUAGE = "language"
    NOTE = "note"  # »brez telefona«: printed beside the name


OF_NAMES = frozenset({RosterColumn.GIVEN, RosterColumn.SURNAME, RosterColumn.NAME})
HEADINGS: Mapping[str, RosterColumn] = {
    "ime": RosterColumn.GIVEN,
    "priimek": RosterColumn.SURNAME,
    "ime in priimek": RosterColumn.NAME,
    "priimek in ime": RosterColumn.NAME,
    "ime priimek": RosterColumn.NAME,
    "priimek ime": RosterColumn.NAME,
    "udelezenec": RosterColumn.NAME,
    "udelezenka": RosterColumn.NAME,
    "udelezenci": RosterColumn.NAME,
    "udelezenec ka": RosterColumn.NAME,
    "oseba": RosterColumn.NAME,
    "name": RosterColumn.NAME,
    "first name": RosterColumn.GIVEN,
    "last name": RosterColumn.SURNAME,
    "surname": RosterColumn.SURNAME,
    "sifra": RosterColumn.CODE,
    "koda": RosterColumn.CODE,
    "code": RosterColumn.CODE,
    "jezik": RosterColumn.LANGUAGE,
    "language": RosterColumn.LANGUAGE,
    "opomba": RosterColumn.NOTE,
    "opombe": RosterColumn.NOTE,
    "note": RosterColumn.NOTE,
}
LANGUAGES: Mapping[str, str] = {
    "slovenscina": "sl",
    "slovensko": "sl",
    "lahko": "sl-x-lahko",
    "anglescina": "en",
    "anglesko": "en",
    "bosanscina": "bs",
    "bosansko": "bs",
    "hrvascina": "hr",
    "hrvasko": "hr",
    "srbscina": "sr",
    "srbsko": "sr",
    "makedonscina": "mk",
    "makedonsko": "mk",
    "albanscina": "sq",
    "albansko": "sq",
    "ukrajinscina": "uk",
    "ukrajinsko": "uk",
    "italijanscina": "it",
    "italijansko": "it",
    "madzarscina": "hu",
    "madzarsko": "hu",
    "nemscina": "de",
    "nemsko": "de",
}
"""What a library writes, plainly; the tags themselves (`en`) and the language's own name can be written, too."""


def plain(words: str) -> str:
    """Words without case, carons and what stands around them: »Šifra:« is »sifra«."""
    letters = unicodedata.normalize("NFD", words.casefold())
    bare = "".join(letter if letter.isalnum() or letter == "-" else " " for letter in letters
                   if not unicodedata.combining(letter))  # fmt: skip
    return " ".join(bare.split())


def is_heading(cell: str) -> bool:
    """Whether the cell names a column."""
    return plain(cell) in HEADINGS


def heading_of(rows: Sequence[Sequence[str]]) -> int | None:
    """Where the heading stands: the first of the topmost rows in which a column is named."""
    return next((place for place, cells in enumerate(rows[: ABOVE + 1]) if any(map(is_heading, cells))), None)


_TAGS: Mapping[str, str] = {
    **LANGUAGES,
    **{plain(name): tag for tag, name in NAMES.items()},
    **{tag: tag for tag in NAMES},
}


def language(words: str) -> str:
    """The tag of a language; the words themselves where it is not known."""
    return _TAGS.get(plain(words), words)
