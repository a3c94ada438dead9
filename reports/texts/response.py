"""The words for who answered of those who could: the denominator is said wherever a share of answers is.

Knows nothing of where a number comes from. Why it counts so: docs/decisions/response.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from surveys.locale_sl import counted, number, percent, plural, quoted

RESPONSE = "Odziv"
ELIGIBLE = "Rok je potekel"
RESPONDED = "Od teh odgovori"
EARLY = "Pred rokom"
SO_FAR = "Do zdaj"
OPEN = "Še odprto"
UNOPENED = "Šifre z neodprto povezavo"
OF_CONSENT = ("odločitve", "privolitve", "šifre z neodprto povezavo")  # beside what stands in those three columns
NOT_BEGUN = "še ni vabil"
STILL_OPEN = "rok še teče"
FEW = "premalo oseb"
NOTHING_DUE = "Vabil ni na vrsti, noben vprašalnik se ne zapre in nihče ne čaka na klic."
NOTE = (
    "Odziv so odgovori, celi ali delni, deljeni z vsemi, ki so do zdaj lahko odgovorili: to so osebe s privolitvijo, "
    "ki jim je rok za odgovor že potekel, tudi če so medtem odnehale ali niso dosegljive. Kdor rok še ima, v "
    "odziv še ne šteje: z že oddanim odgovorom je pod »pred rokom«, brez njega pod »še odprto«."
)
NOTE_OF_WAVES = f"Šteti so vprašalniki vseh merjenj. {NOTE}"


def of_people(n: int) -> str:
    """The denominator: »od 46 oseb, ki so do zdaj lahko odgovorile«."""
    who = plural(
        n,
        "ki je do zdaj lahko odgovorila",
        "ki sta do zdaj lahko odgovorili",
        "ki so do zdaj lahko odgovorile",
        "ki so do zdaj lahko odgovorile",
    )
    return f"od {_persons(n)}, {who}"


def of_decided(n: int) -> str:
    """The denominator of consent: »od 64 oseb, ki so se odločile«."""
    who = plural(n, "ki se je odločila", "ki sta se odločili", "ki so se odločile", "ki so se odločile")
    return f"od {_persons(n)}, {who}"


def of_questionnaires(n: int) -> str:
    """The denominator over several waves: »od 120 vprašalnikov, ki jim je rok že potekel«."""
    what = counted(n, "vprašalnika", "vprašalnikov", "vprašalnikov", "vprašalnikov")
    whose = plural(n, "ki mu", "ki jima", "ki jim", "ki jim")
    return f"od {what}, {whose} je rok že potekel"


def answered(count: int, denominator: str, rate: float | None) -> str:
    """»34 odgovorov od 46 oseb, ki so do zdaj lahko odgovorile (74 %)«."""
    return _of(counted(count, "odgovor", "odgovora", "odgovori", "odgovorov"), denominator, rate)


def consented(count: int, denominator: str, rate: float | None) -> str:
    """»58 privolitev od 64 oseb, ki so se odločile (91 %)«."""
    return _of(counted(count, "privolitev", "privolitvi", "privolitve", "privolitev"), denominator, rate)


def _of(told: str, denominator: str, rate: float | None) -> str:
    return f"{told} {denominator}" if rate is None else f"{told} {denominator} ({percent(rate)})"


def still_open(invitations: int) -> str:
    """Beside a response: »še odprto: 8 vabil«."""
    return f"še odprto: {counted(invitations, 'vabilo', 'vabili', 'vabila', 'vabil')}"


def early(answers: int) -> str:
    """The answers that came before their time was over: »pred iztekom roka je že 5 odgovorov«."""
    told = counted(answers, "odgovor", "odgovora", "odgovori", "odgovorov")
    return f"pred iztekom roka {plural(answers, 'je že', 'sta že', 'so že', 'je že')} {told}"


def unopened(n: int) -> str:
    """The codes that are told apart: »6 šifer, katerih povezav ni še nihče odprl«."""
    codes = counted(n, "šifra", "šifri", "šifre", "šifer")
    return f"{codes}, {plural(n, 'katere povezave', *['katerih povezav'] * 3)} ni še nihče odprl"


def apart(n: int) -> str:
    """That those codes are in no response."""
    return f"V odziv ne {plural(n, 'šteje', 'štejeta', 'štejejo', 'šteje')} {unopened(n)}."


def line(name: str, parts: Sequence[str]) -> str:
    """One step in a sentence: »Zaključek: 34 odgovorov od 46 oseb, …; še odprto: 8 vabil.«, by its parts."""
    return f"{name[:1].upper()}{name[1:]}: {'; '.join(parts)}."


def with_open(name: str, invitations: int) -> str:
    """The name of a bar, whose wave may still be open."""
    return name if not invitations else f"{name} ({still_open(invitations)})"


def of_the_same(later: str, n: int, name: str, count: int, rate: float) -> str:
    """What the response of a later wave compares with: the earlier one of the same people."""
    told = answered(count, f"{of_people(n)} tudi ob merjenju {quoted(later)}", rate)
    return f"Za primerjavo: ob merjenju {quoted(name)} {told}."


def _persons(n: int) -> str:
    return f"{number(n)}\N{NO-BREAK SPACE}{plural(n, 'osebe', 'oseb', 'oseb', 'oseb')}"
