"""What a programme sets out to show: its primary outcome and the comparisons planned before anybody answers. Pure.

See docs/decisions/analysis-plan.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from enum import StrEnum

from surveys.model import Frozen, Item, Programme, Wave

PARTICIPANTS = "participants"


class PlanDifference(StrEnum):
    """In what two plans of one programme may differ."""

    PRIMARY = "primary"  # another item is the primary outcome
    COMPARISONS = "comparisons"  # other waves are compared, or those who wait are (not) a comparison
    WORDING = "wording"  # a questionnaire reads otherwise, the primary outcome and the comparisons are the same


class AnalysisPlan(Frozen):
    """One version of the plan of a programme. Its `hash` names this very version for ever."""

    programme: str  # slug
    primary: str | None  # id of the item whose change is the primary outcome
    question: str  # its words; empty without a primary outcome
    changes: tuple[str, ...]  # waves that are compared with the first one
    waiting_list: bool  # whether those who wait for a place are a planned comparison
    questionnaires: dict[str, str]  # by wave: the hash of what is asked

    @property
    def hash(self) -> str:
        """64 hexadecimal digits, the same for the same plan on every machine."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()


def analysis_plan(programme: Programme) -> AnalysisPlan:
    """The plan that the definition names; where it names no comparisons, every later wave and those who wait."""
    waves = [wave for wave in programme.waves if wave.audience == PARTICIPANTS]
    primary = next((item for wave in waves for item in _primary(programme, wave)), None)
    named = programme.analysis_plan
    return AnalysisPlan(
        programme=programme.slug,
        primary=primary.id if primary else None,
        question=primary.text if primary else "",
        changes=named.changes if named else tuple(wave.id for wave in waves[1:]),
        waiting_list=named.waiting_list if named else True,
        questionnaires={wave.id: programme.questionnaire(wave).hash for wave in waves},
    )


def differences(fixed: AnalysisPlan, current: AnalysisPlan) -> tuple[PlanDifference, ...]:
    """In what the current plan of a programme differs from one that was fixed earlier; empty where in nothing."""
    found: list[PlanDifference] = []
    if fixed.primary != current.primary:
        found.append(PlanDifference.PRIMARY)
    if (set(fixed.changes), fixed.waiting_list) != (set(current.changes), current.waiting_list):
        found.append(PlanDifference.COMPARISONS)
    if fixed.questionnaires != current.questionnaires:
        found.append(PlanDifference.WORDING)
    return tuple(found)


def _primary(programme: Programme, wave: Wave) -> Iterator[Item]:
    return (item for item in programme.questionnaire(wave).items if item.role == "primary")
