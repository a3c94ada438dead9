"""The words of the national report. Knows nothing of where a number comes from."""

from __future__ import annotations

from datetime import date

from reports.slovenian import counted, day, number, plural

TITLE = "Kaj se je spremenilo v vseh programih"
PRIMARY = "Sprememba po programih"
CORE = "Skupna štiri vprašanja"
EQUITY = "Ali je sprememba podobna pri vseh načinih odgovarjanja"
FLOW = "Kdo je sodeloval"
STORIES = "Zgodbe iz programov"

LIBRARIES = "Knjižnice"
PROGRAMMES = "Programi"
PEOPLE = "Ljudje s soglasjem"
SIZE = "Velikost spremembe"
POOLED = "Združena velikost spremembe"
PROGRAMME = "Program"
PAIRS = "Ljudje"
ADULTS = "Skupaj, programi za odrasle"
EVERYONE = "Skupaj, tudi programi za otroke"
QUANTITY = "Količina"
AFTER_HOLM = "Po popravku za več primerjav (Holm)"
CLEAR = "verjetno ni naključna"
UNCLEAR = "lahko tudi naključna"
P_HOLM = "p po Holmu"
VERY_SMALL = "manj kot 0,001"
PER_PROGRAMME = "Po programih"
RESPONSE_AFTER = "Odziv ob zaključku (RR2)"
DETAILS = "Podrobnosti združevanja"
STANDARD_ERROR = "Standardna napaka"
P = "p"
PREDICTION_LOW = "Napovedni interval od"
PREDICTION_HIGH = "Napovedni interval do"
HIGHER_ANSWER = "Višji odgovor ob zaključku"

FOREST = "Velikost spremembe po programih"
BETTER = "bolje →"
WORSE = "← slabše"
LEGEND_ROW = "program z intervalom (95 %)"
LEGEND_POOLED = "programi skupaj z intervalom (95 %)"
LEGEND_PREDICTION = "kje je verjetno nov podoben program"
FOREST_READING = "Desno od ničle je bolje, levo slabše"

NOBODY = "Sodeloval ni še nihče."
SCALE = (
    "Velikost spremembe pove, za koliko se je povprečje odgovorov na glavno vprašanje premaknilo glede na to, kako "
    "različno so ljudje odgovarjali na začetku (SMCR). Okoli 0,2 je majhna, okoli 0,5 srednja, od 0,8 naprej velika. "
    "V oklepaju je 95-odstotni interval zaupanja."
)
CORE_READING = (
    "Ista vprašanja so postavljena v vseh programih za odrasle. Pri obrnjenih vprašanjih so točke obrnjene: višje je "
    "vedno bolje."
)
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
EQUITY_INCOMPLETE = "Programi s premalo odgovori tukaj niso zajeti."
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


def subtitle(made_on: date) -> str:
    """Under the title."""
    return f"vse sodelujoče knjižnice · stanje {day(made_on)}"


def took_part(people: int, programmes: int, libraries: int) -> str:
    """How many people in how many programmes and libraries."""
    if people == 0:
        return NOBODY
    who = counted(people, "človek", "človeka", "ljudje", "ljudi")
    verb = plural(people, "Sodeloval je", "Sodelovala sta", "Sodelovali so", "Sodelovalo je")
    of = counted(libraries, "knjižnice", "knjižnic", "knjižnic", "knjižnic")
    return f"{verb} {who} v {counted(programmes, 'programu', 'programih', 'programih', 'programih')} {of}."


def verdict(estimate: float, low: float, high: float) -> str:
    """Calibrated words for the pooled primary change and its 95 % interval."""
    told = f"Velikost je {number(estimate, 2, signed=True)} (95-odstotni interval zaupanja {between(low, high)})."
    if low <= 0 <= high:
        return f"Povprečna sprememba pri glavnem vprašanju je {size(estimate)} in je lahko tudi naključna. {told}"
    side = "višji" if low > 0 else "nižji"
    return (
        f"Odgovori na glavno vprašanje so ob zaključku v povprečju {side} kot na začetku; "
        f"sprememba je {size(estimate)} in verjetno ni naključna. {told}"
    )


def size(estimate: float) -> str:
    """How large a standardised change is called, after Cohen."""
    steps = ((0.2, "zelo majhna"), (0.5, "majhna"), (0.8, "srednje velika"))
    return next((words for below, words in steps if round(abs(estimate), 2) < below), "velika")


def between(low: float, high: float) -> str:
    """»od +0,21 do +0,69«."""
    return f"od {number(low, 2, signed=True)} do {number(high, 2, signed=True)}"


def pooled_from(programmes: int, people: int) -> str:
    """What the pooled result rests on."""
    joined = plural(
        programmes,
        f"Združen je {programmes} program",
        f"Združena sta {programmes} programa",
        f"Združeni so {programmes} programi",
        f"Združenih je {programmes} programov",
    )
    both = "na začetku in ob zaključku"
    answered = plural(
        people, f"je {both} odgovoril", f"sta {both} odgovorila", f"so {both} odgovorili", f"je {both} odgovorilo"
    )
    return f"{joined} za odrasle, v katerih {answered} {counted(people, 'človek', 'človeka', 'ljudje', 'ljudi')}."


def with_children(estimate: float, low: float, high: float) -> str:
    """The other pooled result, beside the first."""
    value = number(estimate, 2, signed=True)
    return f"Če štejejo tudi programi za otroke, je združena velikost {value} ({between(low, high)})."


def prediction(low: float, high: float) -> str:
    """Where one more programme may lie."""
    return f"V novem podobnem programu bi bila velikost spremembe verjetno nekje {between(low, high)}."


def prediction_with_children(low: float, high: float) -> str:
    """Where one more programme may lie, where the programmes for adults alone are too few."""
    return f"V novem programu, tudi za otroke, bi bila velikost spremembe verjetno nekje {between(low, high)}."


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


def speaker(programme: str, library: str) -> str:
    """Where a story comes from."""
    return f"iz programa {programme}, {library}, z dovoljenjem za objavo"


def hidden_rows(k: int, inside: int) -> str:
    """What is done with small programmes."""
    return (
        f"Program z manj kot {k} ljudmi, ki so odgovorili na začetku in ob zaključku, v preglednici in na sliki nima "
        f"svoje številke. V združeni izid šteje, če je takih ljudi vsaj {inside}. Kjer bi se tako dal izračunati en "
        "sam program, je skrit še kateri drug."
    )
