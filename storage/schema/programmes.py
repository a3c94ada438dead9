"""What is asked, and whom: libraries, programmes, versions of questionnaires, cohorts."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, ForeignKey, Integer, String, Table, Text

from storage.schema.naming import metadata
from storage.types import Moment

library = Table(
    "library",
    metadata,
    Column("code", String(3), primary_key=True),
    Column("name", Text, nullable=False),
)

analysis_plan = Table(
    "analysis_plan",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("definition", Text, nullable=False),  # surveys.analysis_plan.AnalysisPlan as JSON
    Column("stored_at", Moment, nullable=False),  # since when it is known here
)

programme = Table(
    "programme",
    metadata,
    Column("slug", String(32), primary_key=True),
    Column("library", ForeignKey("library.code"), nullable=False),
    Column("name", Text, nullable=False),
    Column("plan", ForeignKey("analysis_plan.hash")),  # as the definition says now
)

questionnaire_version = Table(
    "questionnaire_version",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("programme", ForeignKey("programme.slug"), nullable=False),
    Column("questionnaire", String(32), nullable=False),
    Column("definition", Text, nullable=False),  # surveys.model.Questionnaire as JSON
    Column("stored_at", Moment, nullable=False),
)

cohort = Table(
    "cohort",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("programme", ForeignKey("programme.slug"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("audience", String(32), nullable=False, server_default="participants"),
    Column("start", Date, nullable=False),
    Column("end", Date, nullable=False),
    Column("place", Text, nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("plan", ForeignKey("analysis_plan.hash")),  # that of its programme when the first questionnaire was begun
    Column("plan_fixed_at", Moment),
    CheckConstraint('"end" >= start', name="ends_after_start"),
)
