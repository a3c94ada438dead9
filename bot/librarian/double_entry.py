"""»Drugi vnos«: a questionnaire from paper is entered once more, and where both differ one of them is chosen."""

from __future__ import annotations

from dataclasses import replace

from bot.actions import assistance as actions
from bot.actions import librarian
from bot.actions.assistance import Entry
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.librarian import entry_differences, person
from bot.participant import question_cards, replies
from bot.staff import staff_home
from bot.texts import paper as texts
from bot.texts.common import safe
from bot.views import assistance as views
from storage import audit
from storage.answers import double_entry, responses
from storage.answers.double_entry import SecondEntry
from storage.answers.responses import Response
from surveys import engine
from surveys.model import Item, Mode

_ASKS = question_cards.Asks(
    actions.answer_twice,
    actions.back_in_second_entry,
    actions.on_in_second_entry,
    actions.finish_second_entry,
    actions.change_second_entry,
)


def begin(request: Request, response_id: int) -> Reply | None:
    """»Drugi vnos«: begun, or where it stopped."""
    response = _response(request, response_id)
    if response is None:
        return None
    if double_entry.find(request.connection, request.services.keys, response.id) is None:
        double_entry.begin(
            request.connection, request.services.keys, response.id, request.now, permissions.actor(request)
        )
        audit.record(request.connection, permissions.actor(request), "paper.second", response.code, request.now)
    return _where(request, response, _begun(request, response))


def tap(request: Request, response_id: int, index: int, revision: int, key: str) -> Reply | None:
    """A tap on a card of the second entry; one of an earlier revision changes nothing."""
    found = _entry(request, response_id)
    if found is None:
        return None
    response, second = found
    said = replies.tapped(response.questionnaire, second.revision, index, revision, key)
    if said is None or second.finished_at is not None:
        return _where(request, response, second).toasted(request.words.WHERE_YOU_ARE)
    return _take(request, response, second, *said)


def typed(request: Request, text: str, response_id: int, index: int | None = None) -> Reply | None:
    """A message while a question of the second entry is on the screen."""
    found = _entry(request, response_id)
    if found is None:
        return None
    response, second = found
    if second.finished_at is not None or index is None:
        return _where(request, response, second)
    item = response.questionnaire.items[index]
    return _take(request, response, second, item, replies.typed(request, response, item, text), told=True)


def back(request: Request, response_id: int, index: int) -> Reply | None:
    """»‹ Nazaj«: the question before."""
    return _turn_page(request, response_id, index, engine.back)


def forward(request: Request, response_id: int, index: int) -> Reply | None:
    """»Naprej ›« on an answered question."""
    return _turn_page(request, response_id, index, engine.forward)


def change(request: Request, response_id: int, index: int) -> Reply | None:
    """An answer of the summary was tapped: its question."""
    return _turn_page(request, response_id, index, engine.reached)


def hand_in(request: Request, response_id: int, revision: int) -> Reply | None:
    """The second entry is done: where it differs comes next."""
    found = _entry(request, response_id)
    if found is None:
        return None
    response, second = found
    is_open = engine.current(response.questionnaire, second.answers) is not None
    if revision != second.revision or second.finished_at is not None or is_open:
        return _where(request, response, second).toasted(request.words.WHERE_YOU_ARE)
    added = engine.close(response.questionnaire, second.answers)
    double_entry.store(request.connection, request.services.keys, second, added)
    double_entry.finish(request.connection, response.id, request.now)
    return _again(request, response)


def choose(request: Request, response_id: int, index: int, revision: int, entry: Entry) -> Reply | None:
    """Of an answer that was entered in two ways, one is what stands on paper."""
    found = _entry(request, response_id)
    if found is None:
        return None
    response, second = found
    first = responses.answers(request.connection, request.services.keys, response.id)
    left = double_entry.differing(response.questionnaire, first, second.answers)
    items = response.questionnaire.items
    if revision != second.revision or second.finished_at is None or index >= len(items) or items[index] not in left:
        return _where(request, response, second).toasted(request.words.WHERE_YOU_ARE)
    item = items[index].id
    if entry is Entry.SECOND:
        said = {item: second.answers.get(item, engine.NOT_ASKED)}
        actor = permissions.actor(request)
        responses.store(request.connection, request.services.keys, response.id, said, actor, response.started_at)
        double_entry.store(request.connection, request.services.keys, second, {})
    else:
        kept = {item: first.get(item, engine.NOT_ASKED)}
        double_entry.store(request.connection, request.services.keys, second, kept)
    return _again(request, response)


def draw(request: Request, response_id: int, index: int | None = None) -> Screen:
    """A question of the second entry; without one the summary, or the next difference."""
    response = _response(request, response_id)
    second = None if response is None else double_entry.look(request.connection, request.services.keys, response.id)
    if response is None or second is None:
        return Screen(texts.NOTHING_TO_TYPE, column(staff_home.to_desk()))
    item = None if index is None else response.questionnaire.items[index]
    if second.finished_at is None and item in engine.path(response.questionnaire, second.answers):
        return _card(request, response, second, item)
    return _screen(request, response, second)


def _response(request: Request, response_id: int) -> Response | None:
    """The finished response from paper, where whoever is here may enter it once more."""
    response = responses.lock(request.connection, response_id)
    if response is None or response.mode is not Mode.PAPER or response.finished_at is None:
        return None
    if (
        not permissions.may(request, Permission.ASSIST, response.programme)
        or person.here(request, response.enrolment) is None
    ):
        return None
    return response


def _entry(request: Request, response_id: int) -> tuple[Response, SecondEntry] | None:
    """A response from paper with its second entry, where that was begun."""
    response = _response(request, response_id)
    second = None if response is None else double_entry.find(request.connection, request.services.keys, response.id)
    return None if response is None or second is None else (response, second)


def _begun(request: Request, response: Response) -> SecondEntry:
    second = double_entry.find(request.connection, request.services.keys, response.id)
    if second is None:
        raise LookupError("the second entry is gone")
    return second


def _take(
    request: Request, response: Response, second: SecondEntry, item: Item, reply: engine.Reply, *, told: bool = False
) -> Reply:
    outcome = engine.answer(response.questionnaire, second.answers, item.id, reply)
    if isinstance(outcome, engine.Invalid):
        note = request.words.problem(outcome.problem, outcome.item, outcome.meant)
        return _show(request, response, second, outcome.item, note)
    if not isinstance(outcome, engine.Accepted):
        return _where(request, response, second).toasted(request.words.WHERE_YOU_ARE)
    double_entry.store(request.connection, request.services.keys, second, outcome.changes)
    now_holds = replace(second, answers={**second.answers, **outcome.changes}, revision=second.revision + 1)
    if now_holds.answers[item.id].draft:
        return _show(request, response, now_holds, item)
    note = question_cards.saved(request.words, item, now_holds.answers[item.id]) if told else ""
    return _where(request, response, now_holds, note).toasted(request.words.SAVED)


def _turn_page(request: Request, response_id: int, index: int, way: replies.Way) -> Reply | None:
    found = _entry(request, response_id)
    if found is None:
        return None
    response, second = found
    led = replies.led(response.questionnaire, second.answers, index, way) if second.finished_at is None else None
    return _where(request, response, second) if led is None else _show(request, response, second, led)


def _again(request: Request, response: Response) -> Reply:
    """After a step that may have been the last: settled where nothing differs any more."""
    second = _begun(request, response)
    first = responses.answers(request.connection, request.services.keys, response.id)
    if not double_entry.differing(response.questionnaire, first, second.answers):
        double_entry.settle(request.connection, response.id, request.now)
        audit.record(request.connection, permissions.actor(request), "paper.settle", response.code, request.now)
        second = replace(second, settled_at=request.now)
    return _where(request, response, second)


def _where(request: Request, response: Response, second: SecondEntry, note: str = "") -> Reply:
    item = engine.current(response.questionnaire, second.answers)
    if item is not None and second.finished_at is None:
        return _show(request, response, second, item, note)
    return Reply(_screen(request, response, second), views.second(response.id))


def _show(request: Request, response: Response, second: SecondEntry, item: Item, note: str = "") -> Reply:
    index = response.questionnaire.place(item)
    return Reply(_card(request, response, second, item, note), views.second(response.id, index))


def _card(request: Request, response: Response, second: SecondEntry, item: Item, note: str = "") -> Screen:
    note = "\n".join(filter(None, (texts.second_of(response.code), note)))
    return question_cards.question(
        request.words, response.questionnaire, second.answers, item, response.id, second.revision, note, asks=_ASKS
    )


def _screen(request: Request, response: Response, second: SecondEntry) -> Screen:
    """The open question or the summary; then the next difference; then that there is none."""
    if second.finished_at is None:
        item = engine.current(response.questionnaire, second.answers)
        if item is not None:
            return _card(request, response, second, item)
        note = texts.second_of(response.code)
        return question_cards.summary(
            request.words, response.questionnaire, second.answers, response.id, second.revision, note, asks=_ASKS
        )
    first = responses.answers(request.connection, request.services.keys, response.id)
    left = double_entry.differing(response.questionnaire, first, second.answers)
    if not left:
        enrolment = person.here(request, response.enrolment)
        others = () if enrolment is None else entry_differences.button(request, enrolment.cohort, enrolment.programme)
        rows = column(*others, Button(texts.TO_PERSON, librarian.show_person(response.enrolment)), staff_home.to_desk())
        return Screen(texts.settled(response.code), rows)
    item = left[0]
    said = [
        question_cards.shown(request.words, item, answers.get(item.id, engine.NOT_ASKED))
        for answers in (first, second.answers)
    ]
    ways = ((texts.FIRST_HOLDS, Entry.FIRST), (texts.SECOND_HOLDS, Entry.SECOND))
    index = response.questionnaire.place(item)
    rows = column(
        *(Button(words, actions.settle_difference(response.id, index, second.revision, entry)) for words, entry in ways)
    )
    return Screen(texts.difference(response.code, len(left), safe(item.text), safe(said[0]), safe(said[1])), rows)
