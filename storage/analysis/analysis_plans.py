"""Which plan of analysis a programme has, and with which one each cohort began (docs/decisions/analysis-plan.md)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from storage.engine.insert_ignore import InsertOnce
from storage.schema import analysis_plan, cohort, enrolment, occasion, programme, run
from surveys.analysis_plan import AnalysisPlan

_ADD = InsertOnce(analysis_plan)
_ADOPT = update(programme).where(programme.c.slug == bindparam("key")).values(plan=bindparam("plan_hash"))
_COHORT = (
    select(enrolment.c.cohort)
    .join_from(occasion, enrolment)
    .where(occasion.c.id == bindparam("occasion_id"))
    .scalar_subquery()
)
_FIX = (
    update(cohort)
    .where(cohort.c.id == _COHORT, cohort.c.plan.is_(None))
    .values(
        plan=select(programme.c.plan).where(programme.c.slug == cohort.c.programme).scalar_subquery(),
        plan_fixed_at=bindparam("now", type_=cohort.c.plan_fixed_at.type),
    )
)
_BEGUN = (
    select(cohort.c.id, cohort.c.name, cohort.c.plan_fixed_at, analysis_plan.c.definition, analysis_plan.c.stored_at,
           func.min(run.c.started_at, type_=run.c.started_at.type).label("first_begun_at"))
    .join_from(cohort, enrolment, enrolment.c.cohort == cohort.c.id)
    .join(occasion, occasion.c.enrolment == enrolment.c.id)
    .join(run, run.c.occasion == occasion.c.id)
    .join(analysis_plan, analysis_plan.c.hash == cohort.c.plan, isouter=True)
    .where(cohort.c.programme == bindparam("slug"), cohort.c.audience == bindparam("audience"))
    .group_by(cohort.c.id, cohort.c.name, cohort.c.start, cohort.c.plan_fixed_at, analysis_plan.c.definition,
              analysis_plan.c.stored_at)
    .order_by(cohort.c.start, cohort.c.id)
)  # fmt: skip
_CURRENT = select(analysis_plan.c.stored_at).join_from(programme, analysis_plan).where(
    programme.c.slug == bindparam("slug")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Begun:
    """A cohort in which somebody has begun to answer, with the plan that held then."""

    cohort: int
    name: str
    first_begun_at: datetime  # when the first questionnaire was begun
    plan: AnalysisPlan | None  # None where none was kept: from before plans were, or brought in from a file
    known_since: datetime | None  # when this plan was first known here
    fixed_at: datetime | None

    @property
    def before_answers(self) -> bool:
        """Whether the plan was known before anybody could answer."""
        return self.known_since is not None and self.known_since <= self.first_begun_at


def adopt(connection: Connection, plan: AnalysisPlan, now: datetime) -> None:
    """Make this the plan of its programme; cohorts that have begun keep theirs."""
    _ADD(connection, {"hash": plan.hash, "definition": plan.model_dump_json(), "stored_at": now})
    connection.execute(_ADOPT, {"key": plan.programme, "plan_hash": plan.hash})


def fix(connection: Connection, occasion_id: int, now: datetime) -> None:
    """Fix the plan of the cohort to which an occasion belongs, unless it is fixed."""
    connection.execute(_FIX, {"occasion_id": occasion_id, "now": now})


def begun(connection: Connection, slug: str, audience: str) -> list[Begun]:
    """The cohorts of a programme in which somebody has begun to answer, in the order of their start."""
    rows = connection.execute(_BEGUN, {"slug": slug, "audience": audience})
    return [
        Begun(row.id, row.name, row.first_begun_at, _read(row.definition), row.stored_at, row.plan_fixed_at)
        for row in rows
    ]


def known_since(connection: Connection, slug: str) -> datetime | None:
    """Since when the current plan of a programme has been known here."""
    found: datetime | None = connection.execute(_CURRENT, {"slug": slug}).scalar_one_or_none()
    return found


def _read(definition: str | None) -> AnalysisPlan | None:
    return None if definition is None else AnalysisPlan.model_validate_json(definition)
