"""What is handed to a person who begins: a QR code as a picture, and cards to print. Pure."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import segno

from bot.screens import Document, Picture
from bot.texts import enrolling as texts

_MASK = 3  # any of the eight is valid; to weigh them all takes five times as long
_SCALE = 12  # pixels a module
_QUIET = 8  # modules of white around, twice what the standard asks for: a chat's bubble may be dark

_STYLE = """
@page { size: A4; margin: 10mm }
* { box-sizing: border-box }
body { font: 12pt/1.4 "Source Sans 3", "Segoe UI", Roboto, Arial, sans-serif; color: #111; background: #fff; margin: 0 }
main { display: grid; grid-template-columns: 1fr 1fr; gap: 4mm }
article { border: 1px dashed #777; padding: 4mm; break-inside: avoid; height: 130mm;
  overflow: hidden; text-align: center }
h2 { font-size: 13pt; margin: 0 }
svg { width: 52mm; height: 52mm }
ol { text-align: left; margin: 1mm 0; padding-left: 6mm }
p { margin: 1mm 0 }
.code { font-size: 18pt; font-weight: bold; letter-spacing: 1px }
.link { font-size: 8pt; overflow-wrap: anywhere }
@media screen { body { max-width: 210mm; margin: 0 auto; padding: 5mm } }
"""


@dataclass(frozen=True, slots=True)
class Card:
    """One person's code and link."""

    code: str
    address: str


def picture(card: Card) -> Picture:
    """The QR code as a PNG that telephones read from paper and from another screen."""
    file = io.BytesIO()
    _qr(card.address).save(file, kind="png", scale=_SCALE, border=_QUIET)
    return Picture(file.getvalue(), f"{card.code}.png")


def sheet(library: str, programme: str, cards: Iterable[Card]) -> Document:
    """Cards to print on A4, four a page, as one HTML file that needs nothing else."""
    articles = "\n".join(_article(library, programme, card) for card in cards)
    page = (
        f'<!doctype html>\n<html lang="sl"><head><meta charset="utf-8"><title>{texts.CARD_TITLE}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n'
        f"<body><main>\n{articles}\n</main></body></html>\n"
    )
    return Document(page.encode(), texts.CARDS_FILE)


def _article(library: str, programme: str, card: Card) -> str:
    steps = "".join(f"<li>{escape(step)}</li>" for step in texts.CARD_STEPS)
    drawing = _qr(card.address).svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
    labelled = drawing.replace("<svg ", f'<svg role="img" aria-label="{escape(texts.CARD_ALT)}" ', 1)
    return (
        f"<article><h2>{escape(library)}</h2><p>{escape(programme)}</p>{labelled}"
        f'<p>{texts.CARD_CODE}: <span class="code">{escape(card.code)}</span></p>'
        f'<ol>{steps}</ol><p class="link">{escape(card.address)}</p><p>{escape(texts.CARD_FOR_ONE)}</p></article>'
    )


def _qr(address: str) -> segno.QRCode:
    return segno.make_qr(address, error="m", mask=_MASK, boost_error=False)
