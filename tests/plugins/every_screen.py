"""Every screen that somebody can come to in the demo's village, by role and language: the fixture `walked`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count

import pytest_asyncio
from plugins.crawling import Crawler, Shown
from plugins.demo_folders import TODAY
from sqlalchemy import Connection

from bot.actions import assistance, coordinator, librarian
from bot.actions import participant as actions
from bot.actions.participant import Consenting
from bot.conversation.request import Request
from bot.conversation.screens import Reply
from bot.demo.running import Demo, running
from bot.routing import routes
from bot.routing.routes import COMMANDS
from bot.runtime.services import Services
from bot.staff import staff_home
from bot.texts.languages import WORDS
from storage import access_links, chats, cohorts, enrolments, occasions, participants
from storage.participants import Enrolment
from storage.schema import EnrolmentState, OccasionState, Role
from surveys import engine
from surveys.languages import SLOVENIAN
from surveys.model import Kind, Programme

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
async def walked(tmp_path_factory, new_demo_folder):
    folder = new_demo_folder(tmp_path_factory.mktemp("walked") / "demo")
    async with running(folder, scale=0, today=TODAY) as demo:
        seen = {language: await _looked(demo, partial(_participants, language=language)) for language in WORDS}
        yield Walked(demo, await _looked(demo, _staff), seen)


async def _looked(demo: Demo, look: Callable[[Connection, Services], list[Shown]]) -> list[Shown]:
    """What was seen in a transaction that is taken back."""

    def unit(connection: Connection) -> list[Shown]:
        with connection.begin_nested() as nested:
            seen = look(connection, demo.services)
            nested.rollback()
        return seen

    return await demo.services.database.write(unit)


def _staff(connection: Connection, services: Services) -> list[Shown]:
    seen = []
    for role, library in STAFF:
        crawler = Crawler(connection, services, services.keys.seal_id(next(_CHATS)), services.clock() + LATER)
        token = access_links.create_staff(
            connection, keys=services.keys, role=role, library=library, now=crawler.now, actor="operator"
        )
        crawler.says(f"/start {token}")
        _needs_a_call(connection, services, library, crawler.now)
        for text in (*(f"/{name}" for name, _ in staff_home.commands(role)), *_people(connection, services, library)):
            crawler.tapped.clear()
            crawler.looks(text)
        if role is Role.COORDINATOR:
            under_way, empty, person = _groups(connection, services, library, crawler.now)
            group = (
                librarian.show_more_of_cohort(under_way),
                coordinator.change_dates(under_way),
                coordinator.rename_cohort(under_way),
                coordinator.remove_cohort(empty),
            )
            for action in (assistance.choose_timeline_programme(), *group, librarian.choose_other_cohort(person)):
                crawler.tapped.clear()
                crawler.looks_closely(crawler.taps(action))
        seen += crawler.shown
    return seen


def _groups(connection: Connection, services: Services, library: str | None, now: datetime) -> tuple[int, int, int]:
    """A group of the library that is under way, one in which nobody is, and the enrolment of somebody in the first."""
    programme = next(one for one in services.programmes.values() if one.code == library)
    under_way = [one for one in cohorts.listing(connection, programme.slug) if one.closed_at is None][-1]
    days = {"start": now.date(), "end": now.date() + LATER}
    name = f"Skupina brez oseb {next(_CHATS)}"
    empty = cohorts.add(connection, programme, name=name, **days, now=now, actor="operator")
    people = participants.of_cohort(connection, under_way.id)
    return under_way.id, empty.id, next(one.id for one in people if one.state is EnrolmentState.ACTIVE)


def _needs_a_call(connection: Connection, services: Services, library: str | None, now: datetime) -> None:
    """Somebody with an open questionnaire has blocked the bot."""
    for enrolment in _enrolments(connection, services, library):
        waiting = occasions.waiting(connection, enrolment.id)
        if waiting and enrolment.chat is not None and waiting[0].closes_at > now:
            occasions.open_now(connection, waiting[0].id, now, invited=True)
            participants.set_reachable(connection, enrolment.chat, now)
            return


def _people(connection: Connection, services: Services, library: str | None) -> list[str]:
    """The code of somebody in each state, with and without a phone."""
    held = _enrolments(connection, services, library)
    return list({(enrolment.state, enrolment.chat is None): enrolment.code for enrolment in held}.values())


def _enrolments(connection: Connection, services: Services, library: str | None) -> list[Enrolment]:
    """Everybody of a library."""
    return [
        enrolment
        for programme in services.programmes.values()
        if programme.code == library
        for cohort in cohorts.listing(connection, programme.slug)
        for enrolment in participants.of_cohort(connection, cohort.id)
    ]


def _participants(connection: Connection, services: Services, language: str) -> list[Shown]:
    seen = []
    for slug in PROGRAMMES if language == SLOVENIAN else PROGRAMMES[-1:]:
        seen += _participant(connection, services, services.programmes[slug], language)
    return seen


def _participant(connection: Connection, services: Services, programme: Programme, language: str) -> list[Shown]:
    """Before the link, with it, in the middle of each questionnaire, at its end, and later."""
    crawler = Crawler(connection, services, services.keys.seal_id(next(_CHATS)), services.clock())
    enrolled = _joins(crawler, programme, language)
    for name in COMMANDS:
        crawler.tapped.clear()
        crawler.looks(f"/{name}")
    for one in occasions.of_enrolment(connection, enrolled):
        crawler.now = max(crawler.now, one.opens_at) + timedelta(hours=1)
        occasions.open_now(connection, one.id, crawler.now, invited=False)
        _answers(crawler, programme, one.wave, one.id)
        occasions.settle(connection, one.id, OccasionState.MISSED, crawler.now)
        crawler.looks_around(crawler.taps(actions.begin_answering(one.id)))
    crawler.now = services.clock()
    for _ in range(2):  # others on the same phone
        _joins(crawler, programme, language)
    for name in ("start", "osebe", "moji_podatki", "stop"):
        crawler.tapped.clear()
        crawler.looks(f"/{name}")
    return [*crawler.shown, *_moves(connection, services, crawler, enrolled)]


def _joins(crawler: Crawler, programme: Programme, language: str) -> int:
    """Come with a new link, look around before, and say yes; gives the enrolment."""
    connection, services = crawler.connection, crawler.services
    cohort = [one for one in cohorts.listing(connection, programme.slug) if one.closed_at is None][-1]
    enrolled = enrolments.enrol(
        connection, keys=services.keys, programme=programme, cohort=cohort, now=crawler.now, actor="operator"
    )
    enrolment = participants.of_enrolment(connection, enrolled.enrolment)
    participants.set_language(connection, enrolment, language, crawler.now, "operator")
    crawler.looks("/start", "/start unknown", f"/start {enrolled.token}", "/stop", "/moji_podatki", "/izbris")
    crawler.says(f"/start {enrolled.token}")
    crawler.looks("da", "ne")
    crawler.taps(
        actions.agree_to_join(enrolled.token, Consenting.GUARDIAN if programme.answered_for_child else Consenting.SELF)
    )
    return enrolled.enrolment


def _moves(connection: Connection, services: Services, before: Crawler, enrolment: int) -> list[Shown]:
    """A new link on a new phone, and what the old one says then."""
    token = access_links.create_participant(connection, services.keys, enrolment, before.now).token
    phone = Crawler(connection, services, services.keys.seal_id(next(_CHATS)), before.now)
    phone.looks_around(phone.says(f"/start {token}"))
    phone.taps(actions.move_here(token))
    view = chats.load(connection, before.chat).view
    return [
        *phone.shown,
        Shown(view, routes.draw(Request(connection, services, before.chat, before.now), view), ("moved",)),
    ]


def _answers(crawler: Crawler, programme: Programme, wave: str, occasion: int) -> None:
    """A whole questionnaire, with a look around at the invitation, in the middle and at the end."""
    crawler.tapped.clear()
    crawler.looks_around(crawler.taps(actions.back_to_invitation(occasion)))  # the invitation
    items = programme.questionnaire(programme.wave(wave)).items
    for place, item in enumerate(items):
        reply = crawler.taps(actions.begin_answering(occasion))
        crawler.tapped.clear()
        if place == len(items) // 2:
            crawler.looks_around(reply)
            crawler.looks("/moji_podatki")
        if item.kind is Kind.TEXT:
            crawler.looks("hvala")
        answers = [action for action in _actions(reply) if actions.answer_question.is_name_of(action)]
        crawler.taps(answers[-1] if engine.allowed(item) or not item.asks else answers[0])
    reply = crawler.taps(actions.begin_answering(occasion))
    crawler.tapped.clear()
    crawler.looks_around(reply)
    reply = crawler.taps(next(one for one in _actions(reply) if actions.hand_in.is_name_of(one)))  # handed in
    crawler.looks_around(reply)
    for action in [one for one in _actions(reply) if actions.tell_story.is_name_of(one)]:
        crawler.taps(action)
        told = crawler.says(STORY)
        crawler.taps(told.card.rows[0][0].action)
    crawler.looks("/anketa", "/moji_podatki")


def _actions(reply: Reply) -> list[str]:
    """What the buttons of a card ask for."""
    return [button.action for row in reply.card.rows for button in row]
