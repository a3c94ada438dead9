"""Golden transcripts: what a person does (lines with »>«) and what the engine answers, compared as a whole.

Between any two inputs questionnaire and answers are rebuilt from JSON, as they are from the database.
"""

import json
from pathlib import Path

import pytest

from surveys.conditions import AnyOf, Compare, Not
from surveys.engine import (
    Accepted,
    Chose,
    Confirmed,
    Declined,
    Finished,
    Invalid,
    Seen,
    Stale,
    Toggled,
    Typed,
    answer,
    back,
    close,
    current,
    forward,
    progress,
)
from surveys.model import Answer, Choice, Item, NonAnswer, Questionnaire

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))

YES_NO = (Choice(code=1, label="da"), Choice(code=2, label="ne"))
OFTEN = tuple(Choice(code=code, label=label) for code, label in enumerate(("nikoli", "včasih", "vedno"), start=1))
PLACES = tuple(Choice(code=code, label=label) for code, label in enumerate(("doma", "v knjižnici", "drugje")))

VISITS = Questionnaire(
    id="visits",
    title="Obiski",
    items=(
        Item(id="hello", kind="note", text="Pozdravljeni."),
        Item(id="reads", kind="choice", text="Ali berete?", choices=YES_NO, refusable=True),
        Item(
            id="places",
            kind="multiple",
            text="Kje berete?",
            choices=PLACES,
            when=Compare(item="reads", is_="eq", value=1),
        ),
        Item(
            id="days",
            kind="number",
            text="Koliko dni na teden?",
            minimum=0,
            maximum=7,
            unit="dni",
            when=Compare(item="places", is_="has", value=1),
        ),
        Item(id="often", kind="scale", text="Kako pogosto?", choices=OFTEN),
        Item(
            id="words",
            kind="text",
            text="Kaj vam je všeč?",
            dont_know=False,
            optional=True,
            when=AnyOf(
                any=(Compare(item="often", is_="ge", value=2), Not(not_=Compare(item="reads", is_="eq", value=2)))
            ),
        ),
        Item(id="said", kind="note", text="Hvala za besede.", when=Compare(item="words", is_="answered")),
    ),
)


def reply_of(words):
    verb, _, rest = words.partition(" ")
    match verb:
        case "tap":
            return Chose(int(rest))
        case "toggle":
            return Toggled(int(rest))
        case "on" | "off":
            return Toggled(int(rest), chosen=verb == "on")
        case "next":
            return Confirmed()
        case "type":
            return Typed(rest)
        case "decline":
            return Declined(NonAnswer(rest))
        case "seen":
            return Seen()


def written(stored):
    if stored.non_answer is not None:
        return stored.non_answer.value
    return f"{stored.text if stored.value is None else stored.value}{' (draft)' if stored.draft else ''}"


def changes(rows):
    return ", ".join(f"{item}={written(stored)}" for item, stored in rows.items()) or "nothing"


def told(outcome):
    match outcome:
        case Accepted(rows):
            return f"accepted: {changes(rows)}"
        case Stale():
            return "stale"
        case Invalid(problem, item):
            return f"invalid: {problem.value} at {item.id}"
        case Finished():
            return "finished"


class Phone:
    """A person's side: keeps nothing but JSON."""

    def __init__(self):
        self.questionnaire = VISITS.model_dump_json()
        self.answers = "{}"
        self.finished = False

    def state(self):
        questionnaire = Questionnaire.model_validate_json(self.questionnaire)
        answers = {item: Answer.model_validate_json(row) for item, row in json.loads(self.answers).items()}
        return questionnaire, answers

    def store(self, rows):
        _, answers = self.state()
        stored = {item: row.model_dump_json() for item, row in {**answers, **rows}.items()}
        self.answers = json.dumps(stored)

    def does(self, words):
        questionnaire, answers = self.state()
        if words == "finish":
            rows = close(questionnaire, answers)
            self.store(rows)
            self.finished = True
            return f"closed: {changes(rows)}"
        if words == "show":
            return self.shows(current(questionnaire, answers))
        verb, _, item_id = words.partition(" ")
        if verb == "back":
            return self.shows(back(questionnaire, answers, item_id or None))
        if verb == "forward":
            return self.shows(forward(questionnaire, answers, item_id))
        item_id, _, reply = words.partition(": ")
        outcome = answer(questionnaire, answers, item_id, reply_of(reply), finished=self.finished)
        if isinstance(outcome, Accepted):
            self.store(outcome.changes)
        return told(outcome)

    def shows(self, item):
        questionnaire, answers = self.state()
        counted = progress(questionnaire, answers, item.id if item else None)
        where = f"{counted.position} of {counted.total}, {counted.left} left"
        return f"{item.id if item else 'summary or nothing'} ({where})"


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
def test_the_engine_answers_as_written_down(file):
    phone = Phone()
    played = []
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            played.append(line)
        elif line.startswith("> "):
            played += [line, phone.does(line[2:])]
    assert "\n".join(played) + "\n" == file.read_text(encoding="utf-8")
