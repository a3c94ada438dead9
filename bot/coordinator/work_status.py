"""/stanje: a few numbers on how the work goes, straight from storage. Holds no answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.actions import coordinator as actions
from bot.actions import librarian
from bot.conversation import permissions
from bot.conversation.permissions import Permission
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.staff import staff_home
from bot.texts import reports as report_texts
from bot.texts import staff as texts
from bot.texts import story_desk as story_texts
from bot.views import coordinator as views
from storage import calls, cohort_overview, stories
from surveys.model import Programme
from surveys.weeks import week_of

_AHEAD = timedelta(days=7)


def show(request: Request) -> Reply:
    """/stanje."""
    if not permissions.programmes(request, Permission.SEE_STATE):
        return staff_home.refuse(request)
    return Reply(draw(request), views.state())


def draw(request: Request) -> Screen:
    """/stanje."""
    programmes = permissions.programmes(request, Permission.SEE_STATE)
    if not programmes:
        return Screen(texts.NOT_STAFF)
    return of(request, programmes, programmes[0].name if len(programmes) == 1 else report_texts.ALL_PROGRAMMES)


def of(request: Request, programmes: Sequence[Programme], where: str) -> Screen:
    """The numbers of these programmes, which `where` names."""
    slugs = [one.slug for one in programmes]
    week, until = week_of(request.now), request.now + _AHEAD
    numbers = cohort_overview.numbers(request.connection, slugs, week.start, request.now, until)
    needing = len(calls.needing(request.connection, slugs, request.now))
    see_calls = (
        [Button(texts.CALLS, librarian.show_calls())]
        if needing and permissions.programmes(request, Permission.SEE_CALLS)
        else []
    )
    of_stories = permissions.programmes(request, Permission.SEE_STORIES)
    waiting = stories.waiting(request.connection, [one.slug for one in of_stories if one in programmes])
    see_stories = [Button(story_texts.STORIES, actions.show_stories())] if waiting else []
    stories_wait = f"\n{story_texts.waiting_here(waiting)}" if waiting else ""
    words = report_texts.state(where, numbers, needing, week.first) + stories_wait
    return Screen(words, column(*see_calls, *see_stories, staff_home.to_desk()))
