"""`paper`: questionnaires of a group to be printed, for those who have not answered; typed in later."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from sqlalchemy import Connection

from bot.cli.cohort import cohort_of
from bot.cli.opening import OPERATOR, house_of, programme_of, say, username_of
from bot.cli.output import write_out
from bot.cli.problem import Problem
from bot.house import House
from bot.librarian.papers import papers
from bot.printing.questionnaire import Papers, as_pdf
from storage import audit, participants
from storage.codes import read_code


def paper(given: Namespace) -> None:
    """Write the sheets of a group and a wave, or of one person, into a PDF."""
    house = house_of(given)
    made = house.database.write_now(partial(_papers, house=house, given=given, username=username_of(house)))
    write_out(given.out, as_pdf(made))
    say(f"Written to {given.out}: the sheets of {len(made.people)} {'person' if len(made.people) == 1 else 'people'}.")


def _papers(connection: Connection, house: House, given: Namespace, username: str) -> Papers:
    cohort = cohort_of(connection, given.cohort)
    programme = programme_of(house, cohort.programme)
    wave = programme.wave(given.wave)
    if wave is None or wave.audience != cohort.audience:
        waves = ", ".join(one.id for one in programme.waves if one.audience == cohort.audience)
        raise Problem(f"{programme.slug} has no wave {given.wave} for this group; it has {waves}.")
    code = "" if given.code is None else read_code(given.code)
    if code is None:
        raise Problem(f"{given.code} is no code; a code looks like KAM-7F3K2.")
    if code and all(place.cohort != cohort.id for place in participants.of_code(connection, code)):
        raise Problem(f"{code} is nobody of the group »{cohort.name}« of {programme.slug}.")
    made = papers(connection, house, cohort, wave, username, house.clock(), code)
    if not made.people:
        raise Problem("Nobody there has agreed and not yet answered this wave: there is nothing to print.")
    audit.record(connection, OPERATOR, "papers.print", code or f"cohort:{cohort.id}", house.clock())
    return made
