"""What the daily round forgets, one rule at a time."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime

from storage import retention
from storage.retention import Bounds

LONG_AGO = datetime(1990, 1, 1, tzinfo=UTC)
NOTHING = Bounds(**{
    one.name: date(1990, 1, 1) if one.name in {"words", "anonymise"} else LONG_AGO for one in fields(Bounds)
})  # fmt: skip
RULES = {rule.name: rule for rule in retention.RULES}
CHATS, WORDS = "chats of nobody", "typed words"


def forget(connection, keys, name, most=retention.BATCH, **bounds):
    """Forget by one rule what is older than these bounds; gives how many."""
    return RULES[name].forget(connection, keys, replace(NOTHING, **bounds), most)


def due(connection, keys, **bounds):
    """What the rules would forget, by name; nothing that is not there."""
    found = retention.standings(connection, keys, replace(NOTHING, **bounds))
    return {one.name: one.due for one in found if one.due}
