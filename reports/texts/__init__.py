"""Every word of the reports. Knows nothing of where a number comes from.

Whole sentences in four plural forms, because the verb agrees; nouns instead of gendered participles; »sprememba«,
never »učinek« or a cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reports.slovenian import counted, day, number, percent, plural
from surveys.model import Mode

TOO_FEW = "premalo odgovorov"
MORE = "Celotno poročilo je v datoteki."
NO_VALUE = "–"
KINDS = {
    "weekly": "Tedenski pregled",
    "library": "Tedenski pregled knjižnice",
    "impact": "Kaj se je spremenilo",
    "compare": "Skupina ob prejšnjih skupinah",
    "mayor": "Knjižnica na eni strani",
    "national": "Knjižnice povezujejo",
}
HIDDEN = "skrito zaradi varstva oseb"
HIDDEN_CHANGE = (
    "Sprememba ni prikazana: iz številk, tudi skupaj s tistimi iz drugih poročil, bi sledilo, kaj je odgovoril "
    "posamezen človek."
)
NO_CHANGES = "Za nobeno vprašanje še ni dovolj ljudi, ki bi odgovorili na začetku in ob zaključku."
HIDDEN_CHANGES = (
    "Sprememba ni prikazana pri nobenem vprašanju: odgovorov je premalo, ali pa bi iz številk sledilo, kaj je "
    "odgovoril posamezen človek."
)
NO_SHARES = "Ti odgovori niso prikazani: premalo jih je, ali pa bi iz njih sledilo, kaj je kdo odgovoril."
NO_OTHER_SHARES = "Drugi odgovori niso prikazani: premalo jih je, ali pa bi iz njih sledilo, kaj je kdo odgovoril."
NOBODY = "Vpisov še ni."
NO_INVITATIONS = "Vabil še ni bilo."
NONE_INVITED = "še ni vabil"
FEW_INVITED = "premalo vabil"
NOT_BEGUN = "se še ni začelo"
DEMO = "Izmišljeni podatki za predstavitev"
SPEAKER = "iz programa, z dovoljenjem za objavo"


IN_SHORT = "Na kratko"
CHANGE = "Od začetka do zaključka"
LATER = "Nekaj mesecev pozneje"
OUTCOMES = "Ob zaključku"
FLOW = "Kdo je odgovarjal"
MODES = "Kako so nastali odgovori"
STORIES = "Zgodbe"
METHOD = "Kako brati to poročilo"
PEOPLE = "Ljudje"
RESPONSE = "Odziv"
NEXT_WEEK = "Prihodnji teden"
SO_FAR = "Sprememba do zdaj"

INDICATOR = "Kazalnik"
PAIRS = "Pari"
AT_START = "Začetek"
AT_END = "Zaključek"
MEAN_CHANGE = "Sprememba"
EFFECT = "Velikost (g)"
HIGHER = "višje"
SAME = "enako"
LOWER = "nižje"
ANSWER = "Odgovor"
SHARE = "Delež"
WAVE = "Val"
MODE = "Način"
STEP = "Korak"
COUNT = "Ljudje"
RESPONSE_RATE = "Odziv (RR2)"
INVITATIONS = "Vabila"
ANSWERS = "Odgovori"
NEW_ANSWERS = "Ta teden"
LAST_WEEK = "Teden prej"

ENROLLED = "Vpisi"
CONSENTED = "Soglasja"
NEW_ENROLLED = "Novi vpisi ta teden"
NEW_CONSENTED = "Nova soglasja ta teden"
DUE_OPENINGS = "Vabila, ki bodo poslana"
DUE_CLOSINGS = "Vprašalniki, ki se zaprejo"
CALLS = "Ljudje, ki čakajo na klic"
CHANGE_MEAN = "Povprečna sprememba"
IMPROVED = "Višji odgovor"
PAIRS_LONG = "Ljudje z obema odgovoroma"
GONE_BASELINE = "Začetni odgovor: brez zaključka"
STAYED_BASELINE = "Začetni odgovor: z zaključkom"
BASELINE_DIFFERENCE = "Razlika"
DROPOUTS = "Ali so ostali drugačni od tistih, ki niso?"

MODE_NAMES = {
    Mode.SELF: "lastna roka",
    Mode.ASSISTED: "s pomočjo knjižnice",
    Mode.PROXY: "odrasla oseba za otroka",
    Mode.PAPER: "na papirju",
}
STEP_NAMES = {"enrolled": "vpis", "consented": "soglasje"}

REVERSED = "obrnjeno, višje je bolje"
CAVEAT = (
    "Številke so samoocene: kako ljudje sami vidijo, kako jim gre. Primerjalne skupine ni, zato poročilo govori o "
    "spremembi in ne o njenem vzroku. Kdor ni odgovoril, bi morda odgovoril drugače."
)
MEANS = "Povprečja istih ljudi"
INTERVAL = "interval spremembe (95 %)"
ICONS = "Od desetih ljudi"
FUNNEL = "Od vpisa do spremljanja"
RESPONSE_CHART = "Odziv po valovih"
TICK = "odziv teden prej"
WEEK_BEFORE = "teden prej"
ANSWERS_CHART = "Odgovori istih ljudi"
NOT_HIGHER = "enako ali nižje"
REST = "drugi odgovori"
HOW_MANY = "Koliko ljudi je odgovorilo višje ali nižje"
HIGHER_SHARE = "Delež višjih"
UNKNOWN = "ni mogoče izračunati"
DROPOUTS_UNKNOWN = (
    "Ali so ljudje brez odgovora ob zaključku začeli drugače od drugih, zaradi majhnega števila ni mogoče reči."
)
AUDIENCES = {"volunteers": "prostovoljstvo"}
READING = (
    "Sprememba je povprečna razlika med odgovoroma istih ljudi; v oklepaju je 95-odstotni interval zaupanja. "
    "Velikost g pove spremembo v enotah razpršenosti: okoli 0,2 je majhna, 0,5 srednja, 0,8 velika. "
    "»Višje« in »nižje« pomenita vsaj eno stopnjo razlike. Pri obrnjenih kazalnikih so točke obrnjene: višje je bolje."
)
FLOW_NOTE = (
    "Odziv je delež odgovorov, celih ali delnih, med vsemi vpisanimi v skupinah, ki so val že začele (AAPOR RR2). "
    "Val, ki še traja, lahko odziv še zviša."
)
NO_STORIES = "Ta teden ni novih zgodb z dovoljenjem za objavo."


def small_cells(k: int) -> str:
    """What is done for the safety of people."""
    return (
        f"Zaradi varstva oseb ni prikazano nič, za čimer stoji manj kot {k} ljudi; sosednji odgovori so zato ponekod "
        f"združeni. Kjer bi se skrito število dalo izračunati iz intervala ali velikosti, tudi teh dveh ni. "
        f"Nova številka je objavljena, ko se skupina spremeni za vsaj {k} ljudi."
    )


def repeated(days: tuple[date, ...], k: int) -> str:
    """Which earlier numbers stand in this report."""
    when = ", ".join(day(one) for one in days)
    return f"Kjer se je skupina od prejšnjega poročila spremenila za manj kot {k} ljudi, stojijo številke z dne {when}."


def as_of(when: date) -> str:
    """The note of a number that is repeated."""
    return f"stanje {day(when)}"


def too_few_pairs(k: int) -> str:
    """Instead of a headline."""
    return f"Za spremembo je še premalo odgovorov: na začetku in ob zaključku mora odgovoriti vsaj {k} istih ljudi."


def improved_tenths(tenths: int, label: str, *, exact: bool) -> str:
    """The headline: »Pri 7 od 10 udeležencev …«."""
    about = "" if exact else "približno "
    if tenths == 0:
        return f"Pri manj kot 1 od 10 udeležencev je odgovor ob zaključku višji kot na začetku ({label})."
    return f"Pri {about}{tenths} od 10 udeležencev je odgovor ob zaključku višji kot na začetku ({label})."


def improved_at_least(least: int, n: int, label: str) -> str:
    """The headline where so few are different that their number is not shown."""
    return f"Vsaj pri {least} od {n} udeležencev je odgovor ob zaključku višji kot na začetku ({label})."


def improved_less_than(k: int, n: int, label: str) -> str:
    """The headline where so few improved that their number is not shown."""
    return f"Pri manj kot {k} od {n} udeležencev je odgovor ob zaključku višji kot na začetku ({label})."


def means(before: float, after: float, scale: tuple[int, int] | None) -> str:
    """Both means in words."""
    on = f" (lestvica od {scale[0]} do {scale[1]})" if scale else ""
    return f"Povprečni odgovor je bil na začetku {number(before, 1)}, ob zaključku {number(after, 1)}{on}."


def verdict(change: float, low: float, high: float, *, interval: bool = True) -> str:
    """Calibrated words for a mean change and its 95 % interval, which itself may have to stay unsaid."""
    between = f" ({_between(low, high)})" if interval else ""
    if low > 0:
        return f"Sprememba {number(change, 1, signed=True)} verjetno ni naključna{between}."
    if high < 0:
        return f"Sprememba {number(change, 1, signed=True)} gre navzdol in verjetno ni naključna{between}."
    return f"Sprememba {number(change, 1, signed=True)} je lahko tudi naključna{between}."


def unjudged(change: float) -> str:
    """A change of which it may not be said whether it could be chance."""
    return f"Sprememba je {number(change, 1, signed=True)}; ali je naključna, iz tako malo odgovorov še ne povemo."


def _between(low: float, high: float) -> str:
    return f"95-odstotni interval zaupanja od {number(low, 1, signed=True)} do {number(high, 1, signed=True)}"


def joined(labels: tuple[str, ...], *, ordered: bool) -> str:
    """Several answers as one: »ne ali delno«, »ne gre – z nekaj pomoči«, »drugo«."""
    if len(labels) == 1:
        return labels[0]
    if len(labels) == 2:  # noqa: PLR2004 - two are named, more are spanned
        return f"{labels[0]} ali {labels[1]}"
    return f"od »{labels[0]}« do »{labels[-1]}«" if ordered else "drugo"


def either(labels: Sequence[str]) -> str:
    """»s pomočjo knjižnice, na papirju ali lastna roka«."""
    return " ali ".join(part for part in (", ".join(labels[:-1]), labels[-1]) if part)


def arrived(n: int, before: int) -> str:
    """How many questionnaires came back this week and the week before."""
    if n == before == 0:
        return "V zadnjih dveh tednih ni prispel noben izpolnjen vprašalnik."
    this = plural(
        n,
        f"Ta teden je prispel {n} izpolnjen vprašalnik",
        f"Ta teden sta prispela {n} izpolnjena vprašalnika",
        f"Ta teden so prispeli {n} izpolnjeni vprašalniki",
        f"Ta teden je prispelo {n} izpolnjenih vprašalnikov" if n else "Ta teden ni prispel noben izpolnjen vprašalnik",
    )
    return f"{this}, teden prej {before or 'nobeden'}."


def waiting(n: int) -> str:
    """How many people need a call."""
    who = plural(n, "čaka 1 človek", f"čakata {n} človeka", f"čakajo {n} ljudje", f"čaka {n} ljudi")
    return f"Na klic knjižnice {who}."


def due_next_week(n: int) -> str:
    """How many invitations go out next week."""
    if n == 0:
        return "Prihodnji teden ni novih vabil."
    return plural(
        n,
        f"Prihodnji teden bo poslano {n} vabilo.",
        f"Prihodnji teden bosta poslani {n} vabili.",
        f"Prihodnji teden bodo poslana {n} vabila.",
        f"Prihodnji teden bo poslanih {n} vabil.",
    )


def people(n: int) -> str:
    """»24 ljudi«."""
    return counted(n, "človek", "človeka", "ljudje", "ljudi")


def week_subtitle(library: str, monday: date, sunday: date) -> str:
    """Under the title of a weekly report."""
    return f"{library} · od {day(monday)} do {day(sunday)}"


def impact_subtitle(library: str, made_on: date) -> str:
    """Under the title of an impact report."""
    return f"{library} · stanje {day(made_on)}"


def dropout_sentence(difference: float, low: float, high: float) -> str:
    """Whether those who did not answer at the end began differently."""
    size = number(abs(difference), 1)
    if low <= 0 <= high:
        return f"Razlika med njimi na začetku ({size}) je lahko naključna."
    side = "nižje" if difference < 0 else "višje"
    return f"Kdor ni odgovoril ob zaključku, je začel {side} (za {size}); to spremembo lahko olepša ali zakrije."


def core_verdict(clear: list[str]) -> str:
    """Which of the four shared items moved, corrected for comparing several (Holm)."""
    if not clear:
        return "Pri skupnih štirih vprašanjih nobena sprememba ni dovolj jasna (popravek za več primerjav: Holm)."
    return (
        f"Med skupnimi štirimi vprašanji je sprememba jasna pri: {', '.join(clear)} (popravek za več primerjav: Holm)."
    )


def dumbbell(scale: tuple[int, int]) -> str:
    """Above the means on one scale."""
    return f"Povprečja na začetku in ob zaključku (od {scale[0]} do {scale[1]})"


def row_name(label: str, unit: str = "", *, reverse: bool = False) -> str:
    """An indicator as the name of a row: with its unit, and whether its scale is turned around."""
    words = f"{label} ({unit})" if unit else label
    return f"{words} ({REVERSED})" if reverse else words


def since_start(wave: str) -> str:
    """Above the change up to a follow-up wave."""
    return f"Od začetka do vala »{wave}«"


def still(wave: str, label: str, change: float, between: tuple[float, float] | None) -> str:
    """The primary change that is still there at a follow-up."""
    told = f" ({_between(*between)})" if between else ""
    return f"{since_start(wave)} je povprečna sprememba ({label}) {number(change, 1, signed=True)}{told}."


def bound(least: int | None, below: int | None, n: int) -> str:
    """What is said of a share that may not be shown."""
    if least is not None:
        return f"vsaj {least} od {n}"
    return HIDDEN if below is None else f"manj kot {below} od {n}"


def no_rate(eligible: int, few: str = TOO_FEW, none: str = NOT_BEGUN) -> str:
    """Instead of a share of those who answered: too few could, or nobody could yet."""
    return few if eligible else none


def wave_of(name: str, audience: str | None) -> str:
    """The name of a wave, with its audience where that is not the participants."""
    return name if audience is None else f"{name} ({AUDIENCES.get(audience, audience)})"


def moved(label: str, before: float, after: float, change: float, low: float | None, high: float | None) -> str:
    """One row of the dumbbell for who does not see it."""
    means = f"na začetku {number(before, 1)}, ob zaključku {number(after, 1)}"
    told = f"{label}: {means}, sprememba {number(change, 1, signed=True)}"
    if low is None or high is None:
        return told
    return f"{told} (od {number(low, 1, signed=True)} do {number(high, 1, signed=True)})"


def stacked(label: str, answers: Sequence[str], counts: Sequence[int]) -> str:
    """One stacked bar for who does not see it."""
    n = max(1, sum(counts))
    told = ", ".join(f"{words} {percent(count / n)}" for words, count in zip(answers, counts, strict=True))
    return f"{label}: {told}"


def barred(label: str, count: int, of: int, before: float | None, then: str = WEEK_BEFORE) -> str:
    """One bar for who does not see it."""
    last = "" if before is None else f", {then} {percent(before)}"
    return f"{label}: {number(count)} od {number(of)}{last}"


def made_on(when: date) -> str:
    """At the foot of a report."""
    return f"Knjižnice povezujejo · pripravljeno {day(when)}"
