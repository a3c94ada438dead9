"""The words that set one group beside the earlier ones. Never a cause, never a ranking."""

from __future__ import annotations

from datetime import date

from reports.formulas.pooling import FEWEST
from reports.texts import people
from surveys.locale_sl import NO_BREAK, between, day, number, plural, quoted

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
LEAST, MOST = "Najmanj med prejšnjimi", "Največ med prejšnjimi"
OTHERS = "Skupine se razlikujejo po ljudeh in razmerah, zato primerjava ne pove, zakaj je sprememba takšna."
READING = (
    "Pas kaže, kje bi glede na prejšnje skupine pričakovali povprečno spremembo nove skupine. Skupine med seboj niso "
    "razvrščene."
)
BAND = (
    "Pas pričakovanega je 95-odstotni napovedni interval po modelu naključnih učinkov (REML, Hartung in Knapp s "
    "faktorjem najmanj 1)."
)
HIDDEN = (
    "Sprememba te skupine ni prikazana zaradi varstva oseb: iz nje in iz drugih poročil bi se dalo sklepati, kaj je "
    "kdo odgovoril."
)
NOT_ENDED = "O spremembi te skupine bo mogoče govoriti, ko bodo ljudje odgovorili ob zaključku."
FEW_GROUPS = "premalo skupin"
INSIDE = "tako, kot bi po prejšnjih skupinah pričakovali"
NOT_CLEAR = "razlika je lahko tudi naključna"
OTHERS_CHANGE = "Sprememba v vseh drugih skupinah skupaj"
THE_OTHERS = "vse druge skupine skupaj"
CHART_OTHERS = "Sprememba te skupine ob vseh drugih"
LATER_TOO = "Med drugimi skupinami so tudi poznejše."


def subtitle(cohort: str, library: str, made_on: date) -> str:
    """Under the name of the programme."""
    return f"skupina {quoted(cohort)} · {library} · stanje {day(made_on)}"


def change(cohort: str, label: str, value: float) -> str:
    """The change of the group alone."""
    return f"V skupini {quoted(cohort)} je povprečna sprememba ({label}) {number(value, 1, signed=True)}"


def beside(side: int, *, clear: bool, low: float, high: float) -> str:
    """How it lies to the band of the earlier ones: `side` is −1 below, 0 inside, 1 above."""
    band = f"({between(low, high, 1)})"
    if side == 0:
        return f"{INSIDE} {band}."
    word = "višja" if side > 0 else "nižja"
    if clear:
        return f"verjetno {word}, kot bi po prejšnjih skupinah pričakovali {band}."
    return f"nekoliko {word}, kot bi po prejšnjih skupinah pričakovali {band}; {NOT_CLEAR}."


def too_few_answers(k: int) -> str:
    """Instead of the change of a group of which too few people answered at the end."""
    return f"Sprememba te skupine ni prikazana: ob zaključku je odgovorilo manj kot {k} ljudi."


def beside_others(value: float, others: float, n: int) -> str:
    """How it lies to all other people of the programme, of whom only the mean may be told."""
    told = f"vseh drugih skupinah tega programa skupaj ({number(others, 1, signed=True)}, {people(n)})"
    if value == others:
        return f"tako kot v {told}."
    return f"{'višja' if value > others else 'nižja'} kot v {told}; {NOT_CLEAR}."


def told_of_others(others: float, n: int) -> str:
    """The line of the other people for who does not see it."""
    return f"{THE_OTHERS.capitalize()}: {number(others, 1, signed=True)} ({people(n)})."


def no_band(earlier: int, small: int, hidden: int, k: int) -> str:
    """Why it cannot be said what was to be expected: of `earlier` groups some are too small, and some are hidden."""
    needed = f"Kaj bi od te skupine pričakovali, pove primerjava z vsaj {FEWEST} prejšnjimi skupinami."
    if earlier < FEWEST:
        return f"{needed} {_ended(earlier)}"
    reasons = [_small(small, earlier, k)] if small else []
    reasons += [_hidden(hidden, earlier)] if hidden else []
    return " ".join([needed, *reasons])


def _ended(earlier: int) -> str:
    if earlier == 0:
        return "Pred njo se ni končala še nobena."
    told = plural(
        earlier, "se je končala samo 1", f"sta se končali samo {earlier}", f"so se končale samo {earlier}",
        f"se jih je končalo samo {earlier}",
    )  # fmt: skip
    return f"Pred njo {told}."


def _small(small: int, earlier: int, k: int) -> str:
    return f"V {small} od {earlier} je ob zaključku odgovorilo manj kot {k} ljudi: premalo, da bi o njih govorili."


def _hidden(hidden: int, earlier: int) -> str:
    return (
        f"Pri {hidden} od {earlier} je odgovorov dovolj, a sprememba z intervalom ni prikazana zaradi varstva oseb: "
        "skupaj s številkami iz drugih poročil bi povedala, kaj je kdo odgovoril."
    )


def counted(group: str, column: str) -> str:
    """The head of a count of one group: »Rok je potekel (ta skupina)«."""
    return f"{column} ({group[:1].lower()}{group[1:]})"


def alone(value: float, interval: tuple[float, float] | None) -> str:
    """The point and its interval for who does not see it."""
    told = f"Ta skupina: sprememba {number(value, 1, signed=True)}"
    if interval is None:
        return f"{told}."
    return f"{told} ({between(*interval, 1)})."


def band(estimate: float, low: float, high: float) -> str:
    """The band for who does not see it."""
    return f"Prejšnje skupine: {number(estimate, 1, signed=True)}, pričakovano {between(low, high, 1)}."


def response(wave: str, this: str, together: str, between: tuple[str, str] | None) -> str:
    """One wave of the chart of response for who does not see it."""
    told = f"{wave}: ta skupina {this}, prejšnje skupaj {together}"
    return told if between is None else f"{told} (od {between[0]} do {between[1]})"


def response_ends() -> tuple[str, str]:
    """What stands at the ends of the axis of shares."""
    return "manj odgovorov", f"več{NO_BREAK}odgovorov"
