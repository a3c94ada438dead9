"""Which use case answers what, by the name that leads to it: commands, buttons, cards, what is typed or sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.actions import coordinator as coordinator_actions
from bot.conversation.declared import SEPARATOR, ForgedError, Rest
from bot.conversation.request import Request, Sent
from bot.conversation.routes import CommandRoute, Route, by_name, command_with_words, tap
from bot.conversation.screens import Reply, Screen
from bot.coordinator import monday_message
from bot.coordinator import routes as coordinator
from bot.librarian import assistance_routes, person
from bot.librarian import routes as librarian
from bot.orders import routes as orders
from bot.participant import intents, small_talk
from bot.participant import routes as participant
from bot.routing import deep_links, ownership
from bot.staff import staff_home
from bot.texts.intents import Intent
from bot.views.participant import home
from storage import codes


def below(request: Request, action: Rest) -> Reply | None:
    """A button of Monday's message: the card that the action in it leads to comes below the message, which stays."""
    name, _, written = action.partition(SEPARATOR)
    route = TAPS[name] if name in monday_message.CARRIED else None
    reply = None if route is None else route.use_case(request, *route.arguments(written))
    return None if reply is None else replace(reply, stays=True)


COMMANDS: Mapping[str, CommandRoute] = by_name(
    [command_with_words("start", deep_links.start)],
    participant.COMMANDS,
    librarian.COMMANDS,
    assistance_routes.COMMANDS,
)
TAPS: Mapping[str, Route[Reply | None]] = by_name(
    participant.TAPS,
    librarian.TAPS,
    assistance_routes.TAPS,
    orders.TAPS,
    coordinator.TAPS,
    [tap(coordinator_actions.below, below)],
)
CARDS: Mapping[str, Route[Screen]] = by_name(
    participant.CARDS, librarian.CARDS, assistance_routes.CARDS, coordinator.CARDS, orders.CARDS
)
TYPED: Mapping[str, Route[Reply | None]] = by_name(
    participant.TYPED, librarian.TYPED, assistance_routes.TYPED, coordinator.TYPED
)
SENT: Mapping[str, Route[Reply | None]] = by_name(
    participant.SENT, librarian.SENT, assistance_routes.SENT, coordinator.SENT
)
EARLIER: Mapping[str, Route[Reply | None]] = by_name(participant.EARLIER)
EARLIER_SENT: Mapping[str, Route[Reply | None]] = by_name(participant.EARLIER_SENT)
CORRECTED: Mapping[str, Route[Reply | None]] = by_name(participant.CORRECTED)


def draw(request: Request, view: str) -> Screen:
    """The card of a stored view; what no version knows any more, and what is not for whoever is here, leads home."""
    name, _, written = view.partition(SEPARATOR)
    route = CARDS.get(name, CARDS[home.name])
    try:
        arguments = route.arguments(written)
        if ownership.may_see(request, route, arguments):
            return route.use_case(request, *arguments)
    except ForgedError:  # also where it names somebody who is of this chat no more
        pass
    return CARDS[home.name].use_case(request)


def take(routes: Mapping[str, Route[Reply | None]], request: Request, view: str, given: str | Sent) -> Reply | None:
    """What is typed or sent goes to the use case of a card; None where there is none, or it does not ask for this."""
    name, _, written = view.partition(SEPARATOR)
    route = routes.get(name)
    if route is None:
        return None
    if isinstance(given, str):
        if route.unless_code and codes.read_code(given) is not None and staff_home.is_member(request):
            return person.typed_anywhere(request, given)
        intent = intents.read(given) if route.unless_meant else None
        if intent is not None and not (route.questions_too and intent is Intent.QUESTION):
            return small_talk.answer(request, intent)
    return route.use_case(request, given, *route.arguments(written))


def take_anywhere(request: Request, text: str) -> Reply:
    """Words that the card does not ask for: something else that is meant, a code that staff type, or unclear."""
    reply = small_talk.typed(request, text)
    if reply is None and staff_home.is_member(request):
        reply = person.typed_anywhere(request, text)
    return reply or small_talk.unclear(request)
