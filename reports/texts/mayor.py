"""The words of the one page for a mayor: whole plain sentences, no statistics. Knows no numbers of its own.

»Verjetno« stands where the interval of the change leaves out zero, »lahko tudi naključna« where it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reports.slovenian import NO_BREAK, counted, day, plural, quoted

IN_SHORT = "Kaj se dogaja"
PICTURE = "V sliki"
VOICE = "Z besedami ljudi"
SMALL_PRINT = "Drobni tisk"
HIGHER = "boljši odgovor"
NOT_HIGHER = "enak ali slabši odgovor"
REST = "drugi odgovori"
ICONS = "Od desetih ljudi"
PEOPLE_CHART = "Koliko ljudi je bilo zraven"
SAME_PROGRAMME = "V tem programu"
NUMBERS = "Številke te strani"
WHAT, HOW_MANY = "Kaj", "Koliko"
ENROLLED = "Vpisi"
ANSWERED_BEFORE = "Odgovori na začetku"
ANSWERED = "Odgovori ob koncu"
PAIRS = "Odgovori istih ljudi na začetku in ob koncu"
HIDDEN = "Spremembe tu ne kažemo, ker bi iz nje lahko sledilo, kaj je odgovoril posamezen človek."
UNKNOWN_LATER = "Kaj od tega ostane, bo mogoče povedati, ko bo odgovorov po koncu več."
CAVEAT = (
    "Ta stran temelji na odgovorih ljudi o sebi, brez primerjalne skupine: pove, kaj se je spremenilo, ne pa zakaj; "
    "kdor ni odgovoril, bi morda odgovoril drugače."
)


def subtitle(made_on: date) -> str:
    """Under the name of the library."""
    return f"stanje {day(made_on)}"


def fewer(k: int) -> str:
    """Instead of a number of people that is not told."""
    return f"manj kot {k}"


def programmes(names: Sequence[str]) -> str:
    """Where people enrolled: »V program »Branje««, or »V 3 programe knjižnice«."""
    if len(names) == 1:
        return f"V program {quoted(names[0])}"
    return f"V {counted(len(names), 'program', 'programa', 'programe', 'programov')} knjižnice"


def came(where: str, enrolled: int, answered: int, k: int) -> str:
    """The first sentence: who came and how many; numbers below k are not told, but nobody is."""
    if enrolled == 0:
        return f"{where} se še ni nihče vpisal."
    if enrolled < k:
        return f"{where} se je doslej vpisalo manj kot {k} ljudi."
    many = plural(
        enrolled,
        f"se je doslej vpisal {enrolled} človek",
        f"sta se doslej vpisala {enrolled} človeka",
        f"so se doslej vpisali {enrolled} ljudje",
        f"se je doslej vpisalo {enrolled} ljudi",
    )
    return f"{where} {many}; {_answers(answered, k)}."


def _answers(answered: int, k: int) -> str:
    if answered == 0:
        return "odgovorov ob koncu še ni"
    if answered < k:
        return f"ob koncu jih je odgovorilo manj kot {k}"
    verb = plural(answered, "je odgovoril", "sta odgovorila", "so odgovorili", "je odgovorilo")
    return f"ob koncu {verb} {counted(answered, 'človek', 'človeka', 'ljudje', 'ljudi')}"


def of_ten(tenths: int, *, exact: bool) -> str:
    """»7 od 10«, »približno 7 od 10«, »več kot 9 od 10«, »manj kot 1 od 10«."""
    if tenths == 0:
        return f"manj kot 1{NO_BREAK}od{NO_BREAK}10"
    if tenths == 10 and not exact:  # noqa: PLR2004 - all of ten
        return f"več kot 9{NO_BREAK}od{NO_BREAK}10"
    return f"{'' if exact else 'približno '}{tenths}{NO_BREAK}od{NO_BREAK}10"


def at_least(least: int, n: int) -> str:
    """Where so few are different that their number is not told."""
    return f"vsaj {least}{NO_BREAK}od{NO_BREAK}{n}"


def less_than(k: int, n: int) -> str:
    """Where so few improved that their number is not told."""
    return f"manj kot {k}{NO_BREAK}od{NO_BREAK}{n}"


def inside(programme: str) -> str:
    """Which of several programmes a sentence is about."""
    return f"V programu {quoted(programme)}"


def changed(many: str, question: str, verdict: str, where: str) -> str:
    """The second sentence: of how many people the answer is better; `where` only among several programmes."""
    asked = f"odgovor na vprašanje {quoted(question)}"
    return f"{_begun('Ob koncu je', 'je ob koncu', where)} pri {many} ljudi {asked} boljši kot na začetku; {verdict}."


def shifted(change: float, question: str, verdict: str, where: str) -> str:
    """The second sentence where only the direction of all answers together may be told."""
    side = "enaki" if change == 0 else "boljši" if change > 0 else "slabši"
    asked = f"odgovori na vprašanje {quoted(question)} v povprečju"
    begun = _begun("Ob koncu so", "so ob koncu", where)
    return f"{begun} {asked} {side} kot na začetku; {verdict}."


def verdict(low: float, high: float) -> str:
    """Calibrated words for the change of one programme."""
    if low > 0:
        return "sprememba na bolje verjetno ni naključna"
    if high < 0:
        return "v povprečju so odgovori slabši, kar verjetno ni naključje"
    return "sprememba je lahko tudi naključna"


UNJUDGED = "ali je sprememba naključna, iz tako malo odgovorov še ne povemo"


def verdicts(clear: int, measured: int) -> str:
    """Calibrated words for several programmes: in how many of them the change is clear."""
    among = f"od {measured} programov z dovolj odgovori"
    if clear == 0:
        return f"v nobenem {among} sprememba na bolje še ni dovolj jasna"
    return f"sprememba na bolje verjetno ni naključna v {clear} {among}"


def too_few_pairs(k: int) -> str:
    """Instead of the second sentence."""
    return f"Ali se kaj spremeni, bo znano, ko bo na začetku in ob koncu odgovorilo vsaj {k} istih ljudi."


def lasts(many: str, tenths: int, question: str, answers: Sequence[str], *, later: bool, where: str) -> str:
    """The third sentence: how many give the best answers, at the end or some months later."""
    when = "nekaj mesecev po koncu" if later else "ob koncu"
    begun = _begun(f"{when[0].upper()}{when[1:]}", when, where)
    verb = plural(tenths or 1, "odgovarja", "odgovarjata", "odgovarjajo", "odgovarja")
    told = " ali ".join(quoted(answer) for answer in answers)
    return f"{begun} na vprašanje {quoted(question)} {many} ljudi {verb} {told}."


def answered(question: str, answer: str) -> str:
    """What a share is of, in the table of numbers."""
    return f"{quoted(question)}: {answer}"


def means(scale: tuple[int, int]) -> str:
    """Above the average answers."""
    return f"Povprečni odgovor istih ljudi, od {scale[0]} do {scale[1]}"


def older(days: Sequence[date]) -> str:
    """From when repeated numbers are."""
    return f"Nekatere številke so z dne {', '.join(day(one) for one in days)}."


def _begun(alone: str, after: str, where: str) -> str:
    return f"{where} {after}" if where else alone
