"""Taps on buttons: asked by a person, answered by the bot within 150 seconds."""

from __future__ import annotations

from typing import Any

from bot.simulator.refusals import CALLBACK_ANSWER_TOO_LONG, QUERY_TOO_OLD, bad_request
from bot.simulator.state import Query, World
from bot.simulator.wire import MethodCall

ANSWER_SECONDS = 150
ANSWER_LIMIT = 200


def ask(
    world: World, user_id: int, message_id: int, data: str, *, same_as: str | None = None, inaccessible: bool = False
) -> str:
    """A person taps: one query, new or the same once more, and one update. Gives the query's identifier."""
    query_id = same_as or str(world.next_query_id)
    if same_as is None:
        world.next_query_id += 1
        world.queries[query_id] = Query(query_id, user_id, message_id, data, world.now())
    body = {
        "id": query_id,
        "from": world.accounts[user_id].user(),
        "message": _message(world, user_id, message_id, inaccessible=inaccessible),
        "chat_instance": str(-7_000_000_000_000 - user_id),
        "data": data,
    }
    world.updates.add("callback_query", body, user_id, world.now())
    return query_id


def _message(world: World, chat_id: int, message_id: int, *, inaccessible: bool) -> dict[str, Any]:
    message = world.message(chat_id, message_id)
    if message is None or inaccessible:
        return {"chat": world.accounts[chat_id].chat(), "message_id": message_id, "date": 0}
    return world.message_object(message)


def answer_callback_query(world: World, call: MethodCall) -> bool:
    """Play answerCallbackQuery: the first answer is what the person sees."""
    text = call.text("text")
    if len(text) > ANSWER_LIMIT:
        raise bad_request(CALLBACK_ANSWER_TOO_LONG)
    query = world.queries.get(call.text("callback_query_id"))
    if query is None or world.now() - query.asked_at > ANSWER_SECONDS:
        raise bad_request(QUERY_TOO_OLD)
    if call.text("url") and not call.text("url").startswith(("tg://", f"https://t.me/{world.username}")):
        raise bad_request("URL_INVALID")
    if not query.answered:
        query.answered, query.text, query.show_alert = True, text or None, call.flag("show_alert")
        query.url = call.text("url") or None
        world.happened(query.user_id, "answered")
    return True
