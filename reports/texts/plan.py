"""The words about the plan of analysis: what was fixed before the first answer, and what changed later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from surveys.analysis_plan import PlanDifference
from surveys.locale_sl import NO_BREAK, counted, day, number, plural, quoted

PLANS = "Načrti analize"
COLUMNS = ("Odtis načrta", "Določen", "Skupine", "Prvi odgovor", "Odtisi vprašalnikov", "Pozneje spremenjeno")
NOTHING = "nič"
FINGERPRINTS = (
    "Odtis je izračunan iz celotnega besedila: če se kar koli spremeni, je drug. Isti odtis pomeni isti načrt oziroma "
    "isti vprašalnik."
)
DIFFERENCES = {
    PlanDifference.PRIMARY: "glavno vprašanje",
    PlanDifference.COMPARISONS: "primerjave",
    PlanDifference.WORDING: "besedilo vprašalnikov",
}
_NAMED = 3  # groups by name; of more only how many


def fixed(question: str, since: date, first: date) -> str:
    """The primary question was fixed before the first answer."""
    return (
        f"Glavno vprašanje ({quoted(question)}) je bilo določeno {day(since)}, pred prvim odgovorom ({day(first)}). "
        "Ni bilo izbrano po tem, kaj se je pokazalo."
    )


def waits(question: str) -> str:
    """Nobody has answered."""
    return f"Glavno vprašanje je {quoted(question)}. Odgovorov še ni."


def planned(waves: Sequence[str], *, waiting_list: bool) -> str:
    """What is compared: »Načrtovani sta primerjavi: …«."""
    compared = [f"začetek in {wave}" for wave in waves]
    listed = "; ".join([*compared, *(["udeleženci in čakajoči, kjer jih skupina ima"] if waiting_list else [])])
    return f"Vnaprej načrtovane primerjave: {listed}."


def not_kept(groups: Sequence[str]) -> str:
    """Of these groups no plan was kept when they began."""
    return f"{_in(groups)} načrt ni bil zapisan pred prvim odgovorom."


def other_question(groups: Sequence[str], question: str, since: date) -> str:
    """These groups began with another primary question."""
    return f"{_in(groups)} je bilo glavno vprašanje drugo: {quoted(question)}. {_changed(since)}"


def other_comparisons(groups: Sequence[str], since: date) -> str:
    """These groups began with other planned comparisons."""
    return f"{_in(groups)} so bile načrtovane druge primerjave. {_changed(since)}"


def listed(groups: Sequence[str]) -> str:
    """The groups by name, or how many there are."""
    if len(groups) > _NAMED:
        return counted(len(groups), "skupina", "skupini", "skupine", "skupin")
    return ", ".join(groups)


def _changed(since: date) -> str:
    return f"Načrt programa je bil spremenjen {day(since)}."


def _in(groups: Sequence[str]) -> str:
    """»V skupini »Pomlad«« or »V 5 skupinah«."""
    where = plural(len(groups), "skupini", "skupinah", "skupinah", "skupinah")
    if len(groups) > _NAMED:
        return f"V{NO_BREAK}{number(len(groups))}{NO_BREAK}{where}"
    *others, last = map(quoted, groups)
    return f"V {where} {' in '.join(filter(None, [', '.join(others), last]))}"
