"""The whole state as JSON and back, so that a demo goes on where it was."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import asdict
from typing import Any

from bot.simulator.state import Account, Profile, Query, StoredFile, StoredMessage, WebhookAddress, World
from bot.simulator.updates import PendingUpdate

COUNTERS = ("next_message_id", "next_query_id", "next_person_id")


def take(world: World) -> dict[str, Any]:
    """JSON-able; files as base64."""
    return {
        "accounts": [asdict(account) for account in world.accounts.values()],
        "messages": [asdict(message) for chat in world.messages.values() for message in chat.values()],
        "blobs": {_digest(file.data): base64.b64encode(file.data).decode() for file in world.files.values()},
        "files": [asdict(file) | {"data": _digest(file.data)} for file in world.files.values()],
        "queries": [asdict(query) for query in world.queries.values()],
        "profile": asdict(world.profile),
        "webhook": asdict(world.webhook),
        "updates": [asdict(update) for update in world.updates.pending],
        "allowed": list(world.updates.allowed),
        "next_update_id": world.updates.next_id,
        "last_update_at": world.updates.last_at,
        "counters": {name: getattr(world, name) for name in COUNTERS},
    }


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def put_back(world: World, state: dict[str, Any]) -> None:
    """Replace everything that the stand-in remembers."""
    world.accounts = {row["id"]: Account(**row) for row in state["accounts"]}
    world.messages = {}
    for row in state["messages"]:
        world.messages.setdefault(row["chat_id"], {})[row["id"]] = StoredMessage(**row)
    blobs = {digest: base64.b64decode(blob) for digest, blob in state["blobs"].items()}
    world.files = {row["file_id"]: StoredFile(**{**row, "data": blobs[row["data"]]}) for row in state["files"]}
    world.queries = {row["id"]: Query(**row) for row in state["queries"]}
    world.profile = Profile(**state["profile"])
    world.webhook = WebhookAddress(**state["webhook"])
    world.updates.pending = [PendingUpdate(**row) for row in state["updates"]]
    world.updates.allowed = list(state["allowed"])
    world.updates.next_id = state["next_update_id"]
    world.updates.last_at = state["last_update_at"]
    world.updates.announce()
    for name in COUNTERS:
        setattr(world, name, state["counters"][name])
