"""`timeline`: every message that a sample person of a group would get. Needs no database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.cli.opening import say, say_json, say_table
from bot.cli.options import TimelineOptions
from bot.cli.problem import CommandProblem
from bot.cli.surveying import one_of, programmes_of, settings_or_defaults
from surveys.contact_policy import ContactPolicy
from surveys.model import Programme
from surveys.plan import Planned, feedback, plan

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One message, or the silent closing of a questionnaire."""

    at: datetime
    wave: str
    what: str  # invitation, reminder 1, reminder 2, closing, feedback
    title: str


def timeline(given: TimelineOptions) -> None:
    """List the messages in the order of time, by the hour of the configured zone."""
    settings = settings_or_defaults(given)
    programme = one_of(programmes_of(settings), given.programme)
    if given.end < given.start:
        raise CommandProblem(f"The group would end ({given.end}) before it starts ({given.start}).")
    if given.audience not in programme.audiences:
        known = ", ".join(sorted(programme.audiences))
        raise CommandProblem(f"{programme.slug} asks {known}, not {given.audience}.")
    policy = settings.schedule.policy()
    planned = plan(programme, given.start, given.end, given.audience, None, policy)
    messages = sorted((one for wave in planned for one in _messages(programme, wave, policy)), key=lambda one: one.at)
    local = [(one, one.at.astimezone(policy.zone)) for one in messages]
    if given.json:
        say_json([{"at": at.isoformat(), "wave": one.wave, "what": one.what, "title": one.title} for one, at in local])
        return
    rows = [(f"{_DAYS[at.weekday()]} {at:%Y-%m-%d %H:%M}", one.wave, one.what, one.title) for one, at in local]
    say_table([("when", "wave", "what", "questionnaire"), *rows])
    say("\nReminders go only to who has not finished yet; a closing sends nothing.")
    say("Feedback is what was learned; it goes out if a coordinator has written and approved it.")


def _messages(programme: Programme, planned: Planned, policy: ContactPolicy) -> Iterator[TimelineRow]:
    wave = next(one for one in programme.waves if one.id == planned.wave)
    title = programme.questionnaire(wave).title
    yield TimelineRow(planned.opens_at, planned.wave, "invitation", title)
    for number, at in enumerate(planned.reminders, 1):
        yield TimelineRow(at, planned.wave, f"reminder {number}", title)
    yield TimelineRow(planned.closes_at, planned.wave, "closing", title)
    yield TimelineRow(feedback(planned.closes_at, policy), planned.wave, "feedback", title)
