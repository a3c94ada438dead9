"""The words about those who did not answer at the end."""

from __future__ import annotations

from surveys.locale_sl import NO_BREAK, number, plural

WHO = "Kdo"
PEOPLE = "Ljudje"
FIRST = "Prvi odgovor"
STAYED = "Z odgovorom na začetku in ob zaključku"
GONE = "Z odgovorom na začetku, ob zaključku pa ne"
WHAT = "Mera"
VALUE = "Vrednost"
IMPOSSIBLE = "na tej lestvici ni mogoče"
TIPPING = "Sprememba ljudi brez odgovora, pri kateri bi skupna izginila"


def tipping(silent: int, change: float, others: float, room: float | None) -> str:
    """At which mean change of those who did not answer the change of all would vanish, beside that of the others.

    `room`: by how much their answers could fall at most on the scale; None without one.
    """
    if room is not None and impossible(change, room):
        return (
            f"Tudi če bi vsi, ki so odgovorili na začetku, ob zaključku pa ne ({number(silent)}), ob koncu izbrali "
            "najnižji odgovor, povprečna sprememba vseh ne bi izginila: izginila bi šele, če bi bil njihov odgovor v "
            f"povprečju za {number(-change, 1)} nižji kot na začetku, do najnižjega pa je le {number(room, 1)}."
        )
    who = plural(
        silent,
        "človeku, ki je odgovoril na začetku, ob zaključku pa ne",
        "ljudeh, ki sta odgovorila na začetku, ob zaključku pa ne",
        "ljudeh, ki so odgovorili na začetku, ob zaključku pa ne",
        "ljudeh, ki so odgovorili na začetku, ob zaključku pa ne",
    )
    return (
        f"Povprečna sprememba vseh bi izginila, če bi bil odgovor pri {number(silent)}{NO_BREAK}{who}, ob koncu v "
        f"povprečju za {number(abs(change), 1)} nižji kot na začetku (pri drugih je za {number(others, 1)} višji). "
        "Tega iz odgovorov ne moremo izključiti."
    )


def limit(change: float, room: float | None) -> str:
    """From which change of theirs on the change of all could be chance."""
    if impossible(change, room):
        return "Tudi njen razpon bi takrat ležal nad ničlo."
    size = number(abs(change), 1)
    where = f"samo za {size} višji kot" if change > 0 else f"za {size} nižji kot"
    where = where if change else "enak kot"
    begun = "Povprečna sprememba vseh bi lahko bila naključna že, če bi bil njihov odgovor ob koncu v povprečju"
    return f"{begun} {where} na začetku."


def impossible(change: float, room: float | None) -> bool:
    """Whether answers cannot fall so far on the scale."""
    return room is not None and -change > room
