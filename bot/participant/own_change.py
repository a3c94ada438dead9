"""What somebody said at the beginning and says now: shown in their own words to them alone, if they want it.

Drawn from what is stored, and stored nowhere. Never graded, never beside anybody else (docs/decisions/own-change.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.actions import participant as actions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Rows, Screen, column
from bot.participant import own_answers, shared_phone
from bot.participant.localised import spoken
from bot.views import participant as views
from storage import participants
from storage.answers import responses
from storage.answers.responses import Response
from storage.schema import EnrolmentState
from surveys.locale_sl import day
from surveys.model import ORDERED, Answer, Item

_ABOUT_THE_PROGRAMME = ("primary", "programme", "own")  # in this order; the common core is not brought up again
_MOST = 4
_END = "after"


@dataclass(frozen=True, slots=True)
class _Moment:
    """One questionnaire of the person."""

    wave: str
    response: Response
    answers: Mapping[str, Answer]


def button(request: Request, response: Response) -> Button | None:
    """The button that leads here; None where nothing was asked twice, or somebody else may look on."""
    if not _is_for(request, response) or not any(_told(request, response)):
        return None
    return Button(request.words.wishes.OWN_CHANGE, actions.show_own_change(response.id))


def buttons(request: Request) -> Rows:
    """The same wherever somebody comes back to, for what was handed in last; nothing where several share the chat."""
    enrolments = participants.of_chat(request.connection, request.chat)
    taking_part = (one for one in enrolments if one.state is EnrolmentState.ACTIVE and not one.waits)
    found = chain.from_iterable(responses.of_enrolment(request.connection, one.id) for one in taking_part)
    handed_in = [
        (response.finished_at, response)
        for response in found
        if response.finished_at is not None and not response.shared
    ]
    last = max(handed_in, key=lambda one: one[0], default=None)
    own = None if last is None else button(request, last[1])
    return () if own is None else column(own)


def show(request: Request, response_id: int) -> Reply | None:
    """»Na začetku in zdaj«; from the card of another person of the same phone nothing is shown."""
    response = responses.load(request.connection, response_id)
    if response is None or response.chat != request.chat:
        return None
    here = (views.thanks(response.id), views.own_change(response.id))
    if not _is_for(request, response) or (response.shared and request.view not in here):
        return Reply.again(request.view or views.home()).toasted(request.words.OLD_BUTTON)
    return Reply(_card(request, response), views.own_change(response.id))


def draw(request: Request, response_id: int) -> Screen:
    """The same again."""
    response = responses.load(request.connection, response_id)
    if response is None or not _is_for(request, response):
        return Screen(request.words.OLD_BUTTON, column(Button(request.words.HOME, actions.go_home())))
    return _card(request, response)


def _card(request: Request, response: Response) -> Screen:
    words, child = request.words.wishes, _child(request, response)
    told = list(_told(request, response))
    text = "\n\n".join([words.then_and_now_title(child=child), *told, words.then_and_now_about(child=child)])
    rows = column(own_answers.answers(request), Button(request.words.BACK, actions.back_to_thanks(response.id)))
    return shared_phone.headed(request.services, request.words, response, Screen(text, rows, protect=True))


def _is_for(request: Request, response: Response) -> bool:
    """Whether the person is here alone: on their own phone, taking part, with this questionnaire handed in."""
    handed_in = response.finished_at is not None and response.reopened_at is None
    takes_part = (
        response.enrolment_state is EnrolmentState.ACTIVE and not response.waits
    )  # nothing is shown to a comparison
    return response.chat == request.chat and request.kiosk is None and handed_in and takes_part


def _told(request: Request, response: Response) -> Iterator[str]:
    """What was said each time to one question after the other, the primary one first."""
    moments = [
        _Moment(wave, one, responses.answers(request.connection, request.services.keys, one.id))
        for wave, one in responses.answered_until(request.connection, response)
    ]
    if len(moments) < 2 or moments[-1].response.id != response.id:  # noqa: PLR2004 - a beginning and now
        return
    asked = spoken(moments[-1].response).questionnaire
    found = [(item, said) for item in _in_order(asked.items) if (said := _said(request, item, moments))]
    for item, said in found[:_MOST]:
        yield request.words.wishes.then_and_now(item.text, said)


def _in_order(items: Sequence[Item]) -> list[Item]:
    kept = (one for one in items if one.kind in ORDERED and one.role in _ABOUT_THE_PROGRAMME)
    return sorted(kept, key=lambda one: _ABOUT_THE_PROGRAMME.index(one.role))


def _said(request: Request, item: Item, moments: Sequence[_Moment]) -> list[tuple[str, str]]:
    """At which moment what was said, in the words of today; nothing unless at the beginning and now."""
    first, *between, now = moments
    kept = [first, *(one for one in between if one.wave == _END), now]
    words = request.words.wishes
    names = (_beginning(request, first), *[words.AT_THE_END] * (len(kept) - 2), words.NOW)
    said = [(name, label) for name, one in zip(names, kept, strict=True) if (label := _label(item, one, now))]
    return said if {names[0], names[-1]} <= {name for name, _ in said} else []


def _beginning(request: Request, first: _Moment) -> str:
    """»Na začetku«; with the day for who answered that while waiting, and has said it more than once."""
    words, finished = request.words.wishes.AT_THE_BEGINNING, first.response.finished_at
    if not first.response.waits or finished is None:
        return words
    return f"{words} ({day(finished.astimezone(request.services.policy.zone).date())})"


def _label(item: Item, moment: _Moment, now: _Moment) -> str:
    """The answer in words; "" where there is none, or the question was another one then."""
    given = moment.answers.get(item.id)
    choice = None if given is None or given.value is None else item.choice(given.value)
    same = _wording(moment.response, item.id) == _wording(now.response, item.id)
    return "" if choice is None or not same else choice.label


def _wording(response: Response, item_id: str) -> tuple[str, list[tuple[int, str]]] | None:
    """What a question of a run says in Slovenian, which is what is compared over the versions of a questionnaire."""
    item = response.questionnaire.item(item_id)
    return None if item is None else (item.text, [(one.code, one.label) for one in item.choices])


def _child(request: Request, response: Response) -> bool:
    return request.services.programmes[response.programme].answered_for_child
