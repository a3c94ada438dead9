"""Whether Telegram still brings the updates to our webhook: looked at now and then, and told when it changes.

Knows neither HTTP nor how a webhook is set (docs/decisions/whose-webhook.md).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from enum import StrEnum

from bot.runtime.activity import Activity
from bot.telegram.webhook_info import WebhookInfo

log = logging.getLogger(__name__)

_LOOK_SECONDS = 60.0  # Telegram itself waits up to a minute before it tries an update again


class WebhookState(StrEnum):
    """How the webhook of this process stands."""

    UNKNOWN = "unknown"  # not looked at yet, or Telegram cannot be asked
    OURS = "ours"
    FAILING = "failing"  # ours, but Telegram does not get through to it
    LOST = "lost"  # somebody took it away, and it could not be set again yet


class WebhookWatch:
    """What is known of the webhook at `url`, and told to `activity`. `clock` gives seconds that only grow."""

    def __init__(self, url: str, activity: Activity, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._activity = activity
        self._clock = clock
        self._look_at = 0.0
        self._failed_at = 0
        self._told = ""
        self.state = activity.webhook_state = WebhookState.UNKNOWN

    def begin(self, found: WebhookInfo) -> None:
        """It is set; a failure of before is no news."""
        self._failed_at = max(self._failed_at, found.failed_at)
        self._look_at = self._clock() + _LOOK_SECONDS
        self._is(WebhookState.OURS)

    def due(self) -> bool:
        """Whether it is time to look again; then not for another minute."""
        now = self._clock()
        if now < self._look_at:
            return False
        self._look_at = now + _LOOK_SECONDS
        return True

    def holds(self, found: WebhookInfo) -> bool:
        """Whether the webhook is ours; says so where Telegram does not get through to it."""
        if found.url != self._url:
            self._activity.webhook_lost += self.state is not WebhookState.LOST
            where = f"another bot has set it to {found.place}" if found.url else "somebody has taken it away"
            self._is(WebhookState.LOST, f"the webhook is lost, and is set again: {where}")
            return False
        if found.failed_at > self._failed_at:
            self._failed_at = found.failed_at
            self._is(WebhookState.FAILING, f"Telegram does not get through to the webhook: {found.failure}")
        elif self.state is not WebhookState.FAILING or not found.waiting:
            self._is(WebhookState.OURS)
        return True

    def unknown(self, why: str) -> None:
        """Telegram cannot be asked, or does not let the webhook be set."""
        lost = self.state is WebhookState.LOST
        self._is(self.state if lost else WebhookState.UNKNOWN, f"the webhook cannot be looked after: {why}")

    def _is(self, state: WebhookState, sentence: str = "") -> None:
        """Tell what has changed, once."""
        if sentence and sentence != self._told:
            log.warning("%s", sentence)
        elif self._told and not sentence:
            log.warning("the webhook is in order again")
        self.state, self._told = state, sentence
        self._activity.webhook_state = state
