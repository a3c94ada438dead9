"""From what came in to a use case: who is here, what they ask for, one request. Knows no channel and sends nothing."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from bot.conversation.arrivals import Arrival, Asked, Command, Given, Tap, Typed
from bot.conversation.channel import Handling
from bot.conversation.declared import SEPARATOR, ForgedError
from bot.conversation.handled import CurrentCard, Handled
from bot.conversation.request import Request, Sent
from bot.conversation.routes import Route
from bot.conversation.screens import Reply, Screen
from bot.participant import home, intents, small_talk
from bot.routing import kiosk_policy
from bot.routing.floods import Floods, Verdict
from bot.routing.handling import Step, handle_once
from bot.routing.looking import look, look_after
from bot.routing.routes import COMMANDS, CORRECTED, EARLIER, EARLIER_SENT, SENT, TAPS, TYPED, take, take_anywhere
from bot.runtime.failures import described
from bot.runtime.services import Services
from bot.staff.staff_home import AT_THE_DESK
from bot.views import participant as views
from storage import chats, handled_updates, participants

log = logging.getLogger(__name__)

T = TypeVar("T")

_ACTION = re.compile(r"[a-z_]+(?::[A-Za-z0-9_+-]{0,48})*")


class _Handling:
    """A `bot.conversation.channel.Handling`."""

    handled: Handled | None = None

    def __init__(self, connection: Connection, services: Services, arrival: Arrival, step: Step) -> None:
        self._connection, self._services, self._arrival, self._step = connection, services, arrival, step

    def handle(self) -> Handled:
        self.handled = handle_once(self._connection, self._services, self._arrival, self._step)
        return self.handled

    def card(self) -> CurrentCard:
        assert self.handled is not None  # noqa: S101 - the order of the calls
        arrival = self._arrival
        return look_after(self._connection, self._services, self.handled, arrival.at, arrival.channel)


class Dispatcher:
    """The `bot.conversation.channel.Router` of all use cases."""

    def __init__(self, services: Services, floods: Floods | None = None) -> None:
        self._services = services
        self._floods = floods or Floods()

    async def handle(self, arrival: Arrival) -> Handled | None:
        """Do what is asked for; what the channel is to show, or None for what a flood goes on with."""
        return await self.handle_within(arrival, _take)

    async def handle_within(self, arrival: Arrival, unit: Callable[[Connection, Handling], T]) -> T | None:
        """The same in a unit of the channel's own, which may store and read more in the same transaction."""
        with self._floods.given_back(arrival.chat):
            return await self._handle(arrival, unit)

    async def _handle(self, arrival: Arrival, unit: Callable[[Connection, Handling], T]) -> T | None:
        known = partial(chats.is_of_somebody, chat_ref=arrival.chat)
        match await self._floods.verdict(arrival.chat, lambda: self._services.database.read(known)):
            case Verdict.TAKEN:
                return await self._commit(arrival, partial(answer, asked=arrival.asked), unit)
            case Verdict.TOLD:
                log.warning("a chat sends more than anybody can; what is too much is dropped")
                return await self._commit(arrival, _too_much, unit)
            case Verdict.DROPPED:
                return None

    async def look(self, chat: bytes, channel: str, language: str, beside: Callable[[Connection, CurrentCard], T]) -> T:
        """What is read of a chat as it is shown now, at one moment with its card.

        `language`: what whoever looks reads, where nothing was ever shown there.
        """
        now = self._services.clock()

        def unit(connection: Connection) -> T:
            return beside(connection, look(connection, self._services, chat, now, channel, language))

        return await self._services.database.read(unit)

    async def give_up(self, arrival: Arrival) -> Handled | None:
        """Mark what cannot be handled as handled; whoever sent it is told, with the card that was there."""
        for step in (_sorry, _sorry_at_home):
            try:
                return await self._commit(arrival, step, _take)
            except Exception as error:  # noqa: BLE001 - then without the card that was there
                log.error("a card was not drawn again: %s", described(error))  # noqa: TRY400 - no words of the error
        await self.pass_over(arrival.channel, arrival.key)
        return None

    async def pass_over(self, channel: str, key: str) -> bool:
        """Mark what asks for nothing; whether it is new."""
        mark = partial(handled_updates.mark_handled, channel=channel, key=key, now=self._services.clock())
        return await self._services.database.write(mark)

    async def set_reachable(self, channel: str, key: str, chat: bytes, *, reachable: bool) -> None:
        """Somebody can no longer be written to, or can be again."""
        now = self._services.clock()

        def unit(connection: Connection) -> None:
            if handled_updates.mark_handled(connection, channel, key, now):
                participants.set_reachable(connection, chat, None if reachable else now)

        await self._services.database.write(unit)

    async def _commit(self, arrival: Arrival, step: Step, unit: Callable[[Connection, Handling], T]) -> T:
        def commits(connection: Connection) -> tuple[T, Handled | None]:
            handling = _Handling(connection, self._services, arrival, step)
            return unit(connection, handling), handling.handled

        done, handled = await self._services.database.write(commits)
        if handled is not None and (handled.forgotten or handled.reply.erased):
            await self._services.database.scrub()
        return done


def _take(_: Connection, handling: Handling) -> Handled:
    return handling.handle()


def answer(request: Request, asked: Asked) -> Reply:
    """What is asked for; in a kiosk only what is allowed there."""
    if request.kiosk is not None:
        return _in_kiosk(request, asked)
    match asked:
        case Tap(action):
            return _act(request, action)
        case Command(name, rest):
            return _command(request, name, rest)
        case Typed(text):
            return _edited(request, text) if request.edited else _typed(request, text)
        case Given(Sent() as file):
            return _sent(request, file)
        case Given():
            return small_talk.not_text(request)


def _in_kiosk(request: Request, asked: Asked) -> Reply:
    match asked:
        case Tap(action):
            return kiosk_policy.tapped(request, action, _act)
        case Command() | Typed():
            return kiosk_policy.written(request, asked.text.strip(), None)
        case Given(file):
            return kiosk_policy.written(request, "", file)


def _too_much(request: Request) -> Reply:
    return Reply.again(request.view or views.home(), note=request.words.writing.TOO_MUCH)


def _sorry(request: Request) -> Reply:
    return Reply.again(request.view or views.home(), note=request.words.writing.COULD_NOT_TAKE)


def _sorry_at_home(request: Request) -> Reply:
    return Reply(Screen(request.words.writing.COULD_NOT_TAKE), views.home())


def _act(request: Request, action: str) -> Reply:
    """A tap. What no button of ours says, or what belongs to others, leads home."""
    name, _, written = action.partition(SEPARATOR)
    route = TAPS.get(name)
    arguments = None if route is None or not _ACTION.fullmatch(action) else _arguments(route, written)
    if route is None or arguments is None:
        return home.home(request).toasted(request.words.OLD_BUTTON)
    try:
        reply = route.use_case(request, *arguments)
    except ForgedError:
        reply = None
    return home.home(request).toasted(request.words.NOT_YOURS) if reply is None else reply


def _arguments(route: Route[Reply | None], written: str) -> tuple[Any, ...] | None:
    try:
        return route.arguments(written)
    except ForgedError:
        return None


def _command(request: Request, name: str, rest: str) -> Reply:
    """A command; one of staff that takes no words does what its button at the desk does."""
    if name in COMMANDS:
        return COMMANDS[name].answer(request, rest)
    if name in AT_THE_DESK:
        return _act(request, AT_THE_DESK[name])
    return home.home(request, request.words.UNKNOWN_COMMAND)


def _typed(request: Request, text: str) -> Reply:
    """Words. Those that were written before the card was on the screen are for the card before it, or for none."""
    if _is_early(request, TYPED):
        reply = take(EARLIER, request, request.earlier, text)
        if reply is not None:
            return reply
        if _route(TYPED, request.view) or _route(TYPED, request.earlier):
            intent = intents.read(text)
            return _too_early(request) if intent is None else small_talk.answer(request, intent)
    return take(TYPED, request, request.view, text) or take_anywhere(request, text)


def _sent(request: Request, sent: Sent) -> Reply:
    """A file or a recording, with the same rule."""
    if _is_early(request, SENT):
        reply = take(EARLIER_SENT, request, request.earlier, sent)
        if reply is not None or _route(SENT, request.view):
            return reply or _too_early(request)
    return take(SENT, request, request.view, sent) or small_talk.not_text(request)


def _is_early(request: Request, routes: Mapping[str, Route[Reply | None]]) -> bool:
    """Whether what came was written before the card was on the screen, and hangs on which card there was."""
    route = _route(routes, request.view)
    return request.early and not (route is not None and route.whenever)


def _route(routes: Mapping[str, Route[Reply | None]], view: str) -> Route[Reply | None] | None:
    return routes.get(view.partition(SEPARATOR)[0])


def _edited(request: Request, text: str) -> Reply:
    """Other words for a message: they correct the answer of the one that was taken last; what was not taken may be."""
    if request.answered and _route(CORRECTED, request.earlier):
        reply = take(CORRECTED, request, request.earlier, text)
        if reply is not None:
            return reply
    elif not request.early and _route(TYPED, request.view):
        return _typed(request, text)
    return Reply.again(request.view or views.home(), note=request.words.writing.EDITED)


def _too_early(request: Request) -> Reply:
    return Reply.again(request.view, note=request.words.writing.TOO_EARLY)
