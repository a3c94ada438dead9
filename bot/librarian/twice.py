"""»Drugi vnos«: a questionnaire from paper is typed once more, and where both differ one of them is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot import roles, staffroom
from bot.librarian import differences, people
from bot.participant import cards
from bot.participant.questions import declined, read_key
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import paper as texts
from bot.texts.common import safe
from bot.visit import Visit, whole
from storage import audit, runs, second_entries
from storage.runs import Run
from storage.second_entries import Second
from surveys import engine
from surveys.model import Item, Mode

_VERBS = cards.Verbs("d", "db", "df", "de")
Step = Callable[[Run, Second], Reply]


def begin(visit: Visit, run_id: str) -> Reply | None:
    """»Drugi vnos«: begun, or where it stopped."""
    run = _run(visit, run_id)
    if run is None:
        return None
    if second_entries.find(visit.connection, visit.house.keys, run.id) is None:
        second_entries.begin(visit.connection, visit.house.keys, run.id, visit.now, roles.actor(visit))
        audit.record(visit.connection, roles.actor(visit), "paper.second", run.code, visit.now)
    return _in_second(visit, run_id, lambda run, second: _where(visit, run, second))


def tap(visit: Visit, run_id: str, index: str, revision: str, key: str) -> Reply | None:
    """A tap on a card of the second typing; one of an earlier revision changes nothing."""
    place, seen, reply = whole(index), whole(revision), read_key(key)

    def take(run: Run, second: Second) -> Reply:
        items = run.questionnaire.items
        if reply is None or seen != second.revision or place >= len(items) or second.finished_at is not None:
            return _where(visit, run, second).toasted(visit.words.WHERE_YOU_ARE)
        return _take(visit, run, second, items[place], reply)

    return _in_second(visit, run_id, take)


def typed(visit: Visit, argument: str, text: str) -> Reply | None:
    """A message while a question of the second typing is on the screen."""
    run_id, _, index = argument.partition(":")

    def take(run: Run, second: Second) -> Reply:
        if second.finished_at is not None or not index:
            return _where(visit, run, second)
        item = run.questionnaire.items[whole(index)]
        return _take(visit, run, second, item, declined(visit, item, text) or engine.Typed(text))

    return _in_second(visit, run_id, take)


def back(visit: Visit, run_id: str, index: str) -> Reply | None:
    """»‹ Nazaj«: the question before."""
    return _turn_page(visit, run_id, index, engine.back)


def forward(visit: Visit, run_id: str, index: str) -> Reply | None:
    """»Naprej ›« on an answered question."""
    return _turn_page(visit, run_id, index, engine.forward)


def hand_in(visit: Visit, run_id: str, revision: str) -> Reply | None:
    """The second typing is done: where it differs comes next."""
    seen = whole(revision)

    def take(run: Run, second: Second) -> Reply:
        is_open = engine.current(run.questionnaire, second.answers) is not None
        if seen != second.revision or second.finished_at is not None or is_open:
            return _where(visit, run, second).toasted(visit.words.WHERE_YOU_ARE)
        added = engine.close(run.questionnaire, second.answers)
        second_entries.store(visit.connection, visit.house.keys, second, added)
        second_entries.finish(visit.connection, run.id, visit.now)
        return _again(visit, run)

    return _in_second(visit, run_id, take)


def choose(visit: Visit, run_id: str, index: str, revision: str, which: str) -> Reply | None:
    """Of an answer that was typed in two ways, the first (1) or the second (2) is what stands on paper."""
    place, seen = whole(index), whole(revision)

    def take(run: Run, second: Second) -> Reply:
        first = runs.answers(visit.connection, visit.house.keys, run.id)
        left = second_entries.differing(run.questionnaire, first, second.answers)
        items = run.questionnaire.items
        if seen != second.revision or second.finished_at is None or place >= len(items) or items[place] not in left:
            return _where(visit, run, second).toasted(visit.words.WHERE_YOU_ARE)
        item = items[place].id
        if which == "2":
            said = {item: second.answers.get(item, engine.NOT_ASKED)}
            actor = roles.actor(visit)
            runs.store(visit.connection, visit.house.keys, run.id, said, actor, run.started_at)
            second_entries.store(visit.connection, visit.house.keys, second, {})
        else:
            kept = {item: first.get(item, engine.NOT_ASKED)}
            second_entries.store(visit.connection, visit.house.keys, second, kept)
        return _again(visit, run)

    return _in_second(visit, run_id, take)


def draw(visit: Visit, argument: str) -> Screen:
    """The card of `second:RUN:INDEX`, or of `second:RUN`."""
    run_id, _, index = argument.partition(":")
    run = _run(visit, run_id)
    second = None if run is None else second_entries.look(visit.connection, visit.house.keys, run.id)
    if run is None or second is None:
        return Screen(texts.NOTHING_TO_TYPE, column(staffroom.to_desk()))
    item = run.questionnaire.items[whole(index)] if index else None
    if second.finished_at is None and item in engine.path(run.questionnaire, second.answers):
        return _card(visit, run, second, item)
    return _screen(visit, run, second)


def _run(visit: Visit, run_id: str) -> Run | None:
    """The finished run from paper, where whoever is here may type it once more."""
    run = runs.lock(visit.connection, whole(run_id))
    if run is None or run.mode is not Mode.PAPER or run.finished_at is None:
        return None
    if not roles.may(visit, Action.ASSIST, run.programme) or people.here(visit, str(run.enrolment)) is None:
        return None
    return run


def _in_second(visit: Visit, run_id: str, step: Step) -> Reply | None:
    run = _run(visit, run_id)
    second = None if run is None else second_entries.find(visit.connection, visit.house.keys, run.id)
    return None if run is None or second is None else step(run, second)


def _take(visit: Visit, run: Run, second: Second, item: Item, reply: engine.Reply) -> Reply:
    outcome = engine.answer(run.questionnaire, second.answers, item.id, reply)
    if isinstance(outcome, engine.Invalid):
        return _show(visit, run, second, outcome.item, visit.words.problem(outcome.problem, outcome.item))
    if not isinstance(outcome, engine.Accepted):
        return _where(visit, run, second).toasted(visit.words.WHERE_YOU_ARE)
    second_entries.store(visit.connection, visit.house.keys, second, outcome.changes)
    now_holds = replace(second, answers={**second.answers, **outcome.changes}, revision=second.revision + 1)
    if now_holds.answers[item.id].draft:
        return _show(visit, run, now_holds, item)
    return _where(visit, run, now_holds).toasted(visit.words.SAVED)


def _turn_page(visit: Visit, run_id: str, index: str, turn: Callable[..., Item | None]) -> Reply | None:
    place = whole(index)

    def show(run: Run, second: Second) -> Reply:
        items = run.questionnaire.items
        if place > len(items) or second.finished_at is not None:
            return _where(visit, run, second)
        item = turn(run.questionnaire, second.answers, items[place].id if place < len(items) else None)
        return _where(visit, run, second) if item is None else _show(visit, run, second, item)

    return _in_second(visit, run_id, show)


def _again(visit: Visit, run: Run) -> Reply:
    """After a step that may have been the last: settled where nothing differs any more."""
    second = second_entries.find(visit.connection, visit.house.keys, run.id)
    if second is None:
        raise LookupError("the second typing is gone")
    first = runs.answers(visit.connection, visit.house.keys, run.id)
    if not second_entries.differing(run.questionnaire, first, second.answers):
        second_entries.settle(visit.connection, run.id, visit.now)
        audit.record(visit.connection, roles.actor(visit), "paper.settle", run.code, visit.now)
        second = replace(second, settled_at=visit.now)
    return _where(visit, run, second)


def _where(visit: Visit, run: Run, second: Second) -> Reply:
    item = engine.current(run.questionnaire, second.answers)
    if item is not None and second.finished_at is None:
        return _show(visit, run, second, item)
    return Reply(_screen(visit, run, second), f"second:{run.id}", fresh=visit.typed)


def _show(visit: Visit, run: Run, second: Second, item: Item, note: str = "") -> Reply:
    view = f"second:{run.id}:{run.questionnaire.items.index(item)}"
    return Reply(_card(visit, run, second, item, note), view, fresh=visit.typed)


def _card(visit: Visit, run: Run, second: Second, item: Item, note: str = "") -> Screen:
    note = note or texts.second_of(run.code)
    return cards.question(
        visit.words, run.questionnaire, second.answers, item, run.id, second.revision, note, verbs=_VERBS
    )


def _screen(visit: Visit, run: Run, second: Second) -> Screen:
    """The open question or the summary; then the next difference; then that there is none."""
    if second.finished_at is None:
        item = engine.current(run.questionnaire, second.answers)
        if item is not None:
            return _card(visit, run, second, item)
        note = texts.second_of(run.code)
        return cards.summary(
            visit.words, run.questionnaire, second.answers, run.id, second.revision, note, verbs=_VERBS
        )
    first = runs.answers(visit.connection, visit.house.keys, run.id)
    left = second_entries.differing(run.questionnaire, first, second.answers)
    if not left:
        place = people.here(visit, str(run.enrolment))
        others = () if place is None else differences.button(visit, place.cohort, place.programme)
        rows = column(*others, Button(texts.TO_PERSON, f"per:{run.enrolment}"), staffroom.to_desk())
        return Screen(texts.settled(run.code), rows)
    item = left[0]
    said = [
        cards.shown(visit.words, item, answers.get(item.id, engine.NOT_ASKED)) for answers in (first, second.answers)
    ]
    prefix = f"ds:{run.id}:{run.questionnaire.items.index(item)}:{second.revision}"
    rows = column(Button(texts.FIRST_HOLDS, f"{prefix}:1"), Button(texts.SECOND_HOLDS, f"{prefix}:2"))
    return Screen(texts.difference(run.code, len(left), safe(item.text), safe(said[0]), safe(said[1])), rows)
