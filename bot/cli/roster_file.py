"""A list of people given to a command: its sheet, and what is hidden there only where that is said."""

from __future__ import annotations

from pathlib import Path

from bot.cli import roster_words
from bot.cli.options import EnrolOptions
from bot.cli.problem import CommandProblem
from bot.rosters import people
from bot.rosters.lists import LISTS
from bot.rosters.people import Roster, SheetChoice
from bot.workbooks.book import MAX_BYTES, Book, UnreadableError
from bot.worker import requests


def read(path: Path, given: EnrolOptions) -> Roster:
    """The people of the list in this file. Raises Problem where it cannot be read, or something hidden is undecided."""
    try:
        book = requests.book_now(_content(path), LISTS)
    except UnreadableError as refused:
        raise CommandProblem(f"{path} {roster_words.UNREADABLE[refused.why]}.") from None
    choice = people.first_choice(book) if given.sheet is None else _sheet(book, given.sheet)
    found = people.read(book.sheets[choice.sheet], hidden=given.hidden == "take")
    if given.hidden is None and (found.hidden or found.hidden_columns):
        raise CommandProblem(f"Nobody is enrolled. {roster_words.hidden(found)} Say --hidden take or --hidden leave.")
    others = [f"»{book.sheets[place].name}«" for place in people.lists(book) if place != choice.sheet]
    if given.sheet is None and others:
        name = book.sheets[choice.sheet].name
        raise CommandProblem(
            f"Nobody is enrolled. There are lists on »{name}« and {', '.join(others)}. Say which: --sheet NAME."
        )
    return found


def _sheet(book: Book, name: str) -> SheetChoice:
    for place, one in enumerate(book.sheets):
        if one.name == name:
            return SheetChoice(place)
    raise CommandProblem(f"There is no sheet »{name}«, but: {', '.join(one.name for one in book.sheets)}.")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as problem:
        raise CommandProblem(f"{path} cannot be read: {problem.strerror}.") from None
