"""What a list that was sent would do, before it is done: who is on it, what is left out and why, what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.actions import librarian as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Screen, column
from bot.rosters import people
from bot.rosters.people import SheetChoice
from bot.staff import roster_enrolment
from bot.staff.newcomers import late
from bot.texts import rosters as texts
from bot.texts.enrolling import newcomers
from bot.texts.slovene import common
from bot.texts.waiting_list import begin_with
from bot.workbooks import book as books
from bot.workbooks.book import Book, UnreadableError
from reports.render import letters
from storage import attachments, cohorts
from storage.cohorts import Cohort
from storage.roster_imports import GroupImport

_WRITTEN = re.compile(r"([0-9]{1,2})(h?)")
_OTHERS = 6  # buttons for other sheets


@dataclass(frozen=True, slots=True)
class RosterReading:
    """What would be done with what was chosen of a file."""

    book: Book
    choice: SheetChoice
    plan: roster_enrolment.Plan


def written(choice: SheetChoice) -> str:
    """A choice in a button."""
    return f"{choice.sheet}{'h' if choice.hidden else ''}"


def read(request: Request, roster: GroupImport, cohort: Cohort, choice: str) -> RosterReading | str:
    """What the list would do, or why that cannot be said (yet). The file itself was read when it came."""
    file = attachments.load(request.connection, request.services.keys, roster.attachment)
    data = attachments.content(request.connection, request.services.keys, roster.attachment)
    if data is None:
        return f"{texts.title(cohort.name)}\n\n{texts.READING if file and not file.problem else texts.NOT_FETCHED}"
    try:
        book = books.unpack(data)
    except UnreadableError as refused:
        return texts.unreadable(cohort.name, texts.UNREADABLE[refused.why])
    except (ValueError, KeyError):  # it came while an earlier version kept files as they were
        return f"{texts.title(cohort.name)}\n\n{texts.NOT_FETCHED}"
    chosen = _choice(book, choice)
    found = people.read(book.sheets[chosen.sheet], hidden=chosen.hidden)
    return RosterReading(book, chosen, roster_enrolment.plan(request.connection, request.services, cohort, found))


def draw(request: Request, roster: GroupImport, cohort: Cohort, stamp: str, choice: str) -> Screen:
    """What the list would do, or what is to be corrected."""
    cancel = Button(common.CANCEL, actions.discard_list(roster.id, stamp))
    found = read(request, roster, cohort, choice)
    if isinstance(found, str):
        return Screen(found, column(cancel))
    plan, ways = found.plan, _ways(found, roster.id, stamp)
    if plan.problems:
        more = (
            []
            if texts.fit(plan.problems)
            else [Button(texts.ALL_PROBLEMS, actions.show_all_problems(roster.id, stamp))]
        )
        words = [texts.refused(cohort.name, plan.problems), *_where(found)]
        return Screen("\n\n".join(words), column(*more, *ways, cancel))
    there = cohorts.sizes(request.connection).get(cohort.id, 0)
    some_hidden = bool(plan.people.hidden or plan.people.hidden_columns) and not found.choice.hidden
    confirm = texts.confirm(len(plan.people.listed), shown_only=some_hidden)
    soon = newcomers(late(request.services, cohort, request.now))
    begin = [begin_with(len(plan.begin))] if plan.begin else []
    words = [
        texts.preview(cohort.name, plan.new, len(plan.known), there),
        *begin,
        *([soon] if soon else []),
        *_said(found),
    ]
    yes = Button(confirm, actions.enrol_list(roster.id, stamp, written(found.choice)))
    return Screen("\n\n".join(words), column(yes, *ways, cancel))


def _choice(book: Book, words: str) -> SheetChoice:
    found = _WRITTEN.fullmatch(words)
    if found is None or int(found[1]) >= len(book.sheets):
        return people.first_choice(book)
    return SheetChoice(int(found[1]), bool(found[2]))


def _said(found: RosterReading) -> list[str]:
    """Under what would be done: the names, and what is not read and why."""
    seen = found.plan.people
    lost = [one.row for one in seen.listed if letters.is_lost(one.printed)]
    parts = [
        texts.names([one.printed for one in seen.listed if one.name]),
        texts.left_out(seen.left_out) if seen.left_out else "",
        texts.torn(seen.torn) if seen.torn else "",
        texts.lost(lost) if lost else "",
        *_where(found),
        texts.unread(seen.unread) if seen.unread else "",
        texts.alike(seen.alike) if seen.alike else "",
    ]
    return [part for part in parts if part]


def _where(found: RosterReading) -> list[str]:
    """What is hidden on the sheet, and which other sheets hold lists."""
    seen, sheets = found.plan.people, found.book.sheets
    others = [(sheets[place].name, sheets[place].hidden) for place in _others(found)]
    parts = [
        texts.hidden(seen.hidden, seen.hidden_columns, read=found.choice.hidden)
        if seen.hidden or seen.hidden_columns
        else "",
        texts.sheets(sheets[found.choice.sheet].name, others) if others else "",
    ]
    return [part for part in parts if part]


def _ways(found: RosterReading, roster: int, stamp: str) -> list[Button]:
    """Buttons to what is hidden and to other sheets."""
    seen, choice = found.plan.people, found.choice
    buttons = []
    if seen.hidden or seen.hidden_columns:
        other = written(SheetChoice(choice.sheet, not choice.hidden))
        label = texts.WITHOUT_HIDDEN if choice.hidden else texts.WITH_HIDDEN
        buttons.append(Button(label, actions.read_other_sheet(roster, stamp, other)))
    for place in _others(found)[:_OTHERS]:
        words = texts.read_sheet(found.book.sheets[place].name)
        buttons.append(Button(words, actions.read_other_sheet(roster, stamp, written(SheetChoice(place)))))
    return buttons


def _others(found: RosterReading) -> list[int]:
    return [place for place in people.lists(found.book) if place != found.choice.sheet]
