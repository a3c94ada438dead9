"""The words of the national report. Knows nothing of where a number comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reports.disclosure.presence import Presence
from reports.texts.steps import of_steps, steps
from surveys import locale_sl
from surveys.locale_sl import counted, day, number, plural, quoted

TITLE = "Kaj se je spremenilo v vseh programih"
PRIMARY = "Sprememba po programih"
CORE = "Skupna štiri vprašanja"
EQUITY = "Ali je sprememba podobna pri vseh načinih odgovarjanja"
FLOW = "Kdo je sodeloval"
STORIES = "Zgodbe iz programov"

LIBRARIES = "Knjižnice"
PROGRAMMES = "Programi"
ENROLLED = "Vpisani ljudje"
ENDED = "Ljudje v končanih skupinah"
TWICE = "Odgovorili na začetku in ob zaključku"
IMPROVED = "Višji odgovor ob zaključku"
SIZES = "Standardizirane spremembe"
MOVED = "Povprečna sprememba"
SCALE_FROM_TO = "Lestvica"
NOT_TOLD = "ni prikazano"
ON_AVERAGE = "V povprečju ob zaključku"
SIZE = "Standardizirana sprememba (SMCR)"
PROGRAMME = "Program"
PAIRS = "Ljudje"
ADULTS = "Skupaj, programi za odrasle"
EVERYONE = "Skupaj, tudi programi za otroke"
QUANTITY = "Količina"
P_HOLM = "p po Holmu"
VERY_SMALL = "manj kot 0,001"
DETAILS = "Podrobnosti združevanja"
STANDARD_ERROR = "Standardna napaka"
P = "p"
PREDICTION_LOW = "Napovedni interval od"
PREDICTION_HIGH = "Napovedni interval do"
HIGHER_ANSWER = "Višji odgovor ob zaključku"

FOREST = "Spremembe po programih v primerljivi meri"
FOREST_UNIT = "1 = toliko, kolikor se ljudje med seboj običajno razlikujejo že na začetku"
BETTER = "bolje →"
WORSE = "← slabše"
LEGEND_ROW = "program z intervalom (95 %)"
LEGEND_POOLED = "programi skupaj z intervalom (95 %)"
LEGEND_PREDICTION = "kje je verjetno nov podoben program"
FOREST_READING = "Desno od ničle je bolje, levo slabše"

PARTICIPANTS_ALONE = "Šteti so udeleženci programov, brez prostovoljcev in drugih, ki pri njih pomagajo."
NOBODY = "Sodeloval ni še nihče."
SCALE = (
    "Standardizirana sprememba pove, za koliko se je povprečje odgovorov na glavno vprašanje premaknilo glede na to, "
    "kako različno so ljudje odgovarjali na začetku (SMCR). To ni velikost g iz poročil o učinku: ta deli s povprečjem "
    "razpršenosti na začetku in ob zaključku. V oklepaju je 95-odstotni interval zaupanja."
)
MOVED_READING = (
    "Za koliko stopenj svoje lestvice se je povprečni odgovor istih ljudi na glavno vprašanje premaknil od začetka do "
    "zaključka, zaokroženo. Programi merijo različne stvari, zato to ni lestvica uspešnosti."
)
CORE_READING = (
    "Ista vprašanja so postavljena v vseh programih za odrasle; višje je vedno bolje. »Ni jasno« pomeni, da je razlika "
    "lahko naključna."
)
CORE_SIZES = "P je popravljen za več primerjav (Holm); »jasna« je sprememba, pri kateri je manj kot 0,05."
EQUITY_READING = (
    "Delež ljudi, ki so na glavno vprašanje ob zaključku odgovorili vsaj eno stopnjo višje kot na začetku, po načinu "
    "odgovora ob zaključku; všteti so tudi programi za otroke. Na različne načine odgovarjajo različni ljudje v "
    "različnih programih, zato razlika med načini ne pove, od kod prihaja."
)
NO_CHANGES = (
    "Sprememba ni prikazana pri nobenem programu: odgovorov je premalo, ali pa bi iz številk sledilo, kaj je odgovoril "
    "posamezen človek."
)
CORE_TOO_FEW = "Za skupna štiri vprašanja je še premalo odgovorov."
EQUITY_TOO_FEW = "Za primerjavo po načinih odgovarjanja je še premalo odgovorov."
EQUITY_INCOMPLETE = (
    "Programi, pri katerih natančnega števila ljudi z višjim odgovorom ne povemo, tukaj niso všteti, ker bi se dalo "
    "sicer izračunati."
)
POOLING = (
    "Programi merijo različne stvari na različnih lestvicah. Zato je sprememba vsakega programa najprej deljena z "
    "razpršenostjo odgovorov na začetku. Nato so programi združeni tako, da zanesljivejši štejejo več, razlike med "
    "njimi pa ostanejo upoštevane (REML, interval po Hartungu in Knappu). V združenem izidu štejejo programi za "
    "otroke le tam, kjer je to zapisano."
)
NOT_WITH_CHILDREN = (
    "Združenega izida skupaj s programi za otroke ni: zanj je premalo odgovorov ali pa bi se dal iz njega izračunati "
    "en sam program."
)


def per_programme(wave: str) -> str:
    """Above who came to each programme and the response to its last wave."""
    return f"Po programih: vpisi, privolitve in odziv ob merjenju {quoted(wave)}"


def subtitle(made_on: date) -> str:
    """Under the title."""
    return f"vse sodelujoče knjižnice · stanje {day(made_on)}"


def reached(there: Presence, twice: int, programmes: int, libraries: int, k: int) -> str:
    """How many enrolled where, how many of those groups have ended, and how many of these people answered twice."""
    if there.enrolled == 0:
        return NOBODY
    where = f"{counted(programmes, 'program', 'programa', 'programe', 'programov')} {_in_libraries(libraries)}"
    many = plural(
        there.enrolled,
        f"se je vpisal {there.enrolled} človek",
        f"sta se vpisala {there.enrolled} človeka",
        f"so se vpisali {there.enrolled} ljudje",
        f"se je vpisalo {there.enrolled} ljudi",
    )
    return f"V {where} {many}. {_standing(there, twice, k)}"


def _standing(there: Presence, twice: int, k: int) -> str:
    """Whose group still meets is not among those who did not answer."""
    if there.ended == 0:
        return "Vse skupine še trajajo, zato odgovorov ob zaključku še ni."
    answered = plural(
        twice,
        f"je obakrat, na začetku in ob zaključku, odgovoril {twice}",
        f"sta obakrat, na začetku in ob zaključku, odgovorila {twice}",
        f"so obakrat, na začetku in ob zaključku, odgovorili {twice}",
        f"jih je obakrat, na začetku in ob zaključku, odgovorilo {twice}" if twice else "obakrat ni odgovoril še nihče",
    )
    if there.ongoing == 0 or not there.told_apart(k):
        still = " Nekatere skupine še trajajo." if there.ongoing else ""
        return f"Od teh {answered}.{still}"
    meets = counted(there.ongoing, "človeku", "ljudeh", "ljudeh", "ljudeh")
    open_ = counted(there.open, "človeku", "ljudeh", "ljudeh", "ljudeh")
    still = f" Pri {open_} je odgovor še mogoč." if there.open >= k else ""
    return f"Pri {meets} skupina še traja, pri {number(there.ended)} se je končala; od teh {answered}.{still}"


def improved(many: str, n: int, period: str, *, complete: bool) -> str:
    """How many of ten answered higher at the end: »Pri približno 6 od 10 …«."""
    whom = counted(n, "človek", "človeka", "ljudje", "ljudi")
    of = f"{whom} z obema odgovoroma na to vprašanje{period}"
    rest = "" if complete else "; programi, pri katerih natančnega števila ne povemo, niso všteti"
    return (
        f"Pri {many} ljudi je odgovor na glavno vprašanje programa ob zaključku vsaj eno stopnjo višji kot na začetku "
        f"({of}{rest})."
    )


def span(least: tuple[float, str], most: tuple[float, str], points: tuple[int, int]) -> str:
    """Between which programmes the mean changes lie, in words: of each the change in steps and its name."""
    low, high = points
    one = f"na lestvici, ki ima {counted(low, 'stopnjo', 'stopnji', 'stopnje', 'stopenj')}"
    on = one if low == high else f"na lestvicah, ki imajo od {low} do {high} stopenj"
    (lower, first), (higher, last) = least, most
    if of_steps(lower) == of_steps(higher):
        return f"V vseh prikazanih programih je povprečna sprememba podobna: {steps(lower)}, {on}."
    return (
        f"Povprečna sprememba v programih je od {of_steps(lower)} ({quoted(first)}) do {of_steps(higher)} "
        f"({quoted(last)}), {on}."
    )


def scale(low: int, high: int) -> str:
    """»od 1 do 5«."""
    return f"od {low} do {high}"


def core_verdict(clear: Sequence[str]) -> str:
    """Which of the four shared questions moved."""
    if not clear:
        return "Pri nobenem od štirih vprašanj, ki jih postavljajo vsi programi za odrasle, sprememba ni jasna."
    which = ", ".join(clear)
    return f"Med štirimi vprašanji, ki jih postavljajo vsi programi za odrasle, se je jasno spremenilo: {which}."


def moved(estimate: float, *, clear: bool) -> str:
    """To which side a shared question moved, where that is clear."""
    return "ni jasno" if not clear else "višje" if estimate > 0 else "nižje"


def with_children(*, same: bool, side: bool = False) -> str:
    """The other pooled result, beside the first: whether as much may be said of it."""
    if same:
        return "Enako je, če štejejo tudi programi za otroke."
    if side:
        return (
            "Če štejejo tudi programi za otroke, je sklep o povprečju enak, o naslednjem podobnem programu pa "
            "drugačen; številke so na koncu poročila."
        )
    return "Če štejejo tudi programi za otroke, je sklep o povprečju drugačen; številke so na koncu poročila."


def between(low: float, high: float) -> str:
    """»od +0,21 do +0,69«."""
    return locale_sl.between(low, high, 2)


def too_few(least: int) -> str:
    """Instead of a pooled result."""
    return f"Združene spremembe še ni: potrebni so vsaj {least} programi za odrasle z dovolj odgovori."


def forest_row(label: str, n: int, effect: float, low: float, high: float) -> str:
    """One programme for who does not see the plot."""
    people = counted(n, "človek", "človeka", "ljudje", "ljudi")
    return f"{label}: {number(effect, 2, signed=True)} ({between(low, high)}), {people}"


def forest_diamond(label: str, estimate: float, interval: tuple[float, float], reach: tuple[float, float]) -> str:
    """One pooled result for who does not see the plot."""
    value = number(estimate, 2, signed=True)
    return f"{label}: {value} ({between(*interval)}), nov podoben program verjetno {between(*reach)}"


def children_programme(name: str) -> str:
    """The name of a programme that counts only with children."""
    return f"{name} (za otroke)"


def outside(programmes: Sequence[str]) -> str:
    """Which programmes are not counted here."""
    names = ", ".join(quoted(name) for name in programmes)
    return f"Zunaj nacionalnega rezultata, ker se po njegovih pravilih ne sprašujejo: {names}."


def speaker(programme: str, library: str) -> str:
    """Where a story comes from."""
    return f"udeležena oseba, program {quoted(programme)}, {library}; z dovoljenjem za objavo"


def _in_libraries(n: int) -> str:
    return f"v {counted(n, 'knjižnici', 'knjižnicah', 'knjižnicah', 'knjižnicah')}"


def stories(most: int) -> str:
    """How the stories were chosen."""
    return (
        f"Zgodbe: največ {most}, iz vsakega programa najprej najnovejša. Kjer jih ima več programov, pridejo na vrsto "
        "izmenično, vsak mesec drugi. Izbira ne gleda na vsebino; objava je dovoljena vsaki posebej."
    )


def hidden_rows(k: int, inside: int) -> str:
    """What is done with small programmes."""
    return (
        f"Program z manj kot {k} ljudmi, ki so odgovorili na začetku in ob zaključku, v preglednici in na sliki nima "
        f"svoje številke. V združeni izid šteje, če je takih ljudi vsaj {inside}. Kjer bi se tako dal izračunati en "
        "sam program, je skrit še kateri drug."
    )
