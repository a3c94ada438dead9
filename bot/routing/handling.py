"""What came in, in one write unit: mark it, do it, remember what the person should see. Knows no channel."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.conversation.arrivals import Arrival
from bot.conversation.handled import Handled
from bot.conversation.request import Request
from bot.conversation.screens import Reply
from bot.participant import pending_questions
from bot.routing import routes
from bot.runtime.failures import described
from bot.runtime.services import Services
from bot.views import participant as views
from storage import chats, handled_updates
from storage.chats import Chat

log = logging.getLogger(__name__)

Step = Callable[[Request], Reply]


def handle_once(connection: Connection, services: Services, arrival: Arrival, step: Step) -> Handled:
    """Do what is asked for, once. Repeated, it changes nothing and the card is drawn again."""
    row = chats.lock(connection, arrival.chat)
    seen = row is not None and arrival.had_seen(row)
    request = _request(connection, services, arrival, row, seen=seen)
    kiosk = request.kiosk is not None
    card = None if row is None else row.card
    typed = arrival.message if kiosk else 0
    if not handled_updates.mark_handled(connection, arrival.channel, arrival.key, arrival.at):
        drawn = Reply(routes.draw(request, request.view), request.view or views.home())
        wanted = 0 if row is None else row.wanted
        return Handled(arrival.chat, wanted, card, drawn, arrival.receipt, typed, kiosk, repeated=True)
    reply = _drawn_again(request, pending_questions.below(request, step(request)))
    covered = row is not None and row.card is None and row.shown >= row.wanted
    if covered or _comes_below(reply, row, typed=arrival.typed and not kiosk):
        reply = replace(reply, fresh=True)
    if not reply.view:
        chats.forget(connection, arrival.chat)
        return Handled(arrival.chat, 0, card, reply, arrival.receipt)
    revision = _want(request, arrival, row, reply, seen=seen)
    if (covered or card is not None) and not reply.stays:
        card = max(card or 0, arrival.tapped) or None
    return Handled(
        arrival.chat,
        revision,
        card,
        reply,
        arrival.receipt,
        typed,
        kiosk or bool(reply.kiosk),
        language=reply.language or request.language,
        aloud=request.aloud if reply.aloud is None else reply.aloud,
    )


def _request(connection: Connection, services: Services, arrival: Arrival, row: Chat | None, *, seen: bool) -> Request:
    """Who asks, with what is remembered of their chat; `seen`: its view was on the screen."""
    known: dict[str, Any] = {"phone_language": arrival.phone_language}
    if row is not None:
        known = _remembered(row)
        known["early"] = not seen
        known["earlier"] = (row.earlier or "") if arrival.had_seen_earlier(row) else ""
        known["answered"] = arrival.edited and row.earlier_message == arrival.message
    return Request(
        connection,
        services,
        arrival.chat,
        arrival.at,
        arrival.typed,
        update=arrival.number,
        channel=arrival.channel,
        edited=arrival.edited,
        **known,
    )


def _drawn_again(request: Request, reply: Reply) -> Reply:
    """The reply with the card that its view draws, where it asks for that one."""
    if not reply.redrawn:
        return reply
    return replace(reply, card=routes.draw(_reading(request, reply), reply.view).noted(reply.note))


def _want(request: Request, arrival: Arrival, row: Chat | None, reply: Reply, *, seen: bool) -> int:
    """Remember what the chat is to show from now on; its revision."""
    known = arrival.known(row)
    return chats.show_next(
        request.connection,
        arrival.chat,
        reply.view,
        arrival.at,
        fresh=reply.fresh,
        tapped=arrival.tapped,
        language=reply.language,
        aloud=reply.aloud,
        kiosk=reply.kiosk,
        asked=reply.asked,
        said=_sealed(request.services, reply),
        known_from=known.message,
        known_at=known.at,
        answered=arrival.message if seen and arrival.message else None,
        unread=reply.unread,
        channel=arrival.channel,
        drawn_in=arrival.drawn_in,
    )


def _comes_below(reply: Reply, row: Chat | None, *, typed: bool) -> bool:
    """Whether the card is a new message, below what was typed, what is sent before it, or what stays.

    A screen reader says new messages, not edited ones.
    """
    aloud = row is not None and row.aloud if reply.aloud is None else reply.aloud
    return typed or aloud or bool(reply.extras) or reply.stays


def remembering(request: Request, row: Chat | None) -> Request:
    """The request with what is remembered of its chat."""
    return request if row is None else replace(request, **_remembered(row))


def _remembered(row: Chat) -> dict[str, Any]:
    return {
        "view": row.view,
        "language": row.language,
        "aloud": row.aloud,
        "kiosk": row.kiosk,
        "phone_language": row.language,
        "asked": row.asked or "",
        "said": row.said_sealed,
    }


def _sealed(services: Services, reply: Reply) -> bytes | None:
    """What was said, sealed; nothing of it stays when the question about it no longer stands."""
    if reply.said:
        return services.keys.seal_text(reply.said)
    gone = reply.said is not None or (reply.asked is not None and not pending_questions.about_words(reply.asked))
    return b"" if gone else None


def _reading(request: Request, reply: Reply) -> Request:
    """The request as the chat reads after it."""
    return replace(
        request,
        view=reply.view,
        language=reply.language or request.language,
        aloud=request.aloud if reply.aloud is None else reply.aloud,
        asked=request.asked if reply.asked is None else reply.asked,
    )


def redraw(
    connection: Connection, services: Services, now: datetime, before: datetime, limit: int = 100
) -> list[Handled]:
    """The cards of chats that wait since `before` for what they should show: after a crash, or without a network.

    Of several processes one draws a chat. A view that cannot be drawn leads home: one bad row cannot stop the others.
    A chat whose person was erased is forgotten as its last card is drawn.
    """
    return [_drawn(connection, services, now, row) for row in chats.behind(connection, limit, before)
            if chats.claim(connection, row, now)]  # fmt: skip


def _drawn(connection: Connection, services: Services, now: datetime, row: Chat) -> Handled:
    request = remembering(Request(connection, services, row.chat, now, channel=row.channel), row)
    try:
        card = routes.draw(request, row.view)
    except Exception as error:  # noqa: BLE001 - whatever is wrong with this view is wrong with this view only
        log.error("a view could not be drawn: %s", described(error))  # noqa: TRY400 - its words may be a person's
        card = routes.draw(request, views.home())
    if row.view == "erased:":
        chats.forget(connection, row.chat)
        return Handled(row.chat, 0, row.card, Reply(card, "", fresh=row.card is None), again=True)
    reply = Reply(card, row.view, fresh=row.card is None or row.aloud)
    return Handled(row.chat, row.wanted, row.card, reply, kiosk=row.kiosk is not None, again=True)
