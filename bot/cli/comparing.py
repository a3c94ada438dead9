"""`answers import --compare`: what was typed from paper once more, beside what is stored. Changes nothing."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from sqlalchemy import Connection

from bot.cli import answers_file, paper_file
from bot.cli.opening import house_of, say, say_json, say_table
from bot.cli.problem import Problem
from bot.house import House
from bot.participant.cards import shown
from bot.texts import languages
from storage import paper
from storage.importing import ImportRefusedError
from storage.paper import Difference
from surveys.languages import SLOVENIAN
from surveys.model import Answer, Item

_COLUMNS = ("code", "wave", "item", "stored", "typed")


def compare(given: Namespace) -> int:
    """Say each difference; the exit status is 1 where there is one."""
    house = house_of(given)
    listed = answers_file.read(given.file)
    if set(answers_file.COLUMNS) <= set(listed.heading):
        raise Problem(f"{given.file} is an export; only what was typed from paper is compared.")
    written = paper_file.read(given.file, listed, house.rhythm.zone)
    rows = [_row(one) for one in house.database.read_now(partial(_differences, house=house, written=written))]
    if given.json:
        say_json([dict(zip(_COLUMNS, row, strict=True)) for row in rows])
    elif rows:
        say_table([_COLUMNS, *rows])
    else:
        say(f"No differences: all answers of {given.file} are stored as they stand there.")
    return 1 if rows else 0


def _differences(connection: Connection, house: House, written: paper_file.Typed) -> list[Difference]:
    problems = dict(written.problems)
    found: list[Difference] = []
    try:
        found = paper.differences(
            connection,
            house.keys,
            house.programmes,
            house.rhythm.zone,
            paper_file.words(),
            written.answers,
            house.clock(),
        )
    except ImportRefusedError as refused:
        problems |= refused.problems
    if problems:
        raise Problem("\n".join(f"line {line}: {sentence}" for sentence, line in problems.items()))
    return found


def _row(one: Difference) -> tuple[str, ...]:
    return (one.code, one.wave, one.item.id, _words(one.item, one.stored), _words(one.item, one.typed))


def _words(item: Item, answer: Answer | None) -> str:
    return "" if answer is None else shown(languages.words(SLOVENIAN), item, answer)
