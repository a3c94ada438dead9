"""`consents`: who consented to what, when, and through whose hand; `consent-form`: a form to be signed."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot.cli.cohort import cohort_of
from bot.cli.opening import OPERATOR, programme_of, say, services_of
from bot.cli.options import ConsentFormOptions, ConsentsOptions
from bot.cli.output import write_out
from bot.cli.problem import CommandProblem
from bot.consent import register
from bot.orders.consent_form import ConsentFormOrder
from bot.runtime.services import Services
from bot.texts.spoken_consent import ALOUD
from bot.worker.printing.consent import as_pdf
from storage import audit, participants
from storage import consents as consents_
from storage.codes import read_code
from storage.consents import Record
from storage.participants import Enrolment
from surveys.model import EnrolmentRole


def consents(given: ConsentsOptions) -> None:
    """Write the account of a group, a programme or all; beside CSV a second file with the texts."""
    services = services_of(given)
    records = services.database.write_now(partial(_read, services=services, given=given))
    file: Path = given.out
    match given.format:
        case "json":
            made = {file: register.as_json(records, made_up=services.demo)}
        case "xlsx":
            made = {file: register.as_xlsx(records, made_up=services.demo)}
        case _:
            beside = file.with_name(f"{file.stem}-texts{file.suffix}")
            made = {
                file: register.as_csv(register.rows(records, made_up=services.demo)),
                beside: register.as_csv(register.texts(records)),
            }
    for target, content in made.items():
        write_out(target, content)
        say(f"{target}")


def consent_form(given: ConsentFormOptions) -> None:
    """Write a form for consent; for a programme that is answered for a child it is always the guardian's."""
    services = services_of(given)
    programme = programme_of(services, given.programme)
    if given.language not in ALOUD:
        raise CommandProblem(f"There is no text of consent in {given.language}; there are: {', '.join(ALOUD)}.")
    audience = programme.audiences[0] if given.audience is None else given.audience
    if audience not in programme.audiences:
        raise CommandProblem(f"{programme.slug} has no audience {audience}; it has {', '.join(programme.audiences)}.")
    guardian = given.guardian or programme.answered_for_child
    code, now = _code(given.code), services.clock()
    enrolment = None if not code else services.database.read_now(partial(_enrolment, slug=programme.slug, code=code))
    role = EnrolmentRole.PARTICIPANT if enrolment is None else enrolment.role
    if guardian and role is EnrolmentRole.WAITING:
        raise CommandProblem(f"{code} is on the waiting list, and who waits signs alone; leave out --guardian.")
    made = ConsentFormOrder(programme.slug, audience, given.language, guardian, code, role).form(services, now)
    remember = partial(
        audit.record, actor=OPERATOR, action="consent_form.print", subject=code or programme.slug, now=now
    )
    services.database.write_now(remember)
    write_out(given.out, as_pdf(made))
    say(f"Written to {given.out}.")


def _enrolment(connection: Connection, slug: str, code: str) -> Enrolment | None:
    """The newest place of the person with this code in a programme; None where the code is of nobody there."""
    enrolments = [one for one in participants.of_code(connection, code) if one.programme == slug]
    return enrolments[-1] if enrolments else None


def _code(typed: str | None) -> str:
    code = "" if typed is None else read_code(typed)
    if code is None:
        raise CommandProblem(f"{typed} is no code; a code looks like KAM-7F3K2.")
    return code


def _read(connection: Connection, services: Services, given: ConsentsOptions) -> list[Record]:
    """The records; that they were looked at is remembered."""
    slug = None if given.programme is None else programme_of(services, given.programme).slug
    if given.cohort is not None:
        cohort = cohort_of(connection, given.cohort, slug)
        subject, records = f"cohort:{cohort.id}", consents_.of_cohort(connection, cohort.id)
    else:
        slugs = sorted(services.programmes) if slug is None else [slug]
        subject, records = slug or "all", consents_.of_programmes(connection, slugs)
    audit.record(connection, OPERATOR, "consents.export", subject, services.clock())
    return records
