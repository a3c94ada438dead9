"""Answering: one write unit loads the run, asks the engine, stores, and draws the next card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from bot import roles
from bot.participant import cards
from bot.screens import Button, Reply, Screen, column
from bot.texts import common, participant, staff
from bot.visit import Visit, whole
from storage import occasions, runs
from storage.definitions import store_version
from storage.occasions import Occasion
from storage.runs import Run
from storage.schema import OccasionState
from surveys import engine
from surveys.model import Answer, Item, Mode

Answers = Mapping[str, Answer]


def begin(visit: Visit, occasion_id: str) -> Reply | None:
    """»Začni« or »Nadaljuj« of an invitation; None where this chat has no such occasion."""
    occasion = occasions.load(visit.connection, whole(occasion_id))
    if occasion is None or not roles.may_answer(visit, occasion.programme, occasion.chat):
        return None
    if occasion.state is not OccasionState.OPEN:
        return closed(occasion.state)
    return open_question(visit, occasion)


def open_question(visit: Visit, occasion: Occasion, note: str = "") -> Reply:
    """The open question of an occasion, beginning its run where it has not begun."""
    run = runs.of_occasion(visit.connection, occasion.id) or _begin(visit, occasion)
    return _where(visit, run, runs.answers(visit.connection, visit.house.keys, run.id), note)


def tap(visit: Visit, run_id: str, index: str, revision: str, key: str) -> Reply | None:
    """A tap on a card. A card of an earlier revision changes nothing and shows the open question."""
    run = _run(visit, run_id)
    if run is None:
        return None
    if not run.open:
        return closed(run.state)
    answers = runs.answers(visit.connection, visit.house.keys, run.id)
    reply = _reply(key)
    place = whole(index)
    if reply is None or whole(revision) != run.revision or place >= len(run.questionnaire.items):
        return _where(visit, run, answers).toasted(participant.WHERE_YOU_ARE)
    return _take(visit, run, answers, run.questionnaire.items[place], reply)


def typed(visit: Visit, argument: str, text: str) -> Reply | None:
    """A message while a question is on the screen: `argument` is run and place."""
    run_id, _, index = argument.partition(":")
    run = _run(visit, run_id)
    if run is None:
        return None
    if not run.open:
        return closed(run.state)
    item = run.questionnaire.items[whole(index)]
    answers = runs.answers(visit.connection, visit.house.keys, run.id)
    return _take(visit, run, answers, item, _declined(item, text) or engine.Typed(text))


def typed_at_summary(visit: Visit, run_id: str, _text: str) -> Reply | None:
    """A message where only buttons help: the summary again, below it."""
    run = _run(visit, run_id)
    if run is None:
        return None
    if not run.open:
        return closed(run.state)
    answers = runs.answers(visit.connection, visit.house.keys, run.id)
    return _where(visit, run, answers, participant.NOT_UNDERSTOOD)


def back(visit: Visit, run_id: str, index: str) -> Reply | None:
    """»‹ Nazaj«: the question before, with its answer."""
    return _turn_page(visit, run_id, index, forward=False)


def forward(visit: Visit, run_id: str, index: str) -> Reply | None:
    """»Naprej ›« on an answered question."""
    return _turn_page(visit, run_id, index, forward=True)


def hand_in(visit: Visit, run_id: str, revision: str) -> Reply | None:
    """»Oddaj odgovore«: the run is finished, once."""
    run = _run(visit, run_id)
    if run is None:
        return None
    if run.finished_at is not None:
        return _thanks(visit, run)
    if not run.open:
        return closed(run.state)
    answers = runs.answers(visit.connection, visit.house.keys, run.id)
    if whole(revision) != run.revision or engine.current(run.questionnaire, answers) is not None:
        return _where(visit, run, answers).toasted(participant.WHERE_YOU_ARE)
    complete(visit, run, answers)
    return _thanks(visit, run)


def complete(visit: Visit, run: Run, answers: Answers) -> None:
    """Store what finishing adds, and end the occasion."""
    added = engine.close(run.questionnaire, answers)
    if added:
        runs.store(visit.connection, visit.house.keys, run.id, added, _actor(visit, run), visit.now)
    runs.finish(visit.connection, run.id, visit.now)
    occasions.settle(visit.connection, run.occasion, OccasionState.COMPLETE, visit.now)


def closed(state: OccasionState) -> Reply:
    """Why no more answers are taken."""
    done = state is OccasionState.COMPLETE
    return Reply(_closed_screen(done=done), f"closed:{int(done)}")


def draw(visit: Visit, argument: str) -> Screen:
    """The card of `question:RUN:INDEX` again."""
    run_id, _, index = argument.partition(":")
    run = runs.load(visit.connection, whole(run_id))
    if run is None or not run.open:
        return _closed_screen(done=run is None or run.finished_at is not None)
    answers = runs.answers(visit.connection, visit.house.keys, run.id)
    item = run.questionnaire.items[whole(index)]
    if item not in engine.path(run.questionnaire, answers):
        return _where(visit, run, answers).card
    return cards.question(run.questionnaire, answers, item, run.id, run.revision, _for_whom(visit, run))


def draw_summary(visit: Visit, run_id: str) -> Screen:
    """The card of `summary:RUN` again."""
    run = runs.load(visit.connection, whole(run_id))
    if run is None or not run.open:
        return _closed_screen(done=run is None or run.finished_at is not None)
    answers = runs.answers(visit.connection, visit.house.keys, run.id)
    return cards.summary(run.questionnaire, answers, run.id, run.revision, _for_whom(visit, run))


def draw_closed(_visit: Visit, done: str) -> Screen:
    """The card of `closed:…` again."""
    return _closed_screen(done=done == "1")


def draw_thanks(visit: Visit, run_id: str) -> Screen:
    """The card of `thanks:RUN` again."""
    run = runs.load(visit.connection, whole(run_id))
    return _closed_screen(done=True) if run is None else _thanks(visit, run).card


def _take(visit: Visit, run: Run, answers: Answers, item: Item, reply: engine.Reply) -> Reply:
    match engine.answer(run.questionnaire, answers, item.id, reply, finished=not run.open):
        case engine.Accepted(changes):
            revision = runs.store(
                visit.connection, visit.house.keys, run.id, changes, _actor(visit, run), visit.now, held=answers
            )
            now_holds, moved = {**answers, **changes}, replace(run, revision=revision)
            if now_holds[item.id].draft:
                return _show(visit, moved, now_holds, item)
            return _where(visit, moved, now_holds).toasted(participant.SAVED)
        case engine.Invalid(problem, wrong):
            note = participant.problem(problem, wrong)
            return _show(visit, run, answers, wrong, note).toasted(note)
        case engine.Stale() | engine.Finished():
            return _where(visit, run, answers).toasted(participant.WHERE_YOU_ARE)
        case outcome:
            assert_never(outcome)


def _where(visit: Visit, run: Run, answers: Answers, note: str = "") -> Reply:
    """The open question, or the summary when none is open."""
    item = engine.current(run.questionnaire, answers)
    if item is not None:
        return _show(visit, run, answers, item, note)
    note = note or _for_whom(visit, run)
    card = cards.summary(run.questionnaire, answers, run.id, run.revision, note)
    return Reply(card, f"summary:{run.id}", fresh=visit.typed)


def _show(visit: Visit, run: Run, answers: Answers, item: Item, note: str = "") -> Reply:
    note = note or _for_whom(visit, run)
    card = cards.question(run.questionnaire, answers, item, run.id, run.revision, note)
    return Reply(card, f"question:{run.id}:{run.questionnaire.items.index(item)}", fresh=visit.typed)


def _turn_page(visit: Visit, run_id: str, index: str, *, forward: bool) -> Reply | None:
    run = _run(visit, run_id)
    if run is None:
        return None
    if not run.open:
        return closed(run.state)
    answers = runs.answers(visit.connection, visit.house.keys, run.id)
    items = run.questionnaire.items
    here = items[whole(index)].id if whole(index) < len(items) else None
    if forward and here is not None:
        item = engine.forward(run.questionnaire, answers, here)
    else:
        item = engine.back(run.questionnaire, answers, here)
    return _where(visit, run, answers) if item is None else _show(visit, run, answers, item)


def _begin(visit: Visit, occasion: Occasion) -> Run:
    programme = visit.house.programmes[occasion.programme]
    wave = programme.wave(occasion.wave)
    if wave is None:
        raise LookupError(f"programme {programme.slug} has no wave {occasion.wave} any more")
    version = store_version(visit.connection, programme.questionnaire(wave), programme, visit.now)
    return runs.begin(visit.connection, occasion.id, version, _mode(visit, occasion), visit.now)


def _mode(visit: Visit, occasion: Occasion) -> Mode:
    if occasion.chat != visit.chat:
        return Mode.ASSISTED
    return Mode.PROXY if visit.house.programmes[occasion.programme].answered_for_child else Mode.SELF


def _run(visit: Visit, run_id: str) -> Run | None:
    """The run, if whoever is here may answer it."""
    run = runs.lock(visit.connection, whole(run_id))
    if run is None or not roles.may_answer(visit, run.programme, run.chat):
        return None
    if run.chat != visit.chat and run.mode is not Mode.ASSISTED and run.open:
        runs.set_mode(visit.connection, run.id, Mode.ASSISTED)
    return run


def _actor(visit: Visit, run: Run) -> str:
    return f"participant:{run.code}" if run.chat == visit.chat else roles.actor(visit)


def _for_whom(visit: Visit, run: Run) -> str:
    """A librarian always sees for whom the card is."""
    return "" if run.chat == visit.chat else participant.answering_for(run.code)


def _thanks(visit: Visit, run: Run) -> Reply:
    if run.chat != visit.chat:
        rows = column(Button(staff.NEXT_PERSON, "izpo"), Button(staff.DESK, "desk"))
        return Reply(Screen(staff.assisted_thanks(run.code), rows), f"thanks:{run.id}")
    words = "\n\n".join(part for part in (participant.THANKS, common.safe(run.questionnaire.thanks)) if part)
    return Reply(Screen(words), f"thanks:{run.id}")


def _closed_screen(*, done: bool) -> Screen:
    return Screen(participant.ALREADY_FINISHED if done else participant.CLOSED)


def _reply(key: str) -> engine.Reply | None:
    """What the last part of a button's action asks for; None for what no button of ours says."""
    match key[:1], key[1:]:
        case "c", code if code.isdecimal():
            return engine.Chose(int(code))
        case "+" | "-" as sign, code if code.isdecimal():
            return engine.Toggled(int(code), chosen=sign == "+")
        case "k", "":
            return engine.Confirmed()
        case "o", "":
            return engine.Seen()
        case letter, "" if letter in cards.NON_ANSWER_OF_KEY:
            return engine.Declined(cards.NON_ANSWER_OF_KEY[letter])
        case _:
            return None


def _declined(item: Item, text: str) -> engine.Declined | None:
    """»ne vem« typed counts as the button, where the item offers it."""
    words = text.strip().rstrip(".!").casefold()
    for one in engine.allowed(item):
        if words == participant.NON_ANSWERS[one].casefold():
            return engine.Declined(one)
    return None
