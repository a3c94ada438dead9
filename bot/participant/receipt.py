"""»Moji odgovori«: what one answered, question by question in words, at any time. One page at least a questionnaire."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from bot.librarian import paging
from bot.participant import cards, sharing
from bot.participant.spoken import spoken
from bot.screens import Button, Reply, Screen, column
from bot.visit import Visit
from reports.slovenian import day
from storage import occasions, participants, runs
from storage.runs import Run
from surveys.languages import group_name
from surveys.model import Answer, Item, NonAnswer

_LONGEST = 3000  # UTF-16 units of questions and answers on a page: Telegram's limit with room for the title


def show(visit: Visit, page: str = "1") -> Reply:
    """»Moji odgovori«, and its pages."""
    return Reply(draw(visit, page), f"receipt:{page}", fresh=visit.typed)


def button(visit: Visit) -> Button:
    """The button that leads here."""
    return Button(visit.words.wishes.MY_ANSWERS, "mo")


def draw(visit: Visit, number: str) -> Screen:
    """The card of `receipt:PAGE`."""
    pages = _pages(visit)
    home = column(Button(visit.words.HOME, "home"))
    if not pages:
        return Screen(visit.words.wishes.NO_ANSWERS, home)
    page = paging.turned(pages, number, 1)
    head = f"<b>{visit.words.wishes.MY_ANSWERS}</b>"
    words = "\n\n".join(part for part in (head, page.words, *page.shown) if part)
    return Screen(words, (*page.arrows("mo"), *home))


def _pages(visit: Visit) -> list[str]:
    pages = []
    for place in participants.of_chat(visit.connection, visit.chat):
        for one in occasions.of_enrolment(visit.connection, place.enrolment):
            run = runs.of_occasion(visit.connection, one.id)
            if run is not None:
                pages.extend(_of_run(visit, spoken(run)))
    return pages


def _of_run(visit: Visit, run: Run) -> list[str]:
    """The pages of one questionnaire; none where nothing is answered."""
    answers = runs.answers(visit.connection, visit.house.keys, run.id)
    said = [(item, answers[item.id]) for item in run.questionnaire.items if _is_said(item, answers.get(item.id))]
    group = group_name(visit.house.programmes[run.programme], run.language)
    title = visit.words.wishes.answers_title(run.questionnaire.title, group, run.code, _when(visit, run))
    whom = sharing.for_whom(visit.house, visit.words, run)
    title = f"<i>{whom}</i>\n{title}" if whom else title
    told = (
        visit.words.wishes.answer(number, item.text, cards.shown(visit.words, item, stored))
        for number, (item, stored) in enumerate(said, 1)
    )
    return ["\n\n".join(chain([title], entries)) for entries in _fitting(told)]


def _is_said(item: Item, stored: Answer | None) -> bool:
    return item.asks and stored is not None and not stored.draft and stored.non_answer is not NonAnswer.NOT_ASKED


def _when(visit: Visit, run: Run) -> str:
    if run.finished_at is None:
        return visit.words.wishes.NOT_YET if run.open else visit.words.wishes.NOT_HANDED_IN
    return visit.words.wishes.saved(day(run.finished_at.astimezone(visit.house.rhythm.zone).date()))


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
