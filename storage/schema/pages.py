"""What a library says of itself on the page that it publishes: words, costs, a logo and a photograph.

It is there to be printed in a newspaper, and stands as it is: nothing here is sealed, nothing is of a participant.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from storage.schema.naming import metadata
from storage.schema.states import PagePart, PagePicture
from storage.types import Moment, one_of

page_words = Table(
    "page_words",
    metadata,
    Column("library", ForeignKey("library.code"), primary_key=True),
    Column("part", one_of(PagePart), primary_key=True),
    Column("programme", String(32), primary_key=True, server_default=""),  # whose description; empty: the library's
    Column("words", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String(40), nullable=False),  # an actor: staff:3
)

page_cost = Table(  # what a programme took in a year, of which its groups began
    "page_cost",
    metadata,
    Column("programme", ForeignKey("programme.slug"), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("euros", Integer),
    Column("hours", Integer),  # of work of the library's people
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", String(40), nullable=False),
    CheckConstraint("euros IS NOT NULL OR hours IS NOT NULL", name="something_told"),
)

page_picture = Table(
    "page_picture",
    metadata,
    Column("library", ForeignKey("library.code"), primary_key=True),
    Column("kind", one_of(PagePicture), primary_key=True),
    Column("attachment", ForeignKey("attachment.id"), unique=True),  # what was sent and is still to be made ready
    Column("png", LargeBinary),  # as it is printed; null: none is ready
    Column("alt", Text, nullable=False, server_default=""),  # what is to be seen, for who does not see it
    Column("problem", String(24)),  # why what was sent last is no picture
    Column("staff", ForeignKey("staff.id"), nullable=False, index=True),  # who sent it last
    Column("sent_at", Moment, nullable=False),
)
