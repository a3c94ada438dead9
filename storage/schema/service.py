"""Who answers for the service, and what of it needs them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, String, Table

from storage.schema.naming import metadata
from storage.types import Moment

operator = Table(  # whose chat is told when the service needs a person; first a link, then a chat
    "operator",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token_hash", LargeBinary, unique=True),  # of a link that nobody has opened yet
    Column("expires_at", Moment),
    Column("chat", LargeBinary, unique=True),  # sealed address
    Column("joined_at", Moment),
    CheckConstraint("(token_hash IS NULL) <> (chat IS NULL)", name="link_or_chat"),
)

alert = Table(  # something that needs a person; gone once it is over and that was told
    "alert",
    metadata,
    Column("kind", String(24), primary_key=True),  # as `bot.health.facts` names it
    Column("begun_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),  # when it was last so
    Column("due_at", Moment, nullable=False),  # of the next try to tell it; a claim moves it to the end of its lease
    Column("told_at", Moment),
)
