"""Things that go wrong on purpose: refused, failing, hanging and cut requests, and updates that come twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "too_many",  # 429 with retry_after
    "server_error",  # 5xx with a body that is no JSON
    "refused",  # any 4xx with its description
    "hang",  # answered only after some seconds, having acted at once
    "answer",  # 200 with `description` as the whole answer, having acted
    "cut_before",  # the connection ends before anything was done
    "cut_after",  # done, but the connection ends before the answer
    "confirmation_lost",  # getUpdates: the last confirmed updates come once more
    "again",  # callback_query: the tap comes again under a new update and a new query identifier
    "inaccessible",  # callback_query: the tapped message is not accessible to the bot any more
]
ALIASES = {"429": "too_many", "5xx": "server_error"}


@dataclass
class Fault:
    """One scripted fault: what, how, how often, and after how many undisturbed requests."""

    method: str
    kind: Kind
    times: int = 1
    after: int = 0
    chat_id: int | None = None
    seconds: float = 1
    status: int = 502
    description: str = ""
    happened: int = 0

    def concerns(self, method: str, chat_id: int | None) -> bool:
        """Whether a request may meet this fault."""
        if self.chat_id is not None and self.chat_id != chat_id:
            return False
        anything = self.method == "*" and method not in {"getUpdates", "callback_query"}
        return anything or self.method.lower() == method.lower()


@dataclass
class Faults:
    """The script; a fault that has happened often enough is over."""

    planned: list[Fault] = field(default_factory=list)

    def add(
        self,
        method: str,
        kind: str,
        *,
        times: int = 1,
        after: int = 0,
        chat_id: int | None = None,
        seconds: float = 1,
        status: int = 502,
        description: str = "",
    ) -> Fault:
        """Plan a fault for a method of the Bot API, `*` (all but getUpdates), `file` (a download), or `callback_query`.

        Kinds: `too_many` (429), `server_error` (5xx), `refused`, `answer`, `hang`, `cut_before`, `cut_after`,
        `confirmation_lost`, `again`, `inaccessible`. `seconds` is the retry_after of a 429 and the length of a hang.
        """
        name = ALIASES.get(kind, kind)
        if name not in Kind.__args__:  # type: ignore[attr-defined]  # a Literal's values
            raise ValueError(f"no such fault: {kind}")
        fault = Fault(method, name, times, after, chat_id, seconds, status, description)  # type: ignore[arg-type]  # checked above
        self.planned.append(fault)
        return fault

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that this request meets, if any."""
        for fault in self.planned:
            if fault.happened >= fault.times or not fault.concerns(method, chat_id):
                continue
            if fault.after > 0:
                fault.after -= 1
                continue
            fault.happened += 1
            return fault
        return None

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self.planned.clear()
