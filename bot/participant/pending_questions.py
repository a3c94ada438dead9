"""Questions that stand until they are answered: consent, a name on a shared phone, whether words are an answer.

A chat keeps their views, the newest first, so that whatever is typed or opened meanwhile, they come again below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.actions import participant as actions
from bot.conversation.declared import View
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Rows, Screen
from bot.participant import shared_phone
from bot.views import participant as views
from storage import access_links, participants
from storage.answers import responses
from storage.schema import EnrolmentState

REFUSED = (views.declined, views.no_guardian)  # they stand no longer; the mind may still be changed
_ABOUT_LINKS = (views.welcome, views.which, views.guardian, views.moving, *REFUSED)  # each begins with an enrolment
_WORDS, _NAME, _LINK = "words", "name", "link"  # what a question can be about
_MOST = 4  # of them at once, so that they fit the column
_SAID = (
    *(views.privacy, views.help_, views.nothing_to_stop, views.nothing_held, views.stopped, views.joined),
    *REFUSED,
)  # screens from which nothing leads on


def ask(request: Request, view: str) -> str:
    """What stands from now on: this question, in place of an earlier one of the same matter, above the others."""
    return " ".join((view, *_others(request, view))[:_MOST])


def settled(request: Request, view: str, go_on: Callable[[Request], Reply]) -> Reply:
    """What comes after a question that is answered, or not asked any more."""
    left = " ".join(_others(request, view))
    reply = go_on(replace(request, asked=left))
    return reply if reply.asked is not None else replace(reply, asked=left)


def first(request: Request) -> tuple[str, str | None]:
    """The newest question that still stands ("": none), and what is left of all where some do not hold any more."""
    if not request.asked:
        return "", None
    held = [view for view in request.asked.split() if _holds(request, view)]
    left = " ".join(held)
    return next((view for view in held if not _is_one_of(view, REFUSED)), ""), None if left == request.asked else left


def refused(request: Request) -> list[str]:
    """The views of consents that were not given, while their links hold, the newest first."""
    return [view for view in request.asked.split() if _is_one_of(view, REFUSED) and _holds(request, view)]


def stands(request: Request, view: str) -> bool:
    """Whether this very question is still asked."""
    return view in request.asked.split()


def links(request: Request) -> list[int]:
    """The enrolments whose links wait for a decision here, or were refused."""
    matters = (_matter(view) for view in request.asked.split())
    return [enrolment_id for matter, enrolment_id in matters if matter == _LINK]


def enrolment_of(view: str) -> int:
    """Whose link a question is about; 0 for any other."""
    found = (one.arguments_of(view) for one in _ABOUT_LINKS if one.is_name_of(view))
    return next((arguments[0] for arguments in found if arguments is not None), 0)


def about_words(asked: str) -> bool:
    """Whether one of the questions is about words that somebody typed."""
    return any(views.meant.is_name_of(view) for view in asked.split())


def below(request: Request, reply: Reply) -> Reply:
    """The reply, with the question that stands below it where nothing else leads on."""
    asked = request.asked if reply.asked is None else reply.asked
    if not asked or request.kiosk is not None or reply.kiosk:
        return reply
    if reply.redrawn or not _is_one_of(reply.view, _SAID):
        return reply
    view, left = first(replace(request, asked=asked))
    if not view:
        return replace(reply, asked=reply.asked if left is None else left)
    said = Screen(f"{reply.card.text}\n\n<i>{request.words.talk.BELOW}</i>", without_home(reply.card.rows))
    again = replace(Reply.again(view), asked=reply.asked if left is None else left)
    return replace(again, extras=(*reply.extras, said), toast=reply.toast, due=reply.due, erased=reply.erased)


def without_home(rows: Rows) -> Rows:
    """The rows without the button that leads to the start."""

    def leads_home(row: tuple[Button, ...]) -> bool:
        return all(button.action == actions.go_home() for button in row)

    return tuple(row for row in rows if not leads_home(row))


def _others(request: Request, view: str) -> list[str]:
    return [one for one in request.asked.split() if _matter(one) != _matter(view)]


def _matter(view: str) -> tuple[str, int]:
    """What a question is about: words, or a name or a link of an enrolment."""
    if views.meant.is_name_of(view):
        return _WORDS, 0
    named = views.name.arguments_of(view)
    return (_LINK, enrolment_of(view)) if named is None else (_NAME, named[1])


def _holds(request: Request, view: str) -> bool:
    """Whether the question still has a sense."""
    asked, named = views.meant.arguments_of(view), views.name.arguments_of(view)
    if asked is not None:
        response = responses.load(request.connection, asked[0])
        is_open = response is not None and response.at(request.now).open
        return response is not None and is_open and response.revision == asked[2] and request.said is not None
    if named is not None:
        here = shared_phone.everybody(request)
        return any(one.active and not one.named and named[0] in one.participants for one in here)
    enrolment = participants.of_enrolment(request.connection, enrolment_of(view))
    if enrolment is None or (enrolment.state is EnrolmentState.ACTIVE and enrolment.chat == request.chat):
        return False
    return access_links.open_token(request.connection, request.services.keys, enrolment.id, request.now) is not None


def _is_one_of(view: str, of: Iterable[View[...]]) -> bool:
    return any(one.is_name_of(view) for one in of)
