"""How each kind of figure is computed, in words, and where the formula is from; for `report … --explain`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reports.texts import MODE_NAMES, people
from reports.texts.export import STATES

OURS = "dogovor projekta"
_COCHRANE = "Higgins in drugi, Cochrane Handbook for Systematic Reviews of Interventions"


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in words, and its source."""

    words: str
    origin: str


FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        "count": Formula("Število vrstic, ki štejejo.", OURS),
        "rate": Formula(
            "Vprašalniki z odgovori (celi in delni), deljeno z vsemi, ki bi lahko odgovorili.",
            "AAPOR, Standard Definitions: odzivnost RR2",
        ),
        "share": Formula("Ljudje s tem odgovorom, deljeno z vsemi, ki so na vprašanje odgovorili.", OURS),
        "share_before": Formula(
            "Ljudje, ki so ta odgovor izbrali prvič, deljeno z vsemi, ki so na vprašanje odgovorili obakrat.", OURS
        ),
        "share_after": Formula(
            "Ljudje, ki so ta odgovor izbrali drugič, deljeno z vsemi, ki so na vprašanje odgovorili obakrat.", OURS
        ),
        "share_change": Formula(
            "Delež ljudi, ki so ta odgovor izbrali drugič, minus delež istih ljudi, ki so ga izbrali prvič; "
            "v odstotnih točkah.",
            OURS,
        ),
        "pairs": Formula("Število ljudi, ki so na isto vprašanje odgovorili obakrat.", OURS),
        "mean_before": Formula("Povprečje prvih odgovorov ljudi, ki so odgovorili obakrat.", OURS),
        "mean_after": Formula("Povprečje drugih odgovorov ljudi, ki so odgovorili obakrat.", OURS),
        "mean_change": Formula(
            "Povprečje razlik (potem − prej) istih ljudi; 95-odstotni interval je d̄ ± t(n − 1) · s_d / √n.",
            "t-test za odvisna vzorca (Student 1908)",
        ),
        "g_av": Formula(
            "Povprečje razlik, deljeno s povprečjem obeh standardnih odklonov, "
            "krat popravek J za majhne skupine pri 2(n − 1) prostostnih stopnjah.",
            "Lakens 2013, Frontiers in Psychology 4:863; J: Hedges 1981",
        ),
        "improved": Formula("Število ljudi, ki so drugič odgovorili vsaj za 1 točko višje.", OURS),
        "same": Formula("Število ljudi, ki so obakrat odgovorili enako.", OURS),
        "worse": Formula("Število ljudi, ki so drugič odgovorili vsaj za 1 točko nižje.", OURS),
        "improved_share": Formula(
            "Ljudje, ki so drugič odgovorili vsaj za 1 točko višje, deljeno z vsemi pari; "
            "95-odstotni interval po Wilsonu.",
            "Wilson 1927, Journal of the American Statistical Association 22",
        ),
        "baseline": Formula("Povprečje prvih odgovorov ljudi, ki ob zaključku niso odgovorili.", OURS),
        "mean_difference": Formula(
            "Povprečje prvih odgovorov tistih brez odgovora ob zaključku minus povprečje tistih z odgovorom; "
            "95-odstotni interval po Welchu.",
            "Welch 1947, Biometrika 34",
        ),
        "smcr": Formula(
            "Povprečje razlik, deljeno s standardnim odklonom prvih odgovorov, krat popravek J pri n − 1 prostostnih "
            "stopnjah; varianca 2(1 − r)/n + g²/2n.",
            "Becker 1988, British Journal of Mathematical and Statistical Psychology 41; metafor, escalc",
        ),
        "pooled": Formula(
            "Tehtano povprečje velikosti učinkov (SMCR) programov v modelu s slučajnimi učinki: τ² po REML, "
            "interval po Hartungu in Knappu s faktorjem najmanj 1 in k − 1 prostostnimi stopnjami.",
            f"Viechtbauer 2005; Knapp in Hartung 2003; {_COCHRANE}, poglavje 10",
        ),
    }
)

COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "programme": "program",
        "code": "šifra",
        "cohort": "skupina",
        "group": "del",
        "wave": "merjenje",
        "state": "stanje",
        "mode": "način",
        "day": "dan",
        "before": "prej",
        "after": "potem",
        "difference": "razlika",
        "value": "odgovor",
        "label": "z besedo",
        "counts": "šteje",
    }
)
WORDS: Mapping[str, str] = MappingProxyType(
    {
        "stayed": "z odgovorom ob zaključku",
        "gone": "brez odgovora ob zaključku",
        "planned": "načrtovano",
        "open": "odprto",
        "complete": "oddano",
        "partial": "oddano delno",
        "missed": "brez odgovora",
        "cancelled": "odpadlo",
        **{state.value: words for state, words in STATES.items()},
        **{mode.value: words for mode, words in MODE_NAMES.items()},
    }
)  # by what stands in the cells `group`, `state` and `mode`
YES = "da"
NO = "ne"
NO_SOURCE = "Ta številka nima zapisanega vira."
NO_ROWS = "Ta številka nima vrstic pod šiframi: prešteva programe, knjižnice ali že združene številke."


def from_where(formula: Formula) -> str:
    """The line with its source."""
    return f"Vir: {formula.origin}."


def suppressed(why: str) -> str:
    """Instead of rows, where the figure is not shown."""
    return (
        f"Številka ni objavljena ({why}), zato vrstic ni." if why else "Številke ni mogoče izračunati, zato vrstic ni."
    )


def repeated(when_written: str) -> str:
    """The figure repeats an earlier one, whose rows these are."""
    return f"Številka je ponovljena iz prejšnjega poročila; vrstice so z dne {when_written}."


def changed_since(rows: int, n: int) -> str:
    """The rows are not those of the figure any more."""
    return f"Podatki so se od izračuna spremenili: za številko stoji {people(n)}, vrstic je {rows}."
