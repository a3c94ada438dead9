"""A ZIP of XML, as Excel and OpenDocument are: unpacked within bounds, and read without entities."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import partial
from typing import Protocol
from xml.parsers import expat
from zipfile import ZipFile

from bot.workbooks.book import Unreadable, UnreadableError

_UNPACKED = 64 * 2**20  # bytes of all XML together: a list whose formatting goes down to the last row of a sheet fits
_PARTS = 2_000
_PIECE = 2**16
_MARKUP = (".xml", ".rels")

Attributes = Mapping[str, str]


class Reader(Protocol):
    """Who is told what stands in a part, by names without their namespaces."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def text(self, words: str) -> None:
        """Words within an element, in any number of pieces."""

    def end(self, name: str) -> None:
        """An element ends."""


class Archive:
    """The parts of a file, whose errors `file.read` takes for damage."""

    def __init__(self, data: bytes, elements: int) -> None:
        self._left = elements
        try:
            self._zip = ZipFile(io.BytesIO(data))
            self._names = {name.replace("\\", "/").lower(): name for name in self._zip.namelist()}
            if len(self._names) < len(self._zip.namelist()):  # one of two of a name is looked at here, another read
                raise UnreadableError(Unreadable.DAMAGED)
            self._measure()
        except RuntimeError as problem:
            locked = "password" in str(problem)
            raise UnreadableError(Unreadable.LOCKED if locked else Unreadable.DAMAGED) from None

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def go_through(self, name: str, reader: Reader, *, beginning: bool = False) -> None:
        """Tell the reader what stands in a part, or only in its first piece.

        A definition of the document's type has no place in it.
        """
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = partial(self._begin, reader)
        parser.EndElementHandler = lambda tag: reader.end(_bare(tag))
        parser.CharacterDataHandler = reader.text
        parser.StartDoctypeDeclHandler = _refuse
        parser.buffer_text = True
        with self._zip.open(self._names[name.lower()]) as part:
            while piece := part.read(_PIECE):
                parser.Parse(piece)
                if beginning:
                    return
        parser.Parse(b"", True)

    def _begin(self, reader: Reader, tag: str, attributes: Attributes) -> None:
        """Hand the beginning of an element on, as long as they are not far too many."""
        self._left -= 1
        if self._left < 0:
            raise UnreadableError(Unreadable.SWOLLEN)
        reader.start(_bare(tag), {_bare(name): value for name, value in attributes.items()})

    def _measure(self) -> None:
        """Unpack everything once and keep nothing: what a file says of its own size need not be true."""
        if len(self._names) > _PARTS:
            raise UnreadableError(Unreadable.SWOLLEN)
        size = 0
        for name in self._names.values():
            if not name.lower().endswith(_MARKUP):
                continue
            with self._zip.open(name) as part:
                while piece := part.read(_PIECE):
                    size += len(piece)
                    if size > _UNPACKED:
                        raise UnreadableError(Unreadable.SWOLLEN)


def _bare(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse(*_declared: object) -> None:
    raise UnreadableError(Unreadable.DAMAGED)
