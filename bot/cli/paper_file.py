"""A table of answers that somebody typed from paper: its columns, days and words, in Slovenian or in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.cli.answers_file import AnswersTable
from bot.cli.problem import CommandProblem
from bot.texts.slovene import participant
from storage.answers.paper import WrittenAnswer
from surveys.model import NonAnswer
from surveys.reading import fold, says

_COLUMNS = {
    "code": ("code", "šifra"),
    "wave": ("wave", "merjenje"),
    "item": ("item", "vprašanje"),
    "answer": ("answer", "value", "odgovor"),
    "date": ("date", "datum", "answered_at"),
}
_OPTIONAL = {
    "cohort": ("cohort", "skupina"),
    "label": ("label",),
    "non_answer": ("non_answer",),
}
_DAY = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})\.?")


@dataclass(frozen=True, slots=True)
class TypedPaper:
    """What was typed, and what of it cannot be read: each sentence with its line."""

    answers: tuple[WrittenAnswer, ...]
    problems: dict[str, int]


def words() -> Mapping[str, NonAnswer]:
    """How not answering is said, folded: as in storage, and as on the buttons."""
    return {fold(said): one for one, label in participant.NON_ANSWERS.items() for said in (one.value, label)}


def read(file: Path, listed: AnswersTable, zone: ZoneInfo) -> TypedPaper:
    """The answers of such a table. Raises Problem where a column is missing."""
    columns = _columns(listed)
    missing = [names[0] for name, names in _COLUMNS.items() if name not in columns]
    if missing:
        raise CommandProblem(f"{file} is no table of answers: it lacks the column {', '.join(missing)}.")
    problems: dict[str, int] = {}
    answers = []
    for line, cells in listed.rows:
        try:
            answers.append(_written(line, {name: cells[one].strip() for name, one in columns.items()}, zone))
        except ValueError as problem:
            problems.setdefault(str(problem), line)
    return TypedPaper(tuple(answers), problems)


def _columns(listed: AnswersTable) -> dict[str, str]:
    """Which heading is which column; of several the first name counts."""
    headings = {fold(heading): heading for heading in listed.heading}
    found = {}
    for name, names in {**_COLUMNS, **_OPTIONAL}.items():
        known = [headings[fold(one)] for one in names if fold(one) in headings]
        if known:
            found[name] = known[0]
    return found


def _written(line: int, row: Mapping[str, str], zone: ZoneInfo) -> WrittenAnswer:
    return WrittenAnswer(
        line=line,
        code=row["code"],
        wave=row["wave"],
        item=row["item"],
        answer=row.get("label") or row["answer"],
        day=_day(row["date"], zone) if row["date"] else None,
        non_answer=_declined(row["non_answer"]) if row.get("non_answer") else None,
        cohort=row.get("cohort", ""),
    )


def _declined(cell: str) -> NonAnswer:
    found = next((one for said, one in words().items() if says(cell, said)), None)
    if found is None:
        raise ValueError(f"»{cell}« is no way of not answering")
    return found


def _day(cell: str, zone: ZoneInfo) -> date:
    """A day as Slovenes or as standards write it, or that of a moment."""
    found = _DAY.fullmatch(cell)
    try:
        if found is not None:
            return date(int(found[3]), int(found[2]), int(found[1]))
        moment = datetime.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"»{cell}« is no day like 2026-11-22 or 22. 11. 2026") from None
    return moment.date() if moment.tzinfo is None else moment.astimezone(zone).date()
