"""Questionnaires on paper for those who have not answered: what is printed of a group and a wave, and its QR code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.house import House
from bot.links import link
from bot.printing.questionnaire import Paper, Papers
from bot.texts import languages
from reports.weeks import local_day
from storage import occasions, participants, runs
from storage.cohorts import Cohort
from storage.occasions import Occasion
from storage.participants import Place
from storage.schema import EnrolmentState, OccasionState
from surveys.languages import localised
from surveys.model import Programme, Wave

PRINTABLE = frozenset({OccasionState.PLANNED, OccasionState.OPEN, OccasionState.MISSED})
_SHEET = re.compile(r"p_([A-Z]{3}-[2-9A-Z]{5})_([0-9]{1,9})_([a-z][a-z0-9_]{0,31})")


@dataclass(frozen=True, slots=True)
class Named:
    """What a QR code on paper names. It opens nothing by itself: whoever is staff of the library types in."""

    code: str
    enrolment: int
    wave: str


def token(code: str, enrolment: int, wave: str) -> str:
    """What stands in the link of a sheet: at most 55 characters."""
    return f"p_{code}_{enrolment}_{wave}"


def read_token(words: str) -> Named | None:
    """The inverse of `token`; None for other links."""
    found = _SHEET.fullmatch(words)
    return None if found is None else Named(found[1], int(found[2]), found[3])


def papers(
    connection: Connection, house: House, cohort: Cohort, wave: Wave, username: str, now: datetime, code: str = ""
) -> Papers:
    """The sheets of everybody in a group who may still answer a wave; with a code of one person."""
    programme = house.programmes[cohort.programme]
    people = tuple(
        _paper(house, programme, place, wave, username)
        for place in participants.of_cohort(connection, cohort.id)
        if code in {"", place.code} and place.state is EnrolmentState.ACTIVE and _of(connection, place, wave)
    )
    return Papers(programme.library, programme.group, people, local_day(now))


def waiting(connection: Connection, place: Place) -> list[Occasion]:
    """The occasions of somebody that have no finished run, in the order of time."""
    if place.state is not EnrolmentState.ACTIVE:
        return []
    found = [one for one in occasions.of_enrolment(connection, place.enrolment) if one.state in PRINTABLE]
    return [one for one in found if not _finished(connection, one)]


def _of(connection: Connection, place: Place, wave: Wave) -> bool:
    return any(one.wave == wave.id for one in waiting(connection, place))


def _finished(connection: Connection, occasion: Occasion) -> bool:
    run = runs.of_occasion(connection, occasion.id)
    return run is not None and run.finished_at is not None


def _paper(house: House, programme: Programme, place: Place, wave: Wave, username: str) -> Paper:
    return Paper(
        place.code,
        link(username or house.username, token(place.code, place.enrolment, wave.id)),
        localised(programme.questionnaire(wave), place.language).questionnaire,
        languages.words(place.language).NON_ANSWERS,
        place.language,
    )
