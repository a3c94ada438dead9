"""Every word of the reports. Knows nothing of where a number comes from.

Whole sentences in four plural forms, because the verb agrees; nouns instead of gendered participles; »sprememba«,
never »učinek« or a cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from surveys.locale_sl import NO_BREAK, between, counted, day, number, percent, plural, quoted, rounded_share
from surveys.model import ReportedMode

TOO_FEW = "premalo odgovorov"
NO_VALUE = "–"
CHANCE_BY_GROUP = "Sprememba je lahko tudi naključna, če upoštevamo, da so si ljudje iz iste skupine podobni."
KINDS = {
    "weekly": "Tedenski pregled",
    "library": "Tedenski pregled knjižnice",
    "country": "Pregled vseh knjižnic",
    "impact": "Kaj se je spremenilo",
    "compare": "Skupina ob prejšnjih skupinah",
    "mayor": "Knjižnica na eni strani",
    "national": "Knjižnice povezujejo",
}
HIDDEN = "skrito zaradi varstva oseb"
HIDDEN_INTERVAL = "interval skrit"
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
DEMO = "Izmišljeni podatki za predstavitev"
EDITED = "(urejeno)"  # behind a quotation that is not word for word
SPEAKER = "iz programa, z dovoljenjem za objavo"


CONTENTS = "Vsebina"
IN_SHORT = "Na kratko"
CHANGE = "Od začetka do zaključka"
LATER = "Nekaj mesecev pozneje"
OUTCOMES = "Ob zaključku"
FLOW = "Kdo je odgovarjal"
MODES = "Kako so nastali odgovori"
STORIES = "Zgodbe"
EVIDENCE = "Koliko se lahko na to zanesemo"
METHOD = "Kako brati to poročilo"
PEOPLE = "Ljudje"
RESPONSE = "Odziv"

INDICATOR = "Kazalnik"
IN_WORDS = "Z besedami"
PAIRS = "Ljudje"
AT_START = "Začetek"
AT_END = "Zaključek"
MEAN_CHANGE = "Sprememba"
HIGHER = "višje"
SAME = "enako"
LOWER = "nižje"
ANSWER = "Odgovor"
SHARE = "Delež"
WAVE = "Merjenje"
MODE = "Način"
STEP = "Korak"

ENROLLED = "Vpisi"
CONSENTED = "Privolitve"
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
    ReportedMode.SELF: "lastna roka",
    ReportedMode.WEB: "lastna roka v brskalniku",
    ReportedMode.ASSISTED: "s pomočjo knjižnice",
    ReportedMode.PROXY: "odrasla oseba za otroka",
    ReportedMode.PAPER: "na papirju",
}
STEP_NAMES = {"enrolled": "vpis", "consented": "privolitev"}

CHANGE_ONLY = "To poročilo govori o spremembi in ne o njenem vzroku."
MEANS = "Povprečja istih ljudi"
INTERVAL = "interval spremembe (95 %)"
FUNNEL = "Od vpisa do spremljanja"
RESPONSE_CHART = "Odziv po merjenjih"
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
    "Številke so povprečja odgovorov istih ljudi in razlika med njima; pri vseh kazalnikih je višje bolje. V oklepaju "
    "je razpon, v katerem je verjetno prava sprememba."
)


def more(left_out: Sequence[str]) -> str:
    """Below a message that does not hold the whole report: which sections are in the file alone."""
    only = f" Samo tam: {', '.join(quoted(title) for title in left_out)}." if left_out else ""
    return f"Celotno poročilo je v datoteki.{only}"


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


def last_answers(n: int) -> str:
    """Of whom the shares of modes are."""
    return f"Zadnji odgovor vsakega od {n} ljudi"


def rounded_shares(shares: Sequence[float]) -> str:
    """Beside shares of one whole whose rounded numbers do not add up to it; else nothing."""
    whole = sum(round(100 * rounded_share(share)) for share in shares)
    return "" if whole == 100 else "deleži so zaokroženi, zato njihova vsota ni natanko 100\N{NO-BREAK SPACE}%"  # noqa: PLR2004 - percent


NO_PRIMARY = "Program nima glavnega vprašanja, zato nima glavnega rezultata in se ne šteje v nacionalni rezultat."
CHANGES_BELOW = "Kar se je spremenilo pri posameznih vprašanjih, je spodaj."


def too_few_pairs(k: int) -> str:
    """Instead of a headline."""
    return f"Za spremembo je še premalo odgovorov: na začetku in ob zaključku mora odgovoriti vsaj {k} istih ljudi."


def caveat(*, children: bool = False, cause: str = CHANGE_ONLY) -> str:
    """Whose view the numbers are, what they do not say, and who is missing."""
    view = (
        "Številke so ocene odraslih, ki odgovarjajo za otroke: kako sami vidijo, kako otroku gre."
        if children
        else "Številke so samoocene: kako ljudje sami vidijo, kako jim gre."
    )
    return f"{view} {cause} Kdor ni odgovoril, bi morda odgovoril drugače."


def improved(many: str, counts: int, label: str, says: str = "", *, children: bool = False) -> str:
    """The headline: »Približno 8 od 10 udeležencev ob koncu pravi, da jim gre branje bolje kot na začetku.«.

    `many` as in `reports.texts.tenths`, `counts` the number in it that the verb agrees with. `says` is the programme's
    own end of that sentence; without it the answer is spoken of, under its label.
    """
    whom = "otrok" if children else "udeležencev"
    if not says:
        return f"Pri {many} {whom} je odgovor ob zaključku višji kot na začetku ({label})."
    if children:
        return f"Pri {many} {whom} odrasli ob koncu pravijo, da {says}."
    verb = plural(counts, "pravi", "pravita", "pravijo", "pravi")
    return f"{many[0].upper()}{many[1:]} udeležencev ob koncu {verb}, da {says}."


def improved_less_than(k: int, n: int, label: str, says: str = "", *, children: bool = False) -> str:
    """The headline where so few improved that their number is not shown."""
    return improved(f"manj kot {k} od {n}", 5, label, says, children=children)


def verdict(change: float, low: float, high: float) -> str:
    """Calibrated words for a mean change, from its 95 % interval, which stands with the numbers."""
    if low > 0:
        return "Sprememba verjetno ni naključna."
    if high < 0:
        return "Sprememba gre navzdol in verjetno ni naključna."
    return "Sprememba je lahko tudi naključna." if change else "Povprečje se ni spremenilo."


def unjudged() -> str:
    """Of a change of which it may not be said whether it could be chance."""
    return "Ali je sprememba naključna, iz tako malo odgovorov še ne povemo."


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


def waiting(n: int, on: str = "") -> str:
    """How many people need a call, on a day where that is not the end of what is told of."""
    who = plural(n, "čaka 1 oseba", f"čakata {n} osebi", f"čakajo {n} osebe", f"čaka {n} oseb")
    return f"Na klic knjižnice {on} {who}." if on else f"Na klic knjižnice {who}."


def people(n: int) -> str:
    """»24 ljudi«."""
    return counted(n, "človek", "človeka", "ljudje", "ljudi")


def impact_subtitle(library: str, made_on: date) -> str:
    """Under the title of an impact report."""
    return f"{library} · stanje {day(made_on)}"


def dropout_sentence(difference: float, low: float, high: float) -> str:
    """Whether those who did not answer at the end began differently."""
    size = number(abs(difference), 1)
    if not difference:
        return "Oboji so na začetku v povprečju odgovorili enako."
    if low <= 0 <= high:
        return f"Razlika med njimi na začetku ({size}) je lahko naključna."
    side = "nižje" if difference < 0 else "višje"
    return f"Kdor ni odgovoril ob zaključku, je začel {side} (za {size}); to spremembo lahko olepša ali zakrije."


def core_verdict(clear: list[str], compared: int) -> str:
    """Which of the four shared items moved, corrected for comparing several at once (Holm)."""
    told = "Pri skupnih štirih vprašanjih nobena sprememba ni dovolj jasna."
    if clear:
        told = f"Med skupnimi štirimi vprašanji se je jasno spremenilo: {', '.join(clear)}."
    if compared <= 1:
        return told
    items = counted(compared, "vprašanje", "vprašanji", "vprašanja", "vprašanj")
    return f"{told} Ker primerjamo {items} hkrati, smo strožji kot pri vsakem posebej."


def declined(down: Sequence[tuple[str, float, int]]) -> str:
    """Which indicators clearly declined, each with its change and people."""
    told = ", ".join(f"{label} ({number(change, 1, signed=True)}; {people(n)})" for label, change, n in down)
    return f"Odgovori so jasno slabši kot na začetku, če gledamo vsak kazalnik posebej: {told}."


def dumbbell(scale: tuple[int, int]) -> str:
    """Above the means on one scale."""
    return f"Povprečja na začetku in ob zaključku (od {scale[0]} do {scale[1]})"


_STEM = 4  # letters that a word keeps in its cases


def row_name(label: str, unit: str = "") -> str:
    """An indicator as the name of a row, with its unit where the name does not hold it (»izposojene knjige«)."""
    return f"{label} ({unit})" if unit and unit[:_STEM] not in label else label


def less_of(label: str) -> str:
    """What there is more of where a reversed scale goes up, if nobody has named it: »manj: osamljenost«."""
    return f"manj: {label}"


def since_start(wave: str) -> str:
    """Above the change up to a follow-up wave."""
    return f"Od začetka do merjenja »{wave}«"


def still(wave: str, label: str, change: float, n: int) -> str:
    """Where the primary outcome stands at a follow-up, from the change as it is shown."""
    size = f"za {number(abs(change), 1)} višji kot" if change > 0 else f"za {number(abs(change), 1)} nižji kot"
    where = size if change else "enak kot"
    who = f"{number(n)}{NO_BREAK}{plural(n, 'človeku', 'ljudeh', 'ljudeh', 'ljudeh')}"
    return f"Ob merjenju »{wave}« je povprečni odgovor ({label}) pri {who} {where} na začetku."


def bound(least: int | None, below: int | None, n: int) -> str:
    """What is said of a share that may not be shown."""
    if least is not None:
        return f"vsaj {least} od {n}"
    return HIDDEN if below is None else f"manj kot {below} od {n}"


def audience(name: str) -> str:
    """Above the counts of an audience; nothing above those of the participants."""
    return AUDIENCES.get(name, "" if name == "participants" else name).capitalize()


def wave_of(name: str, audience: str | None) -> str:
    """The name of a wave, with its audience where that is not the participants."""
    return name if audience is None else f"{name} ({AUDIENCES.get(audience, audience)})"


def moved(label: str, before: float, after: float, change: float, low: float | None, high: float | None) -> str:
    """One row of the dumbbell for who does not see it."""
    means = f"na začetku {number(before, 1)}, ob zaključku {number(after, 1)}"
    told = f"{label}: {means}, sprememba {number(change, 1, signed=True)}"
    if low is None or high is None:
        return told
    return f"{told} ({between(low, high, 1)})"


def stacked(label: str, answers: Sequence[str], counts: Sequence[int]) -> str:
    """One stacked bar for who does not see it."""
    n = max(1, sum(counts))
    told = ", ".join(f"{words} {percent(count / n)}" for words, count in zip(answers, counts, strict=True))
    return f"{label}: {told}"


def barred(label: str, count: int, of: int, before: float | None, tick: str = "") -> str:
    """One bar for who does not see it; `tick` says what stood there before."""
    last = "" if before is None else f", {tick}: {percent(before)}"
    return f"{label}: {number(count)} od {number(of)}{last}"


def made_on(when: date) -> str:
    """At the foot of a report."""
    return f"Knjižnice povezujejo · pripravljeno {day(when)}"
