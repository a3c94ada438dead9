"""What a desk shows beside the card of whoever works there: commands, a field for a code, files. Knows no request."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from bot.conversation.handled import CurrentCard
from bot.texts import desk as texts
from bot.web.markup import paragraphs
from storage.web.messages import WebMessage

FINDS = "udelezenec"  # the command behind which a code may stand
REPORTS = "porocilo"  # whoever has this command has the overview, too; the page asks again who may see it
_SHOWN = (".pdf", ".html")  # what a browser shows by itself, at an address where it can do nothing


@dataclass(frozen=True, slots=True)
class KeptFile:
    """Something that was ordered: what is said with it, and where its file is shown and kept."""

    id: int
    text: Markup
    name: str  # "" where it is but a text
    is_picture: bool
    is_shown: bool
    when: str
    size: str


def is_one(shown: CurrentCard) -> bool:
    """Whether whoever looks at this card works at a desk."""
    return shown.staff and not shown.kiosk


def files(messages: Iterable[WebMessage], labels: dict[str, str]) -> list[KeptFile]:
    """What stands until it is forgotten, the newest first."""
    return [
        KeptFile(
            one.id,
            paragraphs(one.text, labels),
            one.name,
            one.kind == "picture",
            one.name.endswith(_SHOWN),
            texts.moment(one.said_at),
            texts.size(one.size),
        )
        for one in sorted(messages, key=lambda one: one.id, reverse=True)
        if one.lasts
    ]
