"""The words of the one page for a mayor: whole plain sentences, no statistics. Knows no numbers of its own.

»Verjetno« stands where the interval of the change leaves out zero, »lahko tudi naključna« where it does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from reports.disclosure.presence import Presence
from reports.disclosure.tenths import OfTen
from surveys.locale_sl import counted, day, number, plural, quoted

IN_SHORT = "Kaj se dogaja"
PICTURE = "V sliki"
VOICE = "Z besedami ljudi"
SMALL_PRINT = "Drobni tisk"
HIGHER = "boljši odgovor"
NOT_HIGHER = "enak ali slabši odgovor"
REST = "drugi odgovori"
PEOPLE_CHART = "Koliko ljudi je bilo zraven"
SAME_PROGRAMME = "V tem programu"
NUMBERS = "Številke te strani"
WHAT, HOW_MANY = "Kaj", "Koliko"
ENROLLED = "Vpisi"
ONGOING = "V skupinah, ki še trajajo"
ENDED = "V končanih skupinah"
ANSWERED_BEFORE = "Odgovori na začetku"
ANSWERED = "Odgovori ob koncu"
PAIRS = "Odgovori istih ljudi na začetku in ob koncu"
HIDDEN = "Spremembe tu ne kažemo, ker bi iz nje lahko sledilo, kaj je odgovoril posamezen človek."
UNKNOWN_LATER = "Kaj ostane, bo mogoče povedati, ko bo odgovorov po koncu več."
CAVEAT = (
    "Ta stran temelji na odgovorih ljudi o sebi: pove, kaj se je spremenilo, ne pa zakaj; "
    "kdor ni odgovoril, bi morda odgovoril drugače."
)
PARTICIPANTS_ALONE = "Šteti so udeleženci, brez prostovoljcev."


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


def came(where: str, there: Presence, k: int) -> str:
    """The first sentences: who came, whose group still meets, who answered; numbers below k are not told."""
    enrolled = there.enrolled
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
    return f"{where} {many}. {_standing(there, k)}"


def _standing(there: Presence, k: int) -> str:
    """Whose group still meets is not among those who did not answer."""
    if there.ended == 0:
        return "Vse skupine še trajajo, zato odgovorov ob koncu še ni."
    if there.ongoing == 0:
        return f"Ob koncu {_answers(there.answered, k)}{_open(there, k)}."
    if not there.told_apart(k):
        return f"Nekatere skupine še trajajo; ob koncu {_answers(there.answered, k)}{_open(there, k)}."
    meets = plural(there.ongoing, "je", "sta", "so", "jih je")
    told = f"od teh {_of_these(there.answered, k)}" if there.answered else f"ob koncu {_answers(there.answered, k)}"
    apart = f"V skupinah, ki še trajajo, {meets} {number(there.ongoing)}, v končanih {number(there.ended)}"
    return f"{apart}; {told}{_open(there, k)}."


def _answers(answered: int, k: int) -> str:
    """After »ob koncu«."""
    if answered == 0:
        return "še ni odgovorov"
    if answered < k:
        return f"je odgovorilo manj kot {k} ljudi"
    verb = plural(answered, "je odgovoril", "sta odgovorila", "so odgovorili", "je odgovorilo")
    return f"{verb} {counted(answered, 'človek', 'človeka', 'ljudje', 'ljudi')}"


def _of_these(answered: int, k: int) -> str:
    """After »od teh«."""
    if answered < k:
        return f"jih je ob koncu odgovorilo manj kot {k}"
    told = plural(answered, "je ob koncu odgovoril", "sta ob koncu odgovorila", "so ob koncu odgovorili", "")
    return f"{told} {number(answered)}" if told else f"jih je ob koncu odgovorilo {number(answered)}"


def _open(there: Presence, k: int) -> str:
    """Who may still answer, where they are enough to be told."""
    if there.open == 0 or there.open < k:
        return ""
    still = plural(
        there.open, "lahko še odgovori", "lahko še odgovorita", "lahko še odgovorijo", "jih lahko še odgovori"
    )
    return f", {number(there.open)} {still}"


def inside(programme: str) -> str:
    """Which of several programmes a sentence is about."""
    return f"V programu {quoted(programme)}"


def changed(many: str, counts: int, n: int, question: str, says: str, verdict: str, where: str) -> str:
    """The second sentence: of n people how many answer better; `where` only among several programmes.

    `counts` is the number in `many` that the verb agrees with, `says` the programme's own end of the sentence; without
    it the answer to the question is spoken of.
    """
    of = f"{_begun('Od', 'od', where)} {counted(n, 'človeka', 'ljudi', 'ljudi', 'ljudi')}, {_who_answered_twice(n)}"
    if says:
        verb = plural(counts, "pravi", "pravita", "pravijo", "jih pravi")
        return f"{of}, {many} {verb}, da {says}; {verdict}."
    return f"{of}, je pri {many} odgovor na vprašanje {quoted(question)} boljši kot na začetku; {verdict}."


def shifted(change: float, n: int, question: str, verdict: str, where: str) -> str:
    """The second sentence where only the direction of the answers of all n people together may be told."""
    side = "enaki" if change == 0 else "boljši" if change > 0 else "slabši"
    people = counted(n, "človeku", "ljudeh", "ljudeh", "ljudeh")
    asked = f"odgovori na vprašanje {quoted(question)} v povprečju"
    begun = f"{_begun('Pri', 'pri', where)} {people}, {_who_answered_twice(n)}"
    return f"{begun}, so ob koncu {asked} {side} kot na začetku; {verdict}."


def _who_answered_twice(n: int) -> str:
    answered = plural(n, "ki je odgovoril", "ki sta odgovorila", "ki so odgovorili", "ki so odgovorili")
    return f"{answered} na začetku in ob koncu"


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


def lasts(ten: OfTen, asked: int | None, question: str, answers: Sequence[str], *, days: int, where: str) -> str:
    """The third sentence: how many give the best answers, so many days after the end, or (0) at the end.

    `asked` are all who have answered or whose time to answer is over, where they are of the same day.
    """
    when = f"{after_days(days)} po koncu" if days else "ob koncu"
    begun = _begun(f"{when[0].upper()}{when[1:]}", when, where)
    of, people = f"na vprašanje {quoted(question)}", number(ten.n)
    said = plural(
        ten.n,
        f"je {of} odgovoril {people} človek",
        f"sta {of} odgovorila {people} človeka",
        f"so {of} odgovorili {people} ljudje",
        f"je {of} odgovorilo {people} ljudi",
    )
    among = "" if asked is None or asked == ten.n else f" od {number(asked)}"
    verb = plural(ten.tenths or 1, "odgovarja", "odgovarjata", "odgovarjajo", "jih odgovarja")
    told = " ali ".join(quoted(answer) for answer in answers)
    return f"{begun} {said}{among}; {ten.words} {verb} {told}."


def after_days(days: int) -> str:
    """»90 dni«."""
    return counted(days, "dan", "dneva", "dni", "dni")


def will_be_known(days: int, known: date | None, *, hidden: bool) -> str:
    """What is so with the answers some days after the end: what was said at the end does not stand in for them."""
    when = "teh je za zdaj še premalo"
    if hidden:
        when = "odgovori so, a jih zaradi varstva oseb ne objavljamo"
    elif known:
        when = f"znani bodo po {day(known)}, če jih bo dovolj"
    return f"Kaj ostane, povedo šele odgovori {after_days(days)} po koncu; {when}."


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
