"""What became of a message that was to be sent. Knows nobody who sends."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delivered:
    """The channel has the message, under this number of its chat."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was sent. `permanent`: and never will be; otherwise another try may do."""

    permanent: bool
    problem: str


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Sent or not: the line broke after the request had left."""


Outcome = Delivered | Refused | Uncertain
