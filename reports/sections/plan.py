"""What was fixed before the first answer came, and what was changed later (docs/decisions/analysis-plan.md).

Dates and groups of the work itself, which hold no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection

from reports.data.indicators import PARTICIPANTS
from reports.report import Block, Paragraph, Table
from reports.texts import plan as words
from storage.analysis import analysis_plans
from storage.analysis.analysis_plans import Begun
from surveys.analysis_plan import AnalysisPlan, PlanDifference, analysis_plan, differences
from surveys.locale_sl import day
from surveys.model import Programme
from surveys.weeks import local_day

_SHOWN = 12  # digits of a hash: no two plans of a programme have the same


@dataclass(frozen=True, slots=True)
class CohortPlans:
    """The current plan of a programme, and the cohorts that had begun by a moment, with theirs."""

    current: AnalysisPlan
    since: datetime | None  # from when on the current plan is known
    groups: tuple[Begun, ...]
    names: Mapping[str, str]  # of waves

    @property
    def blocks(self) -> list[Block]:
        """The primary question and since when it stands, the planned comparisons, and every later change of them."""
        if self.current.primary is None:
            return []
        compared = [self.names[wave] for wave in self.current.changes if wave in self.names]
        planned = words.planned(compared, waiting_list=self.current.waiting_list)
        return [Paragraph(text) for text in (*_question(self), planned, *_changes(self))]

    @property
    def annex(self) -> list[Block]:
        """Each plan that a cohort began with, and its hashes, for who wants to check."""
        kept = [one for one in self.groups if one.plan is not None]
        rows = tuple(_row(self, list(found)) for _, found in groupby(sorted(kept, key=_by_plan), _by_plan))
        return [Table(words.PLANS, words.COLUMNS, rows, caption=words.FINGERPRINTS, detail=True)] if rows else []


def plans(connection: Connection, programme: Programme, moment: datetime) -> CohortPlans:
    """What was planned as of a moment."""
    found = analysis_plans.begun(connection, programme.slug, PARTICIPANTS)
    return CohortPlans(
        analysis_plan(programme),
        analysis_plans.known_since(connection, programme.slug),
        tuple(one for one in found if one.first_begun_at <= moment),
        {wave.id: wave.name for wave in programme.waves},
    )


def _question(found: CohortPlans) -> Iterator[str]:
    current, groups = found.current, found.groups
    kept = [one for one in groups if one.before_answers and one.plan and one.plan.primary == current.primary]
    if not groups:
        yield words.waits(current.question)
    for one in kept[:1]:
        if one.known_since:
            yield words.fixed(current.question, local_day(one.known_since), local_day(one.first_begun_at))


def _changes(found: CohortPlans) -> Iterator[str]:
    """A sentence for the groups without a plan from before, and for those that began with another one."""
    bare = [one.name for one in found.groups if not one.before_answers]
    if bare:
        yield words.not_kept(bare)
    if found.since is None:
        return
    changed = local_day(found.since)
    asked = sorted((one.plan.question, one.name) for one in _differing(found, PlanDifference.PRIMARY) if one.plan)
    for question, names in groupby(asked, itemgetter(0)):
        yield words.other_question([name for _, name in names], question, changed)
    compared = [one.name for one in _differing(found, PlanDifference.COMPARISONS)]
    if compared:
        yield words.other_comparisons(compared, changed)


def _differing(found: CohortPlans, what: PlanDifference) -> list[Begun]:
    return [one for one in found.groups if one.plan and what in differences(one.plan, found.current)]


def _by_plan(one: Begun) -> tuple[datetime, str]:
    return one.known_since or one.first_begun_at, one.plan.hash if one.plan else ""


def _row(found: CohortPlans, groups: Sequence[Begun]) -> tuple[str, ...]:
    """One plan with the cohorts that began with it, at least one."""
    since, version = _by_plan(groups[0])
    plan = groups[0].plan or found.current
    asked = "; ".join(f"{found.names.get(wave, wave)} {one[:_SHOWN]}" for wave, one in plan.questionnaires.items())
    changed = ", ".join(words.DIFFERENCES[one] for one in differences(plan, found.current)) or words.NOTHING
    first = min(one.first_begun_at for one in groups)
    return (
        version[:_SHOWN],
        day(local_day(since)),
        words.listed([one.name for one in groups]),
        day(local_day(first)),
        asked,
        changed,
    )
