"""`paper`: questionnaires of a group to be printed, for those who have not answered; typed in later."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection

from bot.cli.cohort import cohort_of
from bot.cli.opening import OPERATOR, programme_of, say, services_of, with_links
from bot.cli.options import PaperOptions
from bot.cli.output import write_out
from bot.cli.problem import CommandProblem
from bot.runtime.services import Services
from bot.staff.paper_forms import papers
from bot.worker.printing.questionnaire import Papers, as_pdf
from storage import audit, participants
from storage.codes import read_code


def paper(given: PaperOptions) -> None:
    """Write the sheets of a group and a wave, or of one person, into a PDF."""
    services = with_links(services_of(given))
    made = services.database.write_now(partial(_papers, services=services, given=given))
    write_out(given.out, as_pdf(made))
    say(f"Written to {given.out}: the sheets of {len(made.people)} {'person' if len(made.people) == 1 else 'people'}.")


def _papers(connection: Connection, services: Services, given: PaperOptions) -> Papers:
    cohort = cohort_of(connection, given.cohort)
    programme = programme_of(services, cohort.programme)
    wave = programme.wave(given.wave)
    if wave is None or wave.audience != cohort.audience:
        waves = ", ".join(one.id for one in programme.waves if one.audience == cohort.audience)
        raise CommandProblem(f"{programme.slug} has no wave {given.wave} for this group; it has {waves}.")
    code = "" if given.code is None else read_code(given.code)
    if code is None:
        raise CommandProblem(f"{given.code} is no code; a code looks like KAM-7F3K2.")
    if code and all(enrolment.cohort != cohort.id for enrolment in participants.of_code(connection, code)):
        raise CommandProblem(f"{code} is nobody of the group »{cohort.name}« of {programme.slug}.")
    made = papers(connection, services, cohort, wave, services.clock(), code)
    if not made.people:
        raise CommandProblem("Nobody there has agreed and not yet answered this wave: there is nothing to print.")
    audit.record(connection, OPERATOR, "papers.print", code or f"cohort:{cohort.id}", services.clock())
    return made
