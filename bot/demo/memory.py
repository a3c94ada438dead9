"""What the demo remembers between two starts, in one file: the hour, the phones, the card, the whole stand-in."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.simulator.phone import Owner

SKIPPED_UPDATES = 10_000  # what the bot handled after the last saving must not come again under the same number
SKIPPED_MESSAGES = 1_000


@dataclass
class Memory:
    """Everything but the database and its key."""

    now: datetime
    token: str  # of the made-up bot
    last_villager: int
    open_cohort: int
    card: str  # token of the printed card; "" before the first
    villagers: list[int] = field(default_factory=list)  # chats of made-up people, until they are settled
    owners: list[Owner] = field(default_factory=list)
    telegram: dict[str, Any] | None = None
    guest: str = ""  # token of the guest's link, until it is opened

    def save(self, file: Path) -> None:
        """Write it whole or not at all, for the owner alone."""
        content = {**asdict(self), "now": self.now.isoformat()}
        beside = file.with_name(file.name + ".new")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "w", encoding="utf-8") as opened:  # noqa: PTH123 - a path cannot be opened with a mode
            json.dump(content, opened, ensure_ascii=False)
        beside.replace(file)

    @classmethod
    def load(cls, file: Path) -> Memory | None:
        """What was saved; None on the first start."""
        if not file.exists():
            return None
        content = json.loads(file.read_text("utf-8"))
        content["now"] = datetime.fromisoformat(content["now"])
        content["owners"] = [Owner(**owner) for owner in content["owners"]]
        if content["telegram"] is not None:
            content["telegram"]["next_update_id"] += SKIPPED_UPDATES
            content["telegram"]["counters"]["next_message_id"] += SKIPPED_MESSAGES
        return cls(**content)
