"""The words about what would have happened anyway: people who took part beside people who waited."""

from __future__ import annotations

from collections.abc import Sequence

from surveys.locale_sl import NO_BREAK, number, plural

TITLE = "Bi se to zgodilo tudi brez programa?"
NO_GROUP = (
    "Primerjalne skupine ni, zato poročilo ne more reči, ali bi se to zgodilo tudi brez programa: pove, kaj se je "
    "spremenilo, ne pa zakaj."
)
TAKING_PART = "udeleženci"
WAITING = "čakajoči"
WHO = "Kdo"
PEOPLE = "Ljudje"
CHANGE = "Sprememba"
TABLE = "Udeleženci ob čakajočih"
DIFFERENCE = "Razlika sprememb"
ADJUSTED = "Razlika pri enakem začetku"
CHART = "Sprememba od začetka do zaključka"
ADJUSTED_HIDDEN = "Razlike pri enakem začetku ne povemo: iz nje bi sledilo, kaj je kdo odgovoril."
READING = "V oklepaju je razpon, v katerem prava razlika najverjetneje leži (95 %)."
METHOD = (
    "Udeleženci ob čakajočih: razlika sprememb je razlika razlik (sprememba udeležencev minus sprememba čakajočih); "
    "razlika pri enakem začetku je koeficient skupine v analizi kovariance (ANCOVA) odgovora ob koncu na odgovor na "
    "začetku, z intervalom HC3 in n − 3 prostostnimi stopnjami. Kdor je čakal in se nato udeležil, je enkrat v vsaki "
    "skupini; interval tega ne upošteva (n je število različnih ljudi)."
)
BY_LOT = (
    "O tem, kdo čaka, je odločil žreb, vsi udeleženci v tej primerjavi pa so iz istih skupin. To je najtrdnejša "
    "primerjava, ki jo to poročilo pozna; velja za ljudi, ki so bili v žrebu."
)
BY_LOT_IN_PART = (
    "Udeleženci so se lahko od čakajočih razlikovali tudi v čem, česar nismo vprašali; razlika zato podpira misel, da "
    "je k spremembi prispeval program, a je ne dokaže."
)
BY_ORDER = (
    "O tem, kdo čaka, ni odločil žreb. Čakajoči so drugi ljudje kakor udeleženci in so se lahko razlikovali tudi v "
    "čem, česar nismo vprašali; razlika zato podpira misel, da je k spremembi prispeval program, a je ne dokaže."
)
SMALL = "Skupini sta majhni, zato je razlika ocenjena grobo."
COMPARED = f"Kaj se je zgodilo ljudem, ki so čakali, je v razdelku »{TITLE}«."
_FEW = 20  # people in the smaller group, below which a difference is rough


def too_few(waiting: int) -> str:
    """People wait, but nothing may be said of their answers."""
    who = plural(
        waiting,
        f"{number(waiting)} človek čaka ali je čakal",
        f"{number(waiting)} človeka čakata ali sta čakala",
        f"{number(waiting)} ljudje čakajo ali so čakali",
        f"{number(waiting)} ljudi čaka ali je čakalo",
    )
    return (
        f"Na naslednjo skupino {who}, a primerjava še ni prikazana: premalo jih je odgovorilo na začetku in na koncu "
        "čakanja, ali pa bi iz številk sledilo, kaj je kdo odgovoril. Ali bi se sprememba zgodila tudi brez programa, "
        "zato še ne vemo."
    )


def side_by_side(waiting: tuple[int, float, int | None], taking_part: tuple[int, float]) -> str:
    """Both changes: of each group the people and the change, of those who waited also its direction.

    The direction is −1, 0 (it may be chance) or 1; None where it may not be said.
    """
    n, change, direction = waiting
    told = number(change, 1, signed=True)
    moved = {
        None: f"je povprečna sprememba {told}",
        0: f"se odgovor v povprečju ni jasno spremenil ({told})",
        1: f"je odgovor na koncu v povprečju višji ({told})",
        -1: f"je odgovor na koncu v povprečju nižji ({told})",
    }[direction]
    people, changed = taking_part
    return f"{_who_waited(n)} {moved}, {_who_took_part(people)} pa je sprememba {number(changed, 1, signed=True)}."


def _who_waited(n: int) -> str:
    where = plural(n, "človeku, ki je čakal", "ljudeh, ki sta čakala", "ljudeh, ki so čakali", "ljudeh, ki so čakali")
    return f"Pri {number(n)}{NO_BREAK}{where} na naslednjo skupino,"


def _who_took_part(n: int) -> str:
    return f"pri {number(n)}{NO_BREAK}{plural(n, 'udeležencu', 'udeležencih', 'udeležencih', 'udeležencih')}"


def adjusted(difference: float, direction: int | None) -> str:
    """The difference of people who began alike, and whether it may be chance; None where that may not be said."""
    size = number(abs(difference), 1)
    side = "enak" if not difference else f"za {size} {'višji' if difference > 0 else 'nižji'}"
    begun = f"Med ljudmi, ki so začeli z enakim odgovorom, je odgovor udeležencev ob koncu v povprečju {side}"
    if direction is None:
        return f"{begun}; ali je razlika naključna, iz tako malo odgovorov ne povemo."
    return f"{begun}; ta razlika {'verjetno ni naključna' if direction else 'je lahko tudi naključna'}."


def claims(fewest: int, outside: str = "", *, by_lot: bool) -> str:
    """What the comparison allows one to claim; `outside` says for how many of a draw it does not hold."""
    part = f"{outside} {BY_LOT_IN_PART}" if outside else BY_ORDER
    told = BY_LOT if by_lot else part
    return f"{told} {SMALL}" if fewest < _FEW else told


def outside(part: int | None, taking_part: int) -> str:
    """For how many of those who take part the lot did not decide; None where the number is not told."""
    people = plural(taking_part, "udeleženca", "udeležencev", "udeležencev", "udeležencev")
    who = "del udeležencev" if part is None else f"{number(part)} od {number(taking_part)}{NO_BREAK}{people}"
    return f"Za {who} žreb ni veljal (druga skupina ali prejšnje čakanje), zato ne velja za celo primerjavo."


def in_both(both: int, waiting: int, taking_part: int) -> str:
    """How many are in both groups, and how many people that leaves."""
    whole, who = waiting + taking_part, plural(waiting, "čakajočega", "čakajočih", "čakajočih", "čakajočih")
    return (
        "Kdor je čakal in se nato udeležil, je v obeh skupinah: to velja za "
        f"{number(both)} od {number(waiting)}{NO_BREAK}{who}. Različnih ljudi je zato skupaj {number(whole - both)}, "
        f"ne {number(whole)}; razpon tega ne upošteva."
    )


def drawn(rows: Sequence[tuple[str, int, float]]) -> str:
    """All that the drawing says, in words: each group, its people and its change."""
    lines = "; ".join(
        f"{name} ({number(n)}): od 0 na začetku do {number(change, 1, signed=True)} ob koncu"
        for name, n, change in rows
    )
    return f"Dve črti iz skupnega začetka. {lines[:1].upper()}{lines[1:]}."
