"""Monday's message to a coordinator: what to do this week and what came in last week, with buttons that act.

It is a message and no card: its words and buttons stay, and what a button leads to comes below it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from sqlalchemy import Connection

from bot.actions import coordinator as actions
from bot.actions import librarian
from bot.actions.choices import Purpose, ReportKind
from bot.conversation.declared import Rest
from bot.conversation.screens import Button, Screen, column
from bot.runtime.services import Services
from bot.texts import findings as finding_texts
from bot.texts import monday as texts
from bot.texts.slovene import common
from storage import agenda, calls
from storage import findings as stored_findings
from storage import stories as stored_stories
from storage.agenda import Opening
from storage.findings import Closed
from surveys.model import Programme
from surveys.plan import feedback_from, feedback_is_asked_for
from surveys.weeks import Week, local_day, read_week

_DAYS = 7
_OF_EACH = 3  # lines of one kind; the others are behind one button
CARRIED = frozenset(
    {
        librarian.show_calls.name,
        librarian.show_cohort.name,
        librarian.show_cohorts.name,
        *(
            one.name
            for one in (
                actions.show_story,
                actions.show_stories,
                actions.show_finding,
                actions.write_finding,
                actions.show_findings,
                actions.choose_form,
                actions.choose_library,
            )
        ),
    }
)
"""The names of what its buttons may lead to; the cards ask themselves who may see them."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A line or more, and the buttons that act on them."""

    lines: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class MondayMessage:
    """The message to a coordinator of a library, with the week that it tells of."""

    week: Week
    library: str

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self | None:
        """As a delivery stores it; None for another kind of delivery."""
        return cls(read_week(stored["monday"]), stored["library"]) if "monday" in stored else None

    def stored(self) -> dict[str, object]:
        """The same, written."""
        return {"monday": str(self.week), "library": self.library}


def message(
    connection: Connection, services: Services, programmes: Sequence[Programme], last: Week, planned_at: datetime
) -> Screen:
    """The message about these programmes of one library. `last` is the week that is told of."""
    now, slugs = services.clock(), [one.slug for one in programmes]
    today = local_day(now)
    parts = [
        _to_call(connection, slugs, now),
        _stories(connection, services, slugs),
        _learned(connection, services, slugs, planned_at),
        _opening(connection, services, slugs, now),
    ]
    came = agenda.arrived(connection, slugs, last.start, last.end)
    lines = [line for part in parts for line in part.lines]
    words = [
        texts.head(today, today + timedelta(days=_DAYS - 1), demo=services.demo),
        *(lines or [texts.NOTHING]),
        *([texts.arrived(came, last.first, last.last)] if came else []),
        *([] if lines else [texts.WISH]),
    ]
    buttons = [button for part in parts for button in part.buttons]
    numbers = [_numbers(programmes, last)] if programmes else []  # the operator may have taken them out meanwhile
    return Screen("\n\n".join(words), column(*buttons, *numbers), protect=True)


def _to_call(connection: Connection, slugs: Sequence[str], now: datetime) -> _Part:
    people = agenda.groups_of(connection, [one.enrolment for one in calls.needing(connection, slugs, now)])
    return _Part((texts.to_call(people),), (_button(texts.CALL, librarian.show_calls()),)) if people else _Part()


def _stories(connection: Connection, services: Services, slugs: Sequence[str]) -> _Part:
    count = stored_stories.waiting(connection, slugs)
    if not count:
        return _Part()
    first = stored_stories.of_programmes(connection, services.keys, slugs)[0]
    button = (
        _button(texts.STORY, actions.show_story(first.id))
        if count == 1
        else _button(texts.STORIES, actions.show_stories())
    )
    return _Part((texts.stories(count),), (button,))


def _learned(connection: Connection, services: Services, slugs: Sequence[str], planned_at: datetime) -> _Part:
    """Of every text that is still to be written or approved one Monday's message speaks, and no other one."""
    asked = [
        one
        for one in stored_findings.of_programmes(connection, services.keys, slugs)
        if one.people and one.approved_at is None and feedback_is_asked_for(one.closed_at, planned_at, services.policy)
    ]
    found = [_of_closed(services, one) for one in asked[:_OF_EACH]]
    return _joined(found, _button(texts.MORE_LEARNED, actions.show_findings()) if len(asked) > _OF_EACH else None)


def _of_closed(services: Services, one: Closed) -> _Part:
    now = services.clock()
    when = finding_texts.moment(feedback_from(one.closed_at, now, services.policy), services.policy.zone)
    line = texts.learned(one.cohort_name, _wave(services, one.programme, one.wave), when, draft=bool(one.text))
    lead = actions.show_finding if one.text else actions.write_finding
    return _Part((line,), (_button(texts.write(one.cohort_name), lead(one.cohort, one.wave)),))


def _opening(connection: Connection, services: Services, slugs: Sequence[str], now: datetime) -> _Part:
    last = local_day(now) + timedelta(days=_DAYS - 1)
    within = agenda.opening(connection, slugs, now, now + timedelta(days=_DAYS))
    coming = [one for one in within if local_day(one.opens_at) <= last]  # the days that the first line names
    found = [_of_opening(services, one) for one in coming[:_OF_EACH]]
    others = {one.cohort for one in coming} - {one.cohort for one in coming[:_OF_EACH]}
    if not others:
        return _joined(found)
    return _joined(
        [*found, _Part((texts.more_open(len(others)),))], _button(texts.MORE_GROUPS, librarian.show_cohorts())
    )


def _of_opening(services: Services, one: Opening) -> _Part:
    is_today = local_day(one.opens_at) == local_day(services.clock())
    when = texts.TODAY if is_today else common.day(one.opens_at, services.policy.zone)
    line = texts.opens(one.name, _wave(services, one.programme, one.wave), when, one.people)
    return _Part((line,), (_button(texts.group(one.name), librarian.show_cohort(one.cohort)),))


def _numbers(programmes: Sequence[Programme], last: Week) -> Button:
    """The way to the whole report; of the only programme, or to the choice between them."""
    if len(programmes) == 1:
        return _button(texts.NUMBERS, actions.choose_form(ReportKind.WEEKLY, programmes[0].slug, str(last)))
    return _button(texts.NUMBERS, actions.choose_library(Purpose.WEEKLY, programmes[0].code))


def _joined(parts: Iterable[_Part], more: Button | None = None) -> _Part:
    found = list(parts)
    buttons = dict.fromkeys(button for part in found for button in part.buttons)
    return _Part(tuple(line for part in found for line in part.lines), (*buttons, *([] if more is None else [more])))


def _wave(services: Services, slug: str, wave_id: str) -> str:
    """The wave's name; its id where the programme has it no longer."""
    wave = services.programmes[slug].wave(wave_id)
    return wave_id if wave is None else wave.name


def _button(label: str, action: str) -> Button:
    return Button(label, actions.below(Rest(action)))
