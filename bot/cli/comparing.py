"""`answers import --compare`: what was typed from paper once more, beside what is stored. Changes nothing."""

from __future__ import annotations

from functools import partial

from sqlalchemy import Connection

from bot.cli import answers_file, paper_file
from bot.cli.opening import say, say_json, say_table, services_of
from bot.cli.options import AnswersImportOptions
from bot.cli.problem import CommandProblem
from bot.participant.question_cards import shown
from bot.runtime.services import Services
from bot.texts import languages
from storage.answers import paper
from storage.answers.importing import ImportRefusedError
from storage.answers.paper import EntryDifference
from surveys.languages import SLOVENIAN
from surveys.model import Answer, Item

_COLUMNS = ("code", "wave", "item", "stored", "typed")


def compare(given: AnswersImportOptions) -> int:
    """Say each difference; the exit status is 1 where there is one."""
    services = services_of(given)
    listed = answers_file.read(given.file)
    if set(answers_file.COLUMNS) <= set(listed.heading):
        raise CommandProblem(f"{given.file} is an export; only what was typed from paper is compared.")
    written = paper_file.read(given.file, listed, services.policy.zone)
    rows = [_row(one) for one in services.database.read_now(partial(_differences, services=services, written=written))]
    if given.json:
        say_json([dict(zip(_COLUMNS, row, strict=True)) for row in rows])
    elif rows:
        say_table([_COLUMNS, *rows])
    else:
        say(f"No differences: all answers of {given.file} are stored as they stand there.")
    return 1 if rows else 0


def _differences(connection: Connection, services: Services, written: paper_file.TypedPaper) -> list[EntryDifference]:
    problems = dict(written.problems)
    found: list[EntryDifference] = []
    try:
        found = paper.differences(
            connection,
            services.keys,
            services.programmes,
            services.policy.zone,
            paper_file.words(),
            written.answers,
            services.clock(),
        )
    except ImportRefusedError as refused:
        problems |= refused.problems
    if problems:
        raise CommandProblem("\n".join(f"line {line}: {sentence}" for sentence, line in problems.items()))
    return found


def _row(one: EntryDifference) -> tuple[str, ...]:
    return (one.code, one.wave, one.item.id, _words(one.item, one.stored), _words(one.item, one.typed))


def _words(item: Item, answer: Answer | None) -> str:
    return "" if answer is None else shown(languages.words(SLOVENIAN), item, answer)
