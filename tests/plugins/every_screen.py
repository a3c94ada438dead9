"""Every screen that somebody can come to in the demo's village, by role and language: the fixture `walked`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

import pytest_asyncio
from plugins.crawling import Crawler, Shown
from sqlalchemy import Connection

from bot import staffroom, views
from bot.demo.running import Demo, running
from bot.house import House
from bot.table import COMMANDS
from bot.texts.languages import WORDS
from bot.visit import Visit
from storage import chats, cohorts, enrolments, invites, occasions, participants
from storage.participants import Place
from storage.schema import OccasionState, Role
from surveys import engine
from surveys.languages import SLOVENIAN
from surveys.model import Programme

TODAY = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday
PROGRAMMES = ("brezice-racunalnik", "novo-mesto-branje", "kamnik-slovenscina")
STAFF = ((Role.LIBRARIAN, "BRE"), (Role.COORDINATOR, "BRE"), (Role.COORDINATOR, "LJT"), (Role.NATIONAL, None))
LATER = timedelta(days=8)  # when there are people to be called
STORY = "Zdaj vnukom pišem sama."
_CHATS = count(777_000_000)


@dataclass(frozen=True)
class Walked:
    """A demo, and what its people see: staff, and participants by language."""

    demo: Demo
    staff: list[Shown]
    participants: dict[str, list[Shown]]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def walked(tmp_path_factory):
    async with running(tmp_path_factory.mktemp("walked") / "demo", scale=0, today=TODAY) as demo:
        seen = {language: await _looked(demo, partial(_participants, language=language)) for language in WORDS}
        yield Walked(demo, await _looked(demo, _staff), seen)


async def _looked(demo: Demo, look: Callable[[Connection, House], list[Shown]]) -> list[Shown]:
    """What was seen in a transaction that is taken back."""

    def unit(connection: Connection) -> list[Shown]:
        with connection.begin_nested() as nested:
            seen = look(connection, demo.house)
            nested.rollback()
        return seen

    return await demo.house.database.write(unit)


def _staff(connection: Connection, house: House) -> list[Shown]:
    seen = []
    for role, library in STAFF:
        crawler = Crawler(connection, house, house.keys.seal_id(next(_CHATS)), house.clock() + LATER)
        token = invites.create_staff(
            connection, keys=house.keys, role=role, library=library, now=crawler.now, actor="operator"
        )
        crawler.says(f"/start {token}")
        _needs_a_call(connection, house, library, crawler.now)
        for text in (*(f"/{name}" for name, _ in staffroom.commands(role)), *_people(connection, house, library)):
            crawler.tapped.clear()
            crawler.looks(text)
        seen += crawler.shown
    return seen


def _needs_a_call(connection: Connection, house: House, library: str | None, now: datetime) -> None:
    """Somebody with an open questionnaire has blocked the bot."""
    for place in _places(connection, house, library):
        waiting = occasions.waiting(connection, place.enrolment)
        if waiting and place.chat is not None and waiting[0].closes_at > now:
            occasions.open_now(connection, waiting[0].id, now, invited=True)
            participants.set_reachable(connection, place.chat, now)
            return


def _people(connection: Connection, house: House, library: str | None) -> list[str]:
    """The code of somebody in each state, with and without a phone."""
    places = _places(connection, house, library)
    return list({(place.state, place.chat is None): place.code for place in places}.values())


def _places(connection: Connection, house: House, library: str | None) -> list[Place]:
    """Everybody of a library."""
    return [
        place
        for programme in house.programmes.values()
        if programme.code == library
        for cohort in cohorts.listing(connection, programme.slug)
        for place in participants.of_cohort(connection, cohort.id)
    ]


def _participants(connection: Connection, house: House, language: str) -> list[Shown]:
    seen = []
    for slug in PROGRAMMES if language == SLOVENIAN else PROGRAMMES[-1:]:
        seen += _participant(connection, house, house.programmes[slug], language)
    return seen


def _participant(connection: Connection, house: House, programme: Programme, language: str) -> list[Shown]:
    """Before the link, with it, in the middle of each questionnaire, at its end, and later."""
    crawler = Crawler(connection, house, house.keys.seal_id(next(_CHATS)), house.clock())
    enrolled = _joins(crawler, programme, language)
    for name in COMMANDS:
        crawler.tapped.clear()
        crawler.looks(f"/{name}")
    for one in occasions.of_enrolment(connection, enrolled):
        crawler.now = max(crawler.now, one.opens_at) + timedelta(hours=1)
        occasions.open_now(connection, one.id, crawler.now, invited=False)
        _answers(crawler, programme, one.wave, one.id)
        occasions.settle(connection, one.id, OccasionState.MISSED, crawler.now)
        crawler.looks_around(crawler.taps(f"go:{one.id}"))
    crawler.now = house.clock()
    for _ in range(2):  # others on the same phone
        _joins(crawler, programme, language)
    for name in ("start", "osebe", "moji_podatki", "stop"):
        crawler.tapped.clear()
        crawler.looks(f"/{name}")
    return [*crawler.shown, *_moves(connection, house, crawler, enrolled)]


def _joins(crawler: Crawler, programme: Programme, language: str) -> int:
    """Come with a new link, look around before, and say yes; gives the enrolment."""
    connection, house = crawler.connection, crawler.house
    cohort = [one for one in cohorts.listing(connection, programme.slug) if one.closed_at is None][-1]
    enrolled = enrolments.enrol(
        connection, keys=house.keys, programme=programme, cohort=cohort, now=crawler.now, actor="operator"
    )
    place = participants.of_enrolment(connection, enrolled.enrolment)
    participants.set_language(connection, place, language, crawler.now, "operator")
    crawler.looks("/start", "/start unknown", f"/start {enrolled.token}", "/stop", "/moji_podatki", "/izbris")
    crawler.says(f"/start {enrolled.token}")
    crawler.taps(f"yes:{enrolled.token}:{'g' if programme.answered_for_child else 's'}")
    return enrolled.enrolment


def _moves(connection: Connection, house: House, before: Crawler, enrolment: int) -> list[Shown]:
    """A new link on a new phone, and what the old one says then."""
    token = invites.create_participant(connection, house.keys, enrolment, before.now)
    phone = Crawler(connection, house, house.keys.seal_id(next(_CHATS)), before.now)
    phone.looks_around(phone.says(f"/start {token}"))
    phone.taps(f"mv:{token}")
    view = chats.load(connection, before.chat).view
    return [
        *phone.shown,
        Shown(view, views.render(Visit(connection, house, before.chat, before.now), view), ("moved",)),
    ]


def _answers(crawler: Crawler, programme: Programme, wave: str, occasion: int) -> None:
    """A whole questionnaire, with a look around at the invitation, in the middle and at the end."""
    crawler.tapped.clear()
    crawler.looks_around(crawler.taps(f"nb:{occasion}"))  # the invitation
    items = programme.questionnaire(programme.wave(wave)).items
    for place, item in enumerate(items):
        reply = crawler.taps(f"go:{occasion}")
        crawler.tapped.clear()
        if place == len(items) // 2:
            crawler.looks_around(reply)
            crawler.looks("/moji_podatki")
        actions = [button.action for row in reply.card.rows for button in row if button.action.startswith("q:")]
        crawler.taps(actions[-1] if engine.allowed(item) or not item.asks else actions[0])
    reply = crawler.taps(f"go:{occasion}")
    crawler.tapped.clear()
    crawler.looks_around(reply)
    reply = crawler.taps(reply.card.rows[0][0].action)  # handed in
    crawler.looks_around(reply)
    for action in [button.action for row in reply.card.rows for button in row if button.action.startswith("tel:")]:
        crawler.taps(action)
        told = crawler.says(STORY)
        crawler.taps(told.card.rows[0][0].action)
    crawler.looks("/anketa", "/moji_podatki")
