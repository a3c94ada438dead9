"""What stands on questionnaires on paper, and what librarians read while they type them in."""

from __future__ import annotations

from collections.abc import Sequence

# On paper

TITLE = "Vprašalnik"
CODE = "Šifra"
HOW = "Pri vsakem vprašanju naredite križec v enem kvadratku. Imena ne pišite."
DAY = "Dan, ko odgovarjate:"
GIVE_BACK = "Izpolnjene liste, prosimo, vrnite v knjižnico. Hvala."
SEVERAL = "Odgovorov je lahko več."
AND = " in "
OR = " ali "


def alt(code: str) -> str:
    """What a screen reader says of the QR code."""
    return f"Koda QR za knjižnico, šifra {code}"


def number(minimum: int | None, maximum: int | None) -> str:
    """What may be written into the field of a number."""
    if minimum is not None and maximum is not None:
        return f"Vpišite število od {minimum} do {maximum}."
    return "Vpišite število."


def only_if(rule: str) -> str:
    """Over a question that is not for everybody."""
    return f"Odgovorite samo, če {rule}."


def not_so(rule: str) -> str:
    """The opposite of a rule that is made of several."""
    return f"ne velja, da {rule}"


def answered(number: int, *, opposite: bool) -> str:
    """Whether a question has an answer."""
    return f"{'ni odgovora' if opposite else 'je odgovor'} na vprašanje {number}"


def is_one_of(number: int, labels: Sequence[str], *, opposite: bool = False) -> str:
    """»je pri vprašanju 3 odgovor »delno« ali »da««."""
    listed = " ali ".join(f"»{label}«" for label in labels)
    return f"pri vprašanju {number} ni odgovora {listed}" if opposite else f"je pri vprašanju {number} odgovor {listed}"


_COMPARED = {
    "eq": ("je odgovor na vprašanje {} enak {}", "odgovor na vprašanje {} ni {}"),
    "ne": ("odgovor na vprašanje {} ni {}", "je odgovor na vprašanje {} enak {}"),
    "lt": ("je odgovor na vprašanje {} manj kot {}", "je odgovor na vprašanje {} vsaj {}"),
    "le": ("je odgovor na vprašanje {} največ {}", "je odgovor na vprašanje {} več kot {}"),
    "gt": ("je odgovor na vprašanje {} več kot {}", "je odgovor na vprašanje {} največ {}"),
    "ge": ("je odgovor na vprašanje {} vsaj {}", "je odgovor na vprašanje {} manj kot {}"),
    "in": ("je odgovor na vprašanje {} {}", "odgovor na vprašanje {} ni {}"),
}


def compared(number: int, how: str, value: int | tuple[int, ...] | None, *, opposite: bool) -> str:
    """How a number compares with others."""
    listed = " ali ".join(str(one) for one in value) if isinstance(value, tuple) else str(value)
    return _COMPARED[how][opposite].format(number, listed)
