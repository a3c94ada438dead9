"""Questionnaires on paper for those who have not answered: what is printed of a group and a wave, and its QR code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.runtime.services import Services
from bot.texts import languages, slovene
from bot.worker.printing.questionnaire import Paper, Papers
from storage import occasions, participants
from storage.answers import responses
from storage.cohorts import Cohort
from storage.occasions import Occasion
from storage.participants import Enrolment
from storage.schema import EnrolmentState, OccasionState
from surveys.effort import minutes
from surveys.languages import localised
from surveys.model import Programme, Wave
from surveys.waiting import asked
from surveys.weeks import local_day

PRINTABLE = frozenset({OccasionState.PLANNED, OccasionState.OPEN, OccasionState.MISSED})
_SHEET = re.compile(r"p_([A-Z]{3}-[2-9A-Z]{5})_([0-9]{1,9})_([a-z][a-z0-9_]{0,31})")


@dataclass(frozen=True, slots=True)
class NamedSheet:
    """What a QR code on paper names. It opens nothing by itself: whoever is staff of the library types in."""

    code: str
    enrolment: int
    wave: str


def token(code: str, enrolment_id: int, wave: str) -> str:
    """What stands in the link of a sheet: at most 55 characters."""
    return f"p_{code}_{enrolment_id}_{wave}"


def read_token(words: str) -> NamedSheet | None:
    """The inverse of `token`; None for other links."""
    found = _SHEET.fullmatch(words)
    return None if found is None else NamedSheet(found[1], int(found[2]), found[3])


def papers(
    connection: Connection, services: Services, cohort: Cohort, wave: Wave, now: datetime, code: str = ""
) -> Papers:
    """The sheets of everybody in a group who may still answer a wave; with a code of one person."""
    programme = services.programmes[cohort.programme]
    people = tuple(
        _paper(services, programme, enrolment, wave)
        for enrolment in participants.of_cohort(connection, cohort.id)
        if code in {"", enrolment.code}
        and enrolment.state is EnrolmentState.ACTIVE
        and _of(connection, enrolment, wave)
    )
    help_ = slovene.calling.turn_to_when(services.contact(programme.code))
    return Papers(programme.library, programme.group, people, local_day(now), help_)


def waiting(connection: Connection, enrolment: Enrolment) -> list[Occasion]:
    """The occasions of somebody that have no finished run, in the order of time."""
    if enrolment.state is not EnrolmentState.ACTIVE:
        return []
    found = [one for one in occasions.of_enrolment(connection, enrolment.id) if one.state in PRINTABLE]
    return [one for one in found if not _finished(connection, one)]


def _of(connection: Connection, enrolment: Enrolment, wave: Wave) -> bool:
    return any(one.wave == wave.id for one in waiting(connection, enrolment))


def _finished(connection: Connection, occasion: Occasion) -> bool:
    response = responses.of_occasion(connection, occasion.id)
    return response is not None and response.finished_at is not None


def _paper(services: Services, programme: Programme, enrolment: Enrolment, wave: Wave) -> Paper:
    words, questionnaire = languages.words(enrolment.language), asked(programme, wave, enrolment.role)
    return Paper(
        enrolment.code,
        services.link(token(enrolment.code, enrolment.id, wave.id)),
        localised(questionnaire, enrolment.language).questionnaire,
        words.NON_ANSWERS,
        words.takes(minutes(questionnaire)),
        enrolment.language,
    )
