"""What stands on questionnaires on paper, and what librarians read while they type them in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.rosters.columns import plain
from bot.texts.common import safe
from bot.texts.how_many import how_many
from surveys.epoch import day_of
from surveys.locale_sl import counted, dated, day
from surveys.model import Item, Kind

# On paper

TITLE = "Vprašalnik"
CODE = "Šifra"
DAY = "Dan, ko odgovarjate:"
GIVE_BACK = "Izpolnjene liste, prosimo, vrnite v knjižnico. Hvala."
_PART = 40  # letters of a name within that of a file
SEVERAL = "Odgovorov je lahko več."
AND = " in "
OR = " ali "


def alt(code: str) -> str:
    """What a screen reader says of the QR code."""
    return f"Koda QR za knjižnico, šifra {code}"


def several(item: Item) -> str:
    """How options are marked, where several may be."""
    limited = item.fewest is not None or item.most is not None
    more = "" if limited or "več" in item.hint else SEVERAL
    alone = [f"»{choice.label}«" for choice in item.choices if choice.alone]
    parts = (
        more,
        f"Označite {how_many(item.fewest, item.most)}." if limited else "",
        f"Če označite {OR.join(alone)}, ne označite nič drugega." if alone else "",
    )
    return " ".join(part for part in parts if part)


DATES = {"day": "Vpišite dan, mesec in leto.", "month": "Vpišite mesec in leto.", "year": "Vpišite leto."}


def number(item: Item) -> str:
    """What may be written into the field of a number."""
    more = " Lahko ima decimalke." if item.places else ""
    if item.minimum is not None and item.maximum is not None:
        return f"Vpišite število od {_decimal(item.minimum)} do {_decimal(item.maximum)}.{more}"
    return f"Vpišite število.{more}"


def _decimal(value: float) -> str:
    return str(value).replace(".", ",")


def how(*, several: bool, words: bool) -> str:
    """How the sheet is filled in, as its questions are."""
    where = "Pri vprašanjih s kvadratki" if several or words else "Pri vsakem vprašanju"
    more = " Kjer piše, da je odgovorov lahko več, jih označite, kolikor želite." if several else ""
    return f"{where} naredite križec v enem kvadratku.{more} Imena ne pišite."


def only_if(rule: str) -> str:
    """Over a question that is not for everybody."""
    return f"Odgovorite samo, če {rule}."


def skip_if(rule: str) -> str:
    """Over a question that some pass over."""
    return f"Če {rule}, to vprašanje preskočite."


def did_not(rule: str) -> str:
    """The opposite of what somebody did."""
    return rule.replace("ste ", "niste ", 1)


def answered(number: int) -> str:
    """Whether a question has an answer."""
    return f"ste odgovorili na {number}. vprašanje"


def chose(number: int, labels: Sequence[str]) -> str:
    """»ste pri 3. vprašanju izbrali »delno« ali »da««."""
    return f"ste pri {number}. vprašanju izbrali {OR.join(f'»{label}«' for label in labels)}"


_WROTE = {"eq": "{}", "lt": "manj kot {}", "le": "največ {}", "gt": "več kot {}", "ge": "vsaj {}", "in": "{}"}


def wrote(number: int, how: str, value: float | tuple[float, ...] | None, item: Item) -> str:
    """»ste pri 3. vprašanju napisali več kot 0«."""
    values = value if isinstance(value, tuple) else (0 if value is None else value,)
    listed = OR.join(
        dated(day_of(int(one)), item.accuracy) if item.kind is Kind.DATE else _decimal(one) for one in values
    )
    return f"ste pri {number}. vprašanju napisali {_WROTE[how].format(listed)}"


# Printing, in the chat

PRINT = "Natisni vprašalnik"
NOBODY = "Za to merjenje so medtem odgovorili vsi."


def choose_wave(subject: str, *, some: bool) -> str:
    """Of which wave?."""
    words = "Za katero merjenje?" if some else "Ni vprašalnika, ki bi še čakal na odgovore."
    return f"<b>{PRINT}: {safe(subject)}</b>\n\n{words}"


def order_name(subject: str, wave: str) -> str:
    """»Vprašalnik na papirju · Pomlad · izhodišče«, safe for a screen."""
    return safe(" · ".join(part for part in ("Vprašalnik na papirju", subject, wave) if part))


def caption(name: str, count: int) -> str:
    """Under the file; `name` is safe."""
    people = counted(count, "oseba", "osebi", "osebe", "oseb")
    return (
        f"<b>{name}</b>\n{people}\n\nNatisnite na liste A4, samo na eno stran lista. Vsak vprašalnik je za osebo, "
        "katere šifra je na njem. Izpolnjenega vnesete tako, da s svojim telefonom poskenirate kodo QR."
    )


def file_name(library: str, group: str, wave: str, made_on: date) -> str:
    """»vprasalniki-BRE-pomlad-izhodisce-2026-03-02.pdf«: says nothing of the programme."""
    parts = (plain(words).replace(" ", "-")[:_PART] for words in (group, wave))
    return "-".join(["vprasalniki", library, *filter(None, parts), f"{made_on.isoformat()}.pdf"])


# Typing in

TYPE_IN = "Vnesi s papirja"
ASK_CODE = (
    f"<b>{TYPE_IN}</b>\n\nNapišite šifro, ki je na listu, na primer KAM-7F3K2, ali s telefonom poskenirajte kodo QR."
)
TODAY = "Danes"
YESTERDAY = "Včeraj"
NOTHING_TO_TYPE = "Za to osebo zdaj ni vprašalnika, ki bi ga lahko vnesli s papirja."
NO_CONSENT = "Najprej zapišite privolitev, potem lahko vnesete odgovore s papirja."
SHEET_INSTEAD = "Naj velja list"
NO_DAY = "Napišite en dan, na primer 3. 5. 2027."
OTHER_DAY = "Na ta dan ta vprašalnik ni bil odprt. Preverite datum."
LIBRARY_SHEET = "Ta list je za knjižnico. Izpolnite ga in ga prinesite v knjižnico. Hvala!"


def choose(code: str) -> str:
    """Which questionnaire is it?."""
    return f"<b>{TYPE_IN}: {code}</b>\n\nKateri vprašalnik imate pred seboj?"


def why_not(wave: str, opens: date | None, *, cancelled: bool) -> str:
    """Why a sheet of this wave cannot be typed in: it is yet to come, or over."""
    if cancelled:
        return f"»{safe(wave)}« je odpovedano."
    if opens is not None:
        return f"»{safe(wave)}« se odpre {day(opens)}; prej odgovorov ne moremo vnesti."
    return f"»{safe(wave)}« je že oddano ali zaprto; odgovorov s papirja tam ne moremo več vnesti."


def ask_instead(code: str, wave: str, answered: int, asked: int) -> str:
    """Something was answered already: is the sheet to hold?."""
    return (
        f"<b>{TYPE_IN}: {code}</b>\n{safe(wave)}\n\nTa vprašalnik je že začet "
        f"(odgovori: {answered} od {asked}). Ali naj namesto teh odgovorov velja list? "
        "Dosedanji odgovori potem ostanejo samo v sledi sprememb."
    )


def ask_day(code: str, wave: str, first: date, last: date) -> str:
    """On which day was it filled in?."""
    return (
        f"<b>{TYPE_IN}: {code}</b>\n{safe(wave)}\n\nKdaj je bil list izpolnjen? Izberite ali napišite dan "
        f"od {day(first)} do {day(last)}."
    )


# Typing in twice

SECOND = "Drugi vnos"
FIRST_HOLDS = "Velja prvi vnos"
SECOND_HOLDS = "Velja drugi vnos"
TO_PERSON = "Pregled osebe"


def second_of(code: str) -> str:
    """Above every card of the second entry."""
    return f"Drugi vnos s papirja za {code}. Najbolje ga opravi nekdo drug."


def difference(code: str, left: int, question: str, first: str, second: str) -> str:
    """One answer that was typed in two ways; all words are safe."""
    return (
        f"<b>Drugi vnos: {code}</b>\n{_differences(left)}\n\n<b>{question}</b>\n\nPrvi vnos: <b>{first}</b>\n"
        f"Drugi vnos: <b>{second}</b>\n\nPoglejte na list: kateri vnos je pravi?"
    )


def settled(code: str) -> str:
    """Both typings say the same."""
    return f"<b>Drugi vnos: {code}</b>\n\nRazlik ni. Odgovori so preverjeni."


# What was typed in twice and differs, in a group

DIFFERENCES = "Razlike s papirja"
NO_DIFFERENCES = "Razlik ni."


def different(code: str, wave: str, left: int) -> str:
    """»KAM-7F3K2 · izhodišče: 2 razliki«."""
    return f"{code} · {safe(wave)}: {_differences(left)}"


def differences(group: str, lines: Sequence[str], once: int, page: str) -> str:
    """Whose two typings differ, and how many questionnaires were typed in once only."""
    typed = counted(
        once, "vprašalnik je vnesen", "vprašalnika sta vnesena", "vprašalniki so vneseni", "vprašalnikov je vnesenih"
    )
    parts = [f"<b>{DIFFERENCES}: {safe(group)}</b>", "\n".join(lines) or NO_DIFFERENCES, page]
    return "\n\n".join(part for part in (*parts, f"{typed} samo enkrat." if once else "") if part)


def _differences(left: int) -> str:
    return counted(left, "razlika", "razliki", "razlike", "razlik")
