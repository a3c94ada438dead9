"""The words about levels of evidence (Nesta's Standards of Evidence)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from reports.formulas.levels import FEWEST, Lacking, Level
from surveys.locale_sl import NO_BREAK, number

MEANING: Mapping[int, str] = MappingProxyType(
    {
        0: "ni zapisano, kaj naj bi program spremenil",
        1: "zapisano je, kaj naj bi program spremenil in kako se to meri",
        2: "pri istih ljudeh je izmerjena jasna sprememba na bolje",
        3: "sprememba je jasno večja kot pri ljudeh iz istih skupin, ki so po žrebu čakali",
        4: "enako je neodvisno pokazal še kdo drug",
        5: "po priročniku program povsod teče enako in povsod pokaže enako",
    }
)
NEXT: Mapping[Lacking, str] = MappingProxyType(
    {
        Lacking.LOGIC: "zapisano glavno vprašanje programa",
        Lacking.ANSWERS: "dovolj ljudi z odgovorom na začetku in ob zaključku",
        Lacking.CHANGE: "jasna sprememba na bolje",
        Lacking.COMPARISON: "primerjava z ljudmi, ki programa še niso imeli (čakajo na naslednjo skupino)",
        Lacking.LOT: "primerjava po žrebu v istih skupinah: da o vseh, ki jih primerjamo, odloči žreb",
        Lacking.DIFFERENCE: "jasna razlika v primerjavi s čakajočimi",
        Lacking.PEOPLE: f"vsaj {FEWEST} ljudi v vsaki od skupin, ki ju primerjamo",
        Lacking.REPLICATION: "neodvisna ponovitev: da isto pokaže kdo drug, drugje",
        Lacking.MANUAL: "priročnik, po katerem drugi program izvedejo enako",
    }
)
SCALE = "Ravni od 1 do 5 so Nestine (Standards of Evidence); višja pomeni trdnejši dokaz, ne boljšega programa."


def told(level: Level) -> str:
    """The level, what it means, and what is lacking for the next."""
    begun = f"Raven dokazov: {level.reached}{NO_BREAK}od{NO_BREAK}5 – {MEANING[level.reached]}."
    if level.lacking is None:
        return f"{begun} {SCALE}"
    return f"{begun} Do naslednje ravni manjka: {NEXT[level.lacking]}. {SCALE}"


def over(reached: Sequence[int]) -> str:
    """The levels that several programmes reach, each with the number of programmes."""
    told = ", ".join(
        f"raven {level} pri {number(many)}{NO_BREAK}od{NO_BREAK}{number(len(reached))}"
        for level, many in sorted(Counter(reached).items())
    )
    return f"Raven dokazov po programih: {told}. {SCALE}"


def line(level: Level) -> str:
    """The same in one short sentence."""
    more = "" if level.lacking is None else f" (do naslednje manjka {NEXT[level.lacking]})"
    return f"Raven dokazov po Nesti: {level.reached}{NO_BREAK}od{NO_BREAK}5{more}."
