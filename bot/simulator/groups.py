"""Groups in which the bot may find itself: it can speak there and leave, and nothing else is played."""

from __future__ import annotations

from typing import Any

from bot.simulator.refusals import CHAT_NOT_FOUND, NOT_A_MEMBER, bad_request, forbidden
from bot.simulator.state import GroupChat, World
from bot.simulator.wire import MethodCall


def named(world: World, call: MethodCall) -> GroupChat | None:
    """The group that a request names; None where it names none."""
    reference = call.text("chat_id")
    return world.groups.get(int(reference)) if reference.lstrip("-").isdigit() else None


def hear(world: World, group: GroupChat, text: str) -> dict[str, Any]:
    """Play sendMessage in a group."""
    if not group.present:
        raise forbidden(NOT_A_MEMBER)
    group.texts.append(text)
    number, world.next_message_id = world.next_message_id, world.next_message_id + 1
    return {"message_id": number, "date": int(world.now()), "chat": group.chat(), "text": text}


def leave_chat(world: World, call: MethodCall) -> bool:
    """Play leaveChat."""
    group = named(world, call)
    if group is None:
        raise bad_request(CHAT_NOT_FOUND)
    if not group.present:
        raise forbidden(NOT_A_MEMBER)
    group.present = False
    return True
