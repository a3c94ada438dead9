"""The words that set one group beside the earlier ones. Never a cause, never a ranking."""

from __future__ import annotations

from datetime import date

from reports.pooling import FEWEST
from reports.slovenian import NO_BREAK, counted, day, number, quoted

CHART = "Sprememba te skupine ob prejšnjih"
RESPONSE_CHART = "Odziv te skupine ob prejšnjih"
THIS = "Ta skupina"
THIS_CHANGE = "Sprememba te skupine"
THIS_INTERVAL = "ta skupina in interval spremembe (95 %)"
EXPECTED = "pričakovano po prejšnjih skupinah"
RANGE = "prejšnje skupine: črta skupaj, pas razpon"
LINE = "prejšnje skupine skupaj"
WORSE, BETTER = "← slabše", "bolje →"
EARLIER_CHANGE = "Prejšnje skupine in pas pričakovanega"
EARLIER_GROUPS = "Število prejšnjih skupin v primerjavi"
TOGETHER = "Prejšnje skupaj"
LEAST, MOST = "Prejšnje: najmanj", "Prejšnje: največ"
OTHERS = "Skupine se razlikujejo po ljudeh in razmerah, zato primerjava ne pove, zakaj je sprememba takšna."
READING = (
    "Pas kaže, kje bi glede na prejšnje skupine pričakovali povprečno spremembo nove skupine (95-odstotni napovedni "
    "interval po modelu naključnih učinkov). Skupine med seboj niso razvrščene."
)
RESPONSE_NOTE = "Odziv je delež odgovorov med vabili. Val, ki še traja, ga lahko še zviša."
HIDDEN = (
    "Sprememba te skupine ni prikazana: odgovorov je premalo, ali pa bi se iz nje in drugih poročil dalo sklepati na "
    "odgovore posameznih ljudi."
)
NOT_ENDED = "O spremembi te skupine bo mogoče govoriti, ko bodo ljudje odgovorili ob zaključku."
FEW_GROUPS = "premalo skupin"
INSIDE = "tako kot v prejšnjih skupinah"
NOT_CLEAR = "razlika je lahko tudi naključna"


def subtitle(cohort: str, library: str, made_on: date) -> str:
    """Under the name of the programme."""
    return f"skupina {quoted(cohort)} · {library} · stanje {day(made_on)}"


def change(cohort: str, label: str, value: float) -> str:
    """The change of the group alone."""
    return f"V skupini {quoted(cohort)} je povprečna sprememba ({label}) {number(value, 1, signed=True)}"


def beside(side: int, *, clear: bool, low: float, high: float) -> str:
    """How it lies to the band of the earlier ones: `side` is −1 below, 0 inside, 1 above."""
    band = f"(od {number(low, 1, signed=True)} do {number(high, 1, signed=True)})"
    if side == 0:
        return f"{INSIDE} {band}."
    word = "višja" if side > 0 else "nižja"
    if clear:
        return f"verjetno {word} kot v prejšnjih skupinah {band}."
    return f"nekoliko {word} kot v prejšnjih skupinah {band}; {NOT_CLEAR}."


def too_few_earlier(k: int) -> str:
    """Instead of a comparison."""
    return (
        f"Za primerjavo je premalo prejšnjih skupin: potrebne so vsaj {FEWEST}, v katerih je odgovorilo vsaj "
        f"{counted(k, 'človek', 'človeka', 'ljudje', 'ljudi')}."
    )


def alone(value: float, interval: tuple[float, float] | None) -> str:
    """The point and its interval for who does not see it."""
    told = f"Ta skupina: sprememba {number(value, 1, signed=True)}"
    if interval is None:
        return f"{told}."
    return f"{told} (od {number(interval[0], 1, signed=True)} do {number(interval[1], 1, signed=True)})."


def band(estimate: float, low: float, high: float) -> str:
    """The band for who does not see it."""
    between = f"od {number(low, 1, signed=True)} do {number(high, 1, signed=True)}"
    return f"Prejšnje skupine: {number(estimate, 1, signed=True)}, pričakovano {between}."


def response(wave: str, this: str, together: str, between: tuple[str, str] | None) -> str:
    """One wave of the chart of response for who does not see it."""
    told = f"{wave}: ta skupina {this}, prejšnje skupaj {together}"
    return told if between is None else f"{told} (od {between[0]} do {between[1]})"


def response_ends() -> tuple[str, str]:
    """What stands at the ends of the axis of shares."""
    return "manj odgovorov", f"več{NO_BREAK}odgovorov"
