"""The pictures of the manuals: which ones the pages name, what they promise, and a camera for the demo's phones."""

from __future__ import annotations

import os
import re
import struct
import zlib
from pathlib import Path

import pypdfium2
from playwright.async_api import Page, expect

from bot.simulator.chat import Message

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "slike"
MANUALS = ("udelezenci", "knjiznicarji", "koordinatorji")
TALL = {"width": 360, "height": 1600}  # so that no card is longer than the screen
MARGIN = 10
STILL = (
    ".toast, .newest, .typing { display: none !important }"
    ".log { background: var(--wall) !important } .bubble { box-shadow: none !important }"
)
TAKE = "name => [...document.querySelectorAll('.person')].find((e) => e.innerText.includes(name)).click()"
TAKING = bool(os.environ.get("PICTURES"))


def promised() -> dict[str, list[str]]:
    """By the path of a picture in the folder: the words that its alternative text quotes."""
    found = {}
    for manual in MANUALS:
        text = (DOCS / f"{manual}.md").read_text(encoding="utf-8")
        for alt, path in re.findall(r"!\[([^\]]*)\]\(slike/([^)]+)\)", text):
            found[path] = re.findall("»([^«]+)«", flat(alt))
    return found


def flat(words: str) -> str:
    """Without line ends and no-break spaces."""
    return " ".join(words.split())


class Camera:
    """Looks at the phones of one page; what it saw is kept under the name of the picture."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.seen: dict[str, str] = {}

    async def phone(self, name: str, owner: str, message: Message) -> None:
        """A message on somebody's phone, with its buttons."""
        await self.page.evaluate(TAKE, owner)  # at once: the tabs are drawn anew when a message comes
        card = self.page.get_by_role("region", name=f"Telefon: {owner}").locator(f".message[data-id='{message.id}']")
        await expect(card.locator(".words")).to_contain_text(message.text)
        for label in message.labels[-1:]:
            await expect(card.get_by_role("button", name=label, exact=True).last).to_be_visible()
        self.seen[name] = flat(await card.inner_text())
        if TAKING:
            await card.scroll_into_view_if_needed()
            box = await card.bounding_box()
            assert box is not None
            clip = {"x": 0, "y": box["y"] - MARGIN, "width": TALL["width"], "height": box["height"] + 2 * MARGIN}
            alone = f".log > :not([data-id='{message.id}']) {{ visibility: hidden }}"
            await self.page.screenshot(path=FOLDER / name, clip=clip, style=STILL + alone, animations="disabled")

    def paper(self, name: str, document: bytes, page: int = 0, share: tuple[float, float] = (1, 1)) -> None:
        """A page of a PDF, or its upper left part; `share` of the width and of the height."""
        with pypdfium2.PdfDocument(document) as opened:
            width, height = opened[page].get_size()
            right, bottom = width * share[0], height * (1 - share[1])
            self.seen[name] = flat(opened[page].get_textpage().get_text_bounded(0, bottom, right, height))
            if TAKING:
                crop = (0, bottom, width - right, 0)
                drawn = opened[page].render(scale=TALL["width"] / right, crop=crop, grayscale=True)
                (FOLDER / name).write_bytes(grey(bytes(drawn.buffer), drawn.width, drawn.height, drawn.stride))


def grey(dots: bytes, width: int, height: int, stride: int) -> bytes:
    """Grey dots as a PNG."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + dots[row * stride : row * stride + width] for row in range(height))
    head = struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows, 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
