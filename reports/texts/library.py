"""The words of the weekly summary of a whole library. Knows nothing of where a number comes from."""

from __future__ import annotations

from reports.texts.periods import ToldPeriod, heading
from surveys.locale_sl import counted, plural

PROGRAMMES = "Programi"
PROGRAMME = "Program"
ALL = "Skupaj"
RESPONSE_CHART = "Odziv po programih, vsa merjenja skupaj"
OPENINGS = "Vabila"
CLOSINGS = "Se zaprejo"
CALLS = "Klici"


def subtitle(programmes: int, told: ToldPeriod) -> str:
    """Under the name of the library."""
    number = counted(programmes, "program", "programa", "programi", "programov")
    return f"{number} · {heading(told)}"


def people(programmes: int, enrolled: int, consented: int, libraries: int = 0) -> str:
    """How many are enrolled in the programmes (of several libraries), and how many of them agreed to be asked."""
    of = f" v {counted(libraries, 'knjižnici', 'knjižnicah', 'knjižnicah', 'knjižnicah')}" if libraries else ""
    alone = programmes == 1 and not libraries
    where = "V programu" if alone else f"V {counted(programmes, 'programu', 'programih', 'programih', 'programih')}{of}"
    if enrolled == 0:
        return f"{where} še ni vpisov."
    verb = plural(enrolled, "je", "sta", "so", "je")
    told = counted(enrolled, "vpis", "vpisa", "vpisi", "vpisov")
    agreed = counted(consented, "privolitev", "privolitvi", "privolitve", "privolitev")
    return f"{where} {verb} {told} in {agreed}."
