"""From the text of a Screen to HTML of a page: paragraphs, lines, and commands as buttons. Sends nothing."""

from __future__ import annotations

import html
import re

from markupsafe import Markup

_COMMAND = re.compile(r"(?<![\w/<:.])/([a-z_]+)")
_TAG = re.compile(r"<[^>]+>")


def paragraphs(text: str, labels: dict[str, str]) -> Markup:
    """The text, which is escaped HTML already. What commands are called is in `labels`; others stand as they are."""
    with_buttons = _COMMAND.sub(lambda found: _button(found, labels), text)
    blocks = (block.strip("\n") for block in re.split(r"\n{2,}", with_buttons))
    return Markup("".join(f"<p>{block.replace(chr(10), '<br>')}</p>" for block in blocks if block))  # noqa: S704 - ours


def plain(text: str) -> str:
    """The text without its tags."""
    return html.unescape(_TAG.sub("", text))


def _button(found: re.Match[str], labels: dict[str, str]) -> str:
    name = found[1]
    if name not in labels:
        return found[0]
    label = html.escape(labels[name], quote=False)
    return f'<button class="word" form="menu" name="command" value="{name}">{label}</button>'
