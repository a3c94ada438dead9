"""Words of /koledar: which message comes when, and why not on the day that one would expect."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from bot.texts.cohorts import from_day
from bot.texts.common import safe
from surveys.locale_sl import NO_BREAK, day
from surveys.timeline import Cause, MessageKind, PlannedMessage

CALENDAR = "Koledar sporočil"
CHOOSE = "<b>Koledar sporočil</b>\n\nKdaj pride katero sporočilo? Izberite skupino ali »Za dva datuma«."
TWO_DATES = "Za dva datuma"
CHOOSE_PROGRAMME = "<b>Koledar sporočil</b>\n\nIzberite program."
OTHER_DATES = "Drugi datumi"
NO_MESSAGES = "Za ta datuma ni nobenega sporočila."
REMINDERS = "Opomnik dobi samo, kdor še ni odgovoril. Kdor se pridruži pozneje, dobi prvo vprašanje takoj."

_DAYS = ("ponedeljek", "torek", "sreda", "četrtek", "petek", "sobota", "nedelja")


def ask(programme: str) -> str:
    """The two dates are to be typed."""
    return (
        f"<b>Koledar sporočil</b>\n{safe(programme)}\n\n"
        "Napišite prvi in zadnji dan skupine, na primer: 3. 5. 2027, 28. 6. 2027."
    )


def head(name: str, start: date, end: date) -> str:
    """Whose messages these are."""
    return f"<b>Koledar sporočil: {safe(name)}</b>\n{day(start)} – {day(end)}"


def wave(name: str, messages: Iterable[PlannedMessage], called: Callable[[date], str]) -> str:
    """The messages of one wave; `called` says what is celebrated on a day."""
    return "\n".join((f"<b>{safe(name)}</b>", *(_line(one, called) for one in messages)))


def _line(one: PlannedMessage, called: Callable[[date], str]) -> str:
    what = {
        MessageKind.INVITATION: "vabilo",
        MessageKind.REMINDER: f"{one.number}. opomnik",
        MessageKind.CLOSING: "vprašalnik se zapre",
        MessageKind.FEEDBACK: "»Kaj smo izvedeli«, če je napisano",
    }
    line = f"• {_DAYS[one.at.weekday()]}, {day(one.at.date())}, ob {one.at:%H.%M}: {what[one.kind]}"
    return "; ".join((line, *_why(one, called)))


def _why(one: PlannedMessage, called: Callable[[date], str]) -> list[str]:
    """Where it was moved from, and for what; and a change of the clock."""
    found = []
    off = [reason for reason in one.reasons if reason.cause in (Cause.HOLIDAY, Cause.SUNDAY, Cause.BUSY)]
    if off:
        first, *others = (f"({_name(reason.cause, called(reason.day))})" for reason in off)
        days = (f"{_short(reason.day)} {name}" for reason, name in zip(off[1:], others, strict=True))
        found.append(", ".join((f"prestavljeno {from_day(off[0].day)} {first}", *days)))
    for reason in one.reasons:
        if reason.cause is Cause.QUIET:
            found.append(f"prestavljeno, ker ob {one.meant:%H.%M} ne pišemo nikomur")
        elif reason.cause is Cause.CLOCK:
            found.append(f"{_short(reason.day)} se premakne ura, sporočilo ostane ob isti uri")
    return found


def _name(cause: Cause, celebrated: str) -> str:
    if cause is Cause.BUSY:
        return "drug vprašalnik"
    return "nedelja" if cause is Cause.SUNDAY else safe(celebrated) or "praznik"


def _short(when: date) -> str:
    return f"{when.day}.{NO_BREAK}{when.month}."
