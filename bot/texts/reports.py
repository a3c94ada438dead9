"""What coordinators read around reports and numbers."""

from __future__ import annotations

from datetime import date

from bot.texts.common import safe
from storage.groups import Numbers

WHICH_WEEKLY = "<b>Tedensko poročilo</b>\n\nIzberite program."
WHICH_IMPACT = "<b>Učinek</b>\n\nIzberite program."
PREPARING = "Pripravljamo poročilo. V nekaj trenutkih pride v ta pogovor kot besedilo, slika in datoteka za branje."


def which_week(programme: str) -> str:
    """Which week of a programme."""
    return f"<b>Tedensko poročilo</b>\n{safe(programme)}\n\nIzberite teden."


def this_week(monday: date, sunday: date) -> str:
    """A button."""
    return f"Ta teden ({_days(monday, sunday)})"


def last_week(monday: date, sunday: date) -> str:
    """A button."""
    return f"Prejšnji teden ({_days(monday, sunday)})"


def report_picture(title: str) -> str:
    """Under the picture of a report."""
    return f"{safe(title)} – slika. Vse številke so tudi v besedilu."


def report_file(title: str) -> str:
    """Under the file of a report."""
    return f"{safe(title)} – celotno poročilo. Odpre se v brskalniku."


def _days(first: date, last: date) -> str:
    return f"{first.day}. {first.month}. – {last.day}. {last.month}."


# State


def state(where: str, numbers: Numbers, calls: int) -> str:
    """A few numbers at once."""
    return (
        f"<b>Stanje</b>\n{safe(where)}\n\n"
        f"Vpisanih: {numbers.enrolled}\n"
        f"Sodeluje: {numbers.active}\n"
        f"Odprtih vprašalnikov: {numbers.open}\n"
        f"Odgovorov ta teden: {numbers.answered}\n"
        f"Se odpre v 7 dneh: {numbers.opening}\n"
        f"Sporočil čaka na pošiljanje: {numbers.waiting}\n"
        f"Sporočila ne pridejo do: {numbers.unreachable}\n"
        f"Za klic: {calls}"
    )


ALL_PROGRAMMES = "Vsi programi"
