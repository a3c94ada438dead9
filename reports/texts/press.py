"""The words around a sentence for the press: what it is for, and where it is from."""

from __future__ import annotations

from datetime import date

from surveys.locale_sl import day, number, plural, quoted

TITLE = "Za objavo"
SOURCE = "Vir"


def source(line: str) -> str:
    """»Vir: Knjižnica Brežice, …«."""
    return f"{SOURCE}: {line}"


def counts(as_of: date) -> str:
    """Of who enrolled and answered: who counted, and when."""
    return f"evidenca vpisov in odgovorov, stanje {day(as_of)}."


def change(as_of: date, n: int, question: str) -> str:
    """Of how answers changed: when, how many people, how they were asked."""
    asked = quoted(question)
    who = plural(
        n,
        f"{number(n)} človek, ki je na vprašanje {asked} odgovoril",
        f"{number(n)} človeka, ki sta na vprašanje {asked} odgovorila",
        f"{number(n)} ljudje, ki so na vprašanje {asked} odgovorili",
        f"{number(n)} ljudi, ki so na vprašanje {asked} odgovorili",
    )
    return f"stanje {day(as_of)}; {who} na začetku in ob koncu programa, po lastni oceni; o spremembi, ne o vzroku."
