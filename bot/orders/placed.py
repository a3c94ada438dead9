"""An order that was given: its deliveries, one for each part, and the card that tells how they go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.actions import orders as actions
from bot.conversation import permissions
from bot.conversation.request import Request
from bot.conversation.screens import Button, Reply, Screen, column
from bot.orders import kinds
from bot.orders.order import Order
from bot.staff import staff_home
from bot.texts import reports as texts
from bot.views import orders as views
from storage import audit, deliveries
from storage.deliveries import DeliveryStanding
from storage.schema import DeliveryKind, DeliveryState
from storage.web import messages

_EVERY_PART = (
    "text", "picture", "pdf", "html", "xlsx", "slide", "data", "cards", "paper", "consents", "form", "file",
)  # fmt: skip
_LATELY = timedelta(days=30)  # for so long files stand at a desk
_OPEN = {DeliveryState.DUE, DeliveryState.SENDING}


def place(request: Request, order: Order) -> Reply:
    """Plan the deliveries of an order and say that it is being made; whoever may not have it is refused."""
    member = permissions.member(request)
    if member is None or not order.allowed(request):
        return staff_home.refuse(request)
    begins = f"report:{request.update}:"
    plan(request.connection, order, begins, DeliveryKind.REPORT, request.now, member.id)
    audit.record(request.connection, member.actor, *order.audited, request.now)
    view = views.order(str(request.update))
    return Reply(draw(request, str(request.update)), view, due=True)


def make_again(request: Request, order_number: str) -> Reply | None:
    """Place an order once more, for whoever may have it now."""
    parts = standings(request.connection, f"report:{order_number}:")
    return place(request, kinds.read(parts[0].details)) if parts else None


def elsewhere(request: Request) -> dict[str, Order]:
    """By number, the newest first: what arrived lately, but in the chat alone, while it is looked at from elsewhere."""
    member = permissions.member(request)
    if member is None or request.channel == request.lives_in:
        return {}
    found: dict[str, Order] = {}
    seen: set[Order] = set()
    for one in deliveries.orders_sent(request.connection, member.id, request.now - _LATELY):
        order = kinds.read(one.details)
        if order not in seen and not messages.came(request.connection, request.chat, one.planned_at, one.ended_at):
            found[number_of(one.key)] = order
        seen.add(order)
    return found


def plan(connection: Connection, order: Order, begins: str, kind: DeliveryKind, due_at: datetime, member: int) -> None:
    """Plan a delivery for each part; `begins` is what their keys begin with."""
    for part in order.parts:
        details = {**order.stored(), "part": part}
        deliveries.plan_delivery(connection, f"{begins}{part}", kind, due_at, staff=member, details=details)


def on_screen(request: Request) -> Reply | None:
    """The card of the order that was given last, where that is what the chat shows."""
    shown = views.order.arguments_of(request.view)
    return None if shown is None else Reply(draw(request, *shown), request.view)


def number_of(key: str) -> str:
    """The number of the order to which a delivery with this key belongs."""
    return key.split(":")[1]


def beside(key: str) -> list[str]:
    """The keys of all parts of the order to which a delivery with this key belongs, whichever of them there are."""
    return [f"{key.rpartition(':')[0]}:{part}" for part in _EVERY_PART]


def ended(standings: Sequence[DeliveryStanding]) -> bool:
    """Whether nothing of an order is still to come."""
    return not any(one.state in _OPEN for one in standings)


def standings(connection: Connection, key: str) -> tuple[DeliveryStanding, ...]:
    """How the deliveries of an order stand; `key` is of one of them."""
    return deliveries.standings(connection, beside(key))


def draw(request: Request, number: str) -> Screen:
    """How an order goes."""
    parts = standings(request.connection, f"report:{number}:")
    if not parts:
        return Screen(texts.ORDER_GONE, column(staff_home.to_desk()))
    order = kinds.read(parts[0].details)
    what, again = order.named(request), order.again
    states = {one.state for one in parts}
    if not ended(parts):
        return Screen(texts.preparing(what, order.coming), column(staff_home.to_desk()))
    if states == {DeliveryState.SENT}:
        if number in elsewhere(request):
            here = Button(texts.MAKE_HERE, actions.make_again(number), strong=True)
            return Screen(texts.ready_elsewhere(what), column(here, again, staff_home.to_desk()))
        return Screen(texts.ready(what), column(again, staff_home.to_desk()))
    uncertain = DeliveryState.UNCERTAIN in states
    words = texts.perhaps_arrived(what) if uncertain else texts.not_made(what)
    return Screen(words, column(Button(texts.TRY_AGAIN, again.action), staff_home.to_desk()))
