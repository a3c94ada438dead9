"""`consents`: the account of who consented to what, when, and through whose hand."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from bot import accounting
from bot.cli.cohort import cohort_of
from bot.cli.opening import OPERATOR, house_of, programme_of, say
from bot.cli.output import write_out
from bot.house import House
from storage import audit
from storage import consents as consents_
from storage.consents import Record


def consents(given: Namespace) -> None:
    """Write the account of a group, a programme or all; beside CSV a second file with the texts."""
    house = house_of(given)
    records = house.database.write_now(partial(_read, house=house, given=given))
    file: Path = given.out
    match given.format:
        case "json":
            made = {file: accounting.as_json(records)}
        case "xlsx":
            made = {file: accounting.as_xlsx(records)}
        case _:
            beside = file.with_name(f"{file.stem}-texts{file.suffix}")
            made = {
                file: accounting.as_csv(accounting.rows(records)),
                beside: accounting.as_csv(accounting.texts(records)),
            }
    for target, content in made.items():
        write_out(target, content)
        say(f"{target}")


def _read(connection: Connection, house: House, given: Namespace) -> list[Record]:
    """The records; that they were looked at is remembered."""
    if given.cohort is not None:
        cohort = cohort_of(connection, given.cohort)
        subject, records = f"cohort:{cohort.id}", consents_.of_cohort(connection, cohort.id)
    else:
        slugs = sorted(house.programmes) if given.programme is None else [programme_of(house, given.programme).slug]
        subject, records = given.programme or "all", consents_.of_programmes(connection, slugs)
    audit.record(connection, OPERATOR, "consents.export", subject, house.clock())
    return records
