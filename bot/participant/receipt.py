"""»Moji odgovori«: what one answered, question by question in words, at any time. One page at least a questionnaire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from bot.actions import participant as actions
from bot.conversation import paging
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.participant import corrections, own_change, question_cards, shared_phone
from bot.participant.localised import spoken
from bot.views import participant as views
from storage import occasions, participants
from storage.answers import responses
from storage.answers.responses import Response
from surveys import engine
from surveys.languages import group_name
from surveys.locale_sl import day
from surveys.model import Answer, Item

_LONGEST = 3000  # UTF-16 units of questions and answers on a page: Telegram's limit with room for the title


def show(request: Request, page: int = 1) -> Reply:
    """»Moji odgovori«, and its pages."""
    return Reply(draw(request, page), views.receipt(page))


def draw(request: Request, page: int) -> Screen:
    """A page of it."""
    pages = _pages(request)
    home = column(Button(request.words.HOME, actions.go_home()))
    if not pages:
        return Screen(request.words.wishes.NO_ANSWERS, home)
    shown = paging.turned(pages, page, 1)
    head = f"<b>{request.words.wishes.MY_ANSWERS}</b>"
    words = "\n\n".join(part for part in (head, shown.words, *shown.shown) if part)
    return Screen(
        words,
        (*shown.arrows(actions.show_own_answers), *own_change.buttons(request), *corrections.buttons(request), *home),
    )


def said(response: Response, answers: Mapping[str, Answer]) -> list[tuple[Item, Answer]]:
    """The questions of a response that somebody answered, in their order; /moji_podatki counts and lists the same."""
    return [
        (item, answers[item.id]) for item in response.questionnaire.items if engine.is_said(item, answers.get(item.id))
    ]


def _pages(request: Request) -> list[str]:
    pages = []
    for enrolment in participants.of_chat(request.connection, request.chat):
        for one in occasions.of_enrolment(request.connection, enrolment.id):
            response = responses.of_occasion(request.connection, one.id)
            if response is not None:
                pages.extend(_of_run(request, spoken(response)))
    return pages


def _of_run(request: Request, response: Response) -> list[str]:
    """The pages of one questionnaire; none where nothing is answered."""
    answers = responses.answers(request.connection, request.services.keys, response.id)
    told = (
        request.words.wishes.answer(number, item.text, question_cards.shown(request.words, item, stored))
        for number, (item, stored) in enumerate(said(response, answers), 1)
    )
    group = group_name(request.services.programmes[response.programme], response.language)
    title = request.words.wishes.answers_title(
        response.questionnaire.title, group, response.code, when(request, response)
    )
    whom = shared_phone.for_whom(request.services, request.words, response)
    title = f"<i>{whom}</i>\n{title}" if whom else title
    return ["\n\n".join(chain([title], entries)) for entries in _fitting(told)]


def when(request: Request, response: Response) -> str:
    """Since when the answers of a response stand."""
    if response.finished_at is None:
        return request.words.wishes.NOT_YET if response.open else request.words.wishes.NOT_HANDED_IN
    return request.words.wishes.saved(day(response.finished_at.astimezone(request.services.policy.zone).date()))


def _fitting(entries: Iterable[str]) -> Iterator[list[str]]:
    """As many entries a page as Telegram takes; tags and entities count too, so that a page is rather too short."""
    page: list[str] = []
    filled = 0
    for entry in entries:
        length = len(entry.encode("utf-16-le")) // 2
        if page and filled + length > _LONGEST:
            yield page
            page, filled = [], 0
        page.append(entry)
        filled += length
    if page:
        yield page
