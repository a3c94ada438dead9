"""Answering: one write unit loads the run, asks the engine, stores, and draws the next card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from bot import roles
from bot.participant import aloud, cards, receipt, sharing, stories
from bot.participant.spoken import spoken, untranslated
from bot.screens import Button, Reply, Screen, column
from bot.texts import staff
from bot.texts.common import safe
from bot.texts.participant import Participant
from bot.texts.recording import spoken as spoken_words
from bot.visit import Sent, Visit, receive, whole
from storage import occasions, runs, voices
from storage.definitions import store_version
from storage.occasions import Occasion
from storage.runs import Run
from storage.schema import OccasionState
from surveys import engine
from surveys.model import Answer, Item, Kind, Mode

Answers = Mapping[str, Answer]


Step = Callable[[Run, Answers], Reply]


def begin(visit: Visit, occasion_id: str) -> Reply | None:
    """»Začni« or »Nadaljuj« of an invitation; None where this chat has no such occasion."""
    occasion = occasions.load(visit.connection, whole(occasion_id))
    if occasion is None or not roles.may_answer(visit, occasion.programme, occasion.chat):
        return None
    if occasion.state is not OccasionState.OPEN:
        return _closed(visit, occasion.state)
    return open_question(visit, occasion)


def open_question(visit: Visit, occasion: Occasion, note: str = "") -> Reply:
    """The open question of an occasion, beginning its run where it has not begun."""
    run = spoken(runs.of_occasion(visit.connection, occasion.id) or _begin(visit, occasion))
    return _where(visit, run, runs.answers(visit.connection, visit.house.keys, run.id), note)


def tap(visit: Visit, run_id: str, index: str, revision: str, key: str) -> Reply | None:
    """A tap on a card. A card of an earlier revision changes nothing and shows the open question."""
    place, seen, reply = whole(index), whole(revision), read_key(key)

    def take(run: Run, answers: Answers) -> Reply:
        if reply is None or seen != run.revision or place >= len(run.questionnaire.items):
            return _where(visit, run, answers).toasted(visit.words.WHERE_YOU_ARE)
        return _take(visit, run, answers, run.questionnaire.items[place], reply)

    return _in_run(visit, run_id, take)


def typed(visit: Visit, argument: str, text: str) -> Reply | None:
    """A message while a question is on the screen: `argument` is run and place."""
    run_id, index, *_ = argument.split(":")

    def take(run: Run, answers: Answers) -> Reply:
        item = run.questionnaire.items[whole(index)]
        return _take(visit, run, answers, item, declined(visit, item, text) or engine.Typed(text))

    return _in_run(visit, run_id, take)


def said(visit: Visit, argument: str, sent: Sent) -> Reply | None:
    """A recording while a question is on the screen; None where it asks for no words."""
    run_id, index, *_ = argument.split(":")
    run = _run(visit, run_id)
    if run is None or sent.kind != "voice" or run.questionnaire.items[whole(index)].kind is not Kind.TEXT:
        return None

    def take(run: Run, answers: Answers) -> Reply:
        item = run.questionnaire.items[whole(index)]
        if item not in engine.path(run.questionnaire, answers):
            return _where(visit, run, answers)
        if sent.too_long:
            return _show(visit, run, answers, item, visit.words.VOICE_TOO_LONG)
        reply = _take(visit, run, answers, item, engine.Typed(spoken_words(sent.seconds)))
        voices.answered(visit.connection, run.id, item.id, receive(visit, sent))
        return replace(reply, due=True)

    return _in_run(visit, run_id, take)


def typed_at_summary(visit: Visit, run_id: str, _text: str) -> Reply | None:
    """A message where only buttons help: the summary again, below it."""
    return _in_run(visit, run_id, lambda run, answers: _where(visit, run, answers, visit.words.NOT_UNDERSTOOD))


def back(visit: Visit, run_id: str, index: str) -> Reply | None:
    """»‹ Nazaj«: the question before, with its answer."""
    return _turn_page(visit, run_id, index, engine.back)


def forward(visit: Visit, run_id: str, index: str) -> Reply | None:
    """»Naprej ›« on an answered question."""
    return _turn_page(visit, run_id, index, engine.forward)


def hand_in(visit: Visit, run_id: str, revision: str) -> Reply | None:
    """»Oddaj odgovore«: the run is finished, once."""
    seen = whole(revision)

    def take(run: Run, answers: Answers) -> Reply:
        if seen != run.revision or engine.current(run.questionnaire, answers) is not None:
            return _where(visit, run, answers).toasted(visit.words.WHERE_YOU_ARE)
        complete(visit, run, answers)
        return _thanks(visit, replace(run, finished_at=visit.now))

    return _in_run(visit, run_id, take)


def complete(visit: Visit, run: Run, answers: Answers) -> None:
    """Store what finishing adds, and end the occasion."""
    added = engine.close(run.questionnaire, answers)
    if added:
        runs.store(visit.connection, visit.house.keys, run.id, added, _actor(visit, run), _moment(visit, run))
    runs.finish(visit.connection, run.id, _moment(visit, run))
    occasions.settle(visit.connection, run.occasion, OccasionState.COMPLETE, visit.now)


def where(visit: Visit, run: Run) -> Reply:
    """The open question of a run, or why none is."""
    if not run.open:
        return _closed(visit, run.state)
    return _where(visit, run, runs.answers(visit.connection, visit.house.keys, run.id))


def draw(visit: Visit, argument: str) -> Screen:
    """The card of `question:RUN:INDEX` again, or of `question:RUN:INDEX:TIMES` after it was heard so often."""
    run_id, index, *heard = argument.split(":")
    run = _loaded(visit, run_id)
    if run is None or not run.open:
        return closed_screen(visit.words, OccasionState.COMPLETE if run is None else run.state)
    answers = runs.answers(visit.connection, visit.house.keys, run.id)
    item = run.questionnaire.items[whole(index)]
    if item not in engine.path(run.questionnaire, answers):
        return _where(visit, run, answers).card
    return _card(visit, run, answers, item, times=whole(heard[0]) if heard else 0)


def draw_summary(visit: Visit, run_id: str) -> Screen:
    """The card of `summary:RUN` again."""
    run = _loaded(visit, run_id)
    if run is None or not run.open:
        return closed_screen(visit.words, OccasionState.COMPLETE if run is None else run.state)
    answers = runs.answers(visit.connection, visit.house.keys, run.id)
    return _summary(visit, run, answers)


def draw_closed(visit: Visit, state: str) -> Screen:
    """The card of `closed:STATE` again."""
    return closed_screen(visit.words, OccasionState(state))


def draw_thanks(visit: Visit, run_id: str) -> Screen:
    """The card of `thanks:RUN` again."""
    run = _loaded(visit, run_id)
    return closed_screen(visit.words, OccasionState.COMPLETE) if run is None else _thanks(visit, run).card


def closed_screen(words: Participant, state: OccasionState) -> Screen:
    """Why no more answers are taken."""
    return Screen(words.ALREADY_FINISHED if state is OccasionState.COMPLETE else words.CLOSED)


def _in_run(visit: Visit, run_id: str, step: Step) -> Reply | None:
    """A step in a run that takes answers, else why it takes none; None where it is not for whoever is here."""
    run = _run(visit, run_id)
    if run is None:
        return None
    if not run.open:
        return _closed(visit, run.state)
    return step(run, runs.answers(visit.connection, visit.house.keys, run.id))


def _closed(visit: Visit, state: OccasionState) -> Reply:
    return Reply(closed_screen(visit.words, state), f"closed:{state}", fresh=visit.typed)


def _take(visit: Visit, run: Run, answers: Answers, item: Item, reply: engine.Reply) -> Reply:
    match engine.answer(run.questionnaire, answers, item.id, reply, finished=not run.open):
        case engine.Accepted(changes):
            revision = runs.store(
                visit.connection,
                visit.house.keys,
                run.id,
                changes,
                _actor(visit, run),
                _moment(visit, run),
                held=answers,
            )
            now_holds, moved = {**answers, **changes}, replace(run, revision=revision)
            if now_holds[item.id].draft:
                return _show(visit, moved, now_holds, item)
            return _where(visit, moved, now_holds).toasted(visit.words.SAVED)
        case engine.Invalid(problem, wrong):
            note = visit.words.problem(problem, wrong)
            return _show(visit, run, answers, wrong, note).toasted(note)
        case engine.Stale() | engine.Finished():
            return _where(visit, run, answers).toasted(visit.words.WHERE_YOU_ARE)
        case outcome:
            assert_never(outcome)


def _where(visit: Visit, run: Run, answers: Answers, note: str = "") -> Reply:
    """The open question, or the summary when none is open."""
    item = engine.current(run.questionnaire, answers)
    if item is not None:
        return _show(visit, run, answers, item, note)
    return Reply(_summary(visit, run, answers, note), f"summary:{run.id}", fresh=visit.typed)


def _show(visit: Visit, run: Run, answers: Answers, item: Item, note: str = "") -> Reply:
    card = _card(visit, run, answers, item, note)
    return Reply(card, f"question:{run.id}:{run.questionnaire.items.index(item)}", fresh=visit.typed)


def _summary(visit: Visit, run: Run, answers: Answers, note: str = "") -> Screen:
    note = _for_whom(visit, run, note)
    card = cards.summary(visit.words, run.questionnaire, answers, run.id, run.revision, note)
    return _with_ways_out(visit, run, card)


def _card(visit: Visit, run: Run, answers: Answers, item: Item, note: str = "", times: int = 0) -> Screen:
    told = [_for_whom(visit, run, note), visit.words.UNTRANSLATED if untranslated(run, item.id) else ""]
    above = "\n".join(filter(None, told))
    card = cards.question(visit.words, run.questionnaire, answers, item, run.id, run.revision, above)
    return _with_ways_out(visit, run, aloud.offered(visit, run, item, card, times))


def _with_ways_out(visit: Visit, run: Run, card: Screen) -> Screen:
    """To another person of the same chat; in a kiosk one leaves the place to the next."""
    if visit.kiosk is None:
        return sharing.with_switch(visit, run, card)
    return replace(card, rows=(*card.rows, *column(Button(visit.words.KIOSK_LEAVE, f"kid:{run.id}"))))


def _turn_page(visit: Visit, run_id: str, index: str, turn: Callable[..., Item | None]) -> Reply | None:
    place = whole(index)

    def show(run: Run, answers: Answers) -> Reply:
        items = run.questionnaire.items
        if place > len(items):
            return _where(visit, run, answers)
        item = turn(run.questionnaire, answers, items[place].id if place < len(items) else None)
        return _where(visit, run, answers) if item is None else _show(visit, run, answers, item)

    return _in_run(visit, run_id, show)


def _begin(visit: Visit, occasion: Occasion) -> Run:
    programme = visit.house.programmes[occasion.programme]
    wave = programme.wave(occasion.wave)
    if wave is None:
        raise LookupError(f"programme {programme.slug} has no wave {occasion.wave} any more")
    version = store_version(visit.connection, programme.questionnaire(wave), programme, visit.now)
    return runs.begin(visit.connection, occasion.id, version, _mode(visit, occasion), visit.now)


def _mode(visit: Visit, occasion: Occasion) -> Mode:
    if not _by_own_hand(visit, occasion.chat):
        return Mode.ASSISTED
    return Mode.PROXY if visit.house.programmes[occasion.programme].answered_for_child else Mode.SELF


def _run(visit: Visit, run_id: str) -> Run | None:
    """The run, if whoever is here may answer it."""
    run = runs.lock(visit.connection, whole(run_id))
    if run is None or not roles.may_answer(visit, run.programme, run.chat):
        return None
    of_paper = run.mode is Mode.PAPER
    if run.open and run.mode is not Mode.ASSISTED and _by_own_hand(visit, run.chat) is of_paper:
        runs.set_mode(visit.connection, run.id, Mode.ASSISTED)
        run = replace(run, mode=Mode.ASSISTED)
    return spoken(run)


def _moment(visit: Visit, run: Run) -> datetime:
    """When an answer counts as given: from paper on the day that stands on it."""
    return run.started_at if run.mode is Mode.PAPER else visit.now


def _loaded(visit: Visit, run_id: str) -> Run | None:
    run = runs.load(visit.connection, whole(run_id))
    return None if run is None else spoken(run)


def _actor(visit: Visit, run: Run) -> str:
    return f"participant:{run.code}" if _by_own_hand(visit, run.chat) else roles.actor(visit)


def _by_own_hand(visit: Visit, chat: bytes | None) -> bool:
    """Whether whoever is asked answers alone: in their own chat, or in a kiosk."""
    return chat == visit.chat or visit.kiosk is not None


def _for_whom(visit: Visit, run: Run, note: str) -> str:
    """The note below what says for whom the card is: always to a librarian, and to people who share a chat."""
    if visit.kiosk is not None:
        whom = visit.words.IN_KIOSK  # others may look on
    elif run.chat == visit.chat:
        whom = sharing.for_whom(visit.house, visit.words, run)
    else:
        whom = visit.words.answering_for(run.code)
    return "\n".join(filter(None, (whom, note)))


def _thanks(visit: Visit, run: Run) -> Reply:
    if run.chat != visit.chat:
        rows = column(Button(staff.NEXT_PERSON, "izpo"), Button(staff.DESK, "desk"))
        return Reply(Screen(staff.assisted_thanks(run.code), rows), f"thanks:{run.id}")
    invitation, others = stories.invitation(visit, run), sharing.besides(visit, run)
    told = (
        visit.words.THANKS,
        safe(run.questionnaire.thanks),
        visit.words.stories.INVITED if invitation else "",
        visit.words.sharing.answer_next(sharing.lines(visit, others)) if others else "",
    )
    rows = column(*filter(None, (invitation, *sharing.buttons(visit, others), receipt.button(visit))))
    screen = Screen("\n\n".join(part for part in told if part), rows)
    return Reply(sharing.headed(visit.house, visit.words, run, screen), f"thanks:{run.id}")


def read_key(key: str) -> engine.Reply | None:
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


def declined(visit: Visit, item: Item, text: str) -> engine.Declined | None:
    """»ne vem« typed counts as the button, where the item offers it."""
    said = text.strip().rstrip(".!").casefold()
    for one in engine.allowed(item):
        if said == visit.words.NON_ANSWERS[one].casefold():
            return engine.Declined(one)
    return None
