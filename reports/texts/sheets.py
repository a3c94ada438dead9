"""The words of the spreadsheet: names of sheets, heads of columns, how a number is read. Knows no report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from reports.texts import HOW_MANY
from reports.texts.national import EQUITY

SHEET_LIMIT = 31  # letters of the name of a sheet
SUMMARY = "Povzetek"
CHARTS = "Grafi"
CODEBOOK = "Šifrant"
CONTENTS = "Listi v tem zvezku"
ABOUT_CHARTS = "Številke poročila kot grafi; ob vsakem grafu so njegovi podatki."
DRAWN = "Risbe poročila, povedane z besedami"
ENDS = ("Do spodnje meje", "Do zgornje meje")  # of an interval, from its value
PAGE = "stran &P od &N"
AUTHOR = "Knjižnice povezujejo"

FACT = "Podatek"
VALUE = "Vrednost"
FROM = "Od"
TO = "Do"
OF = "Ljudje"
OF_ALL = "Od skupaj"
NOTE = "Opomba"

ID = "Oznaka"
LABEL = "Kaj pove"
UNIT = "Enota"
FACT_HEADS = (FACT, VALUE, UNIT, FROM, TO, OF, NOTE)
READ = "Kako brati"
COMPUTED = "Kako je izračunano"
SHEET = "List"
CODEBOOK_HEADS = (ID, LABEL, UNIT, VALUE, FROM, TO, OF, READ, COMPUTED, NOTE, SHEET)
UNITS = {
    "": "brez enote",
    "people": "število",
    "points": "točke",
    "share": "delež",
    "days": "dnevi",
    "effect": "velikost",
}

_IN_HEADS = {"people": "število", "points": "točke", "share": "%", "days": "dni"}
_CHOSEN = {
    HOW_MANY: "Višje, enako, nižje",
    EQUITY: "Po načinih odgovarjanja",
}  # names of sheets for titles that are too long for one
_READINGS = {
    "": "Število brez enote.",
    "people": "Preštejeno.",
    "points": "Točke na lestvici vprašanja.",
    "share": "Delež: 0 % pomeni nihče, 100 % pomeni vsi.",
    "days": "Število dni.",
    "effect": "Sprememba v enotah razpršenosti odgovorov: okoli 0,2 je majhna, 0,5 srednja, 0,8 velika.",
}
_SIGNED = "Nad 0 pomeni več ali višje, pod 0 manj ali nižje."
_COUNTED_OF = "Stolpec »Ljudje« pove, od koliko."
_INTERVAL = "»Od« in »Do« sta meji 95-odstotnega intervala."
_HIDDEN = "Številka ni prikazana; razlog je v opombi."


def sheet_name(title: str, section: str) -> str:
    """How the sheet of a table is called: by its title where Excel takes that whole, or else by its section."""
    name = _CHOSEN.get(title, title)
    return name if 0 < len(name) <= SHEET_LIMIT else _CHOSEN.get(section, section)


def table_on(title: str, sheet: str) -> str:
    """Where a table stands."""
    return f"{named(title)}tabela na listu »{sheet}«" if title else f"Tabela na listu »{sheet}«"


def chart_on(title: str, sheet: str) -> str:
    """Where a drawing is told in words."""
    return f"{named(title)}na listu »{sheet}«"


def named(title: str) -> str:
    """A title before what is said of it on the same line; nothing for no title."""
    mark = "" if title.endswith(("?", ":")) else ":"
    return f"{title}{mark} " if title else ""


def with_unit(column: str, unit: str) -> str:
    """The head of a column of numbers with their unit, where it does not say it."""
    words = _IN_HEADS.get(unit, "")
    return f"{column} ({words})" if words and "(" not in column and words not in column.casefold() else column


def head(column: str, part: Literal["low", "high", "note"]) -> str:
    """The head of a column that stands beside the values of another."""
    words = {"low": "od", "high": "do", "note": "opomba"}
    return f"{column}: {words[part]}"


def reading(unit: str, *, shown: bool, signed: bool, counted_of: bool, interval: bool) -> str:
    """How a number of this unit (of `UNITS`) is read."""
    if not shown:
        return _HIDDEN
    parts = (
        _READINGS[unit],
        _SIGNED if signed else "",
        _COUNTED_OF if counted_of else "",
        _INTERVAL if interval else "",
    )
    return " ".join(part for part in parts if part)


def charted(title: str, rows: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> str:
    """A chart for who does not see it: each row with its values by the name of their column."""
    told = (f"{row}: {', '.join(f'{column.lower()} {value}' for column, value in values)}" for row, values in rows)
    return f"{title}. {'; '.join(told)}."
