"""A key that was added to the key file while the bot runs: when the bot begins anew to seal with it.

All processes of one database do so in the same seconds, since only where nobody works on it is it sealed anew
(docs/decisions/keys.md).
"""

from __future__ import annotations

import logging
from functools import partial

from bot.runtime.services import Services
from storage.engine.engines import is_sqlite, read_url
from storage.engine.errors import StorageError
from storage.secrets.keys import Keys, load_keys, require_fitting

log = logging.getLogger(__name__)

_TICKS = 4  # from one moment at which processes begin anew to the next: by then each has seen the file
_RAREST = 64  # times that, where another process has not come along again and again


class KeyAdded(Exception):  # noqa: N818 - says what has happened
    """The bot is to begin anew: its key file holds a newer key than the one that seals."""


class NewKey:
    """Kept by a process from one life of its bot to the next."""

    def __init__(self) -> None:
        self._tried = 0
        self._told = ""

    def begins(self, keys: Keys) -> None:
        """A life begins with these keys."""
        newest, sealing = keys.numbers[0], keys.sealing
        if newest == sealing:
            if self._tried:
                log.info("everything is sealed with key %d now", sealing)
            self._tried = 0
        elif self._tried:
            log.warning(
                "key %d is not used yet: another process works on this database and did not begin anew, so that its"
                " key file may lack the key; it is tried again, ever more rarely",
                newest,
            )

    async def seconds(self, services: Services) -> float | None:
        """In how many seconds to begin anew; None where no key is new, or what is new does not fit the database."""
        try:
            keys = load_keys(services.settings.keys.file)
            if keys.numbers[0] <= services.keys.sealing:
                return None
            await services.database.read(partial(require_fitting, keys=keys))
        except StorageError as problem:
            if str(problem) != self._told:
                log.warning("no key is taken up: %s", problem)
                self._told = str(problem)
            return None
        if is_sqlite(read_url(services.settings.database.url)):
            return 0.0
        every: float = services.settings.schedule.tick.total_seconds() * _TICKS * min(2**self._tried, _RAREST)
        return every - services.clock().timestamp() % every

    def is_taken_up(self) -> None:
        """The bot ends to begin anew."""
        self._tried += 1
