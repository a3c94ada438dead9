"""What a change means for people, in sentences. Knows nothing of where a number comes from."""

from __future__ import annotations

from surveys.locale_sl import number, plural, quoted

_LEAST = 0.05  # of a point: less is not told as a number
CEILING_HIDDEN = (
    "Koliko ljudi je že na začetku izbralo najvišji odgovor, ni prikazano zaradi varstva oseb; višje niso mogli "
    "odgovoriti."
)
STEPS_HIDDEN = "Koliko ljudi je ob zaključku odgovorilo vsaj en korak bolje, ni prikazano zaradi varstva oseb."
_MEAN = (
    "Del spremembe je lahko vračanje k povprečju: kdor se vpiše ob posebno slabem času, pozneje pogosto odgovori bolje "
    "tudi brez programa."
)
NAMED = f"{_MEAN} Koliko je tega, tu ne vemo: povedali bi primerjava s čakajočimi ali znana zanesljivost vprašanja."


def step(first: str, second: str) -> str:
    """What one step is, in the words of the scale."""
    return f"Korak na lestvici je sosednji odgovor, na primer od {quoted(first)} do {quoted(second)}."


def steps(count: int, n: int) -> str:
    """How many answered at least one step better."""
    verb = plural(count, "je odgovoril", "sta odgovorila", "so odgovorili", "je odgovorilo")
    return f"Vsaj en korak bolje {verb} {count} od {n}."


def steps_at_least(least: int, n: int) -> str:
    """Where so few did not that their number is not told."""
    return f"Vsaj en korak bolje je odgovorilo vsaj {least} od {n}."


def steps_below(below: int, n: int) -> str:
    """Where so few did that their number is not told."""
    return f"Vsaj en korak bolje je odgovorilo manj kot {below} od {n}."


def ceiling(count: int, n: int, label: str, *, joined: bool) -> str:
    """How many could not rise; joined with the answers next to it, where few chose the highest."""
    who = f"{plural(count, 'je izbral', 'sta izbrala', 'so izbrali', 'je izbralo')} že na začetku {count} od {n}"
    if joined:
        return f"Enega od najvišjih odgovorov ({label}) {who}; kdor je bil že na vrhu, višje ni mogel odgovoriti."
    return f"Najvišji odgovor ({label}) {who}; višje niso mogli odgovoriti."


def estimated(reliability: float, points: float) -> str:
    """How much regression to the mean there is at most, by the reliability of the item."""
    told = f"približno {number(points, 1)} točke" if points >= _LEAST else "manj kot 0,1 točke"
    return (
        f"{_MEAN} Če je zanesljivost vprašanja {number(reliability, 2)} in bi se vpisali samo ljudje, ki jim je šlo "
        f"tedaj slabše od povprečja, bi bilo tega {told}."
    )


def compared(waiting: float) -> str:
    """Those who wait regress alike, the more so the more alike they began, so that their change holds it."""
    return (
        f"{_MEAN} Enako velja za ljudi, ki čakajo: v njihovi spremembi ({number(waiting, 1, signed=True)}) je to že "
        "všteto, zato ga je v razliki med skupinama verjetno manj, posebno če sta začeli podobno."
    )
