"""The words of the weekly summary of a whole library. Knows nothing of where a number comes from."""

from __future__ import annotations

from datetime import date

from reports.slovenian import counted, day, plural

PROGRAMMES = "Programi"
PROGRAMME = "Program"
ALL = "Skupaj"
RESPONSE_CHART = "Odziv po programih, vsi vali skupaj"
OPENINGS = "Vabila"
CLOSINGS = "Se zaprejo"
CALLS = "Klici"


def subtitle(programmes: int, monday: date, sunday: date) -> str:
    """Under the name of the library."""
    number = counted(programmes, "program", "programa", "programi", "programov")
    return f"{number} · od {day(monday)} do {day(sunday)}"


def people(programmes: int, enrolled: int, consented: int) -> str:
    """How many are enrolled in the programmes of the library, and how many of them agreed to be asked."""
    where = f"V {counted(programmes, 'programu', 'programih', 'programih', 'programih')}"
    if enrolled == 0:
        return f"{where} še ni vpisov."
    verb = plural(enrolled, "je", "sta", "so", "je")
    told = counted(enrolled, "vpis", "vpisa", "vpisi", "vpisov")
    agreed = counted(consented, "soglasje", "soglasji", "soglasja", "soglasij")
    return f"{where} {verb} {told} in {agreed}."
