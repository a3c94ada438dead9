"""What every kind of order knows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from bot.conversation.request import Request
from bot.conversation.screens import Button, Screen
from bot.runtime.services import Services
from bot.worker.requests import Batch

Stored = Mapping[str, Any]  # the details of a delivery, as JSON gives them back


class Order(Protocol):
    """An order, whatever it is of. `parts`: what comes, each as a message of its own."""

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts, in the order in which they come."""

    @property
    def audited(self) -> tuple[str, str]:
        """Action and subject, as the audit names them."""

    @property
    def coming(self) -> str:
        """What is said to come: »Kartice«."""

    @property
    def again(self) -> Button:
        """The button once everything has come; its action leads to where this was ordered."""

    def stored(self) -> dict[str, object]:
        """As a delivery stores it, without the part. One name says which kind it is: `bot.orders.kinds`."""

    def allowed(self, request: Request) -> bool:
        """Whether whoever is here may have it."""

    def named(self, request: Request) -> str:
        """What it is called in the chat, safe for a screen."""

    async def made(self, services: Services, part: str, batch: Batch) -> Screen:
        """The message of one part. Raises LookupError where what it is of is gone."""
