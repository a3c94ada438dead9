"""What stands on printed cards and lists."""

from __future__ import annotations

from surveys.locale_sl import NO_BREAK

TITLE = "Kartice za začetek"
CODE = "Vaša šifra"
_SCAN = "Kodo QR poskenirajte s telefonom."
_OPEN_BOT = "Odprite povezavo. Izberite »Začni« ali »Start«."
_OPEN_PAGE = "Odprite povezavo. Izberite, kje želite odgovarjati."

LIST_TITLE = "Seznam šifer"
LIST_NOTE = (
    "Imena stojijo samo na tem listu; v sistemu ne ostanejo. "
    "List hranite v knjižnici na varnem in ga ne fotografirajte."
)
LIST_COLUMNS = ("Šifra", "Ime in priimek", "Podpis ali opomba")
PAGE = "Stran"


def steps(*, pages: bool) -> tuple[str, ...]:
    """How one begins; `pages`: the link leads to a page, and else to Telegram."""
    return _SCAN, _OPEN_PAGE if pages else _OPEN_BOT


NO_CAMERA = "Brez kamere: v brskalnik vpišite naslov"
THEN_NUMBER = "in nato številko kartice"


def help_on_card(phone: str, *, pages: bool) -> str:
    """What is needed, and where help is; `phone` may be unknown."""
    needed = "" if pages else "Potrebujete Telegram. "
    if not phone:
        return f"{needed}Za pomoč prinesite kartico v knjižnico. Kartica je samo za eno osebo."
    number = phone.replace(" ", NO_BREAK)
    return f"{needed}Kartica je samo za eno osebo. Pomoč: {number} ali v knjižnici."


def alt(code: str) -> str:
    """What a screen reader says of the QR code."""
    return f"Koda QR za začetek, šifra {code}"


def list_of(library: str, group: str, cohort: str) -> str:
    """Whose codes these are."""
    return " · ".join(part for part in (library, group, cohort) if part)


def list_made(when: str) -> str:
    """When the list was printed."""
    return f"Natisnjeno {when}"
