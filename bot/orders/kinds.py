"""The kinds of orders, by the name that their rows hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.orders.cards import CardsOrder
from bot.orders.consent_form import ConsentFormOrder
from bot.orders.consent_list import ConsentListOrder
from bot.orders.data import DataOrder
from bot.orders.order import Order, Stored
from bot.orders.paper import PaperOrder
from bot.orders.report import ReportOrder

KINDS: Mapping[str, Callable[[Stored], Order]] = {
    "report": ReportOrder.read,
    "export": DataOrder.read,
    "cards": CardsOrder.read,
    "paper": PaperOrder.read,
    "consents": ConsentListOrder.read,
    "consent_form": ConsentFormOrder.read,
}


def read(stored: Stored) -> Order:
    """The order that a delivery stores. Raises ValueError for one of no kind, or of two."""
    [kind] = (kind for name, kind in KINDS.items() if name in stored)
    return kind(stored)
