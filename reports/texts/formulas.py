"""How each kind of figure is computed, in words, and where the formula is from; for `report … --explain`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from reports.texts import MODE_NAMES, people
from reports.texts.export import STATES

OURS = "dogovor projekta"
_COCHRANE = "Higgins in drugi, Cochrane Handbook for Systematic Reviews of Interventions"

_AAPOR = "AAPOR, Standard Definitions: odzivnost RR2, med osebami s privolitvijo"
_RATE = "Odgovori, celi in delni, tistih, ki jim je rok za odgovor potekel, deljeno z vsemi, ki jim je potekel."


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in words, and its source."""

    words: str
    origin: str


FORMULAS: Mapping[str, Formula] = MappingProxyType(
    {
        "count": Formula("Število vrstic, ki štejejo.", OURS),
        "enrolled": Formula("Število vpisov do tega dne, brez izbrisanih.", OURS),
        "enrolled_new": Formula("Število vpisov v tem obdobju.", OURS),
        "consented": Formula("Število privolitev do tega dne.", OURS),
        "consented_new": Formula("Število privolitev v tem obdobju.", OURS),
        "persons_answered": Formula("Število različnih oseb, ki so do tega dne odgovorile.", OURS),
        "unopened": Formula("Število vpisov brez odločitve: povezave še nihče ni uporabil.", OURS),
        "decided": Formula("Število oseb, ki so privolile ali odklonile.", OURS),
        "consent_rate": Formula("Privolitve, deljeno z vsemi, ki so se odločile; neodprte šifre ne štejejo.", _AAPOR),
        "answered": Formula("Vprašalniki z odgovori, celi in delni, do tega dne.", OURS),
        "answered_new": Formula("Vprašalniki z odgovori, celi in delni, ki so prišli v tem obdobju.", OURS),
        "eligible": Formula(
            "Osebe s privolitvijo, ki jim je rok za odgovor potekel, z odgovorom ali brez njega; tudi tiste, ki so "
            "medtem odnehale.",
            _AAPOR,
        ),
        "responded": Formula(
            "Vprašalniki z odgovori, celi in delni, tistih, ki jim je rok za odgovor potekel.", _AAPOR
        ),
        "early": Formula("Vprašalniki z odgovori, celi in delni, ki jim rok še teče.", OURS),
        "open": Formula("Vprašalniki brez odgovora, ki jim rok še teče.", OURS),
        "openings": Formula("Vprašalniki, ki se odprejo v naslednjem obdobju.", OURS),
        "closings": Formula("Vprašalniki brez odgovora, ki se zaprejo v naslednjem obdobju.", OURS),
        "persons": Formula("Število različnih vpisanih ljudi do tega dne, brez izbrisanih.", OURS),
        "ended": Formula("Število različnih ljudi v skupinah, katerih zaključek se je že odprl.", OURS),
        "twice": Formula("Število različnih ljudi, ki so v isti skupini odgovorili na začetku in ob zaključku.", OURS),
        "calls": Formula("Ljudje, ki jih je treba poklicati.", OURS),
        "rate": Formula(_RATE, _AAPOR),
        "rate_before": Formula(f"{_RATE} Stanje ob začetku obdobja.", _AAPOR),
        "least_rate": Formula(f"Najmanjši odziv med prejšnjimi skupinami. {_RATE}", _AAPOR),
        "most_rate": Formula(f"Največji odziv med prejšnjimi skupinami. {_RATE}", _AAPOR),
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
            "Povprečje razlik (potem − prej) istih ljudi; kjer stojita obe povprečji, je prikazana njuna razlika. "
            "95-odstotni interval je d̄ ± t(n − 1) · s_d / √n; če je treba, je razširjen tako, da vsebuje prikazano "
            "spremembo.",
            "t-test za odvisna vzorca (Student 1908)",
        ),
        "mean_change_of_others": Formula(
            "Povprečje razlik (potem − prej) vseh drugih ljudi programa, ki so odgovorili obakrat.", OURS
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
        "share_of_mode": Formula(
            "Ljudje, ki so drugič odgovorili višje, deljeno z vsemi pari, katerih zadnji odgovor je prišel tako; "
            "95-odstotni interval po Wilsonu.",
            "Wilson 1927, Journal of the American Statistical Association 22",
        ),
        "baseline": Formula("Povprečje prvih odgovorov ljudi, ki ob zaključku niso odgovorili.", OURS),
        "mean_difference": Formula(
            "Povprečje prvih odgovorov tistih brez odgovora ob zaključku minus povprečje tistih z odgovorom; "
            "95-odstotni interval po Welchu.",
            "Welch 1947, Biometrika 34",
        ),
        "silent": Formula("Število ljudi, ki so odgovorili na začetku, ob zaključku pa ne.", OURS),
        "tipping_point": Formula(
            "Sprememba ljudi brez odgovora ob zaključku, pri kateri bi bila povprečna sprememba vseh 0: sprememba "
            "drugih, krat njihovo število, deljeno s številom ljudi brez odgovora, z minusom.",
            "Permutt 2016, Statistics in Medicine 35; Cro in drugi 2020, Statistics in Medicine 39",
        ),
        "waiting_pairs": Formula("Število čakajočih, ki so na isto vprašanje odgovorili obakrat.", OURS),
        "waiting_change": Formula("Povprečje razlik (potem − prej) istih ljudi, ki so čakali.", OURS),
        "difference_in_differences": Formula(
            "Povprečna sprememba udeležencev minus povprečna sprememba čakajočih, obe kakor sta zapisani.",
            "Card in Krueger 1994, American Economic Review 84",
        ),
        "cr2": Formula(
            "Povprečje razlik (potem − prej) istih ljudi; 95-odstotni interval, ki upošteva podobnost ljudi v skupini: "
            "kovarianca CR2 s Satterthwaitovimi prostostnimi stopnjami.",
            "Bell in McCaffrey 2002, Survey Methodology 28; Pustejovsky in Tipton 2018, Journal of Business & Economic "
            "Statistics 36",
        ),
        "ancova": Formula(
            "Regresija drugega odgovora na prvi odgovor in skupino po metodi najmanjših kvadratov: koeficient skupine; "
            "95-odstotni interval z robustno kovarianco HC3 in n − 3 prostostnimi stopnjami.",
            "Vickers in Altman 2001, BMJ 323; MacKinnon in White 1985, Journal of Econometrics 29",
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
        "taking_part": "udeleženci",
        "waiting": "čakajoči",
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
