"""The words around what a library says of itself: where, when, whom to ask, what a programme takes."""

from __future__ import annotations

from surveys.locale_sl import NO_BREAK, counted, number, quoted

ABOUT_ONE = "Kaj je to"
ABOUT_SEVERAL = "Kaj so ti programi"
EUROS_EACH = "Evrov na udeleženca"
HOURS_EACH = "Ur dela na udeleženca"


def about(said: str, programme: str) -> str:
    """A programme in one sentence; named among several."""
    whole = said if said.endswith((".", "!", "?", "…")) else f"{said}."
    return f"{quoted(programme)}: {whole}" if programme else whole


def reached(contact: str, phone: str, email: str, web: str) -> str:
    """Whom to ask, and how; empty where nothing is known."""
    ways = [
        f"telefon {phone.replace(' ', NO_BREAK)}" if phone else "",
        f"e-pošta {email}" if email else "",
        f"splet {web}" if web else "",
    ]
    return ", ".join(part for part in (contact, *ways) if part)


def where(place: str, hours: str, contact: str) -> str:
    """»Kje: … Kdaj: … Več povedo: …«."""
    parts = (("Kje", place), ("Kdaj", hours), ("Kontakt", contact))
    return " ".join(f"{name}: {said.removesuffix('.')}." for name, said in parts if said)


def of_year(label: str, year: int) -> str:
    """»Ur dela na udeleženca, 2026«."""
    return f"{label}, {year}"


def spent(
    programme: str,
    year: int,
    euros: tuple[float | None, int | None],
    hours: tuple[float | None, int | None],
    people: int,
) -> str:
    """What the library put into a programme for each person, with the totals behind it."""
    where = f"V program {quoted(programme)}" if programme else "V program"
    each = " in ".join(part for part in (_euros(euros[0]), _hours(hours[0], " dela")) if part)
    all_ = " in ".join(part for part in (_euros(euros[1]), _hours(hours[1], "")) if part)
    of = counted(people, "vpisanega", "vpisana", "vpisane", "vpisanih")
    return (
        f"{where} je knjižnica leta {year} vložila približno {each} na udeleženca "
        f"({all_} za {of} v skupine, ki so se začele to leto; podatek knjižnice)."
    )


def _euros(amount: float | None) -> str:
    return "" if amount is None else f"{number(amount, _decimals(amount))}{NO_BREAK}€"


def _hours(amount: float | None, of: str) -> str:
    if amount is None:
        return ""
    if _decimals(amount):
        return f"{number(amount, 1)}{NO_BREAK}ure{of}"
    return counted(int(float(amount) + 0.5), "uro", "uri", "ure", "ur") + of


def _decimals(amount: float) -> int:
    """What is less than one is told to a tenth."""
    return 0 if amount >= 1 or amount == 0 else 1
