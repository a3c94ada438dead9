"""`timeline`: every message that a sample person of a group would get. Needs no database."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.cli.opening import say, say_json, say_table
from bot.cli.problem import Problem
from bot.cli.surveying import one_of, programmes_of, settings_or_defaults
from surveys.model import Programme
from surveys.plan import Planned, Rhythm, feedback, plan

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Message:
    """One message, or the silent closing of a questionnaire."""

    at: datetime
    wave: str
    what: str  # invitation, reminder 1, reminder 2, closing, feedback
    title: str


def timeline(given: Namespace) -> None:
    """List the messages in the order of time, by the hour of the configured zone."""
    settings = settings_or_defaults(given)
    programme = one_of(programmes_of(settings), given.programme)
    if given.end < given.start:
        raise Problem(f"The group would end ({given.end}) before it starts ({given.start}).")
    if given.audience not in programme.audiences:
        known = ", ".join(sorted(programme.audiences))
        raise Problem(f"{programme.slug} asks {known}, not {given.audience}.")
    rhythm = settings.schedule.rhythm()
    planned = plan(programme, given.start, given.end, given.audience, None, rhythm)
    messages = sorted((one for wave in planned for one in _messages(programme, wave, rhythm)), key=lambda one: one.at)
    local = [(one, one.at.astimezone(rhythm.zone)) for one in messages]
    if given.json:
        say_json([{"at": at.isoformat(), "wave": one.wave, "what": one.what, "title": one.title} for one, at in local])
        return
    rows = [(f"{_DAYS[at.weekday()]} {at:%Y-%m-%d %H:%M}", one.wave, one.what, one.title) for one, at in local]
    say_table([("when", "wave", "what", "questionnaire"), *rows])
    say("\nReminders go only to who has not finished yet; a closing sends nothing.")
    say("Feedback is what was learned; it goes out if a coordinator has written and approved it.")


def _messages(programme: Programme, planned: Planned, rhythm: Rhythm) -> Iterator[Message]:
    wave = next(one for one in programme.waves if one.id == planned.wave)
    title = programme.questionnaire(wave).title
    yield Message(planned.opens_at, planned.wave, "invitation", title)
    for number, at in enumerate(planned.reminders, 1):
        yield Message(at, planned.wave, f"reminder {number}", title)
    yield Message(planned.closes_at, planned.wave, "closing", title)
    yield Message(feedback(planned.closes_at, rhythm), planned.wave, "feedback", title)
