"""What may be claimed of a change that is pooled over programmes: of the average of these programmes alone.

The next sentence always says, as loudly, what a further programme may do; both are decided by how many programmes
there are, how different they are (I²), and whether the interval of the average and the prediction interval leave out
zero. The rules are those of `docs/decisions/national-claims.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

from surveys.locale_sl import rounded

FEW = 10
"""Fewer programmes than these promise nothing of a further one, whatever their prediction interval says."""
_DIFFERENT, _VERY_DIFFERENT = 0.5, 0.75  # I²: substantial, considerable (Cochrane Handbook, 10.10.2)
_DECIMALS = 2  # with which the intervals are shown, and so judged


RULES = (
    "Povzetek trdi nekaj samo o povprečju teh programov, in to le, kadar njegov 95-odstotni interval ne vsebuje ničle. "
    f"O naslednjem programu odloča napovedni interval; pri manj kot {FEW} programih povzetek ne obljublja ničesar niti "
    "takrat, ko ta ničle ne vsebuje. Pri I² od 50 % naprej piše, da se programi precej razlikujejo, od 75 % naprej, da "
    "se zelo razlikujejo."
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What was pooled: `k` programmes, I², the 95 % interval of their average and that for one more of their kind."""

    k: int
    i2: float
    interval: tuple[float, float]
    prediction: tuple[float, float]
    adults: bool = True

    @property
    def side(self) -> int:
        """1 or -1 where the interval of the average leaves out zero, else 0."""
        return _side(self.interval)

    @property
    def reaches(self) -> bool:
        """Whether a further programme, too, would probably move to the same side."""
        return self.side != 0 and _side(self.prediction) == self.side


def claim(found: Claim) -> str:
    """What the programmes say together, and at once what that does not say."""
    return " ".join(part for part in (_average(found), _further(found), _spread(found)) if part)


def _average(found: Claim) -> str:
    where = f"V teh {found.k} programih {'za odrasle' if found.adults else '(tudi za otroke)'}"
    if found.side == 0:
        return (
            f"{where} ni jasno, ali so odgovori na glavno vprašanje ob zaključku v povprečju višji ali nižji kot na "
            "začetku: razlika je lahko naključna."
        )
    return (
        f"{where} so odgovori na glavno vprašanje ob zaključku v povprečju {_word(found.side)} kot na začetku, in za "
        "povprečje teh programov to verjetno ni naključje."
    )


def _further(found: Claim) -> str:
    if found.side == 0:
        return (
            "Tudi o naslednjem podobnem programu ne moremo reči ničesar: odgovori bi bili lahko višji, enaki ali nižji."
        )
    other = _word(-found.side)
    if not found.reaches:
        return (
            "Za naslednji podoben program tega ne moremo trditi: v njem se odgovori morda sploh ne bi spremenili ali "
            f"bi bili celo {other}."
        )
    if found.k < FEW:
        return (
            f"V naslednjem podobnem programu bi bili odgovori verjetno {_word(found.side)}, vendar je programov "
            f"premalo, da bi to lahko obljubili: morda se ne bi spremenili ali bi bili celo {other}."
        )
    return (
        f"Tudi v naslednjem podobnem programu bi bili odgovori verjetno {_word(found.side)}, obljubiti pa tega ne "
        "moremo."
    )


def _spread(found: Claim) -> str:
    if found.i2 >= _VERY_DIFFERENT:
        return "Programi se med seboj zelo razlikujejo, zato povprečje o posameznem programu pove malo."
    if found.i2 >= _DIFFERENT:
        return "Programi se med seboj precej razlikujejo, zato povprečje ne opiše vsakega od njih."
    return ""


def _word(side: int) -> str:
    return "višji" if side > 0 else "nižji"


def _side(interval: tuple[float, float]) -> int:
    low, high = (rounded(end, _DECIMALS) for end in interval)
    return 1 if low > 0 else -1 if high < 0 else 0
