"""/stanje: a few numbers on how the work goes, straight from storage. Holds no answer."""

from __future__ import annotations

from datetime import timedelta

from bot import roles, staffroom
from bot.roles import Action
from bot.screens import Button, Reply, Screen, column
from bot.texts import reports as report_texts
from bot.texts import staff as texts
from bot.texts import story_desk as story_texts
from bot.visit import Visit
from reports.weeks import week_of
from storage import calls, groups, stories

_AHEAD = timedelta(days=7)


def show(visit: Visit, _rest: str = "") -> Reply:
    """/stanje."""
    if not roles.programmes(visit, Action.SEE_STATE):
        return staffroom.refuse(visit)
    return Reply(draw(visit, ""), "state:", fresh=visit.typed)


def draw(visit: Visit, _argument: str) -> Screen:
    """The card of `state:`."""
    programmes = roles.programmes(visit, Action.SEE_STATE)
    if not programmes:
        return Screen(texts.NOT_STAFF)
    slugs = [one.slug for one in programmes]
    since, until = week_of(visit.now).start, visit.now + _AHEAD
    numbers = groups.numbers(visit.connection, slugs, since, visit.now, until)
    needing = len(calls.needing(visit.connection, slugs, visit.now))
    where = programmes[0].name if len(programmes) == 1 else report_texts.ALL_PROGRAMMES
    see_calls = [Button(texts.CALLS, "klic")] if needing and roles.programmes(visit, Action.SEE_CALLS) else []
    waiting = stories.waiting(visit.connection, [one.slug for one in roles.programmes(visit, Action.SEE_STORIES)])
    see_stories = [Button(story_texts.STORIES, "zgod")] if waiting else []
    words = report_texts.state(where, numbers, needing) + (f"\n{story_texts.waiting_here(waiting)}" if waiting else "")
    return Screen(words, column(*see_calls, *see_stories, staffroom.to_desk()))
